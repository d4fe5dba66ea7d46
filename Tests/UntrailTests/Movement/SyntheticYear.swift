import UntrailModel
import UntrailMovement

/// A year of a made-up reporter: 30,000 pictures of her phone, and some of a phone that belongs to somebody whom she
/// meets. All places are landmarks of Berlin and of the towns that she travels to.
struct SyntheticYear {
  /// The World Clock on Alexanderplatz stands for her home, the Reichstag for her office.
  static let home = place(52.52118, 13.41332)
  static let office = place(52.51862, 13.37618)
  /// The Oberbaum Bridge, where she meets the source.
  static let meeting = place(52.50185, 13.44564)
  static let fileCount = 30_000

  struct Stay {
    var name: String
    var days: ClosedRange<Int64>
    var place: Coordinate
    var country: String
    /// Minutes east of UTC.
    var utcOffset: Int16
  }

  /// Days since the first of January.
  static let trips = [
    Stay(name: "Rome", days: 60...64, place: place(41.89021, 12.49223), country: "IT", utcOffset: 60),
    Stay(name: "Beijing", days: 150...159, place: place(39.90872, 116.39748), country: "CN", utcOffset: 480),
    Stay(name: "London", days: 270...272, place: place(51.50546, -0.07536), country: "GB", utcOffset: 60),
  ]
  static let meetingDays: [Int64] = [30, 100, 200, 300]

  /// 2025-01-01, a Wednesday.
  static let firstDay = CivilDate.days(year: 2025, month: 1, day: 1)

  static func place(_ latitude: Double, _ longitude: Double) -> Coordinate {
    guard let place = Coordinate(latitude: latitude, longitude: longitude) else {
      preconditionFailure("no place: \(latitude), \(longitude)")
    }
    return place
  }

  /// Countries and clocks of the places above, and of nowhere else. Berlin has summer time from the day 88 to 298.
  static let context = AuditContext(
    day: firstDay + 400,
    country: { position in
      trips.first { $0.place.distance(to: position) < 100_000 }?.country
        ?? (home.distance(to: position) < 100_000 ? "DE" : "")
    },
    utcOffset: { position, time in
      if let trip = trips.first(where: { $0.place.distance(to: position) < 100_000 }) {
        return trip.utcOffset
      }
      return berlinOffset(CivilDate.floorDivide(time, 86_400) - firstDay)
    })

  static func berlinOffset(_ day: Int64) -> Int16 { (88..<298).contains(day) ? 120 : 60 }

  /// A generator of Lehmer's kind: the same year each time.
  private struct Numbers {
    var state: UInt64 = 20_250_101

    mutating func next(below bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }

    /// Up to 40 m away: a phone's error.
    mutating func near(_ place: Coordinate) -> Coordinate {
      let north = (Double(next(below: 1000)) / 1000 - 0.5) * 0.0007
      let east = (Double(next(below: 1000)) / 1000 - 0.5) * 0.0007
      return SyntheticYear.place(place.latitude + north, place.longitude + east)
    }
  }

  /// - Parameter hasPositions: false for the same year with GPS off.
  static func files(hasPositions: Bool) -> [JudgedFile] {
    var numbers = Numbers()
    var files: [JudgedFile] = []
    files.reserveCapacity(fileCount + 8)
    func add(_ position: Coordinate, civil: Int64, offset: Int16, serial: String) {
      var observations = [
        Observation(
          .camera, .device(Device(make: "Kestrel", model: "Kestrel K7")), field: "EXIF:Model", offset: nil),
        Observation(.body, .serial(serial), field: "EXIF:BodySerialNumber", offset: nil),
        Observation(
          .original, .timestamp(Timestamp(civilSeconds: civil, utcOffsetMinutes: offset)),
          field: "EXIF:DateTimeOriginal", offset: nil),
      ]
      if hasPositions {
        observations.append(
          Observation(
            .camera, .location(Location(coordinate: position)), field: "EXIF:GPSLatitude", offset: nil))
      }
      let examination = Examination(
        artifact: Artifact(path: PathBytes("DCIM/IMG_\(files.count).jpg")),
        mediaType: MediaType("image/jpeg"),
        coverage: .read, observations: observations)
      files.append(
        JudgedFile(
          ordinal: files.count + 1, examination: examination, index: ObservationIndex(observations),
          findings: []
        ))
    }
    for number in 0..<fileCount {
      let day = Int64(number) * 365 / Int64(fileCount)
      // The day before a journey ends at noon, and so does its last day: she is on the way then.
      let leaves = trips.contains { $0.days.lowerBound == day + 1 || $0.days.upperBound == day }
      let second = Int64(numbers.next(below: leaves ? 43_200 : 86_400))
      let civil = (firstDay + day) * 86_400 + second
      if let trip = trips.first(where: { $0.days.contains(day) }) {
        add(numbers.near(trip.place), civil: civil, offset: trip.utcOffset, serial: "K7-0001")
      } else {
        let isOffice = civil.weekday < 5 && (9..<18).contains(second / 3600)
        add(
          numbers.near(isOffice ? office : home), civil: civil, offset: berlinOffset(day), serial: "K7-0001")
      }
    }
    for day in meetingDays {
      let civil = (firstDay + day) * 86_400 + 20 * 3600
      for serial in ["K7-0001", "K7-0002"] {
        add(numbers.near(meeting), civil: civil, offset: berlinOffset(day), serial: serial)
      }
    }
    return files
  }
}
