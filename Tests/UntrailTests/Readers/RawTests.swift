import Testing
import UntrailBytes
import UntrailModel
import UntrailReaders

/// A picture of a made-up camera, with a position at the Brandenburg Gate.
private enum Fixture {
  static let exif: [UInt8] = {
    var exif = ExifBuilder(order: .little)
    exif.add(.image, 0x10F, ascii: "Osprey")
    exif.add(.image, 0x110, ascii: "OX-1")
    exif.add(.exif, 0x9003, ascii: "2024:05:01 12:00:00")
    exif.addPosition(latitude: 52.5163, longitude: 13.3777)
    return exif.build()
  }()

  static let jpeg = Container.jpeg(exif)

  static func little(_ value: Int, _ size: Int = 4) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  static func padded(_ text: String, _ count: Int) -> [UInt8] {
    Array((Array(text.utf8) + [UInt8](repeating: 0, count: count)).prefix(count))
  }

  static func expectPicture(_ result: ReadResult, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(result.diagnostics.isEmpty, sourceLocation: sourceLocation)
    #expect(result.text(.device, .camera) == "Osprey OX-1", sourceLocation: sourceLocation)
    #expect(result.timestamp(.original)?.civilSeconds == 1_714_564_800, sourceLocation: sourceLocation)
    #expect(result.locations.count == 1, sourceLocation: sourceLocation)
  }

  /// Where the one hidden picture of a file is said to be.
  static func expectPreview(
    _ field: String, _ result: ReadResult, in file: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let hidden = try #require(
      result.observations.first { $0.role == .preview }, sourceLocation: sourceLocation)
    #expect(hidden.field == field, sourceLocation: sourceLocation)
    let offset = try #require(hidden.offset, sourceLocation: sourceLocation)
    #expect(Array(file[offset..<(offset + jpeg.count)]) == jpeg, sourceLocation: sourceLocation)
    #expect(hidden.fact == .hidden(HiddenContent(byteCount: jpeg.count)), sourceLocation: sourceLocation)
  }
}

@Suite("Panasonic RW2")
struct RW2Tests {
  static func file(_ picture: [UInt8]) -> [UInt8] {
    let builder = TIFFBuilder(magic: 0x55, filling: [UInt8](repeating: 0, count: 16))
    return builder.build([
      [builder.shorts(0x0B, [34316]), builder.bytes(0x2E, picture), builder.text(0x10F, "Osprey")]
    ])
  }

  @Test("reads")
  func reads() throws {
    let file = Self.file(Fixture.jpeg)
    let result = read(file, as: "image/x-panasonic-rw2")
    #expect(result.locations.count == 1)
    #expect(result.diagnostics.isEmpty)
    #expect(result.timestamp(.original) != nil)
    try Fixture.expectPreview("EXIF:JpgFromRaw", result, in: file)
  }

  @Test("is clean")
  func isClean() {
    let result = read(Self.file(TIFFTests.jpeg), as: "image/x-panasonic-rw2")
    #expect(result.observations.map(\.field) == ["EXIF:Make", "EXIF:JpgFromRaw"])
    #expect(result.diagnostics.isEmpty)
  }

  @Test("is damaged")
  func isDamaged() {
    let file = Self.file(Fixture.jpeg)
    surviveDamage(file, as: "image/x-panasonic-rw2")
    #expect(read(Array(file.prefix(200)), as: "image/x-panasonic-rw2").isDamaged)
  }
}

@Suite("Fujifilm RAF")
struct RAFTests {
  static func file(_ picture: [UInt8]) -> [UInt8] {
    let head = Array("FUJIFILMCCD-RAW 0201FF383501".utf8) + Fixture.padded("OX-1", 32) + Array("0106".utf8)
    let places = Container.big(0x94) + Container.big(picture.count)
    let gap = [UInt8](repeating: 0, count: 0x54 - head.count)
    return head + gap + places + [UInt8](repeating: 0, count: 0x94 - 0x5C) + picture
  }

