import Testing
import UntrailModel
import UntrailReaders

@Suite("HEIF items")
struct HEIFItemTests {
  static let size = Still.box("ispe", Still.big(0) + Still.big(640) + Still.big(480))

  static func auxiliary(_ urn: String) -> [UInt8] {
    Still.box("auxC", Still.big(0) + Still.text(urn) + [0])
  }

  static func read(_ bytes: [UInt8]) -> ReadResult { UntrailTests.read(bytes, as: "image/heic") }

  static func hidden(_ role: Role, _ count: Int?, _ field: String, _ offset: Int?) -> Observation {
    Observation(role, .hidden(HiddenContent(byteCount: count)), field: field, offset: offset)
  }

  /// The picture that is shown, a thumbnail, a depth map, an alpha plane, another picture; the first of two tiles.
  static let pictures = Still.heif(
    [
      Still.HEIFItem(id: 1, type: "grid", data: [1, 2, 3, 4], properties: [1]),
      Still.HEIFItem(id: 2, type: "hvc1", data: [UInt8](repeating: 2, count: 20)),
      Still.HEIFItem(id: 3, type: "hvc1", data: [UInt8](repeating: 3, count: 30), properties: [2]),
      Still.HEIFItem(id: 4, type: "hvc1", data: [UInt8](repeating: 4, count: 40), properties: [3]),
      Still.HEIFItem(id: 5, type: "hvc1", data: [UInt8](repeating: 5, count: 50)),
      Still.HEIFItem(id: 6, type: "hvc1", data: [UInt8](repeating: 6, count: 60)),
    ],
    references: [("thmb", 2, [1]), ("auxl", 3, [1]), ("auxl", 4, [1]), ("dimg", 1, [6])],
    properties: [size, auxiliary("urn:mpeg:hevc:2015:auxid:2"), auxiliary("urn:mpeg:hevc:2015:auxid:1")])

