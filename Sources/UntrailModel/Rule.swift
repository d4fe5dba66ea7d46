/// One rule: what to look for, what it could show, who could use it, and what to do.
package struct Rule: Sendable, Equatable {
  package var id: String
  package var title: String
  package var severity: Severity
  package var category: String
  /// Which files it is for; nil for all, and for rules that are not for single files.
  package var files: FileTest?
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
  /// Ids of rules without which this one does not match: in the same file for a rule for single files, else
  /// anywhere in the run.
  package var requires: [String]
  package var raise: Raise?

  package init(
    id: String, title: String, severity: Severity, category: String, match: Match, shows: String,
    who: String, actions: [String], references: [String], falsePositives: String, tests: Tests,
    files: FileTest? = nil, requires: [String] = [], raise: Raise? = nil
  ) {
    self.id = id
    self.title = title
    self.severity = severity
    self.category = category
    self.files = files
    self.match = match
    self.shows = shows
    self.who = who
    self.actions = actions
    self.references = references
    self.falsePositives = falsePositives
    self.tests = tests
    self.requires = requires
    self.raise = raise
  }

  package enum Match: Sendable, Equatable {
    /// Judged for each file by itself.
    case file(Condition)
    /// Judged over all files of the run.
    case correlation(Correlation)
    /// Judged over what was derived from all files of the run.
    case run(Condition)
  }

  /// When a finding weighs more than the rule says by itself. All that is given must hold.
  package struct Raise: Sendable, Equatable {
    package var severity: Severity
    /// One of these rules matched the same file, or a file of the group; for rules that are not for single files,
    /// anywhere in the run. Empty for nothing.
    package var rules: [String]
    /// The trip leads to or through one of these countries, ISO 3166-1 alpha-2; empty for nothing.
    package var tripCountries: [String]
    /// What must hold of the same file, of a file of the group, or of what was derived from the run.
    package var condition: Condition?

    package init(
      _ severity: Severity, rules: [String] = [], tripCountries: [String] = [], condition: Condition? = nil
    ) {
      self.severity = severity
      self.rules = rules
      self.tripCountries = tripCountries
      self.condition = condition
    }
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
  /// All must hold; empty for nothing.
  package var numbers: [NumberTest]
  /// All must hold of one position; empty for nothing.
  package var places: [PlaceTest]
  /// All must hold of one moment, which is that of the position where both are asked for; empty for nothing.
  package var times: [TimeTest]

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
    /// The text starts, or ends, with one of these, whatever the case; empty for any.
    package var startsWith: [String]
    package var endsWith: [String]
    /// A regular expression as `LinearPattern` reads it, whatever the case; nil for any.
    package var pattern: String?
    /// One of these, letter for letter but for case; nil for any.
    package var list: [String]?
    /// Whether a protected name of the trip profile must stand in it as a whole.
    package var isProtectedName: Bool

    package init(
      equals: [String] = [], contains: [String] = [], hasDigit: Bool = false, startsWith: [String] = [],
      endsWith: [String] = [], pattern: String? = nil, list: [String]? = nil, isProtectedName: Bool = false
    ) {
      self.startsWith = startsWith
      self.endsWith = endsWith
      self.pattern = pattern
      self.list = list
      self.isProtectedName = isProtectedName
      self.equals = equals
      self.contains = contains
      self.hasDigit = hasDigit
    }
  }

  package init(
    kind: Kind, roles: RoleSet = .all, fields: [String] = [], precision: Precision? = nil,
    attributes: [Attribute] = [], text: TextTest? = nil, numbers: [NumberTest] = [],
    places: [PlaceTest] = [], times: [TimeTest] = []
  ) {
    self.kind = kind
    self.roles = roles
    self.fields = fields
    self.precision = precision
    self.attributes = attributes
    self.text = text
    self.numbers = numbers
    self.places = places
    self.times = times
  }
}

/// A count over the observations of many files.
package struct Correlation: Sendable, Equatable {
  package var pattern: ObservationPattern
  package var groupBy: Grouping
  package var count: Counting
  /// The rule matches a group that reaches this count. At least 2; at least 1 for a sequence.
  package var atLeast: Int
  /// Seconds: the longest time that what is counted may take. nil for any. What has no time is then not counted.
  package var within: Int64?
  /// What must follow `pattern`, one after another; empty where nothing is asked of the order. The count is then how
  /// often the whole sequence occurs.
  package var followedBy: [ObservationPattern]

  package enum Grouping: String, Sendable, CaseIterable {
    /// All files of the run together.
    case run
    /// The files of one folder, without those of the folders in it.
    case folder
    /// The files whose matching observation has the same text.
    case value
    /// The tracks that start or end in the same cell of 0.002 degree, about 200 metres.
    case ends
    /// The files of one device: by its serial number, else by make and model.
    case device
    /// The files that name the same person.
    case person
    /// The files with a position in the same cell of 0.002 degree.
    case place
    /// The files of one civil day.
    case day
  }

  package enum Counting: String, Sendable, CaseIterable {
    case files
    /// Distinct cells of 0.01 degree.
    case places
    /// Distinct offsets from UTC.
    case utcOffsets = "utc-offsets"
    /// Distinct texts.
    case values
    /// Distinct civil days.
    case days
    /// Distinct names of people.
    case people
  }

  package init(
    pattern: ObservationPattern, groupBy: Grouping, count: Counting, atLeast: Int, within: Int64? = nil,
    followedBy: [ObservationPattern] = []
  ) {
    self.pattern = pattern
    self.within = within
    self.followedBy = followedBy
    self.groupBy = groupBy
    self.count = count
    self.atLeast = atLeast
  }
}
