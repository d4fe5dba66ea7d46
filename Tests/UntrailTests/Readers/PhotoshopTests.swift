import Testing
import UntrailModel
import UntrailReaders

@Suite("Photoshop")
struct PhotoshopTests {
  static let thumbnail: [UInt8] =
    [1, 160, 120, 480, 57_600, 6, 0x0018_0001].flatMap { Block.big($0, 4) } + [0xFF, 0xD8, 1, 2, 0xFF, 0xD9]

  static let resources: [UInt8] =
    Block.resource(0x0404, Block.iptc(90, "Rome"))
    + Block.resource(0x040C, thumbnail)
    + Block.resource(0x040B, Array("https://example.org/mara".utf8), name: "page")
    + Block.resource(0x0422, exif)
    + Block.resource(
      0x0421, Block.big(1, 4) + [1] + Block.counted("Example Photoshop") + Block.counted("Example 25"))
    + Block.resource(0x041A, Block.big(6, 4) + Block.big(0, 16) + Block.counted("IMG_0042 meeting"))
    + Block.resource(0x043A, Array("....printerNameTEXT".utf8) + Block.counted("Desk Printer 3052"))
    + Block.resource(
      0x03EA,
      Array("<key>com.apple.print.ticket.modDate</key>\n\t<date>2026-07-14T08:12:44Z</date>".utf8))
    + Block.resource(0x043E, Block.counted("/Users/mara/Desktop/route.psd"))

  static let exif: [UInt8] = {
    var exif = ExifBuilder()
    exif.addPosition(latitude: 48.85837, longitude: 2.294481)
    return exif.build()
  }()

  static func document(_ resources: [UInt8], layers: [UInt8] = [], isLarge: Bool = false) -> [UInt8] {
    let head =
      Array("8BPS".utf8) + [0, isLarge ? 2 : 1] + Block.big(0, 6) + [0, 1] + Block.big(1, 4) + Block.big(1, 4)
    return head + [0, 8, 0, 1] + Block.big(0, 4) + Block.big(resources.count, 4) + resources
      + Block.big(layers.count, isLarge ? 8 : 4) + layers + [0, 0, 0x80]
  }

  /// One layer.
  static func layer(_ name: String, isOff: Bool, seconds: Double, isLarge: Bool) -> [UInt8] {
    func block(_ key: String, _ value: [UInt8]) -> [UInt8] {
      Array("8BIM".utf8) + Array(key.utf8) + Block.big(value.count, 4) + value
        + (value.count % 2 == 1 ? [0] : [])
    }
    let time = Array("layerTimedoub".utf8) + Block.big(Int(bitPattern: UInt(seconds.bitPattern)), 8)
    let extra = Block.big(0, 8) + [1, 0x58, 0, 0] + block("luni", Block.counted(name)) + block("shmd", time)
    let channel = [UInt8](repeating: 0, count: isLarge ? 10 : 6)
    return Block.big(0, 8) + Block.big(1, 4) + Block.big(1, 4) + [0, 1] + channel + Array("8BIMnorm".utf8)
      + [255, 0, isOff ? 2 : 0, 0] + Block.big(extra.count, 4) + extra
  }

  static func layers(isLarge: Bool) -> [UInt8] {
    let list =
      [0, 2] + layer("Harbour", isOff: false, seconds: 1_784_016_764, isLarge: isLarge)
      + layer("Sam Sample's face", isOff: true, seconds: 1_784_016_765, isLarge: isLarge)
    let linked = Array("liFD".utf8) + Block.big(7, 4) + [2, 0x61, 0x62] + Block.counted("MARA_0042.jpg")
    let file = linked + Block.big(0, 8) + Block.big(4, 8) + [0, 1, 2, 3, 4]
    let value = Block.big(file.count, 8) + file + [UInt8](repeating: 0, count: (4 - file.count % 4) % 4)
    let size = isLarge ? 8 : 4
    return Block.big(list.count, size) + list + Block.big(0, 4)
      + Array("8BIMlnkD".utf8) + Block.big(value.count, 4) + value
  }

