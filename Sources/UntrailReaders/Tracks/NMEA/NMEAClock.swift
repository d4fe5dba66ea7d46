internal import UntrailModel

/// Gives the times of day in sentences the day that other sentences state.
///
/// A time of day that is half a day or more before the last one is of the next day. Positions before the first date
/// get theirs when it is known.
struct NMEAClock {
  private var day: Int64?
  private var lastSecond: Int64 = 0
  /// Positions without a day yet, with their time of day.
  private var waiting: [(coordinate: Coordinate, second: Int64?)] = []
  /// The most positions that wait for a date.
  private static let waitingLimit = 4096
  private static let halfDay: Int64 = 43_200

  /// Takes a position.
  ///
  /// - Parameters:
  ///   - day: days since 1970, where the sentence says.
  ///   - second: seconds since midnight, where the sentence says.
  mutating func add(
    _ coordinate: Coordinate, day stated: Int64?, second: Int64?, to track: inout TrackRecorder
  ) {
    if let stated { set(day: stated, second: second ?? lastSecond, &track) }
    guard day != nil else {
      waiting.append((coordinate, second))
      if waiting.count >= Self.waitingLimit { flush(to: &track) }
      return
    }
    track.add(coordinate, time: second.flatMap { time(of: $0) })
  }

  /// Takes a date that stands without a position.
  mutating func set(day: Int64, second: Int64, _ track: inout TrackRecorder) {
    self.day = day
    lastSecond = second
    var (dayBefore, secondBefore) = (day, second)
    var times: [Int64?] = []
    for (_, second) in waiting.reversed() {
      if let second {
        if second > secondBefore + Self.halfDay { dayBefore -= 1 }
        secondBefore = second
      }
      times.append(second.map { dayBefore * 86_400 + $0 })
    }
    for (position, time) in zip(waiting, times.reversed()) { track.add(position.coordinate, time: time) }
    waiting = []
  }

  /// Hands over the positions that no date came for.
  mutating func flush(to track: inout TrackRecorder) {
    for position in waiting { track.add(position.coordinate, time: nil) }
    waiting = []
  }

  private mutating func time(of second: Int64) -> Int64? {
    guard var today = day else { return nil }
    if second + Self.halfDay < lastSecond {
      today += 1
      day = today
    } else if second > lastSecond + Self.halfDay {
      // A sentence from before midnight that came late.
      return (today - 1) * 86_400 + second
    }
    lastSecond = second
    return today * 86_400 + second
  }
}
