internal import UntrailModel

/// How many files there are of each day, as the files state it.
struct PageDays {
  private(set) var counts: [Int64: Int] = [:]
  /// Files of days beyond the limit.
  private(set) var restCount = 0
  private static let limit = 20_000

  mutating func add(_ file: JudgedFile) {
    guard let day = Self.day(file.examination.observations) else { return }
    if counts[day] == nil, counts.count >= Self.limit {
      restCount += 1
    } else {
      counts[day, default: 0] += 1
    }
  }

  /// The day on which a picture was taken, else of its position, else the first that is stated.
  static func day(_ observations: [Observation]) -> Int64? {
    var first: Int64?
    var located: Int64?
    for observation in observations {
      switch observation.fact {
      case .timestamp(let timestamp):
        if observation.role == .original { return timestamp.civilDay }
        first = first ?? timestamp.civilDay
      case .location(let location): located = located ?? location.time?.civilDay
      default: continue
      }
    }
    return located ?? first
  }
}
