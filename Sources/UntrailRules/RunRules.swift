internal import UntrailModel

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
