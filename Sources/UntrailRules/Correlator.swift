package import UntrailModel

/// Counts over the files of a run for the rules that look at files together.
///
/// Holds one entry per group and one per distinct thing counted in it, never the files themselves; where the time
/// between things counts, one per thing and the paths of the files.
package struct Correlator {
  /// How many files of a group are named.
  package static let exampleLimit = 20

  private let rules: [Compiled]
  private let order: RuleOrder
  private let runRules: RunRules
  private let context: AuditContext
  private let patterns: PatternTable
  private let raisePatterns: PatternTable
  private var groups: [Key: GroupTally] = [:]
  /// For each rule whether it is not for single files.
  private let isForRun: [Bool]
  /// Positions of the rules that matched in a file.
  private var matched: Set<Int> = []

  /// A rule for files together, and the numbers of its patterns.
  private final class Compiled {
    let index: Int
    let correlation: Correlation
    let severity: Severity
    let raise: CompiledRaise?
    /// Of its patterns in the table.
    let numbers: Range<Int>

    init(
      _ index: Int, _ correlation: Correlation, _ severity: Severity, _ raise: CompiledRaise?,
      _ numbers: Range<Int>
    ) {
      self.index = index
      self.correlation = correlation
      self.severity = severity
      self.raise = raise
      self.numbers = numbers
    }
  }

  private struct Key: Hashable {
    var rule: Int
    var group: Group
  }

  private enum Group: Hashable {
    case run
    case folder([UInt8])
    case value(String)
    /// Row and column of a cell of 0.002 degree.
    case cell(Int, Int)
    case day(Int64)

    var sortText: String {
      switch self {
      case .run: ""
      case .folder(let path): String(decoding: path, as: UTF8.self)
      case .value(let text): text
      case .cell(let row, let column): "\(row) \(column)"
      case .day(let day): "\(day)"
      }
    }

    func shown(_ kind: Kind, _ role: Role, _ grouping: Correlation.Grouping) -> GroupFinding.Group {
      switch self {
      case .run: .run
      case .folder(let path): .folder(path)
      case .value(let text):
        // A name that its owner gave a device is as private as a serial number; make and model are not.
        grouping == .device && kind == .device ? .device(text) : .value(kind, role, text)
      case .cell(let row, let column):
        Coordinate(
          latitude: (Double(row) + 0.5) / cellsPerDegree, longitude: (Double(column) + 0.5) / cellsPerDegree
        )
        .map { .place($0) } ?? .run
      case .day(let day): .day(day)
      }
    }

    static func cell(_ coordinate: Coordinate) -> Group {
      .cell(
        Int((coordinate.latitude * cellsPerDegree).rounded(.down)),
        Int((coordinate.longitude * cellsPerDegree).rounded(.down)))
    }
  }

  /// A group, and the kind and role by which its value is shown.
  private typealias Membership = (group: Group, kind: Kind, role: Role)

  package init(rules: [Rule], context: AuditContext) {
    self.context = context
    isForRun = rules.map { if case .file = $0.match { false } else { true } }
    order = RuleOrder(rules)
    runRules = RunRules(rules, order, context)
    var patterns: [ObservationPattern] = []
    var raisePatterns: [ObservationPattern] = []
    self.rules = rules.enumerated().compactMap { index, rule in
      guard case .correlation(let correlation) = rule.match else { return nil }
      let first = patterns.count
      patterns.append(correlation.pattern)
      patterns += correlation.followedBy
      let raise = CompiledRaise(rule, in: rules, context, &raisePatterns)
      return Compiled(index, correlation, rule.severity, raise, first..<patterns.count)
    }
    self.patterns = PatternTable(patterns, context)
    self.raisePatterns = PatternTable(raisePatterns, context)
  }

  /// Takes one file into the counts. Files must come in the order of the walk.
  package mutating func add(_ file: JudgedFile) {
    for finding in file.findings { matched.insert(finding.rule) }
    let entries = file.index.entries
    let admitted = patterns.admitted(entries)
    var facts = FileFacts(file, context)
    for rule in rules {
      var known: Weight?
      for (step, number) in rule.numbers.enumerated() where admitted.mayContain(number) {
        for place in entries.indices where patterns.mayAdmit(number, entries[place]) {
          let observation = file.examination.observations[place]
          guard patterns.holds(number, observation) else { continue }
          let weight = known ?? self.weight(rule, file)
          known = weight
          count(observation, rule, step, file, &facts, weight)
        }
      }
    }
  }

  private mutating func count(
    _ observation: Observation, _ rule: Compiled, _ step: Int, _ file: JudgedFile, _ facts: inout FileFacts,
    _ weight: Weight
  ) {
    let correlation = rule.correlation
    let counted = Self.counted(observation, correlation.count, &facts)
    if counted.isEmpty { return }
    var time: Int64?
    if correlation.within != nil {
      guard let found = facts.time(of: observation)?.seconds else { return }
      time = found
    }
    for membership in Self.groups(observation, file, correlation.groupBy, &facts) {
      let key = Key(rule: rule.index, group: membership.group)
      func add(to tally: inout GroupTally) {
        for thing in counted {
          if let time {
            tally.add(thing, file, at: time, step: correlation.followedBy.isEmpty ? nil : step)
          } else {
            tally.add(thing, file)
          }
        }
        if weight.isRaised { tally.isRaised = true }
        if weight.meetsCondition { tally.meetsCondition = true }
      }
      add(to: &groups[key, default: GroupTally(membership.kind, membership.role)])
    }
  }

  /// What a file does to the severity of its groups' findings.
  private struct Weight {
    /// It meets all that is asked for.
    var isRaised = false
    /// It meets the condition, if there is one.
    var meetsCondition = false
  }

  private func weight(_ rule: Compiled, _ file: JudgedFile) -> Weight {
    guard let raise = rule.raise else { return Weight() }
    if let condition = raise.condition {
      var ignored: [Int] = []
      let hits = Hits(file.examination.observations, file.index, raisePatterns)
      guard hits.meet(condition, &ignored) else { return Weight() }
    }
    let isRaised = raise.rules.map { rules in file.findings.contains { rules.contains($0.rule) } } ?? true
    return Weight(isRaised: isRaised, meetsCondition: true)
  }

  private static func counted(
    _ observation: Observation, _ counting: Correlation.Counting, _ facts: inout FileFacts
  ) -> [GroupTally.Counted] {
    switch (counting, observation.fact) {
    case (.files, _): return [.file]
    case (.places, .location(let location)): return [.number(location.coordinate.cell(cellsPerDegree: 100))]
    case (.utcOffsets, .timestamp(let timestamp)):
      return timestamp.utcOffsetMinutes.map { [.number(Int($0))] } ?? []
    case (.utcOffsets, .utcOffset(let minutes)): return [.number(Int(minutes))]
    case (.values, _): return observation.text.map { [.text($0)] } ?? []
    case (.days, _): return facts.time(of: observation).map { [.number(Int($0.day))] } ?? []
    case (.people, .person(let name)): return [.text(name)]
    case (.people, _): return facts.people.map { .text($0.name) }
    default: return []
    }
  }

  private static let cellsPerDegree = 500.0

  private static func groups(
    _ observation: Observation, _ file: JudgedFile, _ grouping: Correlation.Grouping,
    _ facts: inout FileFacts
  ) -> [Membership] {
    func plain(_ group: Group) -> Membership { (group, observation.kind, observation.role) }
    switch grouping {
    case .run: return [plain(.run)]
    case .folder: return [plain(.folder(Array(file.examination.artifact.path.parent)))]
    case .value: return observation.text.map { [plain(.value($0))] } ?? []
    case .device:
      return facts.device.map { [(group: .value($0.text), kind: $0.kind, role: $0.role)] } ?? []
    case .person:
      if case .person(let name) = observation.fact { return [plain(.value(name))] }
      return facts.people.map { (group: .value($0.name), kind: .person, role: $0.role) }
    case .place:
      let positions = FileFacts.position(observation).map { [$0] } ?? facts.positions
      var cells: [Group] = []
      for position in positions where !cells.contains(.cell(position)) { cells.append(.cell(position)) }
      return cells.map(plain)
    case .day: return facts.time(of: observation).map { [plain(.day($0.day))] } ?? []
    case .ends:
      guard case .track(let track) = observation.fact else { return [] }
      let cells = [track.points.first, track.points.last].compactMap(\.self).map { Group.cell($0.coordinate) }
      return (cells.count == 2 && cells[0] == cells[1] ? [cells[0]] : cells).map(plain)
    }
  }

  /// What the rules for files together, and those for the run as a whole, say: in the order of the rules, then of the
  /// groups' first files.
  ///
  /// - Parameter derived: what was derived from the run, of the kind `movement`.
  package func findings(derived: [Observation] = []) -> [GroupFinding] {
    var matched = matched
    var groupFindings: [Int: [Weighed]] = [:]
    var runFindings: [Int: GroupFinding] = [:]
    let hits = runRules.hits(derived)
    let correlations = Dictionary(grouping: rules, by: \.index).compactMapValues(\.first)
    let runs = Dictionary(grouping: runRules.rules, by: \.index).compactMapValues(\.first)
    let keys = Dictionary(grouping: groups.keys, by: \.rule)
    for index in order.sorted where order.required[index]?.allSatisfy(matched.contains) ?? false {
      if let rule = correlations[index] {
        let found = findings(rule, keys[index] ?? [])
        groupFindings[index] = found
        if !found.isEmpty { matched.insert(index) }
      } else if let rule = runs[index], let found = runRules.judge(rule, derived, hits, matched) {
        runFindings[index] = found
        matched.insert(index)
      }
    }
    return order.sorted.sorted().flatMap { index in
      if let found = runFindings[index] { return [runRules.raised(found, hits, matched)] }
      return (groupFindings[index] ?? []).map { raisedByRun($0, correlations[index]?.raise, matched) }
    }
  }

  /// A finding, and whether a file of its group meets the condition under which it weighs more.
  private struct Weighed {
    var finding: GroupFinding
    var meetsCondition: Bool
    var sortText: String
  }

  /// The finding, raised where its rule names rules that are not for single files, and one of them matched.
  private func raisedByRun(_ found: Weighed, _ raise: CompiledRaise?, _ matched: Set<Int>) -> GroupFinding {
    var finding = found.finding
    if let raise, found.meetsCondition,
      raise.rules?.contains(where: { isForRun[$0] && matched.contains($0) }) ?? false
    {
      finding.severity = raise.severity
    }
    return finding
  }

  private func findings(_ rule: Compiled, _ keys: [Key]) -> [Weighed] {
    var reached: [Weighed] = []
    for key in keys {
      guard let tally = groups[key] else { continue }
      let result = tally.result(rule.correlation)
      guard result.count >= rule.correlation.atLeast else { continue }
      let severity = tally.isRaised ? rule.raise?.severity ?? rule.severity : rule.severity
      reached.append(
        Weighed(
          finding: GroupFinding(
            rule: rule.index, group: key.group.shown(tally.kind, tally.role, rule.correlation.groupBy),
            count: result.count, fileCount: result.fileCount, examples: result.examples, severity: severity),
          meetsCondition: tally.meetsCondition, sortText: key.group.sortText))
    }
    reached.sort { left, right in
      let first = (left.finding.examples.first?.ordinal ?? 0, left.sortText)
      let second = (right.finding.examples.first?.ordinal ?? 0, right.sortText)
      return first < second
    }
    return reached
  }
}
