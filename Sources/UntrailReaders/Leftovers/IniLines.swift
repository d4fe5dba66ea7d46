internal import UntrailBytes
internal import UntrailModel

/// One setting of a text of sections and settings.
///
///     [Section]
///     Key=Value
struct IniSetting {
  /// Without the brackets; empty before the first section.
  var section: String
  /// In small letters.
  var key: String
  var value: String
  /// Bytes from the start of the file to the line.
  var offset: Int
}

/// Reads such a text in its order.
enum IniLines {
  /// - Parameter body: gets each setting.
  static func read(
    _ source: ByteSource, _ limits: Limits, _ body: (IniSetting) -> Void
  ) throws(ParseError) {
    var lines = TextLines(source, limits)
    var section = ""
    for _ in 0..<limits.entries {
      guard let line = try lines.next() else { return }
      let bytes = line.bytes.prefix(limits.text)
      if bytes.first == UInt8(ascii: "[") {
        section = ExifText.ascii(bytes.dropFirst().prefix { $0 != UInt8(ascii: "]") }) ?? ""
      } else if let sign = bytes.firstIndex(of: UInt8(ascii: "=")), bytes.first != UInt8(ascii: ";"),
        let key = ExifText.ascii(bytes[..<sign]), let value = ExifText.ascii(bytes[(sign + 1)...])
      {
        body(IniSetting(section: section, key: key.lowercased(), value: value, offset: line.offset))
      }
    }
    throw ParseError(.limit, at: source.count, "more than \(limits.entries) lines")
  }
}
