internal import UntrailModel

/// Where a document of Office leads to outside of itself.
///
///     <Relationship Type="http://.../attachedTemplate" Target="file:///C:\..." TargetMode="External"/>
///
/// Source: ECMA-376 part 2, section 9.3.
enum OpenXMLLinks {
  static func read(_ document: inout OfficeArchive, into result: inout ReadResult) {
    let wanted: PartElements.Wanted = ["Relationship": ["Type", "Target", "TargetMode"]]
    for (name, entry) in document.files where name.hasSuffix(".rels") {
      for element in document.elements(entry, wanted, into: &result)
      where element["TargetMode"]?.lowercased() == "external" {
        add(element["Type"] ?? "", element["Target"] ?? "", &document.facts, into: &result)
      }
    }
  }

  private static func add(
    _ type: String, _ target: String, _ facts: inout DocumentFacts, into result: inout ReadResult
  ) {
    switch type.split(separator: "/").last ?? "" {
    case "hyperlink": DocumentLink.add(target, "Hyperlink", &facts, into: &result)
    case "attachedTemplate":
      facts.add(.template, target, "AttachedTemplate", into: &result)
      DocumentLink.addLoaded(target, "AttachedTemplate", &facts, into: &result)
    case "mailMergeSource", "mailMergeHeaderSource":
      DocumentLink.addLoaded(target, "MailMergeSource", &facts, into: &result)
    case "externalLinkPath", "xlPathMissing", "externalLink":
      DocumentLink.addLoaded(target, "ExternalLinkPath", &facts, into: &result)
    default: DocumentLink.addLoaded(target, "ExternalTarget", &facts, into: &result)
    }
  }
}
