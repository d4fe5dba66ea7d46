package import UntrailModel

/// Judges files one by one. Immutable, so that all workers share one.
package final class RuleEngine: Sendable {
  private let patterns: PatternTable
  /// Each behind the rules that it requires.
  private let fileRules: [CompiledRule]
  /// Whether that is their own order too.
  private let isInOrder: Bool
  private let raises: [Int: CompiledRaise]
  private let runRules: RunRules

  package init(rules: [Rule], context: AuditContext) {
    var patterns: [ObservationPattern] = []
    var raises: [Int: CompiledRaise] = [:]
    let order = RuleOrder(rules)
    fileRules = order.sorted.compactMap { index in
      guard case .file(let condition) = rules[index].match else { return nil }
      raises[index] = CompiledRaise(rules[index], in: rules, context, &patterns)
      return CompiledRule(
        index, CompiledCondition(condition, &patterns), rules[index].severity, order.required[index] ?? [])
    }
    isInOrder = zip(fileRules, fileRules.dropFirst()).allSatisfy { $0.index < $1.index }
    self.raises = raises
    self.patterns = PatternTable(patterns, context)
    runRules = RunRules(rules, order, context)
  }

  /// What the rules for single files say of one file, in the order of the rules.
  package func judge(_ observations: [Observation], _ index: ObservationIndex) -> [FileFinding] {
    if observations.isEmpty { return [] }
    let hits = Hits(observations, index, patterns)
    var findings: [FileFinding] = []
    for rule in fileRules where rule.mayHold(for: hits.patterns) {
      if !rule.required.isEmpty {
        guard rule.required.allSatisfy({ other in findings.contains { $0.rule == other } }) else { continue }
      }
      var evidence: [Int] = []
      if hits.meet(rule.condition, &evidence) {
        findings.append(FileFinding(rule: rule.index, evidence: evidence, severity: rule.severity))
      }
    }
    if !isInOrder { findings.sort { $0.rule < $1.rule } }
    if !raises.isEmpty { raise(&findings, hits) }
    return findings
  }

  private func raise(_ findings: inout [FileFinding], _ hits: Hits) {
    for place in findings.indices {
      guard let raise = raises[findings[place].rule] else { continue }
      if let rules = raise.rules {
        guard findings.contains(where: { rules.contains($0.rule) }) else { continue }
      }
      var ignored: [Int] = []
      if let condition = raise.condition, !hits.meet(condition, &ignored) { continue }
      findings[place].severity = raise.severity
    }
  }

  /// What the rules for the run as a whole say of what was derived from it, in the order of the rules. The rules for
  /// files together are not looked at: `Correlator.findings(derived:)` judges both, and knows which others matched.
  ///
  /// - Parameter matched: positions of the rules that matched, for those that require others.
  package func judgeRun(_ observations: [Observation], matched: Set<Int> = []) -> [GroupFinding] {
    let hits = runRules.hits(observations)
    var matched = matched
    var findings: [GroupFinding] = []
    for rule in runRules.rules {
      guard let finding = runRules.judge(rule, observations, hits, matched) else { continue }
      matched.insert(rule.index)
      findings.append(finding)
    }
    findings = findings.map { runRules.raised($0, hits, matched) }
    return findings.sorted { $0.rule < $1.rule }
  }
}

/// The rules that are held against what was derived from all files of a run.
struct RunRules: Sendable {
  /// Each behind the rules that it requires.
  let rules: [CompiledRule]
  private let raises: [Int: CompiledRaise]
  private let patterns: PatternTable

  init(_ rules: [Rule], _ order: RuleOrder, _ context: AuditContext) {
    var patterns: [ObservationPattern] = []
    var raises: [Int: CompiledRaise] = [:]
    self.rules = order.sorted.compactMap { index in
      guard case .run(let condition) = rules[index].match else { return nil }
      raises[index] = CompiledRaise(rules[index], in: rules, context, &patterns)
      return CompiledRule(
        index, CompiledCondition(condition, &patterns), rules[index].severity, order.required[index] ?? [])
    }
    self.raises = raises
    self.patterns = PatternTable(patterns, context)
  }

  func hits(_ observations: [Observation]) -> Hits {
    Hits(observations, ObservationIndex(observations), patterns)
  }

  func judge(
    _ rule: CompiledRule, _ observations: [Observation], _ hits: Hits, _ matched: Set<Int>
  ) -> GroupFinding? {
    guard !observations.isEmpty, rule.mayHold(for: hits.patterns), rule.required.allSatisfy(matched.contains)
    else { return nil }
    var evidence: [Int] = []
    guard hits.meet(rule.condition, &evidence) else { return nil }
    return GroupFinding(
      rule: rule.index, group: .run, count: evidence.count, fileCount: 0, examples: [],
      severity: rule.severity, evidence: evidence.map { observations[$0] })
  }

