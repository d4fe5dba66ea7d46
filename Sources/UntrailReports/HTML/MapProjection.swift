#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Degrees to points of a drawing: equirectangular, true to scale in the middle latitude.
struct MapProjection {
  /// Degrees; `east` is above 180 where the map crosses that meridian.
  private(set) var south, west, north, east: Double
  private let shrinking: Double
  static let width = 800.0
  private static let heights = 360.0...600.0

  /// Units of the drawing in a degree of longitude.
  var unitsPerDegree: Double { Self.width / (east - west) }
  var height: Double { (north - south) * unitsPerDegree / shrinking }
  /// Units of the drawing in a metre, along a meridian.
  var unitsPerMetre: Double { unitsPerDegree / shrinking / 111_195 }

  /// Fits a map around positions.
  ///
  /// - Parameter least: degrees of latitude that it shows at least.
  init?(_ positions: [(latitude: Double, longitude: Double)], least: Double) {
    guard let first = positions.first else { return nil }
    var (south, north) = (first.latitude, first.latitude)
    var (west, east) = (first.longitude, first.longitude)
    // The same where what lies west of Greenwich counts on from 180 degrees.
    var (westTurned, eastTurned) = (Double.infinity, -Double.infinity)
    for (latitude, longitude) in positions {
      (south, north) = (min(south, latitude), max(north, latitude))
      (west, east) = (min(west, longitude), max(east, longitude))
      let turned = longitude < 0 ? longitude + 360 : longitude
      (westTurned, eastTurned) = (min(westTurned, turned), max(eastTurned, turned))
    }
    if eastTurned - westTurned < east - west { (west, east) = (westTurned, eastTurned) }
    shrinking = max(0.1, cos(min(85, abs((south + north) / 2)) * .pi / 180))
    let (middleY, middleX) = ((south + north) / 2, (west + east) / 2)
    var spanY = max((north - south) * 1.3, least)
    var spanX = max((east - west) * 1.3, least)
    // Height in units is spanY * (width / spanX) / shrinking.
    spanX = max(spanX, spanY * Self.width / (Self.heights.upperBound * shrinking))
    spanX = min(spanX, 360)
    spanY = max(spanY, Self.heights.lowerBound * spanX * shrinking / Self.width)
    spanY = min(spanY, Self.heights.upperBound * spanX * shrinking / Self.width, 178)
    self.south = max(-90, min(middleY - spanY / 2, 90 - spanY))
    self.north = self.south + spanY
    self.west = middleX - spanX / 2
    self.east = middleX + spanX / 2
  }

  func point(latitude: Double, longitude: Double) -> (x: Double, y: Double) {
    var x = longitude
    while x < west - 0.001, x + 360 <= east { x += 360 }
    while x > east + 0.001, x - 360 >= west { x -= 360 }
    return ((x - west) * unitsPerDegree, (north - latitude) * unitsPerDegree / shrinking)
  }

  /// The pieces of the map between -180 and 180 degrees, and what is to be added to their longitudes.
  var pieces: [(bounds: MapSource.Bounds, shift: Double)] {
    [-360.0, 0, 360].compactMap { shift in
      let (from, to) = (max(west - shift, -180), min(east - shift, 180))
      guard from < to else { return nil }
      return (MapSource.Bounds(south: max(south, -90), west: from, north: min(north, 90), east: to), shift)
    }
  }
}
