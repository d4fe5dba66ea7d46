internal import UntrailModel

/// Numbers that stand where a place should.
enum CheckedPlace {
  /// The place that they are; where they are none, that is said once per file and reason.
  static func coordinate(
    _ latitude: Double, _ longitude: Double, at offset: Int?, into result: inout ReadResult
  ) -> Coordinate? {
    guard let flaw = Coordinate.flaw(latitude: latitude, longitude: longitude) else {
      return Coordinate(latitude: latitude, longitude: longitude)
    }
    let (code, message) =
      switch flaw {
      case .notFinite: ("position-malformed", "the numbers of a position are none")
      case .outOfRange: ("position-out-of-range", "there is no such latitude or longitude on Earth")
      case .nullIsland: ("null-island", "0, 0: what a device writes that has no position")
      }
    result.doubtOnce(code, message, at: offset)
    return nil
  }
}
