/// The EXIF block of a made-up picture.
///
///     "MM" 42  offset of the first directory
///     directory: count, entries of 12 bytes (tag, format, count, value or offset), offset of the next
///
/// Source: CIPA DC-008 (Exif 2.32), sections 4.6.2 and 4.6.4 to 4.6.6.
struct SmallExif {
  private struct Entry {
    var tag: Int
    var format: Int
    var count: Int
    var value: [UInt8]
  }

  private var image: [Entry] = []
  private var exif: [Entry] = []
  private var gps: [Entry] = []

  mutating func device(make: String, model: String) {
    image.append(text(0x010F, make))
    image.append(text(0x0110, model))
  }

  mutating func software(_ name: String) { image.append(text(0x0131, name)) }

  mutating func artist(_ name: String) { image.append(text(0x013B, name)) }

  mutating func bodySerial(_ serial: String) { exif.append(text(0xA431, serial)) }

  /// - Parameters:
  ///   - time: as `2024:05:14 10:12:44`, the clock of the place.
  ///   - offset: from UTC, as `+01:00`; nil where the picture does not say.
  mutating func taken(_ time: String, offset: String?) {
    exif.append(text(0x9003, time))
    exif.append(Entry(tag: 0x9000, format: 7, count: 4, value: Array("0232".utf8)))
    if let offset { exif.append(text(0x9011, offset)) }
  }

  /// - Parameters: degrees, north and east positive.
  mutating func position(latitude: Double, longitude: Double) {
    gps.append(Entry(tag: 0x0000, format: 1, count: 4, value: [2, 3, 0, 0]))
    gps.append(text(0x0001, latitude < 0 ? "S" : "N"))
    gps.append(Entry(tag: 0x0002, format: 5, count: 3, value: Self.degrees(latitude)))
    gps.append(text(0x0003, longitude < 0 ? "W" : "E"))
    gps.append(Entry(tag: 0x0004, format: 5, count: 3, value: Self.degrees(longitude)))
  }

  /// Degrees, minutes and hundredths of seconds.
  private static func degrees(_ value: Double) -> [UInt8] {
    let hundredths = Int((value.magnitude * 360_000).rounded())
    let parts = [(hundredths / 360_000, 1), (hundredths / 6000 % 60, 1), (hundredths % 6000, 100)]
    return parts.flatMap { BigEndian.long($0.0) + BigEndian.long($0.1) }
  }

  private func text(_ tag: Int, _ text: String) -> Entry {
    let bytes = Array(text.utf8) + [0]
    return Entry(tag: tag, format: 2, count: bytes.count, value: bytes)
  }

  var bytes: [UInt8] {
    // Every directory and what belongs to it stands behind the one before; sizes do not depend on where.
    let first = 8
    var image = image
    let hasExif = !exif.isEmpty
    let pointers = (hasExif ? 1 : 0) + (gps.isEmpty ? 0 : 1)
    let exifStart = first + Self.size(image) + 12 * pointers
    if hasExif { image.append(pointer(0x8769, exifStart)) }
    if !gps.isEmpty { image.append(pointer(0x8825, exifStart + (hasExif ? Self.size(exif) : 0))) }
    var bytes = Array("MM".utf8) + BigEndian.short(42) + BigEndian.long(first)
    Self.write(image, into: &bytes)
    if hasExif { Self.write(exif, into: &bytes) }
    if !gps.isEmpty { Self.write(gps, into: &bytes) }
    return bytes
  }

  private func pointer(_ tag: Int, _ offset: Int) -> Entry {
    Entry(tag: tag, format: 4, count: 1, value: BigEndian.long(offset))
  }

  private static func size(_ entries: [Entry]) -> Int {
    6 + entries.reduce(0) { $0 + 12 + ($1.value.count > 4 ? ($1.value.count + 1) & ~1 : 0) }
  }

  private static func write(_ entries: [Entry], into bytes: inout [UInt8]) {
    var values: [UInt8] = []
    let valueStart = bytes.count + 6 + 12 * entries.count
    bytes += BigEndian.short(entries.count)
    for entry in entries.sorted(by: { $0.tag < $1.tag }) {
      bytes += BigEndian.short(entry.tag) + BigEndian.short(entry.format) + BigEndian.long(entry.count)
      if entry.value.count > 4 {
        bytes += BigEndian.long(valueStart + values.count)
        values += entry.value + [UInt8](repeating: 0, count: entry.value.count & 1)
      } else {
        bytes += entry.value + [UInt8](repeating: 0, count: 4 - entry.value.count)
      }
    }
    bytes += BigEndian.long(0) + values
  }
}
