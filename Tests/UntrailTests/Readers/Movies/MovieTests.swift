import Testing
import UntrailBytes
import UntrailModel
import UntrailReaders

@Suite("Films and sound")
struct MovieTests {
  static let paris = "+48.8584+002.2945+035.0CRSWGS_84/"

  static let userData = Movie.box(
    "udta",
    Movie.international("\u{A9}xyz", paris) + Movie.international("\u{A9}mak", "Example")
      + Movie.international("\u{A9}mod", "Cam 1")
      + Movie.international("\u{A9}day", "2026-07-14T12:00:00+0200")
      + Movie.international("\u{A9}swr", "Firm 2.0") + [0, 0, 0, 0])

  static let phone = Movie.keys([
    ("com.apple.quicktime.location.ISO6709", Movie.data(1, Movie.text("+52.5163+013.3777+034.5/"))),
    ("com.apple.quicktime.location.accuracy.horizontal", Movie.data(1, Movie.text("4.75"))),
    ("com.apple.quicktime.direction.facing", Movie.data(23, [0x43, 0x34, 0, 0])),
    ("com.apple.quicktime.make", Movie.data(1, Movie.text("Apple"))),
    ("com.apple.quicktime.model", Movie.data(1, Movie.text("iPhone 99"))),
    ("com.apple.quicktime.creationdate", Movie.data(1, Movie.text("2026-07-14T12:00:00+0200"))),
    ("com.apple.quicktime.content.identifier", Movie.data(1, Movie.text("A-B-C"))),
    ("com.apple.quicktime.camera.lens_model", Movie.data(1, Movie.text("back camera 5.7mm f/1.5"))),
    ("com.apple.quicktime.location.name", Movie.data(2, Block.utf16("Pariser Platz"))),
    ("com.android.version", Movie.data(1, Movie.text("16"))),
  ])

  @Test("reads user data: place, device, times, software")
  func readsUserData() throws {
    let result = read(Movie.film(Self.userData), as: "video/mp4")
    #expect(result.diagnostics.isEmpty)
    let place = try #require(result.locations.first)
    #expect(place.coordinate == Coordinate(latitude: 48.8584, longitude: 2.2945))
    #expect(place.altitude == 35)
    #expect(result.text(.device, .camera) == "Example Cam 1")
    #expect(result.text(.software, .processing) == "Firm 2.0")
    #expect(result.timestamp(.original)?.utcOffsetMinutes == 120)
    #expect(result.timestamp(.created)?.civilSeconds == 1_784_023_200)
    #expect(result.timestamp(.created)?.utcOffsetMinutes == 0)
  }

  @Test("reads keys: place with accuracy and direction, lens, the id shared with a picture")
  func readsKeys() throws {
    let result = read(Movie.film(Self.phone, brand: "qt  "), as: "video/quicktime")
    #expect(result.diagnostics.isEmpty)
    let place = try #require(result.locations.first)
    #expect(place.accuracy == 4.75)
    #expect(place.direction == 180)
    #expect(result.text(.device, .camera) == "Apple iPhone 99")
    #expect(result.text(.link, .contentIdentifier) == "A-B-C")
    #expect(result.text(.device, .lens) == "back camera 5.7mm f/1.5")
    #expect(result.text(.place, .landmark) == "Pariser Platz")
    #expect(result.text(.software, .processing) == "Android 16")
  }

  @Test("reads a list of iTunes: people, account, ids, the picture of the sleeve")
  func readsList() {
    let picture = Container.jpeg(ExifBuilder(order: .big).build())
    let list = Movie.list(
      Movie.box("\u{A9}ART", Movie.data(1, Movie.text("Mara Example")))
        + Movie.box("apID", Movie.data(1, Movie.text("mara@example.org")))
        + Movie.box("ownr", Movie.data(1, Movie.text("M. Example")))
        + Movie.box("cnID", Movie.data(21, Block.big(4711, 4)))
        + Movie.box("\u{A9}day", Movie.data(1, Movie.text("2026-07-14T07:00:00Z")))
        + Movie.box("covr", Movie.data(13, picture)) + Movie.freeForm("ENCODER SETTINGS", "Lame 3"))
    let result = read(Movie.film(Movie.box("udta", list), brand: "M4A "), as: "audio/x-m4a")
    #expect(result.diagnostics.isEmpty)
    #expect(result.text(.person, .artist) == "Mara Example")
    #expect(result.text(.contact, .email) == "mara@example.org")
    #expect(result.text(.person, .owner) == "M. Example")
    #expect(result.text(.link, .documentID) == "4711")
    #expect(result.text(.software, .generator) == "Lame 3")
    // A song's day is that of its publication.
    #expect(result.timestamp(.original) == nil)
    #expect(result.members.map(\.artifact.member) == [["QuickTime:CoverArt"]])
  }

