/// A rule's verdict on one file.
package struct FileFinding: Sendable, Equatable {
  /// Position in the run's rules.
  package var rule: Int
  /// The observations that made the rule match, as positions in the examination.
  package var evidence: [Int]
  /// The rule's own, or what the rule raises it to.
  package var severity: Severity

  package init(rule: Int, evidence: [Int], severity: Severity) {
    self.rule = rule
    self.severity = severity
    self.evidence = evidence
  }
}

/// A finding that somebody does not want to see again for a time, and why.
package struct Suppressed<Finding: Sendable & Equatable>: Sendable, Equatable {
  package var finding: Finding
  /// In the words of whoever asked for it.
  package var reason: String

  package init(_ finding: Finding, reason: String) {
    self.finding = finding
    self.reason = reason
  }
}

/// A rule's verdict on files taken together.
package struct GroupFinding: Sendable, Equatable {
  /// Position in the run's rules.
  package var rule: Int
  /// What the files have in common.
  package var group: Group
  /// What was counted, and how far the count went.
  package var count: Int
  /// How many files took part.
  package var fileCount: Int
  /// The first files of the group, in the order of the walk.
  package var examples: [FileReference]
  /// The rule's own, or what the rule raises it to.
  package var severity: Severity
  /// What was derived from the run and made the rule match; empty for counts over files.
  package var evidence: [Observation]

  package enum Group: Sendable, Hashable {
    case run
    case folder([UInt8])
    /// The kind and role say how private the value is.
    case value(Kind, Role, String)
    /// The middle of a cell of 0.002 degree.
    case place(Coordinate)
    /// Make and model.
    case device(String)
    /// Days since 1970-01-01.
    case day(Int64)
  }

  package init(
    rule: Int, group: Group, count: Int, fileCount: Int, examples: [FileReference], severity: Severity,
    evidence: [Observation] = []
  ) {
    self.rule = rule
    self.severity = severity
    self.evidence = evidence
    self.group = group
    self.count = count
    self.fileCount = fileCount
    self.examples = examples
  }
}

/// An artifact and its number in the order of the walk.
package struct FileReference: Sendable, Equatable {
  /// From 1.
  package var ordinal: Int
  package var path: PathBytes

  package init(ordinal: Int, path: PathBytes) {
    self.ordinal = ordinal
    self.path = path
  }
}

/// One artifact of a run: what was learnt of it, and what the rules say.
package struct JudgedFile: Sendable {
  /// From 1, in the order of the walk.
  package var ordinal: Int
  package var examination: Examination
  package var index: ObservationIndex
  package var findings: [FileFinding]
  /// Findings that are not among `findings` because somebody asked for it.
  package var suppressed: [Suppressed<FileFinding>] = []

  package init(
    ordinal: Int, examination: Examination, index: ObservationIndex, findings: [FileFinding]
  ) {
    self.ordinal = ordinal
    self.examination = examination
    self.index = index
    self.findings = findings
  }
}

/// What every report says of the run before the first file.
package struct RunHeader: Sendable {
  package var toolVersion: String
  package var libraries: [Library]
  package var privacy: PrivacyLevel
  /// The roots as given on the command line.
  package var roots: [PathBytes]
  package var rules: [Rule]
  /// The day of the audit, in days since 1970-01-01: what ends before it is past.
  package var day: Int64
  /// Tells apart what was looked for: `fnv1a64:` and 16 digits over the sources of the rules. Empty where no rules
  /// were used.
  package var ruleSetDigest = ""
  /// Of what the geography inside the program was made. Empty where it was not used.
  package var dataEdition = ""

  /// Whether only what an earlier report does not have is reported.
  package var hasBaseline = false

  /// A library that reads hostile bytes for us, and its version.
  package struct Library: Sendable {
    package var name: String
    package var version: String

    package init(name: String, version: String) {
      self.name = name
      self.version = version
    }
  }

  package init(
    toolVersion: String, libraries: [Library], privacy: PrivacyLevel, roots: [PathBytes], rules: [Rule],
    day: Int64
  ) {
    self.toolVersion = toolVersion
    self.libraries = libraries
    self.privacy = privacy
    self.roots = roots
    self.rules = rules
    self.day = day
  }
}

/// What every report says of the run after the last file.
package struct RunSummary: Sendable {
  package var fileCount: Int
  /// How many artifacts had each coverage, by its raw value.
  package var coverageCounts: [Int]
  /// How many findings of each severity, by its raw value; a group finding counts once.
  package var severityCounts: [Int]
  package var groupFindings: [GroupFinding]
  /// Findings that were left out because somebody asked for it.
  package var suppressedCount = 0
  /// Those of them that are on files taken together.
  package var suppressedGroupFindings: [Suppressed<GroupFinding>] = []
  /// How the findings compare to those of an earlier report; nil where none was given.
  package var baseline: Baseline?
  /// What the files say together; nil where nobody asked.
  package var joined: JoinedFacts?
  /// How many files hold something that this version does not read, by the code of the diagnostic.
  package var notReadCounts: [String: Int]
  /// False where the run ended before the walk did.
  package var isComplete: Bool
  package var isolation: Isolation

  /// Findings of an earlier report.
  package struct Baseline: Sendable, Equatable {
    /// Found again, and left out of this report.
    package var known: Int
    /// Not found again.
    package var gone: Int

    package init(known: Int, gone: Int) {
      self.known = known
      self.gone = gone
    }
  }

  /// How the code that reads files was kept from doing anything else.
  package struct Isolation: Sendable, Equatable {
    /// `worker`, `per-file` or `none`.
    package var mode: String
    /// The names of the layers that all workers had entered.
    package var layers: [String]
    /// Whether no layer was missing.
    package var isComplete: Bool

    package init(mode: String, layers: [String], isComplete: Bool) {
      self.mode = mode
      self.layers = layers
      self.isComplete = isComplete
    }
  }

  package init() {
    fileCount = 0
    coverageCounts = Array(repeating: 0, count: Coverage.allCases.count)
    severityCounts = Array(repeating: 0, count: Severity.allCases.count)
    groupFindings = []
    notReadCounts = [:]
    isComplete = true
    isolation = Isolation(mode: "none", layers: [], isComplete: false)
  }

  package func count(_ coverage: Coverage) -> Int { coverageCounts[Int(coverage.rawValue)] }
  package func count(_ severity: Severity) -> Int { severityCounts[Int(severity.rawValue)] }
}
