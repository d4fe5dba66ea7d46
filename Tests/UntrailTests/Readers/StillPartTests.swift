import Testing
import UntrailModel
import UntrailReaders

/// Parts of still images that the suites of their formats leave out.
@Suite("Parts of still images")
struct StillPartTests {
  static func jpeg(_ segments: [UInt8]) -> ReadResult {
    read([0xFF, 0xD8] + segments + [0xFF, 0xDA, 0, 2, 0xFF, 0xD9], as: "image/jpeg")
  }

  @Test("comments of JPEG, if they are text")
  func jpegComment() {
    let result = Self.jpeg(Container.segment(0xFE, Still.text("for Sam, from the coast")))
    #expect(result.observations.map(\.field) == ["JPEG:Comment"])
    #expect(result.text(.text, .comment) == "for Sam, from the coast")
    #expect(result.observations.first?.offset == 6)
    #expect(Self.jpeg(Container.segment(0xFE, [1, 2, 3, 4])).observations.isEmpty)
    #expect(Self.jpeg(Container.segment(0xFE, [])).observations.isEmpty)
  }

  @Test(
    "thumbnails of APP0",
    arguments: [
      (Still.text("JFIF\0") + [1, 2, 0, 0, 1, 0, 1, 2, 3] + [UInt8](repeating: 9, count: 18), 18),
      (Still.text("JFXX\0") + [0x10, 0xFF, 0xD8, 0xFF, 0xD9], 4),
      (Still.text("JFXX\0") + [0x13, 2, 2] + [UInt8](repeating: 9, count: 12), 12),
      (Still.text("JFIF\0") + [1, 2, 0, 0, 1, 0, 1, 0, 0], nil),
      (Still.text("JFXX\0"), nil),
    ] as [([UInt8], Int?)])
  func jpegThumbnail(segment: [UInt8], count: Int?) {
    let facts = Self.jpeg(Container.segment(0xE0, segment)).observations.map(\.fact)
    #expect(facts == (count.map { [.hidden(HiddenContent(byteCount: $0))] } ?? []))
  }

  @Test("Ducky, and the lines of old cameras, in APP12")
  func app12() {
    func tag(_ number: Int, _ text: String) -> [UInt8] {
      let units = text.utf16.flatMap { Still.big(Int($0), 2) }
      return Still.big(number, 2) + Still.big(units.count + 4, 2) + Still.big(text.utf16.count) + units
    }
    let ducky =
      Still.text("Ducky") + Still.big(1, 2) + Still.big(4, 2) + Still.big(80) + tag(2, "for Sam")
      + tag(3, "Mara Example") + [0, 0]
    let result = Self.jpeg(Container.segment(0xEC, ducky))
    #expect(result.text(.text, .comment) == "for Sam")
    #expect(result.text(.person, .copyright) == "Mara Example")
    let lines =
      "OLYM\0[picture info]\r\nTimeDate=909697624\r\n[camera info]\r\nSerial#=#0042\r\nID=HERON\r\n[end]\r\n"
    let old = Self.jpeg(Container.segment(0xEC, Still.text(lines)))
    #expect(old.text(.serial, .body) == "#0042")
    #expect(old.timestamp(.original)?.civilSeconds == 909_697_624)
    let unset = "[camera info]\r\nSerial#=#000\r\nTimeDate=0\r\n"
    #expect(Self.jpeg(Container.segment(0xEC, Still.text(unset))).observations.isEmpty)
  }

  @Test("the list of FlashPix")
  func flashPix() {
    func entry(_ size: Int, _ name: String) -> [UInt8] {
      Still.big(size) + [0] + name.utf16.flatMap { Still.little(Int($0), 2) } + [0, 0]
    }
    let list =
      Still.text("FPXR\0") + [0, 1] + Still.big(3, 2) + entry(0xFFFF_FFFF, "/folder")
      + [UInt8](repeating: 1, count: 16) + entry(5945, "/.Screen Nail_1/Screen Nail") + entry(70, "/Audio 1")
    let result = Self.jpeg(Container.segment(0xE2, list))
    #expect(result.observations.map(\.role) == [.preview, .embeddedFile])
    #expect(result.observations.first?.fact == .hidden(HiddenContent(byteCount: 5945)))
  }

  @Test("XMP in GIF, which has no sub-blocks of its own, and what follows it")
  func gifXMP() {
    let bytes = Still.gif(before: Still.gifXMP(HEIFItemTests.packet) + Still.gifComment("for Sam"))
    let result = read(bytes, as: "image/gif")
    #expect(result.saysCreator)
    #expect(result.text(.text, .comment) == "for Sam")
    #expect(!result.isDamaged)
  }

  @Test("what stands behind the end of GIF, BMP and WebP")
  func trailers() {
    let notes = Still.text("meet at noon")
    let hidden = Observation.Fact.hidden(HiddenContent(byteCount: notes.count))
    let webp = Container.webp([("VP8 ", [1, 2, 3, 4])])
    for (bytes, type) in [(Still.gif(), "image/gif"), (Still.bmp(), "image/bmp"), (webp, "image/webp")] {
      let result = read(bytes + notes, as: type)
      #expect(result.observations.map(\.role) == [.trailer], "\(type)")
      #expect(result.observations.first?.fact == hidden, "\(type)")
      #expect(result.observations.first?.offset == bytes.count, "\(type)")
      #expect(!result.isDamaged)
      #expect(read(bytes + [UInt8](repeating: 0, count: 40), as: type).observations.isEmpty)
    }
  }

