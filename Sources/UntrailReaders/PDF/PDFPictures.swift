internal import UntrailBytes
internal import UntrailModel

/// Pictures on pages: each is a file of its own inside, with whatever the camera wrote into it.
///
///     /Resources << /XObject << /Im1 12 0 R /Fm1 13 0 R >> /Properties << /MC0 14 0 R >> >>
///     12: << /Subtype /Image /Filter /DCTDecode /Metadata 15 0 R >> stream FF D8 FF ...
///     13: << /Subtype /Form /Resources << ... >> >> stream ...
///
/// Source: ISO 32000-2:2020, sections 7.8.3, 8.9.5 and 8.10.
enum PDFPictures {
  static func observe(_ resources: PDFObject?, _ session: inout PDFSession, into result: inout ReadResult) {
    guard let resources else { return }
    var tree = PDFTree([resources], nesting: session.limits.nesting, limit: session.limits.entries)
    while !session.document.isExhausted, let (object, depth) = tree.next() {
      guard let node = session.dictionary(object) else { continue }
      for (_, value) in session.dictionary(node["XObject"])?.entries.prefix(session.limits.entries) ?? [] {
        guard let stream = session.value(value)?.stream, session.isNew(stream) else { continue }
        session.readMetadata(of: stream.dictionary, into: &result)
        PDFAttachments.observeList(stream.dictionary["AF"], &session, into: &result)
        if session.value(stream.dictionary["Subtype"])?.name == "Form" {
          PDFPieces.observe(stream.dictionary, &session, into: &result)
          if let inner = stream.dictionary["Resources"] { tree.add([inner], below: depth) }
        } else {
          observe(stream, &session, into: &result)
        }
      }
      for (_, value) in session.dictionary(node["Properties"])?.entries.prefix(session.limits.entries) ?? [] {
        if let properties = session.dictionary(value) { session.readMetadata(of: properties, into: &result) }
      }
    }
  }

  private static func observe(
    _ stream: PDFStream, _ session: inout PDFSession, into result: inout ReadResult
  ) {
    let document = session.document
    guard let filter = document.filters(of: stream).last, ["DCTDecode", "DCT", "JPXDecode"].contains(filter)
    else {
      return
    }
    let count = pictureLength(stream, document)
    session.addHidden(.embeddedFile, count, "PDF:EmbeddedImage", at: stream.start, into: &result)
    let part: ByteSource
    if document.isPlain(stream) {
      part = ByteSource(partOf: document.source, start: stream.start, count: count)
    } else {
      part = ByteSource(bytes: document.content(of: stream).bytes, isJoined: true)
    }
    guard part.count > 0 else { return }
    // Most pictures hold nothing but themselves.
    let name = "image \(stream.reference.number) \(stream.reference.generation)"
    session.tools.examineMember(named: name, part: part, into: &result) { inner in
      inner.members.isEmpty && inner.observations.isEmpty
    }
  }

  /// The length without the end of a line that some writers count to the picture.
  private static func pictureLength(_ stream: PDFStream, _ document: PDFDocument) -> Int {
    let count = document.length(of: stream)
    guard document.isPlain(stream), count >= 4,
      let end = try? document.source.bytes(at: stream.start + count - 4, count: 4)
    else { return count }
    let blanks = end.reversed().prefix { $0 == 0x0A || $0 == 0x0D }.count
    return end.dropLast(blanks).suffix(2).elementsEqual([0xFF, 0xD9]) ? count - blanks : count
  }
}
