import Testing
import UntrailModel
import UntrailReaders

/// Tracks and exports in XML that are read as they stream.
@Suite("Tracks in XML")
struct XMLTrackTests {
  private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

  private static let gpx =
    head + """
      <gpx version="1.1" creator="Kestrel Watch 2" xmlns="http://www.topografix.com/GPX/1/1">
      <metadata><author><name>Mara Example</name><email id="mara" domain="example.org"/></author>
      <time>2026-07-14T06:00:00Z</time></metadata>
      <wpt lat="48.85837" lon="2.294481"><ele>35.5</ele><time>2026-07-14T05:00:00+02:00</time><name>Tower</name></wpt>
      <rte><name>Plan</name><rtept lat="51.500833" lon="-0.121944"/><rtept lat="51.5" lon="-0.12"/></rte>
      <trk><trkseg><trkpt lat="41.89021" lon="12.492231"><time>2026-07-14T06:00:01Z</time></trkpt>
      <trkpt lat="41.89121" lon="12.493231"><time>2026-07-14T06:05:00Z</time></trkpt></trkseg></trk></gpx>
      """

  private static let kml =
    head + """
      <kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>
      <Placemark><name>Meeting</name><phoneNumber>tel:+12025550143</phoneNumber><address>Quai Branly</address>
      <TimeStamp><when>2026-07-14T10:00:00Z</when></TimeStamp>
      <Point><coordinates> 2.294481,48.85837,0 </coordinates></Point></Placemark>
      <Placemark><LineString><coordinates>-0.1219, 51.5008, 1
      -0.1220,51.5010,1 -0.1230,51.5020</coordinates></LineString></Placemark>
      <Placemark><gx:Track><when>2026-07-14T06:00:00Z</when><when>2026-07-14T06:10:00Z</when>
      <gx:coord>12.4922 41.8902 10</gx:coord><gx:coord>12.4932 41.8912 10</gx:coord></gx:Track></Placemark>
      <NetworkLink><Link><href>https://example.org/live.kml</href></Link></NetworkLink>
      <LookAt><longitude>7</longitude><latitude>7</latitude></LookAt></Document></kml>
      """

  private static let tcx =
    head + """
      <TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities>
      <Activity Sport="Running"><Id>2026-07-14T06:00:00Z</Id><Lap StartTime="2026-07-14T06:00:00Z"><Track>
      <Trackpoint><Time>2026-07-14T08:00:00+02:00</Time><Position><LatitudeDegrees>48.85837</LatitudeDegrees>
      <LongitudeDegrees>2.294481</LongitudeDegrees></Position></Trackpoint>
      <Trackpoint><Time>2026-07-14T08:00:05+02:00</Time></Trackpoint></Track></Lap>
      <Creator><Name>Kestrel Bike 5</Name><UnitId>3920145566</UnitId></Creator></Activity></Activities>
      <Author><Name>Connect</Name></Author></TrainingCenterDatabase>
      """

  private static let health =
    head + """
      <!DOCTYPE HealthData [ <!ELEMENT HealthData (ExportDate,Me,Record*)> <!ATTLIST Record type CDATA #REQUIRED> ]>
      <HealthData locale="en_GB"><ExportDate value="2026-07-20 19:05:00 +0200"/>
      <Me HKCharacteristicTypeIdentifierDateOfBirth="1985-03-04"/>
      <Record type="HeartRate" sourceName="Mara's watch" startDate="2026-07-14 06:00:00 +0200"
      device="&lt;&lt;HKDevice: 0x2&gt;, name:Watch, manufacturer:Kestrel, model:W2, hardware:W2,4, software:5.1&gt;">
      <MetadataEntry key="HKTimeZone" value="Europe/Paris"/></Record>
      <Workout startDate="2026-07-15 06:00:00 +0200"><WorkoutRoute>
      <FileReference path="/workout-routes/route_1.gpx"/></WorkoutRoute></Workout></HealthData>
      """

  static let documents: [(text: String, mediaType: String)] = [
    (gpx, "application/gpx+xml"), (kml, "application/vnd.google-earth.kml+xml"),
    (tcx, "application/vnd.garmin.tcx+xml"), (health, "application/x-apple-health"),
  ]

  @Test("GPX: marks, a route, a track, the author and the program")
  func readsGPX() throws {
    let result = read(Array(Self.gpx.utf8), as: "application/gpx+xml")
    #expect(!result.isDamaged)
    let mark = try #require(result.locations.first)
    #expect(mark.coordinate.latitude == 48.85837 && mark.altitude == 35.5)
    #expect(mark.time?.utcOffsetMinutes == 120)
    let track = try #require(result.tracks(.recorded).first)
    #expect(track.pointCount == 2 && track.start == 1_784_008_801 && track.end == 1_784_009_100)
    #expect(result.tracks(.planned).map(\.pointCount) == [2])
    #expect(result.text(.person, .author) == "Mara Example")
    #expect(result.text(.contact, .email) == "mara@example.org")
    #expect(result.text(.software, .generator) == "Kestrel Watch 2")
    #expect(result.text(.place, .label) == "Tower")
  }

  @Test("KML: a place with its time, a line with blanks behind commas, a track with times, no view")
  func readsKML() throws {
    let result = read(Array(Self.kml.utf8), as: "application/vnd.google-earth.kml+xml")
    #expect(!result.isDamaged)
    #expect(result.locations.map(\.coordinate.longitude) == [2.294481])
    #expect(result.locations.first?.time?.civilSeconds == 1_784_023_200)
    #expect(result.tracks(.recorded).map(\.pointCount) == [3, 2])
    #expect(result.tracks(.recorded).last?.end == 1_784_009_400)
    #expect(result.text(.contact, .phone) == "+12025550143")
    #expect(result.text(.link, .networkLink) == "https://example.org/live.kml")
  }

