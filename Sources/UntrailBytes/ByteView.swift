#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A block inside a source, addressed from its own start: what a decoder gets from a container.
package struct ByteView {
  package let source: ByteSource
  /// Bytes from the start of the source to the block.
  package let start: Int
  /// Bytes in the block, as far as the source holds them.
  package let count: Int

  /// A block that is cut to what the source holds.
  package init(_ source: ByteSource, start: Int, count: Int) {
    self.source = source
    self.start = min(max(start, 0), source.count)
    self.count = min(max(count, 0), source.count - self.start)
  }

  package func withBytes<Result>(
    at offset: Int, count length: Int, _ body: (UnsafeRawBufferPointer) throws(ParseError) -> Result
  ) throws(ParseError) -> Result {
    try check(offset, length)
    return try source.withBytes(at: start + offset, count: length, body)
  }

  package func u8(at offset: Int) throws(ParseError) -> UInt8 {
    try check(offset, 1)
    return try source.u8(at: start + offset)
  }

  package func u16(at offset: Int, _ order: ByteOrder) throws(ParseError) -> UInt16 {
    try check(offset, 2)
    return try source.u16(at: start + offset, order)
  }

  package func u32(at offset: Int, _ order: ByteOrder) throws(ParseError) -> UInt32 {
    try check(offset, 4)
    return try source.u32(at: start + offset, order)
  }

  package func u64(at offset: Int, _ order: ByteOrder) throws(ParseError) -> UInt64 {
    try check(offset, 8)
    return try source.u64(at: start + offset, order)
  }

  /// Bytes from the start of the file to a place in the block; nil for a block that was joined from several pieces
  /// of it.
  package func place(_ offset: Int) -> Int? { source.hasPlaces ? start + offset : nil }

  /// What is behind the first `length` bytes.
  package func dropping(_ length: Int) -> ByteView {
    ByteView(source, start: start + min(max(length, 0), count), count: count - min(max(length, 0), count))
  }

  /// The first `length` bytes, or as many as there are.
  package func prefix(_ length: Int) -> ByteView {
    ByteView(source, start: start, count: min(length, count))
  }

  package func begins(with bytes: some Collection<UInt8>) -> Bool {
    Array(bytes).withUnsafeBytes { begins(with: $0) }
  }

  package func begins(with bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count <= count else { return false }
    let isEqual = try? withBytes(at: 0, count: bytes.count) { run throws(ParseError) in
      run.isEqual(to: bytes)
    }
    return isEqual ?? false
  }

  /// Several pieces as one block: the piece itself where there is one, a copy in memory where there are more.
  ///
  /// - Parameters:
  ///   - pieces: at least one.
  ///   - limit: the most bytes that are joined.
  /// - Throws: `limit` where there are more, and what reading throws.
  package static func joined(_ pieces: [ByteView], limit: Int) throws(ParseError) -> ByteView {
    if pieces.count == 1 { return pieces[0] }
    var bytes: [UInt8] = []
    for piece in pieces {
      guard bytes.count + piece.count <= limit else {
        throw ParseError(.limit, at: piece.start, "a block longer than \(limit) bytes in pieces")
      }
      bytes += try piece.source.bytes(at: piece.start, count: piece.count)
    }
    return ByteView(ByteSource(bytes: bytes, isJoined: true), start: 0, count: bytes.count)
  }

  private func check(_ offset: Int, _ length: Int) throws(ParseError) {
    guard offset >= 0, length >= 0, offset <= count, length <= count - offset else {
      throw ParseError(
        .truncated, at: start + min(max(offset, 0), count), "a block ends inside a structure")
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Whether the bytes are the same: a comparison of arrays looks at one byte at a time.
  package func isEqual(to other: UnsafeRawBufferPointer) -> Bool {
    guard count == other.count else { return false }
    guard let left = baseAddress, let right = other.baseAddress else { return true }
    return memcmp(left, right, count) == 0
  }
}
