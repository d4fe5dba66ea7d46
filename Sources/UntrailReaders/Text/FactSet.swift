internal import UntrailModel

/// Adds facts that a file says again and again only once, and no more of them than a file may have.
struct FactSet {
  private struct Key: Hashable {
    var kind: Kind
    var role: Role
    var text: String
  }

  private var seen: Set<Key> = []
  private let limit: Int
  /// Whether something was left out.
  private(set) var isFull = false

  /// - Parameter limit: the most facts.
  init(limit: Int) { self.limit = max(1, limit) }

  mutating func add(
    _ role: Role, _ fact: Observation.Fact, _ field: String, at offset: Int?, into result: inout ReadResult
  ) {
    let observation = Observation(role, fact, field: field, offset: offset)
    guard let key = Self.key(observation) else {
      return result.add(role, fact, field, at: offset)
    }
    guard !seen.contains(key) else { return }
    guard seen.count < limit else {
      isFull = true
      return
    }
    seen.insert(key)
    result.add(role, fact, field, at: offset)
  }

  /// What two facts have in common that are the same; nil for those that are never.
  private static func key(_ observation: Observation) -> Key? {
    let text: String
    switch observation.fact {
    case .timestamp(let time):
      text = "\(time.civilSeconds)\(time.precision.rawValue)\(time.utcOffsetMinutes ?? -9999)"
    case .location(let location): text = "\(location.coordinate.latitude),\(location.coordinate.longitude)"
    case .utcOffset(let minutes): text = String(minutes)
    default:
      guard let said = observation.text else { return nil }
      text = said
    }
    return Key(kind: observation.kind, role: observation.role, text: text)
  }
}