  @Test("TCX: a track, the device with its number, the program, and the offset from UTC of its times")
  func readsTCX() throws {
    let result = read(Array(Self.tcx.utf8), as: "application/vnd.garmin.tcx+xml")
    #expect(!result.isDamaged)
    #expect(result.tracks(.recorded).map(\.pointCount) == [1])
    #expect(result.text(.serial, .body) == "3920145566")
    #expect(result.text(.device, .recorder) == "Kestrel Bike 5")
    #expect(result.text(.software, .generator) == "Connect")
    let offsets = result.observations.compactMap { observation -> Int16? in
      if case .timestamp(let time) = observation.fact { time.utcOffsetMinutes } else { nil }
    }
    #expect(offsets.contains(120))
  }

  @Test("Health: devices, zone, birthday and routes, through a document type")
  func readsHealth() {
    let result = read(Array(Self.health.utf8), as: "application/x-apple-health")
    #expect(!result.isDamaged)
    #expect(result.text(.device, .handset) == "Mara's watch")
    #expect(result.text(.device, .recorder) == "Kestrel W2 W2,4")
    #expect(result.text(.text, .timeZone) == "Europe/Paris")
    #expect(result.text(.text, .birthday) == "1985-03-04")
    #expect(result.text(.link, .path) == "/workout-routes/route_1.gpx")
  }

  @Test(
    "a document without places gives none",
    arguments: [
      ("<gpx version=\"1.1\"><metadata/></gpx>", "application/gpx+xml"),
      (
        "<kml><Document><LookAt><longitude>7</longitude><latitude>7</latitude></LookAt></Document></kml>",
        "application/vnd.google-earth.kml+xml"
      ),
      ("<TrainingCenterDatabase><Activities/></TrainingCenterDatabase>", "application/vnd.garmin.tcx+xml"),
      ("<HealthData/>", "application/x-apple-health"),
    ])
  func clean(text: String, mediaType: String) {
    let result = read(Array(text.utf8), as: mediaType)
    #expect(result.observations.isEmpty && !result.isDamaged)
  }

  @Test("no place is made of 0, 0, of what is out of range, or of words")
  func nowhere() {
    for pair in ["lat=\"0\" lon=\"0\"", "lat=\"95\" lon=\"10\"", "lat=\"north\" lon=\"10\"", "lat=\"48.8\""] {
      let text = "<gpx><wpt \(pair)/><trk><trkseg><trkpt \(pair)/></trkseg></trk></gpx>"
      let result = read(Array(text.utf8), as: "application/gpx+xml")
      #expect(result.observations.isEmpty && result.diagnostics.count == 1)
    }
  }

  @Test("damage is said, and what came before it stays", arguments: documents)
  func damaged(text: String, mediaType: String) {
    let bytes = Array(text.utf8)
    surviveDamage(bytes, as: mediaType)
    let cut = read(Array(bytes.dropLast(12)), as: mediaType)
    #expect(cut.isDamaged && !cut.observations.isEmpty)
  }

  @Test("an entity bomb is not blown up, and 100,000 elements inside each other end at a limit")
  func hostile() {
    var bomb = Self.head + "<!DOCTYPE gpx [<!ENTITY a \"lollollollol\">"
    for name in ["b", "c", "d", "e", "f", "g", "h", "i"] {
      let before = String(UnicodeScalar(name.utf8.first.map { $0 - 1 } ?? 0))
      bomb += "<!ENTITY \(name) \"" + String(repeating: "&\(before);", count: 10) + "\">"
    }
    bomb += "]><gpx creator=\"&i;\"><trk><name>&i;</name></trk></gpx>"
    let result = read(Array(bomb.utf8), as: "application/gpx+xml")
    #expect(result.observations.allSatisfy { ($0.text?.utf8.count ?? 0) < 1000 })
    let deep = "<gpx>" + String(repeating: "<a>", count: 100_000)
    #expect(read(Array(deep.utf8), as: "application/gpx+xml").codes.contains("limit"))
  }

  @Test("UTF-16, Latin-1 and a byte order mark")
  func encodings() {
    let name = "Z\u{FC}rich"
    let body = "<gpx><trk><name>\(name)</name></trk></gpx>"
    var wide: [UInt8] = [0xFF, 0xFE]
    for unit in (Self.head.replacing("UTF-8", with: "UTF-16") + body).utf16 {
      wide += [UInt8(unit & 255), UInt8(unit >> 8)]
    }
    let latin = (Self.head.replacing("UTF-8", with: "ISO-8859-1") + body).unicodeScalars.map {
      UInt8($0.value)
    }
    for bytes in [wide, latin, [0xEF, 0xBB, 0xBF] + Array((Self.head + body).utf8)] {
      #expect(read(bytes, as: "application/gpx+xml").text(.text, .title) == name)
    }
  }

  @Test("a long track is thinned, keeps its ends, and says how many positions there were")
  func long() throws {
    var text = "<gpx><trk><trkseg>"
    for index in 0..<5000 {
      text += "<trkpt lat=\"\(40 + Double(index) / 10_000)\" lon=\"\(index % 7)\"/>"
    }
    text += "</trkseg></trk></gpx>"
    var limits = Limits()
    limits.points = 100
    let result = read(Array(text.utf8), as: "application/gpx+xml", limits)
    let track = try #require(result.tracks(.recorded).first)
    #expect(track.pointCount == 5000 && track.points.count == 100)
    #expect(track.points.first?.coordinate.latitude == 40)
    #expect(track.points.last?.coordinate.latitude == 40.4999)
    #expect(track.south == 40 && track.north == 40.4999 && track.east == 6)
  }
}
