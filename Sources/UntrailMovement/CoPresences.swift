internal import UntrailModel

/// Finds devices that were in the same cell of 0.002 degree (about 200 m) in the same hour three times or more.
enum CoPresences {
  static let least = 3
  /// Devices beyond this number are not looked at: a pair of them all would be too many.
  private static let deviceLimit = 64

  private struct Key: Hashable {
    var cell: Int
    var hour: Int64
  }

  /// - Parameter fixes: of all devices, in the order of their times.
  static func find(_ fixes: [PositionFix]) -> [CoPresence] {
    var devices: [UInt32] = []
    for fix in fixes where fix.device != 0 && !devices.contains(fix.device) {
      devices.append(fix.device)
      if devices.count == deviceLimit { break }
    }
    guard devices.count >= 2 else { return [] }
    devices.sort()
    var present: [Key: UInt64] = [:]
    var middles: [Key: Coordinate] = [:]
    for fix in fixes {
      guard let number = devices.firstIndex(of: fix.device) else { continue }
      let key = Key(
        cell: fix.coordinate.cell(cellsPerDegree: 500), hour: CivilDate.floorDivide(fix.time, 3600))
      present[key, default: 0] |= 1 << UInt64(number)
      if middles[key] == nil { middles[key] = fix.coordinate }
    }
    var hours = [Int](repeating: 0, count: devices.count)
    var together: [Int: [Key]] = [:]
    for (key, bits) in present {
      let numbers = devices.indices.filter { bits & 1 << UInt64($0) != 0 }
      for (place, one) in numbers.enumerated() {
        hours[one] += 1
        for other in numbers[(place + 1)...] { together[one * deviceLimit + other, default: []].append(key) }
      }
    }
    return together.sorted { $0.key < $1.key }.compactMap { pair, keys in
      guard keys.count >= least else { return nil }
      let sorted = keys.sorted { ($0.hour, $0.cell) < ($1.hour, $1.cell) }
      guard let last = sorted.last, let coordinate = middles[last] else { return nil }
      let (one, other) = (pair / deviceLimit, pair % deviceLimit)
      return CoPresence(
        devices: [devices[one], devices[other]], coordinate: coordinate, times: sorted.map { $0.hour * 3600 },
        share: Double(keys.count) / Double(max(1, min(hours[one], hours[other]))),
        placeCount: Set(keys.map(\.cell)).count)
    }
  }
}
