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
    return drawn(latitude: latitude, longitude: x)
  }

  /// Without turning the longitude around the earth.
  func drawn(latitude: Double, longitude: Double) -> (x: Double, y: Double) {
    ((longitude - west) * unitsPerDegree, (north - latitude) * unitsPerDegree / shrinking)
  }

  func holds(latitude: Double, longitude: Double) -> Bool {
    let point = point(latitude: latitude, longitude: longitude)
    return point.x >= 0 && point.x <= Self.width && point.y >= 0 && point.y <= height
  }

  /// A line with no more points than a reader can see; empty where the whole line is smaller than that.
  ///
  /// Source: D. Douglas, T. Peucker, "Algorithms for the reduction of the number of points required to represent a
  /// digitized line or its caricature", 1973. Without recursion.
  static func simplified(_ line: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
    guard let first = line.first, line.count > 1 else { return [] }
    let reach = line.reduce(0) { max($0, abs($1.x - first.x), abs($1.y - first.y)) }
    guard reach >= 2 else { return [] }
    var isKept = Array(repeating: false, count: line.count)
    isKept[0] = true
    isKept[line.count - 1] = true
    var parts = [(0, line.count - 1)]
    while let (start, end) = parts.popLast() {
      guard end - start > 1 else { continue }
      var farthest = (place: start, distance: 0.0)
      let (ax, ay) = (line[end].x - line[start].x, line[end].y - line[start].y)
      let length = (ax * ax + ay * ay).squareRoot()
      for place in start + 1..<end {
        let (bx, by) = (line[place].x - line[start].x, line[place].y - line[start].y)
        // A ring ends where it starts.
        let distance = length > 0 ? abs(ax * by - ay * bx) / length : (bx * bx + by * by).squareRoot()
        if distance > farthest.distance { farthest = (place, distance) }
      }
      guard farthest.distance > 0.6 else { continue }
      isKept[farthest.place] = true
      parts += [(start, farthest.place), (farthest.place, end)]
    }
    return line.indices.filter { isKept[$0] }.map { line[$0] }
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
