internal import Synchronization
internal import UntrailModel

/// Polygons that cells of a degree lead to. Those that are needed are unpacked once.
final class PolygonLayer: Sendable {
  /// Vertices in a degree.
  static let grain = 1000.0
  /// Latitudes of a polygon that are looked at together: 256 of 1/1000 degree, as a power of two.
  private static let bandShift: Int32 = 8

  private let cells: GeographySection
  private let lists: GeographySection
  private let polygons: GeographySection
  private let unpacked = Mutex<[Int: Polygon]>([:])

  init(cells: GeographySection, lists: GeographySection, polygons: GeographySection) {
    self.cells = cells
    self.lists = lists
    self.polygons = polygons
  }

  /// What a cell of a degree holds.
  enum Content {
    case nothing
    case whole(Int)
    case several([Int])
  }

  func content(row: Int, column: Int) -> Content {
    let count = cells.u32(0)
    let column = (column % 360 + 360) % 360
    guard (0..<180).contains(row),
      let place = cells.index(of: row * 360 + column, from: 4, count: count)
    else { return .nothing }
    let value = cells.u16(4 + 2 * count + 2 * place)
    if value & 0x8000 == 0 { return .whole(value) }
    let list = value & 0x7FFF
    let listCount = lists.u32(0)
    guard list < listCount else { return .nothing }
    let base = 4 + 4 * (listCount + 1)
    let (start, end) = (lists.u32(4 + 4 * list), lists.u32(8 + 4 * list))
    guard start <= end, end - start < 256 else { return .nothing }
    return .several((start..<end).map { lists.u8(base + $0) })
  }

  /// Edges of a polygon by bands of latitude.
  struct Polygon: Sendable {
    struct Edge {
      var x1, y1, x2, y2: Int32
    }

    var south = 0
    /// Edges of a band stand from `starts[band]` on.
    var starts: [Int32] = [0]
    var edges: [Edge] = []

    func edges(south: Double, north: Double) -> ArraySlice<Edge> {
      let bands = starts.count - 1
      let first = PolygonLayer.band(Int32(south.rounded(.down))) - self.south
      let last = PolygonLayer.band(Int32(north.rounded(.down))) - self.south
      guard last >= 0, first < bands, bands > 0 else { return [] }
      return edges[Int(starts[max(0, first)])..<Int(starts[min(bands, last + 1)])]
    }

    /// Whether a position in 1/1000 degree lies inside.
    func contains(x: Double, y: Double) -> Bool {
      var isInside = false
      for edge in edges(south: y, north: y) where (Double(edge.y1) > y) != (Double(edge.y2) > y) {
        let slope = (Double(edge.x2) - Double(edge.x1)) / (Double(edge.y2) - Double(edge.y1))
        if x < Double(edge.x1) + (y - Double(edge.y1)) * slope { isInside.toggle() }
      }
      return isInside
    }

    /// Metres from a position in 1/1000 degree to the nearest edge; infinite beyond `limit` metres.
    func distance(x: Double, y: Double, limit: Double, metresPerX: Double) -> Double {
      let reach = limit / PolygonLayer.metresPerY
      let reachX = limit / max(metresPerX, 1)
      var nearest = Double.infinity
      for edge in edges(south: y - reach, north: y + reach) {
        if Double(min(edge.x1, edge.x2)) > x + reachX || Double(max(edge.x1, edge.x2)) < x - reachX {
          continue
        }
        let (ax, ay) = ((Double(edge.x1) - x) * metresPerX, (Double(edge.y1) - y) * PolygonLayer.metresPerY)
        let (bx, by) = ((Double(edge.x2) - x) * metresPerX, (Double(edge.y2) - y) * PolygonLayer.metresPerY)
        let (dx, dy) = (bx - ax, by - ay)
        let length = dx * dx + dy * dy
        let share = length > 0 ? min(max(-(ax * dx + ay * dy) / length, 0), 1) : 0
        let (px, py) = (ax + share * dx, ay + share * dy)
        nearest = min(nearest, (px * px + py * py).squareRoot())
      }
      return nearest <= limit ? nearest : .infinity
    }
  }

  /// Metres of 1/1000 degree of latitude.
  static let metresPerY = 111.195

  func polygon(_ number: Int) -> Polygon {
    unpacked.withLock { known in
      if let polygon = known[number] { return polygon }
      let polygon = unpack(number)
      known[number] = polygon
      return polygon
    }
  }

  private func unpack(_ number: Int) -> Polygon {
    let count = polygons.u32(0)
    guard number >= 0, number < count else { return Polygon() }
    let base = 4 + 4 * (count + 1) + 16 * count
    var offset = base + polygons.u32(4 + 4 * number)
    let end = base + polygons.u32(8 + 4 * number)
    var edges: [Polygon.Edge] = []
    var ringCount = polygons.varint(&offset) ?? 0
    while ringCount > 0, offset < end {
      ringCount -= 1
      guard let vertexCount = polygons.varint(&offset), vertexCount > 0, vertexCount <= end - offset else {
        break
      }
      var (x, y) = (0, 0)
      var first: (x: Int, y: Int)?
      for _ in 0..<vertexCount {
        guard let dx = polygons.varint(&offset), let dy = polygons.varint(&offset) else { break }
        let (lastX, lastY) = (x, y)
        x &+= dx
        y &+= dy
        if first != nil { edges.append(Self.edge(lastX, lastY, x, y)) } else { first = (x, y) }
      }
      if let first { edges.append(Self.edge(x, y, first.x, first.y)) }
    }
    return Self.banded(edges)
  }

  private static func edge(_ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int) -> Polygon.Edge {
    Polygon.Edge(
      x1: Int32(truncatingIfNeeded: x1), y1: Int32(truncatingIfNeeded: y1), x2: Int32(truncatingIfNeeded: x2),
      y2: Int32(truncatingIfNeeded: y2))
  }

  private static func band(_ y: Int32) -> Int { Int(y >> bandShift) }

  private static func bands(_ edge: Polygon.Edge) -> ClosedRange<Int> {
    band(min(edge.y1, edge.y2))...band(max(edge.y1, edge.y2))
  }

  private static func banded(_ edges: [Polygon.Edge]) -> Polygon {
    var polygon = Polygon()
    var (low, high) = (Int32.max, Int32.min)
    for edge in edges {
      low = min(low, edge.y1)
      high = max(high, edge.y1)
    }
    guard low <= high, low >= -100_000, high <= 100_000 else { return polygon }
    let (south, north) = (band(low), band(high))
    var counts = [Int32](repeating: 0, count: north - south + 2)
    for edge in edges { for band in bands(edge) { counts[band - south + 1] += 1 } }
    for index in counts.indices.dropFirst() { counts[index] += counts[index - 1] }
    polygon.south = south
    polygon.starts = counts
    polygon.edges = Array(
      repeating: Polygon.Edge(x1: 0, y1: 0, x2: 0, y2: 0), count: Int(counts[counts.count - 1]))
    var next = counts
    for edge in edges {
      for band in bands(edge) {
        polygon.edges[Int(next[band - south])] = edge
        next[band - south] += 1
      }
    }
    return polygon
  }
}
