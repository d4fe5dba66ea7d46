import Testing
import UntrailModel
import UntrailReaders

@Suite("Calendars")
struct CalendarTests {
  private static let mediaType = "text/calendar"

  private static let trip = Calendar.wrapped(
    [
      "PRODID:-//Example//Planner 3.1//EN", "X-WR-CALNAME:mara@example.org", "X-WR-TIMEZONE:Europe/Vienna",
    ] + Calendar.vienna + [
      "BEGIN:VEVENT", "UID:7c2f-0001@example.org", "DTSTAMP:20270101T080000Z", "CREATED:20261224T180000Z",
      "LAST-MODIFIED:20261230T070000Z", "DTSTART;TZID=Europe/Vienna:20270704T201500",
      "DTEND;TZID=Europe/Vienna:20270704T221500", "SUMMARY:Talk\\, with questions",
      "LOCATION:Stephansdom\\nStephansplatz 3\\, Wien", "GEO:48.2085;16.3731",
      "ORGANIZER;CN=\"Example, Mara\";SENT-BY=\"mailto:office@example.org\":MAILTO:mara@example.org",
      "ATTENDEE;CN=Jan Example;PARTSTAT=ACCEPTED:mailto:jan@example.org",
      "ATTENDEE;CUTYPE=ROOM;CN=Hall 2:mailto:hall2@example.org", "URL:https://example.org/talk",
      "DESCRIPTION:Join: https://us02web.zoom.us/j/1234?pwd=abc\\nor come", "CATEGORIES:Work,Travel",
      "BEGIN:VALARM", "TRIGGER;VALUE=DATE-TIME:20270704T160000Z", "ACTION:DISPLAY", "END:VALARM",
      "END:VEVENT",
    ])

