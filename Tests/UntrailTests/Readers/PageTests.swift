import Testing
import UntrailModel
import UntrailReaders

@Suite("Web pages and reservations")
struct PageTests {
  private static func read(_ text: String) -> ReadResult {
    UntrailTests.read(Array(text.utf8), as: "text/html")
  }

  private static func data(_ json: String) -> ReadResult {
    read("<html><script type='application/ld+json'>\(json)</script></html>")
  }

  private static let microdata = """
    <!DOCTYPE html><html><head><meta charset="utf-8"><title>Your &quot;trip&quot;</title></head><body>
    <div itemscope itemtype="http://schema.org/FlightReservation">
      <meta itemprop="reservationNumber" content="XY12Z"/>
      <div itemprop="underName" itemscope itemtype="http://schema.org/Person">
        <span itemprop="name">Mara <b>Example</b></span></div>
      <div itemprop="reservationFor" itemscope itemtype="http://schema.org/Flight">
        <meta itemprop="flightNumber" content="2724">
        <div itemprop="airline" itemscope itemtype="http://schema.org/Airline"><meta itemprop="iataCode" content="LH"></div>
        <div itemprop="departureAirport" itemscope itemtype="http://schema.org/Airport">
          <meta itemprop="iataCode" content="MUC"></div>
        <time itemprop="departureTime" datetime="2027-03-06T17:35:00+01:00">6 March</time>
        <div itemprop="arrivalAirport" itemscope itemtype="http://schema.org/Airport">
          <meta itemprop="iataCode" content="BER"></div>
      </div>
      <link itemprop="modifyReservationUrl" href="https://air.example/change?pnr=XY12Z&amp;name=Example">
    </div></body></html>
    """

  @Test func readsMicrodata() throws {
    let result = Self.read(Self.microdata)
    #expect(result.diagnostics.isEmpty)
    let flight = try #require(result.journeys.first)
    #expect(result.journeys.count == 1)
    #expect(flight.category == .flight)
    #expect([flight.name, flight.from, flight.to] == ["LH2724", "MUC", "BER"])
    #expect([flight.reference, flight.traveller] == ["XY12Z", "Mara Example"])
    #expect(flight.start?.utcOffsetMinutes == 60)
    #expect(result.text(.person, .traveller) == "Mara Example")
    #expect(result.text(.link, .documentID) == "XY12Z")
    #expect(result.text(.link, .url) == "https://air.example/change?pnr=XY12Z&name=Example")
    #expect(result.text(.text, .title) == "Your \"trip\"")
    #expect(result.observations.contains { $0.field == "Microdata:FlightReservation" })
    let place = try #require(result.observations.first { $0.field == "Microdata:departureTime" }?.offset)
    #expect(Array(Self.microdata.utf8)[place...].starts(with: "2027-03-06T17:35".utf8))
  }

  @Test func isClean() {
    let result = Self.read(
      "<html><body><p>Hello <b>world</p><script>var a = '<meta name=author content=x>'</script>")
    #expect(result.observations.isEmpty)
    #expect(result.diagnostics.isEmpty)
  }

  @Test func survivesDamage() {
    let page = Array(Self.microdata.utf8)
    surviveDamage(page, as: "text/html")
    let data = Array(
      "<script type=application/ld+json>{\"@type\":\"LodgingReservation\",\"reservationFor\":{\"name\":\"Inn\",\"geo\":{\"latitude\":48.2085,\"longitude\":16.3731}}}</script>"
        .utf8)
    surviveDamage(data, as: "text/html")
    for length in 34..<(data.count - 1) {
      #expect(UntrailTests.read(Array(data.prefix(length)), as: "text/html").isDamaged, "cut at \(length)")
    }
  }

