internal import UntrailBytes
internal import UntrailModel

/// Reads data of schema.org, as JSON-LD or as microdata, for what is booked in it:
///
///     {"@context": "http://schema.org", "@type": "FlightReservation", "reservationNumber": "XY12Z",
///      "underName": {"@type": "Person", "name": "Mara Example"},
///      "reservationFor": {"@type": "Flight", "flightNumber": "2724", "airline": {"iataCode": "LH"},
///        "departureAirport": {"iataCode": "MUC"}, "departureTime": "2027-03-06T17:35:00+01:00", ...}}
///
/// Source: schema.org, release 28: Reservation and the types below it; Google, Email Markup (2024).
struct SchemaData {
  /// Where the values stand.
  enum Origin {
    /// The first byte of the block, from which the places of values count; nil where that is nowhere in the file.
    case block(Int?)
    /// All of them in one value of the file.
    case value(Int?)

    func offset(of value: DataValue) -> Int? {
      switch self {
      case .block(let start): start.map { $0 + value.start }
      case .value(let place): place
      }
    }
  }

  /// The first part of the fields' names: JSON-LD, Microdata.
  let group: String
  let limits: Limits
  var facts: FactSet
  /// Items that others name by their address.
  private var named: [String: DataValue] = [:]
  private var reservationsLeft: Int

  init(_ group: String, _ limits: Limits) {
    self.group = group
    self.limits = limits
    facts = FactSet(limit: limits.observations / 2)
    reservationsLeft = limits.observations / 10
  }

  /// The most times that reading starts anew behind a mistake.
  private static let mostStarts = 64

  /// Adds what JSON-LD says. Where it breaks off, as where a comma is missing, reading starts anew at the next item.
  mutating func addJSON(_ bytes: [UInt8], at origin: Origin, into result: inout ReadResult) {
    var start = 0
    var isFlawed = false
    for _ in 0..<Self.mostStarts {
      var scratch = ReadResult()
      let block = Array(bytes[start...])
      let view = ByteView(ByteSource(bytes: block, isJoined: true), start: 0, count: block.count)
      if let value = JSONReader.value(of: view, into: &scratch, limits) {
        let moved: Origin =
          if case .block(let base) = origin { .block(base.map { $0 + start }) } else { origin }
        add(value, at: moved, into: &result)
      }
      guard let damage = scratch.diagnostics.first else { break }
      isFlawed = true
      let reached = max(start + 1, start + (damage.offset ?? 0))
      guard let next = bytes[min(reached, bytes.count)...].firstIndex(of: UInt8(ascii: "{")) else { break }
      start = next
    }
    if isFlawed {
      let place: Int? = if case .block(let base) = origin { base } else { nil }
      result.damage("malformed", "JSON that breaks off", at: place)
    }
  }

  /// Adds what an item, a list or a graph of items says.
  mutating func add(_ value: DataValue, at origin: Origin, into result: inout ReadResult) {
    var queue = value.items
    for item in value.items { queue += item["@graph"]?.items ?? [] }
    for item in queue.prefix(limits.entries) {
      if let id = item["@id"]?.text, item.pairs.count > 1 { named[id] = item }
    }
    var steps = 0
    while let next = queue.popLast(), steps < limits.entries {
      steps += 1
      guard let item = SchemaItem(resolved(next)) else { continue }
      if let type = item.types.first(where: { SchemaKind.reservations[$0] != nil }) {
        addReservation(item, type, at: origin, into: &result)
        queue += item.values("subReservation")
      } else if item.types.contains("ReservationPackage") {
        queue += item.values("subReservation")
      } else if item.types.contains(where: { SchemaKind.isEvent($0) }) {
        addEvent(item, at: origin, into: &result)
      } else {
        // Mail lists what it is about, and a page what it is the page of.
        queue += item.values("mainEntity") + item.values("about") + item.values("itemListElement")
        queue += item.values("item")
      }
    }
  }

  /// What an item that is only named stands for.
  func resolved(_ value: DataValue) -> DataValue {
    guard value.pairs.count == 1, let id = value["@id"]?.text, let item = named[id] else { return value }
    return item
  }

  mutating func takeReservation() -> Bool {
    guard reservationsLeft > 0 else { return false }
    reservationsLeft -= 1
    return true
  }

  mutating func add(
    _ role: Role, _ fact: Observation.Fact, _ name: String, at offset: Int?, into result: inout ReadResult
  ) {
    facts.add(role, fact, group + ":" + name, at: offset, into: &result)
  }
}

/// The types of schema.org that are read.
enum SchemaKind {
  static let reservations: [String: Reservation.Category] = [
    "FlightReservation": .flight, "TrainReservation": .train, "BusReservation": .bus,
    "BoatReservation": .ferry,
    "LodgingReservation": .lodging, "RentalCarReservation": .car, "TaxiReservation": .car,
    "EventReservation": .event, "FoodEstablishmentReservation": .restaurant, "Reservation": .other,
  ]

  static func isEvent(_ type: String) -> Bool {
    type.hasSuffix("Event") || type == "Festival" || type == "EventSeries" || type == "Hackathon"
  }
}
