internal import UntrailModel

/// The tags that say to programs what stands in a pass, on the pass or on one of its fields.
///
/// Source: Apple, Wallet Passes: SemanticTags (2024).
enum PassSemantics {
  private enum Meaning: Sendable {
    case text(any WritableKeyPath<Reservation, String> & Sendable)
    case start
    case end
    case time
    case place
    case venue
    case person
    case zone
    case contact
    case number
    case name
  }

  private static let tags: [String: Meaning] = [
    "passengerName": .person, "attendeeName": .person, "driverName": .person, "accountHolderName": .person,
    "hostName": .person,
    "confirmationNumber": .text(\.reference), "flightCode": .text(\.name), "vehicleNumber": .text(\.name),
    "eventName": .text(\.name), "tripNumber": .text(\.name), "transitProvider": .text(\.provider),
    "airlineName": .text(\.provider),
    "departureAirportCode": .text(\.from), "departureStationName": .text(\.from),
    "departureAirportName": .text(\.from), "departureLocationDescription": .text(\.from),
    "departureCityName": .text(\.from),
    "destinationAirportCode": .text(\.to), "destinationStationName": .text(\.to),
    "destinationAirportName": .text(\.to), "destinationLocationDescription": .text(\.to),
    "destinationCityName": .text(\.to), "venueName": .text(\.to),
    "currentDepartureDate": .start, "originalDepartureDate": .start, "eventStartDate": .start,
    "checkInDate": .start, "currentArrivalDate": .end, "originalArrivalDate": .end, "eventEndDate": .end,
    "checkOutDate": .end, "originalBoardingDate": .time, "currentBoardingDate": .time,
    "venueOpenDate": .time, "venueDoorsOpenDate": .time, "venueGatesOpenDate": .time, "venueCloseDate": .end,
    "venueBoxOfficeOpenDate": .time, "venueFanZoneOpenDate": .time, "venueParkingLotsOpenDate": .time,
    "departureLocation": .place, "destinationLocation": .place, "venueLocation": .venue,
    "venuePhoneNumber": .contact, "venueAddress": .contact, "contactEmail": .contact,
    "departureLocationTimeZone": .zone, "destinationLocationTimeZone": .zone,
    "membershipProgramNumber": .number, "ticketNumber": .number, "passengerEligibleSecurityPrograms": .name,
    "membershipProgramName": .name, "performerNames": .name, "venueRegionName": .name, "venueEntrance": .name,
    "venueRoom": .name, "departureGate": .name, "destinationGate": .name, "departureTerminal": .name,
    "destinationTerminal": .name, "boardingGroup": .name, "boardingSequenceNumber": .name, "carNumber": .name,
    "homeTeamName": .name, "awayTeamName": .name, "leagueName": .name, "genre": .name, "vehicleName": .name,
    "balance": .name, "totalPrice": .name, "airlineCode": .name, "flightNumber": .name,
    "admissionLevel": .name,
    "eventType": .name, "priorityStatus": .name, "securityScreening": .name, "ticketFareClass": .name,
    "transitStatus": .name, "transitStatusReason": .name, "vehicleType": .name, "venueRegion": .name,
  ]

  static func take(_ semantics: DataValue, _ facts: inout PassFacts, _ travel: inout PassTravel) {
    for (tag, value) in semantics.pairs.prefix(300) {
      switch tag {
      case "seats": takeSeats(value, &facts, &travel)
      case "wifiAccess": takeNetworks(value, &facts)
      case "eventStartDateInfo": takeDate(value, tag, .start, &facts, &travel)
      case "eventEndDateInfo": takeDate(value, tag, .end, &facts, &travel)
      default: if let meaning = tags[tag] { take(value, tag, meaning, &facts, &travel) }
      }
    }
    takeFlight(semantics, &travel)
  }

