internal import UntrailModel

/// Expands a rule to the times that it gives, within a window and at a bounded cost.
struct Recurrence {
  /// What the expansion of all rules of a file may still cost: days and times looked at.
  struct Budget {
    var left = 3_000_000
    var isSpent: Bool { left <= 0 }
  }

  private let rule: RecurrenceRule
  /// Civil seconds since 1970-01-01.
  private let start: Int64
  private let startDay: Int64
  private let isDaily: Bool
  private let secondsOfDay: [Int64]

  init(_ rule: RecurrenceRule, start: Timestamp) {
    self.start = start.civilSeconds
    startDay = start.civilDay
    let startSecond = Int(start.civilSeconds - start.civilDay * 86_400)
    var rule = rule
    rule.fillIn(from: start.civilDay)
    self.rule = rule
    isDaily = [.daily, .weekly, .monthly, .yearly].contains(rule.frequency)
    let hours = isDaily ? (rule.hours.isEmpty ? [startSecond / 3600] : rule.hours) : []
    let minutes = rule.minutes.isEmpty ? [startSecond / 60 % 60] : rule.minutes
    let seconds = rule.seconds.isEmpty ? [startSecond % 60] : rule.seconds
    var all: Set<Int64> = []
    for hour in hours.prefix(24) {
      for minute in minutes.prefix(60) {
        for second in seconds.prefix(60) where all.count < 1440 {
          all.insert(Int64(hour * 3600 + minute * 60 + second))
        }
      }
    }
    secondsOfDay = all.sorted()
  }

  /// The times within a window, the first `most` of them.
  ///
  /// - Parameter window: civil seconds since 1970-01-01.
  func times(in window: ClosedRange<Int64>, most: Int, _ budget: inout Budget) -> [Int64] {
    let last = min(window.upperBound, rule.until?.civilSecondsOfWholeDay ?? .max, Timestamp.lastSecond)
    guard last >= start, most > 0 else { return [] }
    var found: [Int64] = []
    var left = rule.count ?? .max
    // Without a count, nothing before the window needs to be looked at.
    var step = rule.count == nil ? stepsBefore(window.lowerBound) : 0
    while left > 0, !budget.isSpent, let period = period(step) {
      guard period.start <= last else { break }
      budget.left -= 1
      for time in chosen(period, &budget) where time >= start && left > 0 {
        guard time <= last else { return found }
        left -= 1
        if time >= window.lowerBound { found.append(time) }
        if found.count == most { return found }
      }
      step += rule.interval
    }
    return found
  }

  private struct Period {
    /// Civil seconds of its beginning.
    var start: Int64
    /// Days of it; for those shorter than a day the day in which it lies.
    var days: ClosedRange<Int64>
  }

  /// The period that lies a number of years, months, weeks, days, hours, minutes or seconds behind the first; nil where
  /// the calendar ends.
  private func period(_ step: Int) -> Period? {
    let offset = Int64(step)
    let date = CivilDate.date(days: startDay)
    switch rule.frequency {
    case .yearly:
      let year = date.year + step
      guard year <= 9998 else { return nil }
      let first = CivilDate.days(year: year, month: 1, day: 1)
      return whole(first...(CivilDate.days(year: year + 1, month: 1, day: 1) - 1))
    case .monthly:
      let month = date.year * 12 + date.month - 1 + step
      guard month / 12 <= 9998 else { return nil }
      let first = CivilDate.days(year: month / 12, month: month % 12 + 1, day: 1)
      let next = CivilDate.days(year: (month + 1) / 12, month: (month + 1) % 12 + 1, day: 1)
      return whole(first...(next - 1))
    case .weekly:
      let first = weekStart(of: startDay) + 7 * offset
      return first <= Self.lastDay ? whole(first...(first + 6)) : nil
    case .daily:
      let day = startDay + offset
      return day <= Self.lastDay ? whole(day...day) : nil
    case .hourly: return short(CivilDate.floorDivide(start, 3600) * 3600, offset * 3600)
    case .minutely: return short(CivilDate.floorDivide(start, 60) * 60, offset * 60)
    case .secondly: return short(start, offset)
    }
  }

  private static let lastDay: Int64 = Timestamp.lastSecond / 86_400 - 31

  private func whole(_ days: ClosedRange<Int64>) -> Period {
    Period(start: days.lowerBound * 86_400, days: days)
  }

  private func short(_ first: Int64, _ offset: Int64) -> Period? {
    let time = first + offset
    let day = CivilDate.floorDivide(time, 86_400)
    return day <= Self.lastDay ? Period(start: time, days: day...day) : nil
  }

  /// How many steps certainly lie before a time, in whole intervals.
  private func stepsBefore(_ time: Int64) -> Int {
    let gap = time - start
    guard gap > 0 else { return 0 }
    let length: Int64 =
      switch rule.frequency {
      case .yearly: 366 * 86_400
      case .monthly: 31 * 86_400
      case .weekly: 7 * 86_400
      case .daily: 86_400
      case .hourly: 3600
      case .minutely: 60
      case .secondly: 1
      }
    return max(0, Int(gap / length) / rule.interval - 1) * rule.interval
  }

  /// The times of a period, in order.
  private func chosen(_ period: Period, _ budget: inout Budget) -> [Int64] {
    var times: [Int64] = []
    for day in period.days {
      budget.left -= 1
      guard rule.allows(day, weekStart: weekStart(of: day)) else { continue }
      times += isDaily ? secondsOfDay.map { day * 86_400 + $0 } : timesOfShort(period)
    }
    budget.left -= times.count
    guard !rule.positions.isEmpty else { return times }
    let count = times.count
    return Set(rule.positions.map { $0 > 0 ? $0 - 1 : count + $0 }).sorted()
      .filter { times.indices.contains($0) }.map { times[$0] }
  }

