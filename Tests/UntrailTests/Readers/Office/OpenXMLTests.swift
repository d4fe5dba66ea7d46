import Testing
import UntrailModel
import UntrailReaders

@Suite("Office Open XML")
struct OpenXMLTests {
  static let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
  static let types = ZIPBuilder.File("[Content_Types].xml", "<Types/>")
  static let moment = Timestamp(civilSeconds: 1_714_338_542, utcOffsetMinutes: 0)

  private static let core = """
    <cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="urn:dc" xmlns:dcterms="urn:dt">\
    <dc:title>Minutes</dc:title><dc:creator>Mara Example</dc:creator>\
    <cp:lastModifiedBy>Leo Example</cp:lastModifiedBy><cp:revision>7</cp:revision>\
    <cp:lastPrinted>2024-04-27T08:00:00Z</cp:lastPrinted>\
    <dcterms:created>2024-04-26T08:00:00Z</dcterms:created>\
    <dcterms:modified>2024-04-28T21:09:02Z</dcterms:modified></cp:coreProperties>
    """
  private static let application = """
    <Properties><Template>C:\\Users\\mara\\Press.dotm</Template><TotalTime>42</TotalTime>\
    <Application>Pen Office</Application><Company>Example Press</Company><Manager>Ina Example</Manager>\
    <AppVersion>16.0000</AppVersion></Properties>
    """
  private static let custom = """
    <Properties xmlns:vt="urn:vt"><property name="Owner"><vt:lpwstr>Sam Example</vt:lpwstr></property>\
    <property name="_AuthorEmail"><vt:lpwstr>mara@example.org</vt:lpwstr></property>\
    <property name="Case"><vt:lpwstr>B 7</vt:lpwstr></property></Properties>
    """

  private static let text: [ZIPBuilder.File] = [
    ZIPBuilder.File(
      "word/document.xml",
      """
      <w:document xmlns:w="urn:w"><w:p><w:ins w:author="Rita Example" w:date="2024-04-28T21:09:02Z"><w:r>\
      <w:rPr><w:vanish/></w:rPr></w:r></w:ins><w:del w:author="Rita Example"><w:r><w:delText>gone</w:delText>\
      </w:r></w:del></w:p></w:document>
      """),
    ZIPBuilder.File(
      "word/comments.xml",
      """
      <w:comments xmlns:w="urn:w"><w:comment w:author="Kim Example" w:initials="KE" \
      w:date="2024-04-29T06:00:00Z"/></w:comments>
      """),
    ZIPBuilder.File(
      "word/people.xml",
      """
      <p:people xmlns:p="urn:p"><p:person p:author="Rita Example"><p:presenceInfo p:providerId="AD" \
      p:userId="S::rita@example.org::00112233"/></p:person></p:people>
      """),
    ZIPBuilder.File(
      "word/settings.xml",
      """
      <w:settings xmlns:w="urn:w"><w:documentProtection w:hash="AAAA"/><w:rsids><w:rsidRoot w:val="00A1B2C3"/>\
      <w:rsid w:val="00A1B2C3"/><w:rsid w:val="00D4E5F6"/></w:rsids><w:docId w:val="7D1E0F2A"/></w:settings>
      """),
    ZIPBuilder.File(
      "word/_rels/settings.xml.rels",
      """
      <Relationships><Relationship Type="http://x/attachedTemplate" TargetMode="External" \
      Target="file:///\\\\server\\press\\Press.dotm"/></Relationships>
      """),
    ZIPBuilder.File(
      "word/_rels/document.xml.rels",
      """
      <Relationships><Relationship Type="http://x/hyperlink" TargetMode="External" \
      Target="mailto:leo@example.org?subject=x"/><Relationship Type="http://x/image" TargetMode="External" \
      Target="https://track.example/1.png"/><Relationship Type="http://x/styles" Target="styles.xml"/>\
      </Relationships>
      """),
  ]

  private static var document: [UInt8] {
    var files = [types, ZIPBuilder.File("docProps/core.xml", core)]
    files += [
      ZIPBuilder.File("docProps/app.xml", application), ZIPBuilder.File("docProps/custom.xml", custom),
    ]
    files += text
    files.append(ZIPBuilder.File("word/media/image1.jpeg", pictureOfTower()))
    files.append(ZIPBuilder.File("docProps/thumbnail.jpeg", [0xFF, 0xD8, 0xFF, 0xD9]))
    files[1].isDeflated = true
    return ZIPBuilder(files).bytes
  }

