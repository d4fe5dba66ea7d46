internal import UntrailBytes
internal import UntrailModel

/// Documents in compound files: Word, Excel, PowerPoint and Visio up to 2003, Publisher, Project, Outlook messages,
/// and locked documents of any version.
///
///     WordDocument, 0Table, 1Table     Word: `WordBinary`
///     Workbook, Book                   Excel: `ExcelBinary`
///     PowerPoint Document              PowerPoint: `PowerPointBinary`
///     __properties_version1.0          Outlook: `OutlookMessage`
///     EncryptedPackage                 a locked document of Office 2007 or later
///     \u{5}SummaryInformation          who, when, with what: `SummaryProperties`
///     \u{1}Ole10Native, Package        files inside
///
/// libmagic names few of them by their first page: what a file is, its directory says.
///
/// Source: Microsoft, MS-CFB, MS-DOC, MS-XLS, MS-PPT, MS-OXMSG, MS-OFFCRYPTO section 2.3.
struct OLEReader: MetadataReader {
  var name: String { "Word, Excel, PowerPoint to 2003; Outlook message" }
  var mediaTypes: [String] {
    [
      "application/x-ole-storage", "application/CDFV2", "application/msword", "application/vnd.ms-excel",
      "application/vnd.ms-powerpoint", "application/vnd.ms-outlook", "application/vnd.ms-office",
      "application/vnd.ms-project", "application/vnd.ms-publisher", "application/vnd.visio",
      "application/encrypted", "application/vnd.ms-works",
    ]
  }
  var channels: String {
    "authors, companies, times, paths, printers, revisions, comments, files inside; of messages all people"
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    guard try source.bytes(at: 0, count: 8) == CompoundFile.magic else {
      result.isUnsupported = true
      return
    }
    let file = try CompoundFile(source, tools.limits)
    let directory = file.directory
    if let flaw = file.flaw { result.damage(flaw) }
    if directory.stream(OutlookMessage.propertiesName) != nil {
      return OutlookMessage.read(file, into: &result, with: tools)
    }
    var document = OLEDocument(file, tools)
    document.read(into: &result)
    guard !document.isKnown else { return }
    if ThumbnailDatabaseReader.isDatabase(directory) {
      try ThumbnailDatabaseReader.read(file, into: &result, with: tools)
    } else if result.observations.isEmpty, result.members.isEmpty {
      result.isUnsupported = true
    }
  }
}

/// One document in a compound file, with the documents in its storages.
struct OLEDocument {
  private let file: CompoundFile
  private let tools: ReaderTools
  private var facts: DocumentFacts
  private(set) var isKnown = false

  init(_ file: CompoundFile, _ tools: ReaderTools) {
    self.file = file
    self.tools = tools
    facts = DocumentFacts("OLE", tools.limits)
  }

  mutating func read(into result: inout ReadResult) {
    for entry in file.directory.streams {
      switch entry.name {
      case SummaryProperties.summaryName, SummaryProperties.documentName:
        isKnown = true
        readSummary(entry, into: &result)
      case "WordDocument":
        isKnown = true
        WordBinary.read(entry, of: file, &facts, into: &result, tools)
      case "Workbook", "Book":
        isKnown = true
        ExcelBinary.read(entry, of: file, &facts, into: &result, tools)
      case "Current User", "PowerPoint Document":
        isKnown = true
        PowerPointBinary.read(entry, of: file, &facts, into: &result, tools)
      case "Pictures", "Data":
        guard let block = file.block(entry, into: &result) else { continue }
        DrawingPictures.examine(block, named: entry.name, into: &result, tools)
      case "EncryptedPackage":
        isKnown = true
        result.isEncrypted = true
      default: readEmbedded(entry, into: &result)
      }
    }
    let macros: Set<String> = ["Macros", "_VBA_PROJECT_CUR", "VBA"]
    if file.directory.entries.contains(where: { $0.type == 1 && macros.contains($0.name) }) {
      facts.hidden(.hiddenContent, nil, "Macros", into: &result)
    }
    if isKnown, let time = file.directory.root?.modified {
      facts.add(.modified, .timestamp(time), "RootModifyDate", into: &result)
    }
  }

  private mutating func readSummary(_ entry: CompoundDirectory.Entry, into result: inout ReadResult) {
    guard let block = file.block(entry, into: &result) else { return }
    let set = PropertySet(block.slice(at: 0, count: block.count), tools.limits)
    if let flaw = set.flaw { result.damage(flaw.code.rawValue, flaw.what, at: nil) }
    guard entry.name == SummaryProperties.summaryName else {
      return SummaryProperties.addDocument(set, &facts, into: &result)
    }
    SummaryProperties.addSummary(set, &facts, into: &result)
    if let picture = SummaryProperties.thumbnail(set) {
      tools.examineQuietly(named: "SummaryInformation/Thumbnail", picture, into: &result)
    }
  }

  /// Files that were put into the document.
  private mutating func readEmbedded(_ entry: CompoundDirectory.Entry, into result: inout ReadResult) {
    guard entry.name == "\u{1}Ole10Native" || entry.name == "Package" || entry.name == "CONTENTS",
      let block = file.block(entry, into: &result)
    else { return }
    isKnown = true
    if entry.name == "\u{1}Ole10Native" {
      PackagedFile.examine(block, &facts, into: &result, tools)
    } else {
      let name = ((entry.folder ?? []) + [entry.name]).joined(separator: "/")
      facts.hidden(.embeddedFile, block.count, "EmbeddedObject", into: &result)
      tools.examineMember(named: name, block.slice(at: 0, count: block.count), into: &result)
    }
  }
}
