/// A point in time as a file states it: local civil time, and what is known of its zone, kept apart.
package struct Timestamp: Sendable, Hashable {
  /// The civil time read as if it were UTC, in seconds since 1970-01-01T00:00:00.
  package var civilSeconds: Int64
  package var precision: Precision
  /// The digits behind the decimal point as the file has them, without the point; empty where there are none.
  package var subseconds: String
  /// Minutes east of UTC, where the file says so; 0 for a time stated in UTC.
  package var utcOffsetMinutes: Int16?

  /// 9999-12-31T23:59:59: years have four digits.
  package static let lastSecond: Int64 = 253_402_300_799

  package enum Precision: UInt8, Sendable {
    case day
    case minute
    case second
  }

  package init(
    civilSeconds: Int64, precision: Precision = .second, subseconds: String = "",
    utcOffsetMinutes: Int16? = nil
  ) {
    self.civilSeconds = civilSeconds
    self.precision = precision
    self.subseconds = subseconds
    self.utcOffsetMinutes = utcOffsetMinutes
  }

  /// Days since 1970-01-01 of the civil date.
  package var civilDay: Int64 {
    CivilDate.floorDivide(civilSeconds, 86_400)
  }
}

/// Arithmetic of the proleptic Gregorian calendar.
///
/// Source of the formulas: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2021).
package enum CivilDate {
  package static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
  }

  /// Days since 1970-01-01. The date must be one that exists; see `isValid(year:month:day:)`.
  package static func days(year: Int, month: Int, day: Int) -> Int64 {
    let shiftedYear = Int64(month <= 2 ? year - 1 : year)
    let era = floorDivide(shiftedYear, 400)
    let yearOfEra = shiftedYear - era * 400
    let monthFromMarch = Int64(month > 2 ? month - 3 : month + 9)
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + Int64(day) - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The civil date that lies `days` after 1970-01-01.
  package static func date(days: Int64) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    let month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
    let year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
    return (year, month, day)
  }

  package static func isValid(year: Int, month: Int, day: Int) -> Bool {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let length =
      switch month {
      case 2: isLeap ? 29 : 28
      case 4, 6, 9, 11: 30
      default: 31
      }
    return day <= length
  }
}
