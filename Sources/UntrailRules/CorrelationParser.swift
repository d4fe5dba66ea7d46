internal import UntrailModel

/// Reads what is counted over the files of a run.
struct CorrelationParser {
  let conditions: ConditionParser
  private static let stepLimit = 8

  func correlation(_ map: YAMLMapping) throws(RuleError) -> Correlation {
    if map.has("sequence") { return try sequence(map) }
    try map.allowOnly(["of", "groupBy", "count", "atLeast", "within", "sequence"])
    let countings = Correlation.Counting.allCases.map(\.rawValue)
    let atLeast = try map.number("atLeast")
    guard atLeast >= 2 else { throw map.error("atLeast", "a count over several files is at least 2") }
    let pattern = try conditions.pattern(try map.mapping("of"))
    let grouping = try grouping(map, [pattern])
    let counting = try map.choice("count", countings) { Correlation.Counting(rawValue: $0) }
    let isCountable =
      switch counting {
      case .files, .days, .people: true
      case .places: pattern.kind == .location
      case .utcOffsets: pattern.kind == .timestamp || pattern.kind == .utcOffset
      case .values: pattern.kind.isText
      }
    guard isCountable else {
      throw map.error("count", "there are no \(counting.rawValue) to count in a \(pattern.kind.name)")
    }
    return Correlation(
      pattern: pattern, groupBy: grouping, count: counting, atLeast: atLeast,
      within: map.has("within") ? try duration(map) : nil)
  }

  private func sequence(_ map: YAMLMapping) throws(RuleError) -> Correlation {
    try map.allowOnly(["sequence", "groupBy", "within", "atLeast"])
    let steps = try map.mappings("sequence")
    guard (2...Self.stepLimit).contains(steps.count) else {
      throw map.error("sequence", "a sequence has from 2 to \(Self.stepLimit) steps")
    }
    var patterns: [ObservationPattern] = []
    for step in steps { patterns.append(try conditions.pattern(step)) }
    let atLeast = map.has("atLeast") ? try map.number("atLeast") : 1
    guard atLeast >= 1 else { throw map.error("atLeast", "a sequence occurs at least once") }
    return Correlation(
      pattern: patterns[0], groupBy: try grouping(map, patterns), count: .files, atLeast: atLeast,
      within: try duration(map), followedBy: Array(patterns.dropFirst()))
  }

  private func grouping(
    _ map: YAMLMapping, _ patterns: [ObservationPattern]
  ) throws(RuleError) -> Correlation.Grouping {
    let groupings = Correlation.Grouping.allCases.map(\.rawValue)
    let grouping = try map.choice("groupBy", groupings) { Correlation.Grouping(rawValue: $0) }
    for pattern in patterns {
      guard grouping != .value || pattern.kind.isText else {
        throw map.error("groupBy", "a \(pattern.kind.name) has no text to group by")
      }
      guard grouping != .ends || pattern.kind == .track else {
        throw map.error("groupBy", "a \(pattern.kind.name) has no ends")
      }
    }
    return grouping
  }

  /// Seconds.
  private func duration(_ map: YAMLMapping) throws(RuleError) -> Int64 {
    let text = try map.text("within")
    let units: [Character: Int64] = ["m": 60, "h": 3600, "d": 86_400]
    guard let unit = text.last.flatMap({ units[$0] }), let number = Int64(text.dropLast()),
      (1...100_000).contains(number), !text.hasPrefix("+")
    else { throw map.error("within", "a time must stand here, as 20m, 12h or 7d") }
    return number * unit
  }
}
