internal import UntrailModel

/// Cameras, lenses and other devices that XMP names in two properties side by side: make and model.
enum XMPDevices {
  private struct Pair {
    var role: Role
    var make: String?
    var model: String
  }

  private static let pairs = [
    Pair(role: .camera, make: "tiff:Make", model: "tiff:Model"),
    Pair(role: .camera, make: "exif:Make", model: "exif:Model"),
    Pair(role: .camera, make: "VendorInfo:Manufacturer", model: "VendorInfo:Model"),
    Pair(role: .camera, make: "Iptc4xmpExt:Manufacturer", model: "Iptc4xmpExt:ModelName"),
    Pair(role: .camera, make: "MicrosoftPhoto:CameraManufacturer", model: "MicrosoftPhoto:CameraModel"),
    Pair(role: .camera, make: "video:Make", model: "video:Model"),
    Pair(role: .camera, make: nil, model: "xmpDM:cameraModel"),
    Pair(role: .camera, make: nil, model: "GettyImagesGIFT:CameraMakeModel"),
    Pair(role: .camera, make: nil, model: "drone-dji:DroneModel"),
    Pair(role: .camera, make: nil, model: "drone-dji:ProductName"),
    Pair(role: .lens, make: "exifEX:LensMake", model: "exifEX:LensModel"),
    Pair(role: .lens, make: "exif:LensMake", model: "exif:LensModel"),
    Pair(role: .lens, make: "MicrosoftPhoto:LensManufacturer", model: "MicrosoftPhoto:LensModel"),
    Pair(role: .lens, make: nil, model: "aux:Lens"),
    Pair(role: .flash, make: "MicrosoftPhoto:FlashManufacturer", model: "MicrosoftPhoto:FlashModel"),
  ]

  /// All names of makes, models and ranges.
  private static let keys = Set(
    pairs.flatMap { [$0.make, $0.model].compactMap { $0 } } + ["aux:LensInfo", "exifEX:LensSpecification"])

  static func observe(_ all: [XMPProperty], into observer: inout XMPObserver) {
    let properties = all.filter { keys.contains($0.leaf.key) }
    guard !properties.isEmpty else { return }
    for pair in pairs {
      // One device in each place: the picture's own, and those of its sources.
      var makes: [String: XMPProperty] = [:]
      var models: [String: XMPProperty] = [:]
      var order: [String] = []
      for property in properties {
        let key = property.leaf.key
        guard key == pair.make || key == pair.model, !XMPText.isUnset(property.value) else { continue }
        let place = property.parent.map { $0.key + "[\($0.index ?? 0)]" }.joined()
        if makes[place] == nil, models[place] == nil { order.append(place) }
        if key == pair.model {
          if models[place] == nil { models[place] = property }
        } else if makes[place] == nil {
          makes[place] = property
        }
      }
      for place in order {
        guard let property = models[place] ?? makes[place], !XMPText.isNone(property.value) else { continue }
        let device = Device(make: makes[place]?.value ?? "", model: models[place]?.value ?? "")
        observer.add(pair.role, .device(device), property)
      }
    }
    observeLensRanges(properties, into: &observer)
  }

  /// A lens that is only told by its focal lengths and apertures: "18/1 55/1 35/10 56/10".
  ///
  /// Source: CIPA DC-008, LensSpecification.
  private static func observeLensRanges(_ properties: [XMPProperty], into observer: inout XMPObserver) {
    let isNamed = properties.contains {
      ["aux:Lens", "exifEX:LensModel", "exif:LensModel"].contains($0.leaf.key) && !XMPText.isUnset($0.value)
    }
    guard !isNamed else { return }
    let parts = properties.filter { $0.leaf.key == "exifEX:LensSpecification" }
    guard let first = properties.first(where: { $0.leaf.key == "aux:LensInfo" }) ?? parts.first else {
      return
    }
    let words = first.leaf.index == nil ? first.value : parts.prefix(4).map(\.value).joined(separator: " ")
    guard let name = lensName(words) else { return }
    observer.add(.lens, .device(Device(model: name)), first)
  }

  /// "18-55mm f/3.5-5.6"; nil where the focal lengths are none.
  private static func lensName(_ ranges: String) -> String? {
    let numbers = ranges.split(separator: " ").map { XMPNumber.value(String($0)) }
    guard numbers.count == 4, let short = numbers[0], let long = numbers[1], short > 0, long < 10_000 else {
      return nil
    }
    func text(_ low: Double, _ high: Double) -> String {
      func number(_ value: Double) -> String {
        value == value.rounded() ? "\(Int(value))" : "\((value * 100).rounded() / 100)"
      }
      return low == high ? number(low) : number(low) + "-" + number(high)
    }
    var name = text(short, long) + "mm"
    if let wide = numbers[2], let narrow = numbers[3], wide > 0, narrow < 1000 {
      name += " f/" + text(wide, narrow)
    }
    return name
  }
}
