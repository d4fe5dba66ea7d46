internal import UntrailModel

/// The countries and towns that files name, day by day.
struct PlaceTrail {
  /// A name that geography knows.
  private struct Known {
    var mention: WeakLocationAnalysis.Mention
    var countries: [String]
    var names: [String]
  }

  /// Days further apart are two stays.
  private static let longestGap: Int32 = 14
  private static let listLimit = 8
  private static let locationLimit = 256

  private var known: [Known] = []

  init(_ mentions: [WeakLocationAnalysis.Mention], _ names: ZoneNames) {
    for mention in mentions {
      var entry = Known(mention: mention, countries: [], names: [])
      switch mention.role {
      case .networkCountry, .country:
        entry.countries = names.countries(mention.text)
      default:
        let towns = names.towns(mention.text)
        for town in towns where !entry.countries.contains(town.country) {
          entry.countries.append(town.country)
        }
        if let name = towns.first?.name { entry.names = [name] }
      }
      guard !entry.countries.isEmpty else { continue }
      // "US" and "United States" are one.
      let other = known.firstIndex {
        Self.group($0.mention.role) == Self.group(mention.role) && $0.countries == entry.countries
          && $0.names == entry.names
      }
      if let other {
        known[other].mention.days.merge(mention.days) { max($0, $1) }
      } else {
        known.append(entry)
      }
    }
  }

  /// Roles that say the same of where somebody was.
  private static func group(_ role: Role) -> Role { role == .landmark ? .city : role }

  /// What is named on some days: countries of networks, countries of towns, and the towns.
  func evidence(in days: ClosedRange<Int32>) -> (network: [String], named: [String], towns: [String]) {
    var network: [String] = []
    var named: [String] = []
    var towns: [String] = []
    for entry in known where entry.mention.role != .homeCity {
      guard entry.mention.days.keys.contains(where: days.contains) else { continue }
      if entry.mention.role == .networkCountry {
        network += entry.countries.filter { !network.contains($0) }
      } else {
        named += entry.countries.filter { !named.contains($0) }
        towns += entry.names.filter { !towns.contains($0) }
      }
    }
    return (network, named, towns)
  }

  func locations() -> [WeakLocation] {
    var locations: [WeakLocation] = []
    for var entry in known {
      if entry.mention.role == .country {
        // Where the town is known the country says nothing more.
        for town in known where town.mention.role == .city && town.countries == entry.countries {
          for day in town.mention.days.keys { entry.mention.days[day] = nil }
        }
      }
      for stay in Self.stays(entry.mention.days) where locations.count < Self.locationLimit {
        let (basis, confidence, reason) = Self.judgement(entry.mention.role, stay.fileCount)
        locations.append(
          WeakLocation(
            basis: basis, firstDay: Int64(stay.first), lastDay: Int64(stay.last),
            countries: Array(entry.countries.prefix(Self.listLimit)),
            names: Array(entry.names.prefix(Self.listLimit)), fileCount: stay.fileCount,
            // A name that several countries have a town of is less sure.
            confidence: entry.countries.count > 1 ? confidence / 2 : confidence, reason: reason))
      }
    }
    return locations
  }

  private static func stays(_ days: [Int32: Int]) -> [(first: Int32, last: Int32, fileCount: Int)] {
    var stays: [(first: Int32, last: Int32, fileCount: Int)] = []
    for (day, count) in days.sorted(by: { $0.key < $1.key }) {
      if let last = stays.last, day - last.last <= longestGap {
        stays[stays.count - 1] = (last.first, day, last.fileCount + count)
      } else {
        stays.append((day, day, count))
      }
    }
    return stays
  }

  private static func judgement(_ role: Role, _ count: Int) -> (WeakLocation.Basis, Double, String) {
    switch role {
    case .networkCountry:
      (
        .mobileCountry, count >= 3 ? 0.9 : 0.75,
        "The files hold the country of the mobile network that the phone was using."
      )
    case .homeCity: (.placeName, 0.4, "The camera is set to this town as its home.")
    case .timeZoneCity:
      (.placeName, 0.4, "The camera is set to the zone of this town, which may be far from where it was.")
    case .timeZone: (.placeName, 0.45, "The device was set to the zone of this town.")
    default: (.placeName, count >= 3 ? 0.65 : 0.5, "The files name this place; somebody may have typed it.")
    }
  }
}
