import Foundation
import Testing
import UntrailIdentify
import UntrailModel

@Suite("Identification")
struct IdentifierTests {
  static let database = Result { try MagicDatabase.open() }

  private func identify(_ bytes: [UInt8]) throws -> MediaType {
    try bytes.withUnsafeBytes {
      try Identifier(database: try Self.database.get()).identify($0, byteCount: bytes.count)
    }
  }

  @Test("an empty file needs no libmagic") func empty() throws {
    #expect(try identify([]) == .empty)
  }

  @Test(
    "the first tier answers as the database does, on the samples", arguments: try Repository.samplePaths())
  func firstTier(path: String) throws {
    let prefix = Array(try Repository.sample(path).prefix(4096))
    guard !prefix.isEmpty else { return }
    let identifier = try Identifier(database: try Self.database.get())
    try prefix.withUnsafeBytes { bytes in
      let answer = try identifier.identify(bytes, byteCount: bytes.count)
      let expected = try identifier.databaseAnswer(bytes)
      #expect((answer.magicName ?? answer.name) == expected)
    }
  }

  @Test("the first tier answers as the database does, on real files", .enabled(if: Repository.hasCorpus))
  func firstTierOnCorpus() throws {
    let identifier = try Identifier(database: try Self.database.get())
    let root = Repository.corpus.appendingPathComponent("files")
    var count = 0
    for path in try FileManager.default.subpathsOfDirectory(atPath: root.path) {
      guard let handle = FileHandle(forReadingAtPath: root.appendingPathComponent(path).path),
        let data = try? handle.read(upToCount: 4096), !data.isEmpty
      else { continue }
      try data.withUnsafeBytes { bytes in
        let answer = try identifier.identify(bytes, byteCount: bytes.count)
        let expected = try identifier.databaseAnswer(bytes)
        #expect((answer.magicName ?? answer.name) == expected, "\(path)")
      }
      count += 1
    }
    #expect(count > 1000)
  }

  @Test(
    "markup is XMP or SVG by what it holds",
    arguments: [
      ("<x:xmpmeta xmlns:x='adobe:ns:meta/'>", "application/rdf+xml"),
      ("<?xpacket begin='\u{1A}' id='x'?><x:xmpmeta >", "application/rdf+xml"),
      ("<?xml version='1.0'?>\n<rdf:RDF xmlns:rdf='u'>", "application/rdf+xml"),
      ("<!-- made by hand -->\n<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
      ("see <x:xmpmeta ", "text/plain"),
    ])
  func markup(text: String, mediaType: String) throws {
    #expect(try identify(Array(text.utf8)).name == mediaType)
    var wide: [UInt8] = [0xFF, 0xFE]
    for word in text.utf16 { wide += [UInt8(truncatingIfNeeded: word), UInt8(word >> 8)] }
    #expect(try identify(wide).name == mediaType)
  }

  @Test("what is refined keeps libmagic's answer")
  func refinement() throws {
    let avif = Container.box("ftyp", Array("mif1".utf8) + [0, 0, 0, 0] + Array("mif1avif".utf8))
    let type = try identify(avif + [UInt8](repeating: 0, count: 64))
    #expect(type.name == "image/avif")
    #expect(type.refinement == "avif-brand")
    #expect(type.magicName == "image/heif")

    let json = Array("{ \"locations\" : [".utf8) + Array(repeating: UInt8(ascii: "1"), count: 100)
    #expect(
      try identify(json) == MediaType("application/json", magicName: "text/plain", refinement: "json-start"))
  }

