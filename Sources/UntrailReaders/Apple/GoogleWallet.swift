internal import UntrailBytes
internal import UntrailModel

/// The text that adds passes to Google's wallet: a link, or its last part.
///
///     https://pay.google.com/gp/v/save/HEAD.PAYLOAD.SIGNATURE      each in base 64 for addresses
///
/// Source: Google, Wallet API: JWTs (2024); RFC 7519.
enum GoogleWalletLink {
  static let start = "https://pay.google.com/gp/v/save/"

  /// The JSON of the middle part; nil where the bytes are no such text.
  static func payload(_ bytes: [UInt8]) -> [UInt8]? {
    var rest = bytes[...].drop { $0 <= 0x20 }
    if rest.starts(with: start.utf8) { rest = rest.dropFirst(start.utf8.count) }
    guard rest.starts(with: "eyJ".utf8) else { return nil }
    let parts = rest.prefix { $0 > 0x20 }.split(separator: UInt8(ascii: "."))
    guard parts.count >= 2 else { return nil }
    let letters = parts[1].map {
      $0 == UInt8(ascii: "-") ? UInt8(ascii: "+") : $0 == UInt8(ascii: "_") ? UInt8(ascii: "/") : $0
    }
    let payload = Base64.decode(letters)
    return payload.first == UInt8(ascii: "{") ? payload : nil
  }
}

/// Passes of Google's wallet.
///
///     {"iss": mail, "typ": "savetowallet", "payload": {
///       "flightObjects": [{"id", "passengerName", "boardingAndSeatingInfo": {"seatNumber"}, "reservationInfo":
///         {"confirmationCode", "frequentFlyerInfo": {"frequentFlyerNumber"}}, "barcode": {"value"}}],
///       "flightClasses": [{"localScheduledDepartureDateTime", "flightHeader": {"carrier": {"carrierIataCode"},
///         "flightNumber"}, "origin": {"airportIataCode"}, "destination": {...}, "locations": [{...}]}],
///       "eventTicketObjects": [{"ticketHolderName", "ticketNumber", "seatInfo"}], "eventTicketClasses": [{"eventName",
///         "venue": {"name", "address"}, "dateTime": {"start", "end"}}],
///       "transitObjects": [{"passengerNames", "ticketLeg": {"originName", "destinationName", "departureDateTime"}}],
///       "genericObjects", "loyaltyObjects", "offerObjects", "giftCardObjects"}}
///
/// Texts may be {"defaultValue": {"value": text}}.
///
/// Source: Google, Wallet API reference: flightobject, eventticketobject, transitobject, loyaltyobject (2024).
struct GoogleWallet {
  private let limits: Limits
  private var facts: PassFacts
  private var valuesLeft = 5000
  private var booked: [Reservation.Category: Reservation] = [:]

  /// - Parameter base: bytes from the start of the file to the JSON; nil where it is packed.
  init(base: Int?, _ limits: Limits) {
    self.limits = limits
    facts = PassFacts("GoogleWallet", base: base, limits)
  }

  static func read(_ payload: [UInt8], at base: Int?, into result: inout ReadResult, _ limits: Limits) {
    let view = ByteView(ByteSource(bytes: payload, isJoined: true), start: 0, count: payload.count)
    guard let value = JSONReader.value(of: view, into: &result, limits) else { return }
    var wallet = GoogleWallet(base: base, limits)
    wallet.observe(value, into: &result)
  }

