import Testing
import UntrailBytes
import UntrailModel
import UntrailReaders

@Suite("Films of cameras")
struct CameraMovieTests {
  private static func read(_ user: [UInt8]) -> ReadResult {
    UntrailTests.read(Movie.film(Movie.box("udta", user)), as: "video/mp4")
  }

  /// A text at the start of a place of fixed length.
  private static func fixed(_ text: String, _ count: Int) -> [UInt8] {
    Movie.text(text) + [UInt8](repeating: 0, count: count - text.utf8.count)
  }

  @Test("GoPro: serial numbers, firmware, ids of the recording")
  func readsGoPro() {
    let hash: [UInt8] = [0x73, 0x3A, 0x06, 0x98, 0x54, 0xEF, 0x0C, 0xA8]
    let id = hash + [UInt8](repeating: 0, count: 24)
    let result = Self.read(
      Movie.box("FIRM", Movie.text("H19.03.01")) + Movie.box("LENS", Movie.text("LAJ7061916"))
        + Movie.box("CAME", hash) + Movie.box("MUID", id))
    #expect(result.diagnostics.isEmpty)
    #expect(result.text(.serial, .lens) == "LAJ7061916")
    #expect(result.text(.serial, .body) == "733a069854ef0ca8")
    #expect(result.text(.link, .contentIdentifier) == "2550545011 2819419988 0 0 0 0 0 0")
  }

  static let nikon: [UInt8] = {
    func tag(_ number: Int, _ format: Int, _ count: Int, _ value: [UInt8]) -> [UInt8] {
      Block.big(number, 4) + Block.big(format, 2) + Block.big(count, 2) + value
    }
    func text(_ number: Int, _ text: String) -> [UInt8] {
      tag(number, 2, text.utf8.count + 1, Movie.text(text) + [0])
    }
    func degrees(_ number: Int, _ parts: [Int]) -> [UInt8] {
      tag(number, 5, 3, parts.flatMap { Block.big($0, 4) + Block.big(100, 4) })
    }
    let tags =
      text(1, "NIKON") + text(2, "COOLPIX X") + text(0x12, "2026:07:14 12:00:00")
      + text(0x110_A431, "2004711")
      + text(0x120_0001, "N") + degrees(0x120_0002, [4800, 5100, 3000]) + text(0x120_0003, "E")
      + degrees(0x120_0004, [200, 1700, 4000])
    return Movie.box("NCDT", Movie.box("NCTG", tags))
  }()

  @Test("Nikon: device, serial number, place, and times of a clock without a zone")
  func readsNikon() throws {
    let result = Self.read(Self.nikon)
    #expect(result.diagnostics.isEmpty)
    #expect(result.text(.device, .camera) == "NIKON COOLPIX X")
    #expect(result.text(.serial, .body) == "2004711")
    let place = try #require(result.locations.first).coordinate
    #expect(abs(place.latitude - 48.8583) < 1e-3 && abs(place.longitude - 2.2944) < 1e-3)
    #expect(result.timestamp(.created)?.utcOffsetMinutes == .some(nil))
  }

  @Test("texts at fixed places: Pentax, Samsung, Fujifilm, Olympus, Panasonic")
  func readsFixedTexts() {
    let samsung = Movie.box("@sec", Self.fixed("SAMSUNG", 32) + Self.fixed("WB30F", 32))
    #expect(Self.read(samsung).text(.device, .camera) == "SAMSUNG WB30F")
    let fujifilm = Movie.box("TAGS", Self.fixed("FUJIFILM DIGITAL CAMERA", 24) + Self.fixed("X10", 16))
    #expect(Self.read(fujifilm).text(.device, .camera) == "FUJIFILM DIGITAL CAMERA X10")
    let panasonic = Movie.box("PANA", [0, 0, 0, 0] + Self.fixed("DMC-FT3", 16))
    #expect(Self.read(panasonic).text(.device, .camera) == "Panasonic DMC-FT3")
    let parameters =
      [UInt8](repeating: 0, count: 0x12) + Self.fixed("OLYMPUS", 26) + Self.fixed("E-M5", 0x57)
      + Self.fixed("2026:07:14 12:00:00", 24)
    let later = Movie.box("TAGS", Self.fixed("", 12) + Movie.box("OLYM", Movie.box("prms", parameters)))
    #expect(Self.read(later).text(.device, .camera) == "OLYMPUS E-M5")
    #expect(Self.read(later).timestamp(.original) != nil)
    let pentax =
      Self.fixed("PENTAX", 0x1A) + Self.fixed("Optio X", 0x57) + Self.fixed("2026:07:14 12:00:00", 24)
    #expect(Self.read(Movie.box("PENT", pentax)).text(.device, .camera) == "PENTAX Optio X")
  }

