/// The kinds and roles of a file's observations, packed: what rules look at before they look at a fact.
package struct ObservationIndex: Sendable {
  /// Kind and role of each observation, in its place.
  package let entries: [Entry]

  /// A kind and a role as one number.
  package struct Entry: Sendable {
    package let code: UInt16

    package init(_ kind: Kind, _ role: Role) { code = UInt16(kind.rawValue) << 8 | UInt16(role.rawValue) }

    package var kind: Kind? { Kind(rawValue: UInt8(truncatingIfNeeded: code >> 8)) }
    package var role: Role? { Role(rawValue: UInt8(truncatingIfNeeded: code)) }
  }

  package init(_ observations: [Observation]) {
    entries = observations.indices.map { Entry(observations[$0].kind, observations[$0].role) }
  }
}
