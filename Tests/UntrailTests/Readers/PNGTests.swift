import Testing
import UntrailModel
import UntrailReaders

@Suite("PNG")
struct PNGTests {
  static func text(_ keyword: String, _ value: String) -> (String, [UInt8]) {
    ("tEXt", Array(keyword.utf8) + [0] + Array(value.utf8))
  }

  static func compressed(_ keyword: String, _ value: [UInt8]) -> (String, [UInt8]) {
    ("zTXt", Array(keyword.utf8) + [0, 0] + Compressed.zlib(value))
  }

  static func international(_ keyword: String, _ value: String, isCompressed: Bool) -> (String, [UInt8]) {
    let body = isCompressed ? Compressed.zlib(Array(value.utf8)) : Array(value.utf8)
    return (
      "iTXt",
      Array(keyword.utf8) + [0, isCompressed ? 1 : 0, 0] + Array("en\0".utf8) + Array("Wort\0".utf8) + body
    )
  }

  static func read(_ chunks: [(String, [UInt8])], behind: [UInt8] = []) -> ReadResult {
    UntrailTests.read(Container.png(chunks) + behind, as: "image/png")
  }

  @Test("texts are read in all three kinds of chunk, at their place")
  func kinds() throws {
    let result = Self.read([
      Self.text("Author", "Mara Example"),
      Self.compressed("Comment", Array("for Sam, from the coast".utf8)),
      Self.international("Title", "Café de Flore", isCompressed: false),
      Self.international("Description", "the harbour, at noon", isCompressed: true),
    ])
    #expect(result.text(.person, .author) == "Mara Example")
    #expect(result.text(.text, .comment) == "for Sam, from the coast")
    #expect(result.text(.text, .title) == "Café de Flore")
    #expect(result.text(.text, .description) == "the harbour, at noon")
    let fields = result.observations.map(\.field)
    #expect(fields == ["PNG:Author", "PNG:Comment", "PNG:Title", "PNG:Description"])
    // Signature, IHDR, head of the chunk, keyword.
    #expect(result.observations[0].offset == 8 + 25 + 8 + 7)
    #expect(result.observations[1].offset == nil, "what was compressed stands nowhere in the file")
    #expect(result.diagnostics.isEmpty)
  }

  @Test(
    "known keywords have their role",
    arguments: [
      ("Software", "Shooter 4", Kind.software, Role.processing, "PNG:Software"),
      ("Copyright", "Mara Example", .person, .copyright, "PNG:Copyright"),
      ("Source", "Kestrel K7", .text, .comment, "PNG:Source"),
      ("Source", "https://example.org/a", .contact, .url, "PNG:Source"),
      ("URL", "https://example.org/b", .contact, .url, "PNG:URL"),
      ("Thumb::URI", "file:///home/mara/a.png", .link, .path, "PNG:ThumbURI"),
      ("svg:base-uri", "file:///home/mara/a.svg", .link, .path, "PNG:Svgbase-uri"),
      ("parameters", "a lighthouse, by night", .text, .description, "PNG:Parameters"),
      ("Model", "Kestrel K7", .device, .camera, "PNG:Model"),
      ("exif:Artist", "Mara Example", .person, .artist, "PNG:ExifArtist"),
    ])
  func keywords(keyword: String, value: String, kind: Kind, role: Role, field: String) throws {
    let result = Self.read([Self.text(keyword, value)])
    let observation = try #require(result.observations.first)
    #expect(result.observations.count == 1)
    #expect(observation.kind == kind && observation.role == role)
    #expect(observation.field == field)
    #expect(observation.text == value)
  }

  @Test("an unknown keyword stands in the value, not in the field")
  func unknown() throws {
    let observation = try #require(Self.read([Self.text("Mara's tag", "secret")]).observations.first)
    #expect(observation.field == "PNG:TextualData")
    #expect(observation.text == "Mara's tag: secret")
  }

  @Test("a drawing inside the picture is hidden content")
  func drawing() throws {
    let observation = try #require(Self.read([Self.text("mxfile", "%3Cmxfile%3E")]).observations.first)
    #expect(observation.role == .embeddedFile)
    #expect(observation.fact == .hidden(HiddenContent(byteCount: 12)))
  }

