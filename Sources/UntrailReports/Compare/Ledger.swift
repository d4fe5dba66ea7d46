package import UntrailBytes
package import UntrailModel

/// The files and findings of one side of a comparison.
package struct Ledger: Sendable, Equatable {
  package struct File: Sendable, Equatable {
    /// From the root on.
    package var path: [UInt8]
    /// The way into it, for a file inside a file.
    package var member: [String]
    /// As the level of privacy shows both.
    package var shownPath: PathBytes
    package var shownMember: [String]
    package var coverage: Coverage

    package init(
      path: [UInt8], member: [String], shownPath: PathBytes, shownMember: [String], coverage: Coverage
    ) {
      self.path = path
      self.member = member
      self.shownPath = shownPath
      self.shownMember = shownMember
      self.coverage = coverage
    }
  }

  package struct Finding: Sendable, Equatable {
    /// The id of the rule.
    package var rule: String
    package var severity: Severity
    /// Position in the files; nil for a finding on files together.
    package var file: Int?
    package var fingerprint: UInt64
    /// The fields that made the rule match, none twice.
    package var fields: [String]

    package init(rule: String, severity: Severity, file: Int?, fingerprint: UInt64, fields: [String]) {
      self.rule = rule
      self.severity = severity
      self.file = file
      self.fingerprint = fingerprint
      self.fields = fields
    }
  }

  /// As on the command line.
  package var name: PathBytes
  package var files: [File] = []
  package var findings: [Finding] = []
  /// Titles of rules by their ids, in English.
  package var titles: [String: String] = [:]
  /// Whether the files without findings are there too: a report names only those with findings, and those that were not
  /// read to their end.
  package var namesAllFiles = true
  package var isComplete = true

  package init(name: PathBytes) { self.name = name }

  /// What a report says.
  package init(_ report: EarlierReport, name: PathBytes) {
    self.init(name: name)
    namesAllFiles = false
    isComplete = report.isComplete
    titles = report.titles
    let paths = RelativePaths(report.roots)
    var places: [PathBytes: [[String]: Int]] = [:]
    func file(_ path: PathBytes, _ member: [String]) -> Int {
      if let known = places[path]?[member] { return known }
      files.append(
        File(
          path: Array(paths.relative(path).tail), member: member, shownPath: path, shownMember: member,
          coverage: .read))
      places[path, default: [:]][member] = files.count - 1
      return files.count - 1
    }
    for unread in report.unread { files[file(unread.path, unread.member)].coverage = unread.coverage }
    for finding in report.findings {
      findings.append(
        Finding(
          rule: finding.rule, severity: finding.severity, file: file(finding.path, finding.member),
          fingerprint: finding.fingerprint, fields: finding.fields))
    }
    for finding in report.groupFindings {
      findings.append(
        Finding(
          rule: finding.rule, severity: finding.severity, file: nil, fingerprint: finding.fingerprint,
          fields: finding.fields))
    }
  }
}

/// Takes down what a run finds, and writes nothing.
package final class LedgerWriter: ReportWriter {
  package private(set) var ledger: Ledger
  private let redactor: Redactor
  private var rules: [Rule] = []

  package init(redactor: Redactor, name: PathBytes) {
    self.redactor = redactor
    ledger = Ledger(name: name)
  }

  package func begin(_ header: RunHeader, into buffer: ByteBuffer) {
    rules = header.rules
    for rule in rules { ledger.titles[rule.id] = rule.title }
  }

  package func add(_ file: JudgedFile, into buffer: ByteBuffer) {
    let artifact = file.examination.artifact
    ledger.files.append(
      Ledger.File(
        path: Array(redactor.paths.relative(artifact.path).tail), member: artifact.member,
        shownPath: redactor.path(artifact.path, ordinal: file.ordinal),
        shownMember: redactor.member(artifact.member), coverage: file.examination.coverage))
    for finding in file.findings {
      add(
        finding.rule, finding.severity, ledger.files.count - 1,
        redactor.fingerprint(rule: rules[finding.rule].id, of: file),
        finding.evidence.map { file.examination.observations[$0] })
    }
  }

  package func end(_ summary: RunSummary, into buffer: ByteBuffer) {
    ledger.isComplete = summary.isComplete
    for finding in summary.groupFindings {
      add(
        finding.rule, finding.severity, nil,
        redactor.fingerprint(rule: rules[finding.rule].id, of: finding), finding.evidence)
    }
  }

  private func add(
    _ rule: Int, _ severity: Severity, _ file: Int?, _ fingerprint: UInt64, _ evidence: [Observation]
  ) {
    var fields: [String] = []
    for observation in evidence where !fields.contains(observation.field) { fields.append(observation.field) }
    ledger.findings.append(
      Ledger.Finding(
        rule: rules[rule].id, severity: severity, file: file, fingerprint: fingerprint, fields: fields))
  }
}
