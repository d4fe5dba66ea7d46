import Foundation
import Testing
@testable import UntrailGeo
import UntrailModel

@Suite("Geography")
struct GeographyTests {
  private static let geography = Geography.shared

  static func position(_ latitude: Double, _ longitude: Double) throws -> Coordinate {
    try #require(Coordinate(latitude: latitude, longitude: longitude))
  }

  @Test("the country of 99 of 100 towns is right")
  func towns() throws {
    var misses: [String] = []
    var count = 0
    for number in 0..<Self.geography.townCount {
      let town = try #require(Self.geography.town(number))
      guard !town.country.isEmpty else { continue }
      count += 1
      let found = Self.geography.countryCode(at: town.coordinate)
      if found != town.country { misses.append("\(town.name) \(town.country) not \(found)") }
    }
    #expect(count > 7000)
    #expect(misses.count * 100 <= count, "\(misses.count) of \(count): \(misses)")
  }

  @Test("of border towns the country is right, or the border is said")
  func borderTowns() throws {
    var wrong: [String] = []
    for (name, country, latitude, longitude) in BorderTowns.all {
      let answer = Self.geography.country(at: try Self.position(latitude, longitude))
      if answer.code != country, !answer.neighbours.contains(country) {
        wrong.append("\(name): \(answer.code) \(answer.neighbours)")
      }
    }
    #expect(BorderTowns.all.count >= 200)
    #expect(wrong.count * 20 <= BorderTowns.all.count, "\(wrong)")
  }

  @Test("at sea there is no country, in a harbour there is one")
  func seaAndHarbour() throws {
    #expect(Self.geography.countryCode(at: try Self.position(30, -40)) == "")
    let harbour = Self.geography.country(at: try Self.position(40.66, -74.045))
    #expect(harbour.code == "US")
    let coast = Self.geography.country(at: try Self.position(51.1, 1.45))
    #expect(coast.code == "GB")
    #expect(!coast.isContained)
  }

  @Test(
    "poles, 180 degrees and the corners of the map answer",
    arguments: [
      (-90.0, 0.0), (90, 180), (-90, -180), (-16.8, 179.99), (-16.8, -179.99), (71, 180), (71, -180),
    ])
  func corners(latitude: Double, longitude: Double) throws {
    let answer = Self.geography.country(at: try Self.position(latitude, longitude))
    let expected = latitude == -90 ? "AQ" : latitude == 90 ? "" : latitude == 71 ? "RU" : "FJ"
    #expect(answer.code == expected)
  }

