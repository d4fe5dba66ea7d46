internal import UntrailBytes
internal import UntrailModel

/// Texts of containers, as far as one text may be long.
enum BoundedText {
  /// The block as text: UTF-8 where it is valid, else Windows-1252; up to the first NUL, trimmed. Nil where nothing is
  /// left.
  ///
  /// One byte more than a text may have is taken, so that it is known, and said, that there was more.
  static func decode(_ view: ByteView, _ limits: Limits) throws(ParseError) -> String? {
    try view.withBytes(at: 0, count: min(view.count, limits.text + 1)) { run throws(ParseError) in
      decode(run, limits)
    }
  }

  /// As `decode` of a block.
  static func decode(_ bytes: some RandomAccessCollection<UInt8>, _ limits: Limits) -> String? {
    guard bytes.count > limits.text else { return ExifText.ascii(bytes) }
    var end = bytes.index(bytes.startIndex, offsetBy: limits.text + 1)
    // A character of UTF-8 that is cut would make the whole text Windows-1252.
    var start = end
    for _ in 0..<4 where start > bytes.startIndex {
      start = bytes.index(before: start)
      if bytes[start] & 0xC0 != 0x80 { break }
    }
    if bytes[start] >= 0xC0 { end = start }
    return ExifText.ascii(bytes[..<end])
  }

  /// As `decode`, but nil for bytes that are no text.
  static func printable(_ view: ByteView, _ limits: Limits) throws(ParseError) -> String? {
    guard let text = try decode(view, limits) else { return nil }
    return isPrintable(text) ? text : nil
  }

  /// Whether a text has no control characters but those of written lines.
  static func isPrintable(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x09, 0x0A, 0x0C, 0x0D: true
      case ..<0x20, 0x7F...0x9F, 0xFFFD: false
      default: true
      }
    }
  }

  /// Whether a text is an address of the web.
  static func isWebAddress(_ text: String) -> Bool {
    let start = text.prefix(8).lowercased()
    return start.hasPrefix("http://") || start.hasPrefix("https://")
  }
}
