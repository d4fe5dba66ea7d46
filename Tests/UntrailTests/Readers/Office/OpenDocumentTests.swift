import Testing
import UntrailModel
import UntrailReaders

@Suite("OpenDocument")
struct OpenDocumentTests {
  private static let type = "application/vnd.oasis.opendocument.text"
  private static let moment = Timestamp(civilSeconds: 1_714_345_742)

  private static let meta = """
    <office:document-meta xmlns:office="urn:o" xmlns:meta="urn:m" xmlns:dc="urn:d" xmlns:xlink="urn:x">\
    <office:meta><meta:generator>LibreWriter 7.4</meta:generator>\
    <meta:initial-creator>Mara Example</meta:initial-creator><dc:creator>Leo Example</dc:creator>\
    <meta:creation-date>2024-04-26T08:00:00</meta:creation-date><dc:date>2024-04-28T23:09:02.123456789</dc:date>\
    <meta:printed-by>Ina Example</meta:printed-by><meta:print-date>2024-04-27T08:00:00</meta:print-date>\
    <dc:title>Minutes</dc:title><meta:editing-cycles>7</meta:editing-cycles>\
    <meta:editing-duration>PT42M</meta:editing-duration>\
    <meta:template xlink:href="file:///home/mara/press.ott" xlink:title="Press"/>\
    <meta:user-defined meta:name="Owner">Sam Example</meta:user-defined></office:meta></office:document-meta>
    """
  private static let content = """
    <office:document-content xmlns:office="urn:o" xmlns:text="urn:t" xmlns:dc="urn:d" xmlns:draw="urn:w" \
    xmlns:xlink="urn:x" xmlns:meta="urn:m"><office:body><text:tracked-changes><text:changed-region>\
    <text:deletion><office:change-info><dc:creator>Rita Example</dc:creator><dc:date>2024-04-28T23:09:02</dc:date>\
    </office:change-info></text:deletion></text:changed-region></text:tracked-changes>\
    <office:annotation><dc:creator>Kim Example</dc:creator><dc:date>2024-04-29T06:00:00</dc:date>\
    <meta:creator-initials>KE</meta:creator-initials></office:annotation>\
    <text:a xlink:href="mailto:leo@example.org">Leo</text:a>\
    <draw:image xlink:href="https://track.example/1.png"/><draw:image xlink:href="Pictures/1.jpg"/>\
    <text:section text:display="none"/></office:body></office:document-content>
    """
  private static let settings = """
    <office:document-settings xmlns:office="urn:o" xmlns:config="urn:c"><office:settings>\
    <config:config-item config:name="PrinterName">Laser 2</config:config-item>\
    <config:config-item config:name="Rsid">1234567</config:config-item>\
    <config:config-item config:name="PrintFaxName"></config:config-item></office:settings>\
    </office:document-settings>
    """
  private static let manifest = "<manifest:manifest xmlns:manifest='urn:f'/>"

  private static func document(_ parts: [(String, String)]) -> ZIPBuilder {
    ZIPBuilder([ZIPBuilder.File("mimetype", type)] + parts.map { ZIPBuilder.File($0.0, $0.1) })
  }

  private static var text: [UInt8] {
    var builder = document([
      ("meta.xml", meta), ("content.xml", content), ("settings.xml", settings),
      ("META-INF/manifest.xml", manifest),
    ])
    builder.files.append(ZIPBuilder.File("Pictures/1.jpg", pictureOfTower()))
    builder.files.append(ZIPBuilder.File("Thumbnails/thumbnail.png", Container.png([])))
    return builder.bytes
  }

  private static var flat: [UInt8] {
    let picture = base64(pictureOfTower())
    let text =
      "<office:document xmlns:office='urn:o'>\(meta)\(settings)\(content)"
      + "<office:binary-data>\(picture)</office:binary-data></office:document>"
    return Array(text.utf8)
  }

