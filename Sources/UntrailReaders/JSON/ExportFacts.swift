internal import UntrailModel

/// What the parts of an export say, kept within bounds: each thing once, of each field only so many, and all
/// positions with times in one track.
final class ExportFacts {
  let limits: Limits
  private(set) var result = ReadResult()
  /// Where somebody was.
  private(set) var history: HistoryTrack
  private var told: Set<Fact> = []
  private var counts: [String: Int] = [:]
  private var flaws: [(flaw: Coordinate.Flaw, offset: Int?)] = []

  private struct Fact: Hashable {
    var field: String
    var role: Role
    var text: String
  }

  init(_ limits: Limits) {
    self.limits = limits
    history = HistoryTrack(limits)
  }

  /// How often a field may come up: the rest of the list is only counted.
  private var fieldLimit: Int { max(1, limits.observations / 10) }

  /// Adds a fact, unless it was told or its field has come up too often.
  func add(_ role: Role, _ fact: Observation.Fact, _ field: String, at offset: Int?, once text: String) {
    let count = counts[field, default: 0]
    guard count < fieldLimit else {
      result.notRead("list-cut", "more of \(field) is there than is listed", at: offset ?? 0)
      return
    }
    guard told.insert(Fact(field: field, role: role, text: text)).inserted else { return }
    counts[field] = count + 1
    result.add(role, fact, field, at: offset)
  }

  /// Adds the text of a value; nothing where it has none.
  func add(
    _ role: Role, _ value: JSONValue?, _ field: String, as fact: (String) -> Observation.Fact
  ) {
    guard let value, let text = value.label else { return }
    add(role, fact(text), field, at: value.offset, once: text)
  }

  func addTime(_ role: Role, _ value: JSONValue?, _ field: String) {
    guard let value, let time = JSONTime(value) else { return }
    add(role, .timestamp(time.timestamp), field, at: value.offset, once: String(time.seconds))
  }

  // MARK: Places

  /// The position that two numbers are; nil where they are none, which is said once per file and reason.
  func coordinate(_ latitude: Double, _ longitude: Double, at offset: Int?) -> Coordinate? {
    guard let flaw = Coordinate.flaw(latitude: latitude, longitude: longitude) else {
      return Coordinate(latitude: latitude, longitude: longitude)
    }
    if !flaws.contains(where: { $0.flaw == flaw }) { flaws.append((flaw, offset)) }
    return nil
  }

  func addPlace(_ role: Role, _ location: Location, _ field: String, at offset: Int?) {
    let text = "\(location.coordinate.latitude),\(location.coordinate.longitude)"
    add(role, .location(location), field, at: offset, once: text)
  }

  func addHistory(_ coordinate: Coordinate, _ time: JSONTime?, _ field: String, at offset: Int?) {
    history.add(coordinate, time, field, at: offset)
  }

  func doubt(_ code: String, _ message: String, at offset: Int?) {
    if !result.diagnostics.contains(where: { $0.code == code }) { result.doubt(code, message, at: offset) }
  }

  func notRead(_ code: String, _ message: String, at offset: Int?) {
    result.notRead(code, message, at: offset ?? 0)
  }

  func addTrack(_ role: Role, _ track: Track, _ field: String, at offset: Int?) {
    result.add(role, .track(track), field, at: offset)
  }

  /// Adds what was collected.
  func finish() {
    for (flaw, offset) in flaws {
      switch flaw {
      case .notFinite: doubt("position-malformed", "the numbers of a position are none", at: offset)
      case .outOfRange:
        doubt("position-out-of-range", "there is no such latitude or longitude on Earth", at: offset)
      case .nullIsland: doubt("null-island", "0, 0: what is written where there is no position", at: offset)
      }
    }
    if let track = history.track { result.add(.history, .track(track), history.field, at: history.offset) }
  }
}

/// The positions of a history, in the order of their times.
struct HistoryTrack {
  private(set) var field = ""
  private(set) var offset: Int?
  private var recorder: TrackRecorder
  private var isLocalTime = true
  private var lastTime: Int64 = .min
  private var isInOrder = true

  init(_ limits: Limits) { recorder = TrackRecorder(limits) }

  var count: Int { recorder.count }

  mutating func add(_ coordinate: Coordinate, _ time: JSONTime?, _ field: String, at offset: Int?) {
    if recorder.count == 0 {
      self.field = field
      self.offset = offset
    }
    if let time {
      if time.offset != nil { isLocalTime = false }
      if time.seconds < lastTime { isInOrder = false }
      lastTime = time.seconds
    }
    recorder.add(coordinate, time: time?.seconds)
  }

  var track: Track? {
    guard var track = recorder.track(isLocalTime: isLocalTime) else { return nil }
    if !isInOrder {
      // A position without a time stays behind the one before it.
      var last = Int64.min
      let keyed = track.points.enumerated().map { index, point in
        last = point.time ?? last
        return (time: last, index: index, point: point)
      }
      track.points = keyed.sorted { ($0.time, $0.index) < ($1.time, $1.index) }.map(\.point)
    }
    return track
  }
}
