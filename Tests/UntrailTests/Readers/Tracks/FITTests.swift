import Testing
import UntrailModel
import UntrailReaders

@Suite("FIT")
struct FITTests {
  static let mediaType = "application/vnd.ant.fit"

  /// A ride at the Eiffel Tower.
  static func ride(isBig: Bool = false) -> FITBuilder {
    var fit = FITBuilder()
    fit.isBig = isBig
    fit.message(
      0,
      [
        fit.u8(0, 4), fit.u16(1, 1), fit.u16(2, 1169), fit.u32z(3, 3_862_672_619),
        fit.u32(4, FITBuilder.start),
      ])
    fit.message(49, [fit.u16(0, 420)])
    fit.message(3, [fit.text(0, "Mara")])
    fit.message(
      23,
      [fit.u32(253, FITBuilder.start), fit.u8(0, 1), fit.u16(2, 1), fit.u16(4, 7), fit.u32z(3, 24_703_893)])
    fit.message(
      20, [fit.u32(253, FITBuilder.start), fit.degrees(0, 48.8584), fit.degrees(1, 2.2945)],
      developer: [1, 2, 3])
    fit.again(
      [fit.u32(253, FITBuilder.start + 5), fit.degrees(0, 48.8585), fit.degrees(1, 2.2946)],
      developer: [4, 5, 6])
    fit.again(
      [
        fit.u32(253, FITBuilder.start + 6), FITBuilder.Field(number: 0, base: 0x85, bytes: unset(isBig)),
        FITBuilder.Field(number: 1, base: 0x85, bytes: unset(isBig)),
      ], developer: [7, 8, 9])
    fit.message(
      34, [fit.u32(253, FITBuilder.start + 60), fit.u32(5, FITBuilder.start + 60 + 7200)])
    return fit
  }

  private static func unset(_ isBig: Bool) -> [UInt8] {
    isBig ? [0x7F, 255, 255, 255] : [255, 255, 255, 0x7F]
  }

  @Test("reads", arguments: [false, true])
  func reads(isBig: Bool) throws {
    let result = read(Self.ride(isBig: isBig).file, as: Self.mediaType)
    #expect(result.diagnostics.isEmpty)
    let track = try #require(result.tracks().first)
    #expect(track.pointCount == 2)
    #expect(track.points[1].coordinate.isNear(48.8585, 2.2946))
    #expect(track.start == 1_784_021_400)
    #expect(track.end == 1_784_021_405)
    #expect(!track.isLocalTime)
    #expect(result.devices(.recorder) == [Device(make: "garmin", model: "edge800")])
    #expect(result.devices(.accessory) == [Device(make: "garmin", model: "hrm3ss")])
    #expect(result.texts(.serial, .body) == ["3862672619"])
    #expect(result.texts(.serial, .accessory) == ["24703893"])
    #expect(result.texts(.person, .owner) == ["Mara"])
    #expect(result.texts(.software, .firmware) == ["420"])
    #expect(result.observations.contains { $0.fact == .utcOffset(120) && $0.role == .zone })
    #expect(result.timestamp(.created)?.civilSeconds == 1_784_021_400)
    #expect(result.timestamp(.end)?.utcOffsetMinutes == 0)
  }

  @Test("an offset is the place of the value")
  func offsets() throws {
    let file = Self.ride().file
    let serial = try #require(read(file, as: Self.mediaType).observations.first { $0.kind == .serial })
    let place = try #require(serial.offset)
    #expect(Array(file[place..<(place + 4)]) == Block.big(3_862_672_619, 4).reversed())
  }

  @Test("times in headers, which wrap every 32 seconds")
  func compressedTimes() throws {
    var fit = FITBuilder()
    fit.message(20, [fit.u32(253, FITBuilder.start), fit.degrees(0, 48.8584), fit.degrees(1, 2.2945)])
    fit.message(20, [fit.degrees(0, 48.8585), fit.degrees(1, 2.2946)], local: 1)
    let low = UInt8(truncatingIfNeeded: FITBuilder.start)
    fit.compressed([fit.degrees(0, 48.8586), fit.degrees(1, 2.2947)], local: 1, seconds: low &+ 30)
    fit.compressed([fit.degrees(0, 48.8587), fit.degrees(1, 2.2948)], local: 1, seconds: low &+ 29)
    let track = try #require(read(fit.file, as: Self.mediaType).tracks().first)
    #expect(track.points.map(\.time) == [0, 0, 30, 61].map { 1_784_021_400 + $0 })
  }

