internal import UntrailModel

/// A time that stands in a file name.
///
///     20260729_111244, 20260729-111244123, 20260729111244, 20260729_11_12_44
///     2026-07-29-11-12-44-123, 2026-07-29 at 11.12.44 AM, 2026-07-29T03_12_44.123Z
///     29.07.2026, 29-07-2026_11-12-44                day first, where it can be nothing else
///     1785294764123                                  milliseconds since 1970, UTC
///
/// Only times that exist are taken, in the years from 1995 to 2049, and of milliseconds only those from 2014 to 2033:
/// the numbers of goods (GTIN-13) that start with 14 to 19 are not given out.
struct NameTime {
  var timestamp: Timestamp
  /// Where it stands in the name.
  var range: Range<Int>

  /// What the words before a time say of it.
  struct Hints {
    /// The clock is UTC's.
    var isUTC = false
    /// Two digits for the year: 260729_111244.
    var hasShortYear = false
    /// Seconds since 1970.
    var hasSeconds = false
    /// A number of TikTok: its upper half counts seconds since 1970.
    var hasVideoNumber = false
    var isDayFirst = false
    var isMonthFirst = false
    /// The date may follow a letter without anything between them.
    var isKnown = false

    init() {}
  }

  /// The first time of a name; one with a clock goes before one without.
  static func find(_ name: NameBytes, from start: Int = 0, _ hints: Hints = Hints()) -> NameTime? {
    var dayOnly: NameTime?
    var index = start
    while index < name.count {
      guard name.isDigit(index) else {
        index += 1
        continue
      }
      let end = name.digitsEnd(index)
      if let time = read(name, index..<end, hints) {
        if time.timestamp.precision != .day { return time }
        dayOnly = dayOnly ?? time
      }
      index = end
    }
    return dayOnly
  }

  private static func read(_ name: NameBytes, _ run: Range<Int>, _ hints: Hints) -> NameTime? {
    let start = run.lowerBound
    var clock = NameClock(name, hints)
    switch run.count {
    case 14, 16, 17:
      guard let day = day(name, start, start + 4, start + 6),
        clock.read(hour: start + 8, minute: start + 10, second: start + 12)
      else { return nil }
      clock.readFraction(start + 14, end: run.upperBound)
      return clock.time(day, from: start)
    case 13:
      return milliseconds(name, run)
    case 19 where hints.hasVideoNumber:
      guard let number = name.text(from: run.lowerBound, to: run.upperBound).flatMap({ Int($0) }),
        (1_400_000_000..<2_000_000_000).contains(number >> 32)
      else { return nil }
      return NameTime(
        timestamp: Timestamp(civilSeconds: Int64(number >> 32), utcOffsetMinutes: 0), range: run)
    case 10 where hints.hasSeconds:
      guard let seconds = name.number(start, 10), seconds > 1_000_000_000, seconds < 2_000_000_000 else {
        return nil
      }
      return NameTime(
        timestamp: Timestamp(civilSeconds: Int64(seconds), utcOffsetMinutes: 0), range: run)
    case 8:
      if hints.isDayFirst, let day = day(name, start + 4, start + 2, start) {
        return withClock(&clock, day, name, run)
      }
      guard let day = day(name, start, start + 4, start + 6) else { return nil }
      return withClock(&clock, day, name, run)
    case 6 where hints.hasShortYear:
      // Without a clock behind it six digits are any number.
      guard let year = name.number(start, 2), let month = name.number(start + 2, 2),
        let date = name.number(start + 4, 2),
        CivilDate.isValid(year: 2000 + year, month: month, day: date)
      else { return nil }
      let day = CivilDate.days(year: 2000 + year, month: month, day: date)
      guard let time = withClock(&clock, day, name, run), time.timestamp.precision != .day else { return nil }
      return time
    case 4:
      guard let separator = dateSeparator(name, start + 4), name.digitsEnd(start + 5) == start + 7,
        name[start + 7] == separator, let day = day(name, start, start + 5, start + 8)
      else { return nil }
      let dayEnd = name.digitsEnd(start + 8)
      guard dayEnd == start + 10 else { return nil }
      return withClock(&clock, day, name, start..<dayEnd)
    case 1, 2:
      return dayOrMonthFirst(&clock, name, run, hints)
    default: return nil
    }
  }

