import Testing
import UntrailModel
import UntrailReaders

/// The smaller formats of still images: each reads, is clean, is damaged.
@Suite("Still formats")
struct StillFormatTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var mediaType: String
    var bytes: [UInt8]
    /// Kind, role, field and, for texts, the value; what is said and nothing else.
    var facts: [Fact]
    /// The same without what is told.
    var clean: [UInt8]
    /// Whether each of its parts must be there: formats without an end cannot tell.
    var saysWhereItEnds = true
    var testDescription: String { name }
  }

  struct Fact: Equatable, Sendable {
    var role: Role
    var field: String
    var text: String?

    init(_ role: Role, _ field: String, _ text: String? = nil) {
      self.role = role
      self.field = field
      self.text = text
    }
  }

  static let exifBox = Still.big(0) + ContainerTests.exif
  static let camera = [
    Fact(.camera, "EXIF:Model", "Kestrel K7"), Fact(.camera, "EXIF:GPSLatitude"),
  ]

  static let cases: [Case] = [
    Case(
      name: "GIF", mediaType: "image/gif",
      bytes: Still.gif(
        before: Still.gifComment("for Sam, from the coast"),
        after: [0x21, 0x01, 12] + [UInt8](repeating: 1, count: 12) + Still.subBlocks(Still.text("noon"))),
      facts: [
        Fact(.comment, "GIF:Comment", "for Sam, from the coast"), Fact(.comment, "GIF:Text", "noon"),
      ],
      clean: Still.gif(before: [0x21, 0xF9, 4, 0, 0, 0, 0, 0])),
    Case(
      name: "BMP", mediaType: "image/bmp",
      bytes: Still.bmp(space: "LINK", profile: Still.text("C:\\Users\\mara\\display.icc\0")),
      facts: [Fact(.path, "BMP:LinkedProfileName", "C:\\Users\\mara\\display.icc")], clean: Still.bmp()),
    Case(
      name: "JPEG XL", mediaType: "image/jxl", bytes: Still.jxl(Still.box("Exif", exifBox)), facts: camera,
      clean: Still.jxl([])),
    Case(
      name: "JPEG XL, Brotli", mediaType: "image/jxl",
      bytes: Still.jxl(Still.box("brob", Still.text("Exif") + Compressed.brotli(exifBox))), facts: camera,
      clean: Still.jxl(Still.box("brob", Still.text("jxli") + Compressed.brotli([1, 2, 3])))),
    Case(
      name: "JPEG XL, codestream", mediaType: "image/jxl", bytes: [0xFF, 0x0A, 1, 2, 3], facts: [],
      clean: [0xFF, 0x0A, 1, 2, 3], saysWhereItEnds: false),
    Case(
      name: "JPEG 2000", mediaType: "image/jp2",
      bytes: Still.jp2(
        Still.box("uuid", Still.text("JpgTiffExif->JP2") + ContainerTests.exif)
          + Still.box("asoc", Still.box("lbl ", Still.text("harbour")))
          + Still.box("uinf", Still.box("url ", Still.big(0) + Still.text("https://example.org/\0"))),
        comment: "Coder 7.1"),
      facts: camera + [
        Fact(.label, "Jpeg2000:Label", "harbour"), Fact(.url, "Jpeg2000:URL", "https://example.org/"),
        Fact(.comment, "Jpeg2000:Comment", "Coder 7.1"),
      ],
      clean: Still.jp2([])),
    Case(
      name: "PostScript", mediaType: "application/postscript",
      bytes: Still.text(
        """
        %!PS-Adobe-3.0 EPSF-3.0
        %%Creator: Draw 9
        %%For: (Mara Example)
        %%Title: (route.eps)
        %%CreationDate: 8/16/26 12:18 PM
        %%BoundingBox: 0 0 8 8
        %%EndComments
        showpage
        """),
      facts: [
        Fact(.processing, "PostScript:Creator", "Draw 9"), Fact(.owner, "PostScript:For", "Mara Example"),
        Fact(.title, "PostScript:Title", "route.eps"), Fact(.created, "PostScript:CreateDate"),
      ],
      clean: Still.text("%!PS-Adobe-3.0\n%%BoundingBox: 0 0 8 8\nshowpage\n"), saysWhereItEnds: false),
    Case(
      name: "XCF", mediaType: "image/x-xcf",
      bytes: Still.xcf([
        ("gimp-comment", Still.text("for Sam\0")), ("exif-data", ContainerTests.exifSegment),
      ]),
      facts: [Fact(.comment, "GIMP:Comment", "for Sam")] + camera, clean: Still.xcf([])),
    Case(
      name: "XCF 0", mediaType: "image/x-xcf",
      bytes: Still.xcf([("gimp-comment", Still.text("for Sam\0"))], version: "file"),
      facts: [Fact(.comment, "GIMP:Comment", "for Sam")], clean: Still.xcf([], version: "file")),
    Case(
      name: "Paint Shop Pro", mediaType: "image/x-paintshoppro",
      bytes: Still.psp(
        [(0, Still.text("Harbour")), (1, Still.little(1_721_000_000)), (3, Still.text("Mara Example"))],
        extended: [(3, ContainerTests.exifSegment)]),
      facts: [
        Fact(.title, "PSP:Title", "Harbour"), Fact(.created, "PSP:CreateDate"),
        Fact(.artist, "PSP:Artist", "Mara Example"),
      ] + camera,
      clean: Still.psp([]), saysWhereItEnds: false),
    Case(
      name: "MIFF", mediaType: "image/x-miff",
      bytes: Still.text(
        "id=ImageMagick  version=1.0\n{made by hand}\ncomment={for Sam,\nfrom the coast}  "
          + "profile:exif=\(ContainerTests.exifSegment.count)\n\u{0C}\n:\u{1A}") + ContainerTests.exifSegment,
      facts: [Fact(.comment, "MIFF:Comment", "for Sam,\nfrom the coast")] + camera,
      clean: Still.text("id=ImageMagick  columns=8  rows=8\n\u{0C}\n:\u{1A}")),
    Case(
      name: "DPX", mediaType: "image/x-dpx",
      bytes: Still.dpx([
        (136, "2026:07:14:10:12:44:CEST"), (160, "Mara Example"), (1556, "Heron scanner"), (1588, "HS-7731"),
      ]),
      facts: [
        Fact(.created, "DPX:CreateDate"), Fact(.creator, "DPX:Creator", "Mara Example"),
        Fact(.camera, "DPX:InputDeviceName", "Heron scanner"),
        Fact(.body, "DPX:InputDeviceSerialNumber", "HS-7731"),
      ],
      clean: Still.dpx([]), saysWhereItEnds: false),
    Case(
      name: "OpenEXR", mediaType: "image/x-exr",
      bytes: Still.exr([
        ("owner", "string", Still.text("Mara Example")),
        ("capDate", "string", Still.text("2026:07:14 10:12:44")),
        ("utcOffset", "float", Still.float(-7200)), ("latitude", "float", Still.float(48.85837)),
        ("longitude", "float", Still.float(2.294481)),
      ]),
      facts: [
        Fact(.owner, "OpenEXR:Owner", "Mara Example"), Fact(.original, "OpenEXR:DateTimeOriginal"),
        Fact(.camera, "OpenEXR:GPSLatitude"),
      ],
      clean: Still.exr([("lineOrder", "lineOrder", [0])])),
    Case(
      name: "PPM", mediaType: "image/x-portable-pixmap",
      bytes: Still.text("P6\n# for Sam\n1 1\n255\n#no"),
      facts: [Fact(.comment, "PPM:Comment", "for Sam")], clean: Still.text("P6 1 1 255\n# #"),
      saysWhereItEnds: false),
  ]

  @Test("reads what is there, and nothing else", arguments: cases)
  func reads(of still: Case) {
    let result = read(still.bytes, as: still.mediaType)
    let facts = result.observations.map { Fact($0.role, $0.field, $0.text) }
    #expect(facts == still.facts.map { Fact($0.role, $0.field, $0.text) })
    #expect(!result.isDamaged)
    for location in result.locations {
      #expect(abs(location.coordinate.latitude - 48.85837) < 1e-5)
      #expect(abs(location.coordinate.longitude - 2.294481) < 1e-5)
    }
  }

  @Test("is clean", arguments: cases)
  func isClean(still: Case) {
    let result = read(still.clean, as: still.mediaType)
    #expect(result.observations.isEmpty)
    #expect(result.diagnostics.isEmpty)
  }

  @Test("cut anywhere, it says so or loses nothing, and never invents a place", arguments: cases)
  func isCut(still: Case) {
    let whole = read(still.bytes, as: still.mediaType).observations.count
    for length in 0..<still.bytes.count {
      let result = read(Array(still.bytes.prefix(length)), as: still.mediaType)
      for location in result.locations {
        #expect(abs(location.coordinate.latitude - 48.85837) < 1e-5, "cut at \(length)")
      }
      #expect(result.observations.allSatisfy { ($0.offset ?? 0) <= length }, "cut at \(length)")
      if still.saysWhereItEnds, result.observations.count < whole {
        #expect(result.isDamaged, "cut at \(length), \(result.observations.count) facts, and no word of it")
      }
    }
  }

  @Test("bytes changed at random never crash a reader", arguments: cases)
  func isMangled(still: Case) {
    var random = SeededGenerator(seed: 20_260_714)
    for _ in 0..<500 {
      var bytes = still.bytes
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      for location in read(bytes, as: still.mediaType).locations {
        #expect(abs(location.coordinate.latitude) <= 90 && abs(location.coordinate.longitude) <= 180)
      }
    }
  }
}