  @Test("saved places, courses, weather, segments")
  func places() throws {
    var fit = FITBuilder()
    fit.message(0, [fit.u8(0, 6), fit.u16(1, 32), fit.text(8, "ELEMNT BOLT")])
    fit.message(31, [fit.text(5, "To the tower")])
    fit.message(32, [fit.degrees(2, 48.86), fit.degrees(3, 2.33), fit.text(6, "Bridge")])
    fit.message(29, [fit.text(0, "Quay"), fit.degrees(1, 48.85), fit.degrees(2, 2.35)])
    fit.message(128, [fit.text(8, "Paris"), fit.degrees(10, 48.8), fit.degrees(11, 2.3)])
    fit.message(20, [fit.degrees(0, 48.8584), fit.degrees(1, 2.2945)])
    fit.message(149, [fit.text(0, "Noor Example")])
    let result = read(fit.file, as: Self.mediaType)
    #expect(result.devices(.recorder) == [Device(make: "wahoo_fitness", model: "ELEMNT BOLT")])
    #expect(result.tracks(.planned).count == 1)
    #expect(result.tracks().isEmpty)
    #expect(result.texts(.place, .waypoint) == ["Bridge", "Quay"])
    #expect(result.texts(.place, .city) == ["Paris"])
    #expect(result.texts(.text, .title) == ["To the tower"])
    #expect(result.texts(.person, .participant) == ["Noor Example"])
    #expect(result.locations.count == 3)
  }

  @Test("files one behind the other")
  func chained() {
    let result = read(Self.ride().file + Self.ride(isBig: true).file, as: Self.mediaType)
    #expect(result.tracks().count == 2)
    #expect(result.texts(.serial, .body) == ["3862672619"])
    #expect(result.diagnostics.isEmpty)
  }

  @Test("is clean: indoors, and with nothing set")
  func isClean() {
    var fit = FITBuilder()
    fit.message(0, [fit.u8(0, 4), fit.u16(1, 0xFFFF), fit.u16(2, 0xFFFF), fit.u32z(3, 0)])
    fit.message(20, [fit.u8(3, 120)])
    let result = read(fit.file, as: Self.mediaType)
    #expect(result.observations.isEmpty)
    #expect(result.diagnostics.isEmpty)
  }

  @Test("0, 0 is no place")
  func nullIsland() {
    var fit = FITBuilder()
    fit.message(20, [fit.degrees(0, 0), fit.degrees(1, 0)])
    let result = read(fit.file, as: Self.mediaType)
    #expect(result.allPlaces.isEmpty)
    #expect(result.codes == ["null-island"])
  }

  @Test("wrong checksums are said, and the file is read")
  func checksums() {
    var file = Self.ride().file
    file[file.count - 1] ^= 1
    let result = read(file, as: Self.mediaType)
    #expect(result.codes == ["checksum"])
    #expect(result.tracks().count == 1)
    file = Self.ride().file
    file[12] ^= 1
    #expect(read(file, as: Self.mediaType).codes.contains("checksum"))
  }

  @Test("a recording that was never finished is read to its end")
  func unfinished() {
    var file = Array(Self.ride().file.dropLast(2))
    file.replaceSubrange(4..<8, with: [0, 0, 0, 0])
    let result = read(file, as: Self.mediaType)
    #expect(result.codes.contains("unfinished"))
    #expect(result.tracks().first?.pointCount == 2)
  }

  @Test("is damaged: cut anywhere")
  func isCut() {
    let file = Self.ride().file
    surviveCuts(file, as: Self.mediaType)
    for length in 0..<file.count {
      #expect(
        read(Array(file.prefix(length)), as: Self.mediaType).isDamaged == (length > 0), "cut at \(length)")
    }
  }

  @Test("is damaged: bytes changed") func isChanged() { surviveChanges(Self.ride().file, as: Self.mediaType) }
}