  @Test(arguments: [
    (
      "Train",
      "{\"@type\":\"TrainTrip\",\"trainNumber\":\"62\",\"departureStation\":{\"name\":\"Wien Hbf\"},"
        + "\"arrivalStation\":{\"name\":\"Graz Hbf\"},\"departureTime\":\"2027-03-06T08:00\"}",
      ["62", "Wien Hbf", "Graz Hbf"]
    ),
    (
      "Bus",
      "{\"@type\":\"BusTrip\",\"busNumber\":\"9\",\"departureBusStop\":{\"name\":\"Linz\"},"
        + "\"arrivalBusStop\":\"Wels\"}",
      ["9", "Linz", "Wels"]
    ),
    (
      "Boat",
      "{\"@type\":\"BoatTrip\",\"name\":\"Ferry\",\"departureBoatTerminal\":{\"name\":\"Kiel\"},"
        + "\"arrivalBoatTerminal\":{\"name\":\"Oslo\"}}",
      ["Ferry", "Kiel", "Oslo"]
    ),
    (
      "Event",
      "{\"@type\":\"Event\",\"name\":\"Talk\",\"startDate\":\"2027-03-06\",\"location\":{\"name\":\"Hall\","
        + "\"address\":\"Ring 1\"}}",
      ["Talk", "", "Hall, Ring 1"]
    ),
    (
      "FoodEstablishment",
      "{\"@type\":\"Restaurant\",\"name\":\"Inn\",\"address\":{\"addressLocality\":\"Graz\"}}",
      ["Inn", "", "Inn, Graz"]
    ),
  ])
  func readsOtherKinds(_ kind: String, _ target: String, _ texts: [String]) throws {
    let result = Self.data(
      "{\"@type\":\"\(kind)Reservation\",\"reservationId\":\"R1\",\"reservationFor\":\(target)}")
    let booked = try #require(result.journeys.first)
    #expect([booked.name, booked.from, booked.to] == texts)
    #expect(booked.reference == "R1")
    #expect(result.observations.contains { $0.field == "JSON-LD:\(kind)Reservation" })
    #expect(!result.isDamaged)
  }

  @Test func readsStaysAndCars() throws {
    let result = Self.data(
      """
      {"@context":"http://schema.org","@graph":[
        {"@id":"#me","@type":"Person","name":"Mara Example","email":"mara@example.org"},
        {"@type":["LodgingReservation"],"reservationNumber":123,"underName":{"@id":"#me"},
         "checkinTime":"2027-03-06T15:00:00+01:00","checkoutTime":"2027-03-08T11:00:00+01:00",
         "bookingTime":"2027-01-02T10:00:00Z",
         "reservationFor":{"@type":"Hotel","name":"Inn","telephone":"+43 1 5550100",
          "address":{"streetAddress":"Ring 1","addressLocality":"Wien"},
          "geo":{"@type":"GeoCoordinates","latitude":"48.2085","longitude":16.3731}}},
        {"@type":"RentalCarReservation","pickupTime":"2027-03-06T09:00","dropoffTime":"2027-03-08T20:00",
         "pickupLocation":{"name":"Airport"},"dropoffLocation":{"name":"Station"},
         "reservationFor":{"@type":"RentalCar","name":"Compact","rentalCompany":{"name":"Cars"}}},
        {"@type":"TaxiReservation","pickupLocation":{"name":"Ring 1"},"pickupTime":"2027-03-08T07:00"}]}
      """)
    #expect(result.diagnostics.isEmpty)
    let stay = try #require(result.journeys.first { $0.category == .lodging })
    #expect(stay.traveller == "Mara Example")
    #expect(stay.reference == "123")
    #expect(stay.to == "Inn, Ring 1, Wien")
    #expect(stay.coordinate == Coordinate(latitude: 48.2085, longitude: 16.3731))
    #expect(stay.end != nil)
    #expect(result.text(.contact, .email) == "mara@example.org")
    #expect(result.text(.contact, .phone) == "+43 1 5550100")
    #expect(result.text(.place, .city) == "Wien")
    #expect(result.timestamp(.created)?.utcOffsetMinutes == 0)
    let cars = result.journeys.filter { $0.category == .car }
    #expect(Set(cars.map(\.from)) == ["Airport", "Ring 1"])
    #expect(cars.contains { $0.provider == "Cars" && $0.to == "Station" && $0.start != nil })
  }

  @Test func readsTickets() throws {
    let code = "M1EXAMPLE/MARA        EXY12Z  MUCBERLH 2724 065M005A0017 100"
    let result = Self.data(
      "[{\"@type\":\"FlightReservation\",\"reservationNumber\":\"XY12Z\",\"ticketToken\":\"aztecCode:\(code)\","
        + "\"airplaneSeat\":\"5A\",\"reservationFor\":{\"flightNumber\":\"LH2724\","
        + "\"departureTime\":\"2027-03-06T17:35:00+01:00\"}}{\"@type\":\"Hotel\"}]")
    #expect(result.text(.text, .barcode) == code)
    let pass = try #require(result.observations.first { $0.role == .boardingPass })
    guard case .travel(let flight) = pass.fact else { return }
    #expect(flight.name == "LH2724")
    #expect(flight.start?.civilDay == CivilDate.days(year: 2027, month: 3, day: 6))
    #expect(result.journeys.contains { $0.seat == "5A" && $0.reference == "XY12Z" })
    #expect(result.codes == ["malformed"])
  }

