internal import UntrailModel

/// What one entry of a calendar says of itself, as far as it is read.
struct CalendarEntry {
  /// Bytes from the start of the file to its beginning.
  var offset: Int
  var title = ""
  var place = ""
  /// Where the way there starts.
  var origin = ""
  var organizer = ""
  var start: Timestamp?
  var end: Timestamp?
  var duration: Int64?
  var coordinate: Coordinate?
  var id = ""
  var rule: RecurrenceRule?
  var exceptions: [Timestamp] = []
  var additions: [Timestamp] = []
  /// Which time of a series it stands for.
  var recurrenceID: Timestamp?
  /// The zone of its start, as the file names it.
  var zone: String?

  /// The most exceptions and additions that are kept.
  static let mostDates = 2000

  init(offset: Int) { self.offset = offset }

  /// What somebody plans to do, and where.
  func reservation(at start: Timestamp) -> Reservation {
    var planned = Reservation(.appointment)
    planned.name = title
    planned.provider = organizer
    planned.from = origin
    planned.to = place
    planned.start = start
    planned.end = length.flatMap { start.moved(by: $0) }
    // The end may be in another zone than the start.
    if start == self.start, let end { planned.end = end }
    planned.coordinate = coordinate
    return planned
  }

  private var length: Int64? {
    if let duration { return duration }
    guard let start, let end else { return nil }
    let zoneGap =
      Int64(start.utcOffsetMinutes ?? 0) - Int64(end.utcOffsetMinutes ?? start.utcOffsetMinutes ?? 0)
    let length = end.civilSeconds - start.civilSeconds + zoneGap * 60
    return length >= 0 ? length : nil
  }
}

/// Collects the entries of a calendar in bounded memory: of more than can be kept, those that start last stay, since
/// they are what is still to come.
struct CalendarEntries {
  struct Kept {
    var planned: Reservation
    var field: String
    var offset: Int
  }

  private let limit: Int
  private var kept: [Kept] = []
  /// How many there were.
  private(set) var count = 0

  init(limit: Int) { self.limit = max(1, limit) }

  mutating func add(_ planned: Reservation, _ field: String, at offset: Int) {
    count += 1
    kept.append(Kept(planned: planned, field: field, offset: offset))
    if kept.count >= 2 * limit { thin() }
  }

  private mutating func thin() {
    kept.sort { Self.start($0) > Self.start($1) }
    kept.removeLast(kept.count - limit)
  }

  private static func start(_ entry: Kept) -> Int64 { entry.planned.start?.civilSeconds ?? .min }

  /// Those that are kept, in the order of the file.
  mutating func finish() -> [Kept] {
    if kept.count > limit { thin() }
    return kept.sorted { ($0.offset, Self.start($0)) < ($1.offset, Self.start($1)) }
  }
}
