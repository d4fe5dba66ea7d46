internal import UntrailGeo
package import UntrailModel

extension AuditContext {
  /// With countries and clocks from the geography that the program carries.
  package init(day: Int64, trip: TripProfile?) {
    self.init(
      day: day, trip: trip, country: { Geography.shared.countryCode(at: $0) },
      utcOffset: { Geography.shared.utcOffset(at: $0, $1) })
  }
}

extension ZoneNames {
  /// From the geography that the program carries.
  static let offline = ZoneNames(
    zones: { Geography.shared.zones(utcOffset: $0, at: $1) },
    towns: { name in
      Geography.shared.towns(named: name).map { ZoneNames.Town(name: $0.name, country: $0.country) }
    },
    countries: { Geography.shared.countries(named: $0) })
}

extension JoinedFacts.Upcoming {
  /// Says in which country it takes place: by its position, by the airport, or by the town that it names.
  mutating func findCountry() {
    if let coordinate = reservation.coordinate {
      country = Geography.shared.countryCode(at: coordinate)
    } else if let airport = Geography.shared.airport(iata: reservation.to), reservation.category == .flight {
      country = airport.country
    } else if let town = Geography.shared.towns(named: reservation.to).first {
      country = town.country
    }
  }
}

extension Movement {
  /// Says of each place how sure its country is, and names the nearest town, where there is one within 50 km.
  mutating func describePlaces() {
    for index in places.indices {
      let answer = Geography.shared.country(at: places[index].coordinate)
      places[index].nearBorderOf = answer.neighbours
      places[index].disputedArea = answer.disputedArea ?? ""
      guard let (town, distance) = Geography.shared.nearestTown(to: places[index].coordinate),
        distance < 50_000
      else { continue }
      places[index].town = town.name
    }
  }
}
