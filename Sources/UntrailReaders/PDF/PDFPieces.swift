internal import UntrailBytes
internal import UntrailModel

/// What programs keep in a document for themselves.
///
///     /PieceInfo << /Illustrator << /LastModified (D:...) /Private << /AIMetaData 9 0 R >> >>
///                   /AdobePhotoshop << /Private << /ImageResources 10 0 R >> >> >>
///
/// Source: ISO 32000-2:2020, section 14.5; ExifTool's PDF.pm for what Adobe's programs keep.
enum PDFPieces {
  static func observe(
    _ owner: PDFDictionary, _ session: inout PDFSession, into result: inout ReadResult
  ) {
    guard let pieces = session.dictionary(owner["PieceInfo"]) else { return }
    for (program, value) in pieces.entries.prefix(64) {
      guard let piece = session.dictionary(value) else { continue }
      // Names that Adobe's programs mark kinds of documents with are no programs.
      if !program.hasPrefix("ADBE_"), program.utf8.count <= 128 {
        session.add(.application, .software(program), "PDF:PieceInfo", at: piece.place, into: &result)
      }
      session.addTime(.modified, piece["LastModified"], "PDF:PieceInfoLastModified", into: &result)
      guard let own = session.dictionary(piece["Private"]) else { continue }
      session.add(.generator, own["CreatorVersion"], "PDF:CreatorVersion", into: &result) { .software($0) }
      read(own, &session, into: &result)
    }
  }

  private static func read(_ own: PDFDictionary, _ session: inout PDFSession, into result: inout ReadResult) {
    let tools = session.tools
    if let stream = session.value(own["ImageResources"])?.stream, session.isNew(stream) {
      session.withContent(of: stream, into: &result) { EmbeddedBlocks.photoshop($0, into: &$1, tools) }
    }
    if let stream = session.value(own["AIMetaData"])?.stream, session.isNew(stream) {
      session.withContent(of: stream, into: &result) { readIllustrator($0, into: &$1, tools) }
    }
  }

  /// The head of a document of Illustrator's own: comments of PostScript, XMP, Photoshop resources.
  private static func readIllustrator(_ block: ByteView, into result: inout ReadResult, _ tools: ReaderTools)
  {
    let head = block.prefix(tools.limits.structure)
    var comments = PostScriptComments(tools.limits)
    do throws(ParseError) {
      try head.withBytes(at: 0, count: head.count) { run throws(ParseError) in
        comments.read(run.bindMemory(to: UInt8.self), head, into: &result)
      }
      for packet in try PacketScan.packets(in: head) { EmbeddedBlocks.xmp(packet, into: &result, tools) }
    } catch {
      result.damage(error)
    }
  }
}
