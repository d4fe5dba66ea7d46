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
  package func judge(_ observations: [Observation]) -> [FileFinding] {
    var kinds: UInt16 = 0
    for observation in observations { kinds |= Self.bit(observation.kind) }
    var findings: [FileFinding] = []
    for rule in fileRules where rule.requiredKinds & ~kinds == 0 {
      var evidence: [Int] = []
      if Self.holds(rule.condition, observations, &evidence) {
        findings.append(FileFinding(rule: rule.index, evidence: evidence))
      }
    }
    return findings
  }

  private static func bit(_ kind: Kind) -> UInt16 { 1 << UInt16(kind.rawValue) }

  private static func requiredKinds(_ condition: Condition) -> UInt16 {
    switch condition {
    case .all(let parts): parts.reduce(0) { $0 | requiredKinds($1) }
    case .any(let parts): parts.dropFirst().reduce(parts.first.map(requiredKinds) ?? 0) { $0 & requiredKinds($1) }
    case .not: 0
    case .observation(let pattern): bit(pattern.kind)
    }
  }

  /// Whether a condition holds; what made it hold is added to `evidence`, each observation once.
  private static func holds(
    _ condition: Condition, _ observations: [Observation], _ evidence: inout [Int]
  ) -> Bool {
    switch condition {
    case .all(let parts):
      let before = evidence
      for part in parts where !holds(part, observations, &evidence) {
        evidence = before
        return false
      }
      return true
    case .any(let parts):
      // Every part is tried, so that the evidence names all there is.
      var isMet = false
      for part in parts { isMet = holds(part, observations, &evidence) || isMet }
      return isMet
    case .not(let part):
      var ignored: [Int] = []
      return !holds(part, observations, &ignored)
    case .observation(let pattern):
      var isMet = false
      for index in observations.indices where pattern.matches(observations[index]) {
        isMet = true
        if !evidence.contains(index) { evidence.append(index) }
      }
      return isMet
    }
  }
}

extension ObservationPattern {
  /// Whether an observation is as described.
  package func matches(_ observation: Observation) -> Bool {
    guard observation.kind == kind, roles.contains(observation.role) else { return false }
    guard fields.isEmpty || fields.contains(observation.field) else { return false }
    for attribute in attributes where !Self.states(observation, attribute) { return false }
    if let precision {
      guard case .location(let location) = observation.fact else { return false }
      guard location.isCoarse == (precision == .coarse) else { return false }
    }
    if let text { return text.holds(observation.text ?? "") }
    return true
  }

  private static func states(_ observation: Observation, _ attribute: Attribute) -> Bool {
    switch (observation.fact, attribute) {
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
