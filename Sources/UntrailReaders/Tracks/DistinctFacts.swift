internal import UntrailModel

/// Adds what a file says again and again once, and no more than a report may hold.
struct DistinctFacts {
  private let limit: Int
  private var seen: Set<Key> = []

  private struct Key: Hashable {
    var field: String
    var role: Role
    var text: String
    var coordinate: Coordinate?
    var number: Int64?
  }

  /// What stays free for tracks, which are known last.
  private static let reserve = 64

  init(_ limits: Limits) { limit = max(1, limits.observations - Self.reserve) }

  /// Adds a fact, unless it was added before under the same field.
  mutating func add(
    _ role: Role, _ fact: Observation.Fact, _ field: String, at offset: Int?, into result: inout ReadResult
  ) {
    guard seen.count < limit else {
      return result.damageOnce("limit", "the file says more than \(limit) things; the rest is left out")
    }
    var key = Key(field: field, role: role, text: fact.text ?? "")
    switch fact {
    case .location(let location): key.coordinate = location.coordinate
    case .timestamp(let timestamp): key.number = timestamp.civilSeconds
    case .utcOffset(let minutes): key.number = Int64(minutes)
    case .device(let device): key.text = device.make + "\n" + device.model + "\n" + device.hostName
    default: break
    }
    if seen.insert(key).inserted { result.add(role, fact, field, at: offset) }
  }
}