  @Test("Sony: XML with device, serial number, zone and place")
  func readsXML() throws {
    let xml = """
      <?xml version="1.0" encoding="UTF-8"?><NonRealTimeMeta><CreationDate value="2026-07-14T12:00:00+02:00"/>
      <Device manufacturer="Sony" modelName="ILCE-X" serialNo="1234567"/><AcquisitionRecord><Group name="ExifGPS">
      <Item name="LatitudeRef" value="S"/><Item name="Latitude" value="33:51:24.1"/>
      <Item name="LongitudeRef" value="E"/><Item name="Longitude" value="151:12:54.5"/></Group></AcquisitionRecord>
      </NonRealTimeMeta>
      """
    let meta = Movie.box(
      "meta",
      Block.big(0, 4) + Movie.handler("nrtm", []) + Movie.box("xml ", Block.big(0, 4) + Movie.text(xml)))
    let result = UntrailTests.read(Movie.film([], behind: meta), as: "video/mp4")
    #expect(result.diagnostics.isEmpty)
    #expect(result.text(.device, .camera) == "Sony ILCE-X")
    #expect(result.text(.serial, .body) == "1234567")
    #expect(result.timestamp(.original)?.utcOffsetMinutes == 120)
    #expect(abs(try #require(result.locations.first).coordinate.latitude + 33.8567) < 1e-3)
  }

  static let windows: [UInt8] = {
    func entry(_ name: String, _ kind: Int, _ value: [UInt8]) -> [UInt8] {
      let values = Block.big(1, 4) + Block.big(value.count + 6, 4) + Block.big(kind, 2) + value
      return Block.big(8 + name.utf8.count + values.count, 4) + Block.big(name.utf8.count, 4)
        + Movie.text(name) + values
    }
    let ticks = (1_784_023_200 + 11_644_473_600) * 10_000_000
    return Movie.box(
      "Xtra",
      entry("Author", 8, "Mara Example\0".utf16.flatMap { Block.big(Int($0), 2).reversed() })
        + entry("WM/EncodingTime", 21, Block.big(ticks, 8).reversed()))
  }()

  @Test("Windows: people and times")
  func readsWindows() {
    let result = Self.read(Self.windows)
    #expect(result.diagnostics.isEmpty)
    #expect(result.text(.person, .author) == "Mara Example")
    #expect(
      result.observations.contains {
        $0.field == "Microsoft:EncodingTime" || $0.field == "QuickTime:CreateDate"
      })
  }

  @Test("Canon: the thumbnail is looked into")
  func readsCanon() {
    var exif = ExifBuilder(order: .big)
    exif.addPosition(latitude: 48.8584, longitude: 2.2945)
    let picture = Container.jpeg(exif.build(), after: [UInt8](repeating: 0, count: 256))
    let user = Movie.box("CNTH", Movie.box("CNDA", picture)) + Movie.box("CNMN", Movie.text("EOS X1"))
    let result = examine(Movie.film(Movie.box("udta", user)), as: "video/mp4")
    #expect(result.text(.device, .camera) == "EOS X1")
    #expect(result.observations.contains { $0.field == "Canon:ThumbnailImage" })
    #expect(result.members.contains { $0.observations.contains { $0.kind == .location } })
  }

  @Test("is damaged")
  func isDamaged() {
    surviveDamage(Movie.film(Movie.box("udta", Self.nikon + Self.windows)), as: "video/mp4")
  }
}
