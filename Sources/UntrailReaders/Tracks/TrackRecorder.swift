internal import UntrailModel

/// Collects the positions of a track in bounded memory.
///
/// Keeps up to twice as many positions as the limit. When there are more, the less telling half goes: a position
/// tells little where somebody who moved evenly from the position before it to the one behind it would have been
/// there at that time anyway. So stays keep their beginning and their end.
///
/// Source: J. Muckell, P. W. Olsen et al., "Compression of trajectory data: a comprehensive evaluation and new
/// approach", GeoInformatica 18 (2014): the synchronised Euclidean distance.
struct TrackRecorder {
  /// Positions given so far.
  private(set) var count = 0
  private let limit: Int
  private var points: [TrackPoint] = []
  private var south = Double.infinity
  private var west = Double.infinity
  private var north = -Double.infinity
  private var east = -Double.infinity
  private var start: Int64?
  private var end: Int64?

  init(_ limits: Limits) { limit = max(2, limits.points) }

  /// - Parameter time: seconds since 1970-01-01T00:00:00.
  mutating func add(_ coordinate: Coordinate, time: Int64?) {
    count += 1
    south = min(south, coordinate.latitude)
    north = max(north, coordinate.latitude)
    west = min(west, coordinate.longitude)
    east = max(east, coordinate.longitude)
    let time = time.flatMap { Self.seconds.contains($0) ? $0 : nil }
    if let time {
      start = min(start ?? time, time)
      end = max(end ?? time, time)
    }
    points.append(TrackPoint(coordinate: coordinate, time: time))
    if points.count >= 2 * limit { thin(to: limit) }
  }

  /// The years 1 to 9999.
  private static let seconds: ClosedRange<Int64> = -62_135_596_800...Timestamp.lastSecond

  /// The track so far; nil where there is no position.
  ///
  /// - Parameter isLocalTime: whether the times are of a zone that the file does not name.
  func track(isLocalTime: Bool = false) -> Track? {
    guard count > 0 else { return nil }
    var copy = self
    if points.count > limit { copy.thin(to: limit) }
    return Track(
      pointCount: count, south: south, west: west, north: north, east: east, start: start, end: end,
      isLocalTime: isLocalTime && start != nil, points: copy.points)
  }

  /// Leaves out the less telling positions until at most `target` are left; the first and the last stay.
  private mutating func thin(to target: Int) {
    while points.count > target {
      var weights = [Double](repeating: .infinity, count: points.count)
      for index in points.indices.dropFirst().dropLast() {
        weights[index] = Self.deviation(points[index - 1], points[index], points[index + 1])
      }
      let surplus = points.count - target
      let threshold = Self.weight(at: surplus - 1, of: weights)
      var left = surplus
      var kept: [TrackPoint] = []
      kept.reserveCapacity(target)
      var wasLeftOut = false
      for (index, point) in points.enumerated() {
        // No two neighbours go at once: each was weighed by the other.
        wasLeftOut = left > 0 && !wasLeftOut && weights[index] <= threshold
        if wasLeftOut { left -= 1 } else { kept.append(point) }
      }
      points = kept
    }
  }

  /// The weight that would stand at a place if they were sorted. None is negative, so that they are in the order of
  /// their bits: it is found byte by byte.
  private static func weight(at place: Int, of weights: [Double]) -> Double {
    var place = place
    var found: UInt64 = 0
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      var counts = [Int](repeating: 0, count: 256)
      for weight in weights where shift == 56 || weight.bitPattern >> (shift + 8) == found {
        counts[Int(weight.bitPattern >> shift & 0xFF)] += 1
      }
      var byte = 0
      while byte < 255, place >= counts[byte] {
        place -= counts[byte]
        byte += 1
      }
      found = found << 8 | UInt64(byte)
    }
    return Double(bitPattern: found)
  }

  /// How far a position lies from where an even movement between its neighbours would be at its time; in degrees,
  /// with those of longitude as long as those of latitude.
  private static func deviation(_ before: TrackPoint, _ point: TrackPoint, _ after: TrackPoint) -> Double {
    var share = 0.5
    if let first = before.time, let time = point.time, let last = after.time, first < last {
      share = min(max(Double(time - first) / Double(last - first), 0), 1)
    }
    func distance(_ path: KeyPath<Coordinate, Double>) -> Double {
      let start = before.coordinate[keyPath: path]
      return start + (after.coordinate[keyPath: path] - start) * share - point.coordinate[keyPath: path]
    }
    let north = distance(\.latitude)
    let east = distance(\.longitude)
    return north * north + east * east
  }
}
