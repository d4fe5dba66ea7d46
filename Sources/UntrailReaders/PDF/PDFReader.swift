internal import UntrailBytes
internal import UntrailModel

/// PDF, and what Illustrator saves as such: what the document, its pages and what is inside them say of people, times,
/// places and programs.
///
/// The layout stands at `PDFDocument`. Text on pages is not read.
///
/// Source: ISO 32000-2:2020.
struct PDFReader: MetadataReader {
  var name: String { "PDF, Illustrator" }
  var mediaTypes: [String] { ["application/pdf", "application/illustrator"] }
  var channels: String {
    """
    Info, XMP, identifiers, earlier revisions, pictures, attached files, comments, signatures, form fields, map corners, \
    hidden layers
    """
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let document = PDFDocument(source, tools.limits)
    document.open()
    var session = PDFSession(document, tools)
    PDFInformation.observeIdentifiers(&session, into: &result)
    if document.security?.isLocked == true {
      result.isEncrypted = true
      // What is left open in some locked documents.
      if document.security?.isMetadataLocked == false, let catalog = document.catalog {
        session.readMetadata(of: catalog, into: &result)
      }
    } else if let catalog = document.catalog {
      Self.observe(catalog, &session, into: &result)
    } else {
      PDFInformation.observe(&session, into: &result)
      document.note(ParseError(.malformed, at: 0, "a document without its catalog"))
    }
    session.finish(into: &result)
  }

  private static func observe(
    _ catalog: PDFDictionary, _ session: inout PDFSession, into result: inout ReadResult
  ) {
    PDFInformation.observe(&session, into: &result)
    if let language = session.text(catalog["Lang"]) {
      session.add(.label, .text(language.text), "PDF:Language", at: language.place, into: &result)
    }
    session.readMetadata(of: catalog, into: &result)
    PDFPieces.observe(catalog, &session, into: &result)
    PDFLayers.observe(catalog, &session, into: &result)
    PDFAttachments.observe(catalog, &session, into: &result)
    PDFForm.observe(catalog, &session, into: &result)
    PDFActions.observe(catalog["OpenAction"], &session, into: &result)
    PDFRevisions.observe(&session, into: &result)
    PDFPages.observe(catalog, &session, into: &result)
  }
}
