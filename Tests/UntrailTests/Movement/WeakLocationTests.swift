import Testing
import UntrailModel
import UntrailMovement

@Suite("weak location")
struct WeakLocationTests {
  /// A handful of zones, with the daylight saving of 2026.
  private static let names = ZoneNames(
    zones: { offset, time in
      func day(_ month: Int, _ day: Int) -> Int64 {
        CivilDate.days(year: 2026, month: month, day: day) * 86_400
      }
      let isSummer = time >= day(3, 29) + 3600 && time < day(10, 25) + 3600
      let isAmericanSummer = time >= day(3, 8) && time < day(11, 1)
      let zones: [(String, Int16, Int16, [String], Int)] = [
        ("Europe/Berlin", 60, isSummer ? 60 : 0, ["DE", "DK"], 80), ("Africa/Lagos", 60, 0, ["NG"], 200),
        ("Europe/London", 0, isSummer ? 60 : 0, ["GB"], 67), ("Asia/Singapore", 480, 0, ["SG"], 6),
        ("Asia/Shanghai", 480, 0, ["CN"], 1400), ("Australia/Perth", 480, 0, ["AU"], 2),
        ("Europe/Helsinki", 120, isSummer ? 60 : 0, ["FI"], 5), ("Africa/Johannesburg", 120, 0, ["ZA"], 60),
        ("America/New_York", -300, isAmericanSummer ? 60 : 0, ["US"], 120),
      ]
      return zones.filter { $0.1 + $0.2 == offset }
        .map { ZoneNames.Candidate(zone: $0.0, countries: $0.3, population: $0.4) }
    },
    towns: { name in
      switch name {
      case "Shanghai": [ZoneNames.Town(name: "Shanghai", country: "CN")]
      case "Singapore": [ZoneNames.Town(name: "Singapore", country: "SG")]
      case "Paris":
        [ZoneNames.Town(name: "Paris", country: "FR"), ZoneNames.Town(name: "Paris", country: "US")]
      default: []
      }
    },
    countries: { ["China": ["CN"], "Singapore": ["SG"], "Germany": ["DE"], "CN": ["CN"]][$0] ?? [] })

  private static func day(_ month: Int, _ day: Int) -> Int {
    Int(CivilDate.days(year: 2026, month: month, day: day))
  }

  private static func results(_ files: LinkingFiles) -> [WeakLocation] {
    var analysis = WeakLocationAnalysis()
    for file in files.files { analysis.add(file) }
    return analysis.results(using: names)
  }

  /// Three files a day.
  private static func add(
    _ days: ClosedRange<Int>, _ offset: Int16, to files: inout LinkingFiles, hours: [Int] = [9, 13, 21],
    _ more: [Observation] = []
  ) {
    for day in days {
      for hour in hours { files.add([LinkFact.time(day, hour * 3600, offset: offset)] + more) }
    }
  }

  /// Weeks at +01:00 with four days at +08:00 in between.
  private static func journey(_ more: [Observation] = []) -> LinkingFiles {
    var files = LinkingFiles()
    add(day(1, 5)...day(1, 20), 60, to: &files)
    add(day(1, 21)...day(1, 24), 480, to: &files, more)
    add(day(1, 25)...day(2, 10), 60, to: &files)
    return files
  }

  @Test("four days at +08:00 between weeks at +01:00 are a journey, China among the countries")
  func journey() throws {
    let results = Self.results(Self.journey())
    #expect(results.map(\.utcOffsetMinutes) == [60, 480])
    let home = try #require(results.first)
    #expect(home.countries == ["NG", "DE", "DK"])
    #expect((home.firstDay, home.lastDay) == (Int64(Self.day(1, 5)), Int64(Self.day(2, 10))))
    #expect(home.fileCount == 99)
    let away = try #require(results.last)
    #expect(away.basis == .utcOffset)
    #expect((away.firstDay, away.lastDay) == (Int64(Self.day(1, 21)), Int64(Self.day(1, 24))))
    #expect(away.countries == ["CN", "SG", "AU"])
    #expect(away.names == ["Asia/Shanghai", "Asia/Singapore", "Australia/Perth"])
    #expect(away.fileCount == 12)
    #expect(away.confidence > 0.6 && away.confidence < 0.9)
    #expect(away.reason.contains("+08:00") && away.reason.contains("+01:00"))
  }

