internal import UntrailModel

/// What stands for a person in a directory: an address, an account, or a number.
enum OfficeIdentity {
  /// "S::user@example.org::NUMBER", "user@example.org", "S-1-5-21-...", "DOMAIN\user", a number.
  static func add(_ text: String?, _ facts: inout DocumentFacts, into result: inout ReadResult) {
    guard let text = text?.trimmedText, !text.isEmpty, text != "None" else { return }
    facts.add(.account, .person(text), "UserID", into: &result)
    for part in text.split(separator: ":") {
      guard let address = AddressText.email(String(part)) else { continue }
      facts.add(.email, .contact(address), "UserID", into: &result)
    }
  }
}

/// What a text says with which a program reaches data: a server, a file, a user.
enum ConnectionText {
  static func add(
    _ text: String?, _ name: String, _ facts: inout DocumentFacts, into result: inout ReadResult
  ) {
    guard let text = text?.trimmedText, !text.isEmpty else { return }
    facts.add(.path, text, name, into: &result)
    for setting in text.split(separator: ";").prefix(64) {
      let parts = setting.split(separator: "=", maxSplits: 1).map { String($0).trimmedText }
      guard parts.count == 2 else { continue }
      switch parts[0].lowercased() {
      case "user id", "uid", "user": facts.add(.person(.account), parts[1], name, into: &result)
      case "workstation id", "wsid":
        facts.add(.host, .device(Device(hostName: parts[1])), name, into: &result)
      case "password", "pwd": facts.hidden(.password, nil, name, into: &result)
      case "data source", "server", "dbq", "location", "address", "defaultdir":
        DocumentLink.addLoaded(parts[1], name, &facts, into: &result)
      default: break
      }
    }
  }
}
