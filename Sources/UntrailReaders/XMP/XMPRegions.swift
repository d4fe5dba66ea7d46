internal import UntrailModel

/// Faces in XMP: regions of the picture with names, and without.
///
///     mwg-rs:Regions / mwg-rs:RegionList [n] / mwg-rs:Name, mwg-rs:Type ("Face", "Pet", "Focus", "BarCode")
///     MP:RegionInfo / MPRI:Regions [n] / MPReg:Rectangle, MPReg:PersonDisplayName
///
/// Source: MWG, Guidelines for Handling Image Metadata 2.0, section 5.9; Microsoft, People Tagging (2009).
enum XMPRegions {
  private struct Region {
    var name: XMPProperty?
    var type: XMPProperty?
  }

  static func observe(_ properties: [XMPProperty], into observer: inout XMPObserver) {
    let named = regions(properties, "mwg-rs:RegionList", name: "mwg-rs:Name", type: "mwg-rs:Type")
    for region in named {
      let isFace = region.type.map { $0.value.lowercased() == "face" } ?? true
      guard let name = region.name, !XMPText.isUnset(name.value) else { continue }
      observer.add(
        isFace ? .face : .label, isFace ? .person(name.value) : .text(name.value), name)
    }
    let unnamed =
      named.first { $0.name == nil && $0.type?.value.lowercased() == "face" }?.type
      ?? regions(properties, "MPRI:Regions", name: "MPReg:PersonDisplayName", type: "MPReg:Rectangle").first {
        $0.name == nil && $0.type != nil
      }?.type
    if let unnamed { observer.add(.faceRegion, .hidden(HiddenContent(byteCount: nil)), unnamed) }
  }

  private static func regions(
    _ properties: [XMPProperty], _ list: String, name: String, type: String
  ) -> [Region] {
    var regions: [Region] = []
    var places: [Int: Int] = [:]
    for property in properties {
      guard let item = property.parent.last, item.key == list else { continue }
      let number = item.index ?? 0
      let index = places[number] ?? regions.count
      if index == regions.count {
        places[number] = index
        regions.append(Region())
      }
      switch property.leaf.key {
      case name: regions[index].name = property
      case type: regions[index].type = property
      default: break
      }
    }
    return regions
  }
}

/// What XMP says of pictures and films behind the picture: channel A9.
///
///     Container:Directory [n] / Container:Item / Item:Semantic, Item:Mime, Item:Length
///     GCamera:MicroVideo = 1, GCamera:MicroVideoOffset = bytes from the end of the file
///     GCamera:MotionPhoto = 1
///
/// Source: Android, Motion Photo format 1.0; Ultra HDR image format 1.1; Dynamic Depth 1.0.
enum XMPContainer {
  static func observe(_ properties: [XMPProperty], into observer: inout XMPObserver) {
    var hasFilm = false
    for item in items(properties) {
      guard let semantic = item.semantic, let role = role(semantic.value, item.mime?.value ?? "") else {
        continue
      }
      let length = item.length.flatMap { Int($0.value) }.flatMap { $0 > 0 ? $0 : nil }
      observer.add(role, .hidden(HiddenContent(byteCount: length)), semantic)
      hasFilm = hasFilm || role == .motionVideo
    }
    if isSet(properties, "GCamera:MicroVideo"),
      let offset = properties.first(where: { $0.leaf.key == "GCamera:MicroVideoOffset" }),
      let byteCount = Int(offset.value), byteCount > 0
    {
      observer.add(.motionVideo, .hidden(HiddenContent(byteCount: byteCount)), offset)
      hasFilm = true
    }
    guard !hasFilm else { return }
    for key in ["GCamera:MotionPhoto", "GCamera:MicroVideo"] {
      if let flag = properties.first(where: { $0.leaf.key == key && $0.value == "1" }) {
        observer.add(.motionVideo, .hidden(HiddenContent(byteCount: nil)), flag)
        return
      }
    }
  }

  private static func isSet(_ properties: [XMPProperty], _ key: String) -> Bool {
    properties.contains { $0.leaf.key == key && $0.value == "1" }
  }

  private struct Item {
    var semantic: XMPProperty?
    var mime: XMPProperty?
    var length: XMPProperty?
  }

  private static func items(_ properties: [XMPProperty]) -> [Item] {
    var items: [Item] = []
    var places: [Int: Int] = [:]
    for property in properties where property.leaf.prefix == "Item" {
      guard let directory = property.path.first(where: { $0.key == "Container:Directory" }) else { continue }
      let number = directory.index ?? 0
      let index = places[number] ?? items.count
      if index == items.count {
        places[number] = index
        items.append(Item())
      }
      switch property.leaf.name {
      case "Semantic": items[index].semantic = property
      case "Mime": items[index].mime = property
      case "Length": items[index].length = property
      default: break
      }
    }
    return items
  }

  /// What an item is; nil for the picture itself.
  private static func role(_ semantic: String, _ mime: String) -> Role? {
    switch semantic {
    case "Primary": nil
    case "MotionPhoto": .motionVideo
    case "GainMap": .secondPicture
    case "Depth", "DepthMap", "Confidence", "ConfidenceMap": .depthMap
    default:
      mime.hasPrefix("video/") ? .motionVideo : mime.hasPrefix("image/") ? .secondPicture : .embeddedFile
    }
  }
}
