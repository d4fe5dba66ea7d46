import Testing
import UntrailModel
import UntrailReaders

@Suite("Google account exports")
struct TakeoutTests {
  // MARK: My Activity

  private static let activity = """
    [{"header": "Maps", "title": "Searched for Louvre", "time": "2024-04-28T21:09:02.123Z", "products": ["Maps"],
      "titleUrl": "https://www.google.com/maps/place/Louvre/@48.86,2.33,15z/data\\u003d!3m1!8m2!3d48.8606!4d2.3376",
      "locationInfos": [{"name": "At this general area", "source": "From your device",
        "url": "https://www.google.com/maps/@?api\\u003d1\\u0026map_action\\u003dmap\\u0026center\\u003d50.0875,14.4213"}]},
     {"header": "Search", "title": "Searched for visa", "time": "2024-04-29T21:09:02Z", "products": ["Search"],
      "titleUrl": "https://www.google.com/search?q=48.1,2.1"}]
    """

  @Test("My Activity: what was looked for, and where somebody was")
  func activities() throws {
    let result = readExport(Self.activity)
    #expect(result.texts(.text, .history) == ["Searched for Louvre", "Searched for visa"])
    #expect(result.texts(.software, .application) == ["Maps", "Search"])
    #expect(
      result.places(with: .saved).map(\.coordinate) == [Coordinate(latitude: 48.8606, longitude: 2.3376)])
    let track = try #require(result.track(with: .history))
    #expect(
      track.points == [
        TrackPoint(
          coordinate: try #require(Coordinate(latitude: 50.0875, longitude: 14.4213)), time: 1_714_338_542)
      ])
    surviveExportDamage(Self.activity)
  }

  private static let page = """
    <html><head><title>Meine Aktivitäten</title><style>.mdl-grid{display:flex}</style></head><body>
    <div class="outer-cell mdl-cell"><div class="mdl-grid"><div class="header-cell mdl-cell"><p
     class="mdl-typography--title">Maps<br></p></div><div class="content-cell mdl-cell mdl-typography--body-1">Searched
     for&nbsp;<a href="https://www.google.com/maps/search/Louvre/@48.8606,2.3376,15z?a&amp;b">Louvre</a><br>Apr 28, 2024,
     9:09:02\u{202F}PM UTC<br></div><div class="content-cell mdl-cell mdl-typography--body-1 mdl-typography--text-right"></div><div
     class="content-cell mdl-cell mdl-typography--caption"><b>Locations:</b><br>&emsp;At <a
     href="https://www.google.com/maps/@?api=1&amp;center=50.0875,14.4213&amp;zoom=12">this area</a></div></div></div>
    <div class="outer-cell mdl-cell"><div class="mdl-grid"><div class="content-cell mdl-typography--body-1">Zur Route<a
     href="https://www.google.com/maps/dir//50.0865,14.4114/@50.1,14.5,15z">x</a><br>28.04.2024</div></div></div></body></html>
    """

  @Test("My Activity as a page")
  func pages() throws {
    let type = "application/x-google-activity"
    let result = read(Array(Self.page.utf8), as: type)
    #expect(result.texts(.software, .application) == ["Maps"])
    #expect(result.places(with: .saved).map(\.coordinate.latitude) == [48.8606])
    #expect(result.places(with: .destination).map(\.coordinate.latitude) == [50.0865])
    let track = try #require(result.track(with: .history))
    #expect(track.points.map(\.coordinate.latitude) == [50.0875])
    #expect(track.start == 1_714_338_542)
    surviveExportDamage(Self.page, as: type, isJSON: false)
    #expect(read(Array("<html><div class=\"mdl-grid\">x</div></html>".utf8), as: type).observations.isEmpty)
    // The style sheet and one activity are longer than a piece.
    let long = Self.page.replacing("<style>", with: "<style>" + String(repeating: ".mdl-a{}", count: 40_000))
      .replacing("Zur Route", with: String(repeating: "Zur Route ", count: 40_000))
    #expect(read(Array(long.utf8), as: type).positions.count == 2)
  }

  // MARK: Links

  @Test(
    "positions in links to Google Maps",
    arguments: [
      ("https://www.google.com/maps/place/X/@48.86,2.33,17z/data=!3m1!8m2!3d48.8606!4d2.3376", 48.8606),
      ("https://www.google.de/maps/@48.8606,2.3376,15z", 48.8606),
      ("https://maps.google.com/?q=48.8606,2.3376", 48.8606),
      ("https://www.google.com/maps/search/?api=1&query=48.8606%2C2.3376", 48.8606),
      ("https://www.google.com/maps/dir/50.1,14.4/48.8606,2.3376/@49.1,8.4,8z", 48.8606),
      ("https://www.google.com/maps/search/48.8606,+2.3376", 48.8606),
      ("https://www.google.com/maps/place/Louvre/data=!4m2!3m1!1s0x0:0x1", nil),
      ("https://www.google.com/search?q=48.8606,2.3376", nil),
      ("https://example.com/maps/@48.8606,2.3376,15z", nil),
      ("https://www.google.com/maps/search/1,2", nil), ("maps", nil), ("https://maps.google.com/", nil),
    ])
  func links(link: String, latitude: Double?) {
    let text = #"[{"header": "Maps", "title": "x", "time": "2024-04-28T21:09:02Z", "titleUrl": "\#(link)"}]"#
    #expect(readExport(text).locations.first?.coordinate.latitude == latitude)
  }

  // MARK: Tables

  @Test("accesses to an account")
  func accesses() throws {
    let text = """
      Gaia ID,Activity Timestamp,IP Address,Proxiedhost IP Address,Is Non-routable IP Address,User Agent String,Product Name
      1000,2026-03-12 02:49:39 UTC,2001:db8::1,,No,"App : YOUTUBE_APP, Os : IOS_OS",YouTube
      1000,2026-03-11 02:49:39 UTC,192.0.2.7,None,No,"App : YOUTUBE_APP, Os : IOS_OS",Gmail

      """
    let result = read(Array(text.utf8), as: "application/x-google-access-log")
    #expect(result.texts(.network, .ipAddress) == ["2001:db8::1", "192.0.2.7"])
    #expect(result.texts(.person, .account) == ["1000"])
    #expect(result.texts(.software, .application) == ["App : YOUTUBE_APP, Os : IOS_OS"])
    #expect(result.timestamp(.start) == Timestamp(civilSeconds: 1_773_197_379, utcOffsetMinutes: 0))
    #expect(result.timestamp(.end)?.civilSeconds == 1_773_283_779)
    surviveExportDamage(text, as: "application/x-google-access-log", isJSON: false)
    let devices =
      "Gaia ID,Device Type,Brand Name,Marketing Name,OS,User Given Name\n1000,PHONE,Google,Pixel 7,Android,Mara's phone\n"
    #expect(
      read(Array(devices.utf8), as: "application/x-google-access-log").text(.device, .handset)
        == "Mara's phone")
  }

  @Test("lists of places, in any language")
  func lists() {
    let text = """
      Titel,Notiz,URL,Tags,Kommentar
      ,,,,
      "Tour, Eiffel","meet
      ""M"" here",https://www.google.com/maps/place/Tour+Eiffel/data=!4m2!3m1!1s0x0:0x1,,
      ,,"https://www.google.com/maps/search/48.8584,2.2945",,
      ,,https://www.google.com/maps/place/Karl%C5%AFv+most/data=!4m2,,
      """
    let result = read(Array(text.utf8), as: "application/x-google-saved-list")
    #expect(result.texts(.place, .saved) == ["Tour, Eiffel", "Karlův most"])
    #expect(result.places(with: .saved).map(\.coordinate.latitude) == [48.8584])
    let english = text.replacing("Notiz", with: "Note")
    #expect(
      read(Array(english.utf8), as: "application/x-google-saved-list").texts(.text, .comment) == [
        "meet\n\"M\" here"
      ])
    surviveExportDamage(text, as: "application/x-google-saved-list", isJSON: false)
  }
}
