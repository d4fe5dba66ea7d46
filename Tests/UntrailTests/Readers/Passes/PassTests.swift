import Testing
import UntrailBytes
import UntrailModel
import UntrailReaders

@Suite("Wallet passes")
struct PassTests {
  static let code = "M1EXAMPLE/MARA        EABC123 VIECDGOS 0415 121Y014E0063 100"

  static let description = """
    {"formatVersion": 1, "passTypeIdentifier": "pass.org.example", "serialNumber": "S-100", "teamIdentifier": "TEAM",
     "organizationName": "Example Air", "description": "Boarding pass", "webServiceURL": "https://example.org/p",
     "authenticationToken": "secret-of-the-token", "relevantDate": "2030-05-01T07:25+02:00",
     "expirationDate": "2030-05-02T00:00:00Z",
     "locations": [{"latitude": 48.1103, "longitude": 16.5697, "relevantText": "At the gate"}],
     "beacons": [{"proximityUUID": "11111111-2222-3333-4444-555555555555", "major": 7}],
     "barcodes": [{"message": "\(code)", "format": "PKBarcodeFormatAztec"}], "barcode": {"message": "\(code)"},
     "userInfo": {"mail": "mara@example.org", "password": "secret-of-the-user"},
     "boardingPass": {"transitType": "PKTransitTypeAir",
      "primaryFields": [{"key": "o", "label": "o_label", "value": "VIE"}, {"key": "d", "label": "D", "value": "CDG"}],
      "secondaryFields": [{"key": "passenger", "label": "p_label", "value": "Mara Example"}],
      "auxiliaryFields": [{"key": "seat", "label": "SEAT:", "value": "14E"}],
      "backFields": [{"key": "w", "label": "WLAN-Passwort", "value": "secret-of-the-lounge"},
       {"key": "pnr", "label": "Booking", "value": "ABC123"}]},
     "semantics": {"wifiAccess": [{"ssid": "Lounge", "password": "secret-of-the-network"}],
      "originalDepartureDate": "2030-05-01T08:00+02:00", "departureLocationTimeZone": "Europe/Vienna",
      "passengerName": {"givenName": "Mara", "familyName": "Example"}}}
    """

  static func pass(_ description: String, strings: [UInt8] = []) -> [UInt8] {
    var files = [ZIPBuilder.File("pass.json", description)]
    if !strings.isEmpty { files.append(ZIPBuilder.File("en.lproj/pass.strings", strings)) }
    return ZIPBuilder(files).bytes
  }

  private func travel(_ result: ReadResult, _ field: String) -> Reservation? {
    for observation in result.observations where observation.field == field {
      if case .travel(let booked) = observation.fact { return booked }
    }
    return nil
  }

