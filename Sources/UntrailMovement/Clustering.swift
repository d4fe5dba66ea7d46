internal import UntrailModel

/// Density clustering of bins of 0.0002 degree (about 22 m), so that its cost does not depend on how many photos were
/// taken at one spot.
///
/// Source: M. Ester et al., "A Density-Based Algorithm for Discovering Clusters in Large Spatial Databases with
/// Noise" (DBSCAN), KDD 1996, with a radius of 200 m. A bin is dense where a stay lies in it, or where it was visited
/// on two different days together with its neighbours.
struct Clustering {
  static let radius = 200.0
  private static let binsPerDegree = 5000.0
  /// Degrees of latitude that are at least the radius.
  private static let rowsPerDegree = 500.0

  private struct Bin {
    var latitude = 0.0
    var longitude = 0.0
    var count = 0.0
    var firstDay = Int64.max
    var lastDay = Int64.min
    var hasStay = false
    var isCore = false
    var parent = 0

    var center: Coordinate? { Coordinate(latitude: latitude / count, longitude: longitude / count) }
  }

  private var bins: [Bin] = []
  private var numbers: [Int: Int] = [:]
  /// Bins by cells of 0.002 degree.
  private var cells: [Int: [Int]] = [:]

  /// Takes a point, and gives the number of its bin.
  mutating func add(_ coordinate: Coordinate, day: Int64, isStay: Bool) -> Int {
    let key = coordinate.cell(cellsPerDegree: Self.binsPerDegree)
    let number = numbers[key] ?? bins.count
    if number == bins.count {
      numbers[key] = number
      bins.append(Bin())
      bins[number].parent = number
    }
    bins[number].latitude += coordinate.latitude
    bins[number].longitude += coordinate.longitude
    bins[number].count += 1
    bins[number].firstDay = min(bins[number].firstDay, day)
    bins[number].lastDay = max(bins[number].lastDay, day)
    if isStay { bins[number].hasStay = true }
    return number
  }

  /// The cluster of each bin, as the number of one of its bins; nil for noise.
  mutating func clusters() -> [Int?] {
    let centers = bins.map(\.center)
    for (number, center) in centers.enumerated() {
      guard let center else { continue }
      cells[Self.key(Self.row(center), Self.column(center)), default: []].append(number)
    }
    var neighbours: [[Int]] = []
    neighbours.reserveCapacity(bins.count)
    for (number, center) in centers.enumerated() {
      let near = center.map { self.near($0, centers) } ?? []
      let (first, last) = near.reduce((Int64.max, Int64.min)) {
        (min($0.0, bins[$1].firstDay), max($0.1, bins[$1].lastDay))
      }
      bins[number].isCore = bins[number].hasStay || first < last
      neighbours.append(near)
    }
    for (number, near) in neighbours.enumerated() where bins[number].isCore {
      for other in near where bins[other].isCore { join(number, other) }
    }
    return bins.indices.map { number in
      if bins[number].isCore { return root(number) }
      return neighbours[number].first { bins[$0].isCore }.map { root($0) }
    }
  }

  private func near(_ center: Coordinate, _ centers: [Coordinate?]) -> [Int] {
    let (row, column) = (Self.row(center), Self.column(center))
    // Degrees of longitude become short towards the poles.
    let width = Int((1 / max(0.01, Self.cosine(center.latitude))).rounded(.up))
    var found: [Int] = []
    for nearRow in row - 1...row + 1 {
      for nearColumn in column - width...column + width {
        let columns = 360 * Int(Self.rowsPerDegree)
        let wrapped = ((nearColumn + columns / 2) % columns + columns) % columns - columns / 2
        for number in cells[Self.key(nearRow, wrapped)] ?? [] {
          if let other = centers[number], center.distance(to: other) <= Self.radius { found.append(number) }
        }
      }
    }
    return found
  }

  /// Good enough to know how many columns to look into.
  private static func cosine(_ degrees: Double) -> Double {
    let radians = degrees * .pi / 180
    let square = radians * radians
    return 1 - square / 2 + square * square / 24 - square * square * square / 720
  }

  private static func row(_ coordinate: Coordinate) -> Int {
    Int((coordinate.latitude * rowsPerDegree).rounded(.down))
  }

  /// Around the poles a cell goes all the way round.
  private static func column(_ coordinate: Coordinate) -> Int {
    abs(coordinate.latitude) >= 89 ? 0 : Int((coordinate.longitude * rowsPerDegree).rounded(.down))
  }

  private static func key(_ row: Int, _ column: Int) -> Int { row &* 1_000_003 &+ column }

  private func root(_ number: Int) -> Int {
    var number = number
    while bins[number].parent != number { number = bins[number].parent }
    return number
  }

  private mutating func join(_ one: Int, _ other: Int) {
    let (first, second) = (root(one), root(other))
    // The earlier bin stands for both: what comes out does not depend on the order of the joins.
    bins[max(first, second)].parent = min(first, second)
    bins[one].parent = min(first, second)
  }
}
