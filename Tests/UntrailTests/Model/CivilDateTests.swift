import Foundation
import Testing
import UntrailModel

@Suite("Civil dates")
struct CivilDateTests {
  @Test("days and dates are each other's inverse, and agree with Foundation")
  func inverse() throws {
    var calendar = Foundation.Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    for days in stride(from: Int64(-80_000), through: 80_000, by: 37) {
      let date = CivilDate.date(days: days)
      #expect(CivilDate.days(year: date.year, month: date.month, day: date.day) == days)
      let parts = calendar.dateComponents(
        [.year, .month, .day], from: Date(timeIntervalSince1970: Double(days) * 86_400))
      #expect(parts.year == date.year && parts.month == date.month && parts.day == date.day)
    }
  }

  @Test("a time before 1970 is on its own day")
  func before1970() {
    #expect(Timestamp(civilSeconds: -1).civilDay == -1)
  }

  @Test(
    "dates that do not exist",
    arguments: [(2025, 2, 29), (2100, 2, 29), (2026, 4, 31), (2026, 0, 1), (0, 1, 1)])
  func invalid(year: Int, month: Int, day: Int) {
    #expect(!CivilDate.isValid(year: year, month: month, day: day))
  }

  @Test("dates that do", arguments: [(2024, 2, 29), (2000, 2, 29), (2026, 12, 31), (1, 1, 1)])
  func valid(year: Int, month: Int, day: Int) {
    #expect(CivilDate.isValid(year: year, month: month, day: day))
  }
}

@Suite("Coordinates")
struct CoordinateTests {
  @Test("what is no position")
  func flaws() {
    #expect(Coordinate.flaw(latitude: 0, longitude: 0) == .nullIsland)
    #expect(Coordinate.flaw(latitude: 90.0001, longitude: 0) == .outOfRange)
    #expect(Coordinate.flaw(latitude: 1, longitude: -180.1) == .outOfRange)
    #expect(Coordinate.flaw(latitude: .nan, longitude: 1) == .notFinite)
    #expect(Coordinate(latitude: -90, longitude: 180) != nil)
  }

  @Test("rounded numbers are coarse")
  func coarse() throws {
    #expect(try #require(Coordinate(latitude: 41.9, longitude: 12.5)).isOnCoarseGrid)
    #expect(try #require(Coordinate(latitude: 48 + 51.0 / 60, longitude: 2 + 17.0 / 60)).isOnCoarseGrid)
    #expect(!(try #require(Coordinate(latitude: 48.85837, longitude: 2.25)).isOnCoarseGrid))
  }
}
