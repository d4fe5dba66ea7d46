package import UntrailBytes
package import UntrailModel

/// The findings of a run as a SARIF log with one run.
///
/// Results are written as they come. Of files and of what could not be read only what `SARIFArtifacts` and
/// `SARIFNotifications` keep waits for the end. The properties of the run, which hold the counts, come last.
///
/// Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0, errata 01.
package struct ScanSARIFWriter: ReportWriter {
  private let redactor: Redactor
  private let encoding: RecordEncoding
  private let phrases: ObservationText
  private var header: RunHeader?
  private var paths: SARIFPaths?
  private var artifacts = SARIFArtifacts()
  private var notifications = SARIFNotifications()
  private var isFirst = true

  /// - Parameter messages: English words, whatever the language of the system.
  package init(redactor: Redactor, messages: Messages) {
    self.redactor = redactor
    encoding = RecordEncoding(redactor: redactor)
    phrases = ObservationText(redactor: redactor, messages: messages)
  }

  package mutating func begin(_ header: RunHeader, into buffer: ByteBuffer) {
    self.header = header
    let paths = SARIFPaths(header)
    self.paths = paths
    buffer.append(
      "{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json\","
    )
    buffer.append("\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"untrail\",\"version\":")
    buffer.json(header.toolVersion)
    buffer.append(",\"rules\":[")
    for (place, rule) in header.rules.enumerated() {
      buffer.append(place == 0 ? "\n" : ",\n")
      self.rule(rule, into: buffer)
    }
    buffer.append("\n]}},\"language\":\"en\",\"automationDetails\":{\"id\":")
    buffer.json("untrail/scan/\(header.privacy.name)/")
    buffer.append("},\"originalUriBaseIds\":")
    paths.bases(into: buffer)
    buffer.append(",\"results\":[")
  }

  package mutating func add(_ file: JudgedFile, into buffer: ByteBuffer) {
    guard let header, let paths else { return }
    artifacts.begin(file)
    let coverage = file.examination.coverage
    guard
      !file.findings.isEmpty || !file.suppressed.isEmpty || coverage != .read
        || !file.examination.diagnostics.isEmpty
    else { return }
    let shown = redactor.path(file.examination.artifact.path, ordinal: file.ordinal)
    let member = redactor.member(file.examination.artifact.member)
    let location = paths.location(shown)
    let artifact = artifacts.place(file, location, member)
    func write(_ finding: FileFinding, reason: String?) {
      let rule = header.rules[finding.rule]
      beginResult(finding.rule, finding.severity, into: buffer)
      let evidence = phrases.evidence(finding, of: file).prefix(3).joined(separator: "; ")
      buffer.json(SARIFText.literal(evidence.isEmpty ? rule.title : "\(rule.title): \(evidence)"))
      buffer.append("},\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":")
      if let name = member.last {
        buffer.json(SARIFArtifacts.memberURI(name))
      } else {
        buffer.json(location.uri)
        if let root = location.root { buffer.append(utf8: ",\"uriBaseId\":\"ROOT\(root)\"") }
      }
      buffer.append(",\"index\":")
      buffer.append(artifact)
      buffer.append("}")
      let observations = file.examination.observations
      if let offset = finding.evidence.lazy.compactMap({ observations[$0].offset }).first, offset >= 0 {
        buffer.append(",\"region\":{\"byteOffset\":")
        buffer.append(offset)
        buffer.append("}")
      }
      buffer.append("}}]")
      endResult(
        redactor.fingerprint(rule: rule.id, of: file), finding.severity, reason,
        finding.evidence.map { observations[$0] }, into: buffer)
    }
    for finding in file.findings {
      buffer.append(isFirst ? "\n" : ",\n")
      isFirst = false
      write(finding, reason: nil)
    }
    for suppressed in file.suppressed {
      buffer.append(isFirst ? "\n" : ",\n")
      isFirst = false
      write(suppressed.finding, reason: suppressed.reason)
    }
    for diagnostic in file.examination.diagnostics { notifications.add(diagnostic, artifact: artifact) }
    if coverage != .read, file.examination.diagnostics.isEmpty {
      notifications.add(coverage, file.examination.mediaType.name, artifact: artifact)
    }
  }

  package mutating func end(_ summary: RunSummary, into buffer: ByteBuffer) {
    guard let header, let paths else { return }
    for finding in summary.groupFindings { group(finding, reason: nil, paths, into: buffer) }
    for suppressed in summary.suppressedGroupFindings {
      group(suppressed.finding, reason: suppressed.reason, paths, into: buffer)
    }
    buffer.append("\n],\"artifacts\":[")
    artifacts.entries.withBytes { buffer.append($0.bindMemory(to: UInt8.self)) }
    buffer.append("\n],\"invocations\":[{\"executionSuccessful\":")
    buffer.append(summary.isComplete ? "true" : "false")
    buffer.append(",\"toolExecutionNotifications\":")
    notifications.write(into: buffer)
    buffer.append("}],\"properties\":{\"privacy\":")
    buffer.json(header.privacy.name)
    encoding.editions(header, into: buffer)
    encoding.summary(summary, withFindings: true, into: buffer)
    buffer.append("}}]}\n")
  }

  // MARK: Parts

  private func rule(_ rule: Rule, into buffer: ByteBuffer) {
    buffer.append("{\"id\":")
    buffer.json(rule.id)
    let actions = rule.actions.enumerated().map { "\($0.offset + 1). \($0.element)" }
    let help = (["Who could use it: \(rule.who)", "What to do:"] + actions).joined(separator: "\n")
    let texts: [(StaticString, String)] = [
      ("shortDescription", rule.title), ("fullDescription", rule.shows), ("help", help),
    ]
    for (name, text) in texts {
      buffer.key(name)
      buffer.append("{\"text\":")
      buffer.json(SARIFText.literal(text))
      buffer.append("}")
    }
    buffer.append(utf8: ",\"defaultConfiguration\":{\"level\":\"\(Self.level(rule.severity))\"}")
    buffer.append(utf8: ",\"properties\":{\"severity\":\"\(rule.severity.name)\",\"category\":")
    buffer.json(rule.category)
    buffer.append(",\"tags\":[\"privacy\",")
    buffer.json(rule.category)
    buffer.append("]}}")
  }

  /// Up to the text of the message.
  private func beginResult(_ rule: Int, _ severity: Severity, into buffer: ByteBuffer) {
    buffer.append("{\"ruleId\":")
    buffer.json(header?.rules[rule].id ?? "")
    buffer.append(",\"ruleIndex\":")
    buffer.append(rule)
    buffer.append(utf8: ",\"level\":\"\(Self.level(severity))\",\"message\":{\"text\":")
  }

  /// - Parameter reason: why it was left out; nil where it was not.
  private func endResult(
    _ fingerprint: UInt64, _ severity: Severity, _ reason: String?, _ evidence: [Observation],
    into buffer: ByteBuffer
  ) {
    buffer.append(utf8: ",\"partialFingerprints\":{\"untrailFinding/v1\":\"\(fingerprint.hex)\"}")
    if header?.hasBaseline == true { buffer.append(",\"baselineState\":\"new\"") }
    buffer.append(",\"suppressions\":[")
    if let reason {
      buffer.append("{\"kind\":\"external\",\"status\":\"accepted\"")
      if redactor.isExact {
        buffer.append(",\"justification\":")
        buffer.json(reason)
      }
      buffer.append("}")
    }
    buffer.append(utf8: "],\"properties\":{\"severity\":\"\(severity.name)\",\"evidence\":")
    encoding.list(evidence, into: buffer) { encoding.observation($0, into: buffer) }
    buffer.append("}}")
  }

  private mutating func group(
    _ finding: GroupFinding, reason: String?, _ paths: SARIFPaths, into buffer: ByteBuffer
  ) {
    guard let rule = header?.rules[finding.rule] else { return }
    func folder(_ path: [UInt8]) -> String {
      // Roots themselves have no path from a root on.
      let tail = paths.relative(PathBytes(path)).tail
      return tail.isEmpty ? "." : TerminalText.escaped(PathBytes(Array(tail)))
    }
    buffer.append(isFirst ? "\n" : ",\n")
    isFirst = false
    beginResult(finding.rule, finding.severity, into: buffer)
    buffer.json(SARIFText.literal("\(rule.title): \(phrases.line(finding, rule, folder: folder))"))
    buffer.append("},\"locations\":[]")
    if !finding.examples.isEmpty {
      buffer.append(",\"relatedLocations\":")
      encoding.list(finding.examples, into: buffer) { example in
        let location = paths.location(redactor.path(example.path, ordinal: example.ordinal))
        buffer.append("{\"physicalLocation\":{\"artifactLocation\":{\"uri\":")
        buffer.json(location.uri)
        if let root = location.root { buffer.append(utf8: ",\"uriBaseId\":\"ROOT\(root)\"") }
        buffer.append("}}}")
      }
    }
    endResult(
      redactor.fingerprint(rule: rule.id, of: finding), finding.severity, reason,
      finding.evidence, into: buffer)
  }

  private static func level(_ severity: Severity) -> String {
    switch severity {
    case .critical, .high: "error"
    case .medium: "warning"
    case .low, .info: "note"
    }
  }
}
