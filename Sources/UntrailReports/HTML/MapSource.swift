package import UntrailModel

/// Where the map of a page gets its lines and towns; given from outside, since reports know no geography.
package struct MapSource: Sendable {
  /// Degrees; `west` is smaller than `east`: a map across 180 degrees asks twice.
  package struct Bounds: Sendable, Equatable {
    package var south, west, north, east: Double

    package init(south: Double, west: Double, north: Double, east: Double) {
      self.south = south
      self.west = west
      self.north = north
      self.east = east
    }
  }

  package struct Town: Sendable, Equatable {
    package var name: String
    package var coordinate: Coordinate

    package init(name: String, coordinate: Coordinate) {
      self.name = name
      self.coordinate = coordinate
    }
  }

  /// Borders and coasts as chains of longitude and latitude in degrees, no finer than the step given in degrees.
  package var outlines:
    @Sendable (_ bounds: Bounds, _ step: Double) -> [[(longitude: Double, latitude: Double)]]
  /// The towns with the most people, most first.
  package var towns: @Sendable (_ bounds: Bounds, _ limit: Int) -> [Town]

  package init(
    outlines: @escaping @Sendable (Bounds, Double) -> [[(longitude: Double, latitude: Double)]],
    towns: @escaping @Sendable (Bounds, Int) -> [Town]
  ) {
    self.outlines = outlines
    self.towns = towns
  }

  /// A map without lines and towns.
  package static let empty = MapSource(outlines: { _, _ in [] }, towns: { _, _ in [] })
}
