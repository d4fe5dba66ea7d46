/// One position of a track.
package struct TrackPoint: Sendable, Equatable {
  package var coordinate: Coordinate
  /// Seconds since 1970-01-01T00:00:00, in UTC unless the track says otherwise; nil where the file has no time.
  package var time: Int64?

  package init(coordinate: Coordinate, time: Int64?) {
    self.coordinate = coordinate
    self.time = time
  }
}

/// Positions one after another, as a device recorded them or somebody planned them.
package struct Track: Sendable, Equatable {
  /// Positions in the file, of which `points` may hold only some.
  package var pointCount: Int
  /// Degrees: the smallest box that holds all positions. `west` is the smallest longitude.
  package var south, west, north, east: Double
  /// Times of the earliest and the latest position, as in `TrackPoint.time`; nil where no position has one.
  package var start, end: Int64?
  /// Whether the times are local times of a zone that the file does not name.
  package var isLocalTime: Bool
  package var points: [TrackPoint]

  package init(
    pointCount: Int, south: Double, west: Double, north: Double, east: Double, start: Int64?, end: Int64?,
    isLocalTime: Bool, points: [TrackPoint]
  ) {
    self.pointCount = pointCount
    self.south = south
    self.west = west
    self.north = north
    self.east = east
    self.start = start
    self.end = end
    self.isLocalTime = isLocalTime
    self.points = points
  }
}
