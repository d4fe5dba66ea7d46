internal import UntrailModel

/// What the patterns find in one file.
struct Hits {
  /// Patterns and the observations that they hold of, in the order of the observations.
  private var pairs: [(pattern: UInt32, place: UInt32)] = []
  private(set) var patterns = NumberSet()

  init(_ observations: [Observation], _ index: ObservationIndex, _ table: PatternTable) {
    // An observation in a buffer is looked at where it is; one in an array is copied first.
    observations.withUnsafeBufferPointer { observations in
      for place in observations.indices {
        table.forEach(admitting: index.entries[place]) { number in
          if table.holds(Int(number), observations[place]) { add(number, place) }
        }
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