  @Test(
    "times as programs write them",
    arguments: [
      ("2024-04-28T23:09:02+02:00", "2024-04-28T23:09:02", 120),
      ("2024:04:28 23:09:02", "2024-04-28T23:09:02", nil),
      ("Sun, 28 Apr 2024 23:09:02 +0200", "2024-04-28T23:09:02", 120),
      ("Sun 28 Apr 2024 11:09:02 PM CEST", "2024-04-28T23:09:02", 120),
      ("Sun Apr 28 12:09:02 AM 2024", "2024-04-28T00:09:02", nil),
      ("Thu Sep 17 20:49:56 PDT 1998", "1998-09-17T20:49:56", -420),
      ("D:20240428230902+02'00'", "2024-04-28T23:09:02", 120),
      ("20240428", "2024-04-28", nil),
      ("28/4/2024", "2024-04-28", nil),
      ("4/28/24 11:09 PM", "2024-04-28T23:09", nil),
      // A zone that is several.
      ("Sun 28 Apr 2024 23:09:02 CST", "2024-04-28T23:09:02", nil),
    ] as [(String, String, Int16?)])
  func times(written: String, expected: String, offset: Int16?) throws {
    let result = Self.read([Self.text("Creation Time", written)])
    let timestamp = try #require(result.timestamp(.created), "\(written)")
    #expect(Self.iso(timestamp) == expected)
    #expect(timestamp.utcOffsetMinutes == offset)
  }

  @Test(
    "what could be two days is no time, but is told",
    arguments: ["4/5/2024", "04/05/06 13:40", "31 Feb 2024", "yesterday at 5", "2024"])
  func noTimes(written: String) {
    let result = Self.read([Self.text("Creation Time", written)])
    #expect(result.timestamp(.created) == nil, "\(written)")
    #expect(result.text(.text, .comment) == written)
    #expect(result.codes == ["time-malformed"])
  }

  static func iso(_ timestamp: Timestamp) -> String {
    let date = CivilDate.date(days: timestamp.civilDay)
    func two(_ value: Int) -> String { String(String(100 + value).dropFirst()) }
    let day = "\(date.year)-\(two(date.month))-\(two(date.day))"
    if timestamp.precision == .day { return day }
    let rest = Int(timestamp.civilSeconds - timestamp.civilDay * 86_400)
    let minutes = "\(day)T\(two(rest / 3600)):\(two(rest / 60 % 60))"
    return timestamp.precision == .minute ? minutes : minutes + ":" + two(rest % 60)
  }

  @Test("tIME is when it was changed; an impossible one is doubted")
  func time() {
    let result = Self.read([("tIME", [0x07, 0xEA, 7, 21, 7, 30, 5])])
    #expect(result.timestamp(.modified).map(Self.iso) == "2026-07-21T07:30:05")
    #expect(result.timestamp(.modified)?.utcOffsetMinutes == nil)
    #expect(Self.read([("tIME", [0x07, 0xEA, 13, 21, 7, 30, 5])]).codes == ["time-malformed"])
    #expect(Self.read([("tIME", [0, 0, 0, 0, 0, 0, 0])]).diagnostics.isEmpty)
  }

  @Test("EXIF as a raw profile, plain and compressed", arguments: [false, true])
  func rawProfile(isCompressed: Bool) throws {
    let block = Array("Exif\0\0".utf8) + ContainerTests.exif
    let digits = block.map { String(String(256 + Int($0), radix: 16).dropFirst()) }.joined()
    let text = Array("\nexif profile\n    \(block.count)\n\(digits)\n".utf8)
    let keyword = "Raw profile type exif"
    let result = Self.read([
      isCompressed ? Self.compressed(keyword, text) : ("tEXt", Array(keyword.utf8) + [0] + text)
    ])
    let location = try #require(result.locations.first)
    #expect(abs(location.coordinate.latitude - 48.85837) < 1e-7)
    #expect(result.observations.allSatisfy { $0.offset == nil })
    #expect(!result.isDamaged)
  }

