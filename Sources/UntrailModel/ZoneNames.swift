/// What geography says of zones, towns and networks, for those who may not ask it themselves.
package struct ZoneNames: Sendable {
  /// A time zone that has an offset at a time, and the countries that use it.
  package struct Candidate: Sendable, Equatable {
    /// The zone's name as in the IANA database.
    package var zone: String
    /// ISO 3166-1 alpha-2, the most people first.
    package var countries: [String]
    /// People who live in the zone; 0 where unknown.
    package var population: Int

    package init(zone: String, countries: [String], population: Int = 0) {
      self.zone = zone
      self.countries = countries
      self.population = population
    }
  }

  /// A town of a name, and its country as ISO 3166-1 alpha-2.
  package struct Town: Sendable, Equatable {
    package var name: String
    package var country: String

    package init(name: String, country: String) {
      self.name = name
      self.country = country
    }
  }

  /// The zones with an offset in minutes east of UTC at a time in seconds since 1970-01-01T00:00:00 UTC.
  package var zones: @Sendable (_ offsetMinutes: Int16, _ time: Int64) -> [Candidate]
  /// The towns of a name, the most people first.
  package var towns: @Sendable (_ name: String) -> [Town]
  /// The countries, as ISO 3166-1 alpha-2, that a country's name or a mobile country code stands for.
  package var countries: @Sendable (_ name: String) -> [String]

  package init(
    zones: @escaping @Sendable (_ offsetMinutes: Int16, _ time: Int64) -> [Candidate],
    towns: @escaping @Sendable (_ name: String) -> [Town],
    countries: @escaping @Sendable (_ name: String) -> [String]
  ) {
    self.zones = zones
    self.towns = towns
    self.countries = countries
  }
}
