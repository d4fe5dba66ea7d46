import Testing
import UntrailModel
import UntrailReaders

@Suite("PDF: structure")
struct PDFTests {
  static let information = """
    << /Title (Minutes) /Author (Mara Example) /Creator (Pen 1) /Producer (Press 2) \
    /CreationDate (D:20240428230902+02'00') /ModDate (D:20240429080000Z) >>
    """

  static var plain: [UInt8] {
    var builder = PDFBuilder.document()
    builder.add(4, information)
    builder.finish("/Info 4 0 R /ID [<00112233445566778899AABBCCDDEEFF> <FFEEDDCCBBAA99887766554433221100>]")
    return builder.bytes
  }

  static var packed: [UInt8] {
    var builder = PDFBuilder()
    builder.finish(
      packed: [
        (1, "<< /Type /Catalog /Pages 2 0 R >>"), (2, "<< /Type /Pages /Kids [3 0 R] >>"),
        (3, "<< /Type /Page >>"), (4, information),
      ], "/Info 4 0 R")
    return builder.bytes
  }

  private func read(_ bytes: [UInt8], _ limits: Limits = Limits()) -> ReadResult {
    UntrailTests.read(bytes, as: "application/pdf", limits)
  }

  private func coverage(_ result: ReadResult) -> Coverage {
    let artifact = Artifact(path: PathBytes([]))
    return result.examination(of: artifact, MediaType("application/pdf"), isRead: true).coverage
  }

  private func expectFacts(_ result: ReadResult) {
    #expect(result.text(.person, .author) == "Mara Example")
    #expect(result.texts(.software, .generator) == ["Pen 1", "Press 2"])
    #expect(result.text(.text, .title) == "Minutes")
    #expect(result.timestamp(.created) == Timestamp(civilSeconds: 1_714_345_742, utcOffsetMinutes: 120))
    #expect(result.timestamp(.modified) == Timestamp(civilSeconds: 1_714_377_600, utcOffsetMinutes: 0))
  }

  @Test("reads a table in lines")
  func readsLines() {
    let result = read(Self.plain)
    expectFacts(result)
    #expect(result.diagnostics.isEmpty)
    #expect(result.text(.link, .documentID) == "00112233445566778899aabbccddeeff")
    #expect(result.text(.link, .instanceID) == "ffeeddccbbaa99887766554433221100")
    let author = result.observations.first { $0.role == .author }
    let place = author?.offset ?? 0
    #expect(author?.field == "PDF:Author")
    #expect(Self.plain[place...].starts(with: "Mara Example".utf8))
  }

  @Test("reads compressed objects, and a table in a stream")
  func readsStreams() {
    let result = read(Self.packed)
    expectFacts(result)
    #expect(result.diagnostics.isEmpty)
    #expect(result.observations.allSatisfy { $0.offset == nil })
  }

  @Test(
    "undoes filters",
    arguments: ["ASCIIHexDecode", "ASCII85Decode", "RunLengthDecode", "LZWDecode", "FlateDecode"])
  func undoesFilters(filter: String) {
    var builder = PDFBuilder()
    builder.finish(
      packed: [(1, "<< /Type /Catalog /Pages 2 0 R >>"), (4, Self.information)], "/Info 4 0 R",
      packing: ("[/\(filter)]", { PDFBuilder.packed($0, filter) }))
    let result = read(builder.bytes)
    expectFacts(result)
    #expect(result.diagnostics.isEmpty)
  }

  @Test("is clean where nothing is said")
  func isClean() {
    var builder = PDFBuilder.document()
    builder.finish()
    let result = read(builder.bytes)
    #expect(result.observations.isEmpty)
    #expect(result.diagnostics.isEmpty)
  }

  @Test("says what an earlier version said, and that it is there")
  func readsEarlierVersions() {
    var builder = PDFBuilder.document(page: "/Contents 5 0 R")
    builder.add(4, "<< /Author (Mara Example) /ModDate (D:20240428230902) >>")
    builder.addStream(5, "", Array("(what was there before) Tj".utf8))
    builder.finish("/Info 4 0 R")
    builder.add(4, "<< /Author (Ada Sample) /ModDate (D:20240501100000) >>")
    builder.addStream(5, "", Array("() Tj".utf8))
    builder.finish("/Info 4 0 R")
    let result = read(builder.bytes)
    #expect(result.diagnostics.isEmpty)
    #expect(result.texts(.person, .author) == ["Ada Sample", "Mara Example"])
    #expect(result.observations.first { $0.text == "Mara Example" }?.field == "PDF:EarlierAuthor")
    #expect(result.texts(.text, .earlierRevision) == ["1", "2"])
    let hidden = result.observations.filter { $0.kind == .hidden }
    #expect(hidden.map(\.field) == ["PDF:EarlierRevision", "PDF:EarlierContents"])
    #expect(hidden.allSatisfy { $0.fact == .hidden(HiddenContent(byteCount: 26)) })
  }

