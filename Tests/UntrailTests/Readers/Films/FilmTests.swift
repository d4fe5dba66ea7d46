import Testing
import UntrailModel
import UntrailReaders

/// Containers of film and sound: each reads, is clean, is damaged.
@Suite("Films and sounds")
struct FilmTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var mediaType: String
    var bytes: [UInt8]
    /// Role, field and, for texts, the value, in any order: what is said and nothing else.
    var facts: [String]
    /// The same without what is told.
    var clean: [UInt8]
    var testDescription: String { name }
  }

  static let production = """
    <?xml version="1.0"?><BWFXML><PROJECT>Coast</PROJECT><SCENE>12A</SCENE><NOTE>wind</NOTE>\
    <FILE_UID>K7-0001</FILE_UID><LOCATION><LOCATION_NAME>tower</LOCATION_NAME>\
    <LOCATION_GPS>48.85840, 2.29450</LOCATION_GPS></LOCATION>\
    <USER>none</USER></BWFXML>
    """

  /// 48.8584 north, 2.2945 east in degrees, minutes and seconds.
  static let fix: [(UInt8, [UInt8])] = [
    (0x18, [0x02, 0x20, 0x26, 0x03]), (0x19, [0x04, 0x10, 0x10, 0x12]), (0xB1, Still.text("N\0\0\0")),
    (0xB2, [0, 48, 0, 1]), (0xB3, [0, 51, 0, 1]), (0xB4, [0, 30, 0, 1]), (0xB5, Still.text("E\0\0\0")),
    (0xB6, [0, 2, 0, 1]), (0xB7, [0, 17, 0, 1]), (0xB8, [0, 40, 0, 1]), (0xBE, Still.text("A\0\0\0")),
    (0xE0, [0x01, 0x08, 0x30, 0x01]), (0xE4, Still.text("HDR-")), (0xE5, Still.text("CX7\0")),
  ]

  static let cases: [Case] = [
    Case(
      name: "WAV", mediaType: "audio/x-wav",
      bytes: Film.riff(
        "WAVE",
        Film.broadcast() + Film.chunk("data", [1, 2, 3])
          + Film.list(
            "INFO",
            Film.texts([
              ("IART", "Mara Example"), ("ICRD", "2026-03-04"), ("ISFT", "Editor 9"), ("ICMT", "for Sam"),
            ]))),
      facts: [
        "description RIFF:Description harbour, north side", "recorder RIFF:Originator ZOOM Handy Recorder H5",
        "content-identifier RIFF:OriginatorReference USZOM00012345678909151200000000",
        "original RIFF:DateTimeOriginal", "history RIFF:CodingHistory A=PCM,F=48000,T=H5",
        "content-identifier RIFF:BWF_UMID " + String(repeating: "5a", count: 64),
        "artist RIFF:Artist Mara Example", "created RIFF:DateCreated", "processing RIFF:Software Editor 9",
        "comment RIFF:Comment for Sam",
      ],
      clean: Film.riff("WAVE", Film.chunk("fmt ", [1, 0]) + Film.chunk("data", [1, 2, 3, 4]))),
    Case(
      name: "WAV, production", mediaType: "audio/x-wav",
      bytes: Film.riff(
        "WAVE",
        Film.chunk("iXML", Still.text(production))
          + Film.list("exif", Film.texts([("ecor", "Kestrel"), ("emdl", "K7"), ("erel", "P1.JPG")]))),
      facts: [
        "title XML:PROJECT Coast", "label XML:SCENE 12A", "comment XML:NOTE wind", "comment XML:USER none",
        "content-identifier XML:FILE_UID K7-0001", "landmark XML:LOCATION_NAME tower",
        "camera XML:LOCATION_GPS",
        "original-file-name RIFF:RelatedImageFile P1.JPG", "camera RIFF:Model Kestrel K7",
      ],
      clean: Film.riff("WAVE", Film.chunk("iXML", Still.text("<BWFXML/>")))),
    Case(
      name: "AVI", mediaType: "video/x-msvideo",
      bytes: Film.riff(
        "AVI ",
        Film.list(
          "hdrl",
          Film.chunk("IDIT", Still.text("Mon Mar 10 15:04:43 2003\n\0"))
            + Film.list("strl", Film.texts([("strn", "front camera")]))
            + Film.list(
              "ncdt",
              Film.chunk(
                "nctg",
                [3, 0, 6, 0] + Still.text("NIKON\0") + [4, 0, 4, 0] + Still.text("S10\0"))))
          + Film.chunk("JUNK", Still.text("C:\\Users\\mara\\film") + [0, 0]) + Film.list("movi", [])),
      facts: [
        "original RIFF:DateTimeOriginal", "label RIFF:StreamName front camera",
        "camera Nikon:Model NIKON S10",
        "comment RIFF:TextJunk C:\\Users\\mara\\film",
      ],
      clean: Film.riff(
        "AVI ", Film.list("hdrl", Film.chunk("avih", [0, 0])) + Film.chunk("JUNK", [0, 0, 0, 0, 0, 0, 0, 0]))),
    Case(
      name: "Matroska", mediaType: "video/x-matroska",
      bytes: Film.head("matroska")
        + Film.element(
          "18538067",
          Film.element(
            "1549A966",
            Film.element("4461", Still.big(0x0B00_0000_0000_0000, 8))
              + Film.element("4D80", Still.text("Muxer 1"))
              + Film.element("7BA9", Still.text("coast")) + Film.element("3C83AB", Still.text("a.mkv")))
            + Film.element("1F43B675", [0xE7, 0x81, 0])
            + Film.tags([
              ("LOCATION", "+48.8584+002.2945/"), ("DATE_RECORDED", "2026-03-04 10:10:12"),
              ("ARTIST", "Mara Example"), ("com.apple.quicktime.model", "Phone 9"),
            ])),
      facts: [
        "created Matroska:DateTimeOriginal", "processing Matroska:MuxingApp Muxer 1",
        "title Matroska:Title coast", "original-file-name Matroska:PrevFileName a.mkv",
        "camera Matroska:Location", "original Matroska:DateTimeOriginal",
        "artist Matroska:Artist Mara Example", "camera Matroska:ComAppleQuicktimeModel Phone 9",
      ],
      clean: Film.head() + Film.element("18538067", Film.element("1F43B675", [0xE7, 0x81, 0]))),
    Case(
      name: "ASF", mediaType: "video/x-ms-asf",
      bytes: Film.asf([
        Film.object(
          "A1DCAB8C47A9CF118EE400C00C205365",
          [UInt8](repeating: 0x11, count: 16) + Still.little(0, 8)
            + Still.little(132_223_104_000_000_000, 8) + [UInt8](repeating: 0, count: 48)),
        Film.attributes([("WM/Writer", "Mara Example"), ("WM/ToolName", "Maker 3")]),
      ]),
      facts: [
        "content-identifier ASF:FileID 11111111-1111-1111-1111-111111111111", "created ASF:CreationDate",
        "author ASF:Writer Mara Example", "processing ASF:ToolName Maker 3",
      ],
      clean: Film.asf([Film.attributes([])])),
    Case(
      name: "FLV", mediaType: "video/x-flv",
      bytes: Film.flv(
        [2] + Film.amf("onMetaData") + [8, 0, 0, 0, 1] + Film.amf("creator") + [2] + Film.amf("Mara Example")
          + [0, 0, 9]),
      facts: ["creator Flash:Creator Mara Example"],
      clean: Film.flv([2] + Film.amf("onMetaData") + [8, 0, 0, 0, 0, 0, 0, 9])),
    Case(
      name: "AVCHD", mediaType: "video/MP2T", bytes: Film.camcorder(fix),
      facts: ["original H264:DateTimeOriginal", "camera H264:Model Sony HDR-CX7", "camera H264:GPSLatitude"],
      clean: Film.camcorder([])),
    Case(
      name: "MPEG", mediaType: "video/mpeg",
      bytes: [0, 0, 1, 0xBA, 0x44] + [0, 0, 1, 0xB2] + Still.text("made with Coder 7.1") + [0, 0, 1, 0xB8],
      facts: ["comment MPEG:UserData made with Coder 7.1"], clean: [0, 0, 1, 0xBA, 0x44, 0, 4, 0, 4, 1]),
  ]

  private static func told(_ result: ReadResult) -> [String] {
    result.observations.map { observation in
      let text = observation.text.map { " " + $0 } ?? ""
      return "\(observation.role.name) \(observation.field)\(text)"
    }.sorted()
  }

  @Test(arguments: cases) func reads(_ film: Case) {
    let result = read(film.bytes, as: film.mediaType)
    #expect(Self.told(result) == film.facts.sorted())
    #expect(!result.isDamaged, "\(result.diagnostics)")
    for location in result.locations {
      #expect(abs(location.coordinate.latitude - 48.8584) < 0.001)
      #expect(abs(location.coordinate.longitude - 2.2945) < 0.001)
    }
  }

  @Test(arguments: cases) func isClean(_ film: Case) {
    let result = read(film.clean, as: film.mediaType)
    #expect(result.observations.isEmpty)
    #expect(result.diagnostics.isEmpty, "\(result.diagnostics)")
  }

  @Test(arguments: cases) func isDamaged(_ film: Case) { surviveDamage(film.bytes, as: film.mediaType) }

  @Test(arguments: [
    ("Mon Mar 10 15:04:43 2003", 1_047_308_683), ("2009/10/27 12:14:34", 1_256_645_674),
    ("2001/ 1/27  1:42PM", 980_602_920), ("2005/11/28/ 09:19", 1_133_169_540),
    ("2002-12-16  15:35:01", 1_040_052_901),
  ])
  func readsTimes(_ text: String, _ seconds: Int64) {
    let file = Film.riff("AVI ", Film.list("hdrl", Film.chunk("IDIT", Still.text(text) + [0])))
    #expect(read(file, as: "video/x-msvideo").timestamp(.original)?.civilSeconds == seconds)
  }

  /// A fix that the receiver says is none.
  @Test func leavesOutWhatIsVoid() {
    var notes = Self.fix
    notes[10].1 = Still.text("V\0\0\0")
    let result = read(Film.camcorder(notes), as: "video/MP2T")
    #expect(result.locations.isEmpty)
    #expect(result.codes == ["position-void"])
  }

  @Test func keepsTheZoneOfCamcorders() {
    let result = read(Film.camcorder(Self.fix), as: "video/MP2T")
    #expect(result.timestamp(.original)?.utcOffsetMinutes == 60)
  }

  /// What stands behind the film is found by the table of places, and what stands behind that by going on.
  @Test func findsWhatStandsBehindTheFilm() {
    let cluster = Film.element("1F43B675", [UInt8](repeating: 0, count: 64))
    let info = Film.element("1549A966", Film.element("4D80", Still.text("Muxer 1")))
    func places(_ position: Int) -> [UInt8] {
      Film.element(
        "114D9B74",
        Film.element(
          "4DBB", Film.element("53AB", Still.hex("1549A966")) + Film.element("53AC", Still.big(position))))
    }
    let film = cluster + cluster + cluster
    let segment = places(places(0).count + film.count) + film + info + Film.tags([("ARTIST", "Mara Example")])
    let result = read(Film.head() + Film.element("18538067", segment), as: "video/webm")
    #expect(result.text(.software, .processing) == "Muxer 1")
    #expect(result.text(.person, .artist) == "Mara Example")
  }
}
