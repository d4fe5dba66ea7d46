package import UntrailModel

/// Where a file's facts say different things of the same: what an edit, a wrong clock or a joined picture leaves.
package enum Contradictions {
  /// Observations that say what contradicts what, each at the field that disagrees with an earlier one.
  package static func find(_ observations: [Observation]) -> [Observation] {
    var found: [Observation] = []
    func note(_ text: String, _ other: Observation) {
      found.append(Observation(.contradiction, .text(text), field: other.field, offset: other.offset))
    }
    if let (first, other) = places(observations) {
      note("the positions in \(first.field) and \(other.field) are more than a kilometre apart", other)
    }
    if let (first, other) = times(observations) {
      note("the times in \(first.field) and \(other.field) are more than a day apart", other)
    }
    if let (first, other) = cameras(observations) {
      note("\(first.field) and \(other.field) name different cameras", other)
    }
    if let (first, other) = zones(observations) {
      note("the offset from UTC at \(first.field) does not fit the satellite time at \(other.field)", other)
    }
    return found
  }

  private typealias Pair = (first: Observation, other: Observation)

  private static func firstPair<Value>(
    _ observations: [Observation], _ role: Role, _ value: (Observation.Fact) -> Value?,
    _ contradicts: (Value, Value) -> Bool
  ) -> Pair? {
    var first: (index: Int, value: Value)?
    for index in observations.indices where observations[index].role.rawValue == role.rawValue {
      guard let value = value(observations[index].fact) else { continue }
      guard let known = first else {
        first = (index, value)
        continue
      }
      if contradicts(known.value, value) { return (observations[known.index], observations[index]) }
    }
    return nil
  }

  private static func places(_ observations: [Observation]) -> Pair? {
    firstPair(observations, .camera) { fact -> Coordinate? in
      guard case .location(let location) = fact else { return nil }
      return location.coordinate
    } _: {
      // A tenth of the precision of a kilometre is enough: no distance on the sphere is needed.
      let latitude = abs($0.latitude - $1.latitude)
      var longitude = abs($0.longitude - $1.longitude)
      if longitude > 180 { longitude = 360 - longitude }
      // Nearer to a pole a degree of longitude is shorter; 60 degrees halve it.
      return latitude > 0.01 || longitude > 0.02
    }
  }

  private static func times(_ observations: [Observation]) -> Pair? {
    firstPair(observations, .original) { fact -> Int64? in
      guard case .timestamp(let timestamp) = fact else { return nil }
      return timestamp.civilSeconds
    } _: {
      // Zones alone make up to 26 hours.
      abs($0 - $1) > 26 * 3600
    }
  }

  private static func cameras(_ observations: [Observation]) -> Pair? {
    firstPair(observations, .camera) { fact -> String? in
      guard case .device(let device) = fact, !device.model.isEmpty
      else { return nil }
      return device.model
    } _: {
      guard $0 != $1 else { return false }
      // One may repeat the make, or shorten.
      let (first, other) = (letters($0), letters($1))
      return !first.isEmpty && !other.isEmpty && !first.contains(other) && !other.contains(first)
    }
  }

  private static func letters(_ text: String) -> String {
    String(
      text.lowercased().unicodeScalars.filter {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
      })
  }

  /// A picture's own offset from UTC against the gap between its clock and the satellites'.
  private static func zones(_ observations: [Observation]) -> Pair? {
    func firstTime(_ role: Role, _ isWanted: (Timestamp) -> Bool) -> (index: Int, timestamp: Timestamp)? {
      for index in observations.indices where observations[index].role.rawValue == role.rawValue {
        guard case .timestamp(let timestamp) = observations[index].fact, timestamp.precision == .second,
          isWanted(timestamp)
        else { continue }
        return (index, timestamp)
      }
      return nil
    }
    let original = firstTime(.original) { $0.utcOffsetMinutes != nil }
    let satellite = firstTime(.gps) { _ in true }
    guard let original, let satellite, let minutes = original.timestamp.utcOffsetMinutes else { return nil }
    let gap = original.timestamp.civilSeconds - satellite.timestamp.civilSeconds
    let difference = abs(gap - Int64(minutes) * 60)
    // A fix may be minutes old, and over a day it is no zone.
    guard difference >= 50 * 60, difference <= 26 * 3600 else { return nil }
    return (observations[original.index], observations[satellite.index])
  }
}
