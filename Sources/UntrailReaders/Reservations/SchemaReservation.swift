internal import UntrailModel

/// What is booked.
extension SchemaData {
  /// What the item of a reservation says of the journey, the stay or the event.
  private struct Target {
    var name = ""
    var provider = ""
    var from: SchemaItem?
    var to: SchemaItem?
    var start: (time: Timestamp, name: String, value: DataValue)?
    var end: (time: Timestamp, name: String, value: DataValue)?
  }

  mutating func addReservation(
    _ item: SchemaItem, _ type: String, at origin: Origin, into result: inout ReadResult
  ) {
    guard let category = SchemaKind.reservations[type] else { return }
    guard takeReservation() else {
      return result.damageOnce("limit", "more is booked in the file than is listed")
    }
    let people = addPeople(item, at: origin, into: &result)
    addNumbers(item, at: origin, into: &result)
    var booked = Reservation(category)
    booked.reference = item.text("reservationNumber", "reservationId", "confirmationNumber") ?? ""
    booked.traveller = people.joined(separator: ", ")
    booked.seat = seat(item)
    let things = item.items("reservationFor", "reservedTicket")
    for thing in things.isEmpty ? [item] : things.prefix(50).compactMap({ SchemaItem(resolved($0.value)) }) {
      let target = target(category, thing, item)
      var one = booked
      one.name = target.name
      one.provider = target.provider
      let isStation = [.flight, .train, .bus, .ferry].contains(category)
      one.from = target.from.map { isStation ? $0.station : $0.place } ?? ""
      one.to = target.to.map { isStation ? $0.station : $0.place } ?? ""
      one.start = target.start?.time
      one.end = target.end?.time
      addTarget(target, at: origin, into: &result)
      let place = isStation ? nil : target.to ?? target.from
      one.coordinate = place?.position?.geo.coordinate
      result.add(.reservation, .travel(one), group + ":" + type, at: origin.offset(of: item.value))
      addOtherTimes(thing, at: origin, into: &result)
      addLinks(thing, at: origin, into: &result)
    }
    addOtherTimes(item, at: origin, into: &result)
    addLinks(item, at: origin, into: &result)
  }

  private func target(_ category: Reservation.Category, _ thing: SchemaItem, _ item: SchemaItem) -> Target {
    func place(_ names: String...) -> SchemaItem? {
      for name in names {
        for holder in [thing, item] {
          guard let value = holder.values(name).first else { continue }
          if let found = SchemaItem(resolved(value)) { return found }
          // A name alone stands for the place.
          if value.text != nil {
            return SchemaItem(DataValue(content: .map([("name", value)]), start: value.start))
          }
        }
      }
      return nil
    }
    var target = Target()
    target.name = thing.name
    target.provider = item.items("provider").first?.name ?? item.text("provider") ?? ""
    switch category {
    case .flight:
      let airline = thing.items("airline", "provider", "carrier", "seller").first
      target.provider =
        airline.map { $0.name.isEmpty ? $0.text("iataCode") ?? "" : $0.name } ?? target.provider
      target.name = Self.flight(thing.text("flightNumber") ?? thing.name, airline?.text("iataCode"))
    case .train:
      target.name = thing.text("trainNumber", "trainName") ?? thing.name
      target.provider = thing.text("provider", "trainCompany") ?? target.provider
    case .bus:
      target.name = thing.text("busNumber", "busName") ?? thing.name
      target.provider = thing.text("provider", "busCompany") ?? target.provider
    case .car: target.provider = thing.text("rentalCompany", "provider") ?? target.provider
    default: break
    }
    switch category {
    case .flight, .train, .bus, .ferry:
      target.from = place(
        "departureAirport", "departureStation", "departureBusStop", "departureBusStation",
        "departureBoatTerminal",
        "departureTerminal")
      target.to = place(
        "arrivalAirport", "arrivalStation", "arrivalBusStop", "arrivalBusStation", "arrivalBoatTerminal",
        "arrivalTerminal")
      target.start = thing.time("departureTime", "departureDay") ?? item.time("departureTime")
      target.end = thing.time("arrivalTime") ?? item.time("arrivalTime")
    case .car:
      target.from = place("pickupLocation")
      target.to = place("dropoffLocation", "dropOffLocation")
      target.start = item.time("pickupTime", "pickupDate")
      target.end = item.time("dropoffTime", "dropOffTime", "dropoffDate")
    case .lodging, .restaurant:
      target.to = thing
      target.start = item.time("checkinTime", "checkinDate", "startTime", "startDate")
      target.end = item.time("checkoutTime", "checkoutDate", "endTime", "endDate")
    default:
      target.to = place("location") ?? thing
      target.start = thing.time("startDate", "startTime", "doorTime") ?? item.time("startTime", "startDate")
      target.end = thing.time("endDate", "endTime") ?? item.time("endTime", "endDate")
    }
    return target
  }

  /// The airline's code and the number, unless the number has the code already.
  private static func flight(_ number: String, _ code: String?) -> String {
    guard let code, let first = number.utf8.first, (0x30...0x39).contains(first), !number.hasPrefix(code)
    else {
      return number
    }
    return code + number
  }

  private mutating func addTarget(_ target: Target, at origin: Origin, into result: inout ReadResult) {
    if let (time, name, value) = target.start {
      add(.start, .timestamp(time), name, at: origin.offset(of: value), into: &result)
      addZone(value, at: origin, into: &result)
    }
    if let (time, name, value) = target.end {
      add(.end, .timestamp(time), name, at: origin.offset(of: value), into: &result)
      addZone(value, at: origin, into: &result)
    }
    if let from = target.from { addPlace(from, .planned, at: origin, into: &result) }
    if let to = target.to { addPlace(to, .destination, at: origin, into: &result) }
  }

  mutating func addPlace(
    _ place: SchemaItem, _ role: Role, hasPosition: Bool = true, at origin: Origin,
    into result: inout ReadResult
  ) {
    let offset = origin.offset(of: place.value)
    if !place.place.isEmpty { add(role, .place(place.place), "location", at: offset, into: &result) }
    for address in place.items("address") {
      guard let city = address.text("addressLocality") else { continue }
      add(.city, .place(city), "addressLocality", at: origin.offset(of: address.value), into: &result)
    }
    if let number = place.text("telephone") {
      add(.phone, .contact(number), "telephone", at: offset, into: &result)
    }
    guard hasPosition, let (geo, value) = place.position,
      let location = geo.location(group + ":geo", at: origin.offset(of: value), into: &result)
    else { return }
    add(role, .location(location), "geo", at: origin.offset(of: value), into: &result)
  }

  /// An event that nobody has booked: what a page is about.
  mutating func addEvent(_ item: SchemaItem, at origin: Origin, into result: inout ReadResult) {
    if !item.name.isEmpty {
      add(.event, .text(item.name), "name", at: origin.offset(of: item.value), into: &result)
    }
    if let (time, name, value) = item.time("startDate", "doorTime") {
      add(.start, .timestamp(time), name, at: origin.offset(of: value), into: &result)
    }
    if let (time, name, value) = item.time("endDate") {
      add(.end, .timestamp(time), name, at: origin.offset(of: value), into: &result)
    }
    // Where a public event takes place is nobody's position.
    for value in item.values("location").prefix(20) {
      guard let place = SchemaItem(resolved(value)) else { continue }
      addPlace(place, .event, hasPosition: false, at: origin, into: &result)
    }
  }
}