  @Test("reads 3GPP: texts, UTF-16 and the place; not one of another world")
  func readsTelephone() throws {
    func place(_ body: String, role: UInt8) -> [UInt8] {
      var value = Movie.text("Gate") + [0, role]
      value += Block.big(Int(13.3777 * 65_536), 4) + Block.big(Int(52.5163 * 65_536), 4) + Block.big(0, 4)
      return Movie.threeGPP("loci", value + Movie.text(body) + [0] + Movie.text("Notes"))
    }
    let texts =
      Movie.threeGPP("titl", [0xFE, 0xFF] + Block.utf16("Tag 1"))
      + Movie.threeGPP("auth", Movie.text("Mara Example"))
    let words = Movie.box(
      "kywd", Block.big(0, 4) + [0x15, 0xC7, 2, 3] + Movie.text("sun") + [4] + Movie.text("gate"))
    let result = read(
      Movie.film(Movie.box("udta", place("", role: 0) + texts + words), brand: "3gp4"), as: "video/3gpp")
    #expect(result.diagnostics.isEmpty)
    let found = try #require(result.locations.first).coordinate
    #expect(abs(found.latitude - 52.5163) < 1e-4 && abs(found.longitude - 13.3777) < 1e-4)
    #expect(result.text(.text, .title) == "Tag 1")
    #expect(result.text(.person, .author) == "Mara Example")
    #expect(result.text(.place, .landmark) == "Gate")
    #expect(result.texts(.text, .keywords) == ["sun", "gate"])
    for other in [place("Mars", role: 0), place("earth", role: 2)] {
      #expect(read(Movie.film(Movie.box("udta", other)), as: "video/3gpp").locations.isEmpty)
    }
  }

  @Test("tells who wrote the tracks, and leaves out words that all writers use")
  func readsTracks() {
    let track = Movie.track(
      Movie.noon + 60, writer: Movie.text("Example Muxer 3\0"), compressor: "Example AVC encoder")
    let result = read(Movie.film(track), as: "video/mp4")
    #expect(result.texts(.software, .generator) == ["Example Muxer 3", "Example AVC encoder"])
    #expect(result.observations.contains { $0.field == "QuickTime:TrackCreateDate" })
    let plain = Movie.track(Movie.noon, writer: [12] + Movie.text("VideoHandler"), compressor: "AVC Coding")
    #expect(read(Movie.film(plain), as: "video/mp4").texts(.software, .generator).isEmpty)
  }

  @Test("times: seconds since 1970 as well, none that no clock said, local ones of cameras without a zone")
  func readsTimes() {
    func created(_ seconds: Int, _ more: [UInt8] = []) -> Timestamp? {
      let movie = Movie.box("moov", Movie.box("mvhd", Movie.times(seconds)) + more)
      return read(Movie.fileType("mp42") + movie, as: "video/mp4").timestamp(.created)
    }
    #expect(created(Movie.noon)?.civilSeconds == 1_784_023_200)
    #expect(created(1_784_023_200)?.civilSeconds == 1_784_023_200)
    #expect(created(0) == nil)
    #expect(created(3600) == nil)
    let maker = Movie.box("udta", Movie.box("FIRM", Movie.text("H19.03")))
    #expect(created(Movie.noon, maker)?.utcOffsetMinutes == .some(nil))
  }

  @Test("what lies in free space and behind the end is said")
  func findsLeftovers() {
    let zeros = read(Movie.film([], behind: Movie.box("free", [0, 0, 0, 0, 0, 0, 0, 0])), as: "video/mp4")
    #expect(zeros.diagnostics.isEmpty && !zeros.observations.contains { $0.kind == .hidden })
    let old = read(Movie.film([], behind: Movie.box("free", Self.userData)), as: "video/mp4")
    #expect(old.observations.contains { $0.role == .leftover && $0.field == "QuickTime:Free" })
    #expect(old.locations.isEmpty)
    let note = Movie.text("meet at noon under the clock")
    let film = Movie.film([], behind: note)
    let behind = read(film, as: "video/mp4")
    #expect(behind.observations.contains { $0.role == .trailer && $0.offset == film.count - note.count })
    #expect(!behind.isDamaged)
  }

  @Test("forms of boxes: 64 bits, to the end, wide, the head behind the pictures, fragments")
  func readsForms() {
    let movie = Movie.box("moov", Self.userData)
    let long = Block.big(1, 4) + Movie.text("mdat") + Block.big(20, 8) + [1, 2, 3, 4]
    let open = Block.big(0, 4) + movie[4...]
    let piece = Movie.box("moof", Movie.box("traf", Self.userData))
    for bytes in [
      Movie.fileType("qt  ") + Movie.box("wide", []) + long + movie, Movie.fileType("isom") + long + open,
      Movie.box("styp", Movie.text("msdh")) + piece,
    ] {
      let result = read(bytes, as: "video/mp4")
      #expect(result.diagnostics.isEmpty)
      #expect(result.locations.count == 1)
    }
  }

  @Test("is clean where nothing is inside")
  func isClean() {
    let result = read(
      Movie.fileType("isom") + Movie.box("moov", Movie.box("mvhd", Movie.times(0))), as: "video/mp4")
    #expect(result.observations.isEmpty)
    #expect(result.diagnostics.isEmpty)
    let null = read(
      Movie.film(Movie.box("udta", Movie.international("\u{A9}xyz", "+00.0000+000.0000/"))), as: "video/mp4")
    #expect(null.locations.isEmpty)
    #expect(null.codes == ["null-island"])
  }

  @Test("is damaged")
  func isDamaged() {
    #expect(read(Movie.fileType("isom"), as: "video/mp4").codes == ["truncated"])
    let film = Movie.film(Self.userData + Self.phone)
    #expect(read(Array(film.dropLast(2)), as: "video/mp4").isDamaged)
    surviveDamage(film, as: "video/mp4")
  }
}
