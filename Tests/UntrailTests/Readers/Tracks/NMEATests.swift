import Testing
import UntrailModel
import UntrailReaders

@Suite("NMEA 0183")
struct NMEATests {
  static let mediaType = "text/x-nmea-0183"

  /// A sentence with its checksum.
  static func sentence(_ body: String) -> String {
    let sum = body.dropFirst().utf8.reduce(0) { $0 ^ $1 }
    let digits = String(sum, radix: 16, uppercase: true)
    return body + "*" + (digits.count < 2 ? "0" : "") + digits
  }

  static func file(_ bodies: String...) -> [UInt8] {
    Array(bodies.map { sentence($0) + "\r\n" }.joined().utf8)
  }

  /// A position report of AIS, type 1, of 211000001 at 48.8584, -2.2945.
  static let ownShip: String = {
    var bits = ""
    func add(_ value: Int, _ count: Int) {
      for bit in (0..<count).reversed() { bits += value >> bit & 1 == 1 ? "1" : "0" }
    }
    add(1, 6)
    add(0, 2)
    add(211_000_001, 30)
    add(0, 23)
    add(-1_376_700, 28)
    add(29_315_040, 27)
    add(0, 52)
    return stride(from: 0, to: 168, by: 6).map { start in
      let value = UInt8(bits.dropFirst(start).prefix(6), radix: 2) ?? 0
      return String(UnicodeScalar(value < 40 ? value + 48 : value + 56))
    }.joined()
  }()

  static let walk = file(
    "$GPGGA,235958.00,4851.5040,N,00217.6700,E,1,08,0.9,35.0,M,47.0,M,,",
    "$GPRMC,235959.00,A,4851.5040,N,00217.6700,E,0.2,54.7,140726,,,A",
    "$GNGNS,000001.00,4851.5046,N,00217.6706,E,AAN,08,0.9,35.0,47.0,,",
    "$GLGLL,4851.5052,N,00217.6712,E,000002.00,A,A")

  @Test("reads sentences, and gives them their day over midnight")
  func reads() throws {
    let result = read(Self.walk, as: Self.mediaType)
    #expect(result.diagnostics.isEmpty)
    let track = try #require(result.tracks().first)
    #expect(track.points.count == 4)
    #expect(track.points[0].coordinate.isNear(48.8584, 2.294500))
    let midnight: Int64 = 20_649 * 86_400
    #expect(track.points.map(\.time) == [-2, -1, 1, 2].map { midnight + $0 })
    #expect(result.observations.first?.field == "NMEA:GGA")
    #expect(result.observations.first?.offset == 0)
  }

  @Test("a date of ZDA, hemispheres, prefixes of loggers, tag blocks")
  func dates() throws {
    let text =
      Self.sentence("$GPZDA,093000.00,14,07,2026,00,00") + "\n"
      + "2026-07-14 09:30:01;" + Self.sentence("$GPGGA,093001.00,3351.4140,S,07012.9180,W,1,08,0.9,5,M,0,M,,")
    let track = try #require(read(Array(text.utf8), as: Self.mediaType).tracks().first)
    #expect(track.points[0].coordinate.isNear(-33.8569, -70.2153))
    #expect(track.points[0].time == 1_784_021_401)

    let tagged =
      "\\s:r1,c:1784021400*00\\" + Self.sentence("$GPGLL,3351.4140,S,15112.9180,E,093000.00,A,A")
    #expect(
      read(Array(tagged.utf8), as: Self.mediaType).tracks().first?.points.first?.time == 1_784_021_400)
  }

  @Test("times without any date are no times")
  func noDate() {
    let file = Self.file("$GPGGA,220000.000,5013.476,N,01710.477,E,1,09,0.8,468.770,M,0.0,M,,")
    #expect(read(file, as: Self.mediaType).tracks().first?.start == nil)
  }

  @Test("waypoints, makers' sentences and the own ship")
  func others() throws {
    let file = Self.file(
      "$GPWPL,4851.5040,N,00217.6700,E,TOWER", "$PGRMT,GPS 18x-5Hz software ver. 3.60,P,P,R,R,P,,27,",
      "$LXWP1,LX5000,12345,11.1,4.0", "$PFLAC,A,PILOT,Mara Example", "$PFLAC,A,GLIDERID,D-1234",
      "$PMGNTRK,4851.504,N,00217.670,E,00035,M,093000.00,A,,140726",
      "!AIVDO,1,1,,,\(Self.ownShip),0", "!AIVDM,1,1,,A,15M67N0000G?Uf6E`FepT@3n00Sa,0")
    let result = read(file, as: Self.mediaType)
    #expect(result.locations.count == 1)
    #expect(result.texts(.place, .waypoint) == ["TOWER"])
    #expect(
      result.devices(.recorder) == [
        Device(make: "Garmin", model: "GPS 18x-5Hz software ver. 3.60"), Device(make: "LX", model: "LX5000"),
      ])
    #expect(result.texts(.serial, .body) == ["12345"])
    #expect(result.texts(.person, .pilot) == ["Mara Example"])
    #expect(result.texts(.serial, .vehicle) == ["D-1234", "211000001"])
    #expect(result.codes == ["other-ships-not-read"])
    let track = try #require(result.tracks().first)
    #expect(track.points.first?.time == 1_784_021_400)
    #expect(track.points.last?.coordinate.isNear(48.8584, -2.2945) ?? false)
  }

  @Test("is clean: void fixes, simulated ones, empty fields")
  func isClean() {
    let file = Self.file(
      "$GPRMC,235959.00,V,4851.5040,N,00217.6700,E,,,140726,,,N",
      "$GPRMC,235959.00,A,4851.5040,N,00217.6700,E,,,140726,,,S",
      "$GPGGA,235958.00,4851.5040,N,00217.6700,E,0,00,,,M,,M,,", "$GPGGA,235958.00,,,,,0,00,,,M,,M,,",
      "$GPGGA,235958.00,4851.5040,N,00217.6700,E,8,08,,,M,,M,,",
      "$GPGLL,4851.5040,N,00217.6700,E,000002.00,V,N", "$GNGNS,1,4851.5040,N,00217.6700,E,NN,00,,,,,",
      "$GPGSV,1,1,01,01,40,083,46", "$PFLAC,A,RADIOID,0")
    let result = read(file, as: Self.mediaType)
    #expect(result.observations.isEmpty)
    #expect(result.diagnostics.isEmpty)
  }

  @Test("a sentence with a wrong checksum is not read")
  func checksum() {
    var file = Self.walk
    file[20] = UInt8(ascii: "9")
    let result = read(file, as: Self.mediaType)
    #expect(result.codes == ["checksum"])
    #expect(result.tracks().first?.pointCount == 3)
  }

  @Test("is damaged: cut anywhere") func isCut() { surviveCuts(Self.walk, as: Self.mediaType) }

  @Test("is damaged: bytes changed") func isChanged() { surviveChanges(Self.walk, as: Self.mediaType) }
}
