internal import Synchronization
internal import UntrailModel

/// Polygons that cells of a degree lead to. The bands of latitude that are needed are unpacked once.
final class PolygonLayer: Sendable {
  /// Vertices in a degree.
  static let grain = 1000.0
  /// Latitudes of a polygon that are looked at together: 256 of 1/1000 degree, as a power of two.
  private static let bandShift = 8

  private let cells: GeographySection
  private let lists: GeographySection
  private let polygons: GeographySection
  private let unpacked = Mutex<[Int: [Edge]]>([:])

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

  /// The edges that touch a rectangle in 1/1000 degree, each once and in one direction only, their ends rounded to
  /// `step`. Nothing is kept for the next question.
  func edges(south: Int, west: Int, north: Int, east: Int, step: Int) -> Set<Edge> {
    func rounded(_ value: Int32) -> Int32 {
      let steps = (Double(value) / Double(step)).rounded()
      return Int32(min(max(steps * Double(step), -360_000), 360_000))
    }
    var found: Set<Edge> = []
    for number in 0..<min(polygons.u32(0), 0xFFFF) {
      let base = 4 + 4 * (polygons.u32(0) + 1) + polygons.u32(4 + 4 * number)
      let first = Int(polygons.i16(base))
      let end = min(first + polygons.u16(base + 2) - 1, Self.band(Double(north)))
      for band in stride(from: max(first, Self.band(Double(south))), through: end, by: 1) {
        for edge in unpack(number, band) {
          guard max(edge.x1, edge.x2) >= west, min(edge.x1, edge.x2) <= east,
            max(edge.y1, edge.y2) >= south, min(edge.y1, edge.y2) <= north
          else { continue }
          // Where polygons are cut at 180 degrees and at the pole is no border.
          if abs(edge.x1) == 180_000, edge.x1 == edge.x2 { continue }
          if edge.y1 == -90_000, edge.y2 == -90_000 { continue }
          var short = Edge(
            x1: rounded(edge.x1), y1: rounded(edge.y1), x2: rounded(edge.x2), y2: rounded(edge.y2))
          if (short.x1, short.y1) == (short.x2, short.y2) { continue }
          if (short.x2, short.y2) < (short.x1, short.y1) {
            short = Edge(x1: short.x2, y1: short.y2, x2: short.x1, y2: short.y1)
          }
          found.insert(short)
        }
      }
    }
    return found
  }

  /// An edge of a polygon, in 1/1000 degree.
  struct Edge: Hashable {
    var x1, y1, x2, y2: Int32
  }

  /// Whether a position in 1/1000 degree lies inside a polygon.
  func contains(_ number: Int, x: Double, y: Double) -> Bool {
    var isInside = false
    for edge in edges(number, Self.band(y)) where (Double(edge.y1) > y) != (Double(edge.y2) > y) {
      let slope = (Double(edge.x2) - Double(edge.x1)) / (Double(edge.y2) - Double(edge.y1))
      if x < Double(edge.x1) + (y - Double(edge.y1)) * slope { isInside.toggle() }
    }
    return isInside
  }

  /// Metres from a position in 1/1000 degree to the nearest edge of a polygon; infinite beyond `limit` metres.
  func distance(_ number: Int, x: Double, y: Double, limit: Double, metresPerX: Double) -> Double {
    let reach = limit / Self.metresPerY
    let reachX = limit / max(metresPerX, 1)
    var nearest = Double.infinity
    for band in Self.band(y - reach)...Self.band(y + reach) {
      for edge in edges(number, band) {
        if Double(min(edge.x1, edge.x2)) > x + reachX || Double(max(edge.x1, edge.x2)) < x - reachX {
          continue
        }
        let (ax, ay) = ((Double(edge.x1) - x) * metresPerX, (Double(edge.y1) - y) * Self.metresPerY)
        let (bx, by) = ((Double(edge.x2) - x) * metresPerX, (Double(edge.y2) - y) * Self.metresPerY)
        let (dx, dy) = (bx - ax, by - ay)
        let length = dx * dx + dy * dy
        let share = length > 0 ? min(max(-(ax * dx + ay * dy) / length, 0), 1) : 0
        let (px, py) = (ax + share * dx, ay + share * dy)
        nearest = min(nearest, (px * px + py * py).squareRoot())
      }
    }
    return nearest <= limit ? nearest : .infinity
  }

  /// Metres of 1/1000 degree of latitude.
  static let metresPerY = 111.195

  private static func band(_ y: Double) -> Int { Int(y.rounded(.down)) >> bandShift }

  /// The edges of a polygon that touch a band of latitude.
  private func edges(_ number: Int, _ band: Int) -> [Edge] {
    let key = number << 16 | (band & 0xFFFF)
    return unpacked.withLock { known in
      if let edges = known[key] { return edges }
      let edges = unpack(number, band)
      known[key] = edges
      return edges
    }
  }

  private func unpack(_ number: Int, _ band: Int) -> [Edge] {
    let count = polygons.u32(0)
    guard number >= 0, number < count else { return [] }
    let base = 4 + 4 * (count + 1) + polygons.u32(4 + 4 * number)
    let place = band - Int(polygons.i16(base))
    let bandCount = polygons.u16(base + 2)
    guard place >= 0, place < bandCount else { return [] }
    let chains = base + 4 + 4 * (bandCount + 1)
    var offset = chains + polygons.u32(base + 4 + 4 * place)
    let end = chains + polygons.u32(base + 8 + 4 * place)
    var edges: [Edge] = []
    while offset < end, let vertexCount = polygons.varint(&offset), vertexCount > 0,
      vertexCount <= end - offset
    {
      var (x, y) = (0, 0)
      for vertex in 0..<vertexCount {
        guard let dx = polygons.varint(&offset), let dy = polygons.varint(&offset) else { break }
        let (lastX, lastY) = (x, y)
        x &+= dx
        y &+= dy
        guard vertex > 0 else { continue }
        edges.append(
          Edge(
            x1: Int32(truncatingIfNeeded: lastX), y1: Int32(truncatingIfNeeded: lastY),
            x2: Int32(truncatingIfNeeded: x), y2: Int32(truncatingIfNeeded: y)))
      }
    }
    return edges
  }
}
