internal import UntrailBytes
internal import UntrailModel

/// The dictionary of the document's own facts, and its identifiers.
///
///     /Info << /Title (...) /Author (...) /CreationDate (D:20240428230902+02'00') ... >>
///     /ID [ <made with the document> <made with this version of it> ]
///
/// Source: ISO 32000-2:2020, sections 14.3.3 and 14.4.
enum PDFInformation {
  static func observeIdentifiers(_ session: inout PDFSession, into result: inout ReadResult) {
    let halves = session.array(session.document.trailer("ID"))
    for (half, role) in zip(halves, [Role.documentID, .instanceID]) {
      guard let id = session.value(half)?.string, !id.bytes.isEmpty, id.bytes.count <= 64,
        id.bytes.contains(where: { $0 != 0 })
      else { continue }
      let place = id.place.map { min($0, session.document.source.count) }
      session.add(role, .link(written(id.bytes)), "PDF:ID", at: place, into: &result)
    }
  }

  /// As digits; but some writers put letters there.
  private static func written(_ id: [UInt8]) -> String {
    let isText = id.count != 16 && id.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    return isText ? String(decoding: id, as: UTF8.self) : HexText.of(id)
  }

  static func observe(_ session: inout PDFSession, into result: inout ReadResult) {
    guard let information = session.dictionary(session.document.trailer("Info")) else { return }
    observe(information, prefix: "", &session, into: &result)
  }

  /// - Parameter prefix: in front of the names of fields: "Earlier" for what was replaced.
  static func observe(
    _ information: PDFDictionary, prefix: String, _ session: inout PDFSession, into result: inout ReadResult
  ) {
    for (key, value) in information.entries.prefix(session.limits.entries) {
      let field = "PDF:" + prefix + key
      switch key {
      case "Title": addTitle(value, prefix, &session, into: &result)
      case "Author": session.add(.author, value, field, into: &result) { .person($0) }
      case "Subject": session.add(.subject, value, field, into: &result) { .text($0) }
      case "Keywords", "AAPL:Keywords":
        addKeywords(value, "PDF:" + prefix + "Keywords", &session, into: &result)
      case "Creator", "Producer", "PTEX.Fullbanner", "PTEX.FullBanner", "PTEXFullBanner":
        session.add(.generator, value, field, into: &result) { .software($0) }
      case "CreationDate": session.addTime(.created, value, "PDF:" + prefix + "CreateDate", into: &result)
      case "ModDate": session.addTime(.modified, value, "PDF:" + prefix + "ModifyDate", into: &result)
      case "SourceModified": session.addTime(.modified, value, field, into: &result)
      case "Company": session.add(.organization, value, field, into: &result) { .person($0) }
      case "Manager": session.add(.manager, value, field, into: &result) { .person($0) }
      case "Category": session.add(.category, value, field, into: &result) { .text($0) }
      case "Comments": session.add(.comment, value, field, into: &result) { .text($0) }
      default:
        if !isTechnical(key) { addOther(key, value, prefix, &session, into: &result) }
      }
    }
  }

  /// What says how the file is made, and nothing of anybody.
  private static func isTechnical(_ key: String) -> Bool {
    key == "Trapped" || key == "Type" || key.hasPrefix("GTS_") || key.hasPrefix("ISO_")
  }

  private static func addTitle(
    _ value: PDFObject, _ prefix: String, _ session: inout PDFSession, into result: inout ReadResult
  ) {
    guard let title = session.text(value) else { return }
    session.add(.title, .text(title.text), "PDF:\(prefix)Title", at: title.place, into: &result)
    if let path = PDFPath.withUser(title.text) {
      session.add(.path, .link(path), "PDF:\(prefix)Title", at: title.place, into: &result)
    }
    // "Microsoft Word - minutes.doc": what printing to a file makes of its name.
    if title.text.hasPrefix("Microsoft "), let start = AddressText.range(of: " - ", in: title.text[...]) {
      let name = String(title.text[start...])
      if name.contains(".") {
        session.add(.originalFileName, .link(name), "PDF:\(prefix)Title", at: title.place, into: &result)
      }
    }
  }

  private static func addKeywords(
    _ value: PDFObject, _ field: String, _ session: inout PDFSession, into result: inout ReadResult
  ) {
    guard case .array(let items)? = session.value(value) else {
      return session.add(.keywords, value, field, into: &result) { .text($0) }
    }
    for item in items.prefix(session.limits.entries) {
      session.add(.keywords, item, field, into: &result) { .text($0) }
    }
  }

  /// A key that a program made up.
  private static func addOther(
    _ key: String, _ value: PDFObject, _ prefix: String, _ session: inout PDFSession,
    into result: inout ReadResult
  ) {
    guard case .string? = session.value(value), let said = session.text(value) else { return }
    let name = key.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
    let field = "PDF:" + prefix + (name.isEmpty ? "Other" : String(name.prefix(64)))
    if let mail = AddressText.email(said.text) {
      session.add(.email, .contact(mail), field, at: said.place, into: &result)
    } else if said.text.hasPrefix("D:"), let time = PDFDate.read(said.text) {
      session.add(.metadata, .timestamp(time), field, at: said.place, into: &result)
    } else if let path = PDFPath.withUser(said.text) {
      session.add(.path, .link(path), field, at: said.place, into: &result)
    } else {
      session.add(.comment, .text(said.text), field, at: said.place, into: &result)
    }
  }
}
