import Testing
import UntrailModel
import UntrailMovement

@Suite("Movement")
struct MovementTests {
  /// 2025-01-06, a Monday, 00:00 UTC.
  static let monday = CivilDate.days(year: 2025, month: 1, day: 6) * 86_400
  static let utc = AuditContext(day: 0, utcOffset: { _, _ in 0 })

  static func fix(
    _ latitude: Double, _ longitude: Double, _ time: Int64, _ source: PositionFix.Source = .track,
    device: UInt32 = 0, accuracy: Float = .nan
  ) -> PositionFix {
    PositionFix(
      coordinate: SyntheticYear.place(latitude, longitude), time: time, accuracy: accuracy, source: source,
      file: 1, device: device)
  }

  /// Fixes each minute at one place, from one hour of Monday to another.
  static func stay(
    _ latitude: Double, _ longitude: Double, hours: ClosedRange<Int64>, device: UInt32 = 0
  ) -> [PositionFix] {
    stride(from: hours.lowerBound * 3600, through: hours.upperBound * 3600, by: 60).map {
      fix(latitude, longitude, monday + $0, device: device)
    }
  }

  @Test("a stay is 20 minutes within 200 metres, and nothing less")
  func shortAndLongStays() {
    let long = Self.stay(48.85837, 2.29448, hours: 8...9)
    let way = [Self.fix(48.87, 2.31, Self.monday + 9 * 3600 + 300)]
    let short = (0..<15).map { Self.fix(48.8867, 2.3431, Self.monday + 9 * 3600 + 900 + $0 * 60) }
    let movement = MovementAnalysis.analyse(long + way + short, context: Self.utc)
    #expect(movement.stayPoints.count == 1)
    let stay = movement.stayPoints.first
    #expect(stay?.arrived == Self.monday + 8 * 3600)
    #expect(stay?.left == way[0].time)
    #expect(stay?.fixCount == 61)
    #expect(stay.map { $0.coordinate.distance(to: long[0].coordinate) < 1 } == true)
  }

  @Test("a stay that ends with the log, or before a gap of 12 hours, is one too")
  func staysBeforeGaps() {
    let fixes = Self.stay(48.85837, 2.29448, hours: 8...9) + Self.stay(48.85837, 2.29448, hours: 30...31)
    let stays = MovementAnalysis.analyse(fixes, context: Self.utc).stayPoints
    #expect(stays.map(\.arrived) == [Self.monday + 8 * 3600, Self.monday + 30 * 3600])
    #expect(stays.map(\.left) == [Self.monday + 9 * 3600, Self.monday + 31 * 3600])
    #expect(stays.allSatisfy { $0.place == 0 })
  }

  @Test("the order of the fixes does not matter")
  func orderOfFixes() {
    let fixes = Self.stay(48.85837, 2.29448, hours: 8...12) + Self.stay(48.8867, 2.3431, hours: 13...20)
    let sorted = MovementAnalysis.analyse(fixes, context: Self.utc)
    #expect(MovementAnalysis.analyse(fixes.reversed(), context: Self.utc) == sorted)
    #expect(sorted.trips.count == 1)
    #expect(sorted.trips.first.map { abs($0.distance - 4733) < 60 } == true, "\(sorted.trips)")
  }

  @Test("a fix that nobody can have had makes no stay, no crossing and no journey")
  func outliers() {
    var fixes = Self.stay(48.85837, 2.29448, hours: 8...10)
    fixes[60].coordinate = SyntheticYear.place(39.90872, 116.39748)
    fixes.append(Self.fix(41.89, 12.49, Self.monday + 9 * 3600 + 30, .photo, accuracy: 5000))
    let movement = MovementAnalysis.analyse(fixes, context: SyntheticYear.context)
    #expect(movement.outlierCount == 2)
    #expect(movement.stayPoints.count == 1)
    #expect(movement.stayPoints.first?.fixCount == 120)
    #expect(movement.crossings.isEmpty)
    #expect(movement.journeys.isEmpty)
  }

