internal import UntrailModel

/// What the elements of an OpenDocument say, whatever part they stand in: in one file they stand together.
///
///     office:meta             meta:initial-creator, dc:creator, meta:creation-date, dc:date, meta:generator ...
///     office:settings         config:config-item name="PrinterName"
///     text:tracked-changes    office:change-info: dc:creator, dc:date
///     office:annotation       dc:creator, dc:date
///     xlink:href              files and servers
///
/// Source: OASIS, OpenDocument 1.3, part 3, sections 4, 5.5, 3.10, 14.1. Names of the fields: the elements' own.
enum OpenDocumentElements {
  private static let metadata: [String: (name: String, meaning: DocumentMeaning)] = [
    "initial-creator": ("InitialCreator", .person(.author)), "creator": ("Creator", .person(.editor)),
    "printed-by": ("PrintedBy", .person(.author)), "publisher": ("Publisher", .person(.publisher)),
    "contributor": ("Contributor", .person(.author)), "rights": ("Rights", .person(.copyright)),
    "creation-date": ("CreationDate", .time(.created)), "date": ("Date", .time(.modified)),
    "print-date": ("PrintDate", .time(.printed)), "generator": ("Generator", .software),
    "title": ("Title", .text(.title)), "subject": ("Subject", .text(.subject)),
    "description": ("Description", .text(.description)), "keyword": ("Keyword", .text(.keywords)),
    "editing-cycles": ("EditingCycles", .text(.history)),
    "editing-duration": ("EditingDuration", .text(.history)),
    "identifier": ("Identifier", .link(.documentID)),
  ]

  /// Fields of the text that hold what a program knows of its user.
  private static let user: [String: DocumentMeaning] = [
    "author-name": .person(.author), "sender-company": .person(.organization),
    "sender-firstname": .person(.author), "sender-lastname": .person(.author),
  ]

  static let wanted: PartElements.Wanted = {
    var wanted: PartElements.Wanted = [
      "template": ["href", "title", "date"], "user-defined": ["name"], "config-item": ["name"],
      "creator-initials": [], "deletion": [], "section": ["display", "protection-key"],
      "hidden-text": [], "hidden-paragraph": [], "table-properties": ["display"],
      "drawing-page-properties": ["visibility"], "a": ["href"], "image": ["href"], "object": ["href"],
      "object-ole": ["href"], "section-source": ["href"], "table-source": ["href"], "plugin": ["href"],
      "cell-range-source": ["href"], "auto-reload": ["href"], "connection-resource": ["href"],
      "sender-email": [], "sender-phone-work": [], "sender-phone-private": [],
      "table": ["protection-key"],
    ]
    for name in metadata.keys { wanted[name] = [] }
    for name in user.keys { wanted[name] = [] }
    return wanted
  }()

  static func add(
    _ elements: [PartElement], _ facts: inout DocumentFacts, into result: inout ReadResult
  ) {
    var shown: Set<String> = []
    for element in elements {
      if let name = hidden(element) {
        guard shown.insert(name).inserted else { continue }
        let role: Role =
          name == "Deletion" ? .earlierRevision : name == "ProtectionKey" ? .password : .hiddenContent
        facts.hidden(role, nil, name, into: &result)
      } else if element.path.contains("meta") {
        addMetadata(element, &facts, into: &result)
      } else if element.name == "config-item" {
        addSetting(element, &facts, into: &result)
      } else {
        addContent(element, &facts, into: &result)
      }
    }
  }

  /// What of an element is not shown; nil where it is.
  private static func hidden(_ element: PartElement) -> String? {
    switch element.name {
    case "deletion": "Deletion"
    case "section" where element["display"] == "none": "HiddenSection"
    case "table-properties" where element["display"] == "false": "HiddenSheet"
    case "drawing-page-properties" where element["visibility"] == "hidden": "HiddenSlide"
    case "hidden-text", "hidden-paragraph": "HiddenText"
    case "section" where element["protection-key"] != nil, "table" where element["protection-key"] != nil:
      "ProtectionKey"
    default: nil
    }
  }

  private static func addMetadata(
    _ element: PartElement, _ facts: inout DocumentFacts, into result: inout ReadResult
  ) {
    switch element.name {
    case "user-defined": CustomProperty.add(element["name"] ?? "", element.text, &facts, into: &result)
    case "template":
      facts.add(.template, element["href"] ?? element["title"], "Template", into: &result)
      facts.add(.link(.template), element["title"], "TemplateTitle", into: &result)
      facts.add(.time(.created), element["date"], "TemplateDate", into: &result)
    case "auto-reload": DocumentLink.addLoaded(element["href"], "AutoReload", &facts, into: &result)
    default:
      guard let (name, meaning) = metadata[element.name] else { return }
      facts.add(meaning, element.text, name, into: &result)
    }
  }

  private static func addSetting(
    _ element: PartElement, _ facts: inout DocumentFacts, into result: inout ReadResult
  ) {
    let text = element.text
    guard !text.isEmpty else { return }
    switch element["name"] {
    case "PrinterName": PrinterSettings.add(text, &facts, into: &result)
    case "Rsid", "RsidRoot": if text != "0" { facts.add(.link(.revisionID), text, "Rsid", into: &result) }
    case "RedlineProtectionKey", "ModifyPasswordInfo":
      facts.hidden(.password, nil, "ProtectionKey", into: &result)
    case "CurrentDatabaseDataSource": facts.add(.link(.provenance), text, "DataSource", into: &result)
    default: facts.add(.path, text, "Setting", into: &result)
    }
  }

  private static func addContent(
    _ element: PartElement, _ facts: inout DocumentFacts, into result: inout ReadResult
  ) {
    switch (element.name, element.parent) {
    case ("creator", "change-info"):
      facts.add(.person(.reviser), element.text, "ChangeCreator", into: &result)
    case ("date", "change-info"): facts.add(.time(.edited), element.text, "ChangeDate", into: &result)
    case ("creator", "annotation"):
      facts.add(.person(.commenter), element.text, "AnnotationCreator", into: &result)
    case ("date", "annotation"): facts.add(.time(.edited), element.text, "AnnotationDate", into: &result)
    case ("creator-initials", _):
      facts.add(.text(.label), element.text, "AnnotationInitials", into: &result)
    case ("a", _): DocumentLink.add(element["href"], "Hyperlink", &facts, into: &result)
    case ("sender-email", _):
      if let mail = AddressText.email(element.text) {
        facts.add(.email, .contact(mail), "SenderEmail", into: &result)
      }
    case ("sender-phone-work", _), ("sender-phone-private", _):
      guard !element.text.isEmpty else { return }
      facts.add(.phone, .contact(element.text), "SenderPhone", into: &result)
    default:
      if let meaning = user[element.name] {
        facts.add(meaning, element.text, "User", into: &result)
      } else {
        DocumentLink.addLoaded(element["href"], "Linked", &facts, into: &result)
      }
    }
  }
}
