internal import UntrailBytes
internal import UntrailModel

/// Files that are attached to a document, to a page, or to a place on one.
///
///     /Names << /EmbeddedFiles << /Names [ (plan.jpg) 7 0 R ] >> >>    and /AF [ 7 0 R ]
///     7: << /Type /Filespec /F (plan.jpg) /UF (...) /Desc (...) /EF << /F 8 0 R >> >>
///     8: << /Params << /Size 1 /CreationDate (D:...) /ModDate (D:...) >> >> stream ...
///
/// Source: ISO 32000-2:2020, section 7.11.
enum PDFAttachments {
  static func observe(_ catalog: PDFDictionary, _ session: inout PDFSession, into result: inout ReadResult) {
    let names = session.dictionary(catalog["Names"])
    observeNames(names?["EmbeddedFiles"], &session, into: &result)
    observeList(catalog["AF"], &session, into: &result)
    guard let collection = session.dictionary(catalog["Collection"]) else { return }
    session.add(.title, collection["D"], "PDF:CollectionDocument", into: &result) { .text($0) }
  }

  /// A tree of names with a file at each.
  static func observeNames(_ root: PDFObject?, _ session: inout PDFSession, into result: inout ReadResult) {
    guard let root else { return }
    var tree = PDFTree([root], nesting: session.limits.nesting, limit: session.limits.entries)
    while let (object, depth) = tree.next() {
      guard let node = session.dictionary(object) else { continue }
      let pairs = session.array(node["Names"])
      for index in stride(from: 0, to: pairs.count - 1, by: 2) {
        observe(pairs[index + 1], named: session.text(pairs[index])?.text, &session, into: &result)
      }
      tree.add(session.array(node["Kids"]), below: depth)
    }
  }

  static func observeList(_ list: PDFObject?, _ session: inout PDFSession, into result: inout ReadResult) {
    for file in session.array(list) { observe(file, named: nil, &session, into: &result) }
  }

  /// A file specification, with the file where it is inside.
  static func observe(
    _ object: PDFObject?, named key: String?, _ session: inout PDFSession, into result: inout ReadResult
  ) {
    guard let specification = session.dictionary(object), let files = session.dictionary(specification["EF"])
    else {
      return
    }
    let streams = ["UF", "F", "Unix", "Mac", "DOS"].compactMap { session.value(files[$0])?.stream }
    guard let stream = streams.first, session.isNew(stream) else { return }
    let stated = session.text(specification["UF"]) ?? session.text(specification["F"])
    let name = stated?.text ?? key ?? "attachment \(stream.reference.number)"
    let count = session.document.length(of: stream)
    result.add(.attachment, .hidden(HiddenContent(byteCount: count)), "PDF:EmbeddedFile", at: stream.start)
    session.add(.originalFileName, .link(name), "PDF:EmbeddedFileName", at: stated?.place, into: &result)
    if let key, key != name {
      session.add(.originalFileName, .link(key), "PDF:EmbeddedFileKey", at: nil, into: &result)
    }
    session.add(.description, specification["Desc"], "PDF:EmbeddedFileDescription", into: &result) {
      .text($0)
    }
    if let parameters = session.dictionary(stream.dictionary["Params"]) {
      session.addTime(.created, parameters["CreationDate"], "PDF:EmbeddedFileCreateDate", into: &result)
      session.addTime(.modified, parameters["ModDate"], "PDF:EmbeddedFileModifyDate", into: &result)
    }
    examine(stream, named: name, &session, into: &result)
  }

  private static func examine(
    _ stream: PDFStream, named name: String, _ session: inout PDFSession, into result: inout ReadResult
  ) {
    guard result.members.count < session.limits.members else {
      return result.damageOnce("limit", "more lies inside the file than is looked at")
    }
    let document = session.document
    // What stands in the file as it is can be read where it stands, however large.
    if document.isPlain(stream), document.filters(of: stream).isEmpty {
      let count = document.length(of: stream)
      let part = ByteSource(partOf: document.source, start: stream.start, count: count)
      return session.tools.examineMember(named: name, part: part, into: &result)
    }
    let content = document.content(of: stream)
    guard !content.isUnread else {
      return result.notRead(
        "pdf-filter", "an attached file is packed in a way that is not read", at: stream.start)
    }
    session.tools.examineMember(named: name, content.bytes, into: &result)
  }
}
