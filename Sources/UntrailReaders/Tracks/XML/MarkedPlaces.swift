internal import UntrailModel

/// Single places of a file: the first as locations with their names, the many behind them as one track, so that a
/// file with a hundred thousand marks is told in bounded space.
struct MarkedPlaces {
  /// Places that are told one by one.
  private static let single = 500

  private let role: Role
  private let field: String
  private var count = 0
  private var rest: TrackRecorder

  init(_ role: Role, _ field: String, _ limits: Limits) {
    self.role = role
    self.field = field
    rest = TrackRecorder(limits)
  }

  /// Whether the next place is told by itself, so that its name is worth telling as well.
  var isTellingNext: Bool { count < Self.single }

  mutating func add(_ location: Location, at offset: Int?, into result: inout ReadResult) {
    defer { count += 1 }
    guard isTellingNext else {
      let time = location.time.map { $0.civilSeconds - Int64($0.utcOffsetMinutes ?? 0) * 60 }
      return rest.add(location.coordinate, time: time)
    }
    result.add(role, .location(location), field, at: offset)
  }

  func finish(into result: inout ReadResult) {
    if let track = rest.track() { result.add(role, .track(track), field, at: nil) }
  }
}