  @Test("reads")
  func reads() throws {
    let file = Self.file(Fixture.jpeg)
    let result = read(file, as: "image/x-fuji-raf")
    Fixture.expectPicture(result)
    try Fixture.expectPreview("RAF:PreviewImage", result, in: file)
  }

  @Test("the head speaks where the picture says nothing")
  func isClean() {
    let result = read(Self.file(TIFFTests.jpeg), as: "image/x-fuji-raf")
    #expect(result.observations.map(\.field) == ["RAF:PreviewImage", "RAF:Model", "RAF:RAFVersion"])
    #expect(result.text(.device, .camera) == "FUJIFILM OX-1")
    #expect(result.diagnostics.isEmpty)
  }

  @Test("is damaged")
  func isDamaged() {
    let file = Self.file(Fixture.jpeg)
    surviveDamage(file, as: "image/x-fuji-raf")
    for length in 0..<file.count where length != 0x94 {
      #expect(read(Array(file.prefix(length)), as: "image/x-fuji-raf").isDamaged, "cut at \(length)")
    }
  }
}

@Suite("Minolta MRW")
struct MRWTests {
  static func file(_ blocks: [(String, [UInt8])]) -> [UInt8] {
    var body: [UInt8] = []
    for (name, bytes) in blocks { body += Array("\0\(name)".utf8) + Container.big(bytes.count) + bytes }
    return Array("\0MRM".utf8) + Container.big(body.count) + body + [1, 2, 3]
  }

  static let picture = file([("PRD", Array("27820001".utf8)), ("WBG", [1, 2]), ("TTW", Fixture.exif)])

  @Test("reads")
  func reads() throws {
    let result = read(Self.picture, as: "image/x-minolta-mrw")
    Fixture.expectPicture(result)
    #expect(result.text(.software, .firmware) == "27820001")
    let make = try #require(result.observations.first { $0.role == .camera }?.offset)
    #expect(Self.picture[make..<(make + 4)].elementsEqual("OX-1".utf8))
  }

  @Test("is clean")
  func isClean() {
    let result = read(Self.file([("WBG", [1, 2]), ("CSA", [])]), as: "image/x-minolta-mrw")
    #expect(result.observations.isEmpty && result.diagnostics.isEmpty)
  }

  @Test("is damaged")
  func isDamaged() {
    surviveDamage(Self.picture, as: "image/x-minolta-mrw")
    for length in 0..<(Self.picture.count - 3) {
      #expect(
        read(Array(Self.picture.prefix(length)), as: "image/x-minolta-mrw").isDamaged, "cut at \(length)")
    }
  }
}

@Suite("Kyocera raw")
struct KyoceraRawTests {
  static func file(time: String) -> [UInt8] {
    var file = [UInt8](repeating: 0, count: 0xA0)
    func put(_ text: String, _ offset: Int) {
      for (index, byte) in text.utf8.enumerated() { file[offset + index] = byte }
    }
    put(String("Ver. 1.07".reversed()), 1)
    put(String("N DIGITAL".reversed()), 0x0C)
    put("ARECOYK", 0x19)
    put(String(time.reversed()), 0x21)
    put("VS28-80/3.5", 0x7C)
    return file
  }

  @Test("reads")
  func reads() {
    let result = read(Self.file(time: "2024:05:01 12:00:00"), as: "image/x-kyocera-raw")
    #expect(result.text(.device, .camera) == "KYOCERA N DIGITAL")
    #expect(result.text(.device, .lens) == "VS28-80/3.5")
    #expect(result.text(.software, .firmware) == "Ver. 1.07")
    #expect(result.timestamp(.original)?.civilSeconds == 1_714_564_800)
    #expect(result.diagnostics.isEmpty)
  }

  @Test("is clean")
  func isClean() {
    let result = read(Self.file(time: "0000:00:00 00:00:00"), as: "image/x-kyocera-raw")
    #expect(result.timestamp(.original) == nil)
    #expect(result.diagnostics.isEmpty)
  }

