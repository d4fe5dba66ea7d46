import Testing
import UntrailModel
import UntrailReaders

@Suite("IGC")
struct IGCTests {
  static let mediaType = "text/x-igc"

  static let flight = """
    ALXV6MSFLIGHT:1\r
    HFDTEDATE:140726,01\r
    HFPLTPILOTINCHARGE: Mara Example\r
    HFCM2CREW2: Noor Example\r
    HFGTYGLIDERTYPE:ASK 21\r
    HFGIDGLIDERID:D-1234\r
    HFCIDCOMPETITIONID:XY\r
    HFFTYFRTYPE:LXNAV,LX9000\r
    HFRFWFIRMWAREVERSION:5.0\r
    HFTZNTIMEZONE:2.0\r
    HOSITSite: Wasserkuppe\r
    I023638FXA3940LAD\r
    C140726080000000000000102Triangle\r
    C0000000N00000000ETAKEOFF\r
    C5029900N00957200EWasserkuppe\r
    C5049000N00925000ENorth\r
    B2359585029900N00957200EA005000062000312\r
    B0000025029950S00957250WV005000062000350\r
    LXXX a comment\r
    G1234\r

    """

  @Test("reads")
  func reads() throws {
    let result = read(Array(Self.flight.utf8), as: Self.mediaType)
    #expect(result.diagnostics.isEmpty)
    let track = try #require(result.tracks().first)
    let midnight: Int64 = 20_649 * 86_400
    #expect(track.points.map(\.time) == [midnight - 2, midnight + 2])
    #expect(track.points[0].coordinate.isNear(50.498335333, 9.9533333))
    #expect(track.points[1].coordinate.latitude < 0)
    #expect(track.points[1].coordinate.longitude < 0)
    #expect(result.tracks(.planned).first?.pointCount == 2)
    #expect(result.texts(.person, .pilot) == ["Mara Example", "Noor Example"])
    #expect(result.texts(.serial, .vehicle) == ["D-1234", "XY"])
    #expect(result.texts(.serial, .body) == ["LXV6MSFLIGHT:1"])
    #expect(result.devices(.vehicle) == [Device(model: "ASK 21")])
    #expect(result.devices(.recorder) == [Device(make: "LXNAV"), Device(make: "LXNAV", model: "LX9000")])
    #expect(result.texts(.place, .landmark) == ["Wasserkuppe"])
    #expect(result.texts(.software, .firmware) == ["5.0"])
    #expect(result.observations.contains { $0.fact == .utcOffset(120) && $0.role == .zone })
    #expect(result.timestamp(.start)?.precision == .day)
    #expect(result.timestamp(.created)?.civilSeconds == midnight - 16 * 3600)
    let pilot = try #require(result.observations.first { $0.role == .pilot })
    #expect(pilot.field == "IGC:HFPLT")
  }

  @Test("is clean: headers that nobody filled in, and no fix")
  func isClean() {
    let text = """
      HFPLTPILOT:Unknown
      HFGIDGLIDERID:not set
      HFCIDCOMPETITIONID:
      HFTZNTIMEZONE:xx
      C0000000N00000000E
      B0000000000000N00000000EV0000000000
      """
    let result = read(Array(text.utf8), as: Self.mediaType)
    #expect(result.observations.isEmpty)
    #expect(result.codes == ["null-island"])
  }

  @Test("is damaged: a fix that is none is said")
  func damaged() {
    let text = "HFDTE140726\nB1000005029900N00957200XA00500\nB1000005099900N00957200EA00500\n"
    let result = read(Array(text.utf8), as: Self.mediaType)
    #expect(result.codes == ["malformed"])
    #expect(result.allPlaces.isEmpty)
  }

  @Test("is damaged: cut anywhere")
  func isCut() { surviveCuts(Array(Self.flight.utf8), as: Self.mediaType, tolerance: 2e-5) }

  @Test("is damaged: bytes changed")
  func isChanged() { surviveChanges(Array(Self.flight.utf8), as: Self.mediaType) }
}
