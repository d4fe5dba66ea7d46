import Testing
import UntrailIdentify
import UntrailModel
import UntrailReaders

@Suite("exports of messengers and networks")
struct AccountExportTests {
  private static let telegram = """
    {"personal_information": {"user_id": 700100200, "first_name": "Mara", "last_name": "Example",
      "phone_number": "+33 1 99 00 12 34", "username": "@mara"},
     "contacts": {"list": [{"first_name": "Sam", "last_name": "Sample", "phone_number": "0033199005678"}]},
     "sessions": {"list": [{"last_active": "2026-07-20T09:00:00", "last_ip": "198.51.100.77", "last_country": "France",
       "application_name": "Telegram Android", "application_version": "11.2", "device_model": "Kestrel K7",
       "platform": "Android", "system_version": "16"}]},
     "chats": {"list": [{"name": "Sam Sample", "type": "personal_chat", "id": 1, "messages": [
       {"id": 1, "type": "message", "date": "2026-07-19T18:20:11", "date_unixtime": "1784478011",
        "from": "Sam Sample", "from_id": "user2", "text": "",
        "place_name": "Museum", "address": "Quai Anatole-France",
        "location_information": {"latitude": 48.86, "longitude": 2.3266}},
       {"id": 2, "type": "message", "date_unixtime": "1784478012", "from": "Mara Example", "from_id": "user1",
        "text": ["see ", {"type": "link", "text": "https://maps.google.com/?q=48.8606,2.3376"}]}]}]}}
    """

  @Test("Telegram: account, sessions, contacts, places that were sent")
  func readsTelegram() throws {
    let result = readExport(Self.telegram)
    #expect(result.diagnostics.isEmpty)
    let place = try #require(result.places(with: .shared).first)
    #expect(place.coordinate == Coordinate(latitude: 48.86, longitude: 2.3266))
    #expect(place.time?.civilSeconds == 1_784_478_011)
    #expect(result.places(with: .saved).isEmpty && result.tracks().isEmpty)
    #expect(result.texts(.network, .ipAddress) == ["198.51.100.77"])
    #expect(result.devices(.handset).map(\.model) == ["Kestrel K7"])
    #expect(result.texts(.software, .application) == ["Telegram Android 11.2"])
    #expect(result.texts(.person, .account) == ["Mara Example", "@mara"])
    #expect(result.texts(.person, .contact) == ["Sam Sample"])
    #expect(Set(result.texts(.contact, .phone)) == ["+33 1 99 00 12 34", "0033199005678"])
    #expect(Set(result.texts(.person, .sender)) == ["Mara Example", "Sam Sample"])
    #expect(result.texts(.place, .landmark) == ["Museum"])
  }

