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
