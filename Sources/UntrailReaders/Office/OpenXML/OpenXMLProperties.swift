internal import UntrailModel

/// What a document of Office says of itself as a whole.
///
///     docProps/core.xml      creator, lastModifiedBy, created, modified ... (Dublin Core)
///     docProps/app.xml       Application, AppVersion, Company, Manager, Template ...
///     docProps/custom.xml    property name="NAME": value, in an element that is called by its type
///
/// Programs of .NET call the first one package/services/metadata/core-properties/NUMBER.psmdcp.
///
/// Source: ECMA-376 part 2, section 11 (core properties), part 1, sections 22.2 and 22.3. Names of the fields: ExifTool.
enum OpenXMLProperties {
  private static let core: [String: (name: String, meaning: DocumentMeaning)] = [
    "creator": ("Creator", .person(.author)), "lastModifiedBy": ("LastModifiedBy", .person(.editor)),
    "created": ("CreateDate", .time(.created)), "modified": ("ModifyDate", .time(.modified)),
    "lastPrinted": ("LastPrinted", .time(.printed)), "revision": ("RevisionNumber", .text(.history)),
    "title": ("Title", .text(.title)), "subject": ("Subject", .text(.subject)),
    "description": ("Description", .text(.description)), "keywords": ("Keywords", .text(.keywords)),
    "value": ("Keywords", .text(.keywords)), "category": ("Category", .text(.category)),
    "contentStatus": ("ContentStatus", .text(.label)), "identifier": ("Identifier", .link(.documentID)),
    "version": ("Version", .text(.history)), "publisher": ("Publisher", .person(.publisher)),
    "contributor": ("Contributor", .person(.author)), "language": ("Language", .text(.label)),
  ]

  private static let application: [String: (name: String, meaning: DocumentMeaning)] = [
    "Application": ("Application", .software), "AppVersion": ("AppVersion", .software),
    "Company": ("Company", .person(.organization)), "Manager": ("Manager", .person(.manager)),
    "Template": ("Template", .template), "HyperlinkBase": ("HyperlinkBase", .path),
  ]

  static func read(_ document: inout OfficeArchive, into result: inout ReadResult) {
    for (name, entry) in document.files {
      if name.hasSuffix(".psmdcp") || name.hasPrefix("docprops/core") {
        add(entry, core, &document, into: &result)
      } else if name.hasPrefix("docprops/app") {
        addApplication(entry, &document, into: &result)
      } else if name.hasPrefix("docprops/custom") {
        addCustom(entry, &document, into: &result)
      }
    }
  }

  private static func add(
    _ entry: ZIPEntry, _ fields: [String: (name: String, meaning: DocumentMeaning)],
    _ document: inout OfficeArchive, into result: inout ReadResult
  ) {
    for element in document.elements(entry, fields.mapValues { _ in [] }, into: &result) {
      guard let (name, meaning) = fields[element.name] else { continue }
      document.facts.add(meaning, element.text, name, into: &result)
    }
  }

  private static func addApplication(
    _ entry: ZIPEntry, _ document: inout OfficeArchive, into result: inout ReadResult
  ) {
    var wanted = application.mapValues { _ in [StaticString]() }
    for name in ["TotalTime", "HiddenSlides"] { wanted[name] = [] }
    for element in document.elements(entry, wanted, into: &result) {
      let isSome = Int(element.text).map { $0 > 0 } ?? false
      switch element.name {
      case "TotalTime" where isSome:
        document.facts.add(.text(.history), element.text + " min", "TotalEditTime", into: &result)
      case "HiddenSlides" where isSome:
        document.facts.hidden(.hiddenContent, nil, "HiddenSlides", into: &result)
      default:
        guard let (name, meaning) = application[element.name] else { continue }
        document.facts.add(meaning, element.text, name, into: &result)
      }
    }
  }

  /// The value stands in an element inside of that with the name: it ends first.
  private static func addCustom(
    _ entry: ZIPEntry, _ document: inout OfficeArchive, into result: inout ReadResult
  ) {
    var value = ""
    let wanted: PartElements.Wanted = [
      "property": ["name"], "lpwstr": [], "lpstr": [], "bstr": [], "filetime": [], "date": [], "clsid": [],
    ]
    for element in document.elements(entry, wanted, into: &result) {
      guard element.name == "property" else {
        value = element.text
        continue
      }
      CustomProperty.add(element["name"] ?? "", value, &document.facts, into: &result)
      value = ""
    }
  }
}
