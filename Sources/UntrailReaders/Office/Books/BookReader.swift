internal import UntrailBytes
internal import UntrailModel

/// Electronic books (EPUB).
///
///     META-INF/container.xml       where the description is
///     NAME.opf                     metadata: dc:creator opf:role="aut", dc:date opf:event="...", meta name content
///     pictures
///
/// Source: W3C, EPUB 3.3, sections 4.2 and 5.5; IDPF, Open Packaging Format 2.0.1, section 2.2. Names of the fields:
/// ExifTool.
struct BookReader: MetadataReader {
  var name: String { "EPUB" }
  var mediaTypes: [String] { ["application/epub+zip"] }
  var channels: String { "authors, contributors, times, identifiers, program, pictures inside" }

  private static let fields: [String: (name: String, meaning: DocumentMeaning)] = [
    "creator": ("Creator", .person(.author)), "contributor": ("Contributor", .person(.author)),
    "publisher": ("Publisher", .person(.publisher)), "rights": ("Rights", .person(.copyright)),
    "title": ("Title", .text(.title)), "subject": ("Subject", .text(.subject)),
    "description": ("Description", .text(.description)), "identifier": ("Identifier", .link(.documentID)),
    "source": ("Source", .link(.derivedFrom)), "date": ("Date", .time(.created)),
  ]

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var document = OfficeArchive(try ZIPArchive(source, tools.limits), "EPUB", tools)
    document.addArchive(into: &result)
    Self.read(&document, into: &result)
  }

  static func isDocument(_ files: [ZIPEntry]) -> Bool {
    files.contains { $0.name == "META-INF/container.xml" }
      && files.contains { $0.name.lowercased().hasSuffix(".opf") }
  }

  static func read(_ document: inout OfficeArchive, into result: inout ReadResult) {
    var wanted = fields.mapValues { _ in [StaticString]() }
    wanted["creator"] = ["role", "file-as"]
    wanted["contributor"] = ["role", "file-as"]
    wanted["date"] = ["event"]
    wanted["meta"] = ["name", "content", "property"]
    for (name, entry) in document.files where name.hasSuffix(".opf") {
      for element in document.elements(entry, wanted, into: &result) where element.path.contains("metadata") {
        add(element, &document.facts, into: &result)
      }
    }
    if document.files.contains(where: { $0.name == "meta-inf/rights.xml" }) { result.isEncrypted = true }
    document.examineMembers(into: &result, quietly: true) { name in
      [".jpg", ".jpeg", ".png", ".gif", ".webp", ".tif", ".tiff"].contains { name.hasSuffix($0) }
    }
  }

  private static func add(
    _ element: PartElement, _ facts: inout DocumentFacts, into result: inout ReadResult
  ) {
    if element.name == "meta" {
      let key = (element["name"] ?? element["property"] ?? "").lowercased()
      let value = element["content"] ?? element.text
      switch key {
      case "generator", "sigil version": facts.add(.software, value, "Generator", into: &result)
      case "dcterms:modified", "calibre:timestamp":
        facts.add(.time(.modified), value, "Modified", into: &result)
      default: break
      }
      return
    }
    guard let (name, meaning) = fields[element.name] else { return }
    switch (element.name, element["role"], element["event"]) {
    // The book producer is mostly a program.
    case ("contributor", "bkp", _): facts.add(.software, element.text, "BookProducer", into: &result)
    case ("contributor", "edt", _), ("creator", "edt", _):
      facts.add(.person(.editor), element.text, name, into: &result)
    case ("date", _, let event?) where event.contains("modif"):
      facts.add(.time(.modified), element.text, name, into: &result)
    default: facts.add(meaning, element.text, name, into: &result)
    }
  }
}
