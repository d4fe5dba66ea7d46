/// Hours in which nobody made a file, night after night.
enum QuietHours {
  enum Verdict {
    /// They are night in that zone.
    case night
    /// They are the middle of the day there.
    case day
  }

  private static let leastDays = 3
  /// Hours with files, counted once for each day.
  private static let leastHours = 12
  private static let quiet = 5...12

  /// Nil where there are too few files, or none of the two can be said.
  ///
  /// - Parameter hours: for each day, bit n for a file in the hour n of UTC.
  static func verdict(_ hours: [UInt32], offsetMinutes: Int16) -> Verdict? {
    guard hours.count >= leastDays, hours.reduce(0, { $0 + $1.nonzeroBitCount }) >= leastHours else {
      return nil
    }
    let counts = (0..<24).map { hour in hours.count { $0 & 1 << UInt32(hour) != 0 } }
    // One late night in ten is none.
    let isQuiet = counts.map { $0 <= hours.count / 10 }
    var best = (start: 0, length: 0)
    for start in 0..<24 where isQuiet[start] && !isQuiet[(start + 23) % 24] {
      var length = 1
      while length < 24, isQuiet[(start + length) % 24] { length += 1 }
      if length > best.length { best = (start, length) }
    }
    guard quiet.contains(best.length) else { return nil }
    // In half hours, from midnight of the local clock.
    let middle = best.start * 2 + best.length + Int(offsetMinutes) / 30
    let local = ((middle % 48) + 48) % 48
    if (1...14).contains(local) { return .night }
    return (18...40).contains(local) ? .day : nil
  }
}
