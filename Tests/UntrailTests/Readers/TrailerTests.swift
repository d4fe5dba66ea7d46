import Testing
import UntrailModel
import UntrailReaders

/// What stands behind a JPEG picture, and beside it.
@Suite("Trailers")
struct TrailerTests {
  /// A picture with some coded data, a restart marker in it, and its end marker.
  private static let picture: [UInt8] =
    [0xFF, 0xD8, 0xFF, 0xDA, 0, 2, 1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4, 0xFF, 0xD9]

  private static func little(_ value: Int, _ size: Int = 4) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func samsung(_ entries: [(type: Int, name: String, value: [UInt8])]) -> [UInt8] {
    var data: [UInt8] = []
    var places: [(type: Int, start: Int, size: Int)] = []
    for entry in entries {
      let one =
        [0, 0] + little(entry.type, 2) + little(entry.name.utf8.count) + Array(entry.name.utf8) + entry.value
      places.append((entry.type, data.count, one.count))
      data += one
    }
    var directory = Array("SEFH".utf8) + little(107) + little(entries.count)
    for place in places {
      directory += [0, 0] + little(place.type, 2) + little(data.count - place.start) + little(place.size)
    }
    return data + directory + little(directory.count) + Array("SEFT".utf8)
  }

  private static func film(_ position: String) -> [UInt8] {
    let text = Array(position.utf8)
    let seconds = 2_082_844_800 + 1_784_016_764
    let head =
      [0, 0, 0, 0] + Container.big(seconds) + Container.big(seconds) + [UInt8](repeating: 0, count: 88)
    let place = Container.box("_xyz", [0, UInt8(text.count), 0x15, 0xC7] + text)
    let user = Container.box("udta", [UInt8](place[..<4]) + [0xA9] + place[5...])
    return Container.box("ftyp", Array("mp42".utf8) + [0, 0, 0, 0])
      + Container.box("moov", Container.box("mvhd", head) + user) + Container.box("mdat", [1, 2, 3])
  }

  @Test("a picture with nothing behind it, or only zeros, has no trailer")
  func clean() {
    for padding in [0, 1, 5000] {
      let file = Self.picture + [UInt8](repeating: 0, count: padding)
      let result = read(file, as: "image/jpeg")
      #expect(result.observations.isEmpty && result.diagnostics.isEmpty, "\(padding)")
    }
  }

  @Test(
    "what is behind the end is measured and named",
    arguments: [
      ("Unknown", Array("see you at the harbour".utf8)), ("PNG", [0x89, 0x50, 0x4E, 0x47, 0x0D]),
      ("ZIP", [0x50, 0x4B, 3, 4, 9]),
    ])
  func named(name: String, bytes: [UInt8]) {
    let result = read(Self.picture + bytes, as: "image/jpeg")
    #expect(
      result.observations == [
        Observation(
          .trailer, .hidden(HiddenContent(byteCount: bytes.count)), field: "Trailer:" + name,
          offset: Self.picture.count)
      ])
  }

  @Test("Samsung's trailer: the country of the network, a time, a film with its place")
  func samsungTrailer() throws {
    let film = Self.film("+48.8584+002.2945/")
    let trailer = Self.samsung([
      (0x0A01, "Image_UTC_Data", Array("1784016764000".utf8)), (0x0AA1, "MCC_Data", Array("208".utf8)),
      (0x0A30, "MotionPhoto_Data", film),
    ])
    let file = Self.picture + trailer
    let result = read(file, as: "image/jpeg")
    #expect(result.text(.place, .networkCountry) == "France")
    #expect(result.timestamp(.created)?.civilSeconds == 1_784_016_764)
    let coordinate = try #require(result.locations.first?.coordinate)
    #expect(coordinate == Coordinate(latitude: 48.8584, longitude: 2.2945))
    let video = try #require(result.observations.first { $0.role == .motionVideo })
    #expect(video.fact == .hidden(HiddenContent(byteCount: film.count)))
    let start = try #require(video.offset)
    #expect(Array(file[start..<(start + film.count)]) == film)
    #expect(!result.isDamaged)
    surviveDamage(file, as: "image/jpeg")
  }

  @Test("a film without a marker is found by its own beginning")
  func carved() {
    let file = Self.picture + Self.film("-33.8568+151.2153/")
    let result = read(file, as: "image/jpeg")
    #expect(result.locations.map(\.coordinate) == [Coordinate(latitude: -33.8568, longitude: 151.2153)])
    #expect(result.observations.contains { $0.role == .motionVideo && $0.offset == Self.picture.count })
    surviveDamage(file, as: "image/jpeg")
  }

  @Test(
    "a film at 0, 0, or nowhere, gives no place",
    arguments: ["+00.0000+000.0000/", "+95.0+010.0/", "somewhere"])
  func nowhere(position: String) {
    #expect(read(Self.picture + Self.film(position), as: "image/jpeg").locations.isEmpty)
  }

  @Test(
    "positions of ISO 6709 in all their forms",
    arguments: [
      ("+27.5916+086.5640+8850CRSWGS_84/", 27.5916, 86.564, 8850.0),
      ("+4851.504+00217.67/", 48.8584, 2.29450, nil),
      ("-335124.4+1511255.1/", -33.856778, 151.215306, nil),
    ] as [(String, Double, Double, Double?)])
  func forms(text: String, latitude: Double, longitude: Double, altitude: Double?) throws {
    let location = try #require(read(Self.picture + Self.film(text), as: "image/jpeg").locations.first)
    #expect(abs(location.coordinate.latitude - latitude) < 1e-5)
    #expect(abs(location.coordinate.longitude - longitude) < 1e-5)
    #expect(location.altitude == altitude)
  }

  /// A directory of two pictures in the first.
  private static func pair(second: [UInt8], size: Int, before: [UInt8] = []) -> [UInt8] {
    func segment(_ offset: Int) -> [UInt8] {
      let entries =
        Container.big(0x2003_0000) + Container.big(100) + Container.big(0) + [0, 0, 0, 0]
        + Container.big(0x0002_0002) + Container.big(size) + Container.big(offset) + [0, 0, 0, 0]
      let tiff =
        Array("MM\0*".utf8) + Container.big(8) + [0, 1, 0xB0, 0x02, 0, 7] + Container.big(32)
        + Container.big(26)
        + Container.big(0) + entries
      return Container.segment(0xE2, Array("MPF\0".utf8) + tiff)
    }
    let head: [UInt8] = [0xFF, 0xD8] + before
    let rest = Array(picture[2...])
    let start = head.count + segment(0).count + rest.count
    return head + segment(start - (head.count + 8)) + rest + second
  }

  @Test("a further picture is where the directory says")
  func further() {
    let second = Self.picture
    let file = Self.pair(second: second, size: second.count)
    let result = read(file, as: "image/jpeg")
    #expect(
      result.observations.map(\.offset) == [file.count - second.count]
        && result.observations.allSatisfy { $0.role == .secondPicture })
    #expect(read(Self.pair(second: second, size: 9999), as: "image/jpeg").codes.contains("truncated"))
    surviveDamage(file, as: "image/jpeg")
  }

  @Test("what a further picture says beyond the file is a record of its own, and only that")
  func furtherMetadata() throws {
    var exif = ExifBuilder()
    exif.addPosition(latitude: 48.8584, longitude: 2.2945)
    let second = Container.jpeg(
      exif.build(), after: Container.segment(0xEF, [UInt8](repeating: 7, count: 300)))
    let file = Self.pair(second: second, size: second.count)
    let member = try #require(examine(file, as: "image/jpeg").members.first)
    #expect(member.artifact.member == ["MPF:MPImage2"])
    #expect(member.observations.contains { $0.kind == .location })
    // The same position in the file itself: nothing is said twice.
    let position = Container.segment(0xE1, Array("Exif\0\0".utf8) + exif.build())
    let repeated = examine(Self.pair(second: second, size: second.count, before: position), as: "image/jpeg")
    #expect(repeated.locations.count == 1 && repeated.members.isEmpty)
  }
}

