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
        index, CompiledCondition(condition, &patterns), rules[index].severity, order.required[index] ?? [],
        rules[index].files)
    }
    isInOrder = zip(fileRules, fileRules.dropFirst()).allSatisfy { $0.index < $1.index }
    self.raises = raises
    self.patterns = PatternTable(patterns, context)
    runRules = RunRules(rules, order, context)
  }

  /// What the rules for single files say of one file, in the order of the rules.
  ///
  /// - Parameters:
  ///   - mediaType: the name of the file's type.
  ///   - isInside: whether the file is inside another one.
  package func judge(
    _ observations: [Observation], _ index: ObservationIndex, mediaType: String = "", isInside: Bool = false
  ) -> [FileFinding] {
    if observations.isEmpty { return [] }
    let hits = Hits(observations, index, patterns)
    var findings: [FileFinding] = []
    for rule in fileRules where rule.mayHold(for: hits.patterns) {
      if let files = rule.files, !files.admits(mediaType: mediaType, isInside: isInside) { continue }
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