  @Test("a disputed area is named, another place is none")
  func disputed() throws {
    #expect(
      Self.geography.country(at: try Self.position(45.3, 34.4)).disputedArea?.contains("Crimea") == true)
    #expect(Self.geography.country(at: try Self.position(48.85, 2.35)).disputedArea == nil)
  }

  @Test("countries have names in the languages of the source")
  func names() {
    #expect(Self.geography.countryName("CN", language: "de") == "Volksrepublik China")
    #expect(Self.geography.countryName("FR", language: "ar") == "فرنسا")
    #expect(Self.geography.countryName("FR", language: "xx") == nil)
    #expect(Self.geography.countries(named: "deutschland") == ["DE"])
    #expect(Self.geography.countries(named: "FRA") == [])
    #expect(Self.geography.countries(named: "Nowhere") == [])
  }

  @Test("the nearest town, near and far")
  func nearestTown() throws {
    let paris = try #require(Self.geography.nearestTown(to: try Self.position(48.8584, 2.2945)))
    #expect(paris.town.name == "Paris")
    #expect(paris.distance < 10_000)
    #expect(paris.town.zone == "Europe/Paris")
    #expect(paris.town.names["zh"] == "巴黎")
    #expect(Self.geography.nearestTown(to: try Self.position(-48, -126)) == nil)
    // Windsor lies nearer, on the other bank of the river.
    let detroit = try #require(Self.geography.nearestTown(to: try Self.position(42.375, -82.965)))
    #expect(detroit.town.country == "US")
  }

  @Test("towns are found by their names in any language, with and without marks")
  func townsByName() {
    #expect(Self.geography.towns(named: "zurich").first?.country == "CH")
    #expect(Self.geography.towns(named: "Zürich").first?.country == "CH")
    #expect(Self.geography.towns(named: "北京").first?.country == "CN")
    #expect(Self.geography.towns(named: "").isEmpty)
    let londons = Self.geography.towns(named: "London").map(\.country)
    #expect(londons.first == "GB")
    #expect(londons.contains("CA"))
  }

  @Test("airports by their codes")
  func airports() {
    #expect(Self.geography.airport(iata: "cdg")?.country == "FR")
    #expect(Self.geography.airport(iata: "PEK")?.country == "CN")
    #expect(Self.geography.airport(iata: "QQQ") == nil)
    #expect(Self.geography.airport(iata: "PA") == nil)
  }

  @Test("clocks follow summer time, and 90 minutes of nobody are refused")
  func zones() throws {
    let summer = CivilDate.days(year: 2026, month: 7, day: 14) * 86_400
    let winter = CivilDate.days(year: 2026, month: 1, day: 14) * 86_400
    let paris = try Self.position(48.85, 2.35)
    #expect(Self.geography.utcOffset(at: paris, summer) == 120)
    #expect(Self.geography.utcOffset(at: paris, winter) == 60)
    // The hour of the change: 2026-03-29 01:00 UTC.
    let change = CivilDate.days(year: 2026, month: 3, day: 29) * 86_400 + 3600
    #expect(Self.geography.utcOffset(zone: "Europe/Paris", change - 1) == 60)
    #expect(Self.geography.utcOffset(zone: "Europe/Paris", change) == 120)
    #expect(Self.geography.utcOffset(zone: "Asia/Kathmandu", summer) == 345)
    #expect(Self.geography.utcOffset(zone: "Nowhere/Town", summer) == nil)
    #expect(Self.geography.zones(utcOffset: 480, at: summer).first?.countries.first == "CN")
    #expect(Self.geography.zones(utcOffset: 97, at: summer).isEmpty)
  }

  @Test(
    "each country has its own clock, whatever the list of towns says of it",
    arguments: [
      ("Macao", 22.1987, 113.5439, "MO", 480), ("Apia", -13.8333, -171.7667, "WS", 780),
      ("Prague", 50.0875, 14.4213, "CZ", 60), ("Cardiff", 51.4816, -3.1791, "GB", 0),
      ("Colombo", 6.9271, 79.8612, "LK", 330), ("Asunción", -25.2820, -57.6351, "PY", -180),
      ("Juba", 4.8517, 31.5825, "SS", 120), ("Kashgar", 39.4700, 75.9900, "CN", 480),
    ])
  func clocks(name: String, latitude: Double, longitude: Double, country: String, minutes: Int16) throws {
    let winter = CivilDate.days(year: 2025, month: 1, day: 14) * 86_400
    let position = try Self.position(latitude, longitude)
    #expect(Self.geography.countryCode(at: position) == country)
    #expect(Self.geography.utcOffset(at: position, winter) == minutes)
  }

  @Test("every town has a clock, at most three and three quarter hours from that of the sun")
  func everyTownHasClock() throws {
    let winter = CivilDate.days(year: 2026, month: 1, day: 14) * 86_400
    var far: [String] = []
    for number in 0..<Self.geography.townCount {
      let town = try #require(Self.geography.town(number))
      let offset = try #require(Self.geography.utcOffset(zone: town.zone, winter), "\(town.name)")
      // A day apart is the same time of the day, on the other side of the date line.
      let apart =
        (Double(offset) / 60 - town.coordinate.longitude / 15 + 36)
        .truncatingRemainder(dividingBy: 24) - 12
      if abs(apart) > 3.75 { far.append(town.name) }
    }
    #expect(far == [])
  }

  @Test("damaged data give wrong answers or none, and nothing worse")
  func damaged() throws {
    let whole = try Data(contentsOf: Repository.root.appending(path: "data/geography.bin"))
    var generator = SeededGenerator(seed: 11)
    var answers = 0
    for _ in 0..<40 {
      let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: whole.count, alignment: 8)
      whole.copyBytes(to: bytes)
      // Of the head, with the places of the sections, only every other one.
      let start = Bool.random(using: &generator) ? 0 : 200
      for _ in 0..<2000 {
        bytes[Int.random(in: start..<bytes.count, using: &generator)] = .random(
          in: 0...255, using: &generator)
      }
      // Some are cut short too.
      let count =
        Bool.random(using: &generator) ? bytes.count : .random(in: 0..<bytes.count, using: &generator)
      let geography = Geography(GeographyData(UnsafeRawBufferPointer(rebasing: bytes[..<count])))
      for _ in 0..<50 {
        let position = try Self.position(
          .random(in: -90...90, using: &generator), .random(in: -180...180, using: &generator))
        if !geography.country(at: position).code.isEmpty { answers += 1 }
        _ = geography.nearestTown(to: position)
        _ = geography.utcOffset(at: position, 1_700_000_000)
      }
      _ = geography.towns(named: "Paris")
      _ = geography.airport(iata: "CDG")
      _ = geography.zones(utcOffset: 60, at: 1_700_000_000)
      // `geography` is gone with this turn, and nothing else holds the bytes.
      bytes.deallocate()
    }
    #expect(answers > 0)
  }
}
