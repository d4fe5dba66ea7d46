/// Where somebody was at a time, as one source has it.
package struct PositionFix: Sendable, Equatable {
  /// Which channel a fix comes from.
  package enum Source: UInt8, Sendable, NamedCase {
    case photo
    case calendar
    case history
    case track

    package var name: String { String(describing: self) }
  }

  package var coordinate: Coordinate
  /// Seconds since 1970-01-01T00:00:00 UTC.
  package var time: Int64
  /// Radius of the horizontal error in metres; NaN where unknown.
  package var accuracy: Float
  package var source: Source
  /// The file's number in the order of the walk, from 1.
  package var file: UInt32
  /// Whose: the number of a device that the linking knows, from 1; 0 where unknown.
  package var device: UInt32

  package init(
    coordinate: Coordinate, time: Int64, accuracy: Float = .nan, source: Source, file: UInt32,
    device: UInt32 = 0
  ) {
    self.coordinate = coordinate
    self.time = time
    self.accuracy = accuracy
    self.source = source
    self.file = file
    self.device = device
  }
}

/// A time during which somebody stayed within 200 m for at least 20 min.
///
/// Source: Q. Li et al., "Mining User Similarity Based on Location History", ACM GIS 2008.
package struct StayPoint: Sendable, Equatable {
  /// The mean of the fixes.
  package var coordinate: Coordinate
  /// Seconds since 1970-01-01T00:00:00 UTC: of the first fix of the stay, and of the first fix behind it.
  package var arrived, left: Int64
  package var fixCount: Int
  /// The number of its place in `Movement.places`, from 0; nil where it belongs to none.
  package var place: Int?
  package var device: UInt32

  package init(
    coordinate: Coordinate, arrived: Int64, left: Int64, fixCount: Int, place: Int? = nil, device: UInt32 = 0
  ) {
    self.coordinate = coordinate
    self.arrived = arrived
    self.left = left
    self.fixCount = fixCount
    self.place = place
    self.device = device
  }
}

/// A place where somebody was again and again: stays or photos that lie within 200 m of each other.
package struct Place: Sendable, Equatable {
  package enum Role: String, Sendable {
    case home
    case work
  }

  /// The mean of its stays.
  package var coordinate: Coordinate
  /// How many stays, or days with photos, it is made of.
  package var stays: Int
  /// Different local dates on which somebody was there; nights, from 22:00 to 07:00 local time; and weekdays from
  /// 09:00 to 18:00.
  package var days, nights, workdays: Int
  /// Seconds since 1970-01-01T00:00:00 UTC.
  package var first, last: Int64
  package var role: Role?
  /// How sure the role is, 0 to 1; 0 where there is none.
  package var confidence: Double
  /// ISO 3166-1 alpha-2; empty where unknown.
  package var country = ""
  /// Other countries within 5 km, ISO 3166-1 alpha-2.
  package var nearBorderOf: [String] = []
  /// The name of a disputed area that holds the place; empty for none.
  package var disputedArea = ""
  /// The nearest town; empty where unknown.
  package var town = ""

  package init(
    coordinate: Coordinate, stays: Int, days: Int, nights: Int, workdays: Int, first: Int64, last: Int64,
    role: Role? = nil, confidence: Double = 0
  ) {
    self.coordinate = coordinate
    self.stays = stays
    self.days = days
    self.nights = nights
    self.workdays = workdays
    self.first = first
    self.last = last
    self.role = role
    self.confidence = confidence
  }
}

/// The way from one stay to the next, where that is at another place.
package struct Trip: Sendable, Equatable {
  /// Numbers in `Movement.places`; nil for a position that is no place.
  package var from, to: Int?
  package var origin, destination: Coordinate
  /// Seconds since 1970-01-01T00:00:00 UTC.
  package var start, end: Int64
  /// Metres along the fixes.
  package var distance: Double

  package init(
    from: Int?, to: Int?, origin: Coordinate, destination: Coordinate, start: Int64, end: Int64,
    distance: Double
  ) {
    self.from = from
    self.to = to
    self.origin = origin
    self.destination = destination
    self.start = start
    self.end = end
    self.distance = distance
  }
}

