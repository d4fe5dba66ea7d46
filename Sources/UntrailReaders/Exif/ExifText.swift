internal import UntrailBytes
/// Decodes the texts of EXIF.
enum ExifText {
  /// Text of tags of the format ASCII: UTF-8 where it is valid, else Windows-1252; cut at the first NUL,
  /// trimmed. Nil where nothing is left.
  static func ascii(_ bytes: some RandomAccessCollection<UInt8>) -> String? {
    let end = bytes.firstIndex(of: 0) ?? bytes.endIndex
    return decode(trimmed(bytes[bytes.startIndex..<end]))
  }

  /// The parts between NULs of a text tag, each decoded and trimmed.
  static func parts(_ bytes: UnsafeBufferPointer<UInt8>) -> [String] {
    bytes.split(separator: 0).compactMap { decode(trimmed($0)) }
  }

  /// Text that starts with eight bytes naming its character set. Nil where it is empty or no text.
  ///
  /// Source: CIPA DC-008, section 4.6.6, UserComment, table 9.
  static func withCharacterSet(_ bytes: UnsafeBufferPointer<UInt8>, isLittleEndian: Bool) -> String? {
    guard bytes.count > 8 else { return ascii(bytes).flatMap(printable) }
    let body = bytes[8...]
    let set = bytes[..<8]
    if set.starts(with: "UNICODE".utf8) {
      return utf16(body, isLittleEndian: isLittleEndian).flatMap(printable)
    }
    if set.starts(with: "ASCII".utf8) || set.starts(with: "JIS".utf8) || set.allSatisfy({ $0 == 0 }) {
      return ascii(body).flatMap(printable)
    }
    // Writers that leave the character set out.
    return ascii(bytes).flatMap(printable)
  }

  /// UTF-16 with an optional byte order mark, cut at the first NUL and trimmed; nil where nothing is left.
  static func utf16(_ bytes: some RandomAccessCollection<UInt8>, isLittleEndian: Bool) -> String? {
    var isLittleEndian = isLittleEndian
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var index = bytes.startIndex
    while bytes.distance(from: index, to: bytes.endIndex) >= 2 {
      let first = UInt16(bytes[index])
      let second = UInt16(bytes[bytes.index(after: index)])
      index = bytes.index(index, offsetBy: 2)
      let unit = isLittleEndian ? second << 8 | first : first << 8 | second
      if units.isEmpty, unit == 0xFEFF { continue }
      if units.isEmpty, unit == 0xFFFE {
        isLittleEndian.toggle()
        continue
      }
      if unit == 0 { break }
      units.append(unit)
    }
    if units.allSatisfy({ $0 < 0x80 }) { return trimmedASCII(units) }
    let text = String(decoding: units, as: UTF16.self)
    let core = text.drop(while: \.isWhitespace)
    let end = core.lastIndex { !$0.isWhitespace }
    return end.map { String(core[...$0]) }
  }

  /// The text of units that are ASCII, without white space around it; nil where nothing is left.
  private static func trimmedASCII(_ units: [UInt16]) -> String? {
    func isBlank(_ unit: UInt16) -> Bool { unit == 0x20 || unit >= 0x09 && unit <= 0x0D }
    guard let first = units.firstIndex(where: { !isBlank($0) }),
      let last = units.lastIndex(where: { !isBlank($0) })
    else { return nil }
    return String(unsafeUninitializedCapacity: last - first + 1) { target in
      for index in first...last { target[index - first] = UInt8(truncatingIfNeeded: units[index]) }
      return last - first + 1
    }
  }

  private static func trimmed<Bytes: RandomAccessCollection<UInt8>>(_ bytes: Bytes) -> Bytes.SubSequence {
    func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }
    var rest = bytes[...]
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    while let first = rest.first, isBlank(first) { rest.removeFirst() }
    return rest
  }

  private static func decode(_ bytes: some RandomAccessCollection<UInt8>) -> String? {
    if bytes.isEmpty { return nil }
    let whole = bytes.withContiguousStorageIfAvailable { String(utf8: UnsafeRawBufferPointer($0)) }
    if let text = whole ?? String(validating: bytes, as: UTF8.self) { return text }
    var scalars = String.UnicodeScalarView()
    for byte in bytes { scalars.append(Unicode.Scalar(windows1252[Int(byte)]) ?? "\u{FFFD}") }
    return String(scalars)
  }

  /// Nil for what is no text: bytes that a camera keeps in a text field for itself.
  private static func printable(_ text: String) -> String? {
    // In UTF-8 no other character has bytes below 80.
    let isText = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
    return isText && (isASCII || !text.unicodeScalars.contains("\u{FFFD}")) ? text : nil
  }

  /// The character that a byte of Windows-1252 stands for.
  static func character(windows1252 byte: UInt8) -> String {
    String(Character(Unicode.Scalar(windows1252[Int(byte)]) ?? "\u{FFFD}"))
  }

  /// Windows-1252 to Unicode. Source: the Unicode Consortium's mapping table CP1252.TXT.
  private static let windows1252: [UInt32] = {
    var table = (0..<256).map(UInt32.init)
    let upper: [UInt32] = [
      0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
      0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
      0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ]
    table.replaceSubrange(0x80..<0xA0, with: upper)
    return table
  }()
}
