internal import UntrailBytes
internal import UntrailModel

/// Reads the samples of a film: many short runs, far from each other, in a file of any length.
///
/// Keeps its own count of bytes: what the samples have together is held against `limits.samples` and the bytes of the
/// film, since each stands in it once.
struct SampleFeed {
  private let film: ByteView
  private let longest: Int
  private var budget: Int
  private var piece = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Bytes from the start of the film to the piece.
  private var pieceStart = 0

  /// What is read at least: samples that follow each other come with the first.
  private static let ahead = ByteSource.pageSize

  /// - Parameter film: from where the offsets of samples count.
  init(_ film: ByteView, _ limits: Limits) {
    self.film = film
    longest = limits.structure
    budget = min(limits.samples, film.count)
  }

  /// Gives the bytes of a sample; they are valid inside `body` only.
  ///
  /// - Parameter offset: bytes from the start of the film.
  /// - Throws: `truncated` where the film ends before the sample does, `limit` where the sample is too long or more was
  ///   read than is allowed, and what reading throws.
  mutating func withSample(
    at offset: Int, count: Int, _ body: (SampleBytes) -> Void
  ) throws(ParseError) {
    guard count > 0 else { return }
    guard offset >= 0, offset <= film.count, count <= film.count - offset else {
      throw ParseError(
        .truncated, at: film.start + min(max(offset, 0), film.count), "the film ends before a sample of it")
    }
    guard count <= longest else {
      throw ParseError(.limit, at: film.start + offset, "a sample is longer than \(longest) bytes")
    }
    guard count <= budget else {
      throw ParseError(.limit, at: film.start + offset, "more samples of telemetry than may be read")
    }
    budget -= count
    guard count <= PieceReader.pieceSize else { return try withLongSample(at: offset, count: count, body) }
    if offset < pieceStart || offset + count > pieceStart + piece.count {
      let length = min(max(count, Self.ahead), film.count - offset)
      piece = UnsafeRawBufferPointer(start: nil, count: 0)
      piece = try film.source.piece(at: film.start + offset, count: length)
      pieceStart = offset
      guard piece.count >= count else {
        throw ParseError(.truncated, at: film.start + offset, "the file became shorter while it was read")
      }
    }
    let start = offset - pieceStart
    body(
      SampleBytes(UnsafeRawBufferPointer(rebasing: piece[start..<(start + count)]), start: film.place(offset))
    )
  }

  private mutating func withLongSample(
    at offset: Int, count: Int, _ body: (SampleBytes) -> Void
  ) throws(ParseError) {
    piece = UnsafeRawBufferPointer(start: nil, count: 0)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count {
      let part = try film.source.piece(
        at: film.start + offset + bytes.count, count: min(PieceReader.pieceSize, count - bytes.count))
      bytes += part
    }
    bytes.withUnsafeBytes { body(SampleBytes($0, start: film.place(offset))) }
  }
}
