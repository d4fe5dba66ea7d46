import Testing
import UntrailIdentify
import UntrailModel
import UntrailReaders

/// Chats that WhatsApp exports.
@Suite("WhatsApp chats")
struct WhatsAppTests {
  private static let iPhone = """
    \u{200E}[2026-07-14, 10:12:44] Sam Sample: Meet me here
    [2026-07-14, 10:13:01] Sam Sample: \u{200E}Location: https://maps.google.com/?q=48.858370,2.294481
    goes on: with a second line
    [2026-07-14, 10:14:00] +1 (202) 555-0143: Coming

    """
  private static let android = """
    14/07/2026, 10:12 - Sam Sample: location: https://maps.google.com/?q=51.500833,-0.121944
    14/07/2026, 10:13 - Mara Example: ok
    14/07/2026, 10:14 - Mara Example: see you

    """

  @Test("people, numbers and places, the day only where it is certain")
  func reads() throws {
    let result = read(Array(Self.iPhone.utf8), as: "text/x-whatsapp-chat")
    #expect(result.texts(.person, .participant) == ["Sam Sample"])
    #expect(result.texts(.contact, .phone) == ["+1 (202) 555-0143"])
    let place = try #require(result.locations.first)
    #expect(place.coordinate.latitude == 48.85837 && place.coordinate.longitude == 2.294481)
    #expect(place.time?.civilSeconds == 1_784_023_981)
    let other = read(Array(Self.android.utf8), as: "text/x-whatsapp-chat")
    #expect(other.texts(.person, .participant) == ["Sam Sample", "Mara Example"])
    #expect(other.locations.map(\.coordinate.longitude) == [-0.121944])
    // One day behind the twelfth tells the order of all.
    #expect(other.locations.first?.time?.civilSeconds == 1_784_023_920)
    #expect(other.locations.first?.time?.precision == .minute)
    #expect(other.observations.allSatisfy { $0.kind != .location || $0.role == .shared })
  }

  @Test(
    "dates of several languages",
    arguments: [
      "[14.07.26, 10:12:00] ", "[7/14/26, 10:12:00\u{202F}AM] ", "14/07/2026 à 10:12 - ",
      "2026-07-14 10:12 - ",
      "\u{661}\u{664}\u{200F}/\u{667}\u{200F}/\u{662}\u{660}\u{662}\u{666}\u{60C} \u{661}\u{660}:\u{661}\u{662} \u{635} - ",
      "2026/7/14 上午10:12 - ", "14.07.2026 10:12 - ",
    ])
  func dates(_ stamp: String) {
    let result = read(
      Array((stamp + "Sam Sample: https://maps.google.com/?q=51.500833,-0.121944\n").utf8),
      as: "text/x-whatsapp-chat")
    #expect(result.locations.first?.time?.civilSeconds == 1_784_023_920)
  }

  @Test("a day that could be two is not told")
  func ambiguousDay() {
    let result = read(
      Array("07/08/2026, 10:12 - Sam Sample: https://maps.google.com/?q=51.500833,-0.121944\n".utf8),
      as: "text/x-whatsapp-chat")
    #expect(result.locations.count == 1 && result.locations.first?.time == nil)
  }

  @Test("files, names of places, names that people gave themselves")
  func parts() {
    let result = read(
      Array(
        """
        \u{200E}[2026-07-14, 10:12:44] ~\u{202F}Sam: \u{200E}<attached: 01-PHOTO-2026-07-14.jpg>
        14/07/2026, 10:13 - Sam: IMG-20260714-WA0001.jpg (file attached)
        14/07/2026, 10:13 - Sam: Museum (Quai 1, Paris): https://foursquare.com/v/4ac518cef964a52019a620e3
        14/07/2026, 10:14 - \u{202A}+1 202-555-0143\u{202C}: well (really)

        """.utf8), as: "text/x-whatsapp-chat")
    #expect(result.texts(.link, .attachment) == ["01-PHOTO-2026-07-14.jpg", "IMG-20260714-WA0001.jpg"])
    #expect(result.texts(.place, .landmark) == ["Museum"])
    #expect(result.texts(.person, .participant) == ["Sam"])
    #expect(result.texts(.contact, .phone) == ["+1 202-555-0143"])
  }

  @Test("a chat without places gives none, and 0, 0 is none")
  func clean() {
    let text = "[2026-07-14, 10:12:44] Sam: a\n[2026-07-14, 10:12:45] Sam: https://maps.google.com/?q=0,0\n"
    let result = read(Array(text.utf8), as: "text/x-whatsapp-chat")
    #expect(result.locations.isEmpty && result.codes == ["null-island"])
  }

  @Test("cut at every length and with bytes changed")
  func damaged() {
    surviveCuts(Array(Self.android.utf8), as: "text/x-whatsapp-chat", tolerance: 1)
    surviveChanges(Array(Self.iPhone.utf8), as: "text/x-whatsapp-chat")
  }

  @Test(
    "chats are told from notes and logs",
    arguments: [
      (iPhone, true), (android, true),
      ("10:12 - breakfast: eggs\n11:00 - train: 12\n12:00 - lunch: soup\n", false),
      (
        "2026-07-14 10:12:44 kernel: up\n2026-07-14 10:12:45 kernel: net\n2026-07-14 10:12:46 kernel: ok\n",
        false
      ),
    ])
  func sniff(text: String, isChat: Bool) throws {
    let identifier = try Identifier(database: try MagicDatabase.open())
    let bytes = Array(text.utf8)
    let type = try bytes.withUnsafeBytes { try identifier.identify($0, byteCount: bytes.count) }
    #expect((type.name == "text/x-whatsapp-chat") == isChat)
  }
}
