internal import UntrailModel

/// When a finding weighs more than its rule says, ready to be held against many.
struct CompiledRaise: Sendable {
  let severity: Severity
  /// Positions of rules; nil where no other rule is asked for.
  let rules: [Int]?
  let condition: CompiledCondition?

  /// Nil where the rule raises nothing, or the trip is not one for which it does.
  init?(_ rule: Rule, in rules: [Rule], _ context: AuditContext, _ patterns: inout [ObservationPattern]) {
    guard let raise = rule.raise, raise.severity > rule.severity else { return nil }
    if !raise.tripCountries.isEmpty {
      let trip = (context.trip?.countries ?? []) + (context.trip?.transit ?? [])
      guard trip.contains(where: raise.tripCountries.contains) else { return nil }
    }
    severity = raise.severity
    self.rules = raise.rules.isEmpty ? nil : RuleOrder.positions(of: raise.rules, in: rules)
    condition = raise.condition.map { CompiledCondition($0, &patterns) }
  }
}