  @Test("photos of one day make no place, those of two days do")
  func photosOnTwoDays() {
    func photos(_ days: [Int64]) -> [PositionFix] {
      days.map { Self.fix(48.85837, 2.29448, Self.monday + $0 * 86_400 + 36_000, .photo) }
    }
    #expect(MovementAnalysis.analyse(photos([0]), context: Self.utc).places.isEmpty)
    let places = MovementAnalysis.analyse(photos([0, 3]), context: Self.utc).places
    #expect(places.count == 1)
    #expect(places.first?.days == 2)
    #expect(places.first?.role == nil)
  }

  @Test("places are found across 180 degrees and beside the pole")
  func antimeridianAndPole() {
    for (one, other) in [((-16.79, 179.9999), (-16.79, -179.9999)), ((89.9999, 0.0), (89.9999, 90.0))] {
      let fixes = [
        Self.fix(one.0, one.1, Self.monday + 36_000, .photo),
        Self.fix(other.0, other.1, Self.monday + 86_400 + 36_000, .photo),
      ]
      let movement = MovementAnalysis.analyse(fixes, context: Self.utc)
      #expect(movement.places.count == 1, "\(one)")
    }
  }

  @Test("hours and nights are those of the place, not of UTC")
  func localNights() {
    // 13:00 to 21:00 UTC is 21:00 to 05:00 in Beijing.
    var fixes: [PositionFix] = []
    for day in Int64(0)..<7 {
      let evening = day * 24 + 13
      fixes += Self.stay(39.90872, 116.39748, hours: evening...(evening + 8))
      fixes.append(Self.fix(39.95, 116.45, Self.monday + (evening + 9) * 3600))
    }
    let place = MovementAnalysis.analyse(fixes, context: SyntheticYear.context).places.first
    #expect(place?.nights == 7)
    #expect(place?.workdays == 0)
    #expect(place?.role == .home)
    let inUTC = MovementAnalysis.analyse(fixes, context: Self.utc).places.first
    #expect(inUTC?.nights == 0)
    #expect(inUTC?.role != .home)
  }

  @Test("two devices at one place in one hour three times are a meeting, twice they are not")
  func coPresences() {
    func fixes(_ days: Range<Int64>) -> [PositionFix] {
      var fixes: [PositionFix] = []
      for day in days {
        let evening = Self.monday + day * 86_400 + 72_000
        fixes.append(Self.fix(52.50185, 13.44564, evening, .photo, device: 1))
        fixes.append(Self.fix(52.50185, 13.44564, evening + 60, .photo, device: 2))
      }
      for day in Int64(0)..<20 {
        fixes.append(Self.fix(52.52118, 13.41332, Self.monday + day * 86_400 + 3600, .photo, device: 1))
      }
      return fixes
    }
    #expect(MovementAnalysis.analyse(fixes(0..<2), context: Self.utc).coPresences.isEmpty)
    let found = MovementAnalysis.analyse(fixes(0..<3), context: Self.utc).coPresences
    #expect(found.count == 1)
    #expect(found.first?.devices == [1, 2])
    #expect(found.first?.times.count == 3)
  }

  @Test("gaps of more than three days are said, and distinct points count once")
  func gapsAndPoints() {
    let fixes = [0, 60, 3600, 4 * 86_400].map { Self.fix(48.85837, 2.29448, Self.monday + $0, .photo) }
    let movement = MovementAnalysis.analyse(fixes, context: Self.utc)
    #expect(movement.gaps == [Movement.Gap(start: Self.monday + 3600, end: Self.monday + 4 * 86_400)])
    #expect(movement.distinctPoints == 3)
  }

