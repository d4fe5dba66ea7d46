internal import UntrailBytes
internal import UntrailModel

/// Documents of Apple's Pages, Numbers and Keynote.
///
///     index.xml, index.apxl              to 2009: metadata, authors, string="NAME"
///     Index/Document.iwa                 since 2013: packed, and not read
///     Metadata/Properties.plist          numbers of the document; BuildVersionHistory.plist: programs, template
///     Metadata/DocumentIdentifier        the same number
///     Data/, preview.jpg, QuickLook/     pictures
///
/// Source: Apple, "iWork XML Tags" (index.xml); O. Kozlov, "iWorkFileFormat" (since 2013).
enum WorkDocument {
  static func isDocument(_ files: [ZIPEntry]) -> Bool {
    files.contains {
      ["index.xml", "index.apxl", "Index/Document.iwa", "Index.zip"].contains($0.name)
    }
      && files.contains {
        ["buildVersionHistory.plist", "Metadata/Properties.plist", "Metadata/BuildVersionHistory.plist"]
          .contains($0.name)
          || $0.name.hasPrefix("QuickLook/") || $0.name.hasPrefix("preview")
      }
  }

  static func read(_ document: inout OfficeArchive, into result: inout ReadResult) {
    for (name, entry) in document.files {
      switch name {
      case "index.xml", "index.apxl": readIndex(entry, &document, into: &result)
      case "index/document.iwa":
        result.notRead("iwork-archive", "the text of the document is packed in a way that is not read", at: 0)
      case "metadata/properties.plist", "metadata/buildversionhistory.plist", "buildversionhistory.plist":
        readList(entry, &document, into: &result)
      case "metadata/documentidentifier":
        guard let bytes = document.content(entry, into: &result) else { continue }
        let text = BoundedText.decode(bytes, document.tools.limits)
        document.facts.add(.link(.documentID), text, "DocumentIdentifier", into: &result)
      default: break
      }
    }
    document.examineMembers(into: &result, quietly: true) { name in
      name.hasPrefix("data/") || name.hasPrefix("preview") || name.hasPrefix("quicklook/")
        || [".jpg", ".jpeg", ".png", ".heic", ".tiff", ".mov"].contains { name.hasSuffix($0) }
    }
  }

  private static let meanings: [String: (name: String, meaning: DocumentMeaning)] = [
    "authors": ("Author", .person(.author)), "copyright": ("Copyright", .person(.copyright)),
    "title": ("Title", .text(.title)), "comment": ("Comment", .text(.comment)),
    "keywords": ("Keywords", .text(.keywords)), "projects": ("Projects", .text(.label)),
  ]

  private static func readIndex(
    _ entry: ZIPEntry, _ document: inout OfficeArchive, into result: inout ReadResult
  ) {
    let wanted: PartElements.Wanted = ["string": ["string"], "date": ["val"]]
    for element in document.elements(entry, wanted, into: &result) {
      if element.name == "date", element.parent.hasSuffix("DateProperty") {
        let role: Role = element.parent.contains("Creation") ? .created : .modified
        document.facts.add(.time(role), element["val"], "Date", into: &result)
      } else if element.path.contains("metadata"), let (name, meaning) = meanings[element.parent] {
        document.facts.add(meaning, element["string"], name, into: &result)
      }
    }
  }

  private static func readList(
    _ entry: ZIPEntry, _ document: inout OfficeArchive, into result: inout ReadResult
  ) {
    guard let bytes = document.content(entry, into: &result) else { return }
    var flaw: ParseError?
    let list = PropertyList.read(bytes, at: nil, document.tools.limits, flaw: &flaw)
    if let flaw { result.damage(flaw.code.rawValue, flaw.what, at: nil) }
    for item in list?.items ?? [] {
      guard let text = item.text else { continue }
      if text.hasPrefix("Template: ") {
        document.facts.add(.template, String(text.dropFirst(10)), "Template", into: &result)
      } else {
        document.facts.add(.software, text, "BuildVersion", into: &result)
      }
    }
    for pair in list?.pairs ?? [] {
      guard let text = pair.value.text else { continue }
      switch pair.key {
      case "documentUUID", "stableDocumentUUID", "shareUUID":
        document.facts.add(.link(.documentID), text, "DocumentUUID", into: &result)
      case "versionUUID", "privateUUID":
        document.facts.add(.link(.instanceID), text, "VersionUUID", into: &result)
      case "revision": document.facts.add(.link(.revisionID), text, "Revision", into: &result)
      default: break
      }
    }
  }
}
