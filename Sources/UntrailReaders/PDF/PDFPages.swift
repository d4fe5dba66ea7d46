internal import UntrailBytes
internal import UntrailModel

/// What stands beside pages: comments, pictures, previews, metadata, map corners.
///
///     /Pages << /Kids [ 3 0 R 4 0 R ] >>
///     3: << /Type /Page /Resources << /XObject << /Im1 12 0 R >> >> /Annots [ ... ] /Thumb 9 0 R /VP [ ... ] >>
///
/// Source: ISO 32000-2:2020, section 7.7.3.
enum PDFPages {
  static func observe(_ catalog: PDFDictionary, _ session: inout PDFSession, into result: inout ReadResult) {
    guard let root = catalog["Pages"] else { return }
    // The depth of a tree of pages says nothing bad: what leads back is followed once.
    var tree = PDFTree([root], nesting: session.limits.entries, limit: session.limits.entries)
    while !session.document.isExhausted, let (object, depth) = tree.next() {
      guard let node = session.dictionary(object) else { continue }
      PDFPictures.observe(node["Resources"], &session, into: &result)
      if let kids = session.value(node["Kids"])?.array {
        tree.add(Array(kids.prefix(session.limits.entries)), below: depth)
      } else {
        observe(page: node, &session, into: &result)
      }
    }
  }

  private static func observe(
    page: PDFDictionary, _ session: inout PDFSession, into result: inout ReadResult
  ) {
    session.readMetadata(of: page, into: &result)
    PDFPieces.observe(page, &session, into: &result)
    session.addTime(.modified, page["LastModified"], "PDF:PageLastModified", into: &result)
    if let thumbnail = session.value(page["Thumb"])?.stream, session.isNew(thumbnail) {
      let count = session.document.length(of: thumbnail)
      session.addHidden(.thumbnail, count, "PDF:PageThumbnail", at: thumbnail.start, into: &result)
    }
    PDFGeography.observe(page, &session, into: &result)
    PDFAttachments.observeList(page["AF"], &session, into: &result)
    for annotation in session.array(page["Annots"]) {
      guard !session.document.isExhausted, let dictionary = session.dictionary(annotation) else { continue }
      PDFAnnotations.observe(dictionary, &session, into: &result)
    }
  }
}