  @Test("a position in ImageMagick's properties needs its hemispheres")
  func magick() throws {
    let latitude = Self.text("exif:GPSLatitude", "48/1, 51/1, 30132/1000")
    let longitude = Self.text("exif:GPSLongitude", "2/1, 17/1, 40131/1000")
    let north = Self.text("exif:GPSLatitudeRef", "N")
    let result = Self.read([
      latitude, longitude, north, Self.text("exif:GPSLongitudeRef", "W"),
      Self.text("exif:DateTimeOriginal", "2024:04:28 23:09:02"),
      Self.text("exif:OffsetTimeOriginal", "+02:00"),
    ])
    let location = try #require(result.locations.first)
    #expect(abs(location.coordinate.latitude - 48.85837) < 1e-6)
    #expect(abs(location.coordinate.longitude + 2.2944808) < 1e-6)
    #expect(result.timestamp(.original)?.utcOffsetMinutes == 120)
    let half = Self.read([latitude, longitude, north])
    #expect(half.locations.isEmpty)
    #expect(half.codes == ["hemisphere-missing"])
    let zero = Self.read([
      Self.text("exif:GPSLatitude", "0/1, 0/1, 0/1"), Self.text("exif:GPSLongitude", "0/1, 0/1, 0/1"), north,
      Self.text("exif:GPSLongitudeRef", "E"),
    ])
    #expect(zero.locations.isEmpty)
    #expect(zero.codes == ["null-island"])
  }

  @Test("what stands behind the end is measured and named")
  func trailer() throws {
    let end = Container.png([]).count
    let whole = Self.read([], behind: Array("notes".utf8))
    #expect(
      whole.observations == [
        Observation(.trailer, .hidden(HiddenContent(byteCount: 5)), field: "PNG:Trailer", offset: end)
      ])
    #expect(Self.read([], behind: Container.png([])).observations.map(\.role) == [.secondPicture])
    let mark: [UInt8] = [0, 0, 0, 0] + Array("IEND".utf8) + [0xAE, 0x42, 0x60, 0x82]
    let rest = Self.read([], behind: [UInt8](repeating: 7, count: 9000) + mark)
    #expect(rest.observations.map(\.role) == [.leftover])
    #expect(Self.read([], behind: [UInt8](repeating: 0, count: 9000)).observations.isEmpty)
  }

  @Test("a text that becomes too much is cut, and said so")
  func bomb() {
    let bomb = Compressed.zlibZeros(8 << 20)
    #expect(bomb.count < 64 << 10)
    let result = Self.read([("zTXt", Array("Comment\0\0".utf8) + bomb), Self.text("Author", "Mara Example")])
    #expect(result.codes == ["limit"])
    #expect(result.text(.person, .author) == "Mara Example", "reading goes on")
  }

  @Test("a thousand bombs together become no more than sixteen structures")
  func manyBombs() {
    let chunk = ("zTXt", Array("Comment\0\0".utf8) + Compressed.zlibZeros(900_000))
    let clock = ContinuousClock()
    let start = clock.now
    let result = Self.read(Array(repeating: chunk, count: 1000))
    #expect(result.codes.contains("limit"))
    // Without the limit, 900 MB come out.
    #expect(clock.now - start < .seconds(5))
  }

  @Test("long texts are cut at a character")
  func longText() throws {
    let text = String(repeating: "ü", count: 6000)
    let observation = try #require(Self.read([Self.text("Comment", text)]).observations.first)
    let value = try #require(observation.text)
    #expect(value.utf8.count <= 8193 && value.utf8.count >= 8190)
    #expect(value.allSatisfy { $0 == "ü" })
  }

  static let whole = Container.png([
    text("Author", "Mara Example"), compressed("Comment", Array("from the coast".utf8)),
    international("Title", "the harbour", isCompressed: true), ("tIME", [0x07, 0xEA, 7, 21, 7, 30, 5]),
    ("iCCP", Array("display\0\0".utf8) + Compressed.zlib([UInt8](repeating: 1, count: 128))),
    text("exif:GPSLatitude", "48/1, 51/1, 30/1"), text("exif:GPSLatitudeRef", "N"),
    text("exif:GPSLongitude", "2/1, 17/1, 40/1"), text("exif:GPSLongitudeRef", "E"),
  ])

  @Test("cut anywhere, it says so")
  func isCut() {
    for length in 0..<(Self.whole.count - 4) {
      let result = UntrailTests.read(Array(Self.whole.prefix(length)), as: "image/png")
      #expect(result.isDamaged, "cut at \(length)")
      for location in result.locations { #expect(abs(location.coordinate.latitude - 48.858333) < 1) }
    }
  }
}
