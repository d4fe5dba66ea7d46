import Testing
import UntrailGeo
import UntrailModel
import UntrailMovement

@Suite("A year without positions")
struct HiddenYearTests {
  static let names = ZoneNames(
    zones: { Geography.shared.zones(utcOffset: $0, at: $1) },
    towns: { name in
      Geography.shared.towns(named: name).map { ZoneNames.Town(name: $0.name, country: $0.country) }
    },
    countries: { Geography.shared.countries(named: $0) })

  @Test("clocks show two of three journeys with their countries, and invent none")
  func zoneTrail() {
    var analysis = WeakLocationAnalysis()
    for file in SyntheticYear.files(hasPositions: false) { analysis.add(file) }
    let found = analysis.results(using: Self.names).filter { $0.confidence >= 0.5 }
    func overlaps(_ trip: SyntheticYear.Stay, _ location: WeakLocation) -> Bool {
      let first = SyntheticYear.firstDay + trip.days.lowerBound
      let last = SyntheticYear.firstDay + trip.days.upperBound
      return location.firstDay <= last && first <= location.lastDay
        && location.utcOffsetMinutes == trip.utcOffset
        && location.lastDay - location.firstDay < 15
    }
    let beijing = found.first { overlaps(SyntheticYear.trips[1], $0) }
    #expect(beijing?.countries.contains("CN") == true, "\(found)")
    let london = found.first { overlaps(SyntheticYear.trips[2], $0) }
    #expect(london?.countries.contains("GB") == true, "\(found)")
    // Summer time in Berlin is no journey; Rome has the same clock, and nobody can know.
    let others = found.filter { location in
      !SyntheticYear.trips.contains { overlaps($0, location) }
    }
    #expect(
      others.allSatisfy { $0.countries.contains("DE") && [60, 120].contains($0.utcOffsetMinutes) },
      "\(others)")
  }
}
