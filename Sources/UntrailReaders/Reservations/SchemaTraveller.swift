internal import UntrailModel

/// Who travels, with what numbers, and where the booking can be changed.
extension SchemaData {
  /// Adds the people of a reservation.
  ///
  /// - Returns: their names.
  mutating func addPeople(_ item: SchemaItem, at origin: Origin, into result: inout ReadResult) -> [String] {
    var names: [String] = []
    let tickets = item.items("reservedTicket").flatMap { $0.values("underName") }
    for value in (item.values("underName") + tickets).prefix(200) {
      let offset = origin.offset(of: value)
      let person = SchemaItem(resolved(value))
      let name = person?.name ?? value.text ?? ""
      if !name.isEmpty, !names.contains(name) {
        names.append(name)
        add(.traveller, .person(name), "underName", at: offset, into: &result)
      }
      if let email = person?.text("email").flatMap({ AddressText.email($0) }) {
        add(.email, .contact(email), "email", at: offset, into: &result)
      }
      if let number = person?.text("telephone") {
        add(.phone, .contact(number), "telephone", at: offset, into: &result)
      }
      if let address = person?.address, !address.isEmpty {
        add(.address, .contact(address), "address", at: offset, into: &result)
      }
    }
    for name in ["bookingAgent", "broker"] {
      guard let agent = item.items(name).first?.name, !agent.isEmpty else { continue }
      add(.publisher, .person(agent), name, at: origin.offset(of: item.value), into: &result)
    }
    return names
  }

  /// Adds the numbers of the booking, of tickets and of memberships, and the codes that are scanned.
  mutating func addNumbers(_ item: SchemaItem, at origin: Origin, into result: inout ReadResult) {
    let trip = item.items("reservationFor").first?.time("departureTime", "departureDay")?.time
    for holder in [item] + item.items("reservedTicket").prefix(200) {
      for name in ["reservationNumber", "reservationId", "confirmationNumber", "ticketNumber"] {
        guard let number = holder.text(name) else { continue }
        add(.documentID, .link(number), name, at: place(of: name, in: holder, origin), into: &result)
      }
      for name in ["ticketToken", "ticketPrintUrl", "ticketDownloadUrl"] {
        guard let token = holder.text(name) else { continue }
        addToken(token, name, near: trip, at: place(of: name, in: holder, origin), into: &result)
      }
    }
    for member in item.items("programMembershipUsed", "programMembership") {
      guard let number = member.text("membershipNumber") else { continue }
      add(.account, .person(number), "membershipNumber", at: origin.offset(of: member.value), into: &result)
    }
  }

  private func place(of name: String, in item: SchemaItem, _ origin: Origin) -> Int? {
    item.value[name].flatMap { origin.offset(of: $0) }
  }

  /// What is scanned at the gate, with its kind in front (qrCode:, aztecCode:, barcode128:), or where to get it.
  private mutating func addToken(
    _ token: String, _ name: String, near trip: Timestamp?, at offset: Int?, into result: inout ReadResult
  ) {
    guard !BoundedText.isWebAddress(token) else {
      return add(.url, .link(token), name, at: offset, into: &result)
    }
    var code = token[...]
    if let colon = code.firstIndex(of: ":"), code[..<colon].lowercased().holds("code") {
      code = code[code.index(after: colon)...]
    }
    guard !code.isEmpty else { return }
    add(.barcode, .text(String(code)), name, at: offset, into: &result)
    BoardingPassCode.add(String(code), near: trip, at: offset, into: &result)
  }

  func seat(_ item: SchemaItem) -> String {
    if let seat = item.text("airplaneSeat") { return seat }
    for ticket in item.items("reservedTicket") {
      guard let seat = ticket.items("ticketedSeat").first else { continue }
      let parts = ["seatSection", "seatRow", "seatNumber"].compactMap { seat.text($0) }
      if !parts.isEmpty { return parts.joined(separator: " ") }
    }
    return ""
  }

  mutating func addOtherTimes(_ item: SchemaItem, at origin: Origin, into result: inout ReadResult) {
    let roles: [(String, Role)] = [
      ("bookingTime", .created), ("bookingDate", .created), ("dateCreated", .created),
      ("modifiedTime", .modified),
      ("dateModified", .modified), ("boardingTime", .planned), ("doorTime", .planned),
      ("webCheckinTime", .planned), ("checkinTime", .start), ("checkoutTime", .end),
      ("departureTime", .start),
      ("arrivalTime", .end),
    ]
    for (name, role) in roles {
      guard let (time, _, value) = item.time(name) else { continue }
      add(role, .timestamp(time), name, at: origin.offset(of: value), into: &result)
    }
  }

  /// Adds the addresses of the web at which a booking can be seen and changed: many need no password.
  mutating func addLinks(_ item: SchemaItem, at origin: Origin, into result: inout ReadResult) {
    let names = [
      "modifyReservationUrl", "cancelReservationUrl", "confirmReservationUrl", "checkinUrl",
      "ticketDownloadUrl",
      "ticketPrintUrl", "url",
    ]
    for name in names {
      guard let link = item.text(name), BoundedText.isWebAddress(link) else { continue }
      add(.url, .link(link), name, at: place(of: name, in: item, origin), into: &result)
    }
    for action in item.items("potentialAction", "action").prefix(20) {
      guard
        let link = action.text("target", "url") ?? action.items("target").first?.text("urlTemplate", "url"),
        BoundedText.isWebAddress(link)
      else { continue }
      add(.url, .link(link), "potentialAction", at: origin.offset(of: action.value), into: &result)
    }
  }

  mutating func addZone(_ value: DataValue, at origin: Origin, into result: inout ReadResult) {
    guard let zone = (value["timezone"] ?? value["timeZone"])?.text else { return }
    add(.timeZone, .text(zone), "timezone", at: origin.offset(of: value), into: &result)
  }
}