  private func expectFacts(_ result: Examination) {
    #expect(result.texts(.person, .author) == ["Mara Example", "Ina Example"])
    #expect(result.texts(.person, .editor) == ["Leo Example"])
    #expect(result.texts(.person, .reviser) == ["Rita Example"])
    #expect(result.texts(.person, .commenter) == ["Kim Example"])
    #expect(result.texts(.person, .owner) == ["Sam Example"])
    #expect(result.texts(.contact, .email) == ["leo@example.org"])
    #expect(result.times(.created) == [Timestamp(civilSeconds: 1_714_118_400)])
    #expect(result.times(.modified).map(\.civilSeconds) == [Self.moment.civilSeconds])
    #expect(result.times(.printed) == [Timestamp(civilSeconds: 1_714_204_800)])
    #expect(Set(result.times(.edited)) == [Self.moment, Timestamp(civilSeconds: 1_714_370_400)])
    #expect(Set(result.texts(.link, .template)) == ["/home/mara/press.ott", "Press"])
    #expect(result.texts(.link, .path) == ["/home/mara/press.ott"])
    #expect(result.texts(.link, .networkLink) == ["https://track.example/1.png"])
    #expect(result.texts(.link, .revisionID) == ["1234567"])
    #expect(result.texts(.device, .printer) == ["Laser 2"])
    #expect(result.texts(.software, .generator) == ["LibreWriter 7.4"])
    #expect(Set(result.texts(.text, .history)) == ["7", "PT42M"])
    #expect(result.hidden(.earlierRevision) == ["ODF:Deletion"])
    #expect(result.hidden(.hiddenContent) == ["ODF:HiddenSection"])
    #expect(result.field(of: "Mara Example") == "ODF:InitialCreator")
  }

  @Test("people, times, changes, comments, printers, paths, files inside")
  func reads() throws {
    let result = try examineWhole(Self.text)
    #expect(result.mediaType.name == Self.type && result.coverage == .read, "\(result.diagnostics)")
    expectFacts(result)
    #expect(result.hidden(.thumbnail) == ["ODF:Thumbnail"])
    #expect(isAtTower(result.member("Pictures/1.jpg")))
  }

  @Test("the same in one file, with a picture in Base64")
  func readsFlat() {
    let result = examineDocument(Self.flat, as: Self.type + "-flat-xml")
    #expect(result.coverage == .read, "\(result.diagnostics)")
    expectFacts(result)
    #expect(isAtTower(result.member("binary-data-1")))
  }

  @Test("a locked document is locked, and what is open of it is read")
  func locked() throws {
    let entry = """
      <manifest:manifest xmlns:manifest="urn:f"><manifest:file-entry manifest:full-path="content.xml">\
      <manifest:encryption-data/></manifest:file-entry></manifest:manifest>
      """
    let builder = Self.document([
      ("content.xml", "\u{1}\u{2}\u{3}"), ("meta.xml", "<?xml version='1.0'?>" + Self.meta),
      ("META-INF/manifest.xml", entry), ("Pictures/1.jpg", "\u{4}\u{5}"),
    ])
    let result = try examineWhole(builder.bytes)
    #expect(result.coverage == .encrypted && result.members.isEmpty)
    #expect(result.texts(.person, .author) == ["Mara Example", "Ina Example"])
  }

  @Test("is clean where nothing is said")
  func clean() throws {
    let builder = Self.document([
      ("meta.xml", "<office:document-meta xmlns:office='urn:o'><office:meta/></office:document-meta>"),
      ("content.xml", "<office:document-content xmlns:office='urn:o'/>"),
      ("META-INF/manifest.xml", Self.manifest),
    ])
    let result = try examineWhole(builder.bytes)
    #expect(result.mediaType.name == Self.type && result.coverage == .read)
    #expect(result.observations.isEmpty && result.diagnostics.isEmpty)
  }

  @Test("survives damage")
  func damaged() { surviveDocumentDamage(Self.text, as: Self.type) }

  @Test("one file survives damage")
  func damagedFlat() { surviveDocumentDamage(Self.flat, as: Self.type + "-flat-xml") }
}
