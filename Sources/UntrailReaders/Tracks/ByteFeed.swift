internal import UntrailBytes

/// The bytes of a source front to back, as many at a time as a reader asks for, in bounded memory.
final class ByteFeed {
  /// The most bytes that may be asked for at once.
  static let window = 128 << 10

  private let pieces: PieceReader
  private let base = UnsafeMutableRawPointer.allocate(
    byteCount: ByteFeed.window + PieceReader.pieceSize, alignment: 16)
  private var start = 0
  private var end = 0
  /// Bytes from the start of the source to the next byte.
  private(set) var offset = 0

  init(_ source: ByteSource, limit: Int) { pieces = PieceReader(source, limit: limit) }

  deinit { base.deallocate() }

  /// The bytes that are there; valid until the next call of `fill`.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base + start, count: end - start) }

  /// Makes `count` bytes be there; false where the source ends earlier.
  ///
  /// - Parameter count: at most `window`.
  /// - Throws: what reading throws.
  func fill(_ count: Int) throws(ParseError) -> Bool {
    guard end - start < count else { return true }
    guard count <= Self.window else { return false }
    base.copyMemory(from: base + start, byteCount: end - start)
    (start, end) = (0, end - start)
    while end < count {
      guard let (piece, _) = try pieces.next(), let pieceBase = piece.baseAddress else { return false }
      (base + end).copyMemory(from: pieceBase, byteCount: piece.count)
      end += piece.count
    }
    return true
  }

  /// Goes on behind bytes that are there.
  func skip(_ count: Int) {
    let count = min(count, end - start)
    start += count
    offset += count
  }
}
