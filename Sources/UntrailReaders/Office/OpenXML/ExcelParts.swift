internal import UntrailModel

/// What Excel keeps of people and computers in the parts of a workbook.
///
///     xl/workbook.xml             absPath url, sheet state, fileSharing userName, workbookProtection
///     xl/comments*.xml            author
///     xl/persons/*.xml            person displayName, userId; xl/threadedComments/*.xml: dT
///     xl/externalLinks/*, xl/connections.xml, xl/queryTables/*                where data comes from
///     xl/revisions/*              who shared it: userInfo name, header userName, dateTime
///     xl/printerSettings/*.bin    DEVMODE
///     xl/workbook.bin             the same as the first, in the binary form: `BinaryWorkbook`
///
/// Source: ECMA-376 part 1, sections 18.2, 18.7, 18.11, 18.13, 18.14; Microsoft, MS-XLSX, sections 2.6.
enum ExcelParts {
  private static let workbook: PartElements.Wanted = [
    "absPath": ["url"], "sheet": ["state"], "fileSharing": ["userName", "hashValue", "reservationPassword"],
    "workbookProtection": ["workbookPassword", "workbookHashValue"],
  ]

  static func read(_ document: inout OfficeArchive, into result: inout ReadResult) {
    for (name, entry) in document.files where name.hasPrefix("xl/") {
      let part = name.dropFirst(3)
      if part == "workbook.bin" {
        guard let bytes = document.content(entry, into: &result) else { continue }
        BinaryWorkbook.read(bytes, &document.facts, into: &result)
      } else if part.hasPrefix("printersettings/") {
        guard let bytes = document.content(entry, into: &result) else { continue }
        PrinterSettings.add(bytes[...], &document.facts, into: &result)
      } else if name.hasSuffix(".xml") {
        readMarkup(part, entry, &document, into: &result)
      }
    }
  }

  private static func readMarkup(
    _ part: Substring, _ entry: ZIPEntry, _ document: inout OfficeArchive, into result: inout ReadResult
  ) {
    switch part {
    case _ where part.hasPrefix("workbook"): readWorkbook(entry, &document, into: &result)
    case _ where part.hasPrefix("comments"):
      for element in document.elements(entry, ["author": []], into: &result) {
        // Of comments in threads, the author is a number.
        guard !element.text.hasPrefix("tc={") else { continue }
        document.facts.add(.person(.commenter), element.text, "CommentAuthor", into: &result)
      }
    case _ where part.hasPrefix("persons/"):
      let wanted: PartElements.Wanted = ["person": ["displayName", "userId", "providerId"]]
      for element in document.elements(entry, wanted, into: &result) {
        document.facts.add(.person(.commenter), element["displayName"], "PersonDisplayName", into: &result)
        guard element["providerId"] != "None" else { continue }
        OfficeIdentity.add(element["userId"], &document.facts, into: &result)
      }
    case _ where part.hasPrefix("threadedcomments/"):
      for element in document.elements(entry, ["threadedComment": ["dT"]], into: &result) {
        document.facts.add(.time(.edited), element["dT"], "CommentDate", into: &result)
      }
    case _ where part == "connections.xml" || part.hasPrefix("querytables/"):
      let wanted: PartElements.Wanted = [
        "connection": ["odcFile", "sourceFile"], "dbPr": ["connection"], "textPr": ["sourceFile"],
        "webPr": ["url"],
      ]
      for element in document.elements(entry, wanted, into: &result) {
        for value in element.attributes.sorted(by: { $0.key < $1.key }).map(\.value) {
          ConnectionText.add(value, "Connection", &document.facts, into: &result)
        }
      }
    case _ where part.hasPrefix("revisions/"): readSharing(entry, &document, into: &result)
    default: break
    }
  }

  private static func readWorkbook(
    _ entry: ZIPEntry, _ document: inout OfficeArchive, into result: inout ReadResult
  ) {
    for element in document.elements(entry, workbook, into: &result) {
      switch element.name {
      case "absPath": document.facts.add(.link(.path), element["url"], "AbsolutePath", into: &result)
      case "sheet":
        guard let state = element["state"], state != "visible" else { continue }
        document.facts.hidden(.hiddenContent, nil, "HiddenSheet", into: &result)
      case "fileSharing":
        document.facts.add(.person(.account), element["userName"], "FileSharing", into: &result)
      default:
        guard !element.attributes.isEmpty else { continue }
        document.facts.hidden(.password, nil, "WorkbookProtection", into: &result)
      }
    }
  }

  private static func readSharing(
    _ entry: ZIPEntry, _ document: inout OfficeArchive, into result: inout ReadResult
  ) {
    let wanted: PartElements.Wanted = [
      "userInfo": ["name", "dateTime"], "header": ["userName", "dateTime", "guid"],
    ]
    for element in document.elements(entry, wanted, into: &result) {
      document.facts.add(
        .person(.reviser), element["name"] ?? element["userName"], "RevisionAuthor", into: &result)
      document.facts.add(.time(.edited), element["dateTime"], "RevisionDate", into: &result)
      document.facts.add(.link(.revisionID), element["guid"], "RevisionGUID", into: &result)
    }
  }
}
