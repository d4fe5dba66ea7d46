internal import UntrailModel

/// The first and the last time of a track as its clock showed them, where the file states an offset from UTC: the
/// track itself has its times in UTC.
struct ZonedTimes {
  private var first: JSONTime?
  private var last: JSONTime?

  mutating func note(_ time: JSONTime?) {
    guard let time, let offset = time.offset, offset != 0 else { return }
    if first.map({ time.seconds < $0.seconds }) ?? true { first = time }
    if last.map({ time.seconds > $0.seconds }) ?? true { last = time }
  }

  func finish(_ field: String, into result: inout ReadResult) {
    guard let first, let last else { return }
    result.add(.start, .timestamp(first.timestamp), field, at: nil)
    if last.seconds != first.seconds { result.add(.end, .timestamp(last.timestamp), field, at: nil) }
  }
}
