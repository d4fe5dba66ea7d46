internal import UntrailBytes
internal import UntrailModel

/// OpenDocument: texts, tables, shows and drawings of LibreOffice and others, and their templates.
///
///     mimetype                      first, as it is
///     META-INF/manifest.xml         what is in the archive, and what of it is locked
///     meta.xml, settings.xml, content.xml, styles.xml    `OpenDocumentElements`
///     Pictures/, media/, Object N   files inside
///     Thumbnails/thumbnail.png      the first page
///     META-INF/documentsignatures.xml                    `DocumentSignature`
///     Versions/                     earlier versions, each a document
///
/// Source: OASIS, Open Document Format for Office Applications 1.3, part 2 (packages) and part 3 (schema).
struct OpenDocumentReader: MetadataReader {
  var name: String { "OpenDocument" }
  var mediaTypes: [String] {
    let types = [
      "text", "text-template", "text-master", "text-web", "spreadsheet", "spreadsheet-template",
      "presentation", "presentation-template", "graphics", "graphics-template", "chart", "formula", "image",
      "database",
    ]
    return types.map { "application/vnd.oasis.opendocument." + $0 }
      + ["application/vnd.sun.xml.writer", "application/vnd.sun.xml.calc", "application/vnd.sun.xml.impress"]
  }
  var channels: String { "authors, times, changes, comments, printers, paths, program, files inside" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var document = OfficeArchive(try ZIPArchive(source, tools.limits), "ODF", tools)
    document.addArchive(into: &result)
    Self.read(&document, into: &result)
  }

  /// Whether an archive is such a document.
  static func isDocument(_ files: [ZIPEntry]) -> Bool {
    let names = Set(files.map { OfficeArchive.plainName($0) })
    return names.contains("content.xml") && (names.contains("meta.xml") || names.contains("styles.xml"))
      || names.contains("META-INF/manifest.xml") && names.contains("encrypted-package")
  }

  static func read(_ document: inout OfficeArchive, into result: inout ReadResult) {
    let isLocked = isLocked(&document, into: &result)
    if isLocked { result.isEncrypted = true }
    for (name, entry) in document.files {
      switch name.split(separator: "/").last {
      case "meta.xml", "settings.xml", "content.xml", "styles.xml":
        readPart(entry, isLocked: isLocked, &document, into: &result)
      case "documentsignatures.xml", "macrosignatures.xml":
        DocumentSignature.read(entry, of: &document, into: &result)
      case "thumbnail.png": document.facts.hidden(.thumbnail, entry.size, "Thumbnail", into: &result)
      default: break
      }
      if name.hasPrefix("versions/") {
        document.facts.hidden(.earlierRevision, entry.size, "Version", into: &result)
      }
    }
    if document.files.contains(where: { isMacro($0.name) }) {
      document.facts.hidden(.hiddenContent, nil, "Macros", into: &result)
    }
    guard !isLocked else { return }
    document.examineMembers(into: &result) { isMember($0) }
    document.examineMembers(into: &result, quietly: true) { $0.hasSuffix("thumbnail.png") }
  }

  private static func isLocked(_ document: inout OfficeArchive, into result: inout ReadResult) -> Bool {
    guard let entry = document.files.first(where: { $0.name == "meta-inf/manifest.xml" })?.entry else {
      return false
    }
    return !document.elements(entry, ["encryption-data": []], into: &result).isEmpty
  }

  private static func readPart(
    _ entry: ZIPEntry, isLocked: Bool, _ document: inout OfficeArchive, into result: inout ReadResult
  ) {
    guard let bytes = document.content(entry, into: &result) else { return }
    // Some parts of a locked document are left open.
    guard !isLocked || bytes.starts(with: "<?xml".utf8) else { return }
    let elements = PartElements.read(
      bytes, OpenDocumentElements.wanted, document.tools.limits, into: &result)
    OpenDocumentElements.add(elements, &document.facts, into: &result)
  }

  private static func isMacro(_ name: String) -> Bool {
    name.hasPrefix("scripts/")
      || name.hasPrefix("basic/") && !name.hasSuffix("script-lc.xml")
        && !name.hasSuffix("script-lb.xml")
  }

  private static func isMember(_ name: String) -> Bool {
    let last = name.split(separator: "/").last ?? ""
    return name.hasPrefix("pictures/") || name.contains("/pictures/") || name.hasPrefix("media/")
      || name.hasPrefix("versions/") || last.hasPrefix("object ") && !last.contains(".")
  }
}

/// OpenDocument as one XML file (.fodt, .fods), with pictures in Base64.
struct FlatOpenDocumentReader: MetadataReader {
  var name: String { "OpenDocument in one XML file" }
  var mediaTypes: [String] { ["application/vnd.oasis.opendocument.text-flat-xml"] }
  var channels: String { "authors, times, changes, comments, printers, paths, program, pictures inside" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var facts = DocumentFacts("ODF", tools.limits)
    let (elements, blobs) = PartElements.read(
      source, OpenDocumentElements.wanted, blob: "binary-data", tools.limits, into: &result)
    OpenDocumentElements.add(elements, &facts, into: &result)
    for (index, blob) in blobs.enumerated() {
      let bytes = Base64.decode(blob)
      guard !bytes.isEmpty else { continue }
      tools.examineMember(named: "binary-data-\(index + 1)", bytes, into: &result)
    }
  }
}
