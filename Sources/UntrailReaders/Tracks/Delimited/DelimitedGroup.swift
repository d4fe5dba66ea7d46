internal import UntrailModel

/// The positions that a pair of columns holds, row by row.
struct DelimitedGroup {
  let columns: DelimitedColumns.Position
  let clock: DelimitedClock
  let field: String
  var track: TrackRecorder
  var place: Int?
  /// The first places, as long as they may turn out to be no track.
  var places: [(coordinate: Coordinate, offset: Int?)] = []
  var last: Coordinate?
  var steps = 0
  var shortSteps = 0
  var hasTime = false
  var isLocal = false
  /// The decimals of the last position.
  var decimals = 0

  /// Takes the position of a row.
  ///
  /// - Parameter placesLimit: how many places are kept in case they are no track.
  mutating func add(_ coordinate: Coordinate, _ time: Int64?, at offset: Int?, placesLimit: Int) {
    if place == nil { place = offset }
    if let last {
      steps += 1
      // About a kilometre.
      let isNear =
        abs(last.latitude - coordinate.latitude) < 0.01 && abs(last.longitude - coordinate.longitude) < 0.01
      if isNear { shortSteps += 1 }
    }
    last = coordinate
    if places.count < placesLimit { places.append((coordinate, offset)) }
    track.add(coordinate, time: time)
  }

  /// Whether the rows are a way, and not places that have nothing to do with each other.
  var isWay: Bool { hasTime || steps >= 10 && shortSteps * 10 >= steps * 8 }
}
