import Testing
import UntrailBytes
import UntrailModel
import UntrailReaders

@Suite("EXIF")
struct ExifTests {
  @Test("positions keep their full precision in both byte orders", arguments: [ByteOrder.big, .little])
  func position(order: ByteOrder) throws {
    var exif = ExifBuilder(order: order)
    exif.addPosition(latitude: -33.8567844, longitude: 151.2152967)
    exif.add(.gps, 5, bytes: [1], format: 1)
    exif.add(.gps, 6, rationals: [(352, 10)])
    exif.add(.gps, 0x1F, rationals: [(47, 10)])
    let location = try #require(read(Container.jpeg(exif.build()), as: "image/jpeg").locations.first)
    #expect(abs(location.coordinate.latitude + 33.8567844) < 5e-8)
    #expect(abs(location.coordinate.longitude - 151.2152967) < 5e-8)
    #expect(location.altitude == -35.2)
    #expect(location.accuracy == 4.7)
  }

  @Test("the offset of a position is where its bytes stand in the file")
  func offset() throws {
    var exif = ExifBuilder()
    exif.addPosition(latitude: 48.5, longitude: 2.25)
    let file = Container.jpeg(exif.build())
    let observation = try #require(
      read(file, as: "image/jpeg").observations.first { $0.field == "EXIF:GPSLatitude" })
    let offset = try #require(observation.offset)
    #expect(Array(file[offset..<(offset + 8)]) == [0, 0, 0, 48, 0, 0, 0, 1])
  }

  @Test(
    "what is no place becomes a diagnostic and no place",
    arguments: [
      ([(0, 1), (0, 1), (0, 1)], [(0, 1), (0, 1), (0, 1)], "null-island"),
      ([(95, 1), (0, 1), (0, 1)], [(2, 1), (0, 1), (0, 1)], "position-out-of-range"),
      ([(48, 0), (0, 1), (0, 1)], [(2, 1), (0, 1), (0, 1)], "position-malformed"),
      ([(48, 1), (5, 0), (0, 1)], [(2, 1), (0, 1), (0, 1)], "position-malformed"),
    ] as [([(UInt32, UInt32)], [(UInt32, UInt32)], String)])
  func noPlace(latitude: [(UInt32, UInt32)], longitude: [(UInt32, UInt32)], code: String) {
    var exif = ExifBuilder()
    exif.add(.gps, 1, ascii: "N")
    exif.add(.gps, 2, rationals: latitude)
    exif.add(.gps, 3, ascii: "E")
    exif.add(.gps, 4, rationals: longitude)
    let result = read(Container.jpeg(exif.build()), as: "image/jpeg")
    #expect(result.locations.isEmpty)
    #expect(result.codes == [code])
    #expect(!result.isDamaged)
  }

  @Test("minutes and seconds that are 0/0 count as not given")
  func zeroOverZero() throws {
    var exif = ExifBuilder()
    exif.add(.gps, 1, ascii: "N")
    exif.add(.gps, 2, rationals: [(4_888_888, 100_000), (0, 0), (0, 0)])
    exif.add(.gps, 3, ascii: "W")
    exif.add(.gps, 4, rationals: [(225, 100), (0, 0), (0, 0)])
    let location = try #require(read(Container.jpeg(exif.build()), as: "image/jpeg").locations.first)
    #expect(location.coordinate == Coordinate(latitude: 48.88888, longitude: -2.25))
  }

  @Test("a position without its hemisphere is no location")
  func hemisphere() {
    var exif = ExifBuilder()
    exif.addPosition(latitude: 48, longitude: 2, referenced: false)
    let result = read(Container.jpeg(exif.build()), as: "image/jpeg")
    #expect(result.locations.isEmpty)
    #expect(result.codes == ["hemisphere-missing"])
    #expect(result.observations.map(\.role) == [.ambiguousPosition])
  }

  @Test("numbers that are none are left out, not written as 0")
  func noNumbers() throws {
    var exif = ExifBuilder()
    exif.addPosition(latitude: 48.5, longitude: 2.25)
    let infinity: [UInt8] = [0x7F, 0xF0, 0, 0, 0, 0, 0, 0]
    exif.add(.gps, 0x0D, rationals: [(4_000_000_000, 1)])
    exif.add(.gps, 0x1F, doubles: [infinity])
    let location = try #require(read(Container.jpeg(exif.build()), as: "image/jpeg").locations.first)
    #expect(location.accuracy == nil && location.speed == nil)
  }

  @Test("a fraction of a second needs a second")
  func fractionWithoutSecond() throws {
    var exif = ExifBuilder()
    exif.add(.exif, 0x9003, ascii: "2026:07:14 10:12")
    exif.add(.exif, 0x9291, ascii: "123")
    let original = try #require(read(Container.jpeg(exif.build()), as: "image/jpeg").timestamp(.original))
    #expect(original.precision == .minute && original.subseconds.isEmpty)
  }

  @Test("speeds become metres per second", arguments: [("K", 10.0), ("M", 16.09344), ("N", 18.52)])
  func speed(reference: String, expected: Double) throws {
    var exif = ExifBuilder()
    exif.addPosition(latitude: 48.5, longitude: 2.25)
    exif.add(.gps, 0x0C, ascii: reference)
    exif.add(.gps, 0x0D, rationals: [(36, 1)])
    let location = try #require(read(Container.jpeg(exif.build()), as: "image/jpeg").locations.first)
    #expect(abs(try #require(location.speed) - expected) < 1e-9)
  }

  @Test("local time, fraction and offset are kept apart")
  func time() throws {
    var exif = ExifBuilder()
    exif.add(.exif, 0x9003, ascii: "2026:07:14 10:12:44")
    exif.add(.exif, 0x9011, ascii: "+02:00")
    exif.add(.exif, 0x9291, ascii: "0123")
    exif.add(.image, 0x0132, ascii: "2026:07:15 23:59:59")
    let result = read(Container.jpeg(exif.build()), as: "image/jpeg")
    let original = try #require(result.timestamp(.original))
    #expect(original.civilSeconds == CivilDate.days(year: 2026, month: 7, day: 14) * 86_400 + 36_764)
    #expect(original.subseconds == "0123")
    #expect(original.utcOffsetMinutes == 120)
    #expect(try #require(result.timestamp(.modified)).utcOffsetMinutes == nil)
  }

  @Test(
    "times that are no times",
    arguments: [
      ("0000:00:00 00:00:00", []), ("    :  :     :  :  ", []), ("2026:13:45 10:00:00", ["time-malformed"]),
      ("yesterday 10 o'clock", ["time-malformed"]), ("2026:02:29 10:00:00", ["time-malformed"]),
      ("9999:12:31 23:59:60", ["time-malformed"]),
    ])
  func noTime(text: String, codes: [String]) {
    var exif = ExifBuilder()
    exif.add(.exif, 0x9003, ascii: text)
    let result = read(Container.jpeg(exif.build()), as: "image/jpeg")
    #expect(result.timestamp(.original) == nil)
    #expect(result.codes == codes)
  }

  @Test("the gap between satellite time and local time is the zone, where it can be one")
  func derivedOffset() {
    func offsets(_ local: String) -> [Int16] {
      var exif = ExifBuilder()
      exif.add(.exif, 0x9003, ascii: local)
      exif.add(.gps, 0x1D, ascii: "2026:07:14")
      exif.add(.gps, 7, rationals: [(8, 1), (12, 1), (4400, 100)])
      return read(Container.jpeg(exif.build()), as: "image/jpeg").observations.compactMap {
        if case .utcOffset(let minutes) = $0.fact, $0.role == .derived { minutes } else { nil }
      }
    }
    #expect(offsets("2026:07:14 13:57:50") == [345])  // Nepal
    #expect(offsets("2026:07:14 01:12:00") == [-420])
    #expect(offsets("2026:07:14 10:19:00") == [])  // no zone is 2 h 6 min ahead
    #expect(offsets("2026:07:15 10:12:44") == [])  // a day later
  }

  @Test("who and which device")
  func identity() throws {
    var exif = ExifBuilder(order: .little)
    exif.add(.image, 0x010F, ascii: "Osprey Optical  ")
    exif.add(.image, 0x0110, ascii: "OX-100")
    exif.add(.image, 0x8298, bytes: Array("Mara Example\0Desk Editor\0".utf8), format: 2)
    exif.add(
      .image, 0x9C9D, bytes: "M\u{FC}ra".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] } + [0, 0],
      format: 1)
    exif.add(.exif, 0xA431, ascii: "OX100-0012345")
    exif.add(.exif, 0x9286, bytes: Array("UNICODE\0".utf8) + [0x48, 0, 0x69, 0], format: 7)
    exif.add(.image, 0x013B, bytes: [0x4D, 0xFC, 0x72, 0x61, 0], format: 2)  // Windows-1252
    let result = read(Container.jpeg(exif.build()), as: "image/jpeg")
    #expect(result.text(.device, .camera) == "Osprey Optical OX-100")
    #expect(result.text(.serial, .body) == "OX100-0012345")
    #expect(result.text(.person, .author) == "M\u{FC}ra")
    #expect(result.text(.person, .artist) == "M\u{FC}ra")
    #expect(result.text(.text, .userComment) == "Hi")
    let rights = result.observations.filter { $0.role == .copyright }.compactMap(\.text)
    #expect(rights == ["Mara Example", "Desk Editor"])
  }

  @Test("Exif 3.0 writes text as UTF-8, which libexif does not know")
  func utf8Format() {
    var exif = ExifBuilder()
    exif.add(.exif, 0xA437, bytes: Array("Zoë Example\0".utf8), format: 129)
    #expect(
      read(Container.jpeg(exif.build()), as: "image/jpeg").text(.person, .photographer) == "Zoë Example")
  }

  @Test("a thumbnail is named with its size and place")
  func thumbnail() throws {
    var exif = ExifBuilder()
    exif.add(.image, 0x0110, ascii: "OX-100")
    exif.add(.thumbnail, 0x0201, long: 400)
    exif.add(.thumbnail, 0x0202, long: 1234)
    let behindEnd = read(Container.jpeg(exif.build()), as: "image/jpeg")
    #expect(!behindEnd.observations.contains { $0.kind == .hidden })
    #expect(behindEnd.codes == ["truncated"])
    let padding = [UInt8](repeating: 0, count: 1600)
    let result = read(Container.jpeg(exif.build() + padding), as: "image/jpeg")
    let thumbnail = try #require(result.observations.first { $0.kind == .hidden })
    #expect(thumbnail.fact == .hidden(HiddenContent(byteCount: 1234)))
    #expect(thumbnail.offset == 412)
  }

  @Test("a thumbnail of a negative length is one of unknown length")
  func negativeThumbnail() throws {
    var exif = ExifBuilder()
    exif.add(.image, 0x0110, ascii: "OX-100")
    exif.add(.thumbnail, 0x0201, long: 8)
    exif.add(.thumbnail, 0x0202, bytes: [0x91], format: 6)
    let result = read(Container.jpeg(exif.build()), as: "image/jpeg")
    #expect(result.observations.last?.fact == .hidden(HiddenContent(byteCount: nil)))
  }

  @Test("directories that point at each other end at once")
  func loop() {
    // IFD0's next directory, Exif and GPS directories are all IFD0 itself.
    let entries: [UInt8] = [
      0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 8, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 8,
    ]
    let block: [UInt8] = [0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8, 0, 2] + entries + [0, 0, 0, 8]
    let result = read(Container.jpeg(block), as: "image/jpeg")
    #expect(result.observations.isEmpty)
    #expect(result.isDamaged)
  }

  @Test("values behind the end of the block are damage; the others are read")
  func valueBehindEnd() {
    var exif = ExifBuilder()
    exif.add(.image, 0x010F, ascii: "Kestrel")
    exif.add(.image, 0x0131, ascii: "a long software version 1.2.3")
    let block = Array(exif.build().dropLast(10))
    let result = read(Container.jpeg(block), as: "image/jpeg")
    #expect(result.text(.device, .camera) == "Kestrel")
    #expect(result.text(.software, .processing) == nil)
    #expect(result.codes == ["truncated"])
  }

  @Test("text longer than the limit is cut and said so")
  func longText() throws {
    var exif = ExifBuilder()
    exif.add(.image, 0x010E, ascii: String(repeating: "x", count: 20_000))
    let result = read(Container.jpeg(exif.build()), as: "image/jpeg")
    #expect(try #require(result.text(.text, .description)).count == 8192)
    #expect(result.codes == ["limit"])
  }
}
