internal import UntrailModel

extension BoardingPassLeg {
  /// The flight as what is booked.
  ///
  /// - Parameter reference: a time near the flight that the file states elsewhere; without one the code names no
  ///   year, and the flight has no start.
  func reservation(near reference: Timestamp? = nil) -> Reservation {
    var booked = Reservation(.flight)
    booked.name = flight
    booked.provider = carrier
    booked.reference = self.reference
    booked.traveller = passenger
    booked.seat = seat
    booked.from = from
    booked.to = to
    booked.start = reference.flatMap { day(near: $0) }
    return booked
  }

  /// The day of the flight in the year in which it lies nearest to another time, if that is within a month.
  func day(near reference: Timestamp) -> Timestamp? {
    guard let dayOfYear else { return nil }
    let year = CivilDate.date(days: reference.civilDay).year
    let days = (year - 1...year + 1).compactMap { year -> Int64? in
      guard (1...9999).contains(year) else { return nil }
      let first = CivilDate.days(year: year, month: 1, day: 1)
      let day = first + Int64(dayOfYear) - 1
      return CivilDate.date(days: day).year == year ? day : nil
    }
    guard let nearest = days.min(by: { abs($0 - reference.civilDay) < abs($1 - reference.civilDay) }),
      abs(nearest - reference.civilDay) <= 31
    else { return nil }
    return Timestamp(civilSeconds: nearest * 86_400, precision: .day)
  }

  /// The day of the flight in words; nil where the code has none.
  var dayText: String? { dayOfYear.map { "day \($0) of the year" } }
}

extension BoardingPassCode {
  /// Adds what the code of a boarding pass says: its flights, who flies, ticket, frequent flyer, baggage.
  ///
  /// - Parameters:
  ///   - reference: a time near the flight that the file states elsewhere.
  ///   - offset: bytes from the start of the file to the code; nil where it does not stand in it as such.
  /// - Returns: whether the text is such a code.
  @discardableResult
  static func add(
    _ text: String, near reference: Timestamp? = nil, at offset: Int?, into result: inout ReadResult
  ) -> Bool {
    let legs = decode(text)
    guard let first = legs.first else { return false }
    result.add(.traveller, .person(first.passenger), "BCBP:PassengerName", at: offset)
    for leg in legs {
      let booked = leg.reservation(near: reference)
      result.add(.boardingPass, .travel(booked), "BCBP:Flight", at: offset)
      if booked.start == nil, let day = leg.dayText {
        result.add(.event, .text(leg.flight + ", " + day), "BCBP:DateOfFlight", at: offset)
      }
      if !leg.ticketNumber.isEmpty {
        result.add(.documentID, .link(leg.ticketNumber), "BCBP:DocumentNumber", at: offset)
      }
    }
    for number in Set(legs.map(\.frequentFlyer)).sorted() where !number.isEmpty {
      result.add(.account, .person(number), "BCBP:FrequentFlyerNumber", at: offset)
    }
    for tag in Set(legs.flatMap(\.baggageTags)).sorted() {
      result.add(.documentID, .link(tag), "BCBP:BaggageTag", at: offset)
    }
    return true
  }
}
