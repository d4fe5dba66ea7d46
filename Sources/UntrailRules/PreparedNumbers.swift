internal import UntrailModel

/// Comparisons of numbers, ready to be held against many observations.
struct PreparedNumbers: Sendable {
  private let context: AuditContext
  private let tests: [NumberTest]

  init(_ tests: [NumberTest], _ context: AuditContext) {
    self.tests = tests
    self.context = context
  }

  func hold(_ observation: borrowing Observation) -> Bool {
    for test in tests {
      guard let value = value(test.attribute, observation), test.holds(value) else { return false }
    }
    return true
  }

  private func value(_ attribute: NumberTest.Attribute, _ observation: borrowing Observation) -> Double? {
    switch attribute {
    case .hour: return first(observation) { $0.hasHour ? $0.local.map(Self.hour) : nil }
    case .year:
      return first(observation) { moment in
        moment.stated.map { Double(CivilDate.date(days: CivilDate.floorDivide($0, 86_400)).year) }
      }
    case .days:
      if case .movement(let inference) = observation.fact { return Double(inference.days) }
      return Moments(context: context).days(observation).map { Double($0.upperBound - $0.lowerBound) + 1 }
    case .utcOffset:
      switch observation.fact {
      case .timestamp(let time): return time.utcOffsetMinutes.map(Double.init)
      case .location(let location): return location.time?.utcOffsetMinutes.map(Double.init)
      case .utcOffset(let minutes): return Double(minutes)
      default: return nil
      }
    default: return plainValue(attribute, observation.fact)
    }
  }

  private func plainValue(_ attribute: NumberTest.Attribute, _ fact: Observation.Fact) -> Double? {
    switch (fact, attribute) {
    case (.location(let location), .accuracy): location.accuracy
    case (.location(let location), .altitude): location.altitude
    case (.location(let location), .speed): location.speed
    case (.location(let location), .course): location.course
    case (.location(let location), .direction): location.direction
    case (.track(let track), .pointCount): Double(track.pointCount)
    case (.hidden(let content), .byteCount): content.byteCount.map(Double.init)
    case (.movement(let inference), .count): Double(inference.count)
    case (.movement(let inference), .nights): Double(inference.nights)
    case (.movement(let inference), .confidence): inference.confidence
    case (.movement(let inference), .distance): inference.distance
    default: nil
    }
  }

  /// What the first moment of an observation says.
  private func first(_ observation: borrowing Observation, _ value: (Moments.Moment) -> Double?) -> Double? {
    var result: Double?
    _ = Moments(context: context).contains(observation) { moment in
      result = value(moment)
      return result != nil
    }
    return result
  }

  private static func hour(_ local: Int64) -> Double {
    Double((local - CivilDate.floorDivide(local, 86_400) * 86_400) / 3600)
  }
}
