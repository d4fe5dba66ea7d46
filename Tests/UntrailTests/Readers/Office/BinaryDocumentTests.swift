import Testing
import UntrailModel
import UntrailReaders

@Suite("Word, Excel and PowerPoint to 2003")
struct BinaryDocumentTests {
  private static let minute = Timestamp(civilSeconds: 1_714_345_740, precision: .minute)
  /// 2024-04-28T23:09, Sunday.
  private static let dateWord = 9 | 23 << 6 | 28 << 11 | 4 << 16 | 124 << 20

  // MARK: Word

  /// - Parameter values: what stands in the table, by the number of its pair.
  private static func word(_ values: [Int: [UInt8]], flags: Int = 0x0200) -> CompoundFileBuilder {
    var pairs = [UInt8](repeating: 0, count: 93 * 8)
    var table: [UInt8] = []
    for (index, value) in values.sorted(by: { $0.key < $1.key }) {
      let pair = Leftover.little(table.count, 4) + Leftover.little(value.count, 4)
      pairs.replaceSubrange((8 * index)..<(8 * index + 8), with: pair)
      table += value
    }
    var head: [UInt8] = [0xEC, 0xA5, 0xC1, 0] + [UInt8](repeating: 0, count: 6) + Leftover.little(flags, 2)
    head = Leftover.padded(head, 32) + Leftover.little(14, 2) + [UInt8](repeating: 0, count: 28)
    head += Leftover.little(22, 2) + [UInt8](repeating: 0, count: 88) + Leftover.little(93, 2) + pairs
    var file = CompoundFileBuilder()
    file.add("WordDocument", head)
    file.add("1Table", table)
    return file
  }

  private static func list(_ texts: [String]) -> [UInt8] {
    [0xFF, 0xFF] + Leftover.little(texts.count, 2) + [0, 0]
      + texts.flatMap { Leftover.little($0.utf16.count, 2) + Leftover.wide($0) }
  }

  private static var letter: [UInt8] {
    let owner = "Kim Example"
    var properties = [UInt8](repeating: 0, count: 84)
    properties.replaceSubrange(20..<24, with: Leftover.little(dateWord, 4))
    properties.replaceSubrange(24..<28, with: Leftover.little(dateWord, 4))
    var file = word([
      27: Array("Laser 2\0LPT1:\0".utf8), 31: properties,
      32: list(["", "Press.dot", "Minutes", "", "", "", "Mara Example", "Leo Example"]),
      36: Leftover.little(owner.utf16.count, 2) + Leftover.wide(owner),
      51: list(["Unknown", "Rita Example"]),
      71: list(["Sam Example", "C:\\Users\\sam\\a.doc", "Leo Example", "\\\\server\\b.doc"]),
    ])
    let blip =
      [0xA0, 0x46, 0x1D, 0xF0] + Leftover.little(17 + pictureOfTower().count, 4)
      + [UInt8](repeating: 1, count: 17) + pictureOfTower()
    file.add("Data", [UInt8](repeating: 0, count: 40) + blip)
    file.add("dir", [1], in: ["Macros", "VBA"])
    file.add("Package", pictureOfTower(), in: ["ObjectPool", "_1"])
    return file.bytes
  }

  @Test("Word: who saved it where, who revised and commented, printers, macros, files inside")
  func readsWord() throws {
    let result = try examineWhole(Self.letter)
    #expect(result.coverage == .read && result.diagnostics.isEmpty, "\(result.diagnostics)")
    #expect(result.texts(.person, .author) == ["Mara Example"])
    #expect(result.texts(.person, .editor) == ["Sam Example", "Leo Example"])
    #expect(result.texts(.person, .reviser) == ["Rita Example"])
    #expect(result.texts(.person, .commenter) == ["Kim Example"])
    #expect(result.texts(.link, .path) == ["C:\\Users\\sam\\a.doc", "\\\\server\\b.doc"])
    #expect(result.texts(.link, .template) == ["Press.dot"])
    #expect(result.texts(.device, .printer) == ["Laser 2"])
    #expect(result.times(.created) == [Self.minute] && result.times(.modified) == [Self.minute])
    #expect(result.hidden(.hiddenContent) == ["OLE:Macros"])
    #expect(result.hidden(.embeddedFile) == ["OLE:EmbeddedObject"])
    #expect(isAtTower(result.member("Data/1")))
    #expect(isAtTower(result.member("ObjectPool/_1/Package")))
  }

  // MARK: Excel

  private static func record(_ id: Int, _ body: [UInt8]) -> [UInt8] {
    Leftover.little(id, 2) + Leftover.little(body.count, 2) + body
  }

  private static let first = record(0x0809, [0, 6, 5, 0] + [UInt8](repeating: 0, count: 12))

  private static func excel(_ records: [UInt8]) -> [UInt8] {
    var file = CompoundFileBuilder()
    file.add("Workbook", first + records + record(0x000A, []))
    return file.bytes
  }

  private static func text(_ text: String) -> [UInt8] {
    Leftover.little(text.utf16.count, 2) + [1] + Leftover.wide(text)
  }

  private static var table: [UInt8] {
    let path = "\u{1}\u{1}CUsers\u{3}mara\u{3}data.xls"
    let printer = Leftover.padded(Leftover.wide("Laser 2"), 64) + [1, 4, 0, 6, 0xDC, 0] + [0, 0, 3]
    let name = [UInt8(0x4A), 0x6F, 0x73, 0xE9]
    return excel(
      record(0x005C, Leftover.padded(Leftover.little(4, 2) + [0] + name, 112))
        + record(0x005B, [0, 0, 0xCC, 0x1A] + text("Mara Example"))
        + record(0x0085, [0, 0, 0, 0, 2, 0, 1, 0, 0x61])
        + record(0x01AE, [1, 0] + text(path)) + record(0x004D, [0, 0] + printer)
        + record(0x001C, [0, 0, 0, 0, 0, 0, 1, 0] + text("Kim Example")))
  }

