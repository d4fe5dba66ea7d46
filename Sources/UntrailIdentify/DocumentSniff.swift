/// Documents that libmagic does not tell.
enum DocumentSniff {
  /// A PDF behind something else: its header may stand anywhere in the first KiB, at the beginning of a line.
  ///
  /// Source: ISO 32000-2:2020, section 7.5.2, and Adobe's implementation notes to PDF 1.7, number 13.
  static func isPDF(_ prefix: UnsafeRawBufferPointer) -> Bool {
    let head = UnsafeRawBufferPointer(rebasing: prefix.prefix(1024))
    for index in head.indices where head[index] == UInt8(ascii: "%") {
      guard index == 0 || head[index - 1] < 0x20 || head[index - 1] >= 0x7F, index + 7 < head.count,
        head[index..<(index + 5)].elementsEqual("%PDF-".utf8)
      else { continue }
      return (0x31...0x32).contains(head[index + 5]) && head[index + 6] == UInt8(ascii: ".")
    }
    return false
  }
}
