/// One rule: what to look for, what it could show, who could use it, and what to do.
package struct Rule: Sendable, Equatable {
  package var id: String
  package var title: String
  package var severity: Severity
  package var category: String
  package var match: Match
  /// What a matching file could show, in plain words.
  package var shows: String
  /// Who could use that, and how.
  package var who: String
  /// What to do, most effective first.
  package var actions: [String]
  package var references: [String]
  package var falsePositives: String
  package var tests: Tests

  package init(
    id: String, title: String, severity: Severity, category: String, match: Match, shows: String,
    who: String, actions: [String], references: [String], falsePositives: String, tests: Tests
  ) {
    self.id = id
    self.title = title
    self.severity = severity
    self.category = category
    self.match = match
    self.shows = shows
    self.who = who
    self.actions = actions
    self.references = references
    self.falsePositives = falsePositives
    self.tests = tests
  }

  package enum Match: Sendable, Equatable {
    /// Judged for each file by itself.
    case file(Condition)
    /// Judged over all files of the run.
    case correlation(Correlation)
  }

  /// The rule's own cases: each a list of files or folders below the folder of samples.
  package struct Tests: Sendable, Equatable {
    package var matching: [[String]]
    package var notMatching: [[String]]

    package init(matching: [[String]], notMatching: [[String]]) {
      self.matching = matching
      self.notMatching = notMatching
    }
  }
}

/// What must hold of a file's observations.
package indirect enum Condition: Sendable, Equatable {
  case all([Condition])
  case any([Condition])
  case not(Condition)
  /// At least one observation is as described.
  case observation(ObservationPattern)
}

/// What an observation must be like.
package struct ObservationPattern: Sendable, Equatable {
  package var kind: Kind
  package var roles: RoleSet
  /// Exact field names; empty for any.
  package var fields: [String]
  /// Only for locations: nil for any.
  package var precision: Precision?
  /// What must be stated beside the fact; empty for nothing.
  package var attributes: [Attribute]
  /// Only for facts that are text; nil for any.
  package var text: TextTest?

  package enum Precision: String, Sendable, CaseIterable {
    case exact
    case coarse
  }

  package enum Attribute: String, Sendable, CaseIterable {
    case time
    case altitude
    case accuracy
    case speed
    case course
    case direction
    case utcOffset = "utc-offset"
    /// Of travel: where it leads, in words or as a position.
    case place
    /// Of travel: that it ends on the day of the audit or later.
    case future
    /// Of travel: whose it is.
    case traveller
  }

  /// All that is given must hold.
  package struct TextTest: Sendable, Equatable {
    /// One of these, letter for letter but for case; empty for any.
    package var equals: [String]
    /// One of these inside it, whatever the case; empty for any.
    package var contains: [String]
    /// Whether a decimal digit must stand in it.
    package var hasDigit: Bool

    package init(equals: [String] = [], contains: [String] = [], hasDigit: Bool = false) {
      self.equals = equals
      self.contains = contains
      self.hasDigit = hasDigit
    }
  }

  package init(
    kind: Kind, roles: RoleSet = .all, fields: [String] = [], precision: Precision? = nil,
    attributes: [Attribute] = [], text: TextTest? = nil
  ) {
    self.kind = kind
    self.roles = roles
    self.fields = fields
    self.precision = precision
    self.attributes = attributes
    self.text = text
  }
}

/// A count over the observations of many files.
package struct Correlation: Sendable, Equatable {
  package var pattern: ObservationPattern
  package var groupBy: Grouping
  package var count: Counting
  /// The rule matches a group that reaches this count. At least 2.
  package var atLeast: Int

  package enum Grouping: String, Sendable, CaseIterable {
    /// All files of the run together.
    case run
    /// The files of one folder, without those of the folders in it.
    case folder
    /// The files whose matching observation has the same text.
    case value
    /// The tracks that start or end in the same cell of 0.002 degree, about 200 metres.
    case ends
  }

  package enum Counting: String, Sendable, CaseIterable {
    case files
    /// Distinct cells of 0.01 degree.
    case places
    /// Distinct offsets from UTC.
    case utcOffsets = "utc-offsets"
    /// Distinct texts.
    case values
  }

  package init(pattern: ObservationPattern, groupBy: Grouping, count: Counting, atLeast: Int) {
    self.pattern = pattern
    self.groupBy = groupBy
    self.count = count
    self.atLeast = atLeast
  }
}