  @Test("a network's country narrows a zone; one with another zone makes it less sure")
  func network() throws {
    func away(_ country: String?) throws -> WeakLocation {
      let fact = country.map {
        [Observation(.networkCountry, .place($0), field: "Samsung:MCCData", offset: nil)]
      }
      let results = Self.results(Self.journey(fact ?? []))
      #expect(results.filter { $0.basis == .mobileCountry }.count == (country == nil ? 0 : 1))
      return try #require(results.first { $0.utcOffsetMinutes == 480 })
    }
    let plain = try away(nil)
    let agreeing = try away("Singapore")
    #expect(agreeing.countries == ["SG"])
    #expect(agreeing.confidence > plain.confidence)
    #expect(!agreeing.reason.contains("Singapore"))
    let other = try away("Germany")
    #expect(other.countries == plain.countries)
    #expect(other.confidence < plain.confidence)
  }

  @Test("a town that files name goes before larger countries of the zone")
  func town() throws {
    let fact = Observation(.city, .place("Singapore"), field: "IPTC:City", offset: nil)
    let results = Self.results(Self.journey([fact]))
    let away = try #require(results.first { $0.utcOffsetMinutes == 480 })
    #expect(away.countries == ["SG", "CN", "AU"])
    #expect(away.names.first == "Singapore")
    let named = try #require(results.first { $0.basis == .placeName })
    #expect(named.countries == ["SG"])
    #expect(named.fileCount == 12)
  }

  @Test("daylight saving is no travel")
  func daylightSaving() {
    var files = LinkingFiles()
    Self.add(Self.day(3, 1)...Self.day(3, 28), 60, to: &files)
    Self.add(Self.day(3, 29)...Self.day(5, 10), 120, to: &files)
    let results = Self.results(files)
    #expect(results.map(\.utcOffsetMinutes) == [120])
    // Lagos has no daylight saving.
    #expect(results.first?.countries == ["DE", "DK"])
    #expect(results.first?.reason.contains("season") == true)
  }

  @Test("an hour more in winter is travel, and an hour less in summer")
  func anHourAway() {
    var files = LinkingFiles()
    Self.add(Self.day(1, 5)...Self.day(1, 31), 60, to: &files)
    Self.add(Self.day(2, 1)...Self.day(2, 4), 120, to: &files)
    Self.add(Self.day(2, 5)...Self.day(3, 20), 60, to: &files)
    Self.add(Self.day(4, 1)...Self.day(6, 30), 120, to: &files)
    Self.add(Self.day(7, 1)...Self.day(7, 5), 60, to: &files)
    Self.add(Self.day(7, 6)...Self.day(7, 20), 120, to: &files)
    let results = Self.results(files)
    #expect(results.map(\.utcOffsetMinutes) == [120, 120, 60])
    #expect(results.map(\.firstDay) == [(1, 5), (2, 1), (7, 1)].map { Int64(Self.day($0.0, $0.1)) })
    #expect(results.last?.countries == ["NG", "GB"])
  }

  @Test("one or two files say nothing, and an odd one among many says little")
  func nothingInvented() throws {
    var files = LinkingFiles()
    #expect(Self.results(files).isEmpty)
    files.add([LinkFact.time(Self.day(1, 5), offset: 480)])
    #expect(Self.results(files).isEmpty)
    files.add([LinkFact.time(Self.day(1, 6), offset: 480)])
    #expect(Self.results(files).isEmpty)
    for _ in 0..<50 { files.add([LinkFact.time(Self.day(1, 7))]) }
    #expect(Self.results(files).isEmpty)

    var many = LinkingFiles()
    Self.add(Self.day(1, 5)...Self.day(1, 20), 60, to: &many)
    many.add([LinkFact.time(Self.day(1, 21), offset: -300)])
    Self.add(Self.day(1, 22)...Self.day(1, 30), 60, to: &many)
    let odd = try #require(Self.results(many).last)
    #expect(odd.utcOffsetMinutes == -300)
    #expect(odd.confidence <= 0.2)
    // On a day with others it is outvoted.
    var outvoted = LinkingFiles()
    Self.add(Self.day(1, 5)...Self.day(1, 20), 60, to: &outvoted)
    outvoted.add([LinkFact.time(Self.day(1, 10), offset: -300)])
    #expect(Self.results(outvoted).map(\.utcOffsetMinutes) == [60])
  }

