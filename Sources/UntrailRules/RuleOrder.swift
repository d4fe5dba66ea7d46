internal import UntrailModel

/// Which rule must be judged before which: a rule comes behind those that it requires.
struct RuleOrder: Sendable {
  /// For each rule the positions of those that it requires; nil where one of them is not there, so that it never matches.
  let required: [[Int]?]
  /// Positions of rules, each behind those that it requires, else in their own order. What requires itself in a circle
  /// is not among them, and neither is what requires a rule that is not there.
  let sorted: [Int]

  init(_ rules: [Rule]) {
    var positions: [String: Int] = [:]
    for (index, rule) in rules.enumerated() { positions[rule.id] = positions[rule.id] ?? index }
    required = rules.map { rule in
      let found = rule.requires.compactMap { positions[$0] }
      return found.count == rule.requires.count ? found : nil
    }
    guard rules.contains(where: { !$0.requires.isEmpty }) else {
      sorted = Array(rules.indices)
      return
    }
    var waiting = required.map { $0?.count ?? .max }
    var dependants: [[Int]] = Array(repeating: [], count: rules.count)
    for (index, others) in required.enumerated() {
      for other in others ?? [] { dependants[other].append(index) }
    }
    var order = rules.indices.filter { waiting[$0] == 0 }
    var place = 0
    while place < order.count {
      for dependant in dependants[order[place]] where waiting[dependant] != .max {
        waiting[dependant] -= 1
        if waiting[dependant] == 0 { order.append(dependant) }
      }
      place += 1
    }
    sorted = order
  }

  /// Positions of the rules with these ids, as far as they are there.
  static func positions(of ids: [String], in rules: [Rule]) -> [Int] {
    ids.compactMap { id in rules.firstIndex { $0.id == id } }
  }
}
