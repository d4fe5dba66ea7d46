import Testing
import UntrailBytes
import UntrailModel
import UntrailReaders

/// Positions between the pictures of films, beside them and behind them.
@Suite("Telemetry of films")
struct TelemetryTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var field: String
    var count: Int
    var bytes: [UInt8]
    var isTimed = true
    var isLocal = false
    /// Degrees by which numbers of 32 bits are less exact.
    var tolerance = 1e-6
    var testDescription: String { name }
  }

  private typealias Build = MovieBuilder

  private static func track(
    _ name: String, _ field: String, _ count: Int, _ handler: String, _ format: String, entry: [UInt8] = [],
    isTimed: Bool = true, isLocal: Bool = false, perSample: Int = 1, _ sample: (Int) -> [UInt8]
  ) -> Case {
    Case(
      name: name, field: field, count: count * perSample,
      bytes: Build.film((0..<count).map(sample), handler: handler, format: format, entry: entry),
      isTimed: isTimed, isLocal: isLocal)
  }

  private static func text(
    _ name: String, isTimed: Bool = true, isLocal: Bool = false, _ sample: (Int) -> String
  ) -> Case {
    track(name, "QuickTime:GPSLatitude", 5, "text", "text", isTimed: isTimed, isLocal: isLocal) {
      Build.text(sample($0))
    }
  }

  private static let appleKeys = Container.box(
    "keys",
    Container.box(
      "\0\0\0\u{1}",
      Container.box("keyd", Array("mdtacom.apple.quicktime.location.ISO6709".utf8))
        + Container.box("dtyp", Build.words(0, 1))))

  private static func box(_ name: String, _ field: String, _ count: Int, _ type: String, _ body: [UInt8])
    -> Case
  {
    Case(
      name: name, field: field, count: count,
      bytes: Build.head + Build.header([]) + Container.box(type, body) + Container.box("mdat", [1, 2, 3]))
  }

  private static let garmin: [UInt8] =
    [
      0x9B, 0x63, 0x0F, 0x8D, 0x63, 0x74, 0x40, 0xEC, 0x82, 0x04, 0xBC, 0x5F, 0xF5, 0x09, 0x17, 0x28,
    ] + [UInt8](repeating: 0, count: 17)
    + (0..<4).flatMap { second in
      Build.words(2_082_844_800 + Build.begun + second) + [0, 20, 0, 0, 0, 0, 0, 0]
        + Build.words(582_903_417, 27_374_451)
    }

  private static let novatek: Case = {
    let blocks = (0..<5).flatMap { Build.freeGPS($0) }
    func movie(_ start: Int) -> [UInt8] {
      Build.header(
        Container.box("gps ", Build.words(0x101, 5) + (0..<5).flatMap { Build.words(start + 128 * $0, 128) }))
    }
    let start = Build.head.count + movie(0).count + 8
    return Case(
      name: "Novatek, with a table", field: "QuickTime:GPSLatitude", count: 5,
      bytes: Build.head + movie(start) + Container.box("mdat", blocks), tolerance: 1e-4)
  }()

  static let cases = [
    track("GoPro, GPS5", "GoPro:GPS5", 5, "meta", "gpmd", perSample: 3) { Build.gps5($0) },
    track("GoPro, GPS9", "GoPro:GPS9", 5, "meta", "gpmd", perSample: 3) { Build.gps9($0) },
    track("CAMM, fixes", "camm:GPSLatitude", 5, "camm", "camm") { Build.cammFix($0, epoch: 1_369_650_618) },
    track("CAMM, fixes that count from 1970", "camm:GPSLatitude", 5, "camm", "camm") {
      Build.cammFix($0, epoch: Build.begun)
    },
    track("CAMM, places", "camm:GPSLatitude", 5, "meta", "camm") { Build.cammPlace($0) },
    track("Sony", "Sony:GPSLatitude", 5, "meta", "rtmd") { Build.sony($0) },
    track("Apple", "QuickTime:GPSCoordinates", 5, "meta", "mebx", entry: appleKeys) { second in
      let value = Array("+48.8584\(second)+002.2945+035.1/".utf8)
      return Build.words(value.count + 8, 1) + value
    },
    track("DJI, Osmo", "DJI:GPSLatitude", 5, "meta", "djmd") { Build.osmo($0) },
    text("sentences of NMEA") { Build.sentences($0) },
    text("a sentence without its sign") {
      let sentence = Build.sentence("GNRMC,10300\($0).00,A,4851.504,N,00217.670,E,6.2,35.3,010623,,,A")
      return "gsensori,4,512;\(sentence.dropFirst());CAR,0,0"
    },
    text("the order of Mini 0806") { "A,010623,10300\($0).000,4851.504,N,00217.670,E,000.0,331.0M;\n" },
    text("with dashes", isLocal: true) { "$G:2023-06-01 10:30:0\($0)-N48.8584-E2.2945-S10" },
    text("DJI", isTimed: false) { "F/2.8, SS 206, ISO 150, EV 0, GPS (2.2945, 48.8584\($0), 16), D 24.26m" },
    text("latitude, longitude", isTimed: false) { "48.8584\($0), 2.2945" },
    track("Yuneec", "QuickTime:GPSLatitude", 5, "sbtl", "tx3g", isTimed: false) {
      Build.text("Lat:48.8584\($0) Lon:2.294500 Alt:35.1m Yaw:10")
    },
    novatek,
    box("gps0", "QuickTime:GPSLatitude", 4, "gps0", (0..<4).flatMap { Build.gps0($0) }),
    box("Garmin", "Garmin:GPSLatitude", 4, "uuid", garmin),
    box(
      "BlackVue", "QuickTime:GPSLatitude", 4, "free",
      Container.box("cprt", Array("Pittasoft Co., Ltd.".utf8))
        + Container.box(
          "gps ", Array((0..<4).map { "[\(Build.begun + $0)000]" + Build.sentences($0) }.joined().utf8))),
    Case(
      name: "Insta360", field: "Insta360:GPSLatitude", count: 6,
      bytes: Build.head + Build.header([]) + Container.box("mdat", [1, 2, 3]) + Build.insta360(6)),
  ]

  @Test("reads: the number of positions, the box, the times", arguments: cases)
  func reads(of film: Case) throws {
    let result = read(film.bytes, as: "video/mp4")
    let track = try #require(result.tracks().first)
    #expect(result.tracks().count == 1)
    #expect(track.pointCount == film.count)
    let isWest = film.field.hasPrefix("Sony") || film.field.hasPrefix("Insta360")
    let first = try #require(track.points.first)
    #expect(
      first.coordinate.isNear(48.8584, isWest ? -2.2945 : 2.2945, within: max(film.tolerance, 1e-6)))
    #expect(first.time == (film.isTimed ? Int64(MovieBuilder.begun) : nil))
    #expect(track.isLocalTime == film.isLocal)
    #expect(result.observations.contains { $0.field == film.field && $0.kind == .track && $0.offset != nil })
    #expect(!result.isDamaged)
  }

  @Test("is damaged: cut anywhere, changed at random", arguments: cases)
  func damaged(_ film: Case) {
    surviveCuts(film.bytes, as: "video/mp4")
    surviveChanges(film.bytes, as: "video/mp4", rounds: 300)
  }

  @Test("is clean: a receiver without a fix says nothing of places")
  func clean() {
    let films = [
      Build.film((0..<4).map { Build.gps5($0, fix: 0) }, handler: "meta", format: "gpmd"),
      Build.film((0..<4).map { Build.gps9($0, fix: 0) }, handler: "meta", format: "gpmd"),
      Build.film((0..<4).map { Build.sony($0, status: "V") }, handler: "meta", format: "rtmd"),
      Build.film((0..<4).map { Build.cammFix($0, epoch: 7, fix: 0) }, handler: "camm", format: "camm"),
      Build.film((0..<300).map { Build.text("Line \($0) of 48.5 things") }, handler: "sbtl", format: "tx3g"),
    ]
    for film in films {
      let result = read(film, as: "video/mp4")
      #expect(result.allPlaces.isEmpty && !result.isDamaged)
    }
  }

  @Test("devices, serial numbers and the camera's clock, each once")
  func devices() {
    let settings = Build.list(
      "DEVC", Build.element("DVNM", "c", 1, Array("Video Global Settings".utf8)),
      Build.element("MINF", "c", 1, Array("HERO6 Black".utf8)),
      Build.element("CASN", "c", 1, Array("C3221320000042".utf8)))
    let goPro = read(
      Build.film(
        (0..<4).map { Build.gps5($0) }, handler: "meta", format: "gpmd",
        userData: Container.box("GPMF", settings)),
      as: "video/mp4")
    #expect(goPro.devices(.camera).map(\.name) == ["GoPro HERO6 Black"])
    #expect(goPro.texts(.serial, .body) == ["C3221320000042"])
    #expect(goPro.timestamp(.gps)?.civilSeconds == Int64(Build.begun))
    let sony = read(
      Build.film((0..<4).map { Build.sony($0) }, handler: "meta", format: "rtmd"), as: "video/mp4")
    #expect(sony.devices(.camera).map(\.name) == ["Sony ILCE-7SM3"])
    #expect(sony.texts(.serial, .body) == ["5072108"])
    #expect(sony.timestamp(.original)?.civilSeconds == Int64(Build.begun + 7200))
    let insta = read(Build.head + Build.header([]) + Build.insta360(2), as: "video/mp4")
    #expect(insta.devices(.camera).map(\.name) == ["Insta360 ONE X"])
    #expect(insta.texts(.serial, .body) == ["IXE00000000042"])
    let osmo = read(
      Build.film((0..<2).map { Build.osmo($0) }, handler: "meta", format: "djmd"), as: "video/mp4")
    #expect(osmo.texts(.serial, .body) == ["53HXN00000042"])
  }

  @Test("blocks that no table names are found, and a void one is no position")
  func scanned() {
    let start = Build.head.count + 8
    var data = [UInt8](repeating: 0, count: 0x8000 - start)
    for second in 0..<4 { data += Build.freeGPS(second, length: 0x8000, status: second == 2 ? "V" : "A") }
    data += [UInt8](repeating: 0, count: 200)
    let result = read(Build.head + Container.box("mdat", data) + Build.header([]), as: "video/mp4")
    #expect(result.tracks().map(\.pointCount) == [3])
  }

  @Test("encrypted positions are named, and not made up")
  func encrypted() {
    var block = Build.freeGPS(1)
    block.replaceSubrange(76..<80, with: [0, 0, 0, 0])
    let data = [UInt8](repeating: 0, count: 0x8000 - Build.head.count - 8) + block
    let result = read(Build.head + Container.box("mdat", data) + Build.header([]), as: "video/mp4")
    #expect(result.codes.contains("telemetry-encrypted") && result.allPlaces.isEmpty)
  }

  @Test(
    "with no bytes for samples, as --fast has it, that is said, where there is something", arguments: cases)
  func fast(_ film: Case) {
    var limits = Limits()
    limits.samples = 0
    let result = read(film.bytes, as: "video/mp4", limits)
    #expect(result.codes.contains("telemetry-left-out") && result.isDamaged && result.tracks().isEmpty)
    #expect(!read(Build.head + Build.header([]), as: "video/mp4", limits).isDamaged)
  }

  @Test("samples that are said to be more than the film are read no further than it is long")
  func bounded() {
    let film = Build.film((0..<8).map { Build.gps5($0) }, handler: "meta", format: "gpmd")
    // All sizes the same, and as many samples as fit into 32 bits.
    guard let size = film.firstRange(of: Array("stsz".utf8)) else { return }
    var hostile = film
    hostile.replaceSubrange((size.upperBound + 4)..<(size.upperBound + 12), with: Build.words(4, 0xFFFF_FFFF))
    #expect(read(hostile, as: "video/mp4").tracks().isEmpty)
  }

  @Test("64-bit offsets, and sizes of 4, 8 and 16 bits")
  func tables() {
    let film = Build.film((0..<4).map { Build.cammPlace($0) }, handler: "camm", format: "camm", perChunk: 4)
    guard let sizes = film.firstRange(of: Array("stsz".utf8)) else { return }
    for bits in [8, 16] {
      var compact = film
      let table = Build.words(bits, 4) + (0..<4).flatMap { _ in Block.big(28, bits / 8) }
      let room = sizes.upperBound + 4..<sizes.upperBound + 12 + 16
      compact.replaceSubrange(sizes, with: Array("stz2".utf8))
      compact.replaceSubrange(room, with: table + [UInt8](repeating: 0, count: room.count - table.count))
      #expect(read(compact, as: "video/mp4").tracks().map(\.pointCount) == [4])
    }
  }
}
