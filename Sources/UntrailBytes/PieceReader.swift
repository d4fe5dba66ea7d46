/// Reads a whole source front to back in pieces, in bounded memory.
package final class PieceReader {
  /// Bytes of a piece, but for the last one.
  package static let pieceSize = 128 << 10

  private let source: ByteSource
  private let limit: Int
  private let end: Int
  private var position: Int

  /// - Parameters:
  ///   - start: bytes from the start of the source to where reading starts.
  ///   - limit: the most bytes that may be read; more is an error where they would be.
  package init(_ source: ByteSource, from start: Int = 0, limit: Int) {
    self.source = source
    position = min(max(start, 0), source.count)
    let room = limit.addingReportingOverflow(position)
    self.limit = room.overflow ? .max : room.partialValue
    end = source.count
  }

  /// The next piece and where it starts in the source; nil at the end. The bytes are valid until the next call
  /// that reads from the source.
  ///
  /// - Throws: `limit` where the limit is reached, `truncated` where the file became shorter, `system` where the
  ///   system refuses.
  package func next() throws(ParseError) -> (bytes: UnsafeRawBufferPointer, offset: Int)? {
    guard position < end else { return nil }
    guard position < limit else {
      throw ParseError(.limit, at: position, "more of the file would have to be read than is allowed")
    }
    let offset = position
    let bytes = try source.piece(at: offset, count: min(Self.pieceSize, end - offset, limit - offset))
    position += bytes.count
    return (bytes, offset)
  }
}
