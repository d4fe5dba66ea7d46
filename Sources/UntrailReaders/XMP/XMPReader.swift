internal import UntrailBytes
internal import UntrailModel

/// XMP as a file of its own: what programs put beside pictures they do not change, and other RDF.
///
/// `XMPPacket` shows the layout.
///
/// Source: XMP specification part 3 (2020), section 2.3 (external metadata).
struct XMPReader: MetadataReader {
  var name: String { "XMP sidecar" }
  var mediaTypes: [String] { ["application/rdf+xml"] }
  var channels: String { "places, people, times, devices, links and history in XMP" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    EmbeddedBlocks.xmp(ByteView(source, start: 0, count: source.count), into: &result, tools)
  }
}
