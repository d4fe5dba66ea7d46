import Testing
import UntrailModel
import UntrailReaders

@Suite("Tables")
struct DelimitedTests {
  static let mediaType = "text/csv"

  private static let start: Int64 = 1_784_021_400

  /// Two rows ten seconds from each other, in the ways of many programs; the times are UTC or local.
  static let walks: [(table: String, isLocal: Bool)] = [
    (
      "timestamp,latitude,longitude\n2026-07-14T09:30:00Z,48.8584,2.2945\n2026-07-14T11:30:10+02:00,48.8585,2.2946\n",
      false
    ),
    (
      "Zeit;Breitengrad;Längengrad;Höhe\n14.07.2026 09:30:00;48,8584;2,2945;35\n14.07.2026 09:30:10;48,8585;2,2946;36",
      true
    ),
    (
      "fecha|hora|latitud|longitud\n2026-07-14|09:30:00|48.8584|2.2945\n2026-07-14|09:30:10|48.8585|2.2946\n",
      true
    ),
    (
      "Date (UTC)\tlatitude GPS\tlongitude GPS\n7/14/2026 9:30:00 AM\t48.8584\t2.2945\n7/14/2026 9:30:10 AM\t48.8585\t2.2946\n",
      false
    ),
    ("Время;Широта;Долгота\n2026-07-14 09:30:00;48.8584;2.2945\n2026-07-14 09:30:10;48.8585;2.2946\n", true),
    ("时间,纬度,经度\n2026/07/14 09:30:00,48.8584,2.2945\n2026/07/14 09:30:10,48.8585,2.2946\n", true),
    ("زمان,عرض جغرافیایی,طول جغرافیایی\n1784021400,48.8584,2.2945\n1784021410,۴۸٫۸۵۸۵,۲٫۲۹۴۶\n", false),
    ("الوقت;خط العرض;خط الطول\n1784021400123;48.8584;2.2945\n1784021410123;48.8585;2.2946\n", false),
    ("日時,緯度,経度\n20260714093000,48.8584,2.2945\n20260714093010,48.8585,2.2946\n", true),
    (
      "time,lat,N/S,lon,E/W\n2026-07-14 09:30:00Z,4851.5040,N,00217.6700,E\n2026-07-14 09:30:10Z,4851.5100,N,00217.6760,E\n",
      false
    ),
    (
      "time,lat_lng\n2026-07-14 09:30:00,\"48.8584, 2.2945\"\n2026-07-14 09:30:10,\"48.8585, 2.2946\"\n", true
    ),
    (
      "id;time;wkt\n1;2026-07-14 09:30:00;POINT (2.2945 48.8584)\n2;2026-07-14 09:30:10;POINT(2.2946 48.8585)\n",
      true
    ),
    (
      "time,latitudeE7,longitudeE7\n2026-07-14T09:30:00Z,488584000,22945000\n2026-07-14T09:30:10Z,488585000,22946000\n",
      false
    ),
    (
      "INDEX,TAG,DATE,TIME,LATITUDE N/S,LONGITUDE E/W\n1,T,260714,093000,48.858400N,002.294500E\n2,T,260714,093010,48.858500N,002.294600E\n",
      false
    ),
    (
      "Fichier\nde Mara\n\nheure,latitude,longitude,note\n2026-07-14 09:30:00,48.8584,2.2945,\"a, \"\"b\"\"\nc\"\n2026-07-14 09:30:10,48.8585,2.2946,\n",
      true
    ),
  ]

  @Test("reads", arguments: walks)
  func reads(table: String, isLocal: Bool) throws {
    let result = read(Array(table.utf8), as: Self.mediaType)
    #expect(result.diagnostics.isEmpty)
    let track = try #require(result.tracks().first)
    #expect(track.points.count == 2)
    #expect(track.points[0].coordinate.isNear(48.8584, 2.2945, within: 2e-6))
    #expect(track.points[1].coordinate.isNear(48.8585, 2.2946, within: 2e-6))
    #expect(track.points.map(\.time) == [Self.start, Self.start + 10])
    #expect(track.isLocalTime == isLocal)
  }

  @Test("a date that may be of two days is none")
  func ambiguousDate() {
    let table = "date,lat,lon\n5/6/2026 10:00:00,48.8584,2.2945\n5/7/2026 10:00:00,48.8585,2.2946\n"
    #expect(read(Array(table.utf8), as: Self.mediaType).tracks().first?.start == nil)
    let settled = table + "13/7/2026 10:00:00,48.8585,2.2946\n"
    #expect(read(Array(settled.utf8), as: Self.mediaType).tracks().first?.end == 1_783_936_800)
  }

  @Test("places without times are places")
  func places() {
    let table = """
      Name,Latitude,Longitude
      Tower,"48°51'30.24""N","2°17'40.2""E"
      Opera,33° 51.414' S,151° 12.918' E
      """
    let result = read(Array(table.utf8), as: Self.mediaType)
    #expect(result.tracks().isEmpty)
    #expect(result.locations.count == 2)
    #expect(result.locations[0].coordinate.isNear(48.8584, 2.2945))
    #expect(result.locations[1].coordinate.isNear(-33.8569, 151.2153))
    #expect(result.observations.first?.field == "CSV:Latitude")
    #expect(result.observations.first?.offset == 31)
  }

