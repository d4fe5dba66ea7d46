internal import UntrailBytes

/// Steps through a whole source byte by byte, in bounded memory.
struct ByteCursor {
  private let pieces: PieceReader
  private var piece = UnsafeRawBufferPointer(start: nil, count: 0)
  private var index = 0
  private var start = 0

  init(_ source: ByteSource, limit: Int) { pieces = PieceReader(source, limit: limit) }

  /// Bytes from the start of the source to the next byte.
  var offset: Int { start + index }

  /// The next byte; nil at the end.
  mutating func peek() throws(ParseError) -> UInt8? {
    if index < piece.count { return piece[index] }
    return try load() ? piece[index] : nil
  }

  /// Goes behind the next byte; at the end it stays.
  mutating func advance() {
    if index < piece.count { index += 1 }
  }

  /// Goes to the next byte of a value, or to the end.
  mutating func skip(to byte: UInt8) throws(ParseError) {
    while true {
      if let found = piece[index...].firstIndex(of: byte) {
        index = found
        return
      }
      index = piece.count
      guard try load() else { return }
    }
  }

  private mutating func load() throws(ParseError) -> Bool {
    while let (bytes, offset) = try pieces.next() {
      piece = bytes
      start = offset
      index = 0
      if !bytes.isEmpty { return true }
    }
    return false
  }
}
