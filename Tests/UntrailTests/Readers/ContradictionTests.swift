import Testing
import UntrailModel
import UntrailReaders

@Suite("Contradictions")
struct ContradictionTests {
  private func place(_ latitude: Double, _ longitude: Double, _ field: String) throws -> Observation {
    let coordinate = try #require(Coordinate(latitude: latitude, longitude: longitude))
    return Observation(.camera, .location(Location(coordinate: coordinate)), field: field, offset: 7)
  }

  private func time(_ seconds: Int64, _ role: Role, offset: Int16? = nil, _ field: String) -> Observation {
    let timestamp = Timestamp(civilSeconds: seconds, utcOffsetMinutes: offset)
    return Observation(role, .timestamp(timestamp), field: field, offset: nil)
  }

  private func camera(_ make: String, _ model: String, _ field: String) -> Observation {
    Observation(.camera, .device(Device(make: make, model: model)), field: field, offset: nil)
  }

  @Test("two places, two times, two cameras: each said once, at the later field")
  func found() throws {
    let observations = [
      try place(48.85837, 2.29448, "EXIF:GPSLatitude"), try place(48.85837, 2.29448, "XMP-exif:GPSLatitude"),
      try place(51.50083, -0.12194, "XMP-drone-dji:GpsLatitude"),
      time(1_000_000, .original, "EXIF:DateTimeOriginal"), time(1_200_000, .original, "IPTC:DateCreated"),
      camera("Osprey", "Osprey OX-1", "EXIF:Model"), camera("Heron", "H-2", "XMP-tiff:Model"),
    ]
    let found = Contradictions.find(observations)
    #expect(
      found.map(\.field) == ["XMP-drone-dji:GpsLatitude", "IPTC:DateCreated", "XMP-tiff:Model"])
    #expect(found.allSatisfy { $0.role == .contradiction && $0.kind == .text })
    #expect(found.first?.offset == 7)
  }

  @Test("the same said twice, in other words or another zone, is no contradiction")
  func agreeing() throws {
    let observations = [
      try place(48.85837, 2.29448, "EXIF:GPSLatitude"), try place(48.8584, 2.2945, "XMP-exif:GPSLatitude"),
      try place(10, 179.9999, "A:A"), camera("Osprey", "OX-1", "EXIF:Model"),
      camera("", "Osprey OX-1", "XMP-tiff:Model"),
      time(1_000_000, .original, "EXIF:DateTimeOriginal"), time(1_036_000, .original, "IPTC:DateCreated"),
    ]
    #expect(Contradictions.find(observations.filter { $0.field != "A:A" }).isEmpty)
    let acrossTheDateLine = [observations[2], try place(10, -179.9999, "B:B")]
    #expect(Contradictions.find(acrossTheDateLine).isEmpty)
  }

  @Test("an offset that does not fit satellite time", arguments: [(120, false), (480, true), (60, true)])
  func zones(offset: Int, isContradiction: Bool) {
    let observations = [
      time(7200, .original, offset: Int16(offset), "EXIF:DateTimeOriginal"),
      time(3, .gps, offset: 0, "EXIF:GPSTimeStamp"),
    ]
    #expect(Contradictions.find(observations).map(\.field) == (isContradiction ? ["EXIF:GPSTimeStamp"] : []))
  }
}
