internal import UntrailModel

/// Properties that ImageMagick copies out of a picture's EXIF into texts: `exif:GPSLatitude` with
/// `48/1, 51/1, 3013/100`.
///
/// Source: ImageMagick, "Image Properties"; CIPA DC-008 for what the tags mean.
struct MagickProperties {
  private var values: [String: (text: String, place: Int?)] = [:]

  /// - Parameter key: in small letters, with "exif:".
  static func isWanted(_ key: String) -> Bool { names[key] != nil || parts.contains(key) }

  mutating func note(_ keyword: String, _ value: String, at place: Int?) {
    let key = keyword.lowercased()
    guard Self.isWanted(key), values[key] == nil else { return }
    values[key] = (value, place)
  }

  /// Adds what the properties say together.
  ///
  /// - Parameter group: what the names of the fields begin with.
  func observe(_ group: String, into result: inout ReadResult) {
    guard !values.isEmpty else { return }
    for (key, meaning) in Self.names.sorted(by: { $0.key < $1.key }) {
      guard let (text, place) = values[key] else { continue }
      let field = "\(group):Exif\(meaning.name)"
      switch meaning.what {
      case .fact(let role, let fact): result.add(role, fact(text), field, at: place)
      case .time(let role, let zoneKey):
        guard var timestamp = WrittenTime.read(text) else { continue }
        if role == .gps { timestamp.utcOffsetMinutes = 0 }
        if let zone = values[zoneKey]?.text {
          timestamp.utcOffsetMinutes = Array(zone.utf8).withUnsafeBufferPointer { ExifTime.offset($0) }
        }
        result.add(role, .timestamp(timestamp), field, at: place)
      }
    }
    observeCamera(group, into: &result)
    observePosition(group, into: &result)
  }

  private func observeCamera(_ group: String, into result: inout ReadResult) {
    let make = values["exif:make"]
    let model = values["exif:model"]
    guard make != nil || model != nil else { return }
    result.add(
      .camera, .device(Device(make: make?.text ?? "", model: model?.text ?? "")),
      model == nil ? "\(group):ExifMake" : "\(group):ExifModel", at: model?.place ?? make?.place)
  }

  private func observePosition(_ group: String, into result: inout ReadResult) {
    guard let latitude = values["exif:gpslatitude"], let longitude = values["exif:gpslongitude"],
      let north = degrees(latitude.text), let east = degrees(longitude.text)
    else { return }
    let field = "\(group):ExifGPSLatitude"
    switch Coordinate.flaw(latitude: north, longitude: east) {
    case .nullIsland:
      return result.doubt(
        "null-island", "\(field): 0, 0: what a device writes that has no position", at: latitude.place)
    case .notFinite, .outOfRange:
      return result.doubt(
        "position-out-of-range", "\(field): there is no such latitude or longitude on Earth",
        at: latitude.place)
    case nil: break
    }
    guard let southward = isNegative("exif:gpslatituderef", "S", "N"),
      let westward = isNegative("exif:gpslongituderef", "W", "E")
    else {
      return result.doubt(
        "hemisphere-missing", "\(field): a position without its hemisphere could be one of four places",
        at: latitude.place)
    }
    guard
      let coordinate = Coordinate(
        latitude: southward ? -north : north, longitude: westward ? -east : east)
    else { return }
    var location = Location(coordinate: coordinate)
    if let altitude = values["exif:gpsaltitude"].flatMap({ numbers($0.text)?.first }) {
      let isBelow = values["exif:gpsaltituderef"]?.text.hasPrefix("1") ?? false
      location.altitude = isBelow ? -altitude : altitude
    }
    result.add(.camera, .location(location), field, at: latitude.place)
  }

  private func isNegative(_ key: String, _ negative: String, _ positive: String) -> Bool? {
    guard let letter = values[key]?.text.prefix(1).uppercased() else { return nil }
    return letter == negative ? true : letter == positive ? false : nil
  }

  private func degrees(_ text: String) -> Double? {
    guard let parts = numbers(text), parts.count <= 3 else { return nil }
    var sum = 0.0
    var unit = 1.0
    for part in parts {
      sum += part / unit
      unit *= 60
    }
    return sum
  }

  /// "48/1, 51/1, 3013/100", all of them not negative.
  private func numbers(_ text: String) -> [Double]? {
    var numbers: [Double] = []
    for part in text.split(separator: ",").prefix(4) {
      let halves = part.split(separator: "/").map { Double(trimmed($0)) }
      guard let above = halves.first ?? nil, above >= 0 else { return nil }
      let below = halves.count > 1 ? halves[1] ?? 0 : 1
      guard below > 0 || above == 0 else { return nil }
      numbers.append(above == 0 ? 0 : above / below)
    }
    return numbers.isEmpty ? nil : numbers
  }

  private func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return text
  }

  private enum What: Sendable {
    case fact(Role, @Sendable (String) -> Observation.Fact)
    /// With the key of the offset from UTC.
    case time(Role, String)
  }

  /// Properties that are read together with others.
  private static let parts: Set<String> = [
    "exif:make", "exif:model", "exif:gpslatitude", "exif:gpslatituderef", "exif:gpslongitude",
    "exif:gpslongituderef", "exif:gpsaltitude", "exif:gpsaltituderef", "exif:offsettime",
    "exif:offsettimeoriginal", "exif:offsettimedigitized",
  ]

  private static let names: [String: (name: String, what: What)] = [
    "exif:datetime": ("DateTime", .time(.modified, "exif:offsettime")),
    "exif:datetimeoriginal": ("DateTimeOriginal", .time(.original, "exif:offsettimeoriginal")),
    "exif:datetimedigitized": ("DateTimeDigitized", .time(.digitized, "exif:offsettimedigitized")),
    "exif:gpsdatestamp": ("GPSDateStamp", .time(.gps, "")),
    "exif:software": ("Software", .fact(.processing) { .software($0) }),
    "exif:artist": ("Artist", .fact(.artist) { .person($0) }),
    "exif:copyright": ("Copyright", .fact(.copyright) { .person($0) }),
    "exif:cameraownername": ("CameraOwnerName", .fact(.owner) { .person($0) }),
    "exif:imagedescription": ("ImageDescription", .fact(.description) { .text($0) }),
    "exif:hostcomputer": ("HostComputer", .fact(.host) { .device(Device(hostName: $0)) }),
    "exif:bodyserialnumber": ("BodySerialNumber", .fact(.body) { .serial($0) }),
    "exif:lensserialnumber": ("LensSerialNumber", .fact(.lens) { .serial($0) }),
    "exif:lensmodel": ("LensModel", .fact(.lens) { .device(Device(model: $0)) }),
    "exif:imageuniqueid": ("ImageUniqueID", .fact(.imageUniqueID) { .link($0) }),
  ]
}
