import Testing
import UntrailModel
import UntrailReaders

@Suite("EPUB")
struct BookTests {
  private static let type = "application/epub+zip"

  private static func book(_ metadata: String) -> ZIPBuilder {
    ZIPBuilder([
      ZIPBuilder.File("mimetype", type), ZIPBuilder.File("META-INF/container.xml", "<container/>"),
      ZIPBuilder.File(
        "OEBPS/content.opf",
        """
        <package xmlns:dc="urn:d" xmlns:opf="urn:o"><metadata>\(metadata)</metadata><manifest/></package>
        """),
    ])
  }

  private static var full: [UInt8] {
    var builder = book(
      """
      <dc:title>Field notes</dc:title><dc:creator opf:role="aut">Mara Example</dc:creator>\
      <dc:contributor opf:role="edt">Leo Example</dc:contributor>\
      <dc:contributor opf:role="bkp">Binder 5.1</dc:contributor><dc:publisher>Example Press</dc:publisher>\
      <dc:rights>2024 Mara Example</dc:rights><dc:identifier>urn:uuid:0011</dc:identifier>\
      <dc:date opf:event="modification">2024-04-28</dc:date><dc:date>2024-04-26</dc:date>\
      <meta name="generator" content="Pen 2"/>\
      <meta property="dcterms:modified">2024-04-28T21:09:02Z</meta>
      """)
    builder.files.append(ZIPBuilder.File("OEBPS/cover.jpg", pictureOfTower()))
    return builder.bytes
  }

  @Test("people by their part in the book, times, programs, pictures")
  func reads() throws {
    let result = try examineWhole(Self.full)
    #expect(result.mediaType.name == Self.type && result.coverage == .read, "\(result.diagnostics)")
    #expect(result.texts(.person, .author) == ["Mara Example"])
    #expect(result.texts(.person, .editor) == ["Leo Example"])
    #expect(result.texts(.person, .publisher) == ["Example Press"])
    #expect(result.texts(.person, .copyright) == ["2024 Mara Example"])
    #expect(Set(result.texts(.software, .generator)) == ["Binder 5.1", "Pen 2"])
    #expect(result.texts(.link, .documentID) == ["urn:uuid:0011"])
    #expect(result.times(.created) == [Timestamp(civilSeconds: 1_714_089_600, precision: .day)])
    #expect(
      result.times(.modified) == [
        Timestamp(civilSeconds: 1_714_262_400, precision: .day),
        Timestamp(civilSeconds: 1_714_338_542, utcOffsetMinutes: 0),
      ])
    #expect(result.field(of: "Mara Example") == "EPUB:Creator")
    #expect(isAtTower(result.member("OEBPS/cover.jpg")))
  }

  @Test("a book with rights is locked")
  func locked() throws {
    var builder = Self.book("<dc:creator>Mara Example</dc:creator>")
    builder.files.append(ZIPBuilder.File("META-INF/rights.xml", "<rights/>"))
    let result = try examineWhole(builder.bytes)
    #expect(result.coverage == .encrypted && result.texts(.person, .author) == ["Mara Example"])
  }

  @Test("is clean where nothing is said")
  func clean() throws {
    let result = try examineWhole(Self.book("<dc:title></dc:title>").bytes)
    #expect(result.mediaType.name == Self.type && result.coverage == .read)
    #expect(result.observations.isEmpty && result.diagnostics.isEmpty)
  }

  @Test("survives damage")
  func damaged() { surviveDocumentDamage(Self.full, as: Self.type) }
}

@Suite("Pages, Numbers, Keynote")
struct WorkDocumentTests {
  private static let preview = ZIPBuilder.File("preview.jpg", pictureOfTower())

  private static let index = """
    <sl:document xmlns:sl="urn:s" xmlns:sfa="urn:a" xmlns:sf="urn:f"><sl:metadata>\
    <sl:authors><sl:string sfa:string="Mara Example"/></sl:authors>\
    <sl:comment><sl:string sfa:string="draft"/></sl:comment>\
    <sl:title><sl:string sfa:string="Minutes"/></sl:title></sl:metadata></sl:document>
    """

  private static var old: [UInt8] {
    ZIPBuilder([
      ZIPBuilder.File("index.xml", index), ZIPBuilder.File("QuickLook/Thumbnail.jpg", pictureOfTower()),
      ZIPBuilder.File("buildVersionHistory.plist", list("<array><string>Pages 4.3</string></array>")),
    ]).bytes
  }

  private static func list(_ content: String) -> String {
    "<?xml version='1.0' encoding='UTF-8'?><plist version='1.0'>\(content)</plist>"
  }

  @Test("documents to 2009")
  func readsOld() throws {
    let result = try examineWhole(Self.old)
    #expect(result.texts(.person, .author) == ["Mara Example"], "\(result.diagnostics)")
    #expect(result.texts(.text, .title) == ["Minutes"])
    #expect(result.texts(.text, .comment) == ["draft"])
    #expect(result.texts(.software, .generator) == ["Pages 4.3"])
    #expect(isAtTower(result.member("QuickLook/Thumbnail.jpg")))
  }

  @Test("documents since 2013: numbers, programs, the template; and it is said that the text is not read")
  func readsNew() throws {
    let properties =
      "<dict><key>documentUUID</key><string>0011</string><key>versionUUID</key><string>2233</string></dict>"
    let result = try examineWhole(
      ZIPBuilder([
        ZIPBuilder.File("Index/Document.iwa", [0, 1, 2]), Self.preview,
        ZIPBuilder.File("Metadata/Properties.plist", Self.list(properties)),
        ZIPBuilder.File("Metadata/DocumentIdentifier", "4455"),
        ZIPBuilder.File(
          "Metadata/BuildVersionHistory.plist",
          Self.list("<array><string>Template: Report (2013)</string><string>M5.0</string></array>")),
      ]).bytes)
    #expect(Set(result.texts(.link, .documentID)) == ["0011", "4455"])
    #expect(result.texts(.link, .instanceID) == ["2233"])
    #expect(result.texts(.link, .template) == ["Report (2013)"])
    #expect(result.texts(.software, .generator) == ["M5.0"])
    #expect(result.diagnostics.map(\.code) == ["iwork-archive"])
    #expect(isAtTower(result.member("preview.jpg")))
  }

  @Test("is clean where nothing is said")
  func clean() throws {
    let result = try examineWhole(
      ZIPBuilder([
        ZIPBuilder.File("index.xml", "<document><metadata/></document>"),
        ZIPBuilder.File("QuickLook/Thumbnail.jpg", [0xFF, 0xD8, 0xFF, 0xDA, 0, 2, 0xFF, 0xD9]),
      ]).bytes)
    #expect(result.observations.isEmpty && result.diagnostics.isEmpty, "\(result)")
  }

  @Test("survives damage")
  func damaged() { surviveDocumentDamage(Self.old, as: "application/zip") }
}
