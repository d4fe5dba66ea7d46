/// Where a reporter goes, when, and what must not come out on the way.
package struct TripProfile: Sendable, Equatable {
  /// Title of the trip; never printed at `coarse` and `share`.
  package var name = ""
  /// ISO 3166-1 alpha-2, in the order of the trip.
  package var countries: [String] = []
  /// Countries passed through.
  package var transit: [String] = []
  /// First and last civil day, in days since 1970-01-01.
  package var days: ClosedRange<Int64>?
  package var sensitiveDates: [SensitiveDate] = []
  package var protectedPlaces: [ProtectedPlace] = []
  /// Names of people that must not stand in any file; never printed at `coarse` and `share`.
  package var protectedNames: [String] = []
  /// Make and model of the devices that travel, or a part of them.
  package var devices: [String] = []

  package init() {}
}

/// A day on which somebody looks harder than on others.
package struct SensitiveDate: Sendable, Equatable {
  /// Civil days since 1970-01-01.
  package var days: ClosedRange<Int64>
  /// ISO 3166-1 alpha-2; empty for everywhere.
  package var country: String
  package var name: String
  /// How sure the dates are, 0 to 1.
  package var confidence: Double
  /// Where the date is from; empty for one that the profile names itself.
  package var source: String

  package init(days: ClosedRange<Int64>, country: String, name: String, confidence: Double, source: String) {
    self.days = days
    self.country = country
    self.name = name
    self.confidence = confidence
    self.source = source
  }
}

/// A place that files must not lead to: a home, an office, the street of a source.
package struct ProtectedPlace: Sendable, Equatable {
  /// What the profile calls it; never printed at `coarse` and `share`.
  package var name: String
  package var coordinate: Coordinate
  /// Metres.
  package var radius: Double

  package init(name: String, coordinate: Coordinate, radius: Double) {
    self.name = name
    self.coordinate = coordinate
    self.radius = radius
  }
}

/// What rules may ask about besides the files.
package struct AuditContext: Sendable {
  /// The day of the audit, in days since 1970-01-01.
  package var day: Int64
  package var trip: TripProfile?
  /// The country of a position, ISO 3166-1 alpha-2; empty at sea.
  package var country: @Sendable (Coordinate) -> String
  /// Minutes east of UTC of the local time at a position, at a time in seconds since 1970-01-01T00:00:00 UTC;
  /// nil where unknown.
  package var utcOffset: @Sendable (Coordinate, Int64) -> Int16?

  package init(
    day: Int64, trip: TripProfile? = nil, country: @escaping @Sendable (Coordinate) -> String = { _ in "" },
    utcOffset: @escaping @Sendable (Coordinate, Int64) -> Int16? = { _, _ in nil }
  ) {
    self.day = day
    self.trip = trip
    self.country = country
    self.utcOffset = utcOffset
  }
}

extension TripProfile {
  package enum Phase: Sendable, Equatable {
    case before, during, after
  }

  /// Where a civil day lies to the days of the trip; nil where the profile names none.
  package func phase(of day: Int64) -> Phase? {
    guard let days else { return nil }
    return day < days.lowerBound ? .before : day > days.upperBound ? .after : .during
  }

  /// The surest date that the day lies in and that is kept in the country or everywhere.
  package func sensitiveDate(on day: Int64, in country: String) -> SensitiveDate? {
    sensitiveDates
      .filter { $0.days.contains(day) && ($0.country.isEmpty || $0.country == country) }
      .max { $0.confidence < $1.confidence }
  }

  /// The nearest protected place whose radius the position lies in, and the metres to it.
  package func protects(_ coordinate: Coordinate) -> (ProtectedPlace, distance: Double)? {
    protectedPlaces
      .map { ($0, distance: $0.coordinate.distance(to: coordinate)) }
      .filter { $0.distance <= $0.0.radius }
      .min { $0.distance < $1.distance }
  }
}