  @Test("without a zone of most days nothing is called home")
  func noHome() {
    var files = LinkingFiles()
    for (index, offset) in [Int16(60), 480, -300].enumerated() {
      files.add([LinkFact.time(Self.day(1, 5) + index, offset: offset)])
    }
    #expect(Self.results(files).isEmpty)
    for (index, offset) in [Int16(60), 480, -300].enumerated() {
      files.add([LinkFact.time(Self.day(1, 5) + index, offset: offset)])
    }
    let results = Self.results(files)
    #expect(results.map(\.utcOffsetMinutes) == [60, 480, -300])
    #expect(results.allSatisfy { $0.confidence < 0.4 && !$0.reason.contains("ost") })
  }

  @Test("a day with two offsets belongs to the journey, and a camera that stays at home does not hide it")
  func travelDay() throws {
    var files = LinkingFiles()
    let phone = LinkFact.camera("Apple", "iPhone 15")
    let camera = LinkFact.camera("Canon", "EOS R6")
    Self.add(Self.day(1, 5)...Self.day(1, 19), 60, to: &files, [phone])
    Self.add(Self.day(1, 20)...Self.day(1, 20), 60, to: &files, [phone])
    files.add([LinkFact.time(Self.day(1, 20), 82_800, offset: 480), phone])
    Self.add(Self.day(1, 21)...Self.day(1, 24), 480, to: &files, [phone])
    Self.add(Self.day(1, 25)...Self.day(2, 1), 60, to: &files, [phone])
    Self.add(Self.day(1, 5)...Self.day(2, 1), 60, to: &files, hours: Array(8...20), [camera])
    let away = try #require(Self.results(files).first { $0.utcOffsetMinutes == 480 })
    #expect((away.firstDay, away.lastDay) == (Int64(Self.day(1, 20)), Int64(Self.day(1, 24))))
  }

  @Test("hours without files are night in the right zone, and make a wrong one less sure")
  func quietHours() throws {
    /// Files from 8 to 22 of local time, where the clock says `hours` later.
    func away(shift: Int) throws -> WeakLocation {
      var files = LinkingFiles()
      Self.add(Self.day(1, 1)...Self.day(1, 20), 60, to: &files)
      Self.add(Self.day(1, 21)...Self.day(1, 26), 480, to: &files, hours: (8...22).map { ($0 + shift) % 24 })
      Self.add(Self.day(1, 27)...Self.day(2, 20), 60, to: &files)
      return try #require(Self.results(files).first { $0.utcOffsetMinutes == 480 })
    }
    let night = try away(shift: 0)
    #expect(night.reason.contains("night"))
    let noon = try away(shift: 11)
    #expect(noon.reason.contains("middle of the day"))
    #expect(noon.confidence < night.confidence)
  }

  @Test("zones of their own fields count; those of appointments and address books do not")
  func sources() {
    func offsets(_ field: String, _ role: Role = .zone) -> [Int16?] {
      var files = LinkingFiles()
      for index in 0..<4 {
        files.add([
          LinkFact.time(Self.day(1, 5) + index),
          Observation(role, .utcOffset(480), field: field, offset: nil),
        ])
      }
      return Self.results(files).map(\.utcOffsetMinutes)
    }
    #expect(offsets("Canon:TimeZone") == [480])
    #expect(offsets("EXIF:GPSTimeStamp", .derived) == [480])
    #expect(offsets("ICS:TZ") == [])
    #expect(offsets("VCARD:TZ") == [])
    var named = LinkingFiles()
    for index in 0..<4 {
      named.add([
        LinkFact.time(Self.day(1, 5) + index),
        Observation(.derived, .utcOffset(480), field: "FileName:UTCGap", offset: nil),
      ])
    }
    #expect(Self.results(named).map(\.basis) == [.fileName])
    // A time of UTC that a program wrote is no zone.
    var utc = LinkingFiles()
    for index in 0..<4 {
      utc.add([
        Observation(
          .original,
          .timestamp(
            Timestamp(civilSeconds: Int64(Self.day(1, 5) + index) * 86_400 + 3600, utcOffsetMinutes: 0)),
          field: "XMP-exif:DateTimeOriginal", offset: nil)
      ])
    }
    #expect(Self.results(utc).isEmpty)
  }

