internal import UntrailBytes
internal import UntrailModel

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

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
      let length = min(lineLength, lineLimit - line.count)
      line += UnsafeRawBufferPointer(rebasing: piece[index..<(index + length)])
      index += length
      if line.last == 0x0A { break }
    }
    return !line.isEmpty
  }

  /// Bytes of the piece up to the end of the line, or of the piece.
  private var lineLength: Int {
    guard let start = piece.baseAddress.map({ $0 + index }) else { return 0 }
    guard let end = memchr(start, 0x0A, piece.count - index) else { return piece.count - index }
    return UnsafeRawPointer(end) - start + 1
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
