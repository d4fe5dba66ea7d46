package import UntrailModel

/// Judges files one by one. Immutable, so that all workers share one.
package final class RuleEngine: Sendable {
  private let patterns: PatternTable
  private let fileRules: [CompiledRule]

  /// - Parameter day: the day of the audit, in days since 1970-01-01.
  package init(rules: [Rule], day: Int64) {
    var patterns: [ObservationPattern] = []
    fileRules = rules.enumerated().compactMap { index, rule in
      guard case .file(let condition) = rule.match else { return nil }
      return CompiledRule(index, CompiledCondition(condition, &patterns))
    }
    self.patterns = PatternTable(patterns, day: day)
  }

  /// What the rules for single files say of one file, in the order of the rules.
  package func judge(_ observations: [Observation], _ index: ObservationIndex) -> [FileFinding] {
    if observations.isEmpty { return [] }
    var hits = Hits()
    for place in observations.indices {
      patterns.forEach(admitting: index.entries[place]) { number in
        if patterns.holds(Int(number), observations[place]) { hits.add(number, place) }
      }
    }
    var findings: [FileFinding] = []
    for rule in fileRules where rule.mayHold(for: hits.patterns) {
      var evidence: [Int] = []
      if hits.meet(rule.condition, &evidence) {
        findings.append(FileFinding(rule: rule.index, evidence: evidence))
      }
    }
    return findings
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

/// A rule for single files, with what lets most files pass it by.
private final class CompiledRule: Sendable {
  let index: Int
  let condition: CompiledCondition
  private let requirements: [NumberSet]

  init(_ index: Int, _ condition: CompiledCondition) {
    self.index = index
    self.condition = condition
    requirements = condition.requirements
  }

  func mayHold(for found: NumberSet) -> Bool {
    requirements.contains { $0.mayBeSubset(of: found) }
  }
}

/// What the patterns find in one file.
private struct Hits {
  /// Patterns and the observations that they hold of, in the order of the observations.
  private var pairs: [(pattern: UInt16, place: UInt32)] = []
  private(set) var patterns = NumberSet()

  mutating func add(_ pattern: UInt16, _ place: Int) {
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
      var isMet = false
      for pair in pairs where pair.pattern == number {
        isMet = true
        if !evidence.contains(Int(pair.place)) { evidence.append(Int(pair.place)) }
      }
      return isMet
    }
  }
}
