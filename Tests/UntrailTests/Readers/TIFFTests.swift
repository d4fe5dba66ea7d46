import Testing
import UntrailBytes
import UntrailModel
import UntrailReaders

@Suite("TIFF files and raws built on it")
struct TIFFTests {
  static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xDA, 0, 2, 0xFF, 0xD9]

  /// A DNG with a thumbnail in IFD0, the raw and a preview below it, and what DNG says of the original.
  static func negative(_ builder: TIFFBuilder) -> [UInt8] {
    let raw = [builder.long(0xFE, 0), builder.shorts(0x103, [7])] + builder.picture(0x144, 0x145, [1, 2, 3])
    let preview = [builder.long(0xFE, 1), builder.shorts(0x103, [7])] + builder.picture(0x111, 0x117, jpeg)
    let depth = [builder.long(0xFE, 8), builder.shorts(0x103, [1])] + builder.picture(0x111, 0x117, [9, 9])
    let image =
      [builder.long(0xFE, 1), builder.shorts(0x103, [1]), builder.text(0x10F, "Osprey")]
      + [builder.text(0x110, "OX-1")] + builder.picture(0x111, 0x117, [UInt8](repeating: 5, count: 12))
      + [
        builder.directories(0x14A, [raw, preview, depth]), builder.long(0x9211, 24),
        builder.bytes(0xC614, Array("Osprey OX One\0".utf8), format: 2),
        builder.text(0xC62F, "0012345"), builder.bytes(0xC65D, Array(1...16), format: 1),
        builder.bytes(0xC68B, Array("OSPR0001.ORF".utf8), format: 1), builder.text(0xC716, "Developer"),
        builder.bytes(0xC68C, [0, 0, 0, 1, 2, 3, 4, 5, 6]),
        builder.text(0xC717, "6.2"), builder.text(0xC71B, "2024-05-01T12:00:00+02:00"),
        builder.text(0xFDE8, "Owner's Name: Mara Example"), builder.text(0x0B, "Sorter 3"),
      ]
    return builder.build([image])
  }

  @Test("reads", arguments: [false, true], [ByteOrder.little, .big])
  func reads(isBig: Bool, order: ByteOrder) throws {
    let file = Self.negative(TIFFBuilder(order: order, isBig: isBig))
    let result = read(file, as: "image/tiff")
    #expect(result.diagnostics.isEmpty)
    #expect(result.text(.device, .camera) == "Osprey OX-1")
    #expect(result.text(.device, .body) == "Osprey OX One")
    #expect(result.text(.serial, .body) == "0012345")
    #expect(result.text(.link, .rawUniqueID) == "0102030405060708090A0B0C0D0E0F10")
    #expect(result.text(.link, .originalFileName) == "OSPR0001.ORF")
    #expect(result.text(.link, .imageCounter) == "24")
    #expect(result.text(.person, .owner) == "Mara Example")
    let software = result.observations.filter { $0.kind == .software }.compactMap(\.text)
    #expect(Set(software) == ["Developer 6.2", "Sorter 3"])
    #expect(result.timestamp(.edited)?.utcOffsetMinutes == 120)
    let hidden = result.observations.filter { $0.kind == .hidden }
    #expect(hidden.map(\.role) == [.embeddedFile, .thumbnail, .preview, .depthMap])
    #expect(
      hidden.map(\.field) == [
        "EXIF:OriginalRawFileData", "EXIF:ThumbnailTIFF", "EXIF:PreviewImage", "EXIF:StripOffsets",
      ])
    let offset = try #require(hidden[2].offset)
    #expect(Array(file[offset..<(offset + Self.jpeg.count)]) == Self.jpeg)
    #expect(hidden[2].fact == .hidden(HiddenContent(byteCount: Self.jpeg.count)))
    for observation in result.observations where observation.field == "EXIF:CameraSerialNumber" {
      let offset = try #require(observation.offset)
      #expect(file[offset..<(offset + 7)].elementsEqual("0012345".utf8))
    }
  }

  @Test("is clean")
  func isClean() {
    let builder = TIFFBuilder()
    let page = [builder.long(0xFE, 0), builder.shorts(0x103, [1])] + builder.picture(0x111, 0x117, [1, 2])
    let zeros = [
      builder.bytes(0xC65D, [UInt8](repeating: 0, count: 16), format: 1), builder.shorts(0x0B, [3]),
    ]
    let result = read(builder.build([page + zeros, page]), as: "image/tiff")
    #expect(result.observations.isEmpty)
    #expect(result.diagnostics.isEmpty)
  }

  @Test("the only picture of a file is not hidden, whatever it says of itself")
  func lone() {
    let builder = TIFFBuilder()
    let page = [builder.long(0xFE, 1), builder.shorts(0x103, [6])] + builder.picture(0x201, 0x202, Self.jpeg)
    #expect(read(builder.build([page]), as: "image/tiff").observations.isEmpty)
  }

  @Test("is damaged", arguments: [false, true])
  func isDamaged(isBig: Bool) {
    let file = Self.negative(TIFFBuilder(isBig: isBig))
    surviveDamage(file, as: "image/tiff")
    #expect(read(Array(file.prefix(file.count / 2)), as: "image/tiff").isDamaged)
  }

  @Test("the strips of a picture are added up")
  func strips() {
    let builder = TIFFBuilder()
    let page = [builder.long(0xFE, 0)]
    let small = [builder.long(0xFE, 1), builder.shorts(0x111, [8, 9]), builder.shorts(0x117, [1, 6])]
    let result = read(builder.build([page, small]), as: "image/tiff")
    #expect(result.observations.map(\.fact) == [.hidden(HiddenContent(byteCount: 7))])
    #expect(result.observations.map(\.role) == [.thumbnail])
  }

  @Test("a picture of a negative length is one of unknown length")
  func negativeLength() {
    let builder = TIFFBuilder()
    let signed = TIFFBuilder.Entry(tag: 0x202, format: 6, count: 1, content: .bytes([0x91]))
    let result = read(
      builder.build([[builder.long(0xFE, 0)], [builder.long(0x201, 8), signed]]), as: "image/tiff")
    #expect(result.observations.map(\.fact) == [.hidden(HiddenContent(byteCount: nil))])
  }

  @Test("previews of CR2, NEF, ARW, PEF and SRW")
  func previews() {
    let builder = TIFFBuilder()
    let jpeg = builder.picture(0x201, 0x202, Self.jpeg)
    let strips = [builder.shorts(0x103, [6])] + builder.picture(0x111, 0x117, Self.jpeg)
    func fields(_ chain: [[TIFFBuilder.Entry]], _ builder: TIFFBuilder = TIFFBuilder()) -> [String] {
      read(builder.build(chain), as: "image/tiff").observations.map { "\($0.role.name) \($0.field)" }
    }
    var canon = builder
    canon.filling = Array("CR".utf8) + [2, 0, 0, 0, 0, 0]
    #expect(
      fields([strips, jpeg, strips, strips], canon) == [
        "preview EXIF:PreviewImage", "thumbnail EXIF:JPEGInterchangeFormat", "preview EXIF:StripOffsets",
      ])
    #expect(fields([[builder.directories(0x14A, [jpeg])]]) == ["preview EXIF:JpgFromRaw"])
    #expect(
      fields([[builder.long(0xFE, 1)] + jpeg, jpeg]) == [
        "preview EXIF:PreviewImage", "thumbnail EXIF:JPEGInterchangeFormat",
      ])
    #expect(
      fields([[builder.long(0xFE, 0)], jpeg, jpeg]) == [
        "thumbnail EXIF:JPEGInterchangeFormat", "preview EXIF:JpgFromRaw",
      ])
    #expect(
      fields([[builder.long(0xFE, 0)], [builder.directories(0x14A, [jpeg])]]) == [
        "thumbnail EXIF:ThumbnailImage"
      ])
  }

  @Test("the first Sony raws have picture data where others have directories")
  func pictureData() {
    let builder = TIFFBuilder()
    let image = [builder.text(0x110, "DSLR-A100"), builder.long(0x14A, 4)]
    #expect(!read(builder.build([image]), as: "image/tiff").isDamaged)
  }

  @Test("directories deeper than the limit are damage")
  func deep() {
    let builder = TIFFBuilder()
    var directory = [builder.text(0x10F, "Osprey")]
    for _ in 0..<20 { directory = [builder.directories(0x14A, [directory])] }
    #expect(read(builder.build([directory]), as: "image/tiff").codes == ["limit"])
  }

  @Test("many pointers to directories cost little")
  func manyPointers() {
    let builder = TIFFBuilder()
    let pointers = TIFFBuilder.Entry(
      tag: 0x14A, format: 4, count: 100_000,
      content: .bytes([UInt8](repeating: 8, count: 400_000)))
    #expect(read(builder.build([[pointers]]), as: "image/tiff").diagnostics.count <= 1025)
  }
}