  @Test("trips, flight records, scanners of networks, people and devices")
  func others() throws {
    let flight = """
      CUSTOM.date [local],CUSTOM.updateTime [local],OSD.latitude,OSD.longitude,HOME.latitude,HOME.longitude,RECOVER.aircraftSn
      7/14/2026,9:30:00.10 AM,48.8584,2.2945,48.8580,2.2940,1SYNTHETIC23
      7/14/2026,9:30:01.10 AM,48.8585,2.2946,48.8580,2.2940,1SYNTHETIC23
      """
    var result = read(Array(flight.utf8), as: Self.mediaType)
    #expect(result.tracks().first?.start == Self.start)
    #expect(result.locations.count == 1)
    #expect(result.observations.first { $0.role == .waypoint }?.field == "CSV:HOME-latitude")
    #expect(result.texts(.serial, .body) == ["1SYNTHETIC23"])

    let trip = """
      Begin Trip Time,Begin Trip Lat,Begin Trip Lng,Dropoff Time,Dropoff Lat,Dropoff Lng,Begin Trip Address
      2026-07-14 09:30:00 +0000 UTC,48.8584,2.2945,2026-07-14 09:40:00 +0000 UTC,48.86,2.34,"1 Example Street, Paris"
      """
    result = read(Array(trip.utf8), as: Self.mediaType)
    #expect(result.tracks().map(\.start) == [Self.start, Self.start + 600])
    #expect(result.texts(.contact, .address) == ["1 Example Street, Paris"])

    let scan = """
      WigleWifi-1.4,appRelease=2.53,model=SM-G960F,release=10,device=x,display=y,board=z,brand=samsung
      MAC,SSID,FirstSeen,CurrentLatitude,CurrentLongitude
      02:00:5e:00:53:01,harbour,2026-07-14 09:30:00,48.8584,2.2945
      """
    result = read(Array(scan.utf8), as: Self.mediaType)
    #expect(result.devices(.recorder) == [Device(make: "samsung", model: "SM-G960F")])
    #expect(result.texts(.network, .bssid) == ["02:00:5e:00:53:01"])
    #expect(result.texts(.network, .ssid) == ["harbour"])

    result = read(Array("Make,Model\nKestrel,K1\nKestrel,K1\n,K2\n".utf8), as: Self.mediaType)
    #expect(result.devices(.recorder) == [Device(make: "Kestrel", model: "K1"), Device(model: "K2")])

    let people =
      "E-mail;Phone Number;IP Address;IMEI\nmara@example.org;+49 30 5550123;192.0.2.7;490154203237518\nno;1;x;2\n"
    result = read(Array(people.utf8), as: Self.mediaType)
    #expect(
      result.fullFacts == [
        "contact email CSV:E-mail=mara@example.org", "contact phone CSV:Phone-Number=+49 30 5550123",
        "network ip-address CSV:IP-Address=192.0.2.7", "serial imei CSV:IMEI=490154203237518",
      ])
  }

  @Test(
    "is clean",
    arguments: [
      "item,breite,länge,höhe\nbox,12.5,33.25,8\n", "a,b\n1,2\n", "latency,longest\n1.25,2.25\n",
      "lat error,lon error\n1.2345,2.3456\n", "location,count\nParis,5\n", "position,value\n\"1,2\",3\n",
      "latitude,longitude\n,\nnull,null\n", "latitude\n48.8584\n", "x\n", "",
    ])
  func isClean(table: String) {
    let result = read(Array(table.utf8), as: Self.mediaType)
    #expect(result.observations.isEmpty)
    #expect(result.diagnostics.isEmpty)
  }

  @Test("what is no place is said")
  func flaws() {
    let table = "lat,lon\n48.8584,2.2945\n0,0\n95.5,2\n48..5,2.1\n"
    let result = read(Array(table.utf8), as: Self.mediaType)
    #expect(result.allPlaces.count == 1)
    #expect(result.codes.sorted() == ["null-island", "position-malformed", "position-out-of-range"])
  }

  @Test("a last line that may be cut inside a number is no place")
  func cutLine() {
    let table = "time,lat,lon\n2026-07-14 09:30:00,48.858400,2.294500\n2026-07-14 09:30:10,48.858500,2."
    let result = read(Array(table.utf8), as: Self.mediaType)
    #expect(result.tracks().first?.pointCount == 1)
    #expect(result.codes == ["position-incomplete"])
  }

  @Test("a quote that nothing closes ends no table")
  func openQuote() {
    let row = "48.8584,2.2945,\"x\n"
    let table = "lat,lon,note\n" + String(repeating: row, count: 20_001)
    #expect(read(Array(table.utf8), as: Self.mediaType).tracks().first?.pointCount ?? 0 > 10_000)
  }

  @Test("is damaged: cut anywhere")
  func isCut() {
    for (table, _) in Self.walks.prefix(4) {
      let file = Array((table + "2026-07-14 09:30:20,48.8586,2.2947,\n").utf8)
      surviveCuts(file, as: Self.mediaType, tolerance: 1e-2)
    }
  }

  @Test("is damaged: bytes changed", arguments: walks)
  func isChanged(table: String, isLocal: Bool) {
    surviveChanges(Array(table.utf8), as: Self.mediaType, rounds: 100)
  }
}
