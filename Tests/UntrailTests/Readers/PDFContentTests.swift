import Testing
import UntrailModel
import UntrailReaders

@Suite("PDF: what is said")
struct PDFContentTests {
  private func read(_ bytes: [UInt8]) -> ReadResult { UntrailTests.read(bytes, as: "application/pdf") }

  private func information(_ entries: String) -> ReadResult {
    var builder = PDFBuilder.document()
    builder.add(4, "<< \(entries) >>")
    builder.finish("/Info 4 0 R")
    return read(builder.bytes)
  }

  @Test(
    "text in every spelling",
    arguments: [
      ("(Mara \\(Example\\))", "Mara (Example)"), ("<4D617261>", "Mara"), ("(M\\141ra\\\n Ex)", "Mara Ex"),
      ("<FEFF004D00E400720061>", "Mära"), ("<FFFE4D00E40072006100>", "Mära"), ("<EFBBBF4DC3A47261>", "Mära"),
      ("<4DE4726180>", "Mära•"), ("<4DC3A47261>", "Mära"), ("<FEFF001B0064006500 1B004D0061>", "Ma"),
    ])
  func readsText(written: String, text: String) {
    #expect(information("/Author \(written)").text(.person, .author) == text)
    #expect(information("/Auth#6Fr \(written)").text(.person, .author) == text)
  }

  @Test(
    "dates in every spelling",
    arguments: [
      ("D:20240428230902+02'00'", 1_714_345_742, Int16(120)), ("D:20240428230902+02'00", 1_714_345_742, 120),
      ("20240428230902-0430", 1_714_345_742, -270), ("D:20240428230902Z00'00'", 1_714_345_742, 0),
      ("D:20240428230902", 1_714_345_742, nil), ("D:202404282309", 1_714_345_740, nil),
      ("D:191240428230902", 1_714_345_742, nil), ("Sun Apr 28 23:09:02 2024", 1_714_345_742, nil),
      ("2024-04-28T23:09:02+02:00", 1_714_345_742, 120),
    ])
  func readsDates(written: String, seconds: Int64, offset: Int16?) {
    let time = information("/CreationDate (\(written))").timestamp(.created)
    #expect(time?.civilSeconds == seconds)
    #expect(time?.utcOffsetMinutes == offset)
  }

  @Test(
    "a year alone, and what is no date, give no time", arguments: ["D:2024", "D:20241399", "yesterday 12"])
  func readsNoDate(written: String) {
    #expect(information("/ModDate (\(written))").timestamp(.modified) == nil)
  }

  @Test("keys that programs made up")
  func readsOtherKeys() {
    let result = information(
      "/Company (Example Press) /Manager (Ada Sample) /Trapped /False /Mail (mara@example.org) /Stage (draft)"
    )
    #expect(result.text(.person, .organization) == "Example Press")
    #expect(result.text(.person, .manager) == "Ada Sample")
    #expect(result.text(.contact, .email) == "mara@example.org")
    #expect(result.text(.text, .comment) == "draft")
    #expect(result.observations.count == 4)
  }

  @Test("XMP, and what pictures and attached files hold")
  func readsMembers() {
    let xmp = """
      <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
      <rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="Pen 1"/></rdf:RDF></x:xmpmeta>
      """
    var builder = PDFBuilder.document(
      catalog: "/Metadata 5 0 R /Names << /EmbeddedFiles << /Names [(plan) 6 0 R] >> >>",
      page: "/Resources << /XObject << /I 8 0 R >> >> /Thumb 9 0 R")
    builder.addStream(5, "/Type /Metadata", Array(xmp.utf8))
    builder.add(6, "<< /Type /Filespec /UF (plan.txt) /Desc (the plan) /EF << /F 7 0 R >> >>")
    builder.addStream(
      7, "/Params << /ModDate (D:20240428230902) >> /Filter /FlateDecode", Compressed.zlib([0x41]))
    builder.addStream(8, "/Subtype /Image /Filter /DCTDecode", [0xFF, 0xD8, 0xFF, 0xD9])
    builder.addStream(9, "/Filter /DCTDecode", [1, 2, 3])
    builder.finish()
    let result = read(builder.bytes)
    #expect(result.diagnostics.isEmpty)
    #expect(result.text(.software, .generator) == "Pen 1")
    #expect(result.members.map(\.artifact.member) == [["plan.txt"]])
    #expect(result.texts(.link, .originalFileName) == ["plan.txt", "plan"])
    #expect(result.timestamp(.modified) == Timestamp(civilSeconds: 1_714_345_742))
    let hidden = result.observations.filter { $0.kind == .hidden }.map(\.role)
    #expect(hidden == [.attachment, .embeddedFile, .thumbnail])
  }

  @Test("comments, signatures, fields, paths")
  func readsPeople() {
    var builder = PDFBuilder.document(
      catalog: "/Lang (de-AT) /AcroForm << /Fields [5 0 R 6 0 R 7 0 R] >> /OpenAction 8 0 R",
      page: """
        /Annots [<< /Subtype /Text /Rect [0 0 1 1] /T (Mara Example) /M (D:20240428230902+02'00') /Contents (x) >>
        << /Subtype /Link /A << /S /URI /URI (file:///C:/Users/mara/plan.doc) >> >>]
        """)
    builder.add(
      5,
      """
      << /FT /Sig /T (Signature1) /V << /Type /Sig /Name (Ada Sample) /Location (Vienna) /M (D:20240430120000Z)
      /ContactInfo (ada@example.org) /Contents <00> >> >>
      """)
    builder.add(6, "<< /FT /Tx /T (fullName) /V (Tom Specimen) >>")
    builder.add(7, "<< /FT /Tx /T (fileName) /V (plan) >>")
    builder.add(8, "<< /S /Launch /F << /F (/home/mara/start.sh) >> >>")
    builder.finish()
    let result = read(builder.bytes)
    #expect(result.diagnostics.isEmpty)
    #expect(result.text(.person, .commenter) == "Mara Example")
    #expect(result.text(.person, .signer) == "Ada Sample")
    #expect(result.text(.place, .area) == "Vienna")
    #expect(result.text(.contact, .email) == "ada@example.org")
    #expect(result.timestamp(.signed) == Timestamp(civilSeconds: 1_714_478_400, utcOffsetMinutes: 0))
    #expect(result.texts(.person, .contact) == ["Tom Specimen"])
    #expect(result.texts(.link, .path) == ["/home/mara/start.sh", "C:/Users/mara/plan.doc"])
  }

  @Test("corners of maps, and hidden layers")
  func readsMaps() {
    var builder = PDFBuilder.document(
      catalog: "/OCProperties << /OCGs [5 0 R 6 0 R] /D << /OFF [6 0 R] >> >>",
      page: """
        /VP [<< /Measure << /Subtype /GEO /GPTS [48.2 16.3 48.3 16.3 0 0 91 0] >> >>]
        /LGIDict << /Projection << /ProjectionType (GEOGRAPHIC) >> /Registration [[(0) (0) (16.37) (48.2)]] >>
        """)
    builder.add(5, "<< /Type /OCG /Name (Roads) >>")
    builder.add(6, "<< /Type /OCG /Name (Sources) >>")
    builder.finish()
    let result = read(builder.bytes)
    #expect(result.locations.map(\.coordinate.latitude) == [48.2, 48.3, 48.2])
    #expect(result.observations.filter { $0.kind == .location }.allSatisfy { $0.role == .area })
    #expect(Set(result.codes) == ["null-island", "position-out-of-range"])
    #expect(result.text(.text, .label) == "Sources")
    #expect(result.observations.count { $0.role == .hiddenContent } == 1)
  }
}
