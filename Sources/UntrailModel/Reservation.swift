/// What is booked, or stands in a calendar: where somebody is expected, and when. Texts are empty where unknown.
package struct Reservation: Sendable, Equatable {
  package enum Category: UInt8, Sendable, NamedCase {
    case flight
    case train
    case bus
    case ferry
    case car
    case lodging
    case event
    case restaurant
    case appointment
    case other

    /// The name in records and rules.
    package var name: String { String(describing: self) }
  }

  package var category: Category
  /// The number of the flight or train, or the title of the event.
  package var name = ""
  /// Who provides it: airline, railway, hotel.
  package var provider = ""
  /// The booking reference, or the number of the ticket.
  package var reference = ""
  package var traveller = ""
  package var seat = ""
  /// Where it starts: a name, an address or the code of an airport or station.
  package var from = ""
  /// Where it leads or takes place.
  package var to = ""
  package var start: Timestamp?
  package var end: Timestamp?
  /// Where it takes place.
  package var coordinate: Coordinate?

  package init(_ category: Category) { self.category = category }

  /// The texts with the names that records give them.
  package static var texts: [(name: StaticString, path: WritableKeyPath<Reservation, String>)] {
    [
      ("name", \.name), ("provider", \.provider), ("reference", \.reference), ("traveller", \.traveller),
      ("seat", \.seat), ("from", \.from), ("to", \.to),
    ]
  }

  /// The same with every text changed by `body`.
  package func mapTexts(_ body: (String) -> String) -> Reservation {
    var copy = self
    for (_, path) in Self.texts { copy[keyPath: path] = body(copy[keyPath: path]) }
    return copy
  }
}
