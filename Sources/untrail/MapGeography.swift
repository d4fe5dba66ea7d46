import UntrailGeo
import UntrailReports

extension MapSource {
  /// The map inside the program.
  static let geography = MapSource(
    outlines: { bounds, step in
      Geography.shared.outlines(
        south: bounds.south, west: bounds.west, north: bounds.north, east: bounds.east, step: step)
    },
    towns: { bounds, limit in
      Geography.shared.towns(
        south: bounds.south, west: bounds.west, north: bounds.north, east: bounds.east, limit: limit
      ).map { Town(name: $0.name, coordinate: $0.coordinate) }
    })
}
