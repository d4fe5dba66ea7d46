internal import UntrailBytes
internal import UntrailModel

extension ByteView {
  /// Bytes that are read at once of a block that may be longer than one run.
  private static let pieceSize = 256 << 10

  /// All bytes of a block that may be longer than one run.
  ///
  /// - Throws: `limit` where there are more than `limit`, and what reading throws.
  func allBytes(limit: Int) throws(ParseError) -> [UInt8] {
    guard count <= limit else {
      throw ParseError(.limit, at: start, "a block of more than \(limit) bytes")
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count {
      bytes += try source.bytes(at: start + bytes.count, count: min(Self.pieceSize, count - bytes.count))
    }
    return bytes
  }

  /// A part of the block, cut to what there is.
  func part(from offset: Int, count length: Int) -> ByteView { dropping(offset).prefix(max(0, length)) }

  /// Where the first byte of a value stands, from `offset` on and within `most` bytes; nil where it does not.
  func firstIndex(of byte: UInt8, from offset: Int, most: Int) throws(ParseError) -> Int? {
    guard offset >= 0, offset < count else { return nil }
    return try withBytes(at: offset, count: min(most, count - offset)) { run throws(ParseError) in
      run.firstIndex(of: byte).map { offset + $0 }
    }
  }

  /// The first bytes of a block, as many of `most` as there are.
  func head(_ most: Int) throws(ParseError) -> [UInt8] {
    try withBytes(at: 0, count: min(most, count)) { run throws(ParseError) in Array(run) }
  }
}

extension ReaderTools {
  /// Examines a picture inside the file at hand where it lies: of a large one only what is asked for is read.
  func examinePart(named name: String, _ part: ByteView, into result: inout ReadResult) {
    do throws(ParseError) {
      let head = try part.head(ByteSource.pageSize)
      let type = head.withUnsafeBytes { identify($0, part.count) }
      guard type.name.hasPrefix("image/"), part.count > ByteSource.pageSize else {
        return examineMember(named: name, try part.allBytes(limit: limits.bytes), into: &result)
      }
      examineMember(
        named: name, part: ByteSource(partOf: part.source, start: part.start, count: part.count), as: type,
        into: &result)
    } catch {
      result.damage(error)
    }
  }
}
