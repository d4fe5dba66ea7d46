package import UntrailModel

/// What a map shows of a part of the world.
extension Geography {
  /// Borders and coasts that touch a rectangle, as chains of positions in degrees.
  ///
  /// - Parameters:
  ///   - west: smaller than `east`; both from -180 to 180.
  ///   - step: degrees; ends of lines are rounded to multiples of it, and what then has no length is left out.
  package func outlines(
    south: Double, west: Double, north: Double, east: Double, step: Double
  ) -> [[(longitude: Double, latitude: Double)]] {
    func grain(_ degrees: Double) -> Int {
      Int((min(max(degrees, -180), 180) * PolygonLayer.grain).rounded())
    }
    let edges = countries.edges(
      south: grain(south), west: grain(west), north: grain(north), east: grain(east),
      step: max(1, grain(step)))
    return Self.chains(edges.sorted { ($0.x1, $0.y1, $0.x2, $0.y2) < ($1.x1, $1.y1, $1.x2, $1.y2) })
      .map { chain in
        chain.map { (Double($0.x) / PolygonLayer.grain, Double($0.y) / PolygonLayer.grain) }
      }
  }

  private struct Point: Hashable {
    var x, y: Int32
  }

  /// Joins edges that share an end to chains as long as possible; each edge is used once.
  private static func chains(_ edges: [PolygonLayer.Edge]) -> [[Point]] {
    var edgesOfPoint: [Point: [Int]] = [:]
    for (number, edge) in edges.enumerated() {
      edgesOfPoint[Point(x: edge.x1, y: edge.y1), default: []].append(number)
      edgesOfPoint[Point(x: edge.x2, y: edge.y2), default: []].append(number)
    }
    var isUsed = Array(repeating: false, count: edges.count)
    /// The next unused edge at a point, as its other end.
    func step(_ point: Point) -> Point? {
      while let number = edgesOfPoint[point]?.popLast() {
        guard !isUsed[number] else { continue }
        isUsed[number] = true
        let edge = edges[number]
        let first = Point(x: edge.x1, y: edge.y1)
        return first == point ? Point(x: edge.x2, y: edge.y2) : first
      }
      return nil
    }
    var chains: [[Point]] = []
    for (number, edge) in edges.enumerated() where !isUsed[number] {
      isUsed[number] = true
      var forward = [Point(x: edge.x1, y: edge.y1), Point(x: edge.x2, y: edge.y2)]
      while let last = forward.last, let next = step(last) { forward.append(next) }
      var backward: [Point] = []
      while let last = backward.last ?? forward.first, let next = step(last) { backward.append(next) }
      chains.append(Self.straightened(backward.reversed() + forward))
    }
    return chains
  }

  /// Without the points that lie on the straight line between their neighbours.
  private static func straightened(_ chain: [Point]) -> [Point] {
    var result: [Point] = []
    for point in chain {
      if result.count > 1 {
        let (first, middle) = (result[result.count - 2], result[result.count - 1])
        let (ax, ay) = (Int64(middle.x) - Int64(first.x), Int64(middle.y) - Int64(first.y))
        let (bx, by) = (Int64(point.x) - Int64(middle.x), Int64(point.y) - Int64(middle.y))
        if ax * by == ay * bx, ax * bx + ay * by > 0 { result.removeLast() }
      }
      result.append(point)
    }
    return result
  }

  /// The towns of a rectangle in degrees, the most people first.
  package func towns(
    south: Double, west: Double, north: Double, east: Double, limit: Int
  ) -> [Town] {
    let towns = data[.towns]
    var found: [(number: Int, population: Int)] = []
    for number in 0..<min(townCount, 0xFFFF) {
      let population = towns.u32(4 + Self.townSize * number + 16)
      if found.count >= limit, let last = found.last, last.population >= population { continue }
      guard let position = townPosition(number), position.latitude >= south, position.latitude <= north,
        position.longitude >= west, position.longitude <= east
      else { continue }
      let place = found.firstIndex { $0.population < population } ?? found.count
      found.insert((number, population), at: place)
      if found.count > limit { found.removeLast() }
    }
    return found.compactMap { town($0.number) }
  }
}