  @Test("a boarding pass says who flies where and when")
  func boardingPass() {
    let result = read(Self.pass(Self.description), as: "application/vnd.apple.pkpass")
    #expect(!result.isDamaged)
    let booked = travel(result, "PKPASS:boardingPass")
    #expect(booked?.category == .flight)
    #expect(booked?.name == "OS415")
    #expect(booked?.provider == "Example Air")
    #expect(booked?.traveller == "Mara Example")
    #expect(
      booked?.from == "VIE" && booked?.to == "CDG" && booked?.seat == "14E" && booked?.reference == "ABC123")
    #expect(
      booked?.start == Timestamp(civilSeconds: 1_903_852_800, precision: .minute, utcOffsetMinutes: 120))
    #expect(travel(result, "BCBP:Flight")?.start?.precision == .day)
    #expect(
      result.locations.map(\.coordinate)
        == [Coordinate(latitude: 48.1103, longitude: 16.5697)].compactMap { $0 })
    #expect(result.observations.count { $0.role == .barcode } == 1)
    #expect(result.text(.text, .barcode) == Self.code)
    #expect(result.text(.text, .timeZone) == "Europe/Vienna")
    #expect(result.text(.contact, .email) == "mara@example.org")
    #expect(result.text(.network, .ssid) == "Lounge")
    #expect(result.observations.contains { $0.field == "PKPASS:serialNumber" && $0.text == "S-100" })
    #expect(result.timestamp(.end)?.civilSeconds == 1_903_910_400)
    #expect(result.text(.text, .event) == "At the gate")
    #expect(result.observations.contains { $0.text == "11111111-2222-3333-4444-555555555555/7" })
  }

  @Test("the place of a value is told where the file is not packed")
  func places() throws {
    let bytes = Self.pass(Self.description)
    let result = read(bytes, as: "application/vnd.apple.pkpass")
    let serial = try #require(result.observations.first { $0.field == "PKPASS:serialNumber" }?.offset)
    #expect(bytes[serial...].starts(with: "S-100".utf8))
    var packed = ZIPBuilder.File("pass.json", Self.description)
    packed.isDeflated = true
    let other = read(ZIPBuilder([packed]).bytes, as: "application/vnd.apple.pkpass")
    #expect(other.observations.allSatisfy { $0.offset == nil })
    #expect(other.observations.map(\.fact) == result.observations.map(\.fact))
  }

  @Test("passwords are there, and no letter of them is told")
  func passwords() {
    let result = read(Self.pass(Self.description), as: "application/vnd.apple.pkpass")
    #expect(result.observations.count { $0.role == .password } == 4)
    #expect(!"\(result)".contains("secret-of"))
  }

  @Test("fields are told in the language of the pass", arguments: [true, false])
  func strings(isWide: Bool) {
    let text = "\"o_label\" = \"Wien\";\n/* who */ \"p_label\" = \"Fluggast\";"
    let strings = isWide ? [0xFE, 0xFF] + Block.utf16(text) : Array(text.utf8)
    let result = read(Self.pass(Self.description, strings: strings), as: "application/vnd.apple.pkpass")
    #expect(result.observations.contains { $0.text == "Wien: VIE" })
    #expect(result.observations.contains { $0.text == "SEAT: 14E" })
  }

  @Test("an event ticket says what, where and when")
  func eventTicket() {
    let text = """
      {"formatVersion": 1, "serialNumber": "1", "organizationName": "Hall", "eventTicket": {},
       "semantics": {"eventName": "Concert", "venueName": "Town Hall", "eventStartDateInfo":
        {"date": "2030-06-12T20:00+02:00", "timeZone": "Europe/Paris"}, "eventEndDate": "2030-06-12T23:00+02:00",
        "venueLocation": {"latitude": 48.8565, "longitude": 2.3525}, "seats": [{"seatRow": "2", "seatNumber": "3"}]}}
      """
    let result = read(Array(text.utf8), as: "application/x-apple-pass+json")
    let booked = travel(result, "PKPASS:eventTicket")
    #expect(booked?.category == .event)
    #expect(booked?.name == "Concert" && booked?.to == "Town Hall" && booked?.seat == "2 3")
    #expect(booked?.coordinate == Coordinate(latitude: 48.8565, longitude: 2.3525))
    #expect(booked?.end?.utcOffsetMinutes == 120)
    #expect(result.observations.contains { $0.role == .ticket })
  }

  @Test("several passes in one file are read one by one")
  func passes() {
    let pass = Self.pass(Self.description)
    let bytes = ZIPBuilder([ZIPBuilder.File("a.pkpass", pass), ZIPBuilder.File("b.pkpass", pass)]).bytes
    var result = ReadResult()
    let tools = ReaderTools { _, _ in MediaType("application/vnd.apple.pkpass") }
    _ = result.read(.init(bytes: bytes), of: MediaType("application/vnd.apple.pkpasses"), with: tools)
    #expect(result.members.count == 2)
    #expect(result.members.allSatisfy { $0.observations.contains { $0.role == .boardingPass } })
  }

  @Test("a card of a shop is no journey, and 0, 0 is no place")
  func card() {
    let text = """
      {"formatVersion": 1, "organizationName": "Shop", "storeCard": {"primaryFields": [{"key": "b", "value": 5}]},
       "locations": [{"latitude": 0, "longitude": 0}, {"latitude": 91, "longitude": 2.5}]}
      """
    let result = read(Array(text.utf8), as: "application/x-apple-pass+json")
    #expect(!result.observations.contains { $0.kind == .travel || $0.kind == .location })
    #expect(result.codes.contains("null-island") && result.codes.contains("position-out-of-range"))
  }

  @Test("who signed is told")
  func signature() {
    func certificate(_ subject: String, _ issuer: String) -> [UInt8] {
      Block.der(
        0x30,
        Block.der(
          0x30, Block.der(0x02, [1]), Block.der(0x30, []), Block.name([([0x55, 4, 3], issuer)]),
          Block.der(0x30, []),
          Block.name([([0x55, 4, 3], subject), ([0x55, 4, 10], "Example Air")])))
    }
    let kind = Block.der(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02])
    let content = Block.der(0x30, Block.der(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01]))
    let certificates = Block.der(
      0xA0, certificate("Root", "Root"), certificate("Pass Type ID: pass.org.example", "Root"))
    let message = Block.der(
      0x30, kind,
      Block.der(0xA0, Block.der(0x30, Block.der(0x02, [1]), Block.der(0x31, []), content, certificates)))
    let files = [ZIPBuilder.File("pass.json", Self.description), ZIPBuilder.File("signature", message)]
    let result = read(ZIPBuilder(files).bytes, as: "application/vnd.apple.pkpass")
    let names = result.observations.filter { $0.role == .signer }.compactMap(\.text)
    #expect(names == ["Pass Type ID: pass.org.example", "Example Air"])
  }

  @Test("damage") func damage() {
    surviveDamage(Self.pass(Self.description), as: "application/vnd.apple.pkpass")
    #expect(read(Array(Self.description.utf8.prefix(200)), as: "application/x-apple-pass+json").isDamaged)
  }
}

