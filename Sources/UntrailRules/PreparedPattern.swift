internal import UntrailModel

/// A pattern ready to be held against many observations: it is not copied to be looked at.
final class PreparedPattern: Sendable {
  let kind: Kind
  let roles: RoleSet
  private let fields: [String]
  private let precision: ObservationPattern.Precision?
  private let attributes: [ObservationPattern.Attribute]
  private let text: PreparedText?
  private let numbers: PreparedNumbers?
  private let site: PreparedSite?
  /// Whether kind, role and field are all that counts.
  private let isPlain: Bool
  private let day: Int64
  /// Whether nothing can be as described: it is asked about a trip, and none is given, or it has no such place or name.
  let isImpossible: Bool

  init(_ pattern: ObservationPattern, _ context: AuditContext) {
    day = context.day
    kind = pattern.kind
    roles = pattern.roles
    fields = pattern.fields
    precision = pattern.precision
    attributes = pattern.attributes
    text = pattern.text.map { PreparedText($0, context) }
    numbers = pattern.numbers.isEmpty ? nil : PreparedNumbers(pattern.numbers, context)
    site =
      pattern.places.isEmpty && pattern.times.isEmpty
      ? nil : PreparedSite(pattern.places, pattern.times, context)
    isImpossible = (text?.isImpossible ?? false) || (site?.isImpossible ?? false)
    isPlain =
      pattern.attributes.isEmpty && pattern.precision == nil && pattern.text == nil
      && pattern.numbers.isEmpty && pattern.places.isEmpty && pattern.times.isEmpty
  }

  /// Whether an observation is as described.
  func matches(_ observation: borrowing Observation) -> Bool {
    guard observation.kind.rawValue == kind.rawValue, roles.contains(observation.role) else { return false }
    guard fields.isEmpty || fields.contains(observation.field) else { return false }
    if isPlain { return true }
    let fact = observation.fact
    for attribute in attributes where !states(fact, attribute) { return false }
    if let precision {
      guard case .location(let location) = fact else { return false }
      guard location.isCoarse == (precision == .coarse) else { return false }
    }
    if let text, !text.holds(fact.text ?? "") { return false }
    if let numbers, !numbers.hold(observation) { return false }
    if let site, !site.holds(observation) { return false }
    return true
  }

  private func states(_ fact: Observation.Fact, _ attribute: ObservationPattern.Attribute) -> Bool {
    switch (fact, attribute) {
    case (.location(let location), .time): location.time != nil
    case (.location(let location), .altitude): location.altitude != nil
    case (.location(let location), .accuracy): location.accuracy != nil
    case (.location(let location), .speed): location.speed != nil
    case (.location(let location), .course): location.course != nil
    case (.location(let location), .direction): location.direction != nil
    case (.timestamp(let timestamp), .utcOffset): timestamp.utcOffsetMinutes != nil
    case (.timestamp(let timestamp), .time): timestamp.precision != .day
    case (.track(let track), .time): track.start != nil
    case (.travel(let travel), .place): !travel.from.isEmpty || !travel.to.isEmpty || travel.coordinate != nil
    case (.travel(let travel), .traveller): !travel.traveller.isEmpty
    case (.travel(let travel), .time): travel.start != nil
    case (.travel(let travel), .future): (travel.end ?? travel.start).map { $0.civilDay >= day } ?? false
    default: false
    }
  }
}
