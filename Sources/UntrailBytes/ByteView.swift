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

  private func check(_ offset: Int, _ length: Int) throws(ParseError) {
    guard offset >= 0, length >= 0, offset <= count, length <= count - offset else {
      throw ParseError(
        .truncated, at: start + min(max(offset, 0), count), "a block ends inside a structure")
    }
  }
}
