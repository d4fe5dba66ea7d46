internal import CCalendars
package import UntrailModel

/// The calendars that come with the program: data/calendars/SOURCES.md.
package enum TripCalendars {
  /// Years for which dates that come back each year are given.
  package static let years = 2000...2035

  private static let nationalSource = "holidays 0.109 (MIT)"

  /// One line of a calendar.
  package struct Entry: Sendable, Equatable {
    /// ISO 3166-1 alpha-2.
    package var country: String
    /// MM-DD of every year, or YYYY-MM-DD.
    package var first: String
    package var last: String
    package var confidence: Double
    package var name: String
    package var source: String
  }

  /// All lines, the sensitive dates before the national days.
  package static var entries: [Entry] {
    lines(untrail_sensitive_dates_start(), untrail_sensitive_dates_size).compactMap { words in
      guard words.count == 6, let confidence = Double(words[3]) else { return nil }
      return Entry(
        country: words[0], first: words[1], last: words[2], confidence: confidence, name: words[4],
        source: words[5])
    }
      + lines(untrail_national_days_start(), untrail_national_days_size).compactMap { words in
        guard words.count == 3 else { return nil }
        return Entry(
          country: words[0], first: words[1], last: words[1], confidence: 1, name: words[2],
          source: nationalSource)
      }
  }

  /// The dates of some countries, by year.
  package static func dates(of countries: [String]) -> [SensitiveDate] {
    entries.filter { countries.contains($0.country) }.flatMap(dates)
  }

  /// The days of an entry: one range for an entry with a year, one a year for the others.
  package static func dates(of entry: Entry) -> [SensitiveDate] {
    func date(_ year: Int, _ first: Substring, _ last: Substring) -> SensitiveDate? {
      guard let start = day(year, first), let end = day(year, last), start <= end else { return nil }
      return SensitiveDate(
        days: start...end, country: entry.country, name: entry.name, confidence: entry.confidence,
        source: entry.source)
    }
    if entry.first.utf8.count == 10 {
      guard let year = Int(entry.first.prefix(4)) else { return [] }
      return [date(year, entry.first.suffix(5), entry.last.suffix(5))].compactMap(\.self)
    }
    return years.compactMap { date($0, entry.first[...], entry.last[...]) }
  }

  private static func day(_ year: Int, _ monthAndDay: Substring) -> Int64? {
    let parts = monthAndDay.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 2, CivilDate.isValid(year: year, month: parts[0], day: parts[1]) else { return nil }
    return CivilDate.days(year: year, month: parts[0], day: parts[1])
  }

  private static func lines(_ start: UnsafeRawPointer?, _ count: Int) -> [[String]] {
    UnsafeRawBufferPointer(start: start, count: count).split(separator: 0x0A)
      .filter { $0.first != UInt8(ascii: "#") }
      .map { line in
        line.split(separator: 0x09, omittingEmptySubsequences: false).map {
          String(decoding: $0, as: UTF8.self)
        }
      }
  }
}
