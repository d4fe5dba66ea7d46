internal import UntrailModel

/// Where a document leads to: other files, servers, people.
enum DocumentLink {
  /// Adds a link that a reader clicks on: the address of a person, or a path. Pages of the web say nothing of the
  /// writer.
  static func add(
    _ text: String?, _ name: String, _ facts: inout DocumentFacts, into result: inout ReadResult
  ) {
    guard let text = text?.trimmedText, !text.isEmpty else { return }
    if text.prefix(7).lowercased() == "mailto:" {
      if let address = AddressText.email(text) { facts.add(.email, .contact(address), name, into: &result) }
    } else if text.prefix(4).lowercased() == "tel:" {
      facts.add(.phone, .contact(String(text.dropFirst(4))), name, into: &result)
    } else {
      facts.add(.path, text, name, into: &result)
    }
  }

  /// Adds a link that a program follows by itself when the document is opened: to a picture, a template, data.
  static func addLoaded(
    _ text: String?, _ name: String, _ facts: inout DocumentFacts, into result: inout ReadResult
  ) {
    guard let text = text?.trimmedText, !text.isEmpty else { return }
    if BoundedText.isWebAddress(text) {
      facts.add(.networkLink, .link(text), name, into: &result)
    } else {
      add(text, name, &facts, into: &result)
    }
  }
}
