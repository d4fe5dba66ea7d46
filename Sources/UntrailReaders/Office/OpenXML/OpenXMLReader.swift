internal import UntrailBytes
internal import UntrailModel

/// Documents of Office since 2007 (Office Open XML): Word, Excel, PowerPoint and Visio, with macros, as templates, and
/// in the strict and the binary form.
///
///     [Content_Types].xml, _rels/.rels       what is in the archive
///     docProps/core.xml, app.xml, custom.xml who, when, with what: `OpenXMLProperties`
///     */_rels/*.rels                         where it leads to: `OpenXMLLinks`
///     word/, xl/, ppt/                       `WordParts`, `ExcelParts`, `PowerPointParts`
///     */media/*, */embeddings/*              files inside
///     customXml/itemPropsN.xml               numbers of data that is bound to the document
///     _xmlsignatures/*.xml                   who signed: `DocumentSignature`
///     */vbaProject.bin                       macros
///
/// Source: ECMA-376, parts 1, 2 and 4; Microsoft, MS-DOCX, MS-XLSX, MS-PPTX, MS-XLSB.
struct OpenXMLReader: MetadataReader {
  var name: String { "Word, Excel, PowerPoint, Visio (Office Open XML)" }
  var mediaTypes: [String] {
    let office = "application/vnd.openxmlformats-officedocument."
    return [
      office + "wordprocessingml.document", office + "spreadsheetml.sheet",
      office + "presentationml.presentation", "application/vnd.ms-visio.drawing.main+xml",
      "application/vnd.ms-visio.drawing", "application/x-ooxml",
    ]
  }
  var channels: String {
    "authors, companies, times, revisions, comments, numbers of sessions, paths, printers, files inside"
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    // What libmagic takes for a document of Word may be one of Visio, or of an office that locks it.
    guard try source.u16(at: 0, .big) == 0x504B else {
      return try OLEReader().read(source, into: &result, with: tools)
    }
    var document = OfficeArchive(try ZIPArchive(source, tools.limits), "OOXML", tools)
    document.addArchive(into: &result)
    Self.read(&document, into: &result)
  }

  /// Whether an archive is such a document.
  static func isDocument(_ files: [ZIPEntry]) -> Bool {
    files.contains { ["[Content_Types].xml", "_rels/.rels"].contains(OfficeArchive.plainName($0)) }
  }

  static func read(_ document: inout OfficeArchive, into result: inout ReadResult) {
    OpenXMLProperties.read(&document, into: &result)
    OpenXMLLinks.read(&document, into: &result)
    WordParts.read(&document, into: &result)
    ExcelParts.read(&document, into: &result)
    PowerPointParts.read(&document, into: &result)
    readOthers(&document, into: &result)
    document.examineMembers(into: &result) { isMember($0) }
  }

  private static func readOthers(_ document: inout OfficeArchive, into result: inout ReadResult) {
    for (name, entry) in document.files {
      if name.hasSuffix("vbaproject.bin") || name.hasPrefix("word/vbadata") {
        document.facts.hidden(.hiddenContent, entry.size, "Macros", into: &result)
      } else if name.hasPrefix("customxml/itemprops") {
        for item in document.elements(entry, ["datastoreItem": ["itemID"]], into: &result) {
          document.facts.add(.link(.documentID), item["itemID"], "DataStoreItem", into: &result)
        }
      } else if name.hasPrefix("_xmlsignatures/"), name.hasSuffix(".xml") {
        DocumentSignature.read(entry, of: &document, into: &result)
      } else if name.hasPrefix("docprops/thumbnail.") {
        document.facts.hidden(.thumbnail, entry.size, "Thumbnail", into: &result)
      }
    }
  }

  private static func isMember(_ name: String) -> Bool {
    name.contains("/media/") || name.hasPrefix("media/") || name.contains("/embeddings/")
      || name.hasPrefix("docprops/thumbnail.")
  }
}
