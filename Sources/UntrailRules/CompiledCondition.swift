internal import UntrailModel

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
  var requirements: [NumberSet] {
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
  let files: FileTest?
  /// Positions of the rules without which it does not match.
  let required: [Int]
  private let requirements: [NumberSet]

  init(
    _ index: Int, _ condition: CompiledCondition, _ severity: Severity, _ required: [Int],
    _ files: FileTest? = nil
  ) {
    self.index = index
    self.condition = condition
    self.severity = severity
    self.files = files
    self.required = required
    requirements = condition.requirements
  }

  func mayHold(for found: NumberSet) -> Bool {
    requirements.contains { $0.mayBeSubset(of: found) }
  }
}