/// Thumbnails that show what the picture no longer shows.
@Suite("Leftovers")
struct LeftoverTests {
  private static func frame(_ width: Int, _ height: Int) -> [UInt8] {
    Container.segment(
      0xC0,
      [8, UInt8(height >> 8), UInt8(height & 255), UInt8(width >> 8), UInt8(width & 255), 1, 1, 0x11, 0])
  }

  private static func file(_ columns: Int, _ rows: Int, thumbnail: (Int, Int)) -> [UInt8] {
    let small =
      [0xFF, 0xD8] + frame(thumbnail.0, thumbnail.1) + [0xFF, 0xDA, 0, 2] + [UInt8](repeating: 7, count: 60)
      + [0xFF, 0xD9]
    let (width, height) = thumbnail
    let head: [UInt8] =
      Container.big(1) + Container.big(width) + Container.big(height) + Container.big(3 * width)
      + Container.big(3 * width * height) + Container.big(small.count) + [0, 24, 0, 1]
    let resource = Array("8BIM".utf8) + [0x04, 0x0C, 0, 0] + Container.big(28 + small.count)
    let body =
      Array("Photoshop 3.0\0".utf8) + resource + head + small
    return [0xFF, 0xD8] + Container.segment(0xED, body) + frame(columns, rows) + [
      0xFF, 0xDA, 0, 2, 0xFF, 0xD9,
    ]
  }

  @Test(
    "another shape is a leftover; the same, turned or rounded, or with bars, is none",
    arguments: [
      (4000, 3000, (256, 144), true), (4000, 3000, (256, 192), false), (3000, 4000, (256, 192), false),
      (4032, 3024, (512, 383), false), (6000, 4000, (160, 120), false), (1000, 1000, (256, 171), true),
      (20, 14, (256, 171), false),
    ])
  func shape(width: Int, height: Int, thumbnail: (Int, Int), isLeftover: Bool) {
    let result = read(Self.file(width, height, thumbnail: thumbnail), as: "image/jpeg")
    #expect(result.observations.contains { $0.role == .thumbnail })
    #expect(result.observations.contains { $0.role == .leftover } == isLeftover)
  }

  @Test("what was covered is seen only where pictures may be decoded")
  func content() throws {
    let covered = try Repository.sample("blocks/covered.jpg")
    var limits = Limits()
    #expect(!read(covered, as: "image/jpeg", limits).observations.contains { $0.role == .leftover })
    limits.pixels = Limits.thoroughPixels
    #expect(read(covered, as: "image/jpeg", limits).observations.contains { $0.role == .leftover })
    // The phone's own thumbnail shows what its picture shows.
    let whole = try Repository.sample("phone/IMG_0001.jpg")
    #expect(!read(whole, as: "image/jpeg", limits).observations.contains { $0.role == .leftover })
  }
}
