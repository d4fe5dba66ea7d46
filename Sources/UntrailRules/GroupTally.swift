internal import UntrailModel

/// What is counted in one group of files.
struct GroupTally {
  /// Distinct things beyond this are not told apart any more: the count then says "at least".
  static let distinctLimit = 10_000
  /// Things with a time beyond this are not looked at.
  static let eventLimit = 100_000

  enum Counted: Hashable {
    /// Files are counted as they come; nothing has to be kept to tell them apart.
    case file
    case number(Int)
    case text(String)
  }

  /// Something that was counted, where the time between things counts.
  private struct Event {
    /// Seconds since 1970-01-01T00:00:00 UTC.
    var time: Int64
    var ordinal: Int
    /// The place of the thing among the distinct ones, or of its pattern in a sequence.
    var number: Int
  }

  private var distinct: [Counted: Int] = [:]
  private var events: [Event] = []
  private var paths: [Int: PathBytes] = [:]
  private var fileCount = 0
  private var lastOrdinal = 0
  private(set) var examples: [FileReference] = []
  /// Whether a file of the group makes the finding weigh more, and whether one meets the condition for that.
  var isRaised = false
  var meetsCondition = false
  /// Of the first observation in the group.
  let kind: Kind
  let role: Role

  init(_ kind: Kind, _ role: Role) {
    self.kind = kind
    self.role = role
  }

  mutating func add(_ counted: Counted, _ file: JudgedFile) {
    noteFile(file)
    if counted != .file, distinct.count < Self.distinctLimit { _ = number(counted) }
  }

  /// - Parameter step: the place of the pattern in its sequence; nil where there is none.
  mutating func add(_ counted: Counted, _ file: JudgedFile, at time: Int64, step: Int?) {
    guard events.count < Self.eventLimit else { return }
    noteFile(file)
    paths[file.ordinal] = file.examination.artifact.path
    events.append(
      Event(
        time: time, ordinal: file.ordinal,
        number: step ?? (counted == .file ? file.ordinal : number(counted))))
  }

  private mutating func number(_ counted: Counted) -> Int {
    if let known = distinct[counted] { return known }
    distinct[counted] = distinct.count
    return distinct.count - 1
  }

  private mutating func noteFile(_ file: JudgedFile) {
    guard file.ordinal != lastOrdinal else { return }
    lastOrdinal = file.ordinal
    fileCount += 1
    if examples.count < Correlator.exampleLimit {
      examples.append(FileReference(ordinal: file.ordinal, path: file.examination.artifact.path))
    }
  }

  struct Result {
    var count: Int
    var fileCount: Int
    var examples: [FileReference]
  }

  /// How far the count went, and in which files.
  func result(_ correlation: Correlation) -> Result {
    guard let within = correlation.within else {
      return Result(
        count: correlation.count == .files ? fileCount : distinct.count, fileCount: fileCount,
        examples: examples)
    }
    let sorted = events.sorted { ($0.time, $0.ordinal, $0.number) < ($1.time, $1.ordinal, $1.number) }
    return correlation.followedBy.isEmpty
      ? window(sorted, within) : sequence(sorted, within, correlation.followedBy.count + 1)
  }

  /// The greatest count of different things in any window of that many seconds.
  private func window(_ events: [Event], _ within: Int64) -> Result {
    var counts: [Int: Int] = [:]
    var best = (count: 0, range: 0..<0)
    var first = 0
    for (place, event) in events.enumerated() {
      counts[event.number, default: 0] += 1
      while event.time &- events[first].time > within {
        counts[events[first].number, default: 1] -= 1
        if counts[events[first].number] == 0 { counts[events[first].number] = nil }
        first += 1
      }
      if counts.count > best.count { best = (counts.count, first..<(place + 1)) }
    }
    return result(best.count, Set(events[best.range].map(\.ordinal)))
  }

  /// How often the patterns occur one after another, none at the time of the one before, in that many seconds.
  private func sequence(_ events: [Event], _ within: Int64, _ length: Int) -> Result {
    /// For each step the chain up to it that starts latest.
    var chains: [(start: Int64, ordinals: [Int])?] = Array(repeating: nil, count: length)
    var count = 0
    var ordinals: Set<Int> = []
    var place = 0
    while place < events.count {
      var end = place
      while end < events.count, events[end].time == events[place].time { end += 1 }
      // The later steps first, so that one moment does not stand for two steps.
      for event in events[place..<end].sorted(by: { $0.number > $1.number }) {
        if event.number == 0 {
          chains[0] = (event.time, [event.ordinal])
        } else if event.number < length, let before = chains[event.number - 1],
          event.time &- before.start <= within
        {
          chains[event.number] = (before.start, before.ordinals + [event.ordinal])
        }
      }
      if let whole = chains[length - 1] {
        count += 1
        ordinals.formUnion(whole.ordinals)
        chains = Array(repeating: nil, count: length)
      }
      place = end
    }
    return result(count, ordinals)
  }

  private func result(_ count: Int, _ ordinals: Set<Int>) -> Result {
    let examples = ordinals.sorted().prefix(Correlator.exampleLimit).compactMap { ordinal in
      paths[ordinal].map { FileReference(ordinal: ordinal, path: $0) }
    }
    return Result(count: count, fileCount: ordinals.count, examples: examples)
  }
}
