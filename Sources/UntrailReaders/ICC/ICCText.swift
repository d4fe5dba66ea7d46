internal import UntrailBytes
internal import UntrailModel

/// A text of a colour profile.
///
///     "text", 4 bytes, ASCII
///     "desc", 4 bytes, length (4), ASCII; in other scripts behind it
///     "mluc", 4 bytes, number of records, size of a record
///       record: language (2), country (2), length (4), offset (4); UTF-16
///
/// Source: ICC.1:2022, sections 10.15 and 10.24; ICC.1:2001-04, section 6.5.17.
struct ICCText {
  var text: String
  /// Bytes from the start of the file; nil for joined data.
  var place: Int?

  /// The text of a tag; nil where it has none.
  init?(_ tag: ByteView, _ limits: Limits) {
    guard let found = try? Self.read(tag, limits) else { return nil }
    self = found
  }

  /// A run of UTF-16, big-endian; nil where it is blank.
  init?(utf16 view: ByteView, _ limits: Limits) {
    let text = try? view.withBytes(at: 0, count: min(view.count, 2 * limits.text + 2)) {
      run throws(ParseError) in
      ExifText.utf16(run, isLittleEndian: false)
    }
    guard let text else { return nil }
    self.text = text
    place = view.place(0)
  }

  private init?(ascii view: ByteView, _ limits: Limits) throws(ParseError) {
    let text = try view.withBytes(at: 0, count: min(view.count, limits.text + 1)) { run throws(ParseError) in
      ExifText.ascii(run)
    }
    guard let text else { return nil }
    self.text = text
    place = view.place(0)
  }

  private static func read(_ tag: ByteView, _ limits: Limits) throws(ParseError) -> ICCText? {
    switch FourCC(try tag.u32(at: 0, .big)) {
    case "text": return try ICCText(ascii: tag.dropping(8), limits)
    case "desc":
      let count = Int(try tag.u32(at: 8, .big))
      return try ICCText(
        ascii: ByteView(tag.source, start: tag.start + 12, count: min(count, tag.count - 12)), limits)
    case "mluc":
      let size = Int(try tag.u32(at: 12, .big))
      guard size >= 12 else { return nil }
      var chosen: Int?
      for index in 0..<min(Int(try tag.u32(at: 8, .big)), 256) {
        let record = 16 + index * size
        guard record + 12 <= tag.count else { break }
        let isEnglish = try tag.u16(at: record, .big) == 0x656E
        if chosen == nil || isEnglish { chosen = record }
        if isEnglish { break }
      }
      guard let chosen else { return nil }
      let count = Int(try tag.u32(at: chosen + 4, .big))
      let offset = Int(try tag.u32(at: chosen + 8, .big))
      guard offset <= tag.count, count <= tag.count - offset else { return nil }
      return ICCText(utf16: ByteView(tag.source, start: tag.start + offset, count: count), limits)
    default: return nil
    }
  }
}