  /// The times of a period that is shorter than a day.
  private func timesOfShort(_ period: Period) -> [Int64] {
    let second = Int(period.start - CivilDate.floorDivide(period.start, 86_400) * 86_400)
    func allows(_ list: [Int], _ value: Int) -> Bool { list.isEmpty || list.contains(value) }
    guard allows(rule.hours, second / 3600) else { return [] }
    let startSecond = Int(start - startDay * 86_400)
    if rule.frequency == .hourly {
      let minutes = rule.minutes.isEmpty ? [startSecond / 60 % 60] : rule.minutes.sorted()
      let seconds = rule.seconds.isEmpty ? [startSecond % 60] : rule.seconds.sorted()
      return minutes.flatMap { minute in seconds.map { period.start + Int64(minute * 60 + $0) } }
    }
    guard allows(rule.minutes, second / 60 % 60) else { return [] }
    if rule.frequency == .minutely {
      let seconds = rule.seconds.isEmpty ? [startSecond % 60] : rule.seconds.sorted()
      return seconds.map { period.start + Int64($0) }
    }
    return allows(rule.seconds, second % 60) ? [period.start] : []
  }

  private func weekStart(of day: Int64) -> Int64 {
    day - (RecurrenceRule.weekday(day) - Int64(rule.weekStart) + 7) % 7
  }
}

extension Timestamp {
  /// The end of the day for a day, else the time: what is still within it.
  fileprivate var civilSecondsOfWholeDay: Int64 { precision == .day ? civilSeconds + 86_399 : civilSeconds }
}

extension RecurrenceRule {
  /// 0 for Monday. The first day of 1970 was a Thursday.
  static func weekday(_ day: Int64) -> Int64 { ((day + 3) % 7 + 7) % 7 }

  /// Takes from the first day what the rule does not say.
  fileprivate mutating func fillIn(from day: Int64) {
    guard weeks.isEmpty, yearDays.isEmpty, monthDays.isEmpty, weekdays.isEmpty else { return }
    let date = CivilDate.date(days: day)
    switch frequency {
    case .yearly:
      if months.isEmpty { months = [date.month] }
      monthDays = [date.day]
    case .monthly: monthDays = [date.day]
    case .weekly: weekdays = [Weekday(ordinal: 0, day: Int(Self.weekday(day)))]
    default: break
    }
  }

  /// Whether a day passes all the tests.
  fileprivate func allows(_ day: Int64, weekStart: Int64) -> Bool {
    if months.isEmpty, weeks.isEmpty, yearDays.isEmpty, monthDays.isEmpty, weekdays.isEmpty { return true }
    let date = CivilDate.date(days: day)
    if !months.isEmpty, !months.contains(date.month) { return false }
    let firstOfMonth = day - Int64(date.day) + 1
    if !monthDays.isEmpty {
      let fromEnd = date.day - Self.length(date.year, date.month) - 1
      guard monthDays.contains(date.day) || monthDays.contains(fromEnd) else { return false }
    }
    let firstOfYear = CivilDate.days(year: date.year, month: 1, day: 1)
    let yearLength = Int(CivilDate.days(year: date.year + 1, month: 1, day: 1) - firstOfYear)
    if !yearDays.isEmpty {
      let number = Int(day - firstOfYear) + 1
      guard yearDays.contains(number) || yearDays.contains(number - yearLength - 1) else { return false }
    }
    if !weeks.isEmpty, !isInWeeks(weekStart) { return false }
    guard !weekdays.isEmpty else { return true }
    let weekday = Int(Self.weekday(day))
    let isInMonth = frequency == .monthly || frequency == .yearly && !months.isEmpty
    let first = isInMonth ? firstOfMonth : firstOfYear
    let length = isInMonth ? Self.length(date.year, date.month) : yearLength
    let hasOrdinals = frequency == .monthly || frequency == .yearly && weeks.isEmpty
    return weekdays.contains { named in
      guard named.day == weekday else { return false }
      guard named.ordinal != 0, hasOrdinals else { return true }
      let place = Int(day - first) / 7 + 1
      let placeFromEnd = (Int(first) + length - 1 - Int(day)) / 7 + 1
      return named.ordinal == place || named.ordinal == 0 - placeFromEnd
    }
  }

  /// Whether the week that starts on a day has one of the numbers; week 1 is the first with four days of the year.
  private func isInWeeks(_ weekStart: Int64) -> Bool {
    let year = CivilDate.date(days: weekStart + 3).year
    let first = CivilDate.days(year: year, month: 1, day: 4)
    let firstWeek = first - ((Self.weekday(first) - Int64(self.weekStart)) + 7) % 7
    let number = Int((weekStart - firstWeek) / 7) + 1
    let lastDay = CivilDate.days(year: year, month: 12, day: 28)
    let lastWeek = lastDay - ((Self.weekday(lastDay) - Int64(self.weekStart)) + 7) % 7
    let count = Int((lastWeek - firstWeek) / 7) + 1
    return weeks.contains(number) || weeks.contains(number - count - 1)
  }

  private static func length(_ year: Int, _ month: Int) -> Int {
    let first = CivilDate.days(year: year, month: month, day: 1)
    let next = CivilDate.days(year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
    return Int(next - first)
  }
}
