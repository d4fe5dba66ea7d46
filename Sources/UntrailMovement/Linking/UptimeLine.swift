/// A shot and how long the device had been on: two numbers that only grow together.
///
/// Apple's phones count the time since they were switched on without the time in standby, so between two shots of one
/// phone the count grows at most by the time between them, or starts again within it. A pair that does neither is of
/// two phones.
struct UptimeMark: Sendable {
  /// Seconds since 1970-01-01T00:00:00 UTC.
  var time: UInt32
  /// Seconds since the device was switched on.
  var uptime: UInt32
  /// The files it stands for.
  var cluster: UInt32

  /// Clocks are set right by networks now and then.
  private static let tolerance: Int64 = 120

  /// Nil where the other, which is not earlier, cannot be of the same device; else whether it was switched on anew.
  func restarted(before later: UptimeMark) -> Bool? {
    let time = Int64(later.time) - Int64(time)
    let on = Int64(later.uptime)
    let more = on - Int64(uptime)
    if more >= -2, more <= time + Self.tolerance { return false }
    return on <= time + Self.tolerance ? true : nil
  }
}

/// Sorts shots into as few lines as their times on allow.
enum UptimeLines {
  private static let lineLimit = 8
  /// A line of fewer shots may be a wrong clock.
  private static let leastMarks = 3

  /// The number of the line of each cluster; empty where one device may have made all of them.
  static func lines(_ marks: [UptimeMark]) -> [UInt32: Int] {
    let sorted = marks.sorted { ($0.time, $0.uptime, $0.cluster) < ($1.time, $1.uptime, $1.cluster) }
    var lines: [(last: UptimeMark, count: Int)] = []
    var lineOfCluster: [UInt32: Int] = [:]
    for mark in sorted {
      let known = lineOfCluster[mark.cluster]
      let line = known ?? best(mark, lines)
      if let line {
        lines[line].last = mark
        lines[line].count += 1
        lineOfCluster[mark.cluster] = line
      } else if lines.count < lineLimit {
        lineOfCluster[mark.cluster] = lines.count
        lines.append((mark, 1))
      }
    }
    let solid = lines.indices.filter { lines[$0].count >= leastMarks }
    guard solid.count > 1 else { return [:] }
    return lineOfCluster.filter { solid.contains($0.value) }
  }

  /// The line that a shot goes on with: rather one that runs than one that starts again.
  private static func best(_ mark: UptimeMark, _ lines: [(last: UptimeMark, count: Int)]) -> Int? {
    var restarting: Int?
    var running: (line: Int, standby: Int64)?
    for (number, line) in lines.enumerated() {
      switch line.last.restarted(before: mark) {
      case false?:
        let on = Int64(mark.uptime) - Int64(line.last.uptime)
        let standby = Int64(mark.time) - Int64(line.last.time) - on
        if running.map({ standby < $0.standby }) ?? true { running = (number, standby) }
      case true?: restarting = restarting ?? number
      case nil: break
      }
    }
    return running?.line ?? restarting
  }
}
