internal import UntrailBytes
internal import UntrailModel

/// InDesign documents: the XMP of the database.
///
///     two pages of 4096 bytes: 0606EDF5 D81D46E5 BD31EFE7 FE74B71D ...; 264: a counter, 280: pages
///     behind the pages: objects
///       DE393979 51884B6C 8E63EEF8 AEE0DD38, class (4), serial (4), LL LL LL LL (little-endian), check (4), data,
///       a trailer of 32 bytes
///     data of XMP: 4 bytes of length, then the packet
///
/// The page with the higher counter counts.
///
/// Source: Adobe, XMP Specification Part 3 (2016), section 1.2.1.
struct InDesignReader: MetadataReader {
  var name: String { "InDesign" }
  var mediaTypes: [String] { ["application/x-indesign"] }
  var channels: String { "XMP" }

  private static let pageSize = 4096
  private static let objectHead: [UInt8] = [
    0xDE, 0x39, 0x39, 0x79, 0x51, 0x88, 0x4B, 0x6C, 0x8E, 0x63, 0xEE, 0xF8, 0xAE, 0xE0, 0xDD, 0x38,
  ]

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let first = try source.u64(at: 264, .little)
    let second = try source.u64(at: Self.pageSize + 264, .little)
    let page = second > first ? Self.pageSize : 0
    var offset = Int(try source.u32(at: page + 280, .little)) * Self.pageSize
    for _ in 0..<tools.limits.entries {
      let head = ByteView(source, start: offset, count: 32)
      guard offset < source.count, head.begins(with: Self.objectHead) else { return }
      let length = Int(try head.u32(at: 24, .little))
      let data = ByteView(source, start: offset + 32, count: length)
      if data.count < length {
        result.damage("truncated", "the file ends inside an object", at: source.count)
      }
      let packet = data.dropping(4)
      if packet.begins(with: "<?xpacket begin".utf8) { EmbeddedBlocks.xmp(packet, into: &result, tools) }
      offset += 32 + length + 32
    }
    throw ParseError(.limit, at: offset, "more than \(tools.limits.entries) objects")
  }
}
