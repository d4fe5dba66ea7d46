import Testing
import UntrailBytes
import UntrailModel
import UntrailReaders

/// What is particular to ID3: versions, packing, encodings, files inside.
@Suite("ID3")
struct ID3Tests {
  private func artist(_ tag: [UInt8]) -> String? {
    let result = read(tag + Sound.mpeg, as: "audio/mpeg")
    #expect(!result.isDamaged)
    return result.text(.person, .artist)
  }

  @Test("versions 2, 3 and 4 say the same", arguments: [2, 3, 4] as [UInt8])
  func versions(version: UInt8) {
    let code = version == 2 ? "TP1" : "TPE1"
    let tag = Sound.tag([Sound.frame(code, "Mara Example", version: version)], version: version)
    #expect(artist(tag) == "Mara Example")
  }

  @Test(
    "texts in each encoding",
    arguments: [
      ([0, 0x5A, 0x6F, 0xEB], "Zoë"), ([1, 0xFF, 0xFE, 0x5A, 0, 0x6F, 0, 0xEB, 0], "Zoë"),
      ([1, 0xFE, 0xFF, 0, 0x5A, 0, 0x6F, 0, 0xEB], "Zoë"), ([1, 0x5A, 0, 0x6F, 0, 0xEB, 0], "Zoë"),
      ([2, 0, 0x5A, 0, 0x6F, 0, 0xEB], "Zoë"), ([3, 0x5A, 0x6F, 0xC3, 0xAB], "Zoë"),
      ([3, 0x5A, 0x6F, 0xEB], "Zo\u{FFFD}"), ([1, 0xFF, 0xFE, 0x5A, 0, 0x00, 0xD8], "Z\u{FFFD}"),
    ] as [([UInt8], String)])
  func encodings(body: [UInt8], text: String) {
    #expect(artist(Sound.tag([Sound.frame("TPE1", body, version: 4)], version: 4)) == text)
  }

  @Test("zeros behind FF are taken out, in the whole tag and in a frame")
  func splitSound() {
    let split: [UInt8] = [1, 0xFF, 0x00, 0xFE, 0x5A, 0, 0x6F, 0]
    // The frame's own size counts what is left.
    let frame = Sound.join(Sound.text("TPE1"), Block.big(7, 4), [0, 0], split)
    #expect(artist(Sound.tag([frame], flags: 0x80)) == "Zo")
    #expect(artist(Sound.tag([Sound.frame("TPE1", split, version: 4, flags: 2)], version: 4)) == "Zo")
  }