  /// - Parameter matched: all rules that matched in the run.
  func raised(_ finding: GroupFinding, _ hits: Hits, _ matched: Set<Int>) -> GroupFinding {
    guard let raise = raises[finding.rule], raise.rules.map({ !matched.isDisjoint(with: $0) }) ?? true else {
      return finding
    }
    var ignored: [Int] = []
    if let condition = raise.condition, !hits.meet(condition, &ignored) { return finding }
    var raised = finding
    raised.severity = raise.severity
    return raised
  }
}

/// A condition whose patterns are numbers of a table.
indirect enum CompiledCondition: Sendable {
  case all([CompiledCondition])
  case any([CompiledCondition])
  case not(CompiledCondition)
  case observation(Int)

  /// - Parameter patterns: gets those of the condition; the place of each is its number.
  init(_ condition: Condition, _ patterns: inout [ObservationPattern]) {
    switch condition {
    case .all(let parts): self = .all(parts.map { CompiledCondition($0, &patterns) })
    case .any(let parts): self = .any(parts.map { CompiledCondition($0, &patterns) })
    case .not(let part): self = .not(CompiledCondition(part, &patterns))
    case .observation(let pattern):
      self = .observation(patterns.count)
      patterns.append(pattern)
    }
  }

  /// Sets of patterns of which one must have been found whole, or the condition cannot hold.
  fileprivate var requirements: [NumberSet] {
    switch self {
    case .not: return [NumberSet()]
    case .observation(let number):
      var set = NumberSet()
      set.insert(number)
      return [set]
    case .any(let parts): return parts.flatMap(\.requirements)
    case .all(let parts):
      var sets = [NumberSet()]
      for part in parts {
        let more = part.requirements
        // Of many alternatives none is required: the others of the parts still are.
        guard sets.count * more.count <= 16 else { continue }
        sets = sets.flatMap { set in
          more.map { other in
            var both = set
            both.formUnion(other)
            return both
          }
        }
      }
      return sets
    }
  }
}

/// A rule with a condition, with what lets most files pass it by.
final class CompiledRule: Sendable {
  let index: Int
  let condition: CompiledCondition
  let severity: Severity
  /// Positions of the rules without which it does not match.
  let required: [Int]
  private let requirements: [NumberSet]

  init(_ index: Int, _ condition: CompiledCondition, _ severity: Severity, _ required: [Int]) {
    self.index = index
    self.condition = condition
    self.severity = severity
    self.required = required
    requirements = condition.requirements
  }

  func mayHold(for found: NumberSet) -> Bool {
    requirements.contains { $0.mayBeSubset(of: found) }
  }
}

/// What the patterns find in one file.
struct Hits {
  /// Patterns and the observations that they hold of, in the order of the observations.
  private var pairs: [(pattern: UInt32, place: UInt32)] = []
  private(set) var patterns = NumberSet()

  init(_ observations: [Observation], _ index: ObservationIndex, _ table: PatternTable) {
    for place in observations.indices {
      table.forEach(admitting: index.entries[place]) { number in
        if table.holds(Int(number), observations[place]) { add(number, place) }
      }
    }
  }

  private mutating func add(_ pattern: UInt32, _ place: Int) {
    pairs.append((pattern, UInt32(place)))
    patterns.insert(Int(pattern))
  }

  /// Whether a condition holds; what made it hold is added to `evidence`, each observation once.
  func meet(_ condition: CompiledCondition, _ evidence: inout [Int]) -> Bool {
    switch condition {
    case .all(let parts):
      let count = evidence.count
      for part in parts where !meet(part, &evidence) {
        evidence.removeLast(evidence.count - count)
        return false
      }
      return true
    case .any(let parts):
      // Every part is tried, so that the evidence names all there is.
      var isMet = false
      for part in parts { isMet = meet(part, &evidence) || isMet }
      return isMet
    case .not(let part):
      var ignored: [Int] = []
      return !meet(part, &ignored)
    case .observation(let number):
      guard patterns.mayContain(number) else { return false }
      // A file can hold thousands of contacts: what is there already is then looked up, not searched for.
      let before = evidence.count
      let known = before > 32 ? Set(evidence) : nil
      var isMet = false
      for pair in pairs where pair.pattern == number {
        isMet = true
        let place = Int(pair.place)
        if known?.contains(place) ?? evidence[..<before].contains(place) { continue }
        evidence.append(place)
      }
      return isMet
    }
  }
}
