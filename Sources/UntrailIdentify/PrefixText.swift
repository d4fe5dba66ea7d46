/// Looks for words in the first bytes of a file, without making text of them.
struct PrefixText {
  typealias Bytes = UnsafeRawBufferPointer

  /// Without a byte order mark.
  let bytes: Slice<Bytes>

  init(_ prefix: Bytes) {
    let hasMark = prefix.starts(with: [0xEF, 0xBB, 0xBF])
    bytes = hasMark ? prefix.dropFirst(3) : prefix[...]
  }

  /// The first byte that is no white space.
  var firstMark: UInt8? { bytes.first { !Self.isBlank($0) } }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 0x09 && byte <= 0x0D }

  /// The lines without blanks around them, and without those that are blank or comments.
  var lines: [Slice<Bytes>] {
    guard !bytes.prefix(64).contains(0) else { return [] }
    var lines: [Slice<Bytes>] = []
    for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      var line = line.drop(while: Self.isBlank)
      while let last = line.last, Self.isBlank(last) { line.removeLast() }
      guard let first = line.first, first != UInt8(ascii: "#"), first != UInt8(ascii: ";") else { continue }
      lines.append(line)
    }
    return lines
  }
}

extension Slice<UnsafeRawBufferPointer> {
  func hasPrefix(_ word: StaticString) -> Bool {
    starts(with: UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }
}

extension [Slice<UnsafeRawBufferPointer>] {
  /// Whether a line starts with one of some words.
  func have(_ words: StaticString...) -> Bool {
    contains { line in words.contains { line.hasPrefix($0) } }
  }
}
