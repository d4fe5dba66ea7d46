internal import UntrailModel

/// What a property of a document is about.
enum DocumentMeaning: Sendable {
  case person(Role)
  case text(Role)
  case time(Role)
  case software
  case link(Role)
  /// A path of the computer on which the document was written, where it is one.
  case path
  /// A template: its name, or its path.
  case template
}

/// Adds the facts of a document, each once: a name stands in a document at every change that the person made.
struct DocumentFacts {
  private var facts: FactSet
  /// The group of the fields: "OOXML".
  let group: String

  /// More distinct facts than a reader of the report looks at.
  private static let most = 4000

  init(_ group: String, _ limits: Limits) {
    self.group = group
    facts = FactSet(limit: min(Self.most, limits.observations))
  }

  mutating func add(
    _ role: Role, _ fact: Observation.Fact, _ name: String, at offset: Int? = nil,
    into result: inout ReadResult
  ) {
    facts.add(role, fact, "\(group):\(name)", at: offset, into: &result)
    if facts.isFull { result.damageOnce("limit", "more facts than are kept of one document") }
  }

  /// Adds the number of an editing session, in the form that Office Open XML has it in.
  ///
  /// - Parameter count: which of the document's numbers it is; beyond the first hundreds they are left out, and that is said.
  mutating func add(session number: String, count: Int, into result: inout ReadResult) {
    guard !number.isEmpty else { return }
    guard count <= Self.sessions else {
      return result.notRead(
        "sessions-left-out", "more editing sessions than \(Self.sessions): the rest is left out", at: 0)
    }
    add(.revisionID, .link(number), "RevisionSaveID", into: &result)
  }

  /// A long document has thousands, and a few tell what is shared.
  private static let sessions = 500

  /// Adds a written value by what it means; a value that is empty, or is no time where one is meant, adds nothing.
  mutating func add(
    _ meaning: DocumentMeaning, _ text: String?, _ name: String, at offset: Int? = nil,
    into result: inout ReadResult
  ) {
    guard let text = text?.trimmedText, !text.isEmpty else { return }
    switch meaning {
    case .person(let role):
      add(role, .person(text), name, at: offset, into: &result)
      if let address = AddressText.email(text) {
        add(.email, .contact(address), name, at: offset, into: &result)
      }
    case .text(let role): add(role, .text(text), name, at: offset, into: &result)
    case .time(let role):
      guard let time = WrittenTime.read(text) else { return }
      add(role, .timestamp(time), name, at: offset, into: &result)
    case .software: add(.generator, .software(text), name, at: offset, into: &result)
    case .link(let role): add(role, .link(text), name, at: offset, into: &result)
    case .path:
      guard DocumentPath.isLocal(text) else { return }
      add(.path, .link(DocumentPath.plain(text)), name, at: offset, into: &result)
    case .template:
      let path = DocumentPath.plain(text)
      add(.template, .link(path), name, at: offset, into: &result)
      if DocumentPath.isLocal(text) { add(.path, .link(path), name, at: offset, into: &result) }
    }
  }

  mutating func hidden(
    _ role: Role, _ byteCount: Int?, _ name: String, at offset: Int? = nil, into result: inout ReadResult
  ) {
    result.add(role, .hidden(HiddenContent(byteCount: byteCount)), "\(group):\(name)", at: offset)
  }
}

/// Paths in documents: what they show is the folder of a user, a server, a drive.
enum DocumentPath {
  /// Whether a text is a path of a computer or a server, and no address of the web.
  static func isLocal(_ text: String) -> Bool {
    let bytes = Array(text.utf8.prefix(12))
    guard bytes.count >= 3 else { return false }
    if bytes.starts(with: "\\\\".utf8) { return true }
    if text.prefix(5).lowercased() == "file:" { return true }
    let isLetter = (bytes[0] | 0x20) &- 0x61 < 26
    if isLetter, bytes[1] == UInt8(ascii: ":"),
      bytes[2] == UInt8(ascii: "\\") || bytes[2] == UInt8(ascii: "/")
    {
      return true
    }
    return ["/Users/", "/home/", "/Volumes/", "/private/", "/media/", "/mnt/", "/var/", "~/"].contains {
      text.hasPrefix($0)
    }
  }

  /// A path as people write it: without "file:///" and percent signs.
  static func plain(_ text: String) -> String {
    guard text.prefix(5).lowercased() == "file:" else { return text }
    var rest = text.dropFirst(5)
    let slashes = rest.prefix { $0 == "/" }.count
    // Two slashes begin the name of a server; three, or more, the path.
    rest = rest.dropFirst(slashes)
    let path = AddressText.percentDecoded(String(rest))
    // Programs of Windows write a server behind three slashes, too.
    if path.hasPrefix("\\\\") { return path }
    let isDrive = path.dropFirst().hasPrefix(":") || path.dropFirst().hasPrefix("|")
    if slashes == 2 || slashes >= 4 { return isDrive ? path : "//" + path }
    return isDrive || slashes == 0 ? path : "/" + path
  }
}
