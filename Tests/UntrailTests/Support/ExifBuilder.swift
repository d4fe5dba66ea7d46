import UntrailBytes

/// Builds EXIF blocks and the containers around them, byte by byte, as the specifications have them.
struct ExifBuilder {
  enum Directory: Int, CaseIterable {
    case image
    case exif
    case gps
    case thumbnail
  }

  struct Entry {
    var tag: UInt16
    var format: UInt16
    var count: UInt32
    var value: [UInt8]
  }

  var order = ByteOrder.big
  private var entries: [Directory: [Entry]] = [:]

  init(order: ByteOrder = .big) { self.order = order }

  mutating func add(_ directory: Directory, _ tag: UInt16, ascii text: String) {
    let bytes = Array(text.utf8) + [0]
    entries[directory, default: []].append(
      Entry(tag: tag, format: 2, count: UInt32(bytes.count), value: bytes))
  }

  mutating func add(_ directory: Directory, _ tag: UInt16, bytes: [UInt8], format: UInt16) {
    entries[directory, default: []].append(
      Entry(tag: tag, format: format, count: UInt32(bytes.count), value: bytes))
  }

  mutating func add(_ directory: Directory, _ tag: UInt16, long value: UInt32) {
    entries[directory, default: []].append(Entry(tag: tag, format: 4, count: 1, value: long(value)))
  }

  mutating func add(_ directory: Directory, _ tag: UInt16, signedShort value: Int16) {
    let bits = UInt16(bitPattern: value)
    entries[directory, default: []].append(Entry(tag: tag, format: 8, count: 1, value: short(bits)))
  }

  mutating func add(
    _ directory: Directory, _ tag: UInt16, rationals: [(UInt32, UInt32)], format: UInt16 = 5
  ) {
    entries[directory, default: []].append(
      Entry(
        tag: tag, format: format, count: UInt32(rationals.count),
        value: rationals.flatMap { long($0.0) + long($0.1) }))
  }

  /// Eight bytes for each number.
  mutating func add(_ directory: Directory, _ tag: UInt16, doubles: [[UInt8]]) {
    entries[directory, default: []].append(
      Entry(tag: tag, format: 12, count: UInt32(doubles.count), value: doubles.flatMap { $0 }))
  }

  /// A position in degrees, minutes and ten-thousandths of seconds.
  mutating func addPosition(latitude: Double, longitude: Double, referenced: Bool = true) {
    func parts(_ degrees: Double) -> [(UInt32, UInt32)] {
      let degrees = abs(degrees)
      let minutes = (degrees - degrees.rounded(.down)) * 60
      let seconds = (minutes - minutes.rounded(.down)) * 60
      return [(UInt32(degrees), 1), (UInt32(minutes), 1), (UInt32((seconds * 10_000).rounded()), 10_000)]
    }
    if referenced { add(.gps, 1, ascii: latitude < 0 ? "S" : "N") }
    add(.gps, 2, rationals: parts(latitude))
    if referenced { add(.gps, 3, ascii: longitude < 0 ? "W" : "E") }
    add(.gps, 4, rationals: parts(longitude))
  }

  /// The TIFF structure.
  func build() -> [UInt8] {
    var directories = entries
    directories[.image, default: []] += [Entry(tag: 0, format: 4, count: 1, value: long(0))]
    directories[.image]?.removeLast()
    if directories[.exif] != nil {
      directories[.image]?.append(Entry(tag: 0x8769, format: 4, count: 1, value: long(0)))
    }
    if directories[.gps] != nil {
      directories[.image]?.append(Entry(tag: 0x8825, format: 4, count: 1, value: long(0)))
    }
    var starts: [Directory: Int] = [:]
    var position = 8
    for directory in Directory.allCases {
      guard let list = directories[directory] else { continue }
      starts[directory] = position
      position += 2 + 12 * list.count + 4
    }
    var dataStart = position
    var data: [UInt8] = []
    var bytes: [UInt8] = order.isBig ? [0x4D, 0x4D, 0, 0x2A] : [0x49, 0x49, 0x2A, 0]
    bytes += long(8)
    for directory in Directory.allCases {
      guard let list = directories[directory] else { continue }
      bytes += short(UInt16(list.count))
      for entry in list {
        var entry = entry
        if entry.tag == 0x8769 { entry.value = long(UInt32(starts[.exif] ?? 0)) }
        if entry.tag == 0x8825 { entry.value = long(UInt32(starts[.gps] ?? 0)) }
        bytes += short(entry.tag) + short(entry.format) + long(entry.count)
        if entry.value.count <= 4 {
          bytes += entry.value + [UInt8](repeating: 0, count: 4 - entry.value.count)
        } else {
          bytes += long(UInt32(dataStart))
          data += entry.value
          dataStart += entry.value.count
        }
      }
      bytes += long(directory == .image ? UInt32(starts[.thumbnail] ?? 0) : 0)
    }
    return bytes + data
  }

