internal import UntrailModel

/// Where and when one observation says that something was: what conditions of place and time are held against.
struct Moments {
  /// One position, or none, with the time at it.
  struct Moment {
    var coordinate: Coordinate?
    /// Local civil time in seconds since 1970-01-01T00:00:00; nil where the zone at the place is unknown.
    var local: Int64?
    /// As the file states it; nil without a time.
    var stated: Int64?
    /// Whether there is a time of day.
    var hasHour = true

    /// Days since 1970-01-01: local, or as stated where the zone is unknown.
    var day: Int64? { (local ?? stated).map { CivilDate.floorDivide($0, 86_400) } }
  }

  let context: AuditContext

  /// Calls `body` with one moment after another, until it says that it has seen enough.
  ///
  /// - Returns: whether it said so.
  func contains(_ observation: borrowing Observation, where body: (Moment) -> Bool) -> Bool {
    switch observation.fact {
    case .location(let location):
      guard let time = location.time else { return body(Moment(coordinate: location.coordinate)) }
      return body(moment(time, at: location.coordinate, mayBeUTC: true))
    case .timestamp(let timestamp):
      return body(moment(timestamp, at: nil, mayBeUTC: observation.role == .gps))
    case .track(let track): return contains(track, where: body)
    case .travel(let travel):
      let times = [travel.start, travel.end].compactMap(\.self)
      guard !times.isEmpty else { return body(Moment(coordinate: travel.coordinate)) }
      return times.contains { body(moment($0, at: travel.coordinate, mayBeUTC: true)) }
    case .movement(let inference):
      let times = [inference.start, inference.end].compactMap(\.self)
      guard !times.isEmpty else { return body(Moment(coordinate: inference.coordinate)) }
      return times.contains { body(moment($0, at: inference.coordinate)) }
    default: return false
    }
  }

  private func contains(_ track: Track, where body: (Moment) -> Bool) -> Bool {
    func moment(_ seconds: Int64?, _ coordinate: Coordinate?) -> Moment {
      guard let seconds else { return Moment(coordinate: coordinate) }
      if track.isLocalTime { return Moment(coordinate: coordinate, local: seconds, stated: seconds) }
      return self.moment(seconds, at: coordinate)
    }
    if track.points.contains(where: { body(moment($0.time, $0.coordinate)) }) { return true }
    // Of a long track only some points are kept: its ends are known apart from them.
    return track.start.map { body(moment($0, track.points.first?.coordinate)) } ?? false
      || track.end.map { body(moment($0, track.points.last?.coordinate)) } ?? false
  }

  /// - Parameter mayBeUTC: whether an offset of 0 says that the time is given in UTC, not that it is the local zone.
  private func moment(_ time: Timestamp, at coordinate: Coordinate?, mayBeUTC: Bool) -> Moment {
    var moment = Moment(coordinate: coordinate, local: time.civilSeconds, stated: time.civilSeconds)
    moment.hasHour = time.precision != .day
    if time.utcOffsetMinutes == 0, mayBeUTC, moment.hasHour {
      moment.local = local(time.civilSeconds, coordinate)
    }
    return moment
  }

  /// - Parameter seconds: since 1970-01-01T00:00:00 UTC.
  private func moment(_ seconds: Int64, at coordinate: Coordinate?) -> Moment {
    Moment(coordinate: coordinate, local: local(seconds, coordinate), stated: seconds)
  }

  private func local(_ seconds: Int64, _ coordinate: Coordinate?) -> Int64? {
    guard let coordinate else { return nil }
    return context.utcOffset(coordinate, seconds).map { seconds &+ Int64($0) &* 60 }
  }

  /// Civil days from the first to the last; nil without a time.
  func days(_ observation: borrowing Observation) -> ClosedRange<Int64>? {
    var days: ClosedRange<Int64>?
    switch observation.fact {
    // Of thousands of points the first and the last time are enough.
    case .track(let track):
      guard let start = track.start, let end = track.end, start <= end else { return nil }
      return CivilDate.floorDivide(start, 86_400)...CivilDate.floorDivide(end, 86_400)
    default:
      _ = contains(observation) { moment in
        if let day = moment.day {
          days = min(days?.lowerBound ?? day, day)...max(days?.upperBound ?? day, day)
        }
        return false
      }
      return days
    }
  }
}

