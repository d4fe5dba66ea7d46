import Testing
import UntrailModel
import UntrailReaders

@Suite("Outlook messages")
struct OutlookTests {
  private static let type = "application/vnd.ms-outlook"
  private static let moment = Timestamp(civilSeconds: Int64(Leftover.moment), utcOffsetMinutes: 0)

  /// A message, recipient or attachment: texts and bytes by their number, and times.
  private struct Item {
    var texts: [Int: String] = [:]
    var narrow: [Int: [UInt8]] = [:]
    var data: [Int: [UInt8]] = [:]
    var times: [Int] = []
    var numbers: [Int: Int] = [:]
  }

  private static func digits(_ number: Int) -> String {
    let text = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: 4 - text.count) + text
  }

  private static func add(
    _ item: Item, to file: inout CompoundFileBuilder, in folder: [String] = [], headSize: Int
  ) {
    var properties = [UInt8](repeating: 0, count: headSize)
    func property(_ type: Int, _ id: Int, _ value: [UInt8]) {
      properties +=
        Leftover.little(type, 2) + Leftover.little(id, 2) + [6, 0, 0, 0] + Leftover.padded(value, 8)
    }
    for id in item.times { property(0x40, id, Leftover.little(Leftover.ticks, 8)) }
    for (id, number) in item.numbers.sorted(by: <) { property(3, id, Leftover.little(number, 4)) }
    for (id, text) in item.texts.sorted(by: <) {
      property(0x1F, id, Leftover.little(text.utf16.count * 2 + 2, 4))
      file.add("__substg1.0_\(digits(id))001F", Leftover.wide(text), in: folder)
    }
    for (id, text) in item.narrow.sorted(by: { $0.key < $1.key }) {
      property(0x1E, id, Leftover.little(text.count + 1, 4))
      file.add("__substg1.0_\(digits(id))001E", text, in: folder)
    }
    for (id, bytes) in item.data.sorted(by: { $0.key < $1.key }) {
      property(0x102, id, Leftover.little(bytes.count, 4))
      file.add("__substg1.0_\(digits(id))0102", bytes, in: folder)
    }
    file.add("__properties_version1.0", properties, in: folder)
  }

  /// - Parameter numbers: of properties with a number (nil for the name of the text) instead of one of their own.
  private static func addNames(_ names: [(number: Int?, name: String)], to file: inout CompoundFileBuilder) {
    var list: [UInt8] = []
    var texts: [UInt8] = []
    for (index, (number, name)) in names.enumerated() {
      list +=
        Leftover.little(number ?? texts.count, 4) + [number == nil ? 7 : 6, 0] + Leftover.little(index, 2)
      guard number == nil else { continue }
      let text = Leftover.little(2 * name.utf16.count, 4) + Leftover.wide(name)
      texts += Leftover.padded(text, (text.count + 3) / 4 * 4)
    }
    file.add("__substg1.0_00020102", [UInt8](repeating: 1, count: 16), in: ["__nameid_version1.0"])
    file.add("__substg1.0_00030102", list, in: ["__nameid_version1.0"])
    file.add("__substg1.0_00040102", texts, in: ["__nameid_version1.0"])
  }

  private static func message(_ item: Item) -> CompoundFileBuilder {
    var file = CompoundFileBuilder()
    add(item, to: &file, headSize: 32)
    return file
  }

  private static let headers = """
    Received: from laptop.lan (host.example.net [203.0.113.7]) by mx.example.com; Sun, 28 Apr 2024 23:09:05 +0200\r
    X-Mailer: Example Mail 3.1\r
    \r

    """

  private static var whole: [UInt8] {
    // 01, then the time to about six seconds, then the number of the conversation.
    let ticks = Leftover.little(Leftover.ticks, 8).reversed().prefix(6)
    var file = message(
      Item(
        texts: [
          0x001A: "IPM.Note", 0x0037: "Minutes", 0x0C1A: "Mara Example", 0x0C1F: "mara@example.org",
          0x0065: "/O=PRESS/OU=SITE/CN=RECIPIENTS/CN=MARA", 0x0E04: "Leo Example",
          0x1035: "<1.2@laptop.lan>", 0x007D: headers, 0x8000: "[192.168.7.20]", 0x8001: "Room 7",
        ],
        data: [0x0071: ticks + [UInt8](1...16)], times: [0x0039, 0x3007]))
    addNames([(nil, "x-originating-ip"), (0x8208, "")], to: &file)
    add(
      Item(texts: [0x3001: "Leo Example", 0x39FE: "leo@example.com"]), to: &file,
      in: ["__recip_version1.0_#00000000"], headSize: 8)
    add(
      Item(
        texts: [0x3707: "tower.jpg", 0x370D: "C:\\Users\\mara\\tower.jpg"], data: [0x3701: pictureOfTower()],
        times: [0x3008]), to: &file, in: ["__attach_version1.0_#00000000"], headSize: 8)
    add(
      Item(texts: [0x3001: "old"], numbers: [0x3705: 5]), to: &file, in: ["__attach_version1.0_#00000001"],
      headSize: 8)
    add(
      Item(texts: [0x0037: "Before", 0x0C1A: "Ina Example"], times: [0x0039]), to: &file,
      in: ["__attach_version1.0_#00000001", "__substg1.0_3701000D"], headSize: 24)
    return file.bytes
  }

  @Test("people, addresses, times, the way, attachments, a message inside")
  func reads() throws {
    let result = try examineWhole(Self.whole)
    #expect(result.coverage == .read && result.diagnostics.isEmpty, "\(result.diagnostics)")
    #expect(result.texts(.person, .sender) == ["Mara Example"])
    #expect(result.texts(.person, .recipient) == ["Leo Example"])
    #expect(result.texts(.contact, .email) == ["mara@example.org", "leo@example.com"])
    #expect(result.texts(.contact, .account) == ["/O=PRESS/OU=SITE/CN=RECIPIENTS/CN=MARA"])
    #expect(result.texts(.text, .subject) == ["Minutes"])
    #expect(result.texts(.link, .messageID) == ["<1.2@laptop.lan>"])
    #expect(result.texts(.link, .mediaGroup) == ["0102030405060708090a0b0c0d0e0f10"])
    #expect(result.times(.sent) == [Self.moment])
    #expect(result.times(.created).contains(Self.moment))
    #expect(result.times(.created).allSatisfy { abs($0.civilSeconds - Self.moment.civilSeconds) < 10 })
    #expect(result.times(.modified) == [Self.moment])
    #expect(Set(result.texts(.network, .ipAddress)) == ["192.168.7.20", "203.0.113.7"])
    #expect(result.texts(.device, .host) == ["laptop.lan"])
    #expect(result.texts(.software, .mailer) == ["Example Mail 3.1"])
    #expect(result.texts(.place, .landmark) == ["Room 7"])
    #expect(result.texts(.link, .originalFileName) == ["tower.jpg", "old"])
    #expect(result.texts(.link, .path) == ["C:\\Users\\mara\\tower.jpg"])
    #expect(result.hidden(.attachment) == ["MSG:Attachment"])
    #expect(result.field(of: "Mara Example") == "MSG:SenderName")
    #expect(isAtTower(result.member("tower.jpg")))
    let inner = result.member("old")
    #expect(inner?.texts(.person, .sender) == ["Ina Example"] && inner?.times(.sent) == [Self.moment])
  }

  @Test("a contact: numbers, towns, birthday, addresses")
  func readsContact() throws {
    var file = Self.message(
      Item(
        texts: [
          0x001A: "IPM.Contact", 0x3001: "Ina Example", 0x3A16: "Example Press", 0x3A17: "Editor",
          0x3A1C: "+43 316 000000", 0x3A27: "Graz", 0x3A26: "Austria", 0x8000: "ina@example.org",
        ], times: [0x3A42]))
    Self.addNames([(0x8083, "")], to: &file)
    let result = try examineWhole(file.bytes)
    #expect(result.texts(.person, .contact) == ["Ina Example"])
    #expect(result.texts(.person, .organization) == ["Example Press"])
    #expect(result.texts(.text, .jobTitle) == ["Editor"])
    #expect(result.texts(.contact, .phone) == ["+43 316 000000"])
    #expect(result.texts(.contact, .email) == ["ina@example.org"])
    #expect(result.texts(.place, .city) == ["Graz"] && result.texts(.place, .country) == ["Austria"])
    #expect(result.times(.birthday) == [Self.moment])
  }

  @Test("texts of one byte a character are in the code page of the message")
  func codePage() {
    let item = Item(narrow: [0x0C1A: [0x8E, 0x52, 0x93, 0x63]], numbers: [0x3FFD: 932])
    let result = examineDocument(Self.message(item).bytes, as: Self.type)
    #expect(result.texts(.person, .sender) == ["山田"])
  }

  @Test("is clean where nothing is said")
  func clean() throws {
    let result = try examineWhole(Self.message(Item(numbers: [0x0E07: 1])).bytes)
    #expect(result.coverage == .read && result.observations.isEmpty && result.diagnostics.isEmpty)
  }

  @Test("survives damage")
  func damaged() { surviveDocumentDamage(Self.whole, as: Self.type) }
}
