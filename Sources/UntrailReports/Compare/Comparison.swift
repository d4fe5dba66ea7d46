package import UntrailModel

/// What became of the findings of one folder or report in another one.
package struct Comparison: Sendable, Equatable {
  package enum State: String, Sendable, CaseIterable {
    /// Found before and after.
    case stayed
    /// Found only after.
    case new
    /// Found before; the file after was not read to its end, so that nothing can be said.
    case unknown
    /// Found only before; the file is there and was read.
    case gone
    /// Found only before; the file is not there any more.
    case missing
  }

  package struct Change: Sendable, Equatable {
    package var state: State
    /// The id of the rule.
    package var rule: String
    package var severity: Severity
    /// Positions in the files of either side; both nil for a finding on files together.
    package var before: Int?
    package var after: Int?
    /// The fields that still make the rule match, or did.
    package var fields: [String]
  }

  package let before: Ledger
  package let after: Ledger
  /// In the order of the files before, then of those that are only after.
  package private(set) var changes: [Change] = []
  /// How many files are only on one side. nil where a report does not say.
  package private(set) var missingFiles: Int?
  package private(set) var addedFiles: Int?

  package init(_ before: Ledger, _ after: Ledger) {
    self.before = before
    self.after = after
    let pairs = FilePairs(before.files, after.files)
    compareFiles(pairs)
    compareTogether()
    if before.namesAllFiles, after.namesAllFiles {
      missingFiles = before.files.indices.count { before.files[$0].member.isEmpty && pairs.after[$0] == nil }
      addedFiles = after.files.indices.count { after.files[$0].member.isEmpty && pairs.before[$0] == nil }
    }
  }

  package func count(_ state: State) -> Int { changes.count { $0.state == state } }

  /// Whether all that was there was read, on both sides.
  package var isAllRead: Bool {
    before.isComplete && after.isComplete && count(.unknown) == 0
      && !(before.files + after.files).contains { $0.coverage == .partial || $0.coverage == .unreadable }
  }

  private mutating func compareFiles(_ pairs: FilePairs) {
    struct Key: Hashable {
      var file: Int
      var rule: String
    }
    var left: [Key: Int] = [:]
    for (place, finding) in after.findings.enumerated() {
      if let file = finding.file { left[Key(file: file, rule: finding.rule)] = place }
    }
    let containers = Containers(before.files, after.files, pairs)
    for finding in before.findings {
      guard let file = finding.file else { continue }
      let partner = pairs.after[file]
      if let partner, let place = left.removeValue(forKey: Key(file: partner, rule: finding.rule)) {
        let found = after.findings[place]
        changes.append(
          Change(
            state: .stayed, rule: finding.rule, severity: found.severity, before: file, after: partner,
            fields: found.fields))
        continue
      }
      let state: State =
        switch containers.coverage(file) {
        case .read?: .gone
        case .partial?, .unsupported?, .encrypted?, .unreadable?: .unknown
        case nil: after.namesAllFiles ? .missing : .gone
        }
      changes.append(
        Change(
          state: state, rule: finding.rule, severity: finding.severity, before: file, after: partner,
          fields: finding.fields))
    }
    for place in left.values.sorted() {
      let finding = after.findings[place]
      changes.append(
        Change(
          state: .new, rule: finding.rule, severity: finding.severity,
          before: finding.file.flatMap { pairs.before[$0] }, after: finding.file, fields: finding.fields))
    }
  }

  /// How much was read after of what holds a file before.
  private struct Containers {
    private var coverages: [Int: Coverage] = [:]

    init(_ before: [Ledger.File], _ after: [Ledger.File], _ pairs: FilePairs) {
      var ofPath: [[UInt8]: Coverage] = [:]
      for (place, file) in before.enumerated() where file.member.isEmpty {
        ofPath[file.path] = pairs.after[place].map { after[$0].coverage }
      }
      for (place, file) in before.enumerated() {
        coverages[place] = pairs.after[place].map { after[$0].coverage } ?? ofPath[file.path]
      }
    }

    /// nil where there is no such file after.
    func coverage(_ file: Int) -> Coverage? { coverages[file] }
  }

  /// Findings on files together: the same one where the fingerprint is the same, else one of the same rule.
  private mutating func compareTogether() {
    var left = after.findings.filter { $0.file == nil }
    var rest: [Ledger.Finding] = []
    func stayed(_ finding: Ledger.Finding) -> Change {
      Change(
        state: .stayed, rule: finding.rule, severity: finding.severity, before: nil, after: nil,
        fields: finding.fields)
    }
    for finding in before.findings where finding.file == nil {
      if let place = left.firstIndex(where: {
        $0.rule == finding.rule && $0.fingerprint == finding.fingerprint
      }) {
        changes.append(stayed(left.remove(at: place)))
      } else {
        rest.append(finding)
      }
    }
    for finding in rest {
      if let place = left.firstIndex(where: { $0.rule == finding.rule }) {
        changes.append(stayed(left.remove(at: place)))
      } else {
        changes.append(
          Change(
            state: .gone, rule: finding.rule, severity: finding.severity, before: nil, after: nil,
            fields: finding.fields))
      }
    }
    for finding in left {
      changes.append(
        Change(
          state: .new, rule: finding.rule, severity: finding.severity, before: nil, after: nil,
          fields: finding.fields))
    }
  }
}