  /// 29.07.2026, 29-07-2026, 07-29-2026.
  private static func dayOrMonthFirst(
    _ clock: inout NameClock, _ name: NameBytes, _ run: Range<Int>, _ hints: Hints
  ) -> NameTime? {
    guard run.count == 2, let separator = dateSeparator(name, run.upperBound),
      name.digitsEnd(run.upperBound + 1) == run.upperBound + 3, name[run.upperBound + 3] == separator,
      name.digitsEnd(run.upperBound + 4) == run.upperBound + 8,
      let first = name.number(run.lowerBound, 2), let second = name.number(run.upperBound + 1, 2)
    else { return nil }
    let (left, right, year) = (run.lowerBound, run.upperBound + 1, run.upperBound + 4)
    let isDayFirst: Bool
    if first > 12 || second > 12 || first == second {
      isDayFirst = second <= 12
    } else if hints.isDayFirst || hints.isMonthFirst {
      isDayFirst = hints.isDayFirst
    } else if separator == UInt8(ascii: ".") {
      // Who writes points writes the day first.
      isDayFirst = true
    } else {
      return nil
    }
    guard let day = isDayFirst ? day(name, year, right, left) : day(name, year, left, right) else {
      return nil
    }
    return withClock(&clock, day, name, left..<(year + 4))
  }

  private static func milliseconds(_ name: NameBytes, _ run: Range<Int>) -> NameTime? {
    let next = name[run.upperBound]
    guard let value = name.number(run.lowerBound, 13),
      (1_400_000_000_000..<2_000_000_000_000).contains(value),
      next == 0 || " ._-(~@".utf8.contains(next)
    else { return nil }
    let fraction = String(value % 1000)
    let timestamp = Timestamp(
      civilSeconds: Int64(value / 1000),
      subseconds: String(repeating: "0", count: 3 - fraction.utf8.count) + fraction, utcOffsetMinutes: 0)
    return NameTime(timestamp: timestamp, range: run)
  }

  /// A date, with the clock behind it where there is one.
  private static func withClock(
    _ clock: inout NameClock, _ day: Int64, _ name: NameBytes, _ date: Range<Int>
  ) -> NameTime? {
    if clock.find(behind: date.upperBound) { return clock.time(day, from: date.lowerBound) }
    // A number in a word or in another number is no date.
    let isFree = !name.isLetter(date.lowerBound - 1) && !name.isLetter(date.upperBound)
    let (before, after) = (name[date.lowerBound - 1], name[date.upperBound])
    let point = UInt8(ascii: ".")
    // 1.20260729.4 is a version.
    let hasPoints =
      date.count == 8 || name[date.lowerBound + 2] == point || name[date.lowerBound + 4] == point
    let isPart =
      hasPoints
      && (before == point && name.isDigit(date.lowerBound - 2)
        || after == point && name.isDigit(date.upperBound + 1))
    guard clock.hints.isKnown || isFree, !isPart else { return nil }
    return NameTime(timestamp: Timestamp(civilSeconds: day * 86_400, precision: .day), range: date)
  }

  private static func dateSeparator(_ name: NameBytes, _ index: Int) -> UInt8? {
    let byte = name[index]
    return "-_.".utf8.contains(byte) ? byte : nil
  }

  /// Days since 1970 of a date whose parts start at these places.
  private static func day(_ name: NameBytes, _ year: Int, _ month: Int, _ day: Int) -> Int64? {
    guard let year = name.number(year, 4), (1995...2049).contains(year), let month = name.number(month, 2),
      let day = name.number(day, 2), CivilDate.isValid(year: year, month: month, day: day)
    else { return nil }
    return CivilDate.days(year: year, month: month, day: day)
  }
}