  @Test func readsTheHead() throws {
    let result = Self.read(
      """
      <!-- saved from url=(0027)https://www.example.org/a b -->
      <HTML><HEAD><META NAME="Author" CONTENT="Mara Example"><meta name=generator content='Writer 7'>
      <meta name="geo.position" content="48.2085;16.3731"><meta name="geo.placename" content="Wien">
      <meta property="og:latitude" content="47.0707"><meta property="og:longitude" content="15.4395">
      <meta name="keywords" content="a, b"><meta name="dcterms.created" content="2027-03-06T17:35:00Z">
      <link rel="canonical" href="https://www.example.org/a">
      """)
    #expect(result.text(.person, .author) == "Mara Example")
    #expect(result.text(.software, .generator) == "Writer 7")
    #expect(result.text(.link, .downloadedFrom) == "https://www.example.org/a")
    #expect(result.text(.link, .url) == "https://www.example.org/a")
    #expect(result.text(.place, .city) == "Wien")
    #expect(result.text(.text, .keywords) == "a, b")
    #expect(result.timestamp(.created)?.utcOffsetMinutes == 0)
    #expect(
      result.locations.map(\.coordinate) == [
        Coordinate(latitude: 48.2085, longitude: 16.3731), Coordinate(latitude: 47.0707, longitude: 15.4395),
      ])
  }

  @Test func readsHowPagesWereSaved() throws {
    let single = Self.read(
      "<html><!--\n Page saved with SingleFile \n url: https://example.org/x \n saved date: Sat Mar 06 2027 17:35:00 GMT+0100 (CET)\n-->"
    )
    #expect(single.text(.link, .downloadedFrom) == "https://example.org/x")
    #expect(single.timestamp(.created)?.utcOffsetMinutes == 60)
    let mirror = Self.read(
      "<!-- Mirrored from www.example.org/ by HTTrack Website Copier/3.x [XR&CO'2014], Sat, 06 Mar 2027 17:35:00 GMT -->"
    )
    #expect(mirror.text(.link, .downloadedFrom) == "www.example.org/")
    #expect(mirror.text(.software, .application) == "HTTrack Website Copier/3.x")
    #expect(mirror.timestamp(.created)?.utcOffsetMinutes == 0)
    let office = Self.read(
      "<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>Mara</o:Author><o:LastAuthor>Jan</o:LastAuthor>"
        + "<o:Created>2027-03-06T17:35:00Z</o:Created></o:DocumentProperties></xml><![endif]-->")
    #expect(office.text(.person, .author) == "Mara")
    #expect(office.text(.person, .editor) == "Jan")
  }

  @Test func readsEventsWithoutPlaces() {
    let result = Self.read(
      """
      <div vocab="http://schema.org/" typeof="MusicEvent"><h1 property="name">Concert</h1>
      <time property="startDate" datetime="2027-03-06T20:00"></time>
      <div property="location" typeof="Place"><p property="name">Hall<p property="address">Ring 1</p>
      <div property="geo" typeof="GeoCoordinates"><meta property="latitude" content="48.2"/>
      <meta property="longitude" content="16.4"/></div></div></div>
      """)
    #expect(result.text(.text, .event) == "Concert")
    #expect(result.timestamp(.start) != nil)
    #expect(result.text(.place, .event) == "Hall, Ring 1")
    #expect(result.journeys.isEmpty)
  }

  @Test func refusesBombs() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(Self.data(deep).isDamaged)
    let objects = String(repeating: "{\"a\":", count: 100_000)
    #expect(Self.data(objects).isDamaged)
    let tags =
      String(repeating: "<div itemprop=a itemscope>", count: 50_000)
      + String(repeating: "</b>", count: 50_000)
    #expect(Self.read("<p itemscope>" + tags).journeys.isEmpty)
    let texts = String(repeating: "<i itemprop=a>x", count: 5000)
    #expect(Self.read("<p itemscope>" + texts).journeys.isEmpty)
  }

  @Test func readsUTF16() {
    let page = [0xFF, 0xFE] + Block.utf16("<html><title>Grüße</title>").enumerated().map { $0.element }
    var bytes = Array(page)
    for index in stride(from: 2, to: bytes.count, by: 2) { bytes.swapAt(index, index + 1) }
    #expect(UntrailTests.read(bytes, as: "text/html").text(.text, .title) == "Grüße")
  }
}
