internal import UntrailBytes
internal import UntrailModel
package import UntrailReports
internal import UntrailRules

/// One report being written: its format, and where its bytes go.
package struct ReportSink {
  package var writer: any ReportWriter
  /// Takes bytes away; throws where they cannot be written.
  package var drain: (UnsafeRawBufferPointer) throws -> Void
  private let buffer = ByteBuffer()

  package init(writer: any ReportWriter, drain: @escaping (UnsafeRawBufferPointer) throws -> Void) {
    self.writer = writer
    self.drain = drain
  }

  mutating func begin(_ header: RunHeader) { writer.begin(header, into: buffer) }

  mutating func add(_ file: JudgedFile) throws {
    writer.add(file, into: buffer)
    if buffer.count >= 1 << 16 { try flush() }
  }

  mutating func end(_ summary: RunSummary) throws {
    writer.end(summary, into: buffer)
    try flush()
  }

  private mutating func flush() throws {
    try buffer.withBytes(drain)
    buffer.removeAll()
  }
}

/// Takes the judged files in the order of the walk: counts them, correlates them, and hands them to the reports.
struct Collector {
  private let rules: [Rule]
  private let day: Int64
  private let suppressions: SuppressionList
  private let redactor: Redactor
  private var baseline: Baseline?
  private var correlator: Correlator
  /// Nil where nobody asks what the files say together.
  private var joiner: Joiner?
  private var sinks: [ReportSink]
  private(set) var summary = RunSummary()

  init(
    rules: [Rule], context: AuditContext, isJoining: Bool, suppressions: SuppressionList, redactor: Redactor,
    baseline: Baseline? = nil, sinks: [ReportSink]
  ) {
    self.rules = rules
    self.suppressions = suppressions
    day = context.day
    joiner = isJoining ? Joiner(context, ZoneNames.offline) : nil
    self.redactor = redactor
    self.baseline = baseline
    self.sinks = sinks
    correlator = Correlator(rules: rules, context: context)
  }

  mutating func begin(_ header: RunHeader) {
    for index in sinks.indices { sinks[index].begin(header) }
  }

  mutating func add(_ file: JudgedFile) throws {
    // A file inside a file belongs to it.
    if file.examination.artifact.member.isEmpty {
      summary.fileCount += 1
      summary.coverageCounts[Int(file.examination.coverage.rawValue)] += 1
    }
    for diagnostic in file.examination.diagnostics
    where diagnostic.nature == .notRead && file.examination.coverage != .unsupported {
      summary.notReadCounts[diagnostic.code, default: 0] += 1
    }
    redactor.register(file)
    correlator.add(file)
    joiner?.add(file)
    let shown = shown(file)
    for finding in shown.findings { summary.severityCounts[Int(finding.severity.rawValue)] += 1 }
    for index in sinks.indices { try sinks[index].add(shown) }
  }

  /// The file without the findings that an earlier report has or that are suppressed: rules for files together have
  /// seen them before.
  private mutating func shown(_ file: JudgedFile) -> JudgedFile {
    guard baseline != nil || !suppressions.entries.isEmpty, !file.findings.isEmpty else { return file }
    var shown = file
    shown.findings.removeAll { finding in
      baseline?.contains(redactor.fingerprint(rule: rules[finding.rule].id, of: file)) ?? false
    }
    var suppressed: [Suppressed<FileFinding>] = []
    let path = file.examination.artifact.path
    shown.findings.removeAll { finding in
      guard let entry = suppressions.entry(rule: rules[finding.rule].id, path: path, day: day) else {
        return false
      }
      suppressed.append(Suppressed(finding, reason: entry.reason))
      return true
    }
    shown.suppressed = suppressed
    summary.suppressedCount += suppressed.count
    return shown
  }

  mutating func end(isComplete: Bool, isolation: RunSummary.Isolation) throws -> RunSummary {
    summary.isComplete = isComplete
    summary.isolation = isolation
    summary.joined = joiner?.facts()
    summary.groupFindings = correlator.findings(derived: summary.joined.map(Derived.observations) ?? [])
    var shown: [GroupFinding] = []
    for finding in summary.groupFindings {
      if baseline?.contains(redactor.fingerprint(rule: rules[finding.rule].id, of: finding)) ?? false {
        continue
      }
      if let entry = suppressions.entry(rule: rules[finding.rule].id, path: nil, day: day) {
        summary.suppressedGroupFindings.append(Suppressed(finding, reason: entry.reason))
      } else {
        shown.append(finding)
      }
    }
    summary.groupFindings = shown
    summary.suppressedCount += summary.suppressedGroupFindings.count
    for finding in summary.groupFindings {
      summary.severityCounts[Int(finding.severity.rawValue)] += 1
    }
    summary.baseline = baseline.map { RunSummary.Baseline(known: $0.known, gone: isComplete ? $0.gone : 0) }
    for index in sinks.indices { try sinks[index].end(summary) }
    return summary
  }
}