  @Test("a year: home, office, three journeys and four meetings are found, and nothing else")
  func year() {
    var collector = FixCollector(SyntheticYear.context)
    var linker = DeviceLinker()
    for file in SyntheticYear.files(hasPositions: true) { collector.add(file, device: linker.add(file)) }
    let links = linker.links()
    #expect(links.groups.map(\.fileCount) == [SyntheticYear.fileCount + 4, 4])
    let fixes = collector.takeFixes(device: links.final)
    let movement = MovementAnalysis.analyse(fixes, context: SyntheticYear.context)
    #expect(movement.fixCount == SyntheticYear.fileCount + 8)
    func place(_ role: Place.Role) -> Place? { movement.places.first { $0.role == role } }
    #expect(place(.home).map { $0.coordinate.distance(to: SyntheticYear.home) < 30 } == true)
    #expect(place(.work).map { $0.coordinate.distance(to: SyntheticYear.office) < 30 } == true)
    #expect(place(.home).map { $0.nights > 330 && $0.confidence > 0.9 } == true)
    // Home, office, the meeting place and three towns.
    #expect(movement.places.count == 6, "\(movement.places.map(\.coordinate))")
    #expect(movement.journeys.map(\.countries) == [["IT"], ["CN"], ["GB"]])
    #expect(movement.journeys.map(\.nights) == [4, 9, 2])
    #expect(movement.crossings.map(\.to) == ["IT", "DE", "CN", "DE", "GB", "DE"])
    let meetings = movement.coPresences
    #expect(meetings.count == 1)
    #expect(meetings.first?.times.count == 4)
    #expect(meetings.first.map { $0.coordinate.distance(to: SyntheticYear.meeting) < 60 } == true)
  }

  @Test("what was agreed is a fix when it is past, what is to come is none")
  func calendars() {
    func fixes(_ day: Int64) -> [PositionFix] {
      var travel = Reservation(.appointment)
      travel.coordinate = SyntheticYear.meeting
      travel.start = Timestamp(civilSeconds: Self.monday + 36_000, utcOffsetMinutes: 0)
      travel.end = Timestamp(civilSeconds: Self.monday + 39_600, utcOffsetMinutes: 0)
      let observations = [Observation(.calendarEntry, .travel(travel), field: "ICS:VEVENT", offset: nil)]
      let examination = Examination(
        artifact: Artifact(path: PathBytes("a.ics")), mediaType: MediaType("text/calendar"), coverage: .read,
        observations: observations)
      var collector = FixCollector(AuditContext(day: day))
      collector.add(
        JudgedFile(
          ordinal: 1, examination: examination, index: ObservationIndex(observations), findings: []),
        device: 0)
      return collector.takeFixes()
    }
    let monday = Self.monday / 86_400
    #expect(fixes(monday + 1).map(\.time) == [Self.monday + 36_000, Self.monday + 39_600])
    #expect(fixes(monday).isEmpty)
  }

  @Test("a fix before satellites or behind the day of the audit is doubtful")
  func impossibleTimes() {
    let day = Self.monday / 86_400
    var collector = FixCollector(AuditContext(day: day))
    let times = [-62_135_596_800, 0, Self.monday, Self.monday + 3 * 86_400, Timestamp.lastSecond]
    let points = times.map { TrackPoint(coordinate: SyntheticYear.home, time: $0) }
    let track = Track(
      pointCount: 5, south: 52, west: 13, north: 53, east: 14, start: times[0], end: times[4],
      isLocalTime: false, points: points)
    let observations = [Observation(.recorded, .track(track), field: "GPX:trkpt", offset: nil)]
    let examination = Examination(
      artifact: Artifact(path: PathBytes("a.gpx")), mediaType: MediaType("application/gpx+xml"),
      coverage: .read, observations: observations)
    collector.add(
      JudgedFile(ordinal: 1, examination: examination, index: ObservationIndex(observations), findings: []),
      device: 0)
    #expect(collector.doubtfulCount == 4)
    #expect(collector.takeFixes().map(\.time) == [Self.monday])
  }

  @Test("without a position there is no movement")
  func yearWithoutPositions() {
    var collector = FixCollector(SyntheticYear.context)
    for file in SyntheticYear.files(hasPositions: false).prefix(1000) { collector.add(file, device: 1) }
    #expect(MovementAnalysis.analyse(collector.takeFixes(), context: SyntheticYear.context) == Movement())
  }
}
