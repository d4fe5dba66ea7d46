internal import UntrailModel

/// Orders what rules recommend by effect for the effort: what helps most against the worst comes first.
struct FirstSteps {
  struct Step: Equatable {
    var action: String
    /// Findings that it helps against, and the titles of their rules, the worst first.
    var findingCount: Int
    var titles: [String]
  }

  /// How much worse a severity is than the one below it.
  private static let factor = 4.0

  /// - Parameters:
  ///   - counts: of findings, by the rule's position.
  ///   - limit: how many steps are given.
  static func steps(_ rules: [Rule], counts: [Int], limit: Int) -> [Step] {
    struct Tally {
      var effect = 0.0
      var findingCount = 0
      var titles: [(weight: Double, title: String)] = []
    }
    var tallies: [String: Tally] = [:]
    for (rule, count) in zip(rules, counts) where count > 0 && rule.severity > .info {
      var weight = 1.0
      for _ in 0..<Int(rule.severity.rawValue) { weight *= factor }
      for (place, action) in rule.actions.enumerated() {
        // Rules name first what does most; a thousand files are as quickly cleaned as ten.
        let share = 1 / Double(place + 1)
        tallies[action, default: Tally()].effect += weight * share * Double(min(count, 10))
        tallies[action]?.findingCount += count
        tallies[action]?.titles.append((weight, rule.title))
      }
    }
    let sorted = tallies.sorted { one, other in
      if one.value.effect != other.value.effect { return one.value.effect > other.value.effect }
      return one.key < other.key
    }
    return sorted.prefix(limit).map { action, tally in
      let titles = tally.titles.enumerated().sorted {
        ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset)
      }
      return Step(action: action, findingCount: tally.findingCount, titles: titles.map(\.element.title))
    }
  }
}
