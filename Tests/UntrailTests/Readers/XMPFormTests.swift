import Testing
import UntrailModel
import UntrailReaders

/// XMP in every form that RDF has for it, in every encoding, and damaged.
@Suite("XMP, its forms")
struct XMPFormTests {
  // MARK: Forms of RDF

  static let structures = [
    "<xmpMM:DerivedFrom rdf:parseType='Resource'><stRef:documentID>xmp.did:77AA</stRef:documentID></xmpMM:DerivedFrom>",
    "<xmpMM:DerivedFrom><rdf:Description><stRef:documentID>xmp.did:77AA</stRef:documentID></rdf:Description></xmpMM:DerivedFrom>",
    "<xmpMM:DerivedFrom><rdf:Description stRef:documentID='xmp.did:77AA'/></xmpMM:DerivedFrom>",
    "<xmpMM:DerivedFrom stRef:documentID='xmp.did:77AA'/>",
    "<xmpMM:DerivedFrom><stRef:Resource><stRef:documentID>xmp.did:77AA</stRef:documentID></stRef:Resource></xmpMM:DerivedFrom>",
    "<xmpMM:DerivedFrom><stRef:documentID>xmp.did:77AA</stRef:documentID></xmpMM:DerivedFrom>",
    "<xmpMM:DerivedFrom rdf:parseType='Resource'><stRef:documentID rdf:parseType='Resource'><rdf:value>xmp.did:77AA</rdf:value><dc:relation>main</dc:relation></stRef:documentID></xmpMM:DerivedFrom>",
    "<xmpMM:DerivedFrom rdf:parseType='Resource'><stRef:documentID rdf:resource='xmp.did:77AA'/></xmpMM:DerivedFrom>",
    "<xmpMM:DerivedFrom rdf:parseType='Resource'><stRef:documentID><![CDATA[xmp.did:77AA]]></stRef:documentID></xmpMM:DerivedFrom>",
  ]

  @Test("a structure is read in every form", arguments: structures)
  func structure(form: String) {
    let result = XMPBuilder.read(form)
    #expect(result.facts.contains("XMP-xmpMM:DerivedFromDocumentID=xmp.did:77AA"))
    #expect(!result.isDamaged)
  }

  @Test("an array is read in every form", arguments: ["Bag", "Seq", "Alt"])
  func array(kind: String) {
    let result = XMPBuilder.read(
      "<dc:creator>\(XMPBuilder.array(kind, "Mara Example", "Otto Sample"))</dc:creator>")
    #expect(result.facts == ["XMP-dc:Creator=Mara Example", "XMP-dc:Creator=Otto Sample"])
  }

  @Test("values that stand in nodes of their own, or outside of rdf:Description")
  func nodes() {
    let bag = "<rdf:Bag rdf:nodeID='a1'><rdf:li>harbour</rdf:li><rdf:li>ferry</rdf:li></rdf:Bag>"
    let result = XMPBuilder.read("<dc:subject rdf:nodeID='a1'/>", nodes: bag)
    #expect(result.facts == ["XMP-dc:Subject=harbour", "XMP-dc:Subject=ferry"])
    let several = XMPBuilder.read(
      nodes:
        "<rdf:Description rdf:about='' xmp:CreatorTool='Kestrel 1'/><kestrel:Picture dc:source='Negative 7'/>"
    )
    #expect(several.facts == ["XMP-xmp:CreatorTool=Kestrel 1", "XMP-dc:Source=Negative 7"])
  }

  @Test("namespaces go by their address, not by the prefix, however it is spelled")
  func namespaces() {
    let rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    for address in [
      "http://purl.org/dc/elements/1.1/", "https://purl.org/dc/elements/1.1",
      "HTTP://PURL.org/dc/elements/1.1/",
    ] {
      let text =
        "<r:RDF xmlns:r='\(rdf)'><r:Description xmlns:zz='\(address)' zz:creator='Mara Example'/></r:RDF>"
      #expect(read(Array(text.utf8), as: "application/rdf+xml").facts == ["XMP-dc:Creator=Mara Example"])
    }
    let undeclared =
      "<rdf:RDF xmlns:rdf='\(rdf)'><rdf:Description><dc:creator>Mara Example</dc:creator></rdf:Description></rdf:RDF>"
    #expect(read(Array(undeclared.utf8), as: "application/rdf+xml").facts == ["XMP-dc:Creator=Mara Example"])
  }

  @Test("without a wrapper, behind other bytes, and with a document type")
  func wrappers() {
    let rdf =
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:creator>Mara Example</dc:creator></rdf:Description></rdf:RDF>"
    let entities = "<!DOCTYPE rdf:RDF [ <!-- it's \"odd --> <!ENTITY who 'Nobody'> ]>"
    for text in [
      rdf, "\u{FEFF}  \n" + rdf, "garbage \0\0 " + rdf, "<?xml version='1.0'?>" + entities + rdf,
      rdf + "\0\0\0<more>",
    ] {
      let result = read(Array(text.utf8), as: "application/rdf+xml")
      #expect(result.facts == ["XMP-dc:Creator=Mara Example"], "\(text.prefix(30))")
      #expect(result.diagnostics.isEmpty, "\(text.prefix(30))")
    }
  }

