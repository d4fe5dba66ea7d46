internal import UntrailBytes
internal import UntrailModel

/// ASF: WMV and WMA, by the objects of their head.
///
///     Header: number of objects (32 bits), two bytes
///       File Properties          identifier of the file, when it was made
///       Content Description      title, author, copyright, description
///       Extended Content Description, Metadata, Metadata Library      names and values
///       Codec List, Content Branding, Script Command
///       Header Extension: 22 bytes, and objects
///     Data                       the film, which is skipped
///     XMP                        a packet
///
/// Source: Microsoft, Advanced Systems Format Specification 01.20.05.
struct ASFReader: MetadataReader {
  var name: String { "WMV, WMA" }
  var mediaTypes: [String] { ["video/x-ms-asf", "video/x-ms-wmv", "audio/x-ms-wma"] }
  var channels: String { "people, times, identifiers, software, XMP, pictures inside" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var objects = ASFObjects(ByteView(source, start: 0, count: source.count), tools.limits)
    guard let head = try objects.next(), head.kind == .header else {
      throw ParseError(.malformed, at: 0, "no head of an ASF file")
    }
    try ASFHeader(tools: tools).read(head.body.dropping(6), depth: 0, into: &result)
    if head.isCut { throw ParseError(.truncated, at: source.count, "the file ends inside its head") }
    while let object = try objects.next() {
      if object.kind == .xmp { EmbeddedBlocks.xmp(object.body, into: &result, tools) }
      if object.isCut { result.damage("truncated", "the file ends inside an object", at: source.count) }
    }
    try TrailingData.note(source, behind: objects.offset, "ASF:Trailer", into: &result)
  }
}
