internal import UntrailBytes
internal import UntrailModel

/// PostScript and EPS: what the comments at the beginning of lines say, and blocks between such lines.
///
///     C5 D0 D3 C6 OO OO OO OO LL LL LL LL ...   EPS with a preview: offset and length of the text, of a
///                                               Windows metafile, of a TIFF file; little-endian
///     %!PS-Adobe-3.0 EPSF-3.0
///     %%For: (Mara Example)                     also Creator, CreationDate, Title, Author, Copyright ...
///     %BeginPhotoshop: 4000, then lines "% 3842494D..."     Photoshop resources in hexadecimal digits
///     <?xpacket begin=...                       XMP
///
/// Looks at the first megabyte of the text, and at its last 64 KiB, where values of "(atend)" stand.
///
/// Source: Adobe, PostScript Language Document Structuring Conventions 3.0 (1992); Encapsulated PostScript File
/// Format 3.0, section 4.
struct PostScriptReader: MetadataReader {
  var name: String { "PostScript, EPS" }
  var mediaTypes: [String] { ["application/postscript", "image/x-eps", "application/eps"] }
  var channels: String { "comments of the document structure, Photoshop resources, XMP, previews" }

  private static let tailLength = 64 << 10

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let text = try text(source, into: &result)
    let head = text.prefix(tools.limits.structure)
    let rest = text.dropping(head.count)
    try readComments(head, into: &result, tools)
    for packet in try PacketScan.packets(in: head) { EmbeddedBlocks.xmp(packet, into: &result, tools) }
    let tail = rest.dropping(max(0, rest.count - min(Self.tailLength, tools.limits.structure)))
    if tail.count > 0 {
      try readComments(tail, into: &result, tools)
      for packet in try PacketScan.packets(in: tail) { EmbeddedBlocks.xmp(packet, into: &result, tools) }
    }
  }

  /// The PostScript of the file; notes the preview beside it.
  private func text(_ source: ByteSource, into result: inout ReadResult) throws(ParseError) -> ByteView {
    let whole = ByteView(source, start: 0, count: source.count)
    guard whole.begins(with: [0xC5, 0xD0, 0xD3, 0xC6]) else { return whole }
    for (place, field) in [(12, "PostScript:MetafilePreview"), (20, "PostScript:TIFFPreview")] {
      let offset = Int(try source.u32(at: place, .little))
      let length = Int(try source.u32(at: place + 4, .little))
      guard length > 0 else { continue }
      guard offset < source.count else {
        result.damage("truncated", "a preview that stands behind the end of the file", at: place)
        continue
      }
      result.add(.preview, .hidden(HiddenContent(byteCount: length)), field, at: offset)
    }
    return whole.dropping(Int(try source.u32(at: 4, .little))).prefix(Int(try source.u32(at: 8, .little)))
  }

  private func readComments(
    _ block: ByteView, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    var comments = PostScriptComments(tools.limits)
    try block.withBytes(at: 0, count: block.count) { run throws(ParseError) in
      comments.read(run.bindMemory(to: UInt8.self), block, into: &result)
    }
    for resources in comments.resources where !resources.isEmpty {
      let count = result.diagnostics.count
      let source = ByteSource(bytes: resources, isJoined: true)
      EmbeddedBlocks.photoshop(ByteView(source, start: 0, count: resources.count), into: &result, tools)
      result.forgetPlaces(from: count)
    }
  }
}
