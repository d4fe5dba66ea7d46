/// Strings of JSON, from their bytes.
///
/// Source: RFC 8259, section 7.
enum JSONText {
  /// The text, with its escapes resolved.
  static func text(_ bytes: some RandomAccessCollection<UInt8>, hasEscapes: Bool) -> String {
    String(decoding: hasEscapes ? unescaped(bytes) : Array(bytes), as: UTF8.self)
  }

  private static func unescaped(_ bytes: some RandomAccessCollection<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var rest = Array(bytes)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "b"), UInt8(ascii: "f"): text.append(0x20)
      case UInt8(ascii: "u"): text += Array(String(scalar(&rest)).utf8)
      case let other?: text.append(other)
      case nil: break
      }
    }
    return text
  }

  /// The character of "\uXXXX", or of two of them.
  private static func scalar(_ rest: inout ArraySlice<UInt8>) -> Character {
    guard let first = hexadecimal(&rest) else { return "\u{FFFD}" }
    if let scalar = Unicode.Scalar(first) { return Character(scalar) }
    var ahead = rest
    guard first < 0xDC00, ahead.popFirst() == UInt8(ascii: "\\"), ahead.popFirst() == UInt8(ascii: "u"),
      let second = hexadecimal(&ahead), (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { return "\u{FFFD}" }
    rest = ahead
    return Character(scalar)
  }

  private static func hexadecimal(_ rest: inout ArraySlice<UInt8>) -> UInt32? {
    guard rest.count >= 4, let value = UInt32(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16)
    else {
      return nil
    }
    rest = rest.dropFirst(4)
    return value
  }
}