  @Test("networks, towns and zones of devices are told without any offset; unknown names are not")
  func places() {
    func found(_ role: Role, _ fact: Observation.Fact) -> [WeakLocation] {
      var files = LinkingFiles()
      for day in [Self.day(1, 5), Self.day(1, 6), Self.day(3, 1)] {
        files.add([LinkFact.time(day), Observation(role, fact, field: "PLIST:x", offset: nil)])
      }
      return Self.results(files)
    }
    let network = found(.networkCountry, .place("China"))
    #expect(network.map(\.basis) == [.mobileCountry, .mobileCountry])
    #expect(network.map(\.countries) == [["CN"], ["CN"]])
    #expect(network.map(\.fileCount) == [2, 1])
    #expect(found(.city, .place("Shanghai")).map(\.names) == [["Shanghai"], ["Shanghai"]])
    #expect(found(.timeZone, .text("Asia/Shanghai")).map(\.countries) == [["CN"], ["CN"]])
    let paris = found(.city, .place("Paris"))
    #expect(paris.map(\.countries) == [["FR", "US"], ["FR", "US"]])
    #expect(paris.allSatisfy { $0.confidence < 0.3 })
    #expect(found(.city, .place("Nowhere")).isEmpty)
    #expect(found(.networkCountry, .place("mobile country code 999")).isEmpty)
  }

  @Test("a country is told once, and not beside its town")
  func country() {
    var files = LinkingFiles()
    func place(_ role: Role, _ text: String) -> Observation {
      Observation(role, .place(text), field: "IPTC:x", offset: nil)
    }
    files.add([LinkFact.time(Self.day(1, 5)), place(.country, "China"), place(.country, "CN")])
    files.add([LinkFact.time(Self.day(1, 6)), place(.country, "China"), place(.city, "Shanghai")])
    let results = Self.results(files)
    #expect(results.map(\.names) == [[], ["Shanghai"]])
    #expect(results.map(\.fileCount) == [1, 1])
  }

  @Test("two zones that fit as many days each do not make the answer change from run to run")
  func tie() {
    // Home from 5 January on; then a week in a zone that shares its offset with one zone, and one with another.
    var files = LinkingFiles()
    Self.add(Self.day(1, 5)...Self.day(1, 25), 60, to: &files)
    Self.add(Self.day(4, 1)...Self.day(4, 7), 60, to: &files)
    Self.add(Self.day(4, 8)...Self.day(4, 14), 120, to: &files)
    let first = Self.results(files)
    #expect(first.map(\.utcOffsetMinutes) == [60, 120])
    for _ in 0..<20 { #expect(Self.results(files) == first) }
  }

  @Test("weeks without files end a journey")
  func gap() {
    var files = Self.journey()
    Self.add(Self.day(6, 1)...Self.day(6, 2), 480, to: &files)
    Self.add(Self.day(7, 1)...Self.day(7, 2), 480, to: &files)
    let away = Self.results(files).filter { $0.utcOffsetMinutes == 480 }
    #expect(away.map(\.firstDay) == [(1, 21), (6, 1), (7, 1)].map { Int64(Self.day($0.0, $0.1)) })
    #expect(away.map(\.fileCount) == [12, 6, 6])
  }

  @Test("where geography knows no zone, the offsets still tell a journey")
  func withoutGeography() {
    var analysis = WeakLocationAnalysis()
    for file in Self.journey().files { analysis.add(file) }
    let nothing = ZoneNames(zones: { _, _ in [] }, towns: { _ in [] }, countries: { _ in [] })
    let results = analysis.results(using: nothing)
    #expect(results.map(\.utcOffsetMinutes) == [60, 480])
    #expect(results.allSatisfy { $0.countries.isEmpty && $0.names.isEmpty })
  }
}
