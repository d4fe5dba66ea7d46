internal import UntrailBytes
internal import UntrailModel

/// A file that is read as a whole.
enum WholeFile {
  /// All bytes of a file.
  ///
  /// - Throws: `limit` where there are more than are read of one file, and what reading throws.
  static func bytes(_ source: ByteSource, _ limits: Limits) throws(ParseError) -> [UInt8] {
    guard source.count <= limits.bytes else {
      throw ParseError(.limit, at: 0, "a file of more than \(limits.bytes) bytes")
    }
    let pieces = PieceReader(source, limit: limits.bytes)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(source.count)
    while let piece = try pieces.next() { bytes += piece.bytes }
    return bytes
  }
}
