internal import UntrailModel

/// Local time at a position, remembered by cells of a quarter degree and by day.
struct LocalClock {
  private let utcOffset: @Sendable (Coordinate, Int64) -> Int16?
  private var known: [Key: Int64] = [:]
  private var last: (key: Key, seconds: Int64)?

  private struct Key: Hashable {
    var cell: Int
    var day: Int64
  }

  init(_ utcOffset: @escaping @Sendable (Coordinate, Int64) -> Int16?) { self.utcOffset = utcOffset }

  /// Civil seconds since 1970-01-01T00:00:00. Where no zone is known, that of the longitude: an hour each 15 degrees.
  mutating func civil(_ time: Int64, at coordinate: Coordinate) -> Int64 {
    let key = Key(cell: coordinate.cell(cellsPerDegree: 4), day: CivilDate.floorDivide(time, 86_400))
    if let last, last.key == key { return time &+ last.seconds }
    let seconds =
      known[key]
      ?? (utcOffset(coordinate, time).map { Int64($0) * 60 }
        ?? Int64((coordinate.longitude / 15).rounded()) * 3600)
    known[key] = seconds
    last = (key, seconds)
    return time &+ seconds
  }
}

/// Parts of a civil time in seconds since 1970-01-01T00:00:00.
extension Int64 {
  package var civilDay: Int64 { CivilDate.floorDivide(self, 86_400) }
  /// 0 to 86,399.
  package var secondOfDay: Int64 { self - civilDay * 86_400 }
  /// 0 for Monday. 1970-01-01 was a Thursday.
  package var weekday: Int64 { (civilDay % 7 + 10) % 7 }
}
