import Testing
import UntrailModel
import UntrailReaders

/// Formats of sound: each reads, is clean, is damaged.
@Suite("Sound formats")
struct SoundFormatTests {
  typealias Fact = StillFormatTests.Fact

  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var mediaType: String
    var bytes: [UInt8]
    var facts: [Fact]
    /// The same without what is told.
    var clean: [UInt8]
    var testDescription: String { name }
  }

  static let place = "+48.85837+002.294481/"

  static let comments = [
    "ARTIST=Mara Example", "DATE=2026-07-14", "LOCATION=" + place, "CONTACT=mara@example.org",
    "MUSICBRAINZ_ALBUMID=6e1bb852", "TRACKNUMBER=1",
  ]

  static let commentFacts = [
    Fact(.processing, "Vorbis:Vendor", "Heron 1.2"), Fact(.artist, "Vorbis:Artist", "Mara Example"),
    Fact(.created, "Vorbis:Date"), Fact(.camera, "Vorbis:Location"),
    Fact(.email, "Vorbis:Contact", "mara@example.org"),
    Fact(.documentID, "Vorbis:MusicbrainzAlbumid", "6e1bb852"),
  ]

  static let mp3 = Case(
    name: "MP3, ID3 2.3", mediaType: "audio/mpeg",
    bytes: Sound.join(
      Sound.tag([
        Sound.frame("TPE1", "Mara Example"), Sound.frame("TXXX", "location\0" + place),
        Sound.frame("TYER", "2026"), Sound.frame("TDAT", "1407"), Sound.frame("TIME", "1012"),
        Sound.frame("TENC", "Heron 1.2"), Sound.frame("UFID", Sound.text("http://example.org\u{0}a-1")),
        Sound.frame("POPM", Sound.join(Sound.text("mara@example.org\0"), [200, 0, 0, 0, 1])),
      ]), Sound.mpeg, Sound.oldTag(title: "harbour", artist: "Mara Example")),
    facts: [
      Fact(.artist, "ID3:Artist", "Mara Example"), Fact(.camera, "ID3:UserDefinedText"),
      Fact(.processing, "ID3:EncodedBy", "Heron 1.2"), Fact(.documentID, "ID3:UniqueFileID", "a-1"),
      Fact(.email, "ID3:Popularimeter", "mara@example.org"), Fact(.original, "ID3:Year"),
      Fact(.title, "ID3:Title", "harbour"), Fact(.artist, "ID3:Artist", "Mara Example"),
      Fact(.processing, "MPEG:Encoder", "LAME3.100"),
    ],
    clean: Sound.join(
      Sound.tag([Sound.frame("TRCK", "1"), Sound.zeros(20)]), [0xFF, 0xFB, 0x90, 0x00], Sound.zeros(413)))

  static let xiph = [
    Case(
      name: "FLAC", mediaType: "audio/flac", bytes: Sound.flac([(4, Sound.comments(comments))]),
      facts: commentFacts, clean: Sound.flac([(1, [0, 0, 0, 0])])),
    Case(
      name: "Vorbis", mediaType: "audio/ogg", bytes: Sound.vorbis(comments), facts: commentFacts,
      clean: Sound.ogg([Sound.text("\u{1}vorbis"), Sound.join(Sound.text("\u{3}vorbis"), Sound.zeros(8))])),
    Case(
      name: "Opus", mediaType: "audio/opus",
      bytes: Sound.ogg([
        Sound.text("OpusHead"), Sound.join(Sound.text("OpusTags"), Sound.comments(comments)),
      ]),
      facts: commentFacts,
      clean: Sound.ogg([Sound.text("OpusHead"), Sound.join(Sound.text("OpusTags"), Sound.zeros(8))])),
  ]

  static let aiff = Case(
    name: "AIFF", mediaType: "audio/x-aiff",
    bytes: Sound.aiff([
      Sound.chunk("NAME", [0x63, 0x61, 0x66, 0x8E]), Sound.chunk("AUTH", Sound.text("Mara Example")),
      Sound.chunk(
        "COMT", Sound.join([0, 1], Block.big(3_866_868_764, 4), [0, 0, 0, 4], Sound.text("noon"))),
      Sound.chunk(
        "APPL", Sound.text("AFspdate:2026-07-14 10:12:44 UTC\0user:mara@heron\0program:Copy\0")),
      Sound.chunk("ID3 ", Sound.tag([Sound.frame("TXXX", "location\0" + place)])),
    ]),
    facts: [
      Fact(.title, "AIFF:Name", "café"), Fact(.author, "AIFF:Author", "Mara Example"),
      Fact(.created, "AIFF:CommentTime"), Fact(.comment, "AIFF:Comment", "noon"),
      Fact(.created, "AIFF:ApplicationData"), Fact(.account, "AIFF:ApplicationData", "mara"),
      Fact(.host, "AIFF:ApplicationData", "heron"), Fact(.processing, "AIFF:ApplicationData", "Copy"),
      Fact(.camera, "ID3:UserDefinedText"),
    ],
    clean: Sound.aiff([Sound.chunk("SSND", [0, 0, 0])]))

  static let others = [
    Case(
      name: "CAF", mediaType: "audio/x-caf",
      bytes: Sound.caf([
        ("artist", "Mara Example"), ("recorded date", "2026-07-14T10:12:44+02:00"), ("location", place),
        ("encoding application", "Heron 1.2"),
      ]),
      facts: [
        Fact(.artist, "CAF:Artist", "Mara Example"), Fact(.original, "CAF:RecordedDate"),
        Fact(.camera, "CAF:Location"), Fact(.processing, "CAF:EncodingApplication", "Heron 1.2"),
      ],
      clean: Sound.caf([("tempo", "90")])),
    Case(
      name: "Monkey's Audio", mediaType: "audio/x-ape",
      bytes: Sound.join(
        Sound.text("MAC "), Sound.zeros(60),
        Sound.ape([
          ("Artist", Sound.text("Mara Example\0Sam Example")), ("Record Location", Sound.text(place)),
        ])),
      facts: [
        Fact(.artist, "APE:Artist", "Mara Example"), Fact(.artist, "APE:Artist", "Sam Example"),
        Fact(.camera, "APE:RecordLocation"),
      ],
      clean: Sound.join(Sound.text("MAC "), Sound.zeros(60), Sound.ape([("Track", Sound.text("1"))]))),
    Case(
      name: "DSF", mediaType: "audio/x-dsf",
      bytes: Sound.join(
        Sound.text("DSD "), Still.little(28, 8), Sound.zeros(8), Still.little(28, 8),
        Sound.tag([Sound.frame("TPE1", "Mara Example", version: 4)], version: 4)),
      facts: [Fact(.artist, "ID3:Artist", "Mara Example")],
      clean: Sound.join(Sound.text("DSD "), Still.little(28, 8), Sound.zeros(16))),
    Case(
      name: "AMR", mediaType: "audio/amr", bytes: Sound.text("#!AMR\n<1234"), facts: [],
      clean: Sound.text("#!AMR\n<1234")),
  ]

  static let cases: [Case] = [mp3, aiff] + xiph + others

  @Test("reads what is there, and nothing else", arguments: cases)
  func reads(of sound: Case) {
    let result = read(sound.bytes, as: sound.mediaType)
    #expect(
      result.observations.map { Fact($0.role, $0.field, $0.text.flatMap { $0.isEmpty ? nil : $0 }) }
        == sound.facts)
    #expect(!result.isDamaged)
    for location in result.locations {
      #expect(abs(location.coordinate.latitude - 48.85837) < 1e-5)
      #expect(abs(location.coordinate.longitude - 2.294481) < 1e-5)
    }
  }

  @Test("is clean", arguments: cases)
  func isClean(sound: Case) {
    let result = read(sound.clean, as: sound.mediaType)
    #expect(result.observations.isEmpty)
    #expect(result.diagnostics.isEmpty)
  }

  @Test("cut anywhere, no place comes out that is not there", arguments: cases)
  func isCut(sound: Case) {
    for length in 0..<sound.bytes.count {
      let result = read(Array(sound.bytes.prefix(length)), as: sound.mediaType)
      #expect(result.observations.allSatisfy { ($0.offset ?? 0) <= length }, "cut at \(length)")
      for location in result.locations {
        #expect(abs(location.coordinate.latitude - 48.85837) < 1e-5, "cut at \(length)")
      }
    }
  }

  @Test("bytes changed at random never crash a reader", arguments: cases)
  func isMangled(sound: Case) {
    var random = SeededGenerator(seed: 20_260_715)
    for _ in 0..<500 {
      var bytes = sound.bytes
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      for location in read(bytes, as: sound.mediaType).locations {
        #expect(abs(location.coordinate.latitude) <= 90 && abs(location.coordinate.longitude) <= 180)
      }
    }
  }
}
