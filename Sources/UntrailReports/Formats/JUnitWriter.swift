package import UntrailBytes
package import UntrailModel

/// The findings of a run as JUnit XML: a failing test case for each finding, in test suites by the rule's category.
///
/// A test suite says its counts first, so each is kept until it is long enough: a category has several ("location",
/// "location 2"). The suite `coverage` has the files that were not read to their end, and the suite `run`, always
/// the last, the counts.
///
/// Source: junit-10.xsd of Jenkins' xUnit plugin; the part that is used stands in Tests/Schemas/junit.xsd.
package struct ScanJUnitWriter: ReportWriter {
  private let redactor: Redactor
  private let phrases: ObservationText
  private var rules: [Rule] = []
  private var suites: [String: Suite] = [:]
  private var suiteNumbers: [String: Int] = [:]
  private var fileCountWithFindings = 0

  private struct Suite {
    let cases = ByteBuffer(capacity: 1024)
    var tests = 0
    var failures = 0
    var errors = 0
    var skipped = 0
  }

  /// Bytes of a suite's cases from which on it is written.
  private static let suiteLimit = 64 * 1024
  private static let coverageSuite = "coverage"

  /// - Parameter messages: English words, whatever the language of the system.
  package init(redactor: Redactor, messages: Messages) {
    self.redactor = redactor
    phrases = ObservationText(redactor: redactor, messages: messages)
  }

  package mutating func begin(_ header: RunHeader, into buffer: ByteBuffer) {
    rules = header.rules
    buffer.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"untrail\">\n")
    buffer.append("<testsuite name=\"header\" tests=\"0\">\n")
    properties(RunFacts.header(header), into: buffer)
    buffer.append("</testsuite>\n")
  }

  package mutating func add(_ file: JudgedFile, into buffer: ByteBuffer) {
    guard !file.findings.isEmpty || file.examination.coverage != .read else { return }
    let artifact = file.examination.artifact
    let name = MarkupEscape.escaped(
      TerminalText.escaped(redactor.path(artifact.path, ordinal: file.ordinal))
        + TerminalText.way(redactor.member(artifact.member)))
    if !file.findings.isEmpty, artifact.member.isEmpty { fileCountWithFindings += 1 }
    for finding in file.findings {
      add(
        rules[finding.rule], finding.severity, name,
        phrases.evidence(finding, of: file).joined(separator: "; "), into: buffer)
    }
    if file.examination.coverage != .read { addUnread(file, name, into: buffer) }
  }

  package mutating func end(_ summary: RunSummary, into buffer: ByteBuffer) {
    for finding in summary.groupFindings {
      let rule = rules[finding.rule]
      let shared = phrases.group(finding) { TerminalText.escaped(PathBytes($0)) }
      let line = phrases.line(finding, rule) { TerminalText.escaped(PathBytes($0)) }
      add(rule, finding.severity, MarkupEscape.escaped(shared), line, into: buffer)
    }
    for category in suites.keys.sorted() { flush(category, into: buffer) }
    buffer.append("<testsuite name=\"run\" tests=\"1\" failures=\"0\" errors=\"")
    buffer.append(summary.isComplete ? "0" : "1")
    buffer.append("\" skipped=\"0\">\n")
    properties(
      RunFacts.trailer(summary)
        + [("filesWithoutFindings", String(max(0, summary.fileCount - fileCountWithFindings)))],
      into: buffer)
    buffer.append("<testcase name=\"all files were seen\" classname=\"untrail.run\"")
    buffer.append(
      summary.isComplete
        ? "/>\n"
        : "><error message=\"the run ended before all files were seen\" type=\"incomplete\"/></testcase>\n")
    buffer.append("</testsuite>\n</testsuites>\n")
  }

  /// - Parameters:
  ///   - name: XML.
  ///   - evidence: text.
  private mutating func add(
    _ rule: Rule, _ severity: Severity, _ name: String, _ evidence: String, into buffer: ByteBuffer
  ) {
    let actions = rule.actions.enumerated().map { "\($0.offset + 1). \($0.element)" }
    let text = (["\(evidence)", rule.shows] + actions).joined(separator: "\n")
    put(
      "<testcase name=\"\(name)\" classname=\"untrail.\(MarkupEscape.untrusted(rule.category)).\(MarkupEscape.untrusted(rule.id))\">"
        + "<failure message=\"\(MarkupEscape.untrusted(rule.title))\" type=\"\(severity.name)\">"
        + text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { MarkupEscape.escaped(String($0)) }.joined(separator: "\n")
        + "</failure></testcase>\n",
      in: rule.category, into: buffer
    ) { $0.failures += 1 }
  }

  private mutating func addUnread(_ file: JudgedFile, _ name: String, into buffer: ByteBuffer) {
    let coverage = file.examination.coverage
    let type = file.examination.mediaType.name
    let reason = file.examination.diagnostics.first { $0.nature == .damage }?.message ?? type
    let isError = coverage == .partial || coverage == .unreadable
    let message = MarkupEscape.untrusted("\(coverage.name): \(reason)")
    put(
      "<testcase name=\"\(name)\" classname=\"untrail.coverage\">"
        + (isError
          ? "<error message=\"\(message)\" type=\"\(coverage.name)\"/>" : "<skipped message=\"\(message)\"/>")
        + "</testcase>\n",
      in: Self.coverageSuite, into: buffer
    ) { suite in
      if isError { suite.errors += 1 } else { suite.skipped += 1 }
    }
  }

  private mutating func put(
    _ testCase: String, in category: String, into buffer: ByteBuffer, count: (inout Suite) -> Void
  ) {
    var suite = suites.removeValue(forKey: category) ?? Suite()
    suite.cases.append(utf8: testCase)
    suite.tests += 1
    count(&suite)
    let isLong = suite.cases.count >= Self.suiteLimit
    suites[category] = suite
    if isLong { flush(category, into: buffer) }
  }

  private mutating func flush(_ category: String, into buffer: ByteBuffer) {
    guard let suite = suites.removeValue(forKey: category) else { return }
    let number = suiteNumbers[category, default: 0] + 1
    suiteNumbers[category] = number
    let name = number == 1 ? category : "\(category) \(number)"
    buffer.append(
      utf8: "<testsuite name=\"\(MarkupEscape.untrusted(name))\" tests=\"\(suite.tests)\" "
        + "failures=\"\(suite.failures)\" errors=\"\(suite.errors)\" skipped=\"\(suite.skipped)\">\n")
    suite.cases.withBytes { buffer.append($0.bindMemory(to: UInt8.self)) }
    buffer.append("</testsuite>\n")
  }

  private func properties(_ facts: [(name: String, value: String)], into buffer: ByteBuffer) {
    buffer.append("<properties>\n")
    for (name, value) in facts {
      buffer.append(
        utf8: "<property name=\"\(name)\" value=\"\(MarkupEscape.untrusted(value))\"/>\n")
    }
    buffer.append("</properties>\n")
  }
}
