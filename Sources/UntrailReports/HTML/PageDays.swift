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

  /// The first and the last day to draw: without the days far before and behind that a twentieth of the files states,
  /// where all days would be too many to be told apart. Nil without days.
  var window: (first: Int64, last: Int64)? {
    let sorted = counts.sorted { $0.key < $1.key }
    guard var first = sorted.indices.first, var last = sorted.indices.last else { return nil }
    var spare = sorted.reduce(0) { $0 + $1.value } / 20
    while sorted[last].key - sorted[first].key > Self.drawnDays, first < last {
      let gaps = (sorted[first + 1].key - sorted[first].key, sorted[last].key - sorted[last - 1].key)
      let isFirst = gaps.0 >= gaps.1
      spare -= sorted[isFirst ? first : last].value
      guard spare >= 0 else { return (sorted[0].key, sorted[sorted.count - 1].key) }
      if isFirst { first += 1 } else { last -= 1 }
    }
    return (sorted[first].key, sorted[last].key)
  }

  /// As many days as bars can be told apart.
  static let drawnDays: Int64 = 120

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
