internal import UntrailModel

/// Finds the times away from home, and the changes of country.
enum Journeys {
  /// Metres from home within which nobody is away.
  static let near = 30_000.0
  /// Metres from home beyond which a day is a journey.
  static let far = 100_000.0
  /// Metres between two positions whose country is looked up.
  private static let step = 5_000.0

  /// A position on the way, with its place.
  struct Step {
    var coordinate: Coordinate
    var time: Int64
    var place: Int?
    /// ISO 3166-1 alpha-2; empty where unknown.
    var country: String
  }

  /// Positions far enough from each other, in the order of their times, each with its country. A later position
  /// near the last one is left out, but for the last before somebody moved on.
  static func steps(
    _ fixes: [PositionFix], placeOf: (PositionFix) -> Int?, country: (Coordinate) -> String
  ) -> [Step] {
    var steps: [Step] = []
    for fix in fixes {
      if let last = steps.last, isNear(last.coordinate, fix.coordinate) {
        // When somebody was last there.
        if steps.count >= 2, steps[steps.count - 2].coordinate == last.coordinate {
          steps[steps.count - 1].time = fix.time
        } else {
          steps.append(
            Step(coordinate: last.coordinate, time: fix.time, place: last.place, country: last.country))
        }
        if steps[steps.count - 1].place == nil { steps[steps.count - 1].place = placeOf(fix) }
        continue
      }
      steps.append(
        Step(
          coordinate: fix.coordinate, time: fix.time, place: placeOf(fix), country: country(fix.coordinate)))
    }
    return steps
  }

  private static func isNear(_ one: Coordinate, _ other: Coordinate) -> Bool {
    if abs(one.latitude - other.latitude) > 0.05 { return false }
    return one.distance(to: other) < step
  }

  static func crossings(_ steps: [Step]) -> [BorderCrossing] {
    var crossings: [BorderCrossing] = []
    var last: Step?
    for step in steps where !step.country.isEmpty {
      if let last, last.country != step.country {
        crossings.append(
          BorderCrossing(from: last.country, to: step.country, after: last.time, before: step.time))
      }
      last = step
    }
    return crossings
  }

  static func journeys(_ steps: [Step], from home: Coordinate, clock: inout LocalClock) -> [Journey] {
    var journeys: [Journey] = []
    var away: [Step] = []
    func end(_ clock: inout LocalClock) {
      defer { away = [] }
      guard let first = away.first, let last = away.last else { return }
      var farthest = (step: first, distance: 0.0)
      for step in away {
        let distance = home.distance(to: step.coordinate)
        if distance > farthest.distance { farthest = (step, distance) }
      }
      let start = clock.civil(first.time, at: first.coordinate).civilDay
      let nights = max(0, clock.civil(last.time, at: last.coordinate).civilDay - start)
      guard nights > 0 || farthest.distance >= far else { return }
      var countries: [String] = []
      var visits: [Int: Int64] = [:]
      for (index, step) in away.enumerated() {
        if !step.country.isEmpty, !countries.contains(step.country) { countries.append(step.country) }
        guard let place = step.place else { continue }
        let next = index + 1 < away.count ? away[index + 1].time : step.time
        visits[place, default: 0] += max(1, next - step.time)
      }
      journeys.append(
        Journey(
          start: first.time, end: last.time,
          place: visits.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key,
          farthest: farthest.step.coordinate, distance: farthest.distance, nights: Int(nights),
          countries: countries, fixCount: away.count))
    }
    for step in steps {
      if home.distance(to: step.coordinate) < near {
        end(&clock)
      } else {
        away.append(step)
      }
    }
    end(&clock)
    return journeys
  }
}