  @Test("a chunk behind the length that WebP states is read")
  func webpBehind() {
    let exif = Still.text("EXIF") + Still.little(ContainerTests.exif.count) + ContainerTests.exif
    let result = read(Container.webp([("VP8 ", [1, 2, 3, 4])]) + exif, as: "image/webp")
    #expect(result.locations.count == 1)
    #expect(!result.isDamaged)
  }

  @Test("a long GIF is walked without reading it twice")
  func longGIF() {
    let long = [0x21, 0xFE] + Still.subBlocks([UInt8](repeating: 0x41, count: 700_000))
    let result = read(Still.gif(before: long, after: Still.gifComment("for Sam")), as: "image/gif")
    #expect(result.observations.count == 2)
    #expect(result.observations.last?.text == "for Sam")
  }

  @Test("PostScript with a preview, Photoshop resources and XMP")
  func postScript() {
    let text = Still.text(
      "%!PS\n%BeginPhotoshop: 12\n% 3842494D0404\n% 000000000000\n%EndPhotoshop\n\(HEIFItemTests.packet)\n")
    let preview: [UInt8] = [0x49, 0x49, 42, 0]
    let head: [UInt8] =
      [0xC5, 0xD0, 0xD3, 0xC6] + Still.little(30) + Still.little(text.count) + Still.little(0)
      + Still.little(0) + Still.little(30 + text.count) + Still.little(4) + [0xFF, 0xFF]
    let result = read(head + text + preview, as: "image/x-eps")
    #expect(result.observations.first?.role == .preview)
    #expect(result.observations.first?.offset == 30 + text.count)
    #expect(result.saysCreator)
    #expect(result.codes.contains("photoshop-not-read") || !result.isDamaged)
  }

  @Test("a date of PostScript that could be two days stays a text")
  func postScriptDate() {
    let result = read(Still.text("%!PS\n%%CreationDate: 12/09/14 13:40\n"), as: "application/postscript")
    #expect(result.timestamp(.created) == nil)
    #expect(result.text(.text, .comment) == "12/09/14 13:40")
  }

  @Test("GIMP's list of tags, with a position")
  func gimpMetadata() throws {
    let list = """
      <?xml version='1.0' encoding='UTF-8'?>
      <metadata>
        <tag name="Exif.GPSInfo.GPSLatitude">48/1 51/1 30132/1000</tag>
        <tag name="Exif.GPSInfo.GPSLatitudeRef">N</tag>
        <tag name="Exif.GPSInfo.GPSLongitude">2/1 17/1 40131/1000</tag>
        <tag name="Exif.GPSInfo.GPSLongitudeRef">E</tag>
        <tag name="Exif.Image.Artist">Mara &amp; Sam</tag>
        <tag name="Exif.Photo.DateTimeOriginal" encoding="base64">AAAA</tag>
        <tag name="Xmp.photoshop.City">Paris</tag>
      </metadata>
      """
    let result = read(Still.xcf([("gimp-image-metadata", Still.text(list))]), as: "image/x-xcf")
    let location = try #require(result.locations.first)
    #expect(abs(location.coordinate.latitude - 48.85837) < 1e-6)
    #expect(result.text(.person, .artist) == "Mara & Sam")
    #expect(result.text(.place, .city) == "Paris")
    #expect(result.timestamp(.original) == nil)
  }

  @Test("a place in OpenEXR that is none")
  func exrNowhere() {
    for (north, east, code) in [(0, 0, "null-island"), (91, 3, "position-out-of-range")]
      as [(Float, Float, String)]
    {
      let bytes = Still.exr([
        ("latitude", "float", Still.float(north)), ("longitude", "float", Still.float(east)),
      ])
      let result = read(bytes, as: "image/x-exr")
      #expect(result.locations.isEmpty)
      #expect(result.codes == [code])
    }
  }

  @Test("the XMP of an InDesign document")
  func inDesign() {
    var page = [UInt8](repeating: 0, count: 4096)
    page.replaceSubrange(0..<16, with: Still.hex("0606EDF5D81D46E5BD31EFE7FE74B71D"))
    page.replaceSubrange(280..<284, with: Still.little(2))
    let packet = Still.little(HEIFItemTests.packet.utf8.count) + Still.text(HEIFItemTests.packet)
    let object =
      Still.hex("DE39397951884B6C8E63EEF8AEE0DD38") + Still.little(1) + Still.little(1)
      + Still.little(packet.count) + Still.little(0) + packet + [UInt8](repeating: 0, count: 32)
    let bytes = page + page + object
    #expect(read(bytes, as: "application/x-indesign").saysCreator)
    #expect(read(page + page, as: "application/x-indesign").diagnostics.isEmpty)
    for length in stride(from: 0, to: bytes.count, by: 37) {
      let result = read(Array(bytes.prefix(length)), as: "application/x-indesign")
      #expect(result.isDamaged || result.saysCreator == (length >= bytes.count - 32) || length >= 8192)
    }
  }
}
