internal import UntrailModel

/// The entries of a calendar that take place more than once.
///
/// They are followed for a year from when the calendar was written, since no clock is asked where files are read:
/// what is in that window was still to come for whoever exported the calendar.
struct CalendarSeries {
  /// Seconds from when the calendar was written, or from the first time where that lies later.
  private static let window: Int64 = 366 * 86_400
  /// The most times of one entry: a year of weeks, or ten weeks of days.
  private static let mostTimes = 60
  /// The most entries, and the most single times that replace one of a series.
  private static let most = 5000

  /// A time as a key: in UTC where that is known.
  private struct Moment: Hashable {
    var seconds: Int64
    var isUTC: Bool

    init(_ time: Timestamp) {
      seconds = time.civilSeconds - Int64(time.utcOffsetMinutes ?? 0) * 60
      isUTC = time.utcOffsetMinutes != nil
    }

    init(civil: Int64) {
      seconds = civil
      isUTC = false
    }
  }

  private struct Replaced: Hashable {
    var id: String
    var moment: Moment
  }

  private var list: [CalendarEntry] = []
  private var replaced: Set<Replaced> = []
  private var isFull = false

  mutating func add(_ entry: CalendarEntry) {
    guard list.count < Self.most else { return isFull = true }
    list.append(entry)
  }

  /// Notes that one time of a series has an entry of its own.
  mutating func replace(_ id: String, _ time: Timestamp) {
    guard replaced.count < 4 * Self.most else { return isFull = true }
    replaced.insert(Replaced(id: id, moment: Moment(time)))
  }

  /// Gives every time within the window but the first, with the field that says it.
  ///
  /// - Parameters:
  ///   - written: when the calendar was written, in seconds since 1970-01-01.
  ///   - zones: what the calendar says of its zones.
  /// - Returns: whether nothing was left out at a limit.
  func expand(
    from written: Int64?, in zones: inout CalendarZones, _ add: (Reservation, String, Int) -> Void
  ) -> Bool {
    var budget = Recurrence.Budget()
    for entry in list {
      guard let start = entry.start else { continue }
      let begin = max(start.civilSeconds, written ?? start.civilSeconds)
      let window = begin...(begin + Self.window)
      let skipped = Set((entry.exceptions + [start]).map { Moment($0) })
      var times: [Timestamp] = []
      if var rule = entry.rule {
        if let until = rule.until, until.utcOffsetMinutes == 0, let offset = start.utcOffsetMinutes {
          rule.until = until.moved(by: Int64(offset) * 60)
        }
        let found = Recurrence(rule, start: start).times(in: window, most: Self.mostTimes, &budget)
        times = found.compactMap { Self.time($0, of: entry, start, &zones) }
      }
      for time in times where !isLeftOut(time, of: entry, skipped) {
        add(entry.reservation(at: time), "ICS:RRULE", entry.offset)
      }
      for time in entry.additions.prefix(Self.mostTimes)
      where window.contains(time.civilSeconds) && !isLeftOut(time, of: entry, skipped) {
        add(entry.reservation(at: time), "ICS:RDATE", entry.offset)
      }
    }
    return !isFull && !budget.isSpent
  }

  /// A time of a series: as the first, but with the offset that its zone has then.
  private static func time(
    _ civil: Int64, of entry: CalendarEntry, _ start: Timestamp, _ zones: inout CalendarZones
  ) -> Timestamp? {
    guard var time = start.moved(by: civil - start.civilSeconds) else { return nil }
    guard entry.zone != nil else { return time }
    time.utcOffsetMinutes = nil
    return zones.place(time, in: entry.zone)
  }

  private func isLeftOut(_ time: Timestamp, of entry: CalendarEntry, _ skipped: Set<Moment>) -> Bool {
    [Moment(time), Moment(civil: time.civilSeconds), Moment(civil: time.civilDay * 86_400)].contains {
      skipped.contains($0) || replaced.contains(Replaced(id: entry.id, moment: $0))
    }
  }
}
