import Testing
import UntrailBytes
import UntrailModel
import UntrailReaders

@Suite("C2PA")
struct C2PATests {
  /// A certificate that nobody signed: only the names in it matter.
  static let certificate: [UInt8] = {
    let algorithm = Block.der(0x30, Block.der(0x06, [0x2B, 0x65, 0x70]))
    let dates = Block.der(
      0x30, Block.der(0x17, Array("260101000000Z".utf8)), Block.der(0x17, Array("270101000000Z".utf8)))
    let issuer = Block.name([([0x55, 4, 3], "Example Signing")])
    let subject = Block.name([
      ([0x55, 4, 6], "FR"), ([0x55, 4, 10], "Example Daily"), ([0x55, 4, 3], "Mara Example"),
      ([0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 1], "mara@example.org"),
    ])
    let body = Block.der(
      0x30, Block.der(0xA0, Block.der(0x02, [2])), Block.der(0x02, [UInt8](1...12)), algorithm, issuer, dates,
      subject, Block.der(0x30, algorithm))
    return Block.der(0x30, body, algorithm, Block.der(0x03, [0, 1, 2]))
  }()

  static let stamp: [UInt8] = {
    let info = Block.der(
      0x30, Block.der(0x02, [1]), Block.der(0x06, [0x2A]), Block.der(0x30, Block.der(0x04, [1])),
      Block.der(0x02, [7]), Block.der(0x18, Array("20260721123105Z".utf8)))
    let kind = Block.der(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 0x10, 1, 4])
    return Block.der(0x30, kind, Block.der(0xA0, Block.der(0x04, info)))
  }()

  static func signature(_ content: Block.Value = .null) -> [UInt8] {
    let inner = Block.cbor(.map([(.number(1), .number(-8)), (.number(33), .list([.bytes(certificate)]))]))
    let stamps = Block.map([("tstTokens", .list([Block.map([("val", .bytes(stamp))])]))])
    return Block.cbor(
      .tag(18, .list([.bytes(inner), Block.map([("sigTst2", stamps)]), content, .bytes([0])])))
  }

  static let exif = """
    {"@context": {"exif": "http://ns.adobe.com/exif/1.0/"}, "exif:GPSLatitude": "48,51.5022N",
     "exif:GPSLongitude": "2,17.66886E", "exif:GPSAltitude": "3300/100", "tiff:Make": "Heron", "tiff:Model": "H5",
     "exif:DateTimeOriginal": "2026-07-14T10:12:44+02:00", "photoshop:City": "Paris",
     "dc:title": {"x-default": "Tower \\u2013 noon"}}
    """

  static let work = """
    {"@type": "CreativeWork", "author": [{"@type": "Person", "name": "Mara Example",
     "@id": "https://example.org/@mara", "identifier": "did:example:mara"}], "datePublished": "2026-07-22"}
    """

  static let accounts = """
    {"credentialSubject": {"verifiedIdentities": [{"type": "cawg.social_media", "username": "marasees",
     "uri": "https://example.com/marasees", "verifiedAt": "2026-07-20T09:00:00Z"}]}}
    """

  static let assertions: [[UInt8]] = [
    Block.assertion(
      "c2pa.actions.v2",
      Block.map([
        (
          "actions",
          .list([
            Block.map([
              ("action", .text("c2pa.edited")), ("when", .tag(0, .text("2026-07-21T12:31:00Z"))),
              ("softwareAgent", Block.map([("name", .text("Example Editor")), ("version", .text("25.1"))])),
              ("digitalSourceType", .text("http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture")),
            ])
          ])
        )
      ])),
    Block.assertion(
      "c2pa.ingredient__1",
      Block.map([("dc:title", .text("MARA_0042.HRN")), ("documentID", .text("xmp.did:0051"))])),
    Block.assertion("stds.exif", json: exif),
    Block.assertion("stds.schema-org.CreativeWork", json: work),
    Block.assertion(
      "cawg.identity", Block.map([("signature", .bytes(signature(.bytes(Array(accounts.utf8)))))])),
    Block.superbox(
      "thum", "c2pa.thumbnail.ingredient.jpeg", Container.box("bfdb", Array("\0image/jpeg\0".utf8)),
      Container.box("bidb", [1, 2, 3])),
  ]

  static let claim = Block.cbor(
    Block.map([
      ("dc:title", .text("harbour-mara.jpg")), ("instanceID", .text("xmp:iid:01")),
      ("claim_generator", .text("ExampleCam/3.1")),
      (
        "claim_generator_info",
        .list([Block.map([("name", .text("ExampleCam")), ("version", .text("3.1"))])])
      ),
    ]))

  static func manifest(_ label: String, _ assertions: [[UInt8]], _ claim: [UInt8]) -> [UInt8] {
    Block.superbox(
      "c2ma", label, Block.superbox("c2as", "c2pa.assertions", assertions.flatMap { $0 }),
      Block.superbox("c2cl", "c2pa.claim", Container.box("cbor", claim)),
      Block.superbox("c2cs", "c2pa.signature", Container.box("cbor", signature())))
  }

  static let earlier = manifest(
    "urn:c2pa:0001", [],
    Block.cbor(Block.map([("instanceID", .text("xmp:iid:00")), ("dc:title", .text("before.jpg"))])))
  static let store = Block.superbox("c2pa", "c2pa", earlier, manifest("urn:c2pa:0002", assertions, claim))

  static let segment = Container.segment(0xEB, Array("JP".utf8) + [0, 1, 0, 0, 0, 1] + store)

  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var mediaType: String
    var bytes: [UInt8]
  }

  static let cases = [
    Case(
      testDescription: "JPEG", mediaType: "image/jpeg", bytes: [0xFF, 0xD8] + segment + [0xFF, 0xDA, 0, 2]),
    Case(
      testDescription: "JPEG, two segments", mediaType: "image/jpeg",
      bytes: [0xFF, 0xD8]
        + Container.segment(0xEB, Array("JP".utf8) + [0, 1, 0, 0, 0, 1] + store.prefix(700))
        + Container.segment(
          0xEB, Array("JP".utf8) + [0, 1, 0, 0, 0, 2] + store.prefix(8) + store.dropFirst(700))
        + [0xFF, 0xDA, 0, 2]),
    Case(
      testDescription: "WebP", mediaType: "image/webp",
      bytes: Container.webp([("VP8 ", [1, 2]), ("C2PA", store)])),
    Case(
      testDescription: "TIFF", mediaType: "image/tiff",
      bytes: {
        var tiff = ExifBuilder()
        tiff.add(.image, 0xCD41, bytes: store, format: 7)
        return tiff.build()
      }()),
    Case(
      testDescription: "HEIF", mediaType: "image/heic",
      bytes: Container.box("ftyp", Array("heic".utf8))
        + Container.box(
          "uuid",
          [0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4, 0x81]
            + Block.big(0, 4) + Array("manifest\0".utf8) + Block.big(0, 8) + store)
        + Container.box("meta", [0, 0, 0, 0])),
  ]

  @Test("reads", arguments: cases)
  func reads(of container: Case) throws {
    let result = read(container.bytes, as: container.mediaType)
    func texts(_ kind: Kind, _ role: Role) -> [String] {
      result.observations.filter { $0.kind == kind && $0.role == role }.compactMap(\.text)
    }
    #expect(Set(texts(.person, .signer)) == ["Mara Example", "Example Daily"])
    #expect(texts(.contact, .email) == ["mara@example.org"])
    #expect(texts(.software, .generator) == ["ExampleCam/3.1", "ExampleCam 3.1"])
    #expect(texts(.software, .edited) == ["Example Editor 25.1"])
    #expect(texts(.link, .originalFileName) == ["before.jpg", "MARA_0042.HRN", "harbour-mara.jpg"])
    #expect(texts(.link, .instanceID) == ["xmp:iid:01"])
    #expect(texts(.link, .derivedFrom) == ["xmp:iid:00", "xmp.did:0051"])
    #expect(texts(.link, .provenance).contains("urn:c2pa:0002"))
    #expect(texts(.link, .provenance).contains("0102030405060708090a0b0c"))
    #expect(texts(.person, .author) == ["Mara Example"])
    #expect(Set(texts(.person, .account)) == ["did:example:mara", "marasees"])
    #expect(Set(texts(.contact, .url)) == ["https://example.org/@mara", "https://example.com/marasees"])
    #expect(texts(.device, .camera) == ["Heron H5"])
    #expect(texts(.place, .city) == ["Paris"])
    #expect(texts(.text, .title) == ["Tower – noon"])
    #expect(result.timestamp(.edited)?.civilSeconds == 1_784_637_060)
    #expect(result.timestamp(.original)?.utcOffsetMinutes == 120)
    let signed = result.observations.filter { $0.field == "C2PA:SignatureTime" }
    #expect(signed.first?.fact == .timestamp(Timestamp(civilSeconds: 1_784_637_065, utcOffsetMinutes: 0)))
    let location = try #require(result.locations.first)
    #expect(abs(location.coordinate.latitude - 48.85837) < 1e-7)
    #expect(abs(location.coordinate.longitude - 2.294481) < 1e-7)
    #expect(location.altitude == 33)
    #expect(
      result.observations.first { $0.role == .secondPicture }?.fact == .hidden(HiddenContent(byteCount: 3)))
    #expect(!result.isDamaged)
  }

  @Test("values stand where it is said")
  func places() {
    let bytes = Self.cases[0].bytes
    let result = read(bytes, as: "image/jpeg")
    for (field, text) in [
      ("C2PA:SignerName", "Mara Example"), ("CBOR:Claim_generator", "ExampleCam/3.1"),
      ("CBOR:ActionsWhen", "2026-07-21"), ("JSON:PhotoshopCity", "Paris"),
      ("JUMBF:JUMDLabel", "urn:c2pa:0001"),
    ] {
      let offset = result.observations.first { $0.field == field }?.offset
      #expect(offset.map { bytes[$0...].starts(with: text.utf8) } == true, "\(field)")
    }
  }

  @Test(
    "a position that is none is a doubt",
    arguments: [
      (#""0,0N""#, #""0,0E""#, "null-island"), (#""91,0N""#, #""2,0E""#, "position-out-of-range"),
      (#""48,51""#, #""2,17""#, "hemisphere-missing"), (#""north""#, #""east""#, "position-malformed"),
      (#""48,61N""#, #""2,17E""#, "position-malformed"),
    ])
  func noPosition(latitude: String, longitude: String, code: String) {
    let json = "{\"exif:GPSLatitude\": \(latitude), \"exif:GPSLongitude\": \(longitude)}"
    let store = Block.superbox(
      "c2pa", "c2pa", Self.manifest("urn:c2pa:3", [Block.assertion("stds.exif", json: json)], Self.claim))
    let result = read(Container.webp([("C2PA", store)]), as: "image/webp")
    #expect(result.locations.isEmpty)
    #expect(result.codes == [code])
  }

  @Test("is clean")
  func isClean() {
    for store in [Block.superbox("c2pa", "c2pa"), []] {
      let result = read(Container.webp([("C2PA", store)]), as: "image/webp")
      #expect(result.observations.isEmpty)
      #expect(result.diagnostics.isEmpty)
    }
    let other = read(Container.webp([("C2PA", Block.superbox("abcd", "other"))]), as: "image/webp")
    #expect(other.codes == ["c2pa-not-read"])
  }

  @Test("CBOR without lengths, and numbers of all sizes")
  func forms() {
    // {_ "dc:title": (_ "a", "b.jpg"), "n": [_ 1.5, -1], "instanceID": "i" }
    let value: [UInt8] =
      [0xBF] + Block.cbor(.text("dc:title")) + [0x7F] + Block.cbor(.text("a")) + Block.cbor(.text("b.jpg"))
      + [0xFF]
      + Block.cbor(.text("n")) + [0x9F, 0xF9, 0x3E, 0x00, 0x20, 0xFF]
      + Block.cbor(.text("instanceID")) + Block.cbor(.text("i")) + [0xFF]
    let store = Block.superbox("c2pa", "c2pa", Self.manifest("urn:c2pa:4", [], value))
    let result = read(Container.webp([("C2PA", store)]), as: "image/webp")
    #expect(result.text(.link, .originalFileName) == "ab.jpg")
    #expect(result.text(.link, .instanceID) == "i")
    #expect(!result.isDamaged)
  }

  @Test(
    "values in each other end at a limit",
    arguments: [
      Container.box("json", [UInt8](repeating: UInt8(ascii: "["), count: 50_000)),
      Container.box("cbor", [UInt8](repeating: 0x81, count: 50_000)),
      Container.box("cbor", [UInt8](repeating: 0xC1, count: 100_000)),
      Container.box(
        "cbor",
        [0x9B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF] + [UInt8](repeating: 1, count: 100_000)),
    ])
  func nested(content: [UInt8]) {
    let assertion = Block.superbox("json", "stds.exif", content)
    let store = Block.superbox("c2pa", "c2pa", Self.manifest("urn:c2pa:5", [assertion], Self.claim))
    let result = read(Container.webp([("C2PA", store)]), as: "image/webp")
    #expect(result.codes == ["limit"])
    #expect(result.text(.software, .generator) == "ExampleCam/3.1")
  }

  @Test("is damaged")
  func isDamaged() {
    for length in 0..<Self.store.count {
      let segment = Container.segment(
        0xEB, Array("JP".utf8) + [0, 1, 0, 0, 0, 1] + Self.store.prefix(length))
      let result = read([0xFF, 0xD8] + segment + [0xFF, 0xDA, 0, 2], as: "image/jpeg")
      // Less than the head of a box is no box.
      #expect(result.isDamaged || length < 8, "cut at \(length)")
      for location in result.locations { #expect(abs(location.coordinate.latitude - 48.85837) < 1e-7) }
    }
    var random = SeededGenerator(seed: 20_261_123)
    let bytes = Self.cases[0].bytes
    for _ in 0..<1000 {
      var changed = bytes
      for _ in 0..<8 {
        changed[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      for observation in read(changed, as: "image/jpeg").observations {
        #expect(observation.offset.map { (0...bytes.count).contains($0) } ?? true)
        if case .location(let location) = observation.fact {
          #expect(abs(location.coordinate.latitude) <= 90 && abs(location.coordinate.longitude) <= 180)
        }
      }
    }
  }
}
