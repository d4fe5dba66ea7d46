internal import UntrailBytes

/// One step of a text in Rich Text Format.
enum RTFToken {
  case open
  case close
  /// A control word with its number, without the backslash.
  case word(String, Int?)
  /// "\*": what begins here may be passed over.
  case optional
  /// A character of the text, in the code page.
  case byte(UInt8)
  /// A character that was written with its number: "\'E4".
  case escaped(UInt8)
}

/// Splits Rich Text Format into steps.
///
///     { }                 a group
///     \word-12            a control word; a space behind it belongs to it
///     \'E4                a byte of the code page
///     \* \{ \} \\         what may be passed over; characters
///
/// Source: Microsoft, Rich Text Format Specification 1.9.1, "RTF Syntax".
struct RTFTokens {
  private var cursor: ByteCursor

  init(_ source: ByteSource, _ limit: Int) { cursor = ByteCursor(source, limit: limit) }

  /// Bytes from the start of the file to the next step.
  var offset: Int { cursor.offset }

  private mutating func take() throws(ParseError) -> UInt8? {
    let byte = try cursor.peek()
    cursor.advance()
    return byte
  }

  /// The next step; nil at the end.
  mutating func next() throws(ParseError) -> RTFToken? {
    while let byte = try take() {
      switch byte {
      case UInt8(ascii: "{"): return .open
      case UInt8(ascii: "}"): return .close
      case UInt8(ascii: "\\"):
        if let token = try control() { return token }
      case 0x0A, 0x0D, 0x00: continue
      default: return .byte(byte)
      }
    }
    return nil
  }

  /// Goes behind bytes that are no text: what "\bin" announces.
  mutating func binary(_ count: Int, most: Int) throws(ParseError) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<max(0, count) {
      guard let byte = try take() else { break }
      if bytes.count < most { bytes.append(byte) }
    }
    return bytes
  }

  private mutating func control() throws(ParseError) -> RTFToken? {
    guard let first = try take() else { return nil }
    switch first {
    case UInt8(ascii: "*"): return .optional
    case UInt8(ascii: "'"):
      guard let high = try take().flatMap(Hexadecimal.digit), let low = try take().flatMap(Hexadecimal.digit)
      else { return nil }
      return .escaped(high << 4 | low)
    case UInt8(ascii: "~"): return .byte(0x20)
    case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\\"): return .byte(first)
    case _ where isLetter(first): return try word(first)
    default: return nil
    }
  }

  private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  private mutating func word(_ first: UInt8) throws(ParseError) -> RTFToken {
    var name = [first]
    while let byte = try cursor.peek(), isLetter(byte), name.count < 32 {
      name.append(byte)
      cursor.advance()
    }
    var number: Int?
    var isNegative = false
    if try cursor.peek() == UInt8(ascii: "-") {
      isNegative = true
      cursor.advance()
    }
    var digits = 0
    while let byte = try cursor.peek(), byte &- 0x30 < 10, digits < 12 {
      number = (number ?? 0) * 10 + Int(byte - 0x30)
      digits += 1
      cursor.advance()
    }
    if try cursor.peek() == 0x20 { cursor.advance() }
    return .word(String(decoding: name, as: UTF8.self), number.map { isNegative ? -$0 : $0 })
  }
}