/// Conditions of place and time, ready to be held against many observations.
struct PreparedSite: Sendable {
  private let context: AuditContext
  private let places: [PlaceTest]
  private let times: [TimeTest]

  init(_ places: [PlaceTest], _ times: [TimeTest], _ context: AuditContext) {
    self.places = places
    self.times = times
    self.context = context
  }

  func holds(_ observation: borrowing Observation) -> Bool {
    let moments = Moments(context: context)
    // Something that lasts is judged by its days as a whole.
    var span: ClosedRange<Int64>?
    var country = ""
    switch observation.fact {
    case .travel: span = times.isEmpty ? nil : moments.days(observation)
    case .movement(let inference):
      span = times.isEmpty ? nil : moments.days(observation)
      country = inference.country
    default: break
    }
    return moments.contains(observation) { moment in
      places.allSatisfy { holds($0, moment.coordinate, country) }
        && (times.isEmpty || moment.stated != nil && times.allSatisfy { holds($0, moment, span) })
    }
  }

  private func holds(_ test: PlaceTest, _ coordinate: Coordinate?, _ country: String) -> Bool {
    func isIn(_ countries: [String]) -> Bool {
      let here = country.isEmpty ? coordinate.map(context.country) ?? "" : country
      return !here.isEmpty && countries.contains(here)
    }
    switch test {
    case .countries(let countries): return isIn(countries)
    case .tripCountry: return isIn((context.trip?.countries ?? []) + (context.trip?.transit ?? []))
    case .near(let latitude, let longitude, let metres):
      guard let coordinate, let middle = Coordinate(latitude: latitude, longitude: longitude) else {
        return false
      }
      return middle.distance(to: coordinate) <= metres
    case .nearProtectedPlace:
      guard let coordinate, let trip = context.trip else { return false }
      return trip.protectedPlaces.contains { $0.coordinate.distance(to: coordinate) <= $0.radius }
    case .box(let south, let west, let north, let east):
      guard let coordinate, coordinate.latitude >= south, coordinate.latitude <= north else { return false }
      let longitude = coordinate.longitude
      return west <= east
        ? longitude >= west && longitude <= east : longitude >= west || longitude <= east
    }
  }

  private func holds(_ test: TimeTest, _ moment: Moments.Moment, _ span: ClosedRange<Int64>?) -> Bool {
    guard let day = moment.day else { return false }
    let days = span ?? day...day
    let trip = context.trip?.days
    switch test {
    case .night:
      guard moment.hasHour, let local = moment.local else { return false }
      let hour = (local - CivilDate.floorDivide(local, 86_400) * 86_400) / 3600
      return hour >= 22 || hour < 7
    case .weekday: return moment.local != nil && !isWeekend(day)
    case .weekend: return moment.local != nil && isWeekend(day)
    case .onSensitiveDate:
      guard moment.local != nil, let dates = context.trip?.sensitiveDates else { return false }
      return dates.contains { date in
        guard date.days.overlaps(days) else { return false }
        guard !date.country.isEmpty, let coordinate = moment.coordinate else { return true }
        return context.country(coordinate) == date.country
      }
    case .beforeTrip: return trip.map { days.upperBound < $0.lowerBound } ?? false
    case .afterTrip: return trip.map { days.lowerBound > $0.upperBound } ?? false
    case .duringTrip: return trip.map { $0.overlaps(days) } ?? false
    case .future: return days.upperBound >= context.day
    }
  }

  /// 1970-01-01 was a Thursday.
  private func isWeekend(_ day: Int64) -> Bool {
    let sinceMonday = (day + 3) - CivilDate.floorDivide(day + 3, 7) * 7
    return sinceMonday >= 5
  }
}

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
