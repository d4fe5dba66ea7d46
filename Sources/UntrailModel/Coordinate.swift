/// A position on the WGS 84 ellipsoid, in decimal degrees.
package struct Coordinate: Sendable, Hashable {
  /// Degrees north of the equator, -90 to 90.
  package let latitude: Double
  /// Degrees east of Greenwich, -180 to 180.
  package let longitude: Double

  /// Why a pair of numbers is no position.
  package enum Flaw: Sendable, Equatable {
    case notFinite
    case outOfRange
    /// 0,0: what devices write when they have no fix.
    case nullIsland
  }

  /// The flaw of a pair of numbers, or nil where they are a position.
  package static func flaw(latitude: Double, longitude: Double) -> Flaw? {
    guard latitude.isFinite, longitude.isFinite else { return .notFinite }
    guard abs(latitude) <= 90, abs(longitude) <= 180 else { return .outOfRange }
    return latitude == 0 && longitude == 0 ? .nullIsland : nil
  }

  /// Nil where `flaw(latitude:longitude:)` finds one.
  package init?(latitude: Double, longitude: Double) {
    guard Self.flaw(latitude: latitude, longitude: longitude) == nil else { return nil }
    self.latitude = latitude
    self.longitude = longitude
  }

  /// Whether both numbers stand on a grid of 0.01 degree or of whole minutes of arc: about a kilometre
  /// or coarser, as written by somebody who rounded.
  package var isOnCoarseGrid: Bool {
    Self.isOnCoarseGrid(latitude) && Self.isOnCoarseGrid(longitude)
  }

  private static func isOnCoarseGrid(_ degrees: Double) -> Bool {
    func isWhole(_ value: Double) -> Bool { abs(value - value.rounded()) < 1e-6 }
    return isWhole(degrees * 100) || isWhole(degrees * 60)
  }

  /// The cell of a grid of `1 / cellsPerDegree` degrees that holds this position: a key to count by.
  package func cell(cellsPerDegree: Double) -> Int {
    let row = Int((latitude * cellsPerDegree).rounded(.down))
    let column = Int((longitude * cellsPerDegree).rounded(.down))
    return row &* 1_000_003 &+ column
  }
}

/// A position that a file states, with what is said beside it.
package struct Location: Sendable, Equatable {
  package var coordinate: Coordinate
  /// Metres above sea level; negative below.
  package var altitude: Double?
  /// Radius of the horizontal error in metres.
  package var accuracy: Double?
  /// When the position was taken.
  package var time: Timestamp?
  /// Metres per second over ground.
  package var speed: Double?
  /// Direction of movement in degrees, clockwise from north.
  package var course: Double?
  /// Where the lens pointed, in degrees clockwise from north.
  package var direction: Double?

  package init(coordinate: Coordinate) { self.coordinate = coordinate }

  /// Whether the place is known only to about a kilometre or worse.
  package var isCoarse: Bool {
    coordinate.isOnCoarseGrid || (accuracy ?? 0) >= 1000
  }
}