/// A time away from home, or from the place with the most days where no home is known: more than 30 km away, and
/// over a night or more than 100 km.
package struct Journey: Sendable, Equatable {
  /// Seconds since 1970-01-01T00:00:00 UTC: of the first and the last fix away.
  package var start, end: Int64
  /// The number of the place with the most days of it in `Movement.places`; nil where there is none.
  package var place: Int?
  /// The position farthest from home, and metres to it.
  package var farthest: Coordinate
  package var distance: Double
  /// Local nights between the first and the last fix.
  package var nights: Int
  /// ISO 3166-1 alpha-2, in the order of the way, each once.
  package var countries: [String]
  package var fixCount: Int

  package init(
    start: Int64, end: Int64, place: Int?, farthest: Coordinate, distance: Double, nights: Int,
    countries: [String], fixCount: Int
  ) {
    self.start = start
    self.end = end
    self.place = place
    self.farthest = farthest
    self.distance = distance
    self.nights = nights
    self.countries = countries
    self.fixCount = fixCount
  }
}

/// A change of country between two fixes one after the other.
package struct BorderCrossing: Sendable, Equatable {
  /// ISO 3166-1 alpha-2.
  package var from, to: String
  /// Seconds since 1970-01-01T00:00:00 UTC: of the last fix before and the first fix behind.
  package var after, before: Int64

  package init(from: String, to: String, after: Int64, before: Int64) {
    self.from = from
    self.to = to
    self.after = after
    self.before = before
  }
}

/// Two devices at one place in one hour, three times or more.
///
/// Source: D. Crandall et al., "Inferring social ties from geographic coincidences", PNAS 2010.
package struct CoPresence: Sendable, Equatable {
  package var devices: [UInt32]
  /// Where they met last, and when: seconds since 1970-01-01T00:00:00 UTC, a time for each hour.
  package var coordinate: Coordinate
  package var times: [Int64]
  /// How many of the hours of the device with fewer hours are these, 0 to 1.
  package var share: Double
  /// At how many different places of about 200 m they met.
  package var placeCount: Int

  /// Whether one person carries both: where one is, the other nearly always is too, and that at three places or more.
  package var isOnePerson: Bool { share >= 0.8 && placeCount >= 3 }

  package init(devices: [UInt32], coordinate: Coordinate, times: [Int64], share: Double, placeCount: Int) {
    self.placeCount = placeCount
    self.devices = devices
    self.coordinate = coordinate
    self.times = times
    self.share = share
  }
}

/// What the position fixes of a run say together.
package struct Movement: Sendable, Equatable {
  package var fixCount = 0
  /// Fixes set apart: of impossible speed, or an error larger than a place.
  package var outlierCount = 0
  /// Fixes beyond the limit of a run, which were not looked at.
  package var droppedCount = 0
  /// Seconds since 1970-01-01T00:00:00 UTC; nil without fixes.
  package var start, end: Int64?
  /// Different hours at different places of 200 m. Four single out 95 % of people.
  ///
  /// Source: Y.-A. de Montjoye et al., "Unique in the Crowd", Scientific Reports 3, 2013.
  package var distinctPoints = 0
  package var stayPoints: [StayPoint] = []
  package var places: [Place] = []
  package var trips: [Trip] = []
  package var journeys: [Journey] = []
  package var crossings: [BorderCrossing] = []
  /// Times of more than three days between two fixes.
  package var gaps: [Gap] = []
  package var coPresences: [CoPresence] = []
  /// Stays and fixes by local hour of the week, from Monday 00:00: 168 numbers, or none.
  package var hoursOfWeek: [Int] = []

  package struct Gap: Sendable, Equatable {
    /// Seconds since 1970-01-01T00:00:00 UTC.
    package var start, end: Int64

    package init(start: Int64, end: Int64) {
      self.start = start
      self.end = end
    }
  }

  package init() {}
}

