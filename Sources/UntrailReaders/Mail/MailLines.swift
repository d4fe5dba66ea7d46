internal import UntrailBytes
internal import UntrailModel

/// Steps through a message line by line, in bounded memory, and leaves the ends of the lines as they are: parts of a
/// message may be any bytes.
///
/// A line longer than `limits.structure` comes in several pieces.
struct MailLines {
  private let pieces: PieceReader
  private let lineLimit: Int
  private var piece = UnsafeRawBufferPointer(start: nil, count: 0)
  private var pieceOffset = 0
  private var index = 0

  /// The line at hand, with its end.
  private(set) var line: [UInt8] = []
  /// Bytes from the start of the source to the line.
  private(set) var offset = 0
  /// Whether this goes on with the line before.
  private(set) var isContinued = false

  init(_ source: ByteSource, _ limits: Limits) {
    pieces = PieceReader(source, limit: limits.stream)
    lineLimit = limits.structure
  }

  /// Goes to the next line; false at the end.
  mutating func next() throws(ParseError) -> Bool {
    isContinued = !line.isEmpty && line.last != 0x0A
    line.removeAll(keepingCapacity: true)
    while line.count < lineLimit {
      if index >= piece.count {
        guard let next = try pieces.next() else { break }
        (piece, pieceOffset) = next
        index = 0
        continue
      }
      if line.isEmpty { offset = pieceOffset + index }
      let end = piece[index...].firstIndex(of: 0x0A)
      let part = piece[index..<(end.map { $0 + 1 } ?? piece.count)].prefix(lineLimit - line.count)
      line += part
      index = part.endIndex
      if line.last == 0x0A { break }
    }
    return !line.isEmpty
  }
}

extension Collection<UInt8> where SubSequence: BidirectionalCollection {
  /// Without the end of the line.
  var withoutLineEnd: SubSequence {
    var rest = self[startIndex...]
    if rest.last == 0x0A { rest = rest.dropLast() }
    if rest.last == 0x0D { rest = rest.dropLast() }
    return rest
  }
}
