internal import UntrailModel

/// When an entry of a calendar takes place again.
///
///     FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20270101T000000Z
///
/// Every period (year, month, week, day, hour, minute or second) gives the days in it that pass all the tests, at the
/// times of day that are named; what the rule does not name comes from the first time.
///
/// Source: RFC 5545, section 3.3.10; of version 1.0: versit Consortium, vCalendar 1.0 (1996), appendix 1.
struct RecurrenceRule: Equatable {
  enum Frequency: String {
    case secondly = "SECONDLY"
    case minutely = "MINUTELY"
    case hourly = "HOURLY"
    case daily = "DAILY"
    case weekly = "WEEKLY"
    case monthly = "MONTHLY"
    case yearly = "YEARLY"
  }

  /// A day of the week, and which of them in the month or year; 0 for all.
  struct Weekday: Equatable {
    var ordinal: Int
    /// 0 for Monday.
    var day: Int
  }

  var frequency: Frequency
  var interval = 1
  var count: Int?
  var until: Timestamp?
  var months: [Int] = []
  var weeks: [Int] = []
  var yearDays: [Int] = []
  var monthDays: [Int] = []
  var weekdays: [Weekday] = []
  var hours: [Int] = []
  var minutes: [Int] = []
  var seconds: [Int] = []
  var positions: [Int] = []
  /// 0 for Monday.
  var weekStart = 0

  /// The most numbers of one list; a rule that names more is cut.
  private static let mostNumbers = 400

  init(_ frequency: Frequency) { self.frequency = frequency }

  /// Nil where the text is no rule.
  init?(_ text: String) {
    var parts: [String: String] = [:]
    for part in text.uppercased().split(separator: ";").prefix(32) {
      let pair = part.split(separator: "=", maxSplits: 1)
      if pair.count == 2 { parts[pair[0].trimmedASCII] = pair[1].trimmedASCII }
    }
    guard let frequency = parts["FREQ"].flatMap(Frequency.init) else { return nil }
    self.frequency = frequency
    interval = parts["INTERVAL"].flatMap { Int($0) }.map { min(max($0, 1), 100_000) } ?? 1
    count = parts["COUNT"].flatMap { Int($0) }.map { max($0, 0) }
    until = parts["UNTIL"].flatMap { CalendarTime.read($0) }
    months = Self.numbers(parts["BYMONTH"], 1...12)
    weeks = Self.numbers(parts["BYWEEKNO"], 1...53)
    yearDays = Self.numbers(parts["BYYEARDAY"], 1...366)
    monthDays = Self.numbers(parts["BYMONTHDAY"], 1...31)
    hours = Self.numbers(parts["BYHOUR"], 0...23)
    minutes = Self.numbers(parts["BYMINUTE"], 0...59)
    seconds = Self.numbers(parts["BYSECOND"], 0...59)
    positions = Self.numbers(parts["BYSETPOS"], 1...366)
    weekdays = (parts["BYDAY"] ?? "").split(separator: ",").prefix(Self.mostNumbers).compactMap {
      Self.weekday($0)
    }
    weekStart = parts["WKST"].flatMap { Self.dayNames.firstIndex(of: $0) } ?? 0
  }

  static let dayNames = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

  private static func weekday(_ text: Substring) -> Weekday? {
    guard text.count <= 6, let day = dayNames.firstIndex(of: String(text.suffix(2))) else { return nil }
    let number = text.dropLast(2)
    guard !number.isEmpty else { return Weekday(ordinal: 0, day: day) }
    return Int(number.hasPrefix("+") ? number.dropFirst() : number).map { Weekday(ordinal: $0, day: day) }
  }

  /// The numbers of a list that lie in a range; also the negative ones, which count from the end.
  private static func numbers(_ text: String?, _ range: ClosedRange<Int>) -> [Int] {
    (text ?? "").split(separator: ",").prefix(mostNumbers).compactMap { Int($0) }.filter {
      range.contains($0) || range.lowerBound > 0 && range.contains(0 &- $0)
    }
  }
}

extension Substring {
  /// Without blanks at both ends.
  var trimmedASCII: String {
    var rest = self
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