  @Test func readsAnEntry() throws {
    let result = read(Self.trip, as: Self.mediaType)
    #expect(!result.isDamaged)
    #expect(result.text(.software, .generator) == "-//Example//Planner 3.1//EN")
    #expect(result.text(.text, .timeZone) == "Europe/Vienna")
    #expect(result.text(.link, .documentID) == "7c2f-0001@example.org")
    #expect(result.text(.person, .organizer) == "Example, Mara")
    #expect(result.texts(.person, .attendee) == ["Jan Example"])
    #expect(
      Set(result.texts(.contact, .email)) == [
        "mara@example.org", "office@example.org", "jan@example.org", "hall2@example.org",
      ])
    #expect(result.texts(.place, .event) == ["Stephansdom\nStephansplatz 3, Wien", "Hall 2"])
    #expect(
      result.texts(.link, .url) == ["https://example.org/talk", "https://us02web.zoom.us/j/1234?pwd=abc"])
    #expect(result.locations.map(\.coordinate) == [Coordinate(latitude: 48.2085, longitude: 16.3731)])
    #expect(result.timestamp(.created)?.utcOffsetMinutes == 0)
    #expect(result.timestamp(.modified) != nil)
    #expect(result.timestamp(.metadata) != nil)
    #expect(result.timestamp(.planned) != nil)
    #expect(result.timestamp(.start)?.utcOffsetMinutes == 120)
    let entry = try #require(result.journeys.first)
    #expect(result.journeys.count == 1)
    #expect(entry.category == .appointment)
    #expect(entry.name == "Talk, with questions")
    #expect(entry.to == "Stephansdom\nStephansplatz 3, Wien")
    #expect(entry.start == result.timestamp(.start))
    #expect(entry.end == result.timestamp(.end))
    #expect(entry.coordinate == Coordinate(latitude: 48.2085, longitude: 16.3731))
    let place = try #require(result.observations.first { $0.field == "ICS:GEO" }?.offset)
    #expect(Self.trip[place...].starts(with: "48.2085;16.3731".utf8))
  }

  @Test func isClean() {
    let result = read(Calendar.event(["SUMMARY:Nothing"]), as: Self.mediaType)
    #expect(result.diagnostics.isEmpty)
    #expect(result.observations.map(\.field) == ["ICS:SUMMARY"])
  }

  @Test func survivesDamage() {
    surviveDamage(Self.trip, as: Self.mediaType)
    for length in 1..<(Self.trip.count - 2) {
      let result = read(Array(Self.trip.prefix(length)), as: Self.mediaType)
      #expect(!result.diagnostics.isEmpty, "cut at \(length)")
    }
  }

  @Test func joinsFoldedLines() {
    let folded = [
      "SUMMARY:A title that\r\n  goes on\r\n\t, and on", "PRODID\r\n :-//Example//EN",
      "DESCRIPTION:" + String(repeating: "long ", count: 14) + "\r\nfolded without the blank",
      "COMMENT:one\r\ntwo",
    ]
    let result = read(Calendar.event(folded), as: Self.mediaType)
    #expect(result.text(.text, .title) == "A title that goes on, and on")
    #expect(result.text(.software, .generator) == "-//Example//EN")
    #expect(result.text(.text, .description)?.hasSuffix("long folded without the blank") == true)
    #expect(result.text(.text, .comment) == "one\ntwo")
    #expect(!result.isDamaged)
  }

  @Test(arguments: ["\n", "\r", "\r\r\n"])
  func readsLineEnds(_ end: String) {
    let lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "LOCATION:Alb", " ertina", "END:VEVENT", "END:VCALENDAR"]
    let result = read(Calendar.file(lines, end: end), as: Self.mediaType)
    #expect(result.text(.place, .event) == "Albertina")
    #expect(!result.isDamaged)
  }

  @Test func readsUTF16() {
    let text = String(
      decoding: Calendar.event(["LOCATION:Karlskirche ä", "GEO:48.1983;16.3719"]), as: UTF8.self)
    let result = read([0xFE, 0xFF] + Block.utf16(text), as: Self.mediaType)
    #expect(result.text(.place, .event) == "Karlskirche ä")
    #expect(result.locations.count == 1)
  }

  @Test func readsVersion1() throws {
    let lines = [
      "TZ:-0500", "DTSTART:20270304T090000", "SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Caf=C3=A9 =",
      "am Ring", "GEO:-73.9857,40.7484", "ATTENDEE;ROLE=OWNER:Mara Example <mara@example.org>",
      "DALARM:20270304T083000;PT5M;2;Go", "RRULE:W1 TH #3",
    ]
    let result = read(Calendar.event(lines, version: "1.0"), as: Self.mediaType)
    #expect(result.text(.text, .title) == "Café am Ring")
    #expect(result.text(.person, .owner) == "Mara Example")
    #expect(result.text(.contact, .email) == "mara@example.org")
    #expect(result.locations.map(\.coordinate) == [Coordinate(latitude: 40.7484, longitude: -73.9857)])
    #expect(result.timestamp(.planned) != nil)
    #expect(result.observations.contains { $0.fact == .utcOffset(-300) })
    #expect(result.journeys.map(\.start?.civilDay) == [20_881, 20_888, 20_895])
  }

  @Test func readsApplesPlaces() throws {
    let lines = [
      "DTSTART:20270304T090000Z", "SUMMARY:Visit",
      "X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-ADDRESS=\"Am Hof 1\\nWien\";X-APPLE-MAPKIT-HANDLE=CAES"
        + ";X-APPLE-RADIUS=70.5;X-TITLE=Museum:geo:48.2110,16.3680",
      "X-APPLE-TRAVEL-START;ROUTING=CAR;VALUE=URI;X-ADDRESS=Prater 1;X-TITLE=Home:geo:48.2163,16.3989",
    ]
    let result = read(Calendar.event(lines), as: Self.mediaType)
    #expect(result.codes == ["apple-mapkit-handle"])
    #expect(result.locations.map(\.accuracy) == [70.5, nil])
    #expect(result.observations.filter { $0.kind == .location }.map(\.role) == [.event, .home])
    #expect(result.texts(.place, .event) == ["Museum", "Am Hof 1\nWien"])
    let entry = try #require(result.journeys.first)
    #expect(entry.from == "Home, Prater 1")
    #expect(entry.to == "Museum, Am Hof 1\nWien")
    #expect(entry.coordinate == Coordinate(latitude: 48.2110, longitude: 16.3680))
  }

  @Test func readsConferences() {
    let lines = [
      "CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+43-1-555-0123,,,654321",
      "X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij",
    ]
    let result = read(Calendar.event(lines), as: Self.mediaType)
    #expect(result.text(.contact, .phone) == "+43-1-555-0123")
    #expect(result.observations.contains { $0.kind == .hidden && $0.role == .password })
    #expect(!result.observations.contains { $0.text?.contains("654321") == true })
    #expect(result.text(.link, .url) == "https://meet.google.com/abc-defg-hij")
  }

  @Test func examinesAttachedFiles() {
    let lines = [
      "ATTACH;ENCODING=BASE64;VALUE=BINARY;FILENAME=note.txt:SGVsbG8=", "ATTACH:https://example.org/plan.pdf",
      "ATTACH:file:///home/mara/plan.pdf", "ATTACH:CID:part1@example.org",
    ]
    let result = read(Calendar.event(lines), as: Self.mediaType)
    #expect(result.members.map(\.artifact.member) == [["note.txt"]])
    #expect(result.members.map(\.artifact.byteCount) == [5])
    #expect(result.texts(.link, .url) == ["https://example.org/plan.pdf"])
    #expect(result.texts(.link, .path) == ["file:///home/mara/plan.pdf"])
    #expect(result.texts(.link, .originalFileName) == ["note.txt"])
  }

  @Test func doesNotInventPlaces() {
    let null = read(Calendar.event(["GEO:0;0"]), as: Self.mediaType)
    #expect(null.locations.isEmpty)
    #expect(null.codes == ["null-island"])
    let far = read(Calendar.event(["GEO:148.2;16.3"]), as: Self.mediaType)
    #expect(far.locations.isEmpty)
    #expect(far.codes == ["position-out-of-range"])
    let words = read(Calendar.event(["GEO:north;east"]), as: Self.mediaType)
    #expect(words.locations.isEmpty)
    #expect(words.codes == ["position-malformed"])
    let unset = read(Calendar.event(["DTSTAMP:19700101T000000Z"]), as: Self.mediaType)
    #expect(unset.observations.isEmpty)
  }

  @Test func readsABookingOfKDE() {
    let lines = [
      "X-KDE-KITINERARY-RESERVATION:[{\"@type\":\"TrainReservation\"\\,\"reservationNumber\":\"XY12Z\"\\,",
      " \"reservationFor\":{\"@type\":\"TrainTrip\"\\,\"trainNumber\":\"RJX 62\"\\,\"departureStation\":",
      " {\"name\":\"Wien Hbf\"}\\,\"departureTime\":{\"@type\":\"QDateTime\"\\,\"@value\":",
      " \"2027-03-04T09:30:00+01:00\"\\,\"timezone\":\"Europe/Vienna\"}}}]",
    ]
    let result = read(Calendar.event(lines), as: Self.mediaType)
    #expect(result.journeys.map(\.name) == ["RJX 62"])
    #expect(result.journeys.map(\.from) == ["Wien Hbf"])
    #expect(result.journeys.map(\.start?.utcOffsetMinutes) == [60])
    #expect(result.text(.text, .timeZone) == "Europe/Vienna")
  }

  @Test func keepsTheLatestOfManyEntries() throws {
    var limits = Limits()
    limits.observations = 100
    let entries = (0..<5000).flatMap { number in
      ["BEGIN:VEVENT", "DTSTART:\(2000 + number % 60)0101T100000Z", "SUMMARY:\(number)", "END:VEVENT"]
    }
    let result = read(Calendar.wrapped(entries), as: Self.mediaType, limits)
    #expect(result.observations.count <= 100)
    #expect(result.isDamaged)
    let years = result.journeys.compactMap { $0.start.map { CivilDate.date(days: $0.civilDay).year } }
    #expect(years.count == 30)
    #expect(years.allSatisfy { $0 == 2059 })
  }

  @Test func refusesDeepComponents() {
    let deep =
      Array(repeating: "BEGIN:VEVENT", count: 100_000) + Array(repeating: "END:VEVENT", count: 100_000)
    #expect(read(Calendar.file(deep), as: Self.mediaType).codes == ["limit"])
  }

  @Test(arguments: [
    ("application/calendar+json", "[\"vcalendar\",[],[]]"), ("application/vcard+xml", "<vcards/>"),
  ])
  func namesOtherForms(_ mediaType: String, _ text: String) {
    let result = read(Array(text.utf8), as: mediaType)
    #expect(result.codes == ["other-form"])
    #expect(!result.isDamaged)
  }
}