  @Test("Excel: who had it open, hidden sheets, other workbooks, printers, comments")
  func readsExcel() throws {
    let result = try examineWhole(Self.table)
    #expect(result.coverage == .read && result.diagnostics.isEmpty, "\(result.diagnostics)")
    #expect(result.texts(.person, .editor) == ["José"])
    #expect(result.texts(.person, .account) == ["Mara Example"])
    #expect(result.texts(.person, .commenter) == ["Kim Example"])
    #expect(result.texts(.link, .path) == ["C:\\Users\\mara\\data.xls"])
    #expect(result.texts(.device, .printer) == ["Laser 2"])
    #expect(result.hidden(.hiddenContent) == ["OLE:HiddenSheet"])
  }

  // MARK: PowerPoint

  private static func record(_ type: Int, _ head: Int, _ body: [UInt8]) -> [UInt8] {
    Leftover.little(head, 2) + Leftover.little(type, 2) + Leftover.little(body.count, 4) + body
  }

  private static func user(_ token: Int) -> [UInt8] {
    let name = "Leo Example"
    var body = Leftover.little(0x14, 4) + Leftover.little(token, 4) + Leftover.little(0, 4)
    body += Leftover.little(name.utf8.count, 2) + Leftover.little(0x03F4, 2) + [3, 0, 0, 0]
    return record(0x0FF6, 0, body + Array(name.utf8) + Leftover.little(8, 4) + Leftover.wide(name))
  }

  private static var show: [UInt8] {
    let time = [2024, 4, 0, 28, 23, 9, 2, 0].flatMap { Leftover.little($0, 2) }
    let comment =
      record(0x0FBA, 0, Leftover.wide("Kim Example")) + record(0x0FBA, 0x10, Leftover.wide("secret"))
      + record(0x2EE1, 0, [1, 0, 0, 0] + time + [UInt8](repeating: 0, count: 8))
    let slide = record(0x03F9, 0, Leftover.padded([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0], 16))
    var file = CompoundFileBuilder()
    file.add("Current User", user(0xE391_C05F))
    file.add(
      "PowerPoint Document",
      record(0x03E8, 0xF, record(0x2EE0, 0xF, comment) + slide) + record(0x03F0, 0xF, []))
    return file.bytes
  }

  @Test("PowerPoint: who saved it, comments, notes, hidden slides")
  func readsPowerPoint() throws {
    let result = try examineWhole(Self.show)
    #expect(result.coverage == .read && result.diagnostics.isEmpty, "\(result.diagnostics)")
    #expect(result.texts(.person, .editor) == ["Leo Example"])
    #expect(result.texts(.person, .commenter) == ["Kim Example"])
    #expect(result.times(.edited) == [Timestamp(civilSeconds: 1_714_345_742)])
    #expect(Set(result.hidden(.hiddenContent)) == ["OLE:HiddenSlide", "OLE:Notes"])
  }

  // MARK: All three

  @Test("locked documents are locked")
  func locked() {
    let word = Self.word([51: Self.list(["Unknown", "Rita Example"])], flags: 0x0300).bytes
    let excel = Self.excel(Self.record(0x002F, [1, 0]) + Self.record(0x005C, Self.text("x")))
    var show = CompoundFileBuilder()
    show.add("Current User", Self.user(0xF3D1_C4DF))
    for file in [word, excel, show.bytes] {
      #expect(examineDocument(file, as: "application/x-ole-storage").coverage == .encrypted)
    }
  }

  @Test("is clean where nothing is said")
  func clean() throws {
    var show = CompoundFileBuilder()
    show.add("PowerPoint Document", Self.record(0x03E8, 0xF, []))
    let visible = Self.record(0x0085, [0, 0, 0, 0, 0, 0, 1, 0, 0x61])
    let word = Self.word([31: [UInt8](repeating: 0, count: 84), 51: Self.list(["Unknown"])]).bytes
    for file in [word, Self.excel(visible), show.bytes] {
      let result = try examineWhole(file)
      #expect(result.coverage == .read && result.observations.isEmpty && result.diagnostics.isEmpty)
    }
  }

  @Test("a dropped file has the paths that it came from")
  func readsPackage() {
    let path = Array("C:\\Users\\mara\\tower.jpg\0".utf8)
    let native =
      [0, 0, 0, 0, 2, 0] + Array("tower.jpg\0".utf8) + path + [0, 0, 3, 0] + Leftover.little(path.count, 4)
      + path + Leftover.little(pictureOfTower().count, 4) + pictureOfTower()
    var file = CompoundFileBuilder()
    file.add("\u{1}Ole10Native", native, in: ["ObjectPool", "_1"])
    let result = examineDocument(file.bytes, as: "application/msword")
    #expect(result.texts(.link, .originalFileName) == ["tower.jpg"])
    #expect(result.texts(.link, .path) == ["C:\\Users\\mara\\tower.jpg"])
    #expect(result.hidden(.embeddedFile) == ["OLE:EmbeddedFile"])
    #expect(isAtTower(result.member("tower.jpg")))
  }

  @Test("survives damage", arguments: [0, 1, 2])
  func damaged(kind: Int) {
    surviveDocumentDamage([Self.letter, Self.table, Self.show][kind], as: "application/x-ole-storage")
  }
}
