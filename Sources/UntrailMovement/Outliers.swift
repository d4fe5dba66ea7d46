internal import UntrailModel

/// Fixes that nobody can have had: set apart, so that they make no place and no trip.
enum Outliers {
  /// Metres per second: faster than an airliner with the wind.
  static let fastest = 400.0
  /// Metres: a fix with a larger error says nothing of a place.
  static let largestError: Float = 500

  /// - Parameter fixes: of one device, in the order of their times.
  static func removed(from fixes: ArraySlice<PositionFix>) -> [PositionFix] {
    var kept: [PositionFix] = []
    kept.reserveCapacity(fixes.count)
    for index in fixes.indices {
      let fix = fixes[index]
      if fix.accuracy > largestError { continue }
      if let last = kept.last, isTooFast(last, fix) {
        // One of the two is wrong: this one, unless those behind it agree with it.
        guard index + 1 < fixes.endIndex, !isTooFast(fix, fixes[index + 1]), isTooFast(last, fixes[index + 1])
        else { continue }
      }
      kept.append(fix)
    }
    return kept
  }

  private static func isTooFast(_ one: PositionFix, _ other: PositionFix) -> Bool {
    // Most fixes follow each other closely: a hundredth of a degree is no flight.
    if abs(one.coordinate.latitude - other.coordinate.latitude) < 0.01,
      abs(one.coordinate.longitude - other.coordinate.longitude) < 0.01
    {
      return false
    }
    let distance = one.coordinate.distance(to: other.coordinate)
    return distance > 2000 && distance > fastest * Double(max(1, other.time - one.time))
  }
}
