internal import UntrailModel

/// The positions that files state, joined where they cannot be told apart on a map.
struct PagePositions {
  struct Spot {
    /// As the privacy level shows it.
    var latitude, longitude: Double
    /// Metres; the best that a file states. Nil where none does, and unless the report is exact.
    var accuracy: Double?
    var fileCount = 0
    var firstDay, lastDay: Int64?
  }

  private(set) var spots: [Spot] = []
  /// Positions of files beyond the limit.
  private(set) var restCount = 0
  private var places: [Int: Int] = [:]

  mutating func add(_ file: JudgedFile, redactor: Redactor, limit: Int) {
    var seen: [Int] = []
    let observations = file.examination.observations
    for observation in observations {
      guard case .location(let location) = observation.fact else { continue }
      let latitude = redactor.degrees(location.coordinate.latitude)
      let longitude = redactor.degrees(location.coordinate.longitude)
      // Exact positions are told apart to about 10 m.
      let key = Int((latitude * 10_000).rounded()) &* 10_000_019 &+ Int((longitude * 10_000).rounded())
      guard !seen.contains(key) else { continue }
      seen.append(key)
      let place: Int
      if let known = places[key] {
        place = known
      } else if spots.count < limit {
        place = spots.count
        places[key] = place
        spots.append(Spot(latitude: latitude, longitude: longitude))
      } else {
        restCount += 1
        continue
      }
      spots[place].fileCount += 1
      if redactor.isExact, let accuracy = location.accuracy, accuracy.isFinite, accuracy > 0 {
        spots[place].accuracy = min(spots[place].accuracy ?? .infinity, accuracy)
      }
      guard let day = location.time?.civilDay ?? PageDays.day(observations) else { continue }
      spots[place].firstDay = min(spots[place].firstDay ?? day, day)
      spots[place].lastDay = max(spots[place].lastDay ?? day, day)
    }
  }
}
