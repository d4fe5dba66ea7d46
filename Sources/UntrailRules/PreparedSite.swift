internal import UntrailModel

/// Conditions of place and time, ready to be held against many observations.
struct PreparedSite: Sendable {
  private let context: AuditContext
  private let places: [PlaceTest]
  private let times: [TimeTest]

  init(_ places: [PlaceTest], _ times: [TimeTest], _ context: AuditContext) {
    self.places = places
    self.times = times
    self.context = context
  }

  /// Whether something is asked that only a trip has, and there is none.
  var isImpossible: Bool {
    let trip = context.trip
    return places.contains { test in
      switch test {
      case .nearProtectedPlace: trip?.protectedPlaces.isEmpty ?? true
      case .tripCountry: trip.map { $0.countries.isEmpty && $0.transit.isEmpty } ?? true
      case .countries, .near, .box: false
      }
    }
      || times.contains { test in
        switch test {
        case .onSensitiveDate: trip?.sensitiveDates.isEmpty ?? true
        case .beforeTrip, .afterTrip, .duringTrip: trip?.days == nil
        case .night, .weekday, .weekend, .future: false
        }
      }
  }

  func holds(_ observation: borrowing Observation) -> Bool {
    let moments = Moments(context: context)
    // Something that lasts is judged by its days as a whole.
    var span: ClosedRange<Int64>?
    var country = ""
    switch observation.fact {
    case .travel: span = times.isEmpty ? nil : moments.days(observation)
    case .movement(let inference):
      span = times.isEmpty ? nil : moments.days(observation)
      country = inference.country
    default: break
    }
    return moments.contains(observation) { moment in
      places.allSatisfy { holds($0, moment.coordinate, country) }
        && (times.isEmpty || moment.stated != nil && times.allSatisfy { holds($0, moment, span) })
    }
  }

  private func holds(_ test: PlaceTest, _ coordinate: Coordinate?, _ country: String) -> Bool {
    func isIn(_ countries: [String]) -> Bool {
      let here = country.isEmpty ? coordinate.map(context.country) ?? "" : country
      return !here.isEmpty && countries.contains(here)
    }
    switch test {
    case .countries(let countries): return isIn(countries)
    case .tripCountry: return isIn((context.trip?.countries ?? []) + (context.trip?.transit ?? []))
    case .near(let latitude, let longitude, let metres):
      guard let coordinate, let middle = Coordinate(latitude: latitude, longitude: longitude) else {
        return false
      }
      return middle.distance(to: coordinate) <= metres
    case .nearProtectedPlace:
      guard let coordinate, let trip = context.trip else { return false }
      return trip.protectedPlaces.contains { $0.coordinate.distance(to: coordinate) <= $0.radius }
    case .box(let south, let west, let north, let east):
      guard let coordinate, coordinate.latitude >= south, coordinate.latitude <= north else { return false }
      let longitude = coordinate.longitude
      return west <= east
        ? longitude >= west && longitude <= east : longitude >= west || longitude <= east
    }
  }

  private func holds(_ test: TimeTest, _ moment: Moments.Moment, _ span: ClosedRange<Int64>?) -> Bool {
    guard let day = moment.day else { return false }
    let days = span ?? day...day
    let trip = context.trip?.days
    switch test {
    case .night:
      guard moment.hasHour, let local = moment.local else { return false }
      let hour = (local - CivilDate.floorDivide(local, 86_400) * 86_400) / 3600
      return hour >= 22 || hour < 7
    case .weekday: return moment.local != nil && !isWeekend(day)
    case .weekend: return moment.local != nil && isWeekend(day)
    case .onSensitiveDate:
      guard moment.local != nil, let dates = context.trip?.sensitiveDates else { return false }
      return dates.contains { date in
        guard date.days.overlaps(days) else { return false }
        guard !date.country.isEmpty, let coordinate = moment.coordinate else { return true }
        return context.country(coordinate) == date.country
      }
    case .beforeTrip: return trip.map { days.upperBound < $0.lowerBound } ?? false
    case .afterTrip: return trip.map { days.lowerBound > $0.upperBound } ?? false
    case .duringTrip: return trip.map { $0.overlaps(days) } ?? false
    case .future: return days.upperBound >= context.day
    }
  }

  /// 1970-01-01 was a Thursday.
  private func isWeekend(_ day: Int64) -> Bool {
    let sinceMonday = (day + 3) - CivilDate.floorDivide(day + 3, 7) * 7
    return sinceMonday >= 5
  }
}
