import Testing
import UntrailModel
import UntrailReaders

@Suite("property sets of OLE2")
struct PropertySetTests {
  private typealias Build = PropertySetBuilder

  private static let type = "application/x-ole-storage"
  private static let moment = Timestamp(civilSeconds: Int64(Leftover.moment), utcOffsetMinutes: 0)

  private static func file(_ summary: [Build.Property], _ document: [[Build.Property]] = []) -> [UInt8] {
    var file = CompoundFileBuilder()
    file.add("\u{5}SummaryInformation", Build.set([summary]))
    if !document.isEmpty { file.add("\u{5}DocumentSummaryInformation", Build.set(document)) }
    return file.bytes
  }

  private static let summary: [Build.Property] = [
    Build.codePage(1252), (2, Build.text("Minutes")), (4, Build.text([0x4D, 0xE4, 0x72, 0x61])),
    (7, Build.text("\\\\server\\press\\Press.dot")), (8, Build.wide("Leo Example")), (9, Build.text("7")),
    (10, Build.time(42 * 600_000_000)), (11, Build.time(Leftover.ticks)), (12, Build.time(Leftover.ticks)),
    (13, Build.time(Leftover.ticks)), (18, Build.text("Pen Office")),
    (17, Build.bytes(71, [0xFF, 0xFF, 0xFF, 0xFF, 3, 0, 0, 0] + pictureOfTower())),
  ]

  private static var document: [[Build.Property]] {
    let links =
      Leftover.little(6, 4)
      + (0..<6).flatMap { index in
        index == 4 ? Build.wide("mailto:ina@example.org") : Build.number(0)
      }
    return [
      [
        Build.codePage(1252), (14, Build.text("Ina Example")), (15, Build.text("Example Press")),
        (9, Build.number(2)), (23, Build.number(0x000B_1FDE)),
      ],
      [
        Build.names([(2, "_PID_HLINKS"), (3, "Owner"), (4, "Case"), (5, "_PID_LINKBASE")]),
        Build.codePage(1252), (2, Build.bytes(65, links)), (3, Build.text("Sam Example")),
        (4, Build.time(Leftover.ticks)), (5, Build.bytes(65, Leftover.wide("C:\\Desk\\") + [0, 0])),
      ],
    ]
  }

  @Test("people, times, programs, links, a thumbnail with a place")
  func reads() throws {
    let result = try examineWhole(Self.file(Self.summary, Self.document))
    #expect(result.coverage == .read && result.diagnostics.isEmpty, "\(result.diagnostics)")
    #expect(result.texts(.person, .author) == ["Mära"])
    #expect(result.texts(.person, .editor) == ["Leo Example"])
    #expect(result.texts(.person, .manager) == ["Ina Example"])
    #expect(result.texts(.person, .organization) == ["Example Press"])
    #expect(result.texts(.person, .owner) == ["Sam Example"])
    #expect(result.texts(.contact, .email) == ["ina@example.org"])
    for role in [Role.created, .modified, .printed, .edited] { #expect(result.times(role) == [Self.moment]) }
    #expect(result.texts(.text, .history) == ["7", "42 min"])
    #expect(result.texts(.link, .template) == ["\\\\server\\press\\Press.dot"])
    #expect(result.texts(.link, .path) == ["\\\\server\\press\\Press.dot", "C:\\Desk\\"])
    #expect(result.texts(.software, .generator) == ["Pen Office", "11.8158"])
    #expect(result.hidden(.hiddenContent) == ["OLE:HiddenSlides"])
    #expect(result.hidden(.thumbnail) == ["OLE:ThumbnailClip"])
    #expect(isAtTower(result.member("SummaryInformation/Thumbnail")))
    #expect(result.field(of: "Mära") == "OLE:Author")
  }

  @Test(
    "texts in the code page of the set",
    arguments: [
      (932, [0x8E, 0x52, 0x93, 0x63], "山田"), (932, [0xFB, 0xFC, 0x8B, 0xB4], "髙橋"),
      (936, [0xC0, 0xEE, 0xC3, 0xF7], "李明"), (949, [0xB1, 0xE8, 0x8C, 0x63], "김똠"),
      (950, [0xA7, 0xF5, 0xA9, 0xFA], "李明"), (1251, [0xC8, 0xED, 0xE0], "Ина"),
      (1254, [0xDE, 0x65, 0x6E], "Şen"), (65001, [0xC3, 0xA4], "ä"), (1252, [0xE4], "ä"),
      (54_936, [0xC0, 0xEE], "李"),
    ] as [(Int, [UInt8], String)])
  func codePages(_ number: Int, _ bytes: [UInt8], _ text: String) {
    let result = examineDocument(
      Self.file([Build.codePage(number), (4, Build.text(bytes))]), as: Self.type)
    #expect(result.texts(.person, .author) == [text])
  }

  @Test("when the file was changed, as its root says")
  func root() {
    var file = CompoundFileBuilder()
    file.rootTicks = Leftover.ticks
    file.add("\u{5}SummaryInformation", Build.set([[]]))
    let result = examineDocument(file.bytes, as: Self.type)
    #expect(result.times(.modified) == [Self.moment])
    #expect(result.observations.map(\.field) == ["OLE:RootModifyDate"])
  }

  @Test("is clean where nothing is said")
  func clean() throws {
    let result = try examineWhole(
      Self.file(
        [Build.codePage(1252), (4, Build.text("")), (10, Build.time(0)), (12, Build.time(0))], [[], []]))
    #expect(result.coverage == .read && result.observations.isEmpty && result.diagnostics.isEmpty)
  }

  @Test("survives damage")
  func damaged() { surviveDocumentDamage(Self.file(Self.summary, Self.document), as: Self.type) }
}