  mutating func observe(_ value: DataValue, into result: inout ReadResult) {
    facts.add(.email, text: value["iss"], "iss") { .contact($0) }
    take(value, .other, 0)
    for category in booked.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
      guard let one = booked[category] else { continue }
      facts.add(category == .flight ? .boardingPass : .ticket, .travel(one), category.name, nil)
    }
    result.observations += facts.result.observations
    result.diagnostics += facts.result.diagnostics
  }

  private mutating func take(_ value: DataValue, _ category: Reservation.Category, _ depth: Int) {
    guard depth < limits.nesting else { return }
    for (key, part) in value.pairs {
      valuesLeft -= 1
      guard valuesLeft > 0 else { return }
      let category = Self.categories[key] ?? category
      takeKnown(part, key, category)
      for item in part.items where !item.pairs.isEmpty { take(item, category, depth + 1) }
    }
  }

  private static let categories: [String: Reservation.Category] = [
    "flightObjects": .flight, "flightClasses": .flight, "flightObject": .flight, "flightClass": .flight,
    "eventTicketObjects": .event, "eventTicketClasses": .event, "eventTicketObject": .event,
    "transitObjects": .train, "transitClasses": .train, "transitObject": .train,
  ]

  private static func text(_ value: DataValue) -> String? {
    value.label ?? value["defaultValue"]?["value"]?.label
  }

  private mutating func set(
    _ path: WritableKeyPath<Reservation, String>, _ text: String, _ category: Reservation.Category
  ) {
    guard category != .other else { return }
    var one = booked[category] ?? Reservation(category)
    if one[keyPath: path].isEmpty { one[keyPath: path] = text }
    booked[category] = one
  }

  private mutating func takeKnown(_ value: DataValue, _ key: String, _ category: Reservation.Category) {
    if ["locations", "merchantLocations"].contains(key) {
      for place in value.items.prefix(200) { facts.add(.event, position: place, key) }
      return
    }
    switch key {
    case "barcode":
      guard let code = value["value"]?.label else { break }
      facts.add(.barcode, .text(code), key, value["value"])
      BoardingPassCode.add(code, at: facts.place(value["value"]), into: &facts.result)
    case "origin", "destination":
      if let code = (value["airportIataCode"] ?? value["airportIcaoCode"])?.label {
        set(key == "origin" ? \.from : \.to, code, category)
      }
    case "flightHeader":
      let carrier =
        (value["carrier"]?["carrierIataCode"] ?? value["carrier"]?["carrierIcaoCode"])?.label ?? ""
      if let number = value["flightNumber"]?.label { set(\.name, carrier + number, category) }
    default: break
    }
    for item in value.items.prefix(50) {
      guard let text = Self.text(item) else { continue }
      takeText(text, item, key, category)
    }
  }

  private mutating func takeText(
    _ text: String, _ value: DataValue, _ key: String, _ category: Reservation.Category
  ) {
    if let (role, isStart) = Self.times[key], let time = PassTime.read(text) {
      facts.add(role, .timestamp(time), key, value)
      if let isStart, category != .other {
        var one = booked[category] ?? Reservation(category)
        if isStart { one.start = one.start ?? time } else { one.end = one.end ?? time }
        booked[category] = one
      }
      return
    }
    if let path = Self.texts[key] { set(path, text, category) }
    switch key {
    case "passengerName", "passengerNames", "ticketHolderName", "accountName":
      facts.add(.traveller, .person(text), key, value)
    case "accountId", "frequentFlyerNumber", "cardNumber", "ticketNumber", "confirmationCode", "tripId", "id",
      "eticketNumber", "purchaseConfirmationCode":
      facts.add(.documentID, .link(text), key, value)
    case "pin": facts.add(.password, .hidden(HiddenContent(byteCount: nil)), key, value)
    case "issuerName", "cardTitle", "header", "subheader", "eventName", "body", "name", "address",
      "alternateText":
      facts.add(.label, .text(text), key, value)
    case "uri" where MapLink(text) != nil || BoundedText.isWebAddress(text):
      facts.add(.url, .link(text), key, value)
    default: break
    }
  }

  private static let texts: [String: any WritableKeyPath<Reservation, String> & Sendable] = [
    "passengerName": \.traveller, "passengerNames": \.traveller, "ticketHolderName": \.traveller,
    "seatNumber": \.seat, "seat": \.seat, "confirmationCode": \.reference,
    "purchaseConfirmationCode": \.reference,
    "eventName": \.name, "carrierIataCode": \.provider, "issuerName": \.provider,
    "originName": \.from, "originStationCode": \.from, "destinationName": \.to,
    "destinationStationCode": \.to,
  ]

  private static let times: [String: (Role, isStart: Bool?)] = [
    "localScheduledDepartureDateTime": (.start, true),
    "localEstimatedOrActualDepartureDateTime": (.start, nil),
    "localBoardingDateTime": (.planned, nil), "localGateClosingDateTime": (.planned, nil),
    "localScheduledArrivalDateTime": (.end, false), "localEstimatedOrActualArrivalDateTime": (.end, nil),
    "start": (.start, true), "end": (.end, false), "doorsOpen": (.planned, nil),
    "departureDateTime": (.start, true), "arrivalDateTime": (.end, false), "date": (.planned, nil),
    "purchaseDateTime": (.created, nil),
  ]
}