  @Test(
    "JSON is told by how it begins, and other text is not taken for it",
    arguments: [
      ("{ \"locations\" : [\n{\"latitudeE7\": 4", "application/json"),
      ("[\n {\"startTime\": \"20", "application/json"),
      ("{\"a\": 1}\n{\"a\": 2", "application/json"), ("[[1.5, 2", "application/json"),
      ("[1.5, 2", "application/json"), ("\u{1E}{\"a\": 1", "application/json"),
      ("[true, fa", "application/json"),
      ("[2024-01-05, 10:00:00] Mara: hi", "text/plain"), ("[1] a footnote", "text/plain"),
      ("[INFO] started", "text/plain"), ("{\"quoted\" words}", "text/plain"),
      ("[\"quoted\" words]", "text/plain"),
      ("{ words }", "text/plain"), ("[next]\nname = 1", "text/plain"),
      ("{\"type\": \"FeatureCollection\", \"features\": [", "application/geo+json"),
      ("{\"features\": [{\"type\":\"Feature\", \"geo", "application/geo+json"),
      ("{\"kind\": \"Feature\", \"features\": [", "application/json"),
      ("[{\"type\":\"Feature\", \"geo", "application/json"),
    ])
  func json(text: String, mediaType: String) throws {
    #expect(try identify(Array(text.utf8)).name == mediaType)
    guard mediaType != "text/plain", !text.hasPrefix("\u{1E}") else { return }
    var wide: [UInt8] = [0xFF, 0xFE]
    for word in text.utf16 { wide += [UInt8(truncatingIfNeeded: word), UInt8(word >> 8)] }
    #expect(try identify(wide).name == mediaType)
    #expect(try identify([0xEF, 0xBB, 0xBF] + Array(text.utf8)).name == mediaType)
  }

  @Test(
    "tables and pages of a Google account are told by what is in them",
    arguments: [
      (
        "Gaia ID,Activity Timestamp,IP Address\n1,2026-03-12 02:49:39 UTC,192.0.2.7\n",
        "application/x-google-access-log"
      ),
      ("Gaia ID,Device Type,Brand Name\n1,PHONE,Google\n", "application/x-google-access-log"),
      ("Gaia ID,RA,Dec\n1,2,3\n4,5,6\n", "text/csv"),
      ("Titel,Notiz,URL,Tags\nx,,https://www.google.com/maps/place/x,\n", "application/x-google-saved-list"),
      ("Titel,Notiz,URL,Tags\nx,,https://example.com/,\ny,,,\n", "text/csv"),
      ("see ,URL, and https://www.google.com/maps/\n", "text/x-note"),
      ("<html><head><title>x</title><style>.mdl-grid{}</style></head>", "application/x-google-activity"),
      ("<html><head><title>x</title></head><body>mdl</body></html>", "text/html"),
    ])
  func takeout(text: String, mediaType: String) throws {
    #expect(try identify(Array(text.utf8)).name == mediaType)
  }

  @Test(
    "camera raws and films that libmagic does not know",
    arguments: [
      ("\0\0\0\u{18}ftypcrx \0\0\0\u{1}crx isom", "image/x-canon-cr3"),
      ("\0\0\0\u{18}ftypXAVC\0\0\0\u{1}XAVCiso6", "video/mp4"),
      ("\0\0\0\u{14}ftypqq  \0\0\0\0qt  \0\0\0\u{8}wide", "video/quicktime"),
      ("\0\0\0\u{8}wide\0\0\0\0mdat\u{1}\u{2}\u{3}", "video/quicktime"),
      ("\0\0\0\u{10}stypmsdh\0\0\0\0\0\0\0\u{8}moof", "video/mp4"),
      ("\0MRM\0\0\u{1}\0\0PRD", "image/x-minolta-mrw"), ("IIU\0\u{8}\0\0\0", "image/x-panasonic-rw2"),
      ("\0 70.1 .reV   LATIGID N \0ARECOYK", "image/x-kyocera-raw"),
      ("II+\0\u{8}\0\0\0\u{10}\0\0\0", "image/tiff"), ("IIRO\u{8}\0\0\0", "image/x-olympus-orf"),
      ("FUJIFILMCCD-RAW 0201FF383501OX-1", "image/x-fuji-raf"), ("FOVb\u{2}\0\u{2}\0", "image/x-x3f"),
    ])
  func raws(head: String, expected: String) throws {
    #expect(try identify(Array(head.utf8) + [UInt8](repeating: 0, count: 200)).name == expected)
  }

  @Test(
    "text is told from other bytes",
    arguments: [
      ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "text/calendar"),
      ("just a line of words\n", "text/plain"), ("<?xml version=\"1.0\"?><note></note>", "text/xml"),
      ("<?xml version=\"1.0\"?><gpx></gpx>", "application/gpx+xml"),
    ])
  func text(content: String, expected: String) throws {
    #expect(try identify(Array(content.utf8)).name == expected)
  }

  @Test("64 KiB of newlines are text, and no trap")
  func newlines() throws {
    #expect(try identify([UInt8](repeating: 10, count: 4096)).name == "text/plain")
  }
}
