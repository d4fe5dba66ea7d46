internal import UntrailModel

/// A time zone as a calendar describes it:
///
///     BEGIN:VTIMEZONE
///     TZID:Europe/Vienna
///     BEGIN:DAYLIGHT
///     TZOFFSETFROM:+0100
///     TZOFFSETTO:+0200
///     DTSTART:19700329T020000
///     RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
///     END:DAYLIGHT
///     ...
///
/// Offsets come from here only: no table of zones is at hand where files are read.
///
/// Source: RFC 5545, section 3.6.5.
struct CalendarZone {
  /// One change of the clocks, and when it comes again.
  struct Change {
    var start: Timestamp?
    var offsetBefore: Int16?
    var offset: Int16?
    var rule: RecurrenceRule?
    var dates: [Timestamp] = []
  }

  /// The most changes of one zone, and the most dates of one change.
  static let mostChanges = 500

  var name = ""
  var changes: [Change] = []
  /// What was computed for a year: when the clocks changed in it and in the year before.
  private var onsets: [Int: [(time: Int64, offset: Int16)]] = [:]

  /// Minutes east of UTC at a local time; nil where the zone does not say.
  mutating func offset(at time: Timestamp, _ budget: inout Recurrence.Budget) -> Int16? {
    let year = CivilDate.date(days: time.civilDay).year
    let known = onsets[year] ?? onsets(of: year, &budget)
    onsets[year] = known
    if let last = known.last(where: { $0.time <= time.civilSeconds }) { return last.offset }
    return changes.min { ($0.start?.civilSeconds ?? .max) < ($1.start?.civilSeconds ?? .max) }
      .flatMap { $0.offsetBefore ?? $0.offset }
  }

  /// The changes up to the end of a year, as far as they matter in it: in order.
  private func onsets(of year: Int, _ budget: inout Recurrence.Budget) -> [(time: Int64, offset: Int16)] {
    guard (2...9998).contains(year) else { return [] }
    let end = CivilDate.days(year: year + 1, month: 1, day: 1) * 86_400 - 1
    let begin = CivilDate.days(year: year - 1, month: 1, day: 1) * 86_400
    var list: [(time: Int64, offset: Int16)] = []
    for change in changes {
      guard let offset = change.offset, let start = change.start else { continue }
      var times = [start.civilSeconds] + change.dates.map(\.civilSeconds)
      if var rule = change.rule {
        // The end of the rule is in UTC, its beginning in the local time before the change.
        if let until = rule.until, until.utcOffsetMinutes == 0 {
          rule.until = until.moved(by: Int64(change.offsetBefore ?? 0) * 60)
        }
        times += Recurrence(rule, start: start).times(in: begin...end, most: 8, &budget)
        // A rule that ended earlier still says what holds since.
        if let until = rule.until, until.civilSeconds < begin {
          let before = (until.civilSeconds - 400 * 86_400)...until.civilSeconds
          times += Recurrence(rule, start: start).times(in: before, most: 8, &budget)
        }
      }
      list += times.filter { $0 <= end }.map { ($0, offset) }
    }
    return list.sorted { $0.time < $1.time }
  }
}

/// The zones of a calendar, by name.
struct CalendarZones {
  private var zones: [String: CalendarZone] = [:]
  private var budget = Recurrence.Budget()
  private static let mostZones = 1000

  mutating func add(_ zone: CalendarZone) {
    guard !zone.name.isEmpty, zones.count < Self.mostZones else { return }
    zones[zone.name] = zone
  }

  /// Gives a local time the offset that its zone has then.
  mutating func place(_ time: Timestamp, in name: String?) -> Timestamp {
    guard let name, time.utcOffsetMinutes == nil, time.precision != .day else { return time }
    var placed = time
    if ["UTC", "GMT", "ETC/UTC", "ETC/GMT", "Z", "ETC/ZULU"].contains(name.uppercased()) {
      placed.utcOffsetMinutes = 0
    } else if zones[name] != nil {
      placed.utcOffsetMinutes = zones[name]?.offset(at: time, &budget)
    }
    return placed
  }
}
