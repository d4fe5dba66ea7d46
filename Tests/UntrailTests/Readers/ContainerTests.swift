import Testing
import UntrailBytes
import UntrailModel
import UntrailReaders

/// Each container: reads, is clean, is damaged.
@Suite("Containers")
struct ContainerTests {
  static let exif: [UInt8] = {
    var exif = ExifBuilder()
    exif.addPosition(latitude: 48.85837, longitude: 2.294481)
    exif.add(.image, 0x0110, ascii: "Kestrel K7")
    return exif.build()
  }()

  static let exifSegment = Array("Exif\0\0".utf8) + exif

  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var mediaType: String
    var bytes: [UInt8]
    /// How many of the last bytes may go without loss.
    var slack = 0
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "JPEG", mediaType: "image/jpeg", bytes: Container.jpeg(exif), slack: 4),
    Case(
      name: "JPEG, Exif behind 60 KiB of another segment", mediaType: "image/jpeg",
      bytes: Container.jpeg(exif, before: Container.segment(0xE2, Array(repeating: 7, count: 60_000))),
      slack: 4),
    Case(
      name: "JPEG, fill bytes before the marker", mediaType: "image/jpeg",
      bytes: Container.jpeg(exif, before: [0xFF, 0xFF, 0xFF]), slack: 4),
    Case(name: "TIFF", mediaType: "image/tiff", bytes: exif),
    Case(name: "PNG", mediaType: "image/png", bytes: Container.png([("eXIf", exif)])),
    Case(
      name: "PNG, eXIf behind the picture", mediaType: "image/png",
      bytes: Container.png(
        Array(repeating: ("IDAT", [UInt8](repeating: 3, count: 8192)), count: 37) + [
          ("IDAT", [1, 2, 3]), ("eXIf", exif),
        ])),
    Case(
      name: "WebP", mediaType: "image/webp", bytes: Container.webp([("VP8 ", [1, 2, 3]), ("EXIF", exif)])),
    Case(
      name: "WebP with the JPEG identifier", mediaType: "image/webp",
      bytes: Container.webp([("VP8 ", [1, 2, 3]), ("EXIF", exifSegment)])),
    Case(name: "HEIF, idat", mediaType: "image/heic", bytes: Container.heif(exif, inItemData: true)),
    Case(name: "HEIF, mdat", mediaType: "image/heic", bytes: Container.heif(exif, inItemData: false)),
    Case(
      name: "HEIF, three extents", mediaType: "image/avif",
      bytes: Container.heif(exif, inItemData: false, extentCount: 3)),
  ]

  @Test("reads", arguments: cases)
  func reads(of container: Case) throws {
    let result = read(container.bytes, as: container.mediaType)
    let location = try #require(result.locations.first)
    #expect(abs(location.coordinate.latitude - 48.85837) < 1e-7)
    #expect(abs(location.coordinate.longitude - 2.294481) < 1e-7)
    #expect(result.text(.device, .camera) == "Kestrel K7")
    #expect(!result.isDamaged)
  }

  @Test("several EXIF blocks are all read")
  func several() {
    var second = ExifBuilder(order: .little)
    second.add(.exif, 0xA431, ascii: "SERIAL-2")
    let extra = Container.segment(0xE1, Array("Exif\0\0".utf8) + second.build())
    let result = read(Container.jpeg(Self.exif, after: extra), as: "image/jpeg")
    #expect(result.locations.count == 1)
    #expect(result.text(.serial, .body) == "SERIAL-2")
  }

  @Test("a joined item has no single offset")
  func joinedOffsets() {
    let result = read(Container.heif(Self.exif, inItemData: false, extentCount: 3), as: "image/heic")
    #expect(!result.observations.isEmpty)
    #expect(result.observations.allSatisfy { $0.offset == nil })
  }

  @Test(
    "is clean",
    arguments: [
      ("image/jpeg", [0xFF, 0xD8] + Container.segment(0xE0, Array("JFIF\0".utf8)) + [0xFF, 0xDA, 0, 2]),
      ("image/png", Container.png([("IDAT", [1, 2, 3])])),
      ("image/webp", Container.webp([("VP8 ", [1, 2, 3, 4])])),
      ("image/tiff", [0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0]),
      ("image/heic", Container.box("ftyp", Array("heic".utf8)) + Container.box("meta", [0, 0, 0, 0])),
    ] as [(String, [UInt8])])
  func isClean(mediaType: String, bytes: [UInt8]) {
    let result = read(bytes, as: mediaType)
    #expect(result.observations.isEmpty)
    #expect(result.diagnostics.isEmpty)
  }

  @Test("cut anywhere, it says so or loses nothing, and never invents a place", arguments: cases)
  func isCut(of container: Case) {
    let step = max(1, container.bytes.count / 400)
    for length in stride(from: 0, to: container.bytes.count, by: step) {
      let result = read(Array(container.bytes.prefix(length)), as: container.mediaType)
      for location in result.locations {
        #expect(abs(location.coordinate.latitude - 48.85837) < 1e-7)
        #expect(abs(location.coordinate.longitude - 2.294481) < 1e-7)
      }
      if length < container.bytes.count - container.slack, result.locations.isEmpty {
        #expect(result.isDamaged, "cut at \(length), nothing read, and no word of it")
      }
    }
  }

  @Test("bytes changed at random never crash a reader", arguments: cases)
  func isMangled(of container: Case) {
    var random = SeededGenerator(seed: 20_261_123)
    for _ in 0..<300 {
      var bytes = container.bytes
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let result = read(bytes, as: container.mediaType)
      for location in result.locations {
        #expect(abs(location.coordinate.latitude) <= 90 && abs(location.coordinate.longitude) <= 180)
      }
    }
  }

  @Test("every reader is registered, under media types of its own")
  func registration() {
    let types = Readers.all.flatMap(\.mediaTypes)
    #expect(Set(types).count == types.count)
    #expect(Set(Readers.all.map(\.name)).count == Readers.all.count)
    for type in types { #expect(Readers.reader(for: type) != nil) }
  }
}

/// The same numbers for the same seed. Source: S. Vigna, SplitMix64 (2015).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
