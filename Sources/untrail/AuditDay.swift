internal import ArgumentParser
internal import UntrailModel

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The day of an audit: what ends before it is past.
struct AuditDay: ExpressibleByArgument {
  /// Days since 1970-01-01.
  var days: Int64

  init?(argument: String) {
    let parts = argument.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard argument.utf8.count == 10, parts.count == 3, let year = parts[0], let month = parts[1],
      let day = parts[2], CivilDate.isValid(year: year, month: month, day: day)
    else { return nil }
    days = CivilDate.days(year: year, month: month, day: day)
  }

  private init(days: Int64) { self.days = days }

  private init(year: Int, month: Int, day: Int) {
    days = CivilDate.days(year: year, month: month, day: day)
  }

  /// The day when the made-up reporter of `samples/` packs her things.
  static let ofSamples = AuditDay(year: 2026, month: 7, day: 25)

  /// Today in UTC: a report does not depend on the time zone of the computer.
  static var today: AuditDay { AuditDay(days: Int64(time(nil)) / 86_400) }
}
