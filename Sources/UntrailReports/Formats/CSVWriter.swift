package import UntrailBytes
package import UntrailModel

/// The findings of a run as a table, one row a finding.
///
///     type, severity, rule, category, title, path, member, group, count, files, evidence, recommendation,
///     fingerprint, detail
///
/// `type` is header, finding, unread, group-finding or summary; the summary is the last row, so that a table that was
/// cut short has none. Text from files is escaped as for a terminal, and no field is one that a spreadsheet runs.
///
/// Source: RFC 4180. What spreadsheets run: OWASP, CSV Injection.
package struct ScanCSVWriter: ReportWriter {
  private let redactor: Redactor
  private let phrases: ObservationText
  private var rules: [Rule] = []

  private struct Row {
    var type: String
    var severity = ""
    var rule = ""
    var category = ""
    var title = ""
    var path = ""
    var member = ""
    var group = ""
    var count = ""
    var files = ""
    var evidence = ""
    var recommendation = ""
    var fingerprint = ""
    var detail = ""

    static let names = [
      "type", "severity", "rule", "category", "title", "path", "member", "group", "count", "files",
      "evidence",
      "recommendation", "fingerprint", "detail",
    ]

    var fields: [String] {
      [
        type, severity, rule, category, title, path, member, group, count, files, evidence, recommendation,
        fingerprint, detail,
      ]
    }
  }

  /// - Parameter messages: English words, whatever the language of the system.
  package init(redactor: Redactor, messages: Messages) {
    self.redactor = redactor
    phrases = ObservationText(redactor: redactor, messages: messages)
  }

  package mutating func begin(_ header: RunHeader, into buffer: ByteBuffer) {
    rules = header.rules
    put(Row.names, into: buffer)
    put(Row(type: "header", detail: Self.joined(RunFacts.header(header))).fields, into: buffer)
  }

  package mutating func add(_ file: JudgedFile, into buffer: ByteBuffer) {
    guard !file.findings.isEmpty || file.examination.coverage != .read else { return }
    let artifact = file.examination.artifact
    let path = redactor.path(artifact.path, ordinal: file.ordinal)
    let member = redactor.member(artifact.member)
    var row = Row(
      type: "finding", path: TerminalText.escaped(path),
      member: member.map { TerminalText.escaped($0) }.joined(separator: " > "))
    for finding in file.findings {
      let rule = rules[finding.rule]
      row.severity = finding.severity.name
      row.rule = rule.id
      row.category = rule.category
      row.title = rule.title
      row.evidence = phrases.evidence(finding, of: file).joined(separator: "; ")
      row.recommendation = rule.actions.first ?? ""
      row.fingerprint = redactor.fingerprint(rule: rule.id, of: file).hex
      put(row.fields, into: buffer)
    }
    guard file.examination.coverage != .read else { return }
    let reasons = file.examination.diagnostics.map { "\($0.code): \($0.message)" }
    row = Row(type: "unread", path: row.path, member: row.member)
    row.title = file.examination.coverage.name
    row.detail = TerminalText.escaped(
      ([file.examination.mediaType.name] + reasons).joined(separator: "; "))
    put(row.fields, into: buffer)
  }

  package mutating func end(_ summary: RunSummary, into buffer: ByteBuffer) {
    for finding in summary.groupFindings {
      let rule = rules[finding.rule]
      let shared = phrases.group(finding) { TerminalText.escaped(PathBytes($0)) }
      var row = Row(type: "group-finding", severity: finding.severity.name, rule: rule.id)
      row.category = rule.category
      row.title = rule.title
      row.path =
        finding.examples.first.map {
          TerminalText.escaped(redactor.path($0.path, ordinal: $0.ordinal))
        } ?? ""
      row.group = shared
      row.count = String(finding.count)
      row.files = String(finding.fileCount)
      row.evidence = finding.evidence.map(phrases.phrase).joined(separator: "; ")
      row.recommendation = rule.actions.first ?? ""
      row.fingerprint = redactor.fingerprint(rule: rule.id, of: finding).hex
      put(row.fields, into: buffer)
    }
    var row = Row(type: "summary", files: String(summary.fileCount))
    row.count = String(summary.severityCounts.reduce(0, +))
    row.detail = Self.joined(RunFacts.trailer(summary))
    put(row.fields, into: buffer)
  }

  private static func joined(_ facts: [(name: String, value: String)]) -> String {
    facts.map { "\($0.name)=\($0.value)" }.joined(separator: "; ")
  }

  private func put(_ fields: [String], into buffer: ByteBuffer) {
    for (place, field) in fields.enumerated() {
      if place > 0 { buffer.append(UInt8(ascii: ",")) }
      buffer.append(utf8: CSVField.quoted(field))
    }
    buffer.append("\r\n")
  }
}

/// A field of a table as RFC 4180 writes it, and as no spreadsheet runs it.
package enum CSVField {
  package static func quoted(_ text: String) -> String {
    let safe = inert(text)
    let needsQuotes = safe.utf8.contains { byte in
      byte == UInt8(ascii: "\"") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";")
        || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "'")
    }
    guard needsQuotes else { return safe }
    var result = "\""
    for scalar in safe.unicodeScalars {
      if scalar == "\"" { result += "\"" }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }

  /// The text with ' before what makes a formula of it. Also behind a semicolon, where programs of many countries
  /// begin a new field.
  private static func inert(_ text: String) -> String {
    var result = ""
    var isAtStart = true
    for scalar in text.unicodeScalars {
      if isAtStart, isRisky(scalar) { result += "'" }
      isAtStart = scalar == ";"
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  private static func isRisky(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
    default: false
    }
  }
}