  private static func take(
    _ value: DataValue, _ tag: String, _ meaning: Meaning, _ facts: inout PassFacts,
    _ travel: inout PassTravel
  ) {
    switch meaning {
    case .text(let path):
      guard let text = facts.add(.label, text: value, tag, as: { .text($0) }) else { return }
      if tag == "confirmationNumber" { facts.add(.documentID, .link(text), tag, value) }
      if travel.tags[keyPath: path].isEmpty || tag.hasSuffix("Code") { travel.tags[keyPath: path] = text }
      if travel.tags.category == .other { travel.tags.category = category(tag) }
    case .start: takeTime(facts.add(.start, time: value, tag), tag, \.start, &travel)
    case .end: takeTime(facts.add(.end, time: value, tag), tag, \.end, &travel)
    case .time: facts.add(.planned, time: value, tag)
    case .place: facts.add(.event, position: value, tag)
    case .venue: travel.tags.coordinate = facts.add(.event, position: value, tag) ?? travel.tags.coordinate
    case .person:
      guard let name = name(value) else { return }
      facts.add(.traveller, .person(name), tag, value)
      if travel.tags.traveller.isEmpty { travel.tags.traveller = name }
    case .zone: facts.add(.timeZone, text: value, tag) { .text($0) }
    case .contact: facts.add(.address, text: value, tag) { .contact($0) }
    case .number: facts.add(.documentID, text: value, tag) { .link($0) }
    case .name:
      let texts = value.items.prefix(50).compactMap { $0.label ?? $0["amount"]?.label }
      if !texts.isEmpty { facts.add(.label, .text(texts.joined(separator: ", ")), tag, value) }
    }
  }

  private static func category(_ tag: String) -> Reservation.Category {
    switch tag {
    case "flightCode", "departureAirportCode", "departureAirportName", "destinationAirportCode",
      "destinationAirportName", "airlineName":
      .flight
    case "eventName", "venueName": .event
    default: .other
    }
  }

  /// The current time of a flight is better than the one first planned.
  private static func takeTime(
    _ time: Timestamp?, _ tag: String, _ path: WritableKeyPath<Reservation, Timestamp?>,
    _ travel: inout PassTravel
  ) {
    guard let time, travel.tags[keyPath: path] == nil || tag.hasPrefix("current") else { return }
    travel.tags[keyPath: path] = time
  }

  /// {"date": "...", "timeZone": "...", "isAllDay": false}
  private static func takeDate(
    _ value: DataValue, _ tag: String, _ role: Role, _ facts: inout PassFacts, _ travel: inout PassTravel
  ) {
    takeTime(facts.add(role, time: value["date"], tag), tag, role == .start ? \.start : \.end, &travel)
    facts.add(.timeZone, text: value["timeZone"], tag) { .text($0) }
  }

  /// A name as text, or in parts.
  private static func name(_ value: DataValue) -> String? {
    if let text = value.label { return text }
    let parts = ["namePrefix", "givenName", "middleName", "familyName", "nameSuffix"].compactMap {
      value[$0]?.label
    }
    return parts.isEmpty ? value["nickname"]?.label : parts.joined(separator: " ")
  }

  private static func takeSeats(_ value: DataValue, _ facts: inout PassFacts, _ travel: inout PassTravel) {
    for seat in value.items.prefix(50) {
      let parts = ["seatSection", "seatLevel", "seatRow", "seatNumber"].compactMap { seat[$0]?.label }
      let text = seat["seatIdentifier"]?.label ?? parts.joined(separator: " ")
      guard !text.isEmpty else { continue }
      facts.add(.label, .text(text), "seats", seat)
      if travel.tags.seat.isEmpty { travel.tags.seat = text }
    }
  }

  /// Networks that guests may use; the password is only said to be there.
  private static func takeNetworks(_ value: DataValue, _ facts: inout PassFacts) {
    for network in value.items.prefix(50) {
      facts.add(.ssid, text: network["ssid"], "wifiAccess") { .network($0) }
      guard network["password"]?.label != nil else { continue }
      facts.add(.password, .hidden(HiddenContent(byteCount: nil)), "wifiAccess", network["password"])
    }
  }

  /// The code of the airline and the number, where they stand apart.
  private static func takeFlight(_ semantics: DataValue, _ travel: inout PassTravel) {
    guard travel.tags.name.isEmpty, let code = semantics["airlineCode"]?.label,
      let number = semantics["flightNumber"]?.label
    else { return }
    travel.tags.name = code + number
    travel.tags.category = .flight
  }
}