/// Files of one device, and how that is known.
package struct DeviceGroup: Sendable, Equatable {
  /// From 1, in the order of the walk.
  package var number: UInt32
  /// Make and model as the files have them; empty where unknown.
  package var name: String
  /// Serials, host names and accounts that the files name.
  package var identifiers: [Identifier]
  package var fileCount: Int
  package var examples: [FileReference]
  /// Civil days since 1970-01-01 of the first and the last file; nil where no file has a date.
  package var firstDay, lastDay: Int64?
  /// How sure it is that all files are of one device, 0 to 1, and why, as a sentence for people.
  package var confidence: Double
  package var reason: String

  package struct Identifier: Sendable, Hashable {
    package var kind: Kind
    package var role: UntrailModel.Role
    package var value: String

    package init(kind: Kind, role: UntrailModel.Role, value: String) {
      self.kind = kind
      self.role = role
      self.value = value
    }
  }

  package init(
    number: UInt32, name: String, identifiers: [Identifier], fileCount: Int, examples: [FileReference],
    firstDay: Int64?, lastDay: Int64?, confidence: Double, reason: String
  ) {
    self.number = number
    self.name = name
    self.identifiers = identifiers
    self.fileCount = fileCount
    self.examples = examples
    self.firstDay = firstDay
    self.lastDay = lastDay
    self.confidence = confidence
    self.reason = reason
  }
}

/// Accounts that files name together with one device: they are one person's, or people's who share it.
package struct SharedIdentity: Sendable, Equatable {
  /// The number of the device; see `DeviceGroup`.
  package var device: UInt32
  /// At least two that differ, of one kind of account.
  package var accounts: [DeviceGroup.Identifier]
  /// How many files name the device together with one of them.
  package var fileCount: Int

  package init(device: UInt32, accounts: [DeviceGroup.Identifier], fileCount: Int) {
    self.device = device
    self.accounts = accounts
    self.fileCount = fileCount
  }
}

/// Files that are versions of one document, or made from one another.
package struct SharedDocument: Sendable, Equatable {
  package var fileCount: Int
  package var examples: [FileReference]

  package init(fileCount: Int, examples: [FileReference]) {
    self.fileCount = fileCount
    self.examples = examples
  }
}

/// Where somebody was although no file has a position: from zones, networks, languages and names.
package struct WeakLocation: Sendable, Equatable {
  package enum Basis: String, Sendable {
    /// Local times that differ from UTC in another way than before.
    case utcOffset = "utc-offset"
    case mobileCountry = "mobile-country"
    case placeName = "place-name"
    case fileName = "file-name"
    case language
  }

  package var basis: Basis
  /// Civil days since 1970-01-01.
  package var firstDay, lastDay: Int64
  /// Minutes east of UTC, where that is the basis.
  package var utcOffsetMinutes: Int16?
  /// ISO 3166-1 alpha-2, most likely first; at most 8.
  package var countries: [String]
  /// Towns or zones that come into question, most likely first; at most 8.
  package var names: [String]
  package var fileCount: Int
  package var confidence: Double
  /// Why, as a sentence for people without any value of the files.
  package var reason: String

  package init(
    basis: Basis, firstDay: Int64, lastDay: Int64, utcOffsetMinutes: Int16? = nil, countries: [String],
    names: [String], fileCount: Int, confidence: Double, reason: String
  ) {
    self.basis = basis
    self.firstDay = firstDay
    self.lastDay = lastDay
    self.utcOffsetMinutes = utcOffsetMinutes
    self.countries = countries
    self.names = names
    self.fileCount = fileCount
    self.confidence = confidence
    self.reason = reason
  }
}

/// What the files of a run say together that none says alone.
package struct JoinedFacts: Sendable, Equatable {
  package var movement = Movement()
  package var devices: [DeviceGroup] = []
  package var identities: [SharedIdentity] = []
  package var documents: [SharedDocument] = []
  package var weakLocations: [WeakLocation] = []
  /// Bookings and appointments that are still to come, the next first.
  package var upcoming: [Upcoming] = []

  package struct Upcoming: Sendable, Equatable {
    package var reservation: Reservation
    package var file: FileReference
    /// Of where it leads, ISO 3166-1 alpha-2; empty where unknown.
    package var country = ""

    package init(reservation: Reservation, file: FileReference) {
      self.reservation = reservation
      self.file = file
    }
  }

  package init() {}
}