  private func short(_ value: UInt16) -> [UInt8] {
    let bytes = [UInt8(value >> 8), UInt8(truncatingIfNeeded: value)]
    return order.isBig ? bytes : bytes.reversed()
  }

  private func long(_ value: UInt32) -> [UInt8] {
    let bytes = stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
    return order.isBig ? bytes : bytes.reversed()
  }
}

/// Puts an EXIF block into each container.
enum Container {
  static func jpeg(_ exif: [UInt8], before: [UInt8] = [], after: [UInt8] = []) -> [UInt8] {
    [0xFF, 0xD8] + before + segment(0xE1, Array("Exif\0\0".utf8) + exif) + after
      + [0xFF, 0xDA, 0, 2, 0xFF, 0xD9]
  }

  static func segment(_ marker: UInt8, _ body: [UInt8]) -> [UInt8] {
    [0xFF, marker, UInt8((body.count + 2) >> 8), UInt8(truncatingIfNeeded: body.count + 2)] + body
  }

  static func png(_ chunks: [(String, [UInt8])]) -> [UInt8] {
    var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let header: [UInt8] = [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]
    for (type, data) in [("IHDR", header)] + chunks + [("IEND", [])] {
      bytes += big(data.count) + Array(type.utf8) + data + [0, 0, 0, 0]
    }
    return bytes
  }

  static func webp(_ chunks: [(String, [UInt8])]) -> [UInt8] {
    var body = Array("WEBP".utf8)
    for (type, data) in chunks {
      body += Array(type.utf8) + big(data.count).reversed() + data + (data.count % 2 == 1 ? [0] : [])
    }
    return Array("RIFF".utf8) + big(body.count).reversed() + body
  }

  static func box(_ type: String, _ body: [UInt8]) -> [UInt8] {
    big(body.count + 8) + Array(type.utf8) + body
  }

  /// A HEIF file with one Exif item in `idat` or, by absolute offsets, in `mdat`, in as many extents as asked for.
  static func heif(_ exif: [UInt8], inItemData: Bool, extentCount: Int = 1) -> [UInt8] {
    let payload: [UInt8] = [0, 0, 0, 0] + exif
    let fileType = box("ftyp", Array("heic".utf8) + [0, 0, 0, 0] + Array("mif1heic".utf8))
    let entry = box("infe", [2, 0, 0, 0, 0, 1, 0, 0] + Array("Exif".utf8) + [0])
    let info = box("iinf", [0, 0, 0, 0, 0, 1] + entry)
    let pieceSize = (payload.count + extentCount - 1) / extentCount
    var pieces: [Range<Int>] = []
    var start = 0
    while start < payload.count {
      pieces.append(start..<min(start + pieceSize, payload.count))
      start += pieceSize
    }
    func location(_ base: Int) -> [UInt8] {
      let head: [UInt8] = [
        1, 0, 0, 0, 0x44, 0, 0, 1, 0, 1, 0, inItemData ? 1 : 0, 0, 0, 0, UInt8(pieces.count),
      ]
      return box("iloc", head + pieces.flatMap { big(base + $0.lowerBound) + big($0.count) })
    }
    func meta(_ base: Int) -> [UInt8] {
      box("meta", [0, 0, 0, 0] + info + location(base) + (inItemData ? box("idat", payload) : []))
    }
    if inItemData { return fileType + meta(0) }
    let base = fileType.count + meta(0).count + 8
    return fileType + meta(base) + box("mdat", payload)
  }

  static func big(_ value: Int) -> [UInt8] {
    stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