  @Test("Facebook and Instagram: pictures, logins, names whose bytes are characters")
  func readsFacebook() throws {
    let result = readExport(
      """
      {"photos_v2": [{"uri": "a.jpg", "media_metadata": {"photo_metadata": {"exif_data": [{
         "upload_ip": "198.51.100.9", "taken_timestamp": 1714338542, "latitude": 48.8606, "longitude": 2.3376,
         "camera_make": "Kestrel", "camera_model": "K7"}]}}}],
       "account_activity_v2": [{"ip_address": "198.51.100.10", "user_agent": "Browser 1"}],
       "history": [{"string_map_data": {"IP Address": {"value": "198.51.100.11"}}}],
       "participants": [{"name": "Ren\\u00c3\\u00a9 Sample"}],
       "messages": [{"sender_name": "Ren\\u00c3\\u00a9 Sample", "timestamp_ms": 1714338542000,
         "content": "https://maps.google.com/?q=48.8584,2.2945"}]}
      """)
    #expect(
      result.places(with: .camera).map(\.coordinate) == [Coordinate(latitude: 48.8606, longitude: 2.3376)])
    #expect(
      result.places(with: .shared).map(\.coordinate) == [Coordinate(latitude: 48.8584, longitude: 2.2945)])
    #expect(
      Set(result.texts(.network, .ipAddress)) == ["198.51.100.9", "198.51.100.10", "198.51.100.11"])
    #expect(result.devices(.camera).first?.name == "Kestrel K7")
    #expect(result.texts(.person, .participant) == ["René Sample"])
    #expect(result.texts(.person, .sender) == ["René Sample"])
    #expect(result.timestamp(.original)?.civilSeconds == 1_714_338_542)
  }

  @Test("Snapchat: a history of places with their errors")
  func readsSnapchat() {
    let result = readExport(
      """
      {"Location History": [
        {"Time": "2024/04/28 21:09:02 UTC", "Latitude, Longitude": "48.858 ± 14.2, 2.294 ± 14.2"},
        {"Time": "2024/04/28 22:09:02 UTC", "Latitude, Longitude": "48.868 ± 14.2, 2.394 ± 14.2"}]}
      """)
    let track = result.track(with: .history)
    #expect(track?.pointCount == 2 && track?.start == 1_714_338_542)
  }

  private static let tweet = """
    window.YTD.tweets.part0 = [ {"tweet": {"created_at": "Wed Apr 24 21:09:02 +0000 2024",
      "geo": {"type": "Point", "coordinates": ["48.858", "2.294"]},
      "coordinates": {"type": "Point", "coordinates": ["2.294", "48.858"]}, "place": {"full_name": "Paris"}}},
      {"account": {"email": "mara@example.org", "username": "mara", "accountId": "1", "accountDisplayName": "Mara E."}},
      {"ipAudit": {"loginIp": "198.51.100.7"}} ]
    """

  @Test("X: places of tweets, accounts and logins, at their place in the file")
  func readsX() throws {
    let result = read(Array(Self.tweet.utf8), as: "application/x-twitter-archive")
    #expect(
      result.places(with: .shared).map(\.coordinate) == [Coordinate(latitude: 48.858, longitude: 2.294)])
    #expect(result.texts(.person, .account) == ["Mara E.", "mara"])
    #expect(result.texts(.contact, .email) == ["mara@example.org"])
    let address = try #require(result.observations.first { $0.kind == .network })
    let place = try #require(address.offset)
    #expect(Array(Self.tweet.utf8)[place...].dropFirst().starts(with: "198.51".utf8))
  }

  @Test("what is like it and is none")
  func clean() {
    let result = readExport(
      """
      {"from": "2026-07-19", "to": "2026-07-20", "ip": "none", "phone": "yes", "email": "at home",
       "geo": {"type": "Polygon"}, "messages": [], "items": [{"sender": "x", "username": "y", "content": "z"}]}
      """)
    #expect(result.observations.isEmpty && result.diagnostics.isEmpty)
  }

  @Test("damage")
  func damaged() {
    surviveExportDamage(
      #"{"messages": [{"from": "Sam", "from_id": "user2", "date_unixtime": "1784478011", "#
        + #""location_information": {"latitude": 48.86, "longitude": 2.3266}}]}"#)
    surviveChanges(Array(Self.tweet.utf8), as: "application/x-twitter-archive")
  }

  @Test("flights of a table")
  func flights() throws {
    let table =
      "Date,Airline,Flight,From,To,Dep Terminal,Gate Departure (Scheduled),Gate Arrival (Scheduled),PNR,Seat\n"
      + "2026-07-19,BAW,304,LHR,CDG,5,2026-07-19T08:20,2026-07-19T10:35,ABC123,12A\n2026-07-20,,,,,,,,,\n"
    let bytes = Array(table.utf8)
    let identifier = try Identifier(database: try MagicDatabase.open())
    let type = try bytes.withUnsafeBytes { try identifier.identify($0, byteCount: bytes.count) }
    let result = read(bytes, as: type.name)
    let flight = try #require(result.journeys.first)
    #expect(result.journeys.count == 1 && flight.reference == "ABC123" && flight.name == "BAW304")
    #expect([flight.from, flight.to, flight.seat] == ["LHR", "CDG", "12A"] && flight.start != nil)
    #expect(read(Array(bytes.prefix(120)), as: type.name).journeys.isEmpty)
    surviveChanges(bytes, as: type.name, rounds: 100)
  }
}
