internal import UntrailModel

/// Comments and links on pages. What a comment says is not shown.
///
///     << /Subtype /Text /T (Mara Example) /M (D:...) /CreationDate (D:...) /Contents (...) >>
///
/// Source: ISO 32000-2:2020, section 12.5.
enum PDFAnnotations {
  /// - Parameter prefix: in front of the names of fields: "Earlier" for what was replaced.
  static func observe(
    _ annotation: PDFDictionary, prefix: String = "", _ session: inout PDFSession,
    into result: inout ReadResult
  ) {
    let kind = session.value(annotation["Subtype"])?.name ?? ""
    // The T of a form field is its name, that of a film is its title.
    if !["Widget", "Screen", "Link"].contains(kind) {
      session.add(.commenter, annotation["T"], "PDF:\(prefix)AnnotationAuthor", into: &result) { .person($0) }
    }
    session.addTime(.created, annotation["CreationDate"], "PDF:\(prefix)AnnotationCreateDate", into: &result)
    session.addTime(.modified, annotation["M"], "PDF:\(prefix)AnnotationModifyDate", into: &result)
    guard prefix.isEmpty else { return }
    if kind == "FileAttachment" {
      PDFAttachments.observe(annotation["FS"], named: nil, &session, into: &result)
    }
    if let media = session.dictionary(annotation["RichMediaContent"]) {
      PDFAttachments.observeNames(media["Assets"], &session, into: &result)
    }
    PDFAttachments.observeList(annotation["AF"], &session, into: &result)
    PDFActions.observe(annotation["A"], &session, into: &result)
    if let appearance = session.dictionary(session.dictionary(annotation["AP"])?["N"]) {
      PDFPictures.observe(appearance["Resources"], &session, into: &result)
    }
  }
}

/// What happens on a click, as far as it names a path with somebody's name in it.
///
///     << /S /Launch /F (C:\\Users\\mara\\plan.doc) >>  << /S /URI /URI (file:///home/mara/plan.doc) >>
///
/// Source: ISO 32000-2:2020, section 12.6.4.
enum PDFActions {
  static func observe(_ action: PDFObject?, _ session: inout PDFSession, into result: inout ReadResult) {
    guard let action else { return }
    var tree = PDFTree([action], nesting: session.limits.nesting, limit: 64)
    while let (object, depth) = tree.next() {
      guard let dictionary = session.dictionary(object) else { continue }
      addPath(dictionary["URI"], "PDF:URI", &session, into: &result)
      addFile(dictionary["F"], &session, into: &result)
      if let windows = session.dictionary(dictionary["Win"]) {
        for key in ["F", "D", "P"] { addPath(windows[key], "PDF:LaunchFile", &session, into: &result) }
      }
      switch session.value(dictionary["Next"]) {
      case .array(let next)?: tree.add(Array(next.prefix(64)), below: depth)
      case .dictionary?: tree.add([dictionary["Next"] ?? .null], below: depth)
      default: break
      }
    }
  }

  /// A file by its path, or as a specification.
  private static func addFile(_ file: PDFObject?, _ session: inout PDFSession, into result: inout ReadResult)
  {
    guard let specification = session.dictionary(file) else {
      return addPath(file, "PDF:RemoteFile", &session, into: &result)
    }
    for key in ["UF", "F", "Unix", "Mac", "DOS"] {
      addPath(specification[key], "PDF:RemoteFile", &session, into: &result)
    }
  }

  private static func addPath(
    _ value: PDFObject?, _ field: String, _ session: inout PDFSession, into result: inout ReadResult
  ) {
    guard let text = session.text(value), let path = PDFPath.withUser(text.text) else { return }
    session.add(.path, .link(path), field, at: text.place, into: &result)
  }
}