  @Test("is damaged")
  func isDamaged() {
    surviveDamage(Self.file(time: "2024:05:01 12:00:00"), as: "image/x-kyocera-raw")
    #expect(read([1, 2, 3], as: "image/x-kyocera-raw").isDamaged)
    #expect(
      read(Self.file(time: "2024:15:01 12:00:00"), as: "image/x-kyocera-raw").codes == ["time-malformed"])
  }
}

@Suite("Sigma X3F")
struct X3FTests {
  static func properties(_ list: [(String, String)]) -> [UInt8] {
    var entries: [UInt8] = []
    var texts: [UInt8] = []
    for (name, value) in list {
      for text in [name, value] {
        entries += Fixture.little(texts.count / 2)
        texts += text.utf16.flatMap { Fixture.little(Int($0), 2) } + [0, 0]
      }
    }
    let head = Fixture.little(0x20000) + Fixture.little(list.count) + Fixture.little(0) + Fixture.little(0)
    return Array("SECp".utf8) + head + Fixture.little(texts.count / 2) + entries + texts
  }

  static func file(number: [UInt8], _ list: [(String, String)], _ picture: [UInt8]) -> [UInt8] {
    var file = Array("FOVb".utf8) + Fixture.little(0x20002) + number
    file += [UInt8](repeating: 0, count: 48)
    let properties = properties(list)
    let image = Array("SECi".utf8) + Fixture.little(0x20000) + Fixture.little(2) + Fixture.little(18)
    let sections: [(String, [UInt8])] = [
      ("PROP", properties), ("IMA2", image + [UInt8](repeating: 0, count: 12) + picture),
    ]
    var directory = Array("SECd".utf8) + Fixture.little(0x20000) + Fixture.little(sections.count)
    for (name, bytes) in sections {
      directory += Fixture.little(file.count) + Fixture.little(bytes.count) + Array(name.utf8)
      file += bytes
    }
    return file + directory + Fixture.little(file.count)
  }

  static let picture = file(
    number: Array(1...16),
    [("CAMMODEL", "SIGMA SD10"), ("CAMMANUF", "SIGMA"), ("CAMSERIAL", "02001234"), ("TIME", "1714564800")]
      + [("FIRMVERS", "2.0.4")], Fixture.jpeg)

  @Test("reads")
  func reads() throws {
    let result = read(Self.picture, as: "image/x-x3f")
    #expect(result.diagnostics.isEmpty)
    #expect(result.text(.device, .camera) == "SIGMA SD10")
    #expect(result.text(.serial, .body) == "02001234")
    #expect(result.text(.software, .firmware) == "2.0.4")
    #expect(result.text(.link, .imageUniqueID) == "0102030405060708090a0b0c0d0e0f10")
    #expect(result.timestamp(.original)?.civilSeconds == 1_714_564_800)
    #expect(result.timestamp(.original)?.utcOffsetMinutes == nil)
    #expect(result.locations.count == 1)
    try Fixture.expectPreview("SigmaRaw:JpgFromRaw", result, in: Self.picture)
    let serial = try #require(result.observations.first { $0.kind == .serial }?.offset)
    #expect(Array(Self.picture[serial..<(serial + 2)]) == [0x30, 0])
  }

  @Test("is clean")
  func isClean() {
    let file = Self.file(number: [UInt8](repeating: 0, count: 16), [("ISO", "100")], TIFFTests.jpeg)
    let result = read(file, as: "image/x-x3f")
    #expect(result.observations.map(\.field) == ["SigmaRaw:PreviewImage"])
    #expect(result.diagnostics.isEmpty)
  }

  @Test("is damaged")
  func isDamaged() {
    surviveDamage(Self.picture, as: "image/x-x3f")
    for length in 0..<Self.picture.count {
      #expect(read(Array(Self.picture.prefix(length)), as: "image/x-x3f").isDamaged, "cut at \(length)")
    }
  }
}
