/// The filters ASCIIHexDecode, ASCII85Decode and RunLengthDecode.
///
/// Source: ISO 32000-2:2020, sections 7.4.2, 7.4.3 and 7.4.5.
enum PDFTextFilters {
  static func hexadecimal(_ bytes: [UInt8]) -> PDFUnpacked {
    var digits = bytes.prefix { $0 != UInt8(ascii: ">") }.filter { Hexadecimal.digit($0) != nil }
    if digits.count % 2 == 1 { digits.append(UInt8(ascii: "0")) }
    return PDFUnpacked(Hexadecimal.bytes(digits))
  }

  /// Five characters stand for four bytes, "z" for four zeros, "~>" for the end.
  static func base85(_ bytes: [UInt8], limit: Int) -> PDFUnpacked {
    var output: [UInt8] = []
    var group: UInt32 = 0
    var count = 0
    for byte in bytes {
      guard output.count + 4 <= limit else { return PDFUnpacked(output, flaw: PDFUnpacked.tooLong(limit)) }
      switch byte {
      case UInt8(ascii: "z") where count == 0: output += [0, 0, 0, 0]
      case UInt8(ascii: "!")...UInt8(ascii: "u"):
        group = group &* 85 &+ UInt32(byte - 33)
        count += 1
        if count == 5 {
          append(group, 4, to: &output)
          group = 0
          count = 0
        }
      case UInt8(ascii: "~"):
        finish(group, count, &output)
        return PDFUnpacked(output)
      default: break
      }
    }
    finish(group, count, &output)
    return PDFUnpacked(output)
  }

  private static func finish(_ group: UInt32, _ count: Int, _ output: inout [UInt8]) {
    guard count > 1 else { return }
    var group = group
    for _ in count..<5 { group = group &* 85 &+ 84 }
    append(group, count - 1, to: &output)
  }

  private static func append(_ group: UInt32, _ count: Int, to output: inout [UInt8]) {
    for index in 0..<count { output.append(UInt8(truncatingIfNeeded: group >> UInt32(24 - 8 * index))) }
  }

  /// A length below 128, and one more byte than that follow as they are; above, one byte is repeated.
  static func runs(_ bytes: [UInt8], limit: Int) -> PDFUnpacked {
    var output: [UInt8] = []
    var index = 0
    while index < bytes.count, bytes[index] != 128 {
      let length = Int(bytes[index])
      index += 1
      if length < 128 {
        output += bytes[index..<min(index + length + 1, bytes.count)]
        index += length + 1
      } else if index < bytes.count {
        output += repeatElement(bytes[index], count: 257 - length)
        index += 1
      }
      guard output.count <= limit else {
        return PDFUnpacked(Array(output.prefix(limit)), flaw: PDFUnpacked.tooLong(limit))
      }
    }
    return PDFUnpacked(output)
  }
}
