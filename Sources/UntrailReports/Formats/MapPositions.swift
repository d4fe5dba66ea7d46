package import UntrailModel

/// The positions of one file as formats of maps show them, with the rules that found each.
///
/// Only for exact reports: a map of rounded positions shows nothing, and one of exact ones everything.
struct MapPositions {
  struct Spot {
    var observation: Observation
    /// Degrees; one for a place, several for a track.
    var line: [Coordinate]
    /// Metres, for a place.
    var altitude: Double?
    /// As ISO 8601 writes it: when the position was taken, or from when on.
    var time: String?
    /// The last time of a track.
    var end: String?
    /// Ids, in the order of the rules.
    var rules: [String]
  }

  /// - Parameter rules: of the run.
  static func spots(_ file: JudgedFile, _ rules: [Rule]) -> [Spot] {
    file.examination.observations.enumerated().compactMap { place, observation in
      guard var spot = spot(observation) else { return nil }
      spot.rules = file.findings.filter { $0.evidence.contains(place) }.map { rules[$0.rule].id }
      return spot
    }
  }

  private static func spot(_ observation: Observation) -> Spot? {
    switch observation.fact {
    case .location(let location):
      return Spot(
        observation: observation, line: [location.coordinate], altitude: location.altitude,
        time: location.time.map(MapTime.text), rules: [])
    case .track(let track):
      let points = track.points.map(\.coordinate)
      guard !points.isEmpty else { return nil }
      func time(_ seconds: Int64) -> String {
        MapTime.text(Timestamp(civilSeconds: seconds, utcOffsetMinutes: track.isLocalTime ? nil : 0))
      }
      return Spot(
        observation: observation, line: points, time: track.start.map(time), end: track.end.map(time),
        rules: [])
    case .travel(let reservation):
      guard let coordinate = reservation.coordinate else { return nil }
      return Spot(
        observation: observation, line: [coordinate], time: reservation.start.map(MapTime.text),
        end: reservation.end.map(MapTime.text), rules: [])
    default: return nil
    }
  }

  /// A line in pieces none of which crosses the meridian of 180 degrees. Source: RFC 7946, section 3.1.9.
  static func pieces(_ line: [Coordinate]) -> [[Coordinate]] {
    guard var last = line.first else { return [] }
    var pieces: [[Coordinate]] = [[last]]
    for next in line.dropFirst() {
      if abs(next.longitude - last.longitude) > 180 {
        let side = last.longitude < 0 ? -180.0 : 180.0
        let ahead = next.longitude + 2 * side
        let span = ahead - last.longitude
        let share = span == 0 ? 0 : (side - last.longitude) / span
        let latitude = last.latitude + share * (next.latitude - last.latitude)
        if let edge = Coordinate(latitude: latitude, longitude: side),
          let other = Coordinate(latitude: latitude, longitude: -side)
        {
          pieces[pieces.count - 1].append(edge)
          pieces.append([other])
        }
      }
      pieces[pieces.count - 1].append(next)
      last = next
    }
    return pieces
  }
}