  @Test("frames that are compressed, grouped, or have a length in front")
  func packed() {
    let body = Compressed.zlib(Sound.text("\0Mara Example"))
    #expect(
      artist(Sound.tag([Sound.frame("TPE1", Sound.join(Block.big(13, 4), body), flags: 0x80)]))
        == "Mara Example")
    let four = Sound.frame("TPE1", Sound.join([7], Sound.synchsafe(13), body), version: 4, flags: 0x49)
    #expect(artist(Sound.tag([four], version: 4)) == "Mara Example")
  }

  @Test("extended heads are stepped over")
  func extended() {
    let frame = Sound.frame("TPE1", "Mara Example")
    #expect(artist(Sound.tag([Block.big(6, 4), Sound.zeros(6), frame], flags: 0x40)) == "Mara Example")
    let four = Sound.frame("TPE1", "Mara Example", version: 4)
    #expect(
      artist(Sound.tag([Sound.synchsafe(6), [1, 0], four], version: 4, flags: 0x40)) == "Mara Example")
  }

  @Test("sizes of eight bits a byte in version 4, as some programs write them")
  func plainSizes() {
    let long = String(repeating: "a", count: 200)
    let frames =
      Sound.text("TIT2") + Block.big(201, 4) + [0, 0, 3] + Sound.text(long)
      + Sound.frame("TPE1", "Mara Example", version: 4)
    #expect(artist(Sound.tag([frames], version: 4)) == "Mara Example")
  }

  @Test("a tag at the end, in front of an old one and behind words and APE")
  func atTheEnd() {
    let frames = Sound.frame("TPE1", "Mara Example", version: 4)
    let tag = Sound.tag([frames], version: 4, flags: 0x10)
    let foot = Sound.join(Sound.text("3DI"), Array(tag[3..<10]))
    let ape = Sound.ape([("Artist", Sound.text("Ida Example"))])
    let words = Sound.text("LYRICSBEGININD0000200000021LYRICS200")
    let bytes = Sound.join(Sound.mpeg, ape, tag, foot, words, Sound.oldTag(title: "", artist: "Sam Example"))
    let result = read(bytes, as: "audio/mpeg")
    #expect(result.texts(.person, .artist) == ["Sam Example", "Mara Example", "Ida Example"])
    let plain = read(Sound.join(Sound.mpeg, ape, tag, foot), as: "audio/mpeg")
    #expect(plain.texts(.person, .artist) == ["Mara Example", "Ida Example"])
  }

  @Test("cover pictures and other files are examined, and say what they say")
  func filesInside() {
    let picture = ContainerTests.cases[0].bytes
    let cover = Sound.frame(
      "APIC", Sound.join(Sound.text("\0image/jpeg\0\u{3}the coast\0"), picture))
    let object = Sound.frame("GEOB", Sound.text("\0text/plain\0notes.txt\0for Sam\0hello"))
    let result = readWithNames(Sound.tag([cover, object]))
    #expect(result.members.count == 2)
    #expect(result.members.first?.observations.contains { $0.kind == .location } == true)
    #expect(result.text(.text, .description) == "the coast")
    #expect(result.text(.link, .originalFileName) == "notes.txt")
    let flac = Sound.flac([(6, Sound.picture(picture, about: "the coast"))])
    #expect(
      readWithNames(flac, as: "audio/flac").members.first?.observations.contains { $0.kind == .location }
        == true)
  }

  /// As `read`, with the media types of pictures told.
  private func readWithNames(_ bytes: [UInt8], as mediaType: String = "audio/mpeg") -> ReadResult {
    var result = ReadResult()
    let tools = ReaderTools(identify: { bytes, _ in
      bytes.starts(with: [0xFF, 0xD8]) ? MediaType("image/jpeg") : .unknown
    })
    do throws(ParseError) {
      try Readers.reader(for: mediaType)?.read(ByteSource(bytes: bytes), into: &result, with: tools)
    } catch {
      result.damage(error)
    }
    return result
  }

  @Test("what programs and shops leave: private frames, ratings, owners")
  func leftByPrograms() {
    let id: [UInt8] = [0x33, 0x22, 0x11, 0, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99, 1, 2, 3, 4, 5, 6]
    let frames = [
      Sound.frame("PRIV", Sound.join(Sound.text("WM/WMContentID\0"), id)),
      Sound.frame("PRIV", Sound.text("shop@example.org\0bought by Mara")),
      Sound.frame("POPM", Sound.join(Sound.text("Windows Media Player 9 Series\0"), [255])),
      Sound.frame("POPM", Sound.join(Sound.text("rating@winamp.com\0"), [255])),
      Sound.frame("TOWN", "Mara Example"),
      Sound.frame("IPLS", "engineer\0Sam Example"),
      Sound.frame("COMM", Sound.text("\0engiTunNORM\0 00000308")),
      Sound.frame("COMM", Sound.text("\0eng\0for Sam")),
    ]
    let result = read(Sound.tag(frames), as: "audio/mpeg")
    #expect(result.text(.link, .documentID) == "00112233-4455-6677-8899-010203040506")
    #expect(result.texts(.contact, .email) == ["shop@example.org"])
    #expect(result.text(.text, .userComment) == "bought by Mara")
    #expect(result.text(.software, .processing) == "Windows Media Player 9 Series")
    #expect(result.text(.person, .owner) == "Mara Example")
    #expect(result.text(.person, .creator) == "Sam Example")
    #expect(result.texts(.text, .comment) == ["for Sam"])
  }

  @Test("a position in two tags, none at 0,0, and a place that has a name only")
  func places() {
    let two = Sound.vorbis(["GEO_LATITUDE=48.85837", "GEO_LONGITUDE=2.294481"])
    #expect(read(two, as: "audio/ogg").locations.count == 1)
    let none = read(Sound.vorbis(["LOCATION=+00.0+000.0/"]), as: "audio/ogg")
    #expect(none.locations.isEmpty && none.codes == ["null-island"])
    let named = read(Sound.vorbis(["LOCATION=Old harbour, Kestrel Bay"]), as: "audio/ogg")
    #expect(named.text(.place, .landmark) == "Old harbour, Kestrel Bay")
    #expect(named.locations.isEmpty)
  }

  @Test("all streams of an Ogg file are read, and packets of several parts")
  func streams() {
    let long = String(repeating: "a", count: 600)
    let tags = Sound.join(Sound.text("OpusTags"), Sound.comments(["TITLE=" + long]))
    let first = Sound.ogg([Sound.text("OpusHead"), tags])
    let second = Sound.ogg(
      [Sound.text("Speex   1.2"), Sound.comments(["ARTIST=Mara Example"])], stream: 2)
    let headSize = 27 + 1 + 8
    let secondHead = 27 + 1 + 11
    let bytes = Sound.join(
      Array(first[..<headSize]), Array(second[..<secondHead]), Array(first[headSize...]),
      Array(second[secondHead...]))
    let result = read(bytes, as: "audio/ogg")
    #expect(result.text(.text, .title) == long)
    #expect(result.text(.person, .artist) == "Mara Example")
  }
}
