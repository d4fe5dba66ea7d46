/// Text in which every byte that is not printed is written as "=" and two hexadecimal digits.
///
/// Source: RFC 2045, section 6.7.
enum QuotedPrintable {
  /// The bytes; an equals sign at the end of a line joins it with the next, others stay as they are.
  static func decode(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      index += 1
      guard byte == UInt8(ascii: "=") else {
        bytes.append(byte)
        continue
      }
      if index + 1 < text.endIndex, let high = digit(text[index]), let low = digit(text[index + 1]) {
        bytes.append(high << 4 | low)
        index += 2
      } else if index < text.endIndex, text[index] == 0x0D || text[index] == 0x0A {
        index += text[index] == 0x0D && index + 1 < text.endIndex && text[index + 1] == 0x0A ? 2 : 1
      } else if index < text.endIndex {
        bytes.append(byte)
      }
    }
    return bytes
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
