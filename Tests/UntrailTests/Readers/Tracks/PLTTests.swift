import Testing
import UntrailModel
import UntrailReaders

@Suite("OziExplorer")
struct PLTTests {
  static let mediaType = "text/x-oziexplorer"

  static let track = """
    OziExplorer Track Point File Version 2.1
    WGS 84
    Altitude is in Feet
    Reserved 3
    0,2,255,Evening walk,0,0,2,8421376
    2
      48.858400,   2.294500,1, 114.8,46217.3958333,14-Jul-26,09:30:00
      48.858500,   2.294600,0, 114.8,46217.3959491,14-Jul-26,09:30:10

    """

  @Test("reads tracks")
  func tracks() throws {
    let result = read(Array(Self.track.utf8), as: Self.mediaType)
    #expect(result.diagnostics.isEmpty)
    let track = try #require(result.tracks().first)
    #expect(track.points.map(\.time) == [1_784_021_400, 1_784_021_410])
    #expect(track.points[1].coordinate.isNear(48.8585, 2.2946))
    #expect(result.texts(.text, .title) == ["Evening walk"])
    #expect(result.observations.last?.field == "Ozi:Track")

    let geolife = Self.track.replacing("OziExplorer Track Point File Version 2.1", with: "Geolife trajectory")
    #expect(read(Array(geolife.utf8), as: Self.mediaType).observations.map(\.field) == ["Geolife:Track"])
  }

  @Test("reads waypoints and routes")
  func points() throws {
    let waypoints = """
      OziExplorer Waypoint File Version 1.1
      WGS 84
      Reserved 2
      magellan
      1,Tower,48.858400,2.294500,46217.3958333,0,1,3,0,65535,The tower,0,0
      """
    var result = read(Array(waypoints.utf8), as: Self.mediaType)
    #expect(result.locations.first?.coordinate.isNear(48.8584, 2.2945) ?? false)
    #expect(result.locations.first?.time?.civilSeconds == 1_784_021_400)
    #expect(result.texts(.place, .waypoint) == ["Tower"])
    #expect(result.texts(.text, .description) == ["The tower"])

    let route = """
      OziExplorer Route File Version 1.0
      WGS 84
      Reserved 1
      Reserved 2
      R,0,Evening,,255
      W,0,1,1,Tower,48.858400,2.294500,46217.4,0,1,3,0,65535,,0,0
      W,0,2,2,Bridge,48.860000,2.340000,46217.4,0,1,3,0,65535,,0,0
      """
    result = read(Array(route.utf8), as: Self.mediaType)
    #expect(result.tracks(.planned).first?.pointCount == 2)
    #expect(result.texts(.text, .title) == ["Evening"])
    #expect(result.texts(.place, .waypoint) == ["Tower", "Bridge"])
  }

  @Test("is clean")
  func isClean() {
    let empty = Self.track.split(separator: "\n").prefix(4).joined(separator: "\n") + "\n"
    let result = read(Array(empty.utf8), as: Self.mediaType)
    #expect(result.observations.isEmpty)
    #expect(result.diagnostics.isEmpty)
  }

  @Test("is damaged: cut anywhere") func isCut() { surviveCuts(Array(Self.track.utf8), as: Self.mediaType) }

  @Test("is damaged: bytes changed")
  func isChanged() { surviveChanges(Array(Self.track.utf8), as: Self.mediaType) }
}
