import Testing
import UntrailModel
import UntrailRules

@Suite("Trip profile")
struct TripProfileTests {
  static func profile(_ yaml: String) throws -> TripProfile {
    try TripProfileParser.parse(yaml, path: "trip.yaml").profile
  }

  @Test("every key is read")
  func everyKey() throws {
    let result = try TripProfileParser.parse(
      """
      name: "To the sea"
      countries: [CN, HK]
      transit: DE
      from: 2027-03-01
      to: 2027-03-14
      calendars: [CN]
      sensitiveDates:
        - {date: 2027-03-08, name: Hearing, country: HK}
        - {from: 2027-03-10, to: 2027-03-12, name: Congress}
      protectedPlaces:
        - {name: Home, latitude: 48.85837, longitude: 2.29448, radius: 150}
        - {name: Office, latitude: 50.0865, longitude: 14.4114}
      protectedNames: [Sam Sample]
      devices: [Kestrel K7]
      """, path: "trip.yaml")
    let trip = result.profile
    let first = CivilDate.days(year: 2027, month: 3, day: 1)
    #expect(trip.name == "To the sea")
    #expect(trip.countries == ["CN", "HK"])
    #expect(trip.transit == ["DE"])
    #expect(trip.days == first...(first + 13))
    #expect(result.calendars == ["CN"])
    #expect(trip.sensitiveDates.map(\.country) == ["HK", ""])
    #expect(trip.sensitiveDates.last?.days == (first + 9)...(first + 11))
    #expect(trip.protectedPlaces.map(\.radius) == [150, 300])
    #expect(trip.protectedNames == ["Sam Sample"])
    #expect(trip.devices == ["Kestrel K7"])
    #expect([first - 1, first, first + 14].map { trip.phase(of: $0) } == [.before, .during, .after])
    #expect(trip.sensitiveDate(on: first + 7, in: "HK")?.name == "Hearing")
    #expect(trip.sensitiveDate(on: first + 7, in: "CN") == nil)
    #expect(trip.sensitiveDate(on: first + 9, in: "CN")?.name == "Congress")
  }

  @Test("a place protects what lies within its radius")
  func radius() throws {
    let trip = try Self.profile(
      "protectedPlaces: [{name: Home, latitude: 48.85837, longitude: 2.29448, radius: 100}]")
    let near = try #require(Coordinate(latitude: 48.8590, longitude: 2.29448))
    let far = try #require(Coordinate(latitude: 48.8595, longitude: 2.29448))
    #expect(trip.protects(near).map { abs($0.distance - 70) < 2 } == true)
    #expect(trip.protects(far) == nil)
  }

  @Test(
    "a mistake is said with its place",
    arguments: [
      ("nam: x", 1, "nam", "name"), ("countries: [China]", 1, "countries", "CN"),
      ("from: 2026-02-30\nto: 2026-03-01", 1, "from", "exist"),
      ("from: 2026-03-02\nto: 2026-03-01", 2, "to", "before"),
      ("from: 2026-03-02", 1, "to", "missing"),
      ("protectedPlaces: [{name: x, latitude: 91, longitude: 0}]", 1, "protectedPlaces[0].latitude", "90"),
      (
        "protectedPlaces: [{name: x, latitude: 9, longitude: 0, radius: 5}]", 1, "protectedPlaces[0].radius",
        "10"
      ),
      ("protectedPlaces: [{name: x, latitude: 0, longitude: 0}]", 1, "protectedPlaces[0]", "0, 0"),
      ("name: &a x\ntransit: *a", 1, "", "anchor"),
      (
        "sensitiveDates: [{date: 2026-01-01, from: 2026-01-01, name: x}]", 1, "sensitiveDates[0].date",
        "one or"
      ),
    ])
  func mistakes(yaml: String, line: Int, key: String, words: String) throws {
    let error = try #require(throws: RuleError.self) { try Self.profile(yaml) }
    #expect(error.line == line)
    #expect(error.key == key)
    #expect(error.message.contains(words), "\(error.message)")
  }

  @Test("a file that is too long or bends back on itself is refused")
  func bombs() throws {
    let long = "name: \"" + String(repeating: "x", count: 70_000) + "\""
    #expect(throws: RuleError.self) { try Self.profile(long) }
    var laughs = "a0: &a0 [x, x]\n"
    for level in 1..<30 { laughs += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    #expect(throws: RuleError.self) { try Self.profile(laughs) }
    #expect(throws: RuleError.self) {
      try Self.profile("countries: " + String(repeating: "[", count: 30_000))
    }
  }

  @Test("calendars: each line is one that exists, with a country, a name and a source")
  func calendars() {
    let entries = TripCalendars.entries
    #expect(entries.filter { !$0.source.hasPrefix("holidays") }.count >= 60)
    #expect(Set(entries.map(\.country)).count >= 200)
    for entry in entries {
      #expect(!TripCalendars.dates(of: entry).isEmpty, "\(entry)")
      #expect(entry.country.utf8.count == 2 && !entry.name.isEmpty && !entry.source.isEmpty, "\(entry)")
      #expect(entry.confidence > 0 && entry.confidence <= 1, "\(entry)")
    }
    let dates = TripCalendars.dates(of: ["CN"])
    let fourthOfJune = CivilDate.days(year: 2027, month: 6, day: 4)
    #expect(dates.contains { $0.days.contains(fourthOfJune) && $0.confidence == 1 })
    #expect(!dates.contains { $0.days.contains(fourthOfJune + 10) })
  }
}
