internal import UntrailBytes
internal import UntrailModel

/// GIF: the extensions between the pictures.
///
///     "GIF87a" | "GIF89a" WW WW HH HH FF BB RR    width, height, flags, background, ratio; then a colour table
///     21 FE  sub-blocks                           comment
///     21 01  sub-blocks                           plain text; the first sub-block is its place
///     21 FF  0B "NETSCAPE2.0" sub-blocks          application
///     21 F9  sub-blocks                           graphic control
///     2C LL LL TT TT WW WW HH HH FF               picture; then a colour table, code size, sub-blocks
///     3B                                          trailer: nothing may follow
///     sub-blocks: NN, NN bytes, ... 00
///
/// Source: CompuServe, Graphics Interchange Format 89a (1990); ICC.1:2022, annex B.5; Adobe, XMP Specification Part 3
/// (2016), section 1.1.2.
struct GIFReader: MetadataReader {
  var name: String { "GIF" }
  var mediaTypes: [String] { ["image/gif"] }
  var channels: String { "comments, texts, XMP, colour profile, what stands behind the end" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var blocks = GIFBlocks(source, at: 13 + Self.colourTable(try source.u8(at: 10)))
    for _ in 0..<tools.limits.entries {
      switch try source.u8(at: blocks.offset) {
      case 0x21:
        let label = try source.u8(at: blocks.offset + 1)
        blocks.offset += 2
        try readExtension(label, &blocks, into: &result, tools)
      case 0x2C:
        let flags = try source.u8(at: blocks.offset + 9)
        blocks.offset += 11 + Self.colourTable(flags)
        try blocks.skip()
      case 0x3B:
        return try TrailingData.note(source, behind: blocks.offset + 1, "GIF:Trailer", into: &result)
      case 0:
        // Some writers end a block twice.
        blocks.offset += 1
      default:
        throw ParseError(.malformed, at: blocks.offset, "no block where one must start")
      }
    }
    throw ParseError(.limit, at: blocks.offset, "more than \(tools.limits.entries) blocks")
  }

  /// Bytes of the colour table that the flags announce.
  private static func colourTable(_ flags: UInt8) -> Int { flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1) }

  private func readExtension(
    _ label: UInt8, _ blocks: inout GIFBlocks, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    let start = blocks.offset
    switch label {
    case 0xFE:
      let text = try blocks.joined(limit: tools.limits.text + 1)
      if let comment = BoundedText.decode(text, tools.limits), BoundedText.isPrintable(comment) {
        result.add(.comment, .text(comment), "GIF:Comment", at: start + 1)
      }
    case 0x01:
      blocks.offset += 1 + Int(try blocks.source.u8(at: start))
      let place = blocks.offset + 1
      if let text = BoundedText.decode(try blocks.joined(limit: tools.limits.text + 1), tools.limits) {
        result.add(.comment, .text(text), "GIF:Text", at: place)
      }
    case 0xFF:
      try readApplication(&blocks, into: &result, tools)
    default:
      try blocks.skip()
    }
  }

  private func readApplication(
    _ blocks: inout GIFBlocks, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    let source = blocks.source
    let head = blocks.offset
    let length = Int(try source.u8(at: head))
    guard length == 11 else { return try blocks.skip() }
    let name = try source.bytes(at: head + 1, count: 11)
    blocks.offset += 12
    if name.elementsEqual("XMP DataXMP".utf8) {
      // The packet stands as it is, without sub-blocks, and 258 bytes behind it lead every sub-block to the end.
      let start = blocks.offset
      try blocks.skip()
      let packet = ByteView(source, start: start, count: max(0, blocks.offset - start - 258))
      EmbeddedBlocks.xmp(packet, into: &result, tools)
    } else if name.elementsEqual("ICCRGBG1012".utf8) {
      let profile = try blocks.joined(limit: tools.limits.structure)
      let view = ByteView(ByteSource(bytes: profile, isJoined: true), start: 0, count: profile.count)
      EmbeddedBlocks.icc(view, into: &result, tools)
    } else {
      try blocks.skip()
    }
  }
}

/// Walks the sub-blocks of GIF.
struct GIFBlocks {
  let source: ByteSource
  var offset: Int
  /// The most bytes that are read at once: the length of every sub-block must be looked at.
  private static let longestPiece = 64 << 10

  init(_ source: ByteSource, at offset: Int) {
    self.source = source
    self.offset = offset
  }

  /// Goes behind the sub-block of length 0.
  mutating func skip() throws(ParseError) {
    var next = offset
    // Short chains stay within a page; long ones are read in longer and longer pieces.
    var piece = ByteSource.pageSize - next % ByteSource.pageSize
    while true {
      let length = min(piece, source.count - next)
      guard length > 0 else { throw truncated }
      let (at, isEnd) = try source.withBytes(at: next, count: length) { run throws(ParseError) in
        var at = 0
        while at < run.count {
          let size = Int(run[at])
          at += 1 + size
          if size == 0 { return (at, true) }
        }
        return (at, false)
      }
      next += at
      if isEnd { break }
      piece = min(max(piece, ByteSource.pageSize) * 2, Self.longestPiece, source.runLimit)
    }
    offset = next
  }

  /// The bytes of the sub-blocks one after another, the first `limit` of them; goes behind them all.
  mutating func joined(limit: Int) throws(ParseError) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      guard offset < source.count else { throw truncated }
      let size = Int(try source.u8(at: offset))
      guard size > 0 else {
        offset += 1
        return bytes
      }
      guard bytes.count + size <= limit else {
        bytes += try source.bytes(at: offset + 1, count: min(size, limit - bytes.count))
        try skip()
        return bytes
      }
      bytes += try source.bytes(at: offset + 1, count: size)
      offset += 1 + size
    }
  }

  private var truncated: ParseError {
    ParseError(.truncated, at: source.count, "the file ends inside a block")
  }
}
