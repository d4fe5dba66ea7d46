import Testing
import UntrailBytes
import UntrailModel
import UntrailReaders

@Suite("IPTC")
struct IPTCTests {
  static let sets: [UInt8] =
    Block.iptcUTF8 + Block.iptc(1, 100, Array("US:Example:20260714:000001".utf8))
    + Block.iptc(5, "Tower at noon") + Block.iptc(25, "tower") + Block.iptc(25, "noon")
    + Block.iptc(55, "20260714") + Block.iptc(60, "101244+0200") + Block.iptc(62, "20260714")
    + Block.iptc(63, "101500") + Block.iptc(65, "Example Desk") + Block.iptc(70, "3.1")
    + Block.iptc(80, "Mara Example") + Block.iptc(90, "Paris") + Block.iptc(92, "Champ de Mars")
    + Block.iptc(95, "Île-de-France") + Block.iptc(100, "FRA") + Block.iptc(101, "France")
    + Block.iptc(110, "Example Daily") + Block.iptc(118, "mara@example.org") + Block.iptc(122, "Sam Sample")

  static func jpeg(_ sets: [UInt8]) -> [UInt8] { Block.photoshopJPEG(Block.resource(0x0404, sets)) }

  @Test("reads")
  func reads() throws {
    let bytes = Self.jpeg(Self.sets)
    let result = read(bytes, as: "image/jpeg")
    #expect(result.text(.place, .city) == "Paris")
    #expect(result.text(.place, .sublocation) == "Champ de Mars")
    #expect(result.text(.place, .state) == "Île-de-France")
    #expect(result.observations.filter { $0.role == .country }.map(\.text) == ["FRA", "France"])
    #expect(result.text(.person, .creator) == "Mara Example")
    #expect(result.text(.person, .captionWriter) == "Sam Sample")
    #expect(result.text(.person, .credit) == "Example Daily")
    #expect(result.text(.contact, .email) == "mara@example.org")
    #expect(result.text(.text, .title) == "Tower at noon")
    #expect(result.observations.filter { $0.role == .keywords }.map(\.text) == ["tower", "noon"])
    #expect(result.text(.software, .processing) == "Example Desk 3.1")
    #expect(result.text(.link, .imageUniqueID) == "US:Example:20260714:000001")
    let original = try #require(result.timestamp(.original))
    #expect(original.civilSeconds == 1_784_023_964)
    #expect(original.utcOffsetMinutes == 120)
    let digitized = try #require(result.timestamp(.digitized))
    #expect(digitized.civilSeconds == 1_784_024_100)
    #expect(digitized.utcOffsetMinutes == nil)
    #expect(result.diagnostics.isEmpty)
    let city = try #require(result.observations.first { $0.field == "IPTC:City" }?.offset)
    #expect(bytes[city...].starts(with: "Paris".utf8))
  }

  @Test(
    "dates as writers have them",
    arguments: [
      ("20260714", "101244", 1_784_023_964, Timestamp.Precision.second),
      ("2026:07:14", "10:12:44", 1_784_023_964, .second), ("2026-07-14", "1012", 1_784_023_920, .minute),
      ("20260714", "------", 1_783_987_200, .day), ("20260714", "106199", 1_783_987_200, .day),
    ] as [(String, String, Int64, Timestamp.Precision)])
  func dates(date: String, time: String, seconds: Int64, precision: Timestamp.Precision) throws {
    let result = read(Self.jpeg(Block.iptc(55, date) + Block.iptc(60, time)), as: "image/jpeg")
    let original = try #require(result.timestamp(.original))
    #expect(original.civilSeconds == seconds)
    #expect(original.precision == precision)
  }

  @Test("a time without its day says the zone only")
  func zone() {
    let result = read(Self.jpeg(Block.iptc(60, "101244-0530")), as: "image/jpeg")
    #expect(result.observations.map(\.fact) == [.utcOffset(-330)])
  }

  @Test("text is UTF-8 where it is, else Windows-1252; what is cut at the end is left out")
  func text() {
    let latin = Block.iptc(2, 90, [0x4A, 0xF6, 0x6E, 0x6B, 0xF6, 0x70, 0x69, 0x6E, 0x67])
    #expect(read(Self.jpeg(latin), as: "image/jpeg").text(.place, .city) == "Jönköping")
    let cut = Block.iptcUTF8 + Block.iptc(2, 90, Array("Málag".utf8) + [0xC3])
    #expect(read(Self.jpeg(cut), as: "image/jpeg").text(.place, .city) == "Málag")
  }

  @Test("an extended length, words in the wrong order, and a TIFF tag of 4-byte numbers")
  func forms() {
    let extended = [0x1C, 2, 90, 0x80, 4] + Block.big(5, 4) + Array("Paris".utf8)
    #expect(read(Self.jpeg(extended), as: "image/jpeg").text(.place, .city) == "Paris")
    var words = Block.iptc(80, "Mara Example") + Block.iptc(90, "Paris")
    while words.count % 4 != 0 { words.append(0) }
    var tiff = ExifBuilder(order: .little)
    let swapped = stride(from: 0, to: words.count, by: 4).flatMap { words[$0..<($0 + 4)].reversed() }
    tiff.add(.image, 0x83BB, bytes: swapped, format: 7)
    let result = read(tiff.build(), as: "image/tiff")
    #expect(result.text(.place, .city) == "Paris")
    #expect(result.observations.allSatisfy { $0.offset == nil })
    #expect(!result.isDamaged)
  }

  @Test(
    "is clean",
    arguments: [
      Block.iptc(2, 0, [0, 2]), Block.iptc(90, "  "), Block.iptc(95, "-"), Block.iptc(55, "00000000"),
      Block.iptcUTF8, Block.iptc(80, "") + [0, 0, 0, 0, 0, 0], Block.iptc(8, 10, [1, 2, 3]),
    ])
  func isClean(sets: [UInt8]) {
    let result = read(Self.jpeg(sets), as: "image/jpeg")
    #expect(result.observations.isEmpty)
    #expect(result.diagnostics.isEmpty)
  }

  @Test("a date that is none is a doubt")
  func doubt() {
    #expect(read(Self.jpeg(Block.iptc(55, "20261399")), as: "image/jpeg").codes == ["time-malformed"])
  }

  @Test("is damaged")
  func isDamaged() {
    // Behind the end of a set nothing is missed: the next one may not have been there.
    var ends: Set<Int> = [0]
    var offset = 0
    while offset < Self.sets.count {
      offset += 5 + Int(Self.sets[offset + 3]) << 8 + Int(Self.sets[offset + 4])
      ends.insert(offset)
    }
    for length in 0..<Self.sets.count where !ends.contains(length) {
      let result = read(Self.jpeg(Array(Self.sets.prefix(length))), as: "image/jpeg")
      #expect(result.isDamaged, "cut at \(length)")
    }
    let broken = Self.sets + [0x1D] + Block.iptc(90, "Rome")
    let result = read(Self.jpeg(broken), as: "image/jpeg")
    #expect(result.text(.place, .city) == "Paris")
    #expect(result.codes == ["malformed"])
  }
}