  @Test("pictures beside the one shown are hidden content, alpha and tiles are not")
  func otherPictures() {
    let result = Self.read(Self.pictures)
    let end = Self.pictures.count
    #expect(
      result.observations == [
        Self.hidden(.thumbnail, 20, "HEIF:Thumbnail", end - 200),
        Self.hidden(.depthMap, 30, "HEIF:DepthMap", end - 180),
        Self.hidden(.secondPicture, 50, "HEIF:Image", end - 110),
      ])
    #expect(result.diagnostics.isEmpty)
  }

  @Test(
    "auxiliary pictures are named by what they are",
    arguments: [
      ("urn:mpeg:mpegB:cicp:systems:auxiliary:depth", "HEIF:DepthMap"),
      ("urn:com:apple:photo:2020:aux:hdrgainmap", "HEIF:GainMap"),
      ("urn:com:apple:photo:2018:aux:portraiteffectsmatte", "HEIF:AuxiliaryImage"),
      ("urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", nil),
    ] as [(String, String?)])
  func auxiliaries(urn: String, field: String?) {
    let bytes = Still.heif(
      [
        Still.HEIFItem(id: 1, type: "av01", data: [1]),
        Still.HEIFItem(id: 2, type: "av01", data: [2, 2], properties: [1]),
      ], references: [("auxl", 2, [1])], properties: [Self.auxiliary(urn)])
    #expect(Self.read(bytes).observations.map(\.field) == (field.map { [$0] } ?? []))
  }

  @Test("descriptions, times and names of the picture")
  func properties() {
    let description = Still.text("en\0Harbour\0For Sam\0coast,noon\0")
    // 2026-07-14T08:12:44Z in microseconds since 1904
    let time = Still.big(0) + Still.big((1_784_016_764 + 2_082_844_800) * 1_000_000, 8)
    let bytes = Still.heif(
      [Still.HEIFItem(id: 1, type: "hvc1", name: "route to the coast", data: [1], properties: [1, 2, 3])],
      properties: [
        Still.box("udes", Still.big(0) + description), Still.box("crtt", time), Still.box("mdft", time),
      ])
    let result = Self.read(bytes)
    #expect(result.text(.text, .title) == "Harbour")
    #expect(result.text(.text, .description) == "For Sam")
    #expect(result.text(.text, .keywords) == "coast,noon")
    #expect(result.timestamp(.created) == Timestamp(civilSeconds: 1_784_016_764, utcOffsetMinutes: 0))
    #expect(result.timestamp(.modified) == Timestamp(civilSeconds: 1_784_016_764, utcOffsetMinutes: 0))
    #expect(result.observations.contains { $0.text == "route to the coast" })
    #expect(!result.isDamaged)
  }

  @Test("a crop that hides a part is told, one that makes up for whole blocks is not", arguments: [400, 600])
  func crop(width: Int) {
    let clap = Still.box(
      "clap", [width, 1, 480, 1, 0, 1, 0, 1].flatMap { Still.big($0) })
    let bytes = Still.heif(
      [Still.HEIFItem(id: 1, type: "hvc1", data: [1], properties: [1, 2])], properties: [Self.size, clap])
    #expect(Self.read(bytes).observations.map(\.role) == (width == 400 ? [.leftover] : []))
  }

  @Test("a compressed mime item, and one that is no XML")
  func mime() {
    let packet = Still.text(Self.packet)
    let bytes = Still.heif([
      Still.HEIFItem(id: 1, type: "hvc1", data: [1]),
      Still.HEIFItem(
        id: 2, type: "mime", more: Still.text("application/rdf+xml\0deflate\0"),
        data: Compressed.zlib(packet)),
      Still.HEIFItem(id: 3, type: "mime", more: Still.text("text/plain\0"), data: Still.text("notes")),
    ])
    let result = Self.read(bytes)
    #expect(result.saysCreator)
    #expect(result.observations.contains { $0.role == .embeddedFile && $0.field == "HEIF:MimeItem" })
    #expect(!result.isDamaged)
  }

  static let packet = """
    <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
    xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>Mara Example</rdf:li></rdf:Seq>
    </dc:creator></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>
    """

  @Test("boxes behind the picture: XMP, a video, and a file that follows")
  func boxes() {
    let xmp = Still.uuid("BE7ACFCB97A942E89C71999491E3AFAC", Still.text(Self.packet))
    let video = Still.box("mpvd", Still.box("ftyp", Still.text("mp42")) + [1, 2, 3, 4])
    let items = [Still.HEIFItem(id: 1, type: "hvc1", data: [1])]
    let bytes = Still.heif(items, behind: xmp + video)
    let result = Self.read(bytes)
    #expect(result.saysCreator)
    #expect(
      result.observations.contains(
        Self.hidden(.motionVideo, video.count - 8, "HEIF:MotionPhotoVideo", bytes.count - video.count + 8)))
    let other = Still.box("ftyp", Still.text("mp42") + Still.big(0)) + Still.box("mdat", [1, 2])
    let joined = Still.heif(items, behind: other)
    #expect(
      Self.read(joined).observations == [
        Self.hidden(.motionVideo, other.count, "HEIF:MotionPhotoVideo", joined.count - other.count)
      ])
    let notes = Still.text("meet at noon")
    let trailed = Still.heif(items, behind: notes)
    #expect(
      Self.read(trailed).observations == [
        Self.hidden(.trailer, notes.count, "HEIF:Trailer", trailed.count - notes.count)
      ])
  }

  @Test("a sequence without items is no damage")
  func sequence() {
    let bytes = Still.box("ftyp", Still.text("msf1") + Still.big(0)) + Still.box("moov", [])
    let result = Self.read(bytes)
    #expect(result.codes.isEmpty)
    let times = Movie.box("mvhd", Movie.times(Movie.noon))
    let dated = Self.read(Still.box("ftyp", Still.text("msf1") + Still.big(0)) + Movie.box("moov", times))
    #expect(dated.timestamp(.created)?.civilSeconds == 1_784_023_200)
  }

  @Test("cut anywhere, it says so, and names no place behind the end")
  func isCut() {
    // Of the last picture, nothing is read but where it begins.
    for length in 0..<(Self.pictures.count - 110) {
      let result = Self.read(Array(Self.pictures.prefix(length)))
      #expect(result.isDamaged, "cut at \(length)")
      #expect(result.observations.allSatisfy { ($0.offset ?? 0) < length }, "cut at \(length)")
    }
  }

  @Test("bytes changed at random never crash")
  func isMangled() {
    var random = SeededGenerator(seed: 20_260_715)
    for _ in 0..<2000 {
      var bytes = Self.pictures
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      #expect(Self.read(bytes).locations.isEmpty)
    }
  }

  @Test("an item table whose pieces take no bytes ends at a limit")
  func bomb() {
    let count = 4000
    var entries: [UInt8] = []
    var infos: [UInt8] = []
    for id in 1...count {
      entries += Still.big(id, 2) + [0, 0, 0xFF, 0xFF]
      infos += Still.box("infe", [2, 0, 0, 0] + Still.big(id, 2) + [0, 0] + Still.text("Exif\0"))
    }
    let meta = Still.box(
      "meta",
      Still.big(0) + Still.box("iinf", Still.big(0) + Still.big(count, 2) + infos)
        + Still.box("iloc", [0, 0, 0, 0, 0, 0] + Still.big(count, 2) + entries))
    let result = Self.read(Still.box("ftyp", Still.text("heic") + Still.big(0)) + meta)
    #expect(result.codes.contains("limit"))
  }
}

extension ReadResult {
  /// Whether the packet of these tests was found: read, or at least seen where XMP is not read yet.
  var saysCreator: Bool {
    observations.contains { $0.text == "Mara Example" } || codes.contains("xmp-not-read")
  }
}
