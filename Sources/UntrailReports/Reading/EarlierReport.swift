package import UntrailModel

/// A report of `untrail scan`, as JSON or NDJSON, as far as it can be held against another one.
package struct EarlierReport: Sendable, Equatable {
  /// The longest report that is read, in bytes.
  package static let sizeLimit = 256 * 1024 * 1024

  package struct Finding: Sendable, Equatable {
    /// The id of the rule.
    package var rule = ""
    package var severity = Severity.info
    /// As the report has it.
    package var path = PathBytes([])
    package var member: [String] = []
    package var fingerprint: UInt64 = 0
    /// The fields that made the rule match, none twice.
    package var fields: [String] = []
  }

  /// A file that was not read to its end.
  package struct Unread: Sendable, Equatable {
    package var path = PathBytes([])
    package var member: [String] = []
    package var coverage = Coverage.unreadable
  }

  package private(set) var privacy = PrivacyLevel.coarse
  /// Of the key with which the pseudonyms and fingerprints were made; nil where there was none.
  package private(set) var keyID: String?
  /// As on the command line; empty at the level `share`.
  package private(set) var roots: [PathBytes] = []
  /// The titles of the rules, by their ids.
  package private(set) var titles: [String: String] = [:]
  package private(set) var findings: [Finding] = []
  package private(set) var groupFindings: [Finding] = []
  package private(set) var unread: [Unread] = []
  /// Whether the run reached its end.
  package private(set) var isComplete = false
  /// Whether only what a still earlier report does not have was reported.
  package private(set) var hasBaseline = false
  private var hasSummary = false

  /// Whether some bytes begin like a report of `untrail scan`.
  package static func isReport(_ bytes: [UInt8]) -> Bool {
    let start = String(decoding: bytes.prefix(64), as: UTF8.self).filter { !$0.isWhitespace }
    return ["{\"type\":\"scan\",\"schemaVersion\":", "{\"type\":\"header\",\"schemaVersion\":"]
      .contains(where: start.hasPrefix)
  }

  /// - Throws: for what is no such report or was cut short, with the byte where that shows.
  package init(json bytes: UnsafeRawBufferPointer) throws(ReportError) {
    var scanner = ReportScanner(bytes)
    var isFirst = true
    repeat {
      try record(&scanner, isFirst: isFirst)
      isFirst = false
    } while !scanner.isAtEnd()
    guard hasSummary else { throw scanner.failure("the summary is missing; the report was cut short") }
  }

  // MARK: Reading

  /// The keys of one object of the report, whatever its type.
  private struct Record {
    var type = ""
    var finding = Finding()
    var hasFingerprint = false
    var pathBytes: String?
    var coverage: Coverage?
    var complete: Bool?

    var path: PathBytes { pathBytes.map { PathBytes(PercentText.bytes($0)) } ?? finding.path }
  }

  private mutating func record(_ scanner: inout ReportScanner, isFirst: Bool = false) throws(ReportError) {
    var record = Record()
    try scanner.object("a part of the report") { scanner, key throws(ReportError) in
      if isFirst, record.type.isEmpty, key != "type" { throw Self.notReport }
      try read(key, &record, &scanner)
      if isFirst, key == "type", record.type != "scan", record.type != "header" { throw Self.notReport }
    }
    if isFirst, record.type.isEmpty { throw Self.notReport }
    try add(record, scanner)
  }

  private static let notReport = ReportError("this is no report of untrail scan --format json or ndjson")

  private mutating func read(
    _ key: String, _ record: inout Record, _ scanner: inout ReportScanner
  ) throws(ReportError) {
    switch (record.type, key) {
    case (_, "type"): record.type = try scanner.text(key)
    case ("scan", _), ("header", _): try header(key, &scanner)
    case ("finding", _), ("group-finding", _), ("unread", _): try part(key, &record, &scanner)
    case ("summary", "complete"): record.complete = try scanner.flag(key)
    case ("summary", "baseline"):
      hasBaseline = true
      try scanner.skip()
    default: try scanner.skip()
    }
  }

  private mutating func header(_ key: String, _ scanner: inout ReportScanner) throws(ReportError) {
    switch key {
    case "schemaVersion":
      guard try scanner.text(key).hasPrefix("1.") else {
        throw ReportError("another version of the tool made it, which this one does not understand")
      }
    case "privacy":
      let name = try scanner.text(key)
      guard let level = [PrivacyLevel.exact, .coarse, .share].first(where: { $0.name == name }) else {
        throw scanner.failure("there is no such level of privacy")
      }
      privacy = level
    case "keyId": keyID = try scanner.text(key)
    case "roots": roots = try Self.texts(key, &scanner).map { PathBytes($0) }
    case "rules":
      try scanner.list(key) { scanner throws(ReportError) in
        var texts: [String: String] = [:]
        try scanner.object("a rule") { scanner, key throws(ReportError) in
          if key == "id" || key == "title" { texts[key] = try scanner.text(key) } else { try scanner.skip() }
        }
        if let id = texts["id"] { titles[id] = texts["title"] ?? id }
      }
    case "findings", "groupFindings", "unread":
      try scanner.list(key) { scanner throws(ReportError) in try record(&scanner) }
    case "summary": try record(&scanner)
    default: try scanner.skip()
    }
  }

  private func part(
    _ key: String, _ record: inout Record, _ scanner: inout ReportScanner
  ) throws(ReportError) {
    switch key {
    case "rule": record.finding.rule = try scanner.text(key)
    case "path": record.finding.path = PathBytes(try scanner.text(key))
    case "pathBytes": record.pathBytes = try scanner.text(key)
    case "member": record.finding.member = try Self.texts(key, &scanner)
    case "severity":
      guard let severity = Severity(name: try scanner.text(key)) else {
        throw scanner.failure("there is no such severity")
      }
      record.finding.severity = severity
    case "coverage":
      guard let coverage = Coverage(name: try scanner.text(key)) else {
        throw scanner.failure("there is no such coverage")
      }
      record.coverage = coverage
    case "fingerprint":
      let digits = try scanner.text(key)
      guard digits.utf8.count == 16, let value = UInt64(digits, radix: 16) else {
        throw scanner.failure("this is no fingerprint")
      }
      record.finding.fingerprint = value
      record.hasFingerprint = true
    case "evidence":
      try scanner.list(key) { scanner throws(ReportError) in
        try scanner.object("an observation") { scanner, key throws(ReportError) in
          guard key == "field" else { return try scanner.skip() }
          let field = try scanner.text(key)
          if !record.finding.fields.contains(field) { record.finding.fields.append(field) }
        }
      }
    default: try scanner.skip()
    }
  }

  private static func texts(
    _ key: String, _ scanner: inout ReportScanner
  ) throws(ReportError) -> [String] {
    var texts: [String] = []
    try scanner.list(key) { scanner throws(ReportError) in texts.append(try scanner.text(key)) }
    return texts
  }

  private mutating func add(_ record: Record, _ scanner: ReportScanner) throws(ReportError) {
    var finding = record.finding
    finding.path = record.path
    switch record.type {
    case "finding", "group-finding":
      guard !finding.rule.isEmpty, record.hasFingerprint else {
        throw scanner.failure("a finding has no rule or no fingerprint")
      }
      if record.type == "finding" { findings.append(finding) } else { groupFindings.append(finding) }
    case "unread":
      unread.append(
        Unread(path: finding.path, member: finding.member, coverage: record.coverage ?? .unreadable))
    case "summary":
      guard let complete = record.complete else { throw scanner.failure("complete is missing in summary") }
      isComplete = complete
      hasSummary = true
    default: break
    }
  }
}

/// Bytes written with `%` and two digits where they are not plain.
///
/// Source: RFC 3986, section 2.1.
enum PercentText {
  static func bytes(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }
}
