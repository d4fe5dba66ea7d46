/// Builds still images of many formats, byte by byte, as the specifications have them.
enum Still {
  static func little(_ value: Int, _ size: Int = 4) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  static func big(_ value: Int, _ size: Int = 4) -> [UInt8] { little(value, size).reversed() }

  static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

  /// Text in a field of fixed length.
  static func padded(_ value: String, _ length: Int) -> [UInt8] {
    text(value) + [UInt8](repeating: 0, count: length - value.utf8.count)
  }

  static func hex(_ digits: String) -> [UInt8] {
    let digits = Array(digits.utf8).map { $0 <= 0x39 ? $0 & 15 : ($0 & 15) + 9 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  // MARK: GIF

  static func subBlocks(_ bytes: [UInt8]) -> [UInt8] {
    stride(from: 0, to: bytes.count, by: 255).flatMap { start in
      let piece = bytes[start..<min(start + 255, bytes.count)]
      return [UInt8(piece.count)] + piece
    } + [0]
  }

  /// One grey dot, with blocks before and behind it.
  static func gif(before: [UInt8] = [], after: [UInt8] = []) -> [UInt8] {
    let head: [UInt8] = text("GIF89a") + [1, 0, 1, 0, 0x80, 0, 0] + [0, 0, 0, 0x80, 0x80, 0x80]
    let picture: [UInt8] = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2] + subBlocks([0x44, 1])
    return head + before + picture + after + [0x3B]
  }

  static func gifComment(_ value: String) -> [UInt8] { [0x21, 0xFE] + subBlocks(text(value)) }

  static func gifXMP(_ packet: String) -> [UInt8] {
    // Bytes that lead every sub-block to the end.
    [0x21, 0xFF, 11] + text("XMP DataXMP") + text(packet) + [1] + (0...255).reversed().map { UInt8($0) } + [0]
  }

  // MARK: BMP

  static func bmp(space: String = "sRGB", profile: [UInt8] = []) -> [UInt8] {
    let picture: [UInt8] = [0x80, 0x80, 0x80, 0]
    var head = little(124) + little(1) + little(1) + little(1, 2) + little(24, 2) + little(0) + little(4)
    head += [UInt8](repeating: 0, count: 56 - head.count) + text(space).reversed()
    head += [UInt8](repeating: 0, count: 112 - head.count)
    head += little(profile.isEmpty ? 0 : 124 + picture.count) + little(profile.count) + little(0)
    let size = 14 + head.count + picture.count + profile.count
    return text("BM") + little(size) + little(0) + little(14 + head.count) + head + picture + profile
  }

  // MARK: Boxes

  static func box(_ type: String, _ body: [UInt8]) -> [UInt8] { Container.box(type, body) }

  static func uuid(_ id: String, _ body: [UInt8]) -> [UInt8] { box("uuid", hex(id) + body) }

  static func jp2(_ boxes: [UInt8], comment: String? = nil) -> [UInt8] {
    var stream: [UInt8] = [0xFF, 0x4F, 0xFF, 0x51, 0, 4, 0, 0]
    if let comment { stream += [0xFF, 0x64] + big(comment.utf8.count + 4, 2) + [0, 1] + text(comment) }
    stream += [0xFF, 0x90, 0, 10]
    return box("jP  ", [0x0D, 0x0A, 0x87, 0x0A]) + box("ftyp", text("jp2 ") + big(0) + text("jp2 "))
      + box("jp2h", box("ihdr", [UInt8](repeating: 1, count: 14))) + boxes + box("jp2c", stream)
  }

  static func jxl(_ boxes: [UInt8]) -> [UInt8] {
    box("JXL ", [0x0D, 0x0A, 0x87, 0x0A]) + box("ftyp", text("jxl ") + big(0) + text("jxl ")) + boxes
      + box("jxlc", [0xFF, 0x0A, 1, 2, 3])
  }

  // MARK: HEIF

  struct HEIFItem {
    var id: Int
    var type: String
    var name = ""
    /// Behind the name: of a mime item its content type.
    var more: [UInt8] = []
    var data: [UInt8] = []
    /// Numbers of properties, from 1 on.
    var properties: [Int] = []
  }

  /// - Parameters:
  ///   - references: kind, from, to.
  ///   - properties: whole boxes.
  static func heif(
    _ items: [HEIFItem], references: [(String, Int, [Int])] = [], properties: [[UInt8]] = [],
    behind: [UInt8] = []
  ) -> [UInt8] {
    let fileType = box("ftyp", text("heic") + big(0) + text("mif1heic"))
    var infos: [UInt8] = []
    for item in items {
      let body = big(item.id, 2) + [0, 0] + text(item.type) + text(item.name) + [0] + item.more
      infos += box("infe", [2, 0, 0, 0] + body)
    }
    let info = box("iinf", [0, 0, 0, 0] + big(items.count, 2) + infos)
    let primary = box("pitm", [0, 0, 0, 0] + big(items[0].id, 2))
    var links: [UInt8] = []
    for (kind, from, to) in references {
      var body = big(from, 2) + big(to.count, 2)
      for item in to { body += big(item, 2) }
      links += box(kind, body)
    }
    var map: [UInt8] = []
    for item in items {
      map += big(item.id, 2) + [UInt8(item.properties.count)]
      map += item.properties.map { UInt8($0) }
    }
    let container = box("ipco", properties.flatMap { $0 })
    let property = box("iprp", container + box("ipma", [0, 0, 0, 0] + big(items.count) + map))
    func meta(_ base: Int) -> [UInt8] {
      var place = base
      var locations: [UInt8] = []
      for item in items {
        locations += big(item.id, 2) + [0, 0] + big(1, 2) + big(place) + big(item.data.count)
        place += item.data.count
      }
      let location = box("iloc", [0, 0, 0, 0, 0x44, 0] + big(items.count, 2) + locations)
      let lists = primary + info + box("iref", [0, 0, 0, 0] + links) + property + location
      return box("meta", [0, 0, 0, 0] + lists)
    }
    let base = fileType.count + meta(0).count + 8
    return fileType + meta(base) + box("mdat", items.flatMap { $0.data }) + behind
  }

  // MARK: Others

  static func xcf(_ parasites: [(String, [UInt8])], version: String = "v004") -> [UInt8] {
    var attached: [UInt8] = []
    for (name, data) in parasites {
      attached += big(name.utf8.count + 1) + text(name) + [0] + big(1) + big(data.count) + data
    }
    var bytes = text("gimp xcf ") + text(version) + [0] + big(8) + big(8) + big(0)
    if version == "v004" { bytes += big(150) }
    bytes += big(17) + big(1) + [1]
    bytes += big(21) + big(attached.count) + attached
    return bytes + big(0) + big(0)
  }

  static func psp(_ fields: [(Int, [UInt8])], extended: [(Int, [UInt8])] = []) -> [UInt8] {
    func block(_ id: Int, _ body: [UInt8]) -> [UInt8] {
      text("~BK\0") + little(id, 2) + little(body.count) + body
    }
    func list(_ fields: [(Int, [UInt8])]) -> [UInt8] {
      fields.flatMap { text("~FL\0") + little($0.0, 2) + little($0.1.count) + $0.1 }
    }
    var bytes = text("Paint Shop Pro Image File\n") + [0x1A, 0, 0, 0, 0, 0]
    bytes += little(10, 2) + little(0, 2)
    bytes += block(0, [1, 2, 3]) + block(1, list(fields))
    return bytes + (extended.isEmpty ? [] : block(10, list(extended)))
  }

  static func exr(_ attributes: [(String, String, [UInt8])]) -> [UInt8] {
    var bytes: [UInt8] = [0x76, 0x2F, 0x31, 0x01, 2, 0, 0, 0]
    for (name, type, value) in attributes {
      bytes += text(name) + [0] + text(type) + [0] + little(value.count) + value
    }
    return bytes + [0]
  }

  static func float(_ value: Float) -> [UInt8] { little(Int(value.bitPattern)) }

  static func dpx(_ texts: [(Int, String)]) -> [UInt8] {
    var bytes = text("SDPX") + big(2048) + [UInt8](repeating: 0, count: 2040)
    for (offset, value) in texts {
      bytes.replaceSubrange(offset..<(offset + value.utf8.count), with: value.utf8)
    }
    return bytes
  }
}
