/// A comparison of a number that an observation states. All that is given must hold; what is not stated meets none.
package struct NumberTest: Sendable, Equatable {
  package enum Attribute: String, Sendable, CaseIterable {
    /// Metres.
    case accuracy
    case altitude
    /// Metres per second.
    case speed
    /// Degrees clockwise from north.
    case course
    case direction
    /// Positions of a track.
    case pointCount
    case byteCount
    /// Minutes east of UTC.
    case utcOffset
    /// Of the civil date, as it is stated.
    case year
    /// 0 to 23, local time.
    case hour
    case count
    /// Different dates; of a track or travel, from the first to the last, both counted.
    case days
    case nights
    /// 0 to 1.
    case confidence
    /// Metres.
    case distance
  }

  package var attribute: Attribute
  package var equals: Double?
  package var atLeast: Double?
  package var atMost: Double?
  package var above: Double?
  package var below: Double?
  /// One of these; empty for any.
  package var values: [Double]

  package init(
    _ attribute: Attribute, equals: Double? = nil, atLeast: Double? = nil, atMost: Double? = nil,
    above: Double? = nil, below: Double? = nil, values: [Double] = []
  ) {
    self.attribute = attribute
    self.equals = equals
    self.atLeast = atLeast
    self.atMost = atMost
    self.above = above
    self.below = below
    self.values = values
  }

  package func holds(_ value: Double) -> Bool {
    guard value.isFinite else { return false }
    if let equals, value != equals { return false }
    if let atLeast, value < atLeast { return false }
    if let atMost, value > atMost { return false }
    if let above, value <= above { return false }
    if let below, value >= below { return false }
    return values.isEmpty || values.contains(value)
  }
}

/// Where a position must lie.
package enum PlaceTest: Sendable, Equatable {
  /// At most so many metres from a position in degrees.
  case near(latitude: Double, longitude: Double, metres: Double)
  /// Within the radius of a protected place of the trip profile.
  case nearProtectedPlace
  /// In one of these countries, ISO 3166-1 alpha-2.
  case countries([String])
  /// In a country of the trip, one that is only passed through included.
  case tripCountry
  /// Degrees. Where `west` is greater than `east` the box crosses the meridian of 180 degrees.
  case box(south: Double, west: Double, north: Double, east: Double)
}

/// When something must have been or be.
package enum TimeTest: String, Sendable, CaseIterable {
  /// From 22:00 to 07:00 local time.
  case night
  /// Monday to Friday.
  case weekday
  /// Saturday and Sunday.
  case weekend
  /// A sensitive date of the trip profile.
  case onSensitiveDate = "on-sensitive-date"
  case beforeTrip = "before-trip"
  case afterTrip = "after-trip"
  case duringTrip = "during-trip"
  /// On the day of the audit or later.
  case future
}
