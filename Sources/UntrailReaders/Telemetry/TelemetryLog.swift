internal import UntrailModel

/// What the telemetry of one film says, gathered over all its samples: a track for each stream of positions, and each
/// fact once.
struct TelemetryLog {
  /// One receiver, or one way of writing its positions.
  struct Stream: Hashable {
    /// The field of the positions, as `GoPro:GPS5`.
    var field: String
    /// What tells it from others of the film.
    var device = ""
  }

  private struct Recording {
    var stream: Stream
    var track: TrackRecorder
    var place: Int?
    /// The first time that the stream states.
    var first: Int64?
    var isLocalTime = false
  }

  let limits: Limits
  /// When the film says it was begun, in seconds since 1970; UTC by the standard.
  var created: Int64?
  private var distinct: DistinctFacts
  private var recordings: [Recording] = []
  private var indices: [Stream: Int] = [:]

  /// More than any film has.
  private static let streamLimit = 64

  init(_ limits: Limits) {
    self.limits = limits
    distinct = DistinctFacts(limits)
  }

  /// Whether no position was met.
  var isEmpty: Bool { recordings.allSatisfy { $0.track.count == 0 } }

  /// Adds a position; one that is none is said once.
  ///
  /// - Parameters:
  ///   - time: seconds since 1970-01-01T00:00:00; nil where the stream states none.
  ///   - isLocal: whether the time is of a zone that is not named.
  mutating func add(
    _ latitude: Double, _ longitude: Double, time: Int64?, isLocal: Bool = false, _ stream: Stream,
    at place: Int?, into result: inout ReadResult
  ) {
    guard let coordinate = CheckedPlace.coordinate(latitude, longitude, at: place, into: &result),
      let index = index(of: stream, at: place, into: &result)
    else { return }
    recordings[index].track.add(coordinate, time: time)
    guard let time else { return }
    if recordings[index].first == nil { recordings[index].first = time }
    if isLocal { recordings[index].isLocalTime = true }
  }

  /// Hands over the track of a stream to somebody who adds to it.
  mutating func withTrack(
    _ stream: Stream, at place: Int?, into result: inout ReadResult, _ body: (inout TrackRecorder) -> Void
  ) {
    guard let index = index(of: stream, at: place, into: &result) else { return }
    body(&recordings[index].track)
  }

  mutating func add(
    _ role: Role, _ fact: Observation.Fact, _ field: String, at place: Int?, into result: inout ReadResult
  ) {
    distinct.add(role, fact, field, at: place, into: &result)
  }

  /// Adds the tracks.
  mutating func finish(into result: inout ReadResult) {
    for recording in recordings {
      // New cameras write the same positions in both ways.
      if recording.stream.field == "GoPro:GPS5", hasFine(recording.stream.device) { continue }
      guard let track = recording.track.track(isLocalTime: recording.isLocalTime) else { continue }
      result.add(.recorded, .track(track), recording.stream.field, at: recording.place)
      guard let first = recording.first, (0...Timestamp.lastSecond).contains(first) else { continue }
      let group = recording.stream.field.prefix { $0 != ":" }
      distinct.add(
        recording.isLocalTime ? .start : .gps,
        .timestamp(Timestamp(civilSeconds: first, utcOffsetMinutes: recording.isLocalTime ? nil : 0)),
        "\(group):GPSDateTime", at: recording.place, into: &result)
    }
    recordings = []
    indices = [:]
  }

  private func hasFine(_ device: String) -> Bool {
    indices[Stream(field: "GoPro:GPS9", device: device)].map { recordings[$0].track.count > 0 } ?? false
  }

  private mutating func index(of stream: Stream, at place: Int?, into result: inout ReadResult) -> Int? {
    if let last = recordings.last, last.stream == stream { return recordings.count - 1 }
    if let known = indices[stream] { return known }
    guard recordings.count < Self.streamLimit else {
      result.damageOnce("limit", "more than \(Self.streamLimit) streams of positions in one film")
      return nil
    }
    indices[stream] = recordings.count
    recordings.append(Recording(stream: stream, track: TrackRecorder(limits), place: place))
    return recordings.count - 1
  }
}

/// When a sample is shown.
struct SampleTime {
  /// Seconds from the start of the film.
  var start: Double
  var duration: Double

  static let none = SampleTime(start: 0, duration: 0)

  /// Seconds since 1970 of the sample in a film that was begun at a time.
  func seconds(after created: Int64?) -> Int64? {
    guard let created, start.isFinite, start >= 0, start < 1e9 else { return nil }
    return created + Int64(start)
  }
}

/// Decodes the samples of one track of a film, one after another.
protocol SampleDecoder {
  mutating func decode(
    _ sample: SampleBytes, at time: SampleTime, _ log: inout TelemetryLog, into result: inout ReadResult)
  /// Whether what follows says nothing more.
  var isDone: Bool { get }
  /// Hands over what waited for more samples.
  mutating func finish(_ log: inout TelemetryLog, into result: inout ReadResult)
}

extension SampleDecoder {
  var isDone: Bool { false }
  func finish(_ log: inout TelemetryLog, into result: inout ReadResult) {}
}
