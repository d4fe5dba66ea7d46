package import UntrailModel

/// Stay points of one device.
///
/// Source: Q. Li et al., "Mining User Similarity Based on Location History", ACM GIS 2008.
package enum StayPoints {
  /// Metres around the first fix of a stay.
  static let radius = 200.0
  /// Seconds.
  static let shortest: Int64 = 20 * 60
  /// Seconds without a fix after which nothing is known any more.
  static let longestGap: Int64 = 12 * 3600

  /// - Parameter fixes: of one device, in the order of their times.
  package static func find(_ fixes: ArraySlice<PositionFix>) -> [StayPoint] {
    guard var start = fixes.indices.first else { return [] }
    var stays: [StayPoint] = []
    func end(before next: Int, at time: Int64) {
      guard time - fixes[start].time >= shortest else { return }
      stays.append(
        StayPoint(
          coordinate: mean(fixes[start..<next]), arrived: fixes[start].time, left: time,
          fixCount: next - start, device: fixes[start].device))
    }
    for index in fixes.indices.dropFirst() {
      if fixes[index].time - fixes[index - 1].time > longestGap {
        end(before: index, at: fixes[index - 1].time)
        start = index
      } else if fixes[start].coordinate.distance(to: fixes[index].coordinate) > radius {
        end(before: index, at: fixes[index].time)
        start = index
      }
    }
    end(before: fixes.endIndex, at: fixes[fixes.endIndex - 1].time)
    return stays
  }

  static func mean(_ fixes: ArraySlice<PositionFix>) -> Coordinate {
    Coordinate.mean(fixes.lazy.map(\.coordinate)) ?? fixes[fixes.startIndex].coordinate
  }
}

extension Coordinate {
  /// The mean of positions near each other, on either side of 180 degrees too; nil where there is none.
  static func mean(_ coordinates: some Sequence<Coordinate>) -> Coordinate? {
    var (latitude, longitude, count) = (0.0, 0.0, 0.0)
    var first: Coordinate?
    for coordinate in coordinates {
      let origin = first ?? coordinate
      first = origin
      latitude += coordinate.latitude
      longitude += shifted(coordinate.longitude - origin.longitude)
      count += 1
    }
    guard let first else { return nil }
    return Coordinate(
      latitude: latitude / count, longitude: shifted(first.longitude + longitude / count))
  }

  /// The same angle from -180 to 180 degrees.
  private static func shifted(_ degrees: Double) -> Double {
    degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees
  }
}