@Suite("Places of GeoTIFF")
struct GeoTIFFTests {
  /// Longitude and latitude of the Eiffel Tower.
  static let point = [0, 0, 0, 2.2945, 48.8584, 0]

  static func file(
    system: Int = 4326, unit: Int = 9102, model: Int = 2, place: (UInt16, [Double]) = (0x8482, point)
  ) -> [UInt8] {
    let builder = TIFFBuilder()
    let keys = [1, 1, 0, 3, 1024, 0, 1, model, 2048, 0, 1, system, 2054, 0, 1, unit]
    return builder.build([[builder.doubles(place.0, place.1), builder.shorts(0x87AF, keys)]])
  }

  @Test("reads")
  func reads() {
    let result = read(Self.file(), as: "image/tiff")
    #expect(result.diagnostics.isEmpty)
    #expect(result.observations.map(\.role) == [.area])
    #expect(result.observations.map(\.field) == ["EXIF:ModelTiePoint"])
    #expect(result.locations.first?.coordinate == Coordinate(latitude: 48.8584, longitude: 2.2945))
    let matrix = [0.1, 0, 0, 2.2945, 0, -0.1, 0, 48.8584, 0, 0, 0, 0, 0, 0, 0, 1]
    let other = read(Self.file(place: (0x85D8, matrix)), as: "image/tiff")
    #expect(other.locations.first?.coordinate == Coordinate(latitude: 48.8584, longitude: 2.2945))
  }

  @Test("other systems are no place", arguments: [(32633, 9102, 1), (4258, 9102, 2), (4326, 9101, 2)])
  func otherSystems(system: Int, unit: Int, model: Int) {
    let result = read(Self.file(system: system, unit: unit, model: model), as: "image/tiff")
    #expect(result.observations.isEmpty)
    #expect(result.codes == ["geotiff-not-read"])
  }

  @Test("numbers that are no place", arguments: [[0, 0, 0, 0, 0, 0], [0, 0, 0, 2.2945, 480, 0]])
  func noPlace(point: [Double]) {
    let result = read(Self.file(place: (0x8482, point)), as: "image/tiff")
    #expect(result.observations.isEmpty)
    #expect(result.diagnostics.map(\.nature) == [.doubt])
  }

  @Test("is clean")
  func isClean() {
    let builder = TIFFBuilder()
    let result = read(builder.build([[builder.doubles(0x8482, Self.point)]]), as: "image/tiff")
    #expect(result.observations.isEmpty && result.diagnostics.isEmpty)
  }

  @Test("is damaged")
  func isDamaged() { surviveDamage(Self.file(), as: "image/tiff") }
}
