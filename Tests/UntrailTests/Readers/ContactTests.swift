import Testing
import UntrailModel
import UntrailReaders

@Suite("Contacts")
struct ContactTests {
  private static let mediaType = "text/vcard"

  private static let card = Calendar.card([
    "PRODID:-//Example//Contacts 2//EN", "N:Example;Mara;Ada;Dr.;", "FN:Dr. Mara Example", "NICKNAME:Mari",
    "ORG:Example Press;Desk 4", "TITLE:Reporter", "BDAY:1985-04-12", "TEL;TYPE=CELL:+43 1 5550100",
    "item1.EMAIL;TYPE=INTERNET:mara@example.org", "item1.X-ABLabel:_$!<Other>!$_",
    "ADR;TYPE=HOME:;;Stephansplatz 3;Wien;;1010;Austria", "LABEL;TYPE=HOME:Stephansplatz 3\\n1010 Wien",
    "GEO:48.2085;16.3731", "TZ:+01:00", "URL:https://example.org/mara",
    "IMPP;X-SERVICE-TYPE=Jabber:xmpp:mara@chat.example",
    "X-SOCIALPROFILE;TYPE=twitter;X-USER=maraex:https://twitter.com/maraex", "X-AIM:mara4711",
    "NOTE:Met\\, in Graz",
    "UID:card-1", "REV:20270101T120000Z",
  ])

  @Test func readsACard() throws {
    let result = read(Self.card, as: Self.mediaType)
    #expect(result.diagnostics.isEmpty)
    #expect(result.texts(.person, .contact) == ["Dr. Mara Example", "Mari"])
    #expect(result.text(.contact, .phone) == "+43 1 5550100")
    #expect(result.text(.contact, .email) == "mara@example.org")
    #expect(
      result.texts(.contact, .address) == [
        "Stephansplatz 3, Wien, 1010, Austria", "Stephansplatz 3\n1010 Wien",
      ])
    #expect(result.text(.place, .city) == "Wien")
    #expect(result.text(.place, .country) == "Austria")
    #expect(result.locations.map(\.coordinate) == [Coordinate(latitude: 48.2085, longitude: 16.3731)])
    #expect(result.text(.text, .timeZone) == "+01:00")
    #expect(result.observations.contains { $0.fact == .utcOffset(60) })
    #expect(result.text(.text, .birthday) == "1985-04-12")
    #expect(result.texts(.text, .jobTitle) == ["Example Press, Desk 4", "Reporter"])
    #expect(result.text(.text, .comment) == "Met, in Graz")
    #expect(
      result.texts(.contact, .account) == [
        "xmpp:mara@chat.example", "https://twitter.com/maraex", "mara4711",
      ])
    #expect(result.text(.person, .account) == "maraex")
    #expect(result.text(.contact, .url) == "https://example.org/mara")
    #expect(result.text(.link, .documentID) == "card-1")
    #expect(result.text(.software, .generator) == "-//Example//Contacts 2//EN")
    #expect(result.timestamp(.modified)?.utcOffsetMinutes == 0)
    let place = try #require(result.observations.first { $0.field == "VCARD:TEL" }?.offset)
    #expect(Self.card[place...].starts(with: "+43 1 5550100".utf8))
  }

  @Test func isClean() {
    let result = read(Calendar.card([]), as: Self.mediaType)
    #expect(result.observations.isEmpty)
    #expect(result.diagnostics.isEmpty)
  }

  @Test func survivesDamage() {
    surviveDamage(Self.card, as: Self.mediaType)
    for length in 1..<(Self.card.count - 2) {
      #expect(read(Array(Self.card.prefix(length)), as: Self.mediaType).isDamaged, "cut at \(length)")
    }
  }

  @Test func readsVersion21() {
    let lines = [
      "N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:B=F6hm;Mara", "TEL;HOME;VOICE:+43 1 5550100",
      "ADR;WORK;ENCODING=QUOTED-PRINTABLE:;;Hauptstra=DFe 1;=", "Graz;;8010;", "GEO:15.4395,47.0707",
      "NOTE;CHARSET=windows-1251;QUOTED-PRINTABLE:=CF=F0=E8=E2=E5=F2", "PHOTO;BASE64;TYPE=GIF:R0lGODlh",
      "  AQABAIAA", "  AAAAAA==", "", "EMAIL;INTERNET:mara@example.org",
    ]
    let result = read(Calendar.card(lines, version: "2.1"), as: Self.mediaType)
    #expect(result.text(.person, .contact) == "Mara Böhm")
    #expect(result.text(.contact, .phone) == "+43 1 5550100")
    #expect(result.text(.contact, .address) == "Hauptstraße 1, Graz, 8010")
    #expect(result.text(.place, .city) == "Graz")
    #expect(result.text(.text, .comment) == "Привет")
    #expect(result.locations.map(\.coordinate) == [Coordinate(latitude: 47.0707, longitude: 15.4395)])
    #expect(result.members.map(\.artifact.byteCount) == [16])
    #expect(result.text(.contact, .email) == "mara@example.org")
    #expect(!result.isDamaged)
  }

  @Test func readsVersion4() {
    let lines = [
      "FN:Mara Example", "GEO:geo:48.2085,16.3731;u=25",
      "TEL;VALUE=uri;TYPE=\"voice,home\":tel:+43-1-5550100",
      "ADR;GEO=\"geo:47.0707,15.4395\";LABEL=\"Hauptplatz 1\\nGraz\":;;Hauptplatz 1;Graz;;8010;Austria",
      "TZ:Europe/Vienna", "RELATED;TYPE=spouse;VALUE=text:Jan Example",
      "RELATED;TYPE=friend:urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "BIRTHPLACE:Linz",
      "PHOTO:data:image/gif;base64,R0lGODlhAQABAIAAAAAAAA==", "LOGO:https://example.org/logo.png",
    ]
    let result = read(Calendar.card(lines, version: "4.0"), as: Self.mediaType)
    #expect(result.locations.map(\.accuracy) == [25, nil])
    #expect(result.locations.last?.coordinate == Coordinate(latitude: 47.0707, longitude: 15.4395))
    #expect(result.text(.contact, .phone) == "+43-1-5550100")
    #expect(result.texts(.contact, .address) == ["Hauptplatz 1, Graz, 8010, Austria", "Hauptplatz 1\nGraz"])
    #expect(result.text(.text, .timeZone) == "Europe/Vienna")
    #expect(result.texts(.person, .contact) == ["Mara Example", "Jan Example"])
    #expect(result.text(.place, .contact) == "Linz")
    #expect(result.text(.link, .derivedFrom)?.hasPrefix("urn:uuid:") == true)
    #expect(result.members.map(\.artifact.member) == [["PHOTO"]])
    #expect(result.text(.link, .url) == "https://example.org/logo.png")
  }

  @Test func readsSeveralCards() {
    let cards = Calendar.card(["N:Example;Mara"]) + Calendar.card(["FN:Jan Example", "N:Example;Jan"])
    #expect(read(cards, as: Self.mediaType).texts(.person, .contact) == ["Mara Example", "Jan Example"])
  }

  @Test func doesNotInventPlaces() {
    let result = read(Calendar.card(["GEO:0.0;0.0", "GEO:1e5;3", "GEO:somewhere"]), as: Self.mediaType)
    #expect(result.locations.isEmpty)
    #expect(result.codes == ["null-island", "position-malformed"])
  }
}