  @Test("the same value of a field is told once; in another field, again")
  func once() {
    let titles =
      "<rdf:Alt><rdf:li xml:lang='x-default'>Harbour</rdf:li><rdf:li xml:lang='en'>Harbour</rdf:li><rdf:li xml:lang='de'>Hafen</rdf:li></rdf:Alt>"
    let result = XMPBuilder.read(
      "<dc:title>\(titles)</dc:title><photoshop:Headline>Harbour</photoshop:Headline>")
    #expect(
      result.facts == ["XMP-dc:Title=Harbour", "XMP-dc:Title=Hafen", "XMP-photoshop:Headline=Harbour"])
  }

  // MARK: Places in the file

  @Test(
    "every value is found at its offset",
    arguments: [
      ("<dc:source>  Mara Example</dc:source>", ""), ("", "dc:source='Mara Example'"),
      ("<dc:source>Mara Example</dc:source>", "xmp:Label='&lt;é&gt;'"),
      ("", "xmp:Label='&lt;x&gt;' dc:source='Mara Example'"),
      ("<xmp:Label><![CDATA[<é>]]></xmp:Label><dc:source>Mara Example</dc:source>", ""),
    ])
  func offsets(properties: String, attributes: String) throws {
    let bytes = Array(XMPBuilder.text(properties, attributes: attributes).utf8)
    let result = read(bytes, as: "application/rdf+xml")
    let observation = try #require(result.observations.first { $0.field == "XMP-dc:Source" })
    let offset = try #require(observation.offset)
    #expect(bytes[offset...].starts(with: "Mara Example".utf8))
  }

  @Test("a value with references has the offset of its first byte")
  func offsetOfReference() throws {
    let bytes = Array(XMPBuilder.text(attributes: "xmp:Nickname='a' dc:source='Mara &amp; Otto'").utf8)
    let observation = try #require(
      read(bytes, as: "application/rdf+xml").observations.first { $0.field == "XMP-dc:Source" })
    #expect(observation.text == "Mara & Otto")
    #expect(bytes[try #require(observation.offset)...].starts(with: "Mara &amp;".utf8))
  }

  // MARK: Encodings

  static let encodings: [(String, [UInt8])] = {
    let text = XMPBuilder.text("<dc:creator>\(XMPBuilder.array("Seq", "Mära Example"))</dc:creator>")
    let words = Array(text.utf16)
    func big(_ word: UInt16) -> [UInt8] { [UInt8(word >> 8), UInt8(truncatingIfNeeded: word)] }
    let utf16: [UInt8] = words.flatMap(big)
    let utf32: [UInt8] = text.unicodeScalars.flatMap { [0, 0] as [UInt8] + big(UInt16($0.value)) }
    func swapped(_ bytes: [UInt8], by width: Int) -> [UInt8] {
      var result: [UInt8] = []
      for start in stride(from: 0, to: bytes.count, by: width) {
        result += bytes[start..<(start + width)].reversed()
      }
      return result
    }
    let latin = text.unicodeScalars.filter { $0 != "\u{FEFF}" }.map { UInt8($0.value) }
    return [
      ("UTF-8", Array(text.utf8)), ("UTF-8 with a mark", [0xEF, 0xBB, 0xBF] + Array(text.utf8)),
      ("UTF-16", utf16), ("UTF-16 with a mark", [0xFE, 0xFF] + utf16),
      ("UTF-16, little", swapped(utf16, by: 2)),
      ("UTF-16, little, with a mark", [0xFF, 0xFE] + swapped(utf16, by: 2)), ("UTF-32", utf32),
      ("UTF-32, little, with a mark", [0xFF, 0xFE, 0, 0] + swapped(utf32, by: 4)), ("Windows-1252", latin),
    ]
  }()

  @Test("every encoding", arguments: encodings.map(\.0))
  func encoding(name: String) throws {
    let bytes = try #require(Self.encodings.first { $0.0 == name }?.1)
    let result = read(bytes, as: "application/rdf+xml")
    #expect(result.facts == ["XMP-dc:Creator=Mära Example"])
    #expect(result.diagnostics.isEmpty)
    if let offset = result.observations.first?.offset {
      #expect(bytes[offset] == UInt8(ascii: "M"))
      #expect(
        bytes[(offset + 2)...].starts(with: "ra Example".utf8)
          || bytes[(offset + 3)...].starts(with: "ra Example".utf8))
    } else {
      #expect(name.contains("16") || name.contains("32"))
    }
  }

  // MARK: Clean

  @Test("a packet that says nothing of anybody, and one that is only room")
  func isClean() {
    let technical = XMPBuilder.read(
      "<tiff:Orientation>1</tiff:Orientation><exif:ExposureTime>1/60</exif:ExposureTime><xmp:Rating>3</xmp:Rating>"
        + "<dc:creator><rdf:Seq><rdf:li/></rdf:Seq></dc:creator><aux:SerialNumber>0000000</aux:SerialNumber>"
        + "<photoshop:City>----</photoshop:City><xmp:CreateDate>0000-00-00T00:00:00</xmp:CreateDate>",
      attributes: "dc:format='image/jpeg' xmp:ModifyDate=''")
    #expect(technical.observations.isEmpty)
    #expect(technical.diagnostics.isEmpty)
    let room = read([UInt8](repeating: 0x20, count: 2000) + [0, 0], as: "application/rdf+xml")
    #expect(room.observations.isEmpty && room.diagnostics.isEmpty)
  }

  // MARK: Damage

  static let whole = Array(
    XMPBuilder.text(
      "<exif:GPSLatitude>48,51.5022N</exif:GPSLatitude><exif:GPSLongitude>2,17.66886E</exif:GPSLongitude>"
        + "<exif:GPSDestLatitude>-33.8568</exif:GPSDestLatitude><exif:GPSDestLongitude>151.2153</exif:GPSDestLongitude>"
        + "<dc:creator>\(XMPBuilder.array("Seq", "Mara Example"))</dc:creator>",
      attributes: "geo:lat='37.819929' geo:long='-122.478255' photoshop:City='Paris'"
    ).utf8)
  static let places = [(48.85837, 2.294481), (-33.8568, 151.2153), (37.819929, -122.478255)]

  @Test("cut anywhere, it says so, and invents no place")
  func isCut() throws {
    #expect(read(Self.whole, as: "application/rdf+xml").locations.count == 3)
    let end = try #require(Self.whole.lastIndex(of: UInt8(ascii: "/"))) - 200
    for length in 1..<Self.whole.count {
      let result = read(Array(Self.whole.prefix(length)), as: "application/rdf+xml")
      for location in result.locations {
        let known = Self.places.contains {
          abs($0.0 - location.coordinate.latitude) < 1e-7 && abs($0.1 - location.coordinate.longitude) < 1e-7
        }
        #expect(known, "cut at \(length): \(location.coordinate)")
      }
      if length < end { #expect(result.isDamaged, "cut at \(length)") }
    }
  }

  @Test("bytes changed at random never crash")
  func isMangled() {
    var random = SeededGenerator(seed: 20_261_123)
    for round in 0..<600 {
      var bytes = round.isMultiple(of: 2) ? Self.whole : Self.encodings[2].1
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      for location in read(bytes, as: "application/rdf+xml").locations {
        #expect(abs(location.coordinate.latitude) <= 90 && abs(location.coordinate.longitude) <= 180)
      }
    }
  }

  @Test("what stands behind a slip is still read")
  func slip() {
    let result = XMPBuilder.read(
      "<dc:source>A & B</dc:source><dc:creator>\(XMPBuilder.array("Seq", "Mara Example"))</dc:creator>")
    #expect(result.facts.contains("XMP-dc:Creator=Mara Example"))
    #expect(result.codes == ["malformed"])
  }

  // MARK: Hostile texts

  @Test("entities stand for nothing")
  func entities() {
    let head =
      "<!DOCTYPE x [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c SYSTEM 'file:///etc/passwd'>]>"
    let text =
      head
      + XMPBuilder.text("<dc:creator>&b;&c;Mara</dc:creator>", attributes: "dc:source='&b;x'")
      .drop { $0 != "\n" }
    let facts = read(Array(text.utf8), as: "application/rdf+xml").facts
    #expect(facts.allSatisfy { !$0.contains("lol") && !$0.contains("root") })
    #expect(facts.contains("XMP-dc:Creator=Mara"))
  }

  static let costlyTexts = [
    "deep": String(repeating: "<kestrel:a rdf:parseType='Resource'>", count: 5000),
    "attributes": "<kestrel:a " + (0..<3000).map { "kestrel:b\($0)='1'" }.joined(separator: " ") + "/>",
    "namespaces": (0..<5000).map { "<n\($0):a xmlns:n\($0)='u\($0)'/>" }.joined(),
    "properties": String(repeating: "<kestrel:a>1</kestrel:a>", count: 70_000),
    "open": String(repeating: "<kestrel:a>", count: 100_000),
  ]

  @Test("markup that is made to cost time ends at a limit", arguments: costlyTexts.keys.sorted())
  func costly(name: String) throws {
    let result = XMPBuilder.read(try #require(Self.costlyTexts[name]))
    #expect(result.codes.contains("limit"))
  }

  @Test("a text longer than the limit is marked; what follows has its place")
  func longText() throws {
    let long = String(repeating: "é", count: 300_000)
    let bytes = Array(
      XMPBuilder.text("<dc:source>\(long)</dc:source><photoshop:City>Paris</photoshop:City>").utf8)
    let result = read(bytes, as: "application/rdf+xml")
    #expect(!result.isDamaged)
    #expect(try #require(result.text(.text, .documentName)).utf8.count > 8192)
    let city = try #require(result.observations.first { $0.role == .city })
    #expect(bytes[try #require(city.offset)...].starts(with: "Paris".utf8))
  }
}