  @Test("Word: people, times, sessions, paths, what is hidden")
  func readsWord() throws {
    let result = try examineWhole(Self.document)
    #expect(result.coverage == .read, "\(result.diagnostics)")
    #expect(result.texts(.person, .author) == ["Mara Example", "mara@example.org"])
    #expect(result.texts(.person, .editor) == ["Leo Example"])
    #expect(result.texts(.person, .reviser) == ["Rita Example"])
    #expect(result.texts(.person, .commenter) == ["Kim Example"])
    #expect(result.texts(.person, .organization) == ["Example Press"])
    #expect(result.texts(.person, .manager) == ["Ina Example"])
    #expect(result.texts(.person, .owner) == ["Sam Example"])
    #expect(result.texts(.person, .account) == ["S::rita@example.org::00112233"])
    #expect(
      Set(result.texts(.contact, .email)) == ["mara@example.org", "rita@example.org", "leo@example.org"])
    #expect(result.times(.modified) == [Self.moment])
    #expect(result.times(.created) == [Timestamp(civilSeconds: 1_714_118_400, utcOffsetMinutes: 0)])
    #expect(result.times(.printed) == [Timestamp(civilSeconds: 1_714_204_800, utcOffsetMinutes: 0)])
    let comment = Timestamp(civilSeconds: 1_714_370_400, utcOffsetMinutes: 0)
    #expect(
      Set(result.times(.edited).map(\.civilSeconds)) == [Self.moment.civilSeconds, comment.civilSeconds])
    #expect(result.texts(.link, .revisionID) == ["00A1B2C3", "00D4E5F6"])
    #expect(result.texts(.link, .documentID) == ["7D1E0F2A"])
    #expect(
      result.texts(.link, .template) == ["C:\\Users\\mara\\Press.dotm", "\\\\server\\press\\Press.dotm"])
    #expect(result.texts(.link, .path) == ["C:\\Users\\mara\\Press.dotm", "\\\\server\\press\\Press.dotm"])
    #expect(result.texts(.link, .networkLink) == ["https://track.example/1.png"])
    #expect(result.texts(.software, .generator) == ["Pen Office", "16.0000"])
    #expect(result.texts(.text, .title) == ["Minutes"])
    #expect(Set(result.texts(.text, .history)) == ["7", "42 min"])
    #expect(Set(result.texts(.text, .label)) == ["KE", "Case: B 7"])
    #expect(result.hidden(.earlierRevision) == ["OOXML:DeletedText"])
    #expect(result.hidden(.hiddenContent) == ["OOXML:HiddenText"])
    #expect(result.hidden(.password) == ["OOXML:DocumentProtection"])
    #expect(result.hidden(.thumbnail) == ["OOXML:Thumbnail"])
    #expect(result.field(of: "Mara Example") == "OOXML:Creator")
    #expect(isAtTower(result.member("word/media/image1.jpeg")))
  }

  @Test("Excel: where it was saved, printers, hidden sheets, comments, data")
  func readsExcel() throws {
    let printer =
      Leftover.padded(Leftover.wide("\\\\server\\Laser 2"), 64) + [1, 4, 0, 6, 0xDC, 0] + [0, 0, 3]
    let files = [
      Self.types,
      ZIPBuilder.File(
        "xl/workbook.xml",
        """
        <workbook xmlns:x="urn:x"><fileSharing userName="Mara Example"/>\
        <x:absPath url="C:\\Users\\mara\\Desk\\"/><workbookProtection workbookPassword="CC1A"/>\
        <sheets><sheet name="a"/><sheet name="b" state="veryHidden"/></sheets></workbook>
        """),
      ZIPBuilder.File(
        "xl/comments1.xml", "<comments><authors><author>Kim Example</author></authors></comments>"),
      ZIPBuilder.File(
        "xl/persons/person.xml",
        "<personList><person displayName='Rita Example' userId='rita@example.org' providerId='AD'/></personList>"
      ),
      ZIPBuilder.File(
        "xl/threadedComments/threadedComment1.xml",
        "<ThreadedComments><threadedComment dT='2024-04-28T21:09:02Z'/></ThreadedComments>"),
      ZIPBuilder.File(
        "xl/connections.xml",
        """
        <connections><connection><dbPr connection="Server=db.lan;User ID=mara;Password=x;\
        Workstation ID=DESK-7"/></connection></connections>
        """),
      ZIPBuilder.File(
        "xl/revisions/userNames.xml",
        "<users><userInfo name='Leo Example' dateTime='2024-04-28T21:09:02Z'/></users>"),
      ZIPBuilder.File("xl/printerSettings/printerSettings1.bin", printer),
    ]
    let result = try examineWhole(ZIPBuilder(files).bytes)
    #expect(result.coverage == .read, "\(result.diagnostics)")
    #expect(Set(result.texts(.person, .account)) == ["Mara Example", "rita@example.org", "mara"])
    #expect(Set(result.texts(.person, .commenter)) == ["Kim Example", "Rita Example"])
    #expect(result.texts(.person, .reviser) == ["Leo Example"])
    #expect(Set(result.texts(.link, .path)) == ["C:\\Users\\mara\\Desk\\", "\\\\server\\Laser 2"])
    #expect(result.texts(.device, .printer) == ["\\\\server\\Laser 2"])
    #expect(result.texts(.device, .host) == ["DESK-7"])
    #expect(result.times(.edited) == [Self.moment])
    #expect(result.hidden(.hiddenContent) == ["OOXML:HiddenSheet"])
    #expect(Set(result.hidden(.password)) == ["OOXML:WorkbookProtection", "OOXML:Connection"])
  }

  @Test("Excel in the binary form: where it was saved, hidden sheets")
  func readsBinary() throws {
    let path = "C:\\Users\\mara\\"
    let saved = Leftover.little(path.utf16.count, 4) + Leftover.wide(path)
    // 156: one sheet, very hidden; 2071: the path.
    let records = [0x9C, 1, 8, 2, 0, 0, 0, 1, 0, 0, 0] + [0x97, 0x10, UInt8(saved.count)] + saved
    let result = try examineWhole(
      ZIPBuilder([Self.types, ZIPBuilder.File("xl/workbook.bin", records)]).bytes)
    #expect(result.coverage == .read, "\(result.diagnostics)")
    #expect(result.texts(.link, .path) == [path])
    #expect(result.hidden(.hiddenContent) == ["OOXML:HiddenSheet"])
  }

  @Test("PowerPoint: comments, notes, hidden slides; macros, a signature, numbers of data")
  func readsPowerPoint() throws {
    let files = [
      Self.types,
      ZIPBuilder.File(
        "ppt/presentation.xml", "<p:presentation xmlns:p='urn:p'><p:modifyVerifier/></p:presentation>"),
      ZIPBuilder.File(
        "ppt/commentAuthors.xml", "<a:l xmlns:a='urn:a'><a:cmAuthor name='Kim Example' initials='KE'/></a:l>"),
      ZIPBuilder.File("ppt/comments/comment1.xml", "<l><cm dt='2024-04-28T21:09:02'/></l>"),
      ZIPBuilder.File("ppt/notesSlides/notesSlide1.xml", "<notes/>"),
      ZIPBuilder.File("ppt/slides/slide1.xml", "<sld show='0'/>"),
      ZIPBuilder.File("ppt/vbaProject.bin", [1, 2, 3]),
      ZIPBuilder.File("customXml/itemProps1.xml", "<d:datastoreItem xmlns:d='urn:d' d:itemID='{0011}'/>"),
      ZIPBuilder.File(
        "_xmlsignatures/sig1.xml",
        """
        <S><X509Certificate>\(base64(C2PATests.certificate))</X509Certificate><SignatureTime><Format/>\
        <Value>2024-04-28T21:09:02Z</Value></SignatureTime><City>Graz</City></S>
        """),
    ]
    let result = try examineWhole(ZIPBuilder(files).bytes)
    #expect(result.coverage == .read, "\(result.diagnostics)")
    #expect(result.texts(.person, .commenter) == ["Kim Example"])
    #expect(result.times(.edited) == [Timestamp(civilSeconds: 1_714_338_542)])
    #expect(Set(result.hidden(.hiddenContent)) == ["OOXML:Notes", "OOXML:HiddenSlide", "OOXML:Macros"])
    #expect(result.hidden(.password) == ["OOXML:ModifyVerifier"])
    #expect(result.texts(.link, .documentID) == ["{0011}"])
    #expect(result.times(.signed) == [Self.moment])
    #expect(result.texts(.place, .city) == ["Graz"])
    #expect(result.texts(.person, .signer) == ["Mara Example", "Example Daily"])
    #expect(result.texts(.contact, .email) == ["mara@example.org"])
  }

  @Test("a locked document is locked")
  func locked() throws {
    var file = CompoundFileBuilder()
    file.add("EncryptionInfo", [4, 0, 4, 0, 0x40, 0, 0, 0])
    file.add("EncryptedPackage", [UInt8](repeating: 0xA5, count: 5000))
    let result = try examineWhole(file.bytes)
    #expect(result.coverage == .encrypted && result.observations.isEmpty)
    #expect(examineDocument(file.bytes, as: Self.word).coverage == .encrypted)
  }

  @Test("is clean where nothing is said")
  func clean() throws {
    let files = [
      Self.types, ZIPBuilder.File("word/document.xml", "<w:document xmlns:w='urn:w'><w:p/></w:document>"),
      ZIPBuilder.File("docProps/core.xml", "<cp:coreProperties xmlns:cp='urn:cp'/>"),
      ZIPBuilder.File(
        "docProps/app.xml", "<Properties><Company></Company><TotalTime>0</TotalTime></Properties>"),
      ZIPBuilder.File("xl/workbook.xml", "<workbook><sheet name='a' state='visible'/></workbook>"),
    ]
    let result = try examineWhole(ZIPBuilder(files).bytes)
    #expect(result.coverage == .read && result.observations.isEmpty && result.diagnostics.isEmpty)
  }

  @Test("survives damage")
  func damaged() { surviveDocumentDamage(Self.document, as: Self.word) }
}