@Suite("Google Wallet")
struct GoogleWalletTests {
  private static let text = """
    {"iss": "issuer@example.org", "typ": "savetowallet", "payload": {"flightObjects": [{"passengerName": "Mara Example",
     "boardingAndSeatingInfo": {"seatNumber": "14E"}, "reservationInfo": {"confirmationCode": "ABC123"},
     "barcode": {"value": "\(PassTests.code)"}}], "flightClasses": [
     {"localScheduledDepartureDateTime": "2030-05-01T07:25:00", "flightHeader": {"carrier": {"carrierIataCode": "OS"},
      "flightNumber": "415"}, "origin": {"airportIataCode": "VIE"}, "destination": {"airportIataCode": "CDG"},
      "locations": [{"latitude": 48.1103, "longitude": 16.5697}]}]}}
    """

  /// Base 64 for addresses.
  private static func encoded(_ text: String) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    var result = ""
    var bits = 0
    var count = 0
    for byte in text.utf8 {
      bits = bits << 8 | Int(byte)
      count += 8
      while count >= 6 {
        count -= 6
        result.append(letters[bits >> count & 63])
      }
      bits &= 63
    }
    if count > 0 { result.append(letters[bits << (6 - count) & 63]) }
    return result
  }

  @Test("a pass is read from its JSON and from the link that saves it", arguments: [true, false])
  func flight(isLink: Bool) {
    let link =
      "https://pay.google.com/gp/v/save/" + Self.encoded("{\"alg\":\"RS256\"}") + "."
      + Self.encoded(Self.text)
    let bytes = Array((isLink ? link + ".c2ln" : Self.text).utf8)
    let result = read(bytes, as: "application/x-google-wallet")
    var found: Reservation?
    for observation in result.observations where observation.field == "GoogleWallet:flight" {
      if case .travel(let booked) = observation.fact { found = booked }
    }
    #expect(found?.name == "OS415" && found?.from == "VIE" && found?.to == "CDG" && found?.seat == "14E")
    #expect(found?.start?.civilSeconds == 1_903_850_700)
    #expect(result.locations.count == 1)
    #expect(result.text(.text, .barcode) == PassTests.code)
    #expect(result.observations.contains { $0.role == .boardingPass })
  }

  @Test("damage") func damage() { surviveDamage(Array(Self.text.utf8), as: "application/x-google-wallet") }

  @Test("other JSON says nothing") func clean() {
    let result = read(Array("{\"genericObjects\": [{\"state\": 1}]}".utf8), as: "application/x-google-wallet")
    #expect(result.observations.isEmpty)
  }
}
