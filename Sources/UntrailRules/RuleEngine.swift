package import UntrailModel

/// Judges files one by one. Immutable, so that all workers share one.
package struct RuleEngine: Sendable {
  package let rules: [Rule]
  private let fileRules: [Compiled]

  /// A rule for single files, with what lets most files pass it by.
  private struct Compiled: Sendable {
    var index: Int
    var condition: Condition
    /// The kinds without which it cannot match, as bits.
    var requiredKinds: UInt16
  }

  package init(rules: [Rule]) {
    self.rules = rules
    fileRules = rules.enumerated().compactMap { index, rule in
      guard case .file(let condition) = rule.match else { return nil }
      return Compiled(index: index, condition: condition, requiredKinds: Self.requiredKinds(condition))
    }
  }

  /// What the rules for single files say of one file, in the order of the rules.
  package func judge(_ observations: [Observation], _ index: ObservationIndex) -> [FileFinding] {
    if observations.isEmpty { return [] }
    var findings: [FileFinding] = []
    for rule in fileRules where rule.requiredKinds & ~index.kinds == 0 {
      var evidence: [Int] = []
      if Self.holds(rule.condition, observations, index, &evidence) {
        findings.append(FileFinding(rule: rule.index, evidence: evidence))
      }
    }
    return findings
  }

  private static func requiredKinds(_ condition: Condition) -> UInt16 {
    switch condition {
    case .all(let parts): parts.reduce(0) { $0 | requiredKinds($1) }
    case .any(let parts):
      parts.dropFirst().reduce(parts.first.map(requiredKinds) ?? 0) { $0 & requiredKinds($1) }
    case .not: 0
    case .observation(let pattern): ObservationIndex.bit(pattern.kind)
    }
  }

  /// Whether a condition holds; what made it hold is added to `evidence`, each observation once.
  private static func holds(
    _ condition: Condition, _ observations: [Observation], _ index: ObservationIndex,
    _ evidence: inout [Int]
  ) -> Bool {
    switch condition {
    case .all(let parts):
      let count = evidence.count
      for part in parts where !holds(part, observations, index, &evidence) {
        evidence.removeLast(evidence.count - count)
        return false
      }
      return true
    case .any(let parts):
      // Every part is tried, so that the evidence names all there is.
      var isMet = false
      for part in parts { isMet = holds(part, observations, index, &evidence) || isMet }
      return isMet
    case .not(let part):
      var ignored: [Int] = []
      return !holds(part, observations, index, &ignored)
    case .observation(let pattern):
      var isMet = false
      guard index.kinds & ObservationIndex.bit(pattern.kind) != 0 else { return false }
      for (place, entry) in index.entries.enumerated()
      where pattern.admits(entry) && pattern.matches(observations[place].field, observations[place].fact) {
        isMet = true
        if !evidence.contains(place) { evidence.append(place) }
      }
      return isMet
    }
  }
}

extension ObservationPattern {
  /// Whether the kind and the role are as described.
  func admits(_ entry: ObservationIndex.Entry) -> Bool {
    entry.kind.rawValue == kind.rawValue && roles.contains(entry.role)
  }

  /// Whether the rest of an observation is as described.
  func matches(_ field: String, _ fact: Observation.Fact) -> Bool {
    guard fields.isEmpty || fields.contains(field) else { return false }
    if attributes.isEmpty, precision == nil, text == nil { return true }
    for attribute in attributes where !Self.states(fact, attribute) { return false }
    if let precision {
      guard case .location(let location) = fact else { return false }
      guard location.isCoarse == (precision == .coarse) else { return false }
    }
    if let text { return text.holds(fact.text ?? "") }
    return true
  }

  private static func states(_ fact: Observation.Fact, _ attribute: Attribute) -> Bool {
    switch (fact, attribute) {
    case (.location(let location), .time): location.time != nil
    case (.location(let location), .altitude): location.altitude != nil
    case (.location(let location), .accuracy): location.accuracy != nil
    case (.location(let location), .speed): location.speed != nil
    case (.location(let location), .course): location.course != nil
    case (.location(let location), .direction): location.direction != nil
    case (.timestamp(let timestamp), .utcOffset): timestamp.utcOffsetMinutes != nil
    case (.timestamp(let timestamp), .time): timestamp.precision != .day
    default: false
    }
  }
}

extension ObservationPattern.TextTest {
  func holds(_ text: String) -> Bool {
    if hasDigit, !text.utf8.contains(where: { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) {
      return false
    }
    guard !equals.isEmpty || !contains.isEmpty else { return true }
    let folded = text.lowercased()
    return equals.contains(folded) || contains.contains { folded.contains($0) }
  }
}
