internal import UntrailBytes
internal import UntrailModel

/// One chunk of a RIFF file.
struct RIFFChunk {
  var type: FourCC
  var body: ByteView
  /// What the length says; more than there is in the body where the file is cut.
  var length: Int

  var isCut: Bool { length > body.count }
}

/// Walks the chunks of a RIFF file one after another, at one level.
///
///     TT TT TT TT LL LL LL LL ...     type, length of the data, data; one zero where the length is odd
///
/// Lengths are little-endian in RIFF, RF64 and BW64, big-endian in RIFX. Some writers leave the zero out.
///
/// Source: IBM and Microsoft, Multimedia Programming Interface and Data Specifications 1.0 (1991), chapter 2.
struct RIFFChunks {
  private let view: ByteView
  private let order: ByteOrder
  private let limit: Int
  private var chunksLeft: Int
  /// Bytes from the start of the view to the next chunk.
  private(set) var offset: Int

  init(_ view: ByteView, from offset: Int = 0, _ order: ByteOrder, _ limits: Limits) {
    self.view = view
    self.order = order
    self.offset = offset
    limit = limits.entries
    chunksLeft = limit
  }

  /// The next chunk; nil behind the last one, and where no chunk can be: `offset` then tells where.
  ///
  /// - Parameter longer: gives the length of a chunk for which the 32 bits of its own do not do.
  mutating func next(longer: (FourCC) -> Int? = { _ in nil }) throws(ParseError) -> RIFFChunk? {
    guard view.count - offset >= 8 else { return nil }
    guard chunksLeft > 0 else {
      throw ParseError(.limit, at: view.start + offset, "more than \(limit) chunks")
    }
    chunksLeft -= 1
    let order = order
    let (type, stated) = try view.source.withShortRun(at: view.start + offset, count: 8) {
      run throws(ParseError) in
      let length = run.loadUnaligned(fromByteOffset: 4, as: UInt32.self)
      return (
        FourCC(UInt32(bigEndian: run.loadUnaligned(as: UInt32.self))),
        order.isBig ? UInt32(bigEndian: length) : UInt32(littleEndian: length)
      )
    }
    guard type.isPrintable else { return nil }
    let length = stated == .max ? longer(type) ?? view.count - offset - 8 : Int(stated)
    let start = offset + 8
    let body = ByteView(view.source, start: view.start + start, count: min(length, view.count - start))
    offset = length >= view.count - start ? view.count : start + length
    if length % 2 == 1, offset < view.count, try isPadded() { offset += 1 }
    return RIFFChunk(type: type, body: body, length: length)
  }

  /// Whether the byte behind an odd length is none of the next chunk.
  private func isPadded() throws(ParseError) -> Bool {
    guard try view.u8(at: offset) != 0, view.count - offset >= 4 else { return true }
    return !FourCC(try view.u32(at: offset, .big)).isPrintable
  }
}

extension RIFFChunk {
  /// The kind of a LIST, and what is in it; nil where it is too short to have one.
  var list: (kind: FourCC, content: ByteView)? {
    guard let kind = try? body.u32(at: 0, .big) else { return nil }
    return (FourCC(kind), body.dropping(4))
  }
}

extension FourCC {
  /// Its letters, for names.
  var text: String {
    String(decoding: (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32($0))) }, as: UTF8.self)
  }
}
