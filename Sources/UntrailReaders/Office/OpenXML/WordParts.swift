internal import UntrailModel

/// What Word keeps of people and sessions in the parts of a document.
///
///     word/document.xml, header*, footer*, footnotes, endnotes, comments    w:ins, w:del, w:rPrChange ...: author, date
///     word/comments.xml                                                    w:comment: author, initials, date
///     word/people.xml                                                      w15:person: author; presenceInfo: userId
///     word/settings.xml            rsids of sessions, docId, docVars, mailMerge, documentProtection
///
/// Source: ECMA-376 part 1, sections 17.13 (revisions, comments), 17.15.1 (settings); Microsoft, MS-DOCX, section 2.5
/// (people, docId).
enum WordParts {
  private static let revisions = [
    "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange",
    "trPrChange", "tblGridChange", "tblPrExChange", "numberingChange", "cellIns", "cellDel", "cellMerge",
    "moveFromRangeStart", "moveToRangeStart", "customXmlInsRangeStart", "customXmlDelRangeStart",
  ]
  static func read(_ document: inout OfficeArchive, into result: inout ReadResult) {
    for (name, entry) in document.files where name.hasPrefix("word/") && name.hasSuffix(".xml") {
      let part = name.dropFirst(5)
      if part.hasPrefix("settings") {
        readSettings(entry, &document, into: &result)
      } else if part.hasPrefix("people") {
        readPeople(entry, &document, into: &result)
      } else if ["document", "header", "footer", "footnotes", "endnotes", "comments", "glossary/document"]
        .contains(where: { part.hasPrefix($0) })
      {
        readText(entry, &document, into: &result)
      }
    }
  }

  private static func readText(
    _ entry: ZIPEntry, _ document: inout OfficeArchive, into result: inout ReadResult
  ) {
    var wanted: PartElements.Wanted = [
      "comment": ["author", "initials", "date"], "delText": [], "vanish": ["val"],
    ]
    for name in revisions { wanted[name] = ["author", "date"] }
    var deleted = 0
    var isHidden = false
    for element in document.elements(entry, wanted, into: &result) {
      switch element.name {
      case "comment":
        document.facts.add(.person(.commenter), element["author"], "CommentAuthor", into: &result)
        document.facts.add(.text(.label), element["initials"], "CommentInitials", into: &result)
        document.facts.add(.time(.edited), element["date"], "CommentDate", into: &result)
      case "delText": deleted += element.text.utf8.count
      case "vanish":
        // In a style or a paragraph mark it hides no text.
        isHidden = isHidden || element.path.suffix(2) == ["r", "rPr"] && isOn(element["val"])
      default:
        document.facts.add(.person(.reviser), element["author"], "RevisionAuthor", into: &result)
        document.facts.add(.time(.edited), element["date"], "RevisionDate", into: &result)
      }
    }
    if deleted > 0 { document.facts.hidden(.earlierRevision, deleted, "DeletedText", into: &result) }
    if isHidden { document.facts.hidden(.hiddenContent, nil, "HiddenText", into: &result) }
  }

  private static func isOn(_ value: String?) -> Bool { !["0", "false", "off"].contains(value ?? "1") }

  /// Whom the names stand for in a directory.
  private static func readPeople(
    _ entry: ZIPEntry, _ document: inout OfficeArchive, into result: inout ReadResult
  ) {
    let wanted: PartElements.Wanted = ["person": ["author"], "presenceInfo": ["providerId", "userId"]]
    for element in document.elements(entry, wanted, into: &result) {
      if element.name == "person" {
        document.facts.add(.person(.reviser), element["author"], "PersonAuthor", into: &result)
      } else if element["providerId"] != "None" {
        OfficeIdentity.add(element["userId"], &document.facts, into: &result)
      }
    }
  }

  private static func readSettings(
    _ entry: ZIPEntry, _ document: inout OfficeArchive, into result: inout ReadResult
  ) {
    let wanted: PartElements.Wanted = [
      "rsidRoot": ["val"], "rsid": ["val"], "docId": ["val"], "docVar": ["name", "val"],
      "documentProtection": ["hash", "hashValue"], "writeProtection": ["hash", "hashValue"],
      "connectString": ["val"], "query": ["val"], "udl": ["val"],
    ]
    var count = 0
    for element in document.elements(entry, wanted, into: &result) {
      let value = element["val"]
      switch element.name {
      case "rsidRoot", "rsid":
        count += 1
        document.facts.add(session: value ?? "", count: count, into: &result)
      case "docId": document.facts.add(.link(.documentID), value, "DocID", into: &result)
      case "docVar":
        CustomProperty.add(element["name"] ?? "", value ?? "", &document.facts, into: &result)
      case "documentProtection", "writeProtection":
        guard (element["hash"] ?? element["hashValue"]) != nil else { continue }
        document.facts.hidden(.password, nil, "DocumentProtection", into: &result)
      default: ConnectionText.add(value, "MailMerge", &document.facts, into: &result)
      }
    }
  }
}