  @Test("reads", arguments: [("image/jpeg", true), ("image/vnd.adobe.photoshop", false)])
  func reads(mediaType: String, isJPEG: Bool) throws {
    let bytes = isJPEG ? Block.photoshopJPEG(Self.resources) : Self.document(Self.resources)
    let result = read(bytes, as: mediaType)
    #expect(result.text(.place, .city) == "Rome")
    #expect(result.text(.contact, .url) == "https://example.org/mara")
    #expect(result.locations.count == 1)
    #expect(
      result.observations.filter { $0.kind == .software }.map(\.text) == ["Example Photoshop", "Example 25"])
    #expect(result.text(.link, .originalFileName) == "IMG_0042 meeting")
    #expect(result.text(.device, .accessory) == "Desk Printer 3052")
    #expect(result.text(.link, .path) == "/Users/mara/Desktop/route.psd")
    #expect(result.timestamp(.edited)?.civilSeconds == 1_784_016_764)
    let thumbnail = try #require(result.observations.first { $0.role == .thumbnail })
    #expect(thumbnail.fact == .hidden(HiddenContent(byteCount: 6)))
    let offset = try #require(thumbnail.offset)
    #expect(bytes[offset...].starts(with: [0xFF, 0xD8, 1, 2]))
    #expect(result.diagnostics.isEmpty)
  }

  @Test("reads layers and files inside", arguments: [false, true])
  func readsLayers(isLarge: Bool) {
    let bytes = Self.document([], layers: Self.layers(isLarge: isLarge), isLarge: isLarge)
    let result = read(bytes, as: "image/vnd.adobe.photoshop")
    #expect(result.observations.filter { $0.role == .label }.map(\.text) == ["Harbour", "Sam Sample's face"])
    #expect(result.timestamp(.edited)?.civilSeconds == 1_784_016_764)
    #expect(result.observations.count { $0.role == .secondPicture } == 1)
    #expect(result.text(.link, .originalFileName) == "MARA_0042.jpg")
    #expect(
      result.observations.first { $0.role == .embeddedFile }?.fact == .hidden(HiddenContent(byteCount: 4)))
    #expect(result.diagnostics.isEmpty)
  }

  @Test("layers that are shown are nothing hidden")
  func shownLayers() {
    let list = [0, 1] + Self.layer("Harbour", isOff: false, seconds: 0, isLarge: false)
    let layers = Block.big(list.count, 4) + list
    let result = read(Self.document([], layers: layers), as: "image/vnd.adobe.photoshop")
    #expect(result.observations.map(\.fact) == [.text("Harbour")])
  }

  @Test("resources that are not filled up, and those of Photoshop 2.5")
  func forms() {
    let odd = Array("8BIM".utf8) + [0x04, 0x0B, 0, 0] + Block.big(3, 4) + Array("x.y".utf8)
    let result = read(
      Block.photoshopJPEG(odd + Block.resource(0x0404, Block.iptc(90, "Rome"))), as: "image/jpeg")
    #expect(result.text(.place, .city) == "Rome")
    let old = Container.segment(
      0xED,
      Array("Adobe_Photoshop2.5:".utf8) + Block.big(0, 8) + Block.resource(0x0404, Block.iptc(90, "Rome")))
    #expect(read([0xFF, 0xD8] + old + [0xFF, 0xDA, 0, 2], as: "image/jpeg").text(.place, .city) == "Rome")
  }

  @Test("EXIF and Photoshop's resources in each other end at a limit")
  func nested() {
    // Each level is a TIFF structure that holds resources with the next one.
    var block = Self.exif
    for _ in 0..<40 {
      var tiff = ExifBuilder()
      tiff.add(.image, 0x8649, bytes: Block.resource(0x0422, block), format: 7)
      block = tiff.build()
    }
    let result = read(block, as: "image/tiff")
    #expect(result.codes.contains("limit"))
  }

  @Test("is clean")
  func isClean() {
    let plain =
      Block.resource(0x03ED, Block.big(72, 16)) + Block.resource(0x041E, Block.big(0, 4))
      + Block.resource(0x043A, Array("printerNameTEXT".utf8) + Block.counted(""))
    for bytes in [Self.document(plain), Self.document([], isLarge: true)] {
      let result = read(bytes, as: "image/vnd.adobe.photoshop")
      #expect(result.observations.isEmpty)
      #expect(result.diagnostics.isEmpty)
    }
  }

  @Test("is damaged", arguments: [false, true])
  func isDamaged(isLarge: Bool) {
    let bytes = Self.document(Self.resources, layers: Self.layers(isLarge: isLarge), isLarge: isLarge)
    for length in 0..<(bytes.count - 3) {
      let result = read(Array(bytes.prefix(length)), as: "image/vnd.adobe.photoshop")
      #expect(result.isDamaged, "cut at \(length)")
      for location in result.locations { #expect(abs(location.coordinate.latitude - 48.85837) < 1e-7) }
    }
    var random = SeededGenerator(seed: 20_261_123)
    for _ in 0..<500 {
      var changed = bytes
      for _ in 0..<8 {
        changed[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      for observation in read(changed, as: "image/vnd.adobe.photoshop").observations {
        #expect(observation.offset.map { (0...bytes.count).contains($0) } ?? true)
      }
    }
  }
}
