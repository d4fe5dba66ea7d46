/// What one participant's report says, as far as a merge needs it: which rules found something.
package struct ParticipantReport: Sendable, Equatable {
  /// The longest report that is read, in bytes.
  package static let sizeLimit = 256 * 1024 * 1024

  package var toolVersion: String
  /// The rules that were used.
  package var known: Set<String>
  /// The rules that found something.
  package var found: Set<String>
  /// Whether every file had its outcome, and no finding was left out by the participant.
  package var isWhole: Bool

  /// Reads a report of `untrail scan --format json --privacy share`.
  ///
  /// - Throws: for what is no such report, with the byte where that shows.
  package init(json bytes: UnsafeRawBufferPointer) throws(ReportError) {
    toolVersion = ""
    known = []
    found = []
    isWhole = true
    var seen: Set<String> = []
    var scanner = ReportScanner(bytes)
    try scanner.object("a report") { scanner, key throws(ReportError) in
      guard seen.insert(key).inserted else { throw scanner.failure("a key stands twice") }
      try read(key, &scanner)
    }
    try scanner.end()
    for key in ["type", "schemaVersion", "tool", "privacy", "rules", "findings", "groupFindings", "summary"]
    where !seen.contains(key) {
      throw ReportError("\(key) is missing; this is no report of untrail scan --format json")
    }
    guard found.isSubset(of: known) else {
      throw ReportError("a finding is of a rule that the report does not list")
    }
  }

  private mutating func read(_ key: String, _ scanner: inout ReportScanner) throws(ReportError) {
    switch key {
    case "type":
      guard try scanner.text(key) == "scan" else {
        throw ReportError("this is no report of untrail scan --format json")
      }
    case "schemaVersion":
      guard try scanner.text(key).hasPrefix("1.") else {
        throw ReportError("another version of the tool made it, which this one does not understand")
      }
    case "privacy":
      let level = try scanner.text(key)
      guard level == "share" else {
        let name = ["exact", "coarse"].contains(level) ? level : "unknown"
        throw ReportError(
          "its privacy level is \(name); only reports of untrail scan --privacy share --format json are merged"
        )
      }
    case "tool":
      toolVersion = try members(of: key, ["version"], &scanner).first ?? ""
    case "rules":
      known = try names(in: key, "id", &scanner)
    case "findings", "groupFindings":
      found.formUnion(try names(in: key, "rule", &scanner))
    case "summary":
      try summary(&scanner)
    default:
      try scanner.skip()
    }
  }

  /// The texts of one key of all objects of a list.
  private func names(
    in list: String, _ key: String, _ scanner: inout ReportScanner
  ) throws(ReportError) -> Set<String> {
    var names: Set<String> = []
    try scanner.list(list) { scanner throws(ReportError) in
      let texts = try members(of: "an element of \(list)", [key], &scanner)
      guard let name = texts.first else { throw scanner.failure("\(key) is missing in \(list)") }
      names.insert(name)
      guard names.count <= Self.ruleLimit else {
        throw scanner.failure("more than \(Self.ruleLimit) rules")
      }
    }
    return names
  }

  private static let ruleLimit = 10_000

  private func members(
    of name: String, _ keys: [String], _ scanner: inout ReportScanner
  ) throws(ReportError) -> [String] {
    var texts: [String] = []
    try scanner.object(name) { scanner, key throws(ReportError) in
      if keys.contains(key) { texts.append(try scanner.text(key)) } else { try scanner.skip() }
    }
    return texts
  }

  private mutating func summary(_ scanner: inout ReportScanner) throws(ReportError) {
    var complete: Bool?
    try scanner.object("summary") { scanner, key throws(ReportError) in
      switch key {
      case "complete": complete = try scanner.flag(key)
      default: try scanner.skip()
      }
    }
    guard let complete else { throw scanner.failure("complete is missing in summary") }
    isWhole = complete
  }
}
