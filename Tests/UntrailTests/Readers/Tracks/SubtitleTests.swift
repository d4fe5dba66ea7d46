import Testing
import UntrailModel
import UntrailReaders

@Suite("SRT")
struct SubtitleTests {
  static let mediaType = "application/x-subrip"

  static let forms = """
    1
    00:00:00,000 --> 00:00:01,000
    HOME(2.2940,48.8580) 2026.07.14 09:30:00
    GPS(2.2945,48.8584,19) BAROMETER:1.9
    ISO:100 Shutter:60 EV: Fnum:2.2

    2
    00:00:01,000 --> 00:00:02,000
    F/2.8, SS 206.14, ISO 150, EV 0, GPS (2.2946, 48.8585, 15), D 10.123m, H 3.00m, H.S 1.843m/s, V.S 0.000m/s

    3
    00:00:02,000 --> 00:00:03,000
    <font size="36">SrtCnt : 3, DiffTime : 33ms
    2026-07-14 09:30:02,745,078
    [iso : 100] [latitude : 48.8586] [longtitude : 2.2947] [altitude: 74.7] </font>

    4
    00:00:03,000 --> 00:00:04,000
    2026-07-14 09:30:03.745
    [iso: 100] [latitude: 48.8587] [longitude: 2.2948] [rel_alt: 1.2 abs_alt: 35.1] [ct: 5064]

    5
    00:00:04,000 --> 00:00:05,000
    GPS(W: 70.215300, S: 33.856900, 49.86m) ISO:100

    6
    00:00:05,000 --> 00:00:06,000
    2026/07/14 09:30:05 N:48.858900 E:2.294900 30 km/h


    """

  @Test("reads all forms")
  func reads() throws {
    let result = read(Array(Self.forms.utf8), as: Self.mediaType)
    #expect(result.diagnostics.isEmpty)
    let track = try #require(result.tracks().first)
    #expect(track.isLocalTime)
    let expected =
      [
        (48.8584, 2.2945, 0), (48.8585, 2.2946, nil), (48.8586, 2.2947, 2), (48.8587, 2.2948, 3),
        (-33.8569, -70.2153, nil), (48.8589, 2.2949, 5),
      ] as [(Double, Double, Int64?)]
    #expect(track.points.count == expected.count)
    for (point, (latitude, longitude, second)) in zip(track.points, expected) {
      #expect(point.coordinate.isNear(latitude, longitude))
      #expect(point.time == second.map { 1_784_021_400 + $0 })
    }
    let home = try #require(result.observations.first { $0.field == "DJI:HOME" })
    #expect(home.role == .waypoint)
    #expect(result.locations.count == 1)
    #expect(result.timestamp(.start)?.civilSeconds == 1_784_021_400)
    #expect(result.timestamp(.end)?.civilSeconds == 1_784_021_405)
  }

  @Test(
    "drones that write the latitude first",
    arguments: [
      "GPS(48.8584,2.2945,0.0M) BAROMETER:0.3M\n",
      "GPS(48.858400,2.294500,69.800) BAROMETER(91.2) HOME(48.8580,2.2940)\n",
      "HOME(48.8580,2.2940)\nGPS(48.8584,2.2945,0.0M)\n",
    ])
  func latitudeFirst(line: String) throws {
    let result = read(Array(("1\n00:00:00,000 --> 00:00:01,000\n" + line).utf8), as: Self.mediaType)
    #expect(result.allPlaces.allSatisfy { $0.isNear(48.8584, 2.2945, within: 0.001) })
    #expect(result.tracks().first?.pointCount == 1)
  }

  @Test("sentences of a receiver")
  func sentences() throws {
    let text =
      "1\n00:00:00,000 --> 00:00:01,000\n"
      + NMEATests.sentence("$GPRMC,093000.00,A,4851.5040,N,00217.6700,E,0.2,54.7,140726,,,A") + "\n\n"
    let track = try #require(read(Array(text.utf8), as: Self.mediaType).tracks().first)
    #expect(track.points.first?.time == 1_784_021_400)
    #expect(!track.isLocalTime)
  }

  @Test("is clean: a film")
  func isClean() {
    let film = """
      1
      00:00:00,000 --> 00:00:01,000
      He was at HOME (12, 30) on 2026-07-14 09:30:00, GPS (off).

      2
      00:00:01,000 --> 00:00:02,000
      Latitude matters: 5. N 12 W 7. Long: 3?

      """
    var result = read(Array(film.utf8), as: Self.mediaType)
    #expect(result.observations.isEmpty)
    #expect(result.diagnostics.isEmpty)

    let noFix = "3\n00:00:02,000 --> 00:00:03,000\n[latitude: 0.0] [longitude: 0.0] [altitude: n/a]\n"
    result = read(Array(noFix.utf8), as: Self.mediaType)
    #expect(result.observations.isEmpty)
    #expect(result.codes == ["null-island"])
  }

  @Test("is damaged: cut anywhere")
  func isCut() { surviveCuts(Array(Self.forms.utf8), as: Self.mediaType) }

  @Test("is damaged: bytes changed")
  func isChanged() { surviveChanges(Array(Self.forms.utf8), as: Self.mediaType) }
}