  @Test("finds pages that were removed")
  func findsRemovedPages() {
    var builder = PDFBuilder.document()
    builder.add(6, "<< /Type /Page /Parent 2 0 R >>")
    builder.add(2, "<< /Type /Pages /Kids [3 0 R 6 0 R] >>")
    builder.finish()
    builder.add(2, "<< /Type /Pages /Kids [3 0 R] >>")
    builder.finish()
    #expect(read(builder.bytes).observations.contains { $0.field == "PDF:RemovedPage" })
  }

  @Test(
    "opens documents that ask for no password",
    arguments: [PDFVectors.rc4, PDFVectors.aes128, PDFVectors.aes256])
  func opensLocks(file: [UInt8]) {
    let result = read(file)
    #expect(coverage(result) == .read)
    #expect(result.diagnostics.isEmpty)
    #expect(result.text(.person, .author) == "Mara Example")
    #expect(result.timestamp(.created) == Timestamp(civilSeconds: 1_714_345_742, utcOffsetMinutes: 120))
  }

  @Test("says of a locked document what stands outside of the lock")
  func readsLocked() {
    let result = read(PDFVectors.locked)
    #expect(coverage(result) == .encrypted)
    #expect(result.observations.map(\.role) == [.documentID, .instanceID])
    #expect(result.diagnostics.isEmpty)
  }

  @Test("reads a header behind something else, with places of either kind")
  func readsBehindHeader() {
    let junk = Array("something else\n".utf8)
    expectFacts(read(junk + Self.plain))
    var builder = PDFBuilder(header: "something else\n%PDF-1.4\n")
    builder.add(1, "<< /Type /Catalog /Pages 2 0 R >>")
    builder.add(4, Self.information)
    builder.finish("/Info 4 0 R")
    expectFacts(read(builder.bytes))
  }

  @Test("searches for objects where the tables are broken")
  func searches() {
    let text = String(decoding: Self.plain, as: UTF8.self)
    for broken in [
      text.replacing("startxref", with: "startxxxx"), text.replacing("xref\n0 1", with: "xxxx\n0 1"),
      text.replacing("4 1\n00", with: "4 1\n90"),
    ] {
      let result = read(Array(broken.utf8))
      expectFacts(result)
      #expect(result.codes == ["malformed"])
    }
    let cut = read(Array(Self.plain.prefix(Self.plain.count / 2)))
    #expect(cut.text(.person, .author) == "Mara Example")
    // Compressed objects are found as well.
    let end = Self.packed.count
    expectFacts(read(Array(Self.packed.prefix(end - 12))))
  }

  @Test("survives damage")
  func survivesDamage() {
    surviveDamage(Self.plain, as: "application/pdf")
    surviveDamage(Self.packed, as: "application/pdf")
    for length in stride(from: 0, to: PDFVectors.aes128.count, by: 16) {
      #expect(read(Array(PDFVectors.aes128.prefix(length))).locations.isEmpty)
    }
  }

  @Test("survives what leads to itself")
  func survivesLoops() {
    var builder = PDFBuilder.document(
      catalog: "/Metadata 6 0 R /Names << /EmbeddedFiles 8 0 R >> /OpenAction 9 0 R")
    builder.add(2, "<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Resources 7 0 R >>")
    builder.add(4, "5 0 R")
    builder.add(5, "4 0 R")
    builder.addStream(6, "/Type /Metadata", Array("<x/>".utf8), length: "6 0 R")
    builder.add(7, "<< /XObject << /A 10 0 R >> >>")
    builder.add(8, "<< /Kids [8 0 R 8 0 R] >>")
    builder.add(9, "<< /S /URI /Next 9 0 R >>")
    builder.addStream(10, "/Subtype /Form /Resources 7 0 R", [])
    builder.addStream(
      11, "/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode", Compressed.zlib(Array("11 0 1".utf8)))
    builder.finish("/Info 4 0 R", previous: 0)
    let place = builder.table
    builder.finish("/Info 4 0 R", previous: place)
    #expect(read(builder.bytes).locations.isEmpty)
  }

  @Test("gives up on what becomes too large, or stands too deep")
  func survivesBombs() {
    var limits = Limits()
    limits.bytes = 1 << 20
    var builder = PDFBuilder.document(catalog: "/Metadata 5 0 R")
    builder.addStream(5, "/Type /Metadata /Filter /FlateDecode", Compressed.zlibZeros(8 << 20))
    builder.finish()
    #expect(read(builder.bytes, limits).codes.contains("limit"))

    var pack = PDFBuilder()
    pack.finish(
      packed: [(1, "<< /Type /Catalog >>")], packing: ("/FlateDecode", { _ in Compressed.zlibZeros(8 << 20) })
    )
    #expect(read(pack.bytes, limits).codes.contains("limit"))

    var deep = PDFBuilder.document()
    deep.add(4, String(repeating: "[", count: 10_000))
    deep.finish("/Info 4 0 R")
    #expect(read(deep.bytes).codes.contains("limit"))
  }
}
