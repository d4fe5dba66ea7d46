internal import UntrailBytes
internal import UntrailModel

/// SRT subtitles, as far as a drone or a dash-cam wrote them: where it was while it filmed.
///
///     1
///     00:00:01,000 --> 00:00:02,000
///     text, in one of the forms of `TelemetryLine`
///
/// A number and times begin a subtitle, a blank line ends it. Times are those of the clock of the phone or the camera,
/// in a zone that is not named. `HOME` is where the drone took off: a waypoint, since the word means nobody's home.
/// Subtitles of films say nothing of this.
///
/// Source: the files that DJI, Autel and Novatek devices write; their makers describe no format.
struct SubtitleReader: MetadataReader {
  var name: String { "SRT" }
  var mediaTypes: [String] { ["application/x-subrip"] }
  var channels: String { "positions of drones and cameras while they filmed, where they took off, times" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var facts = SubtitleFacts(tools.limits)
    defer { facts.finish(&result) }
    var lines = TextLines(source, tools.limits)
    while let line = try lines.next() {
      facts.add(line, isLast: line.offset + line.bytes.count >= source.count, &result)
    }
  }
}

/// What subtitles say, one after another.
private struct SubtitleFacts {
  private var track: TrackRecorder
  private var trackField = ""
  private var trackPlace: Int?
  private var sentences: NMEAFacts
  private var hasSentences = false
  private var distinct: DistinctFacts
  /// The time of the subtitle at hand.
  private var time: Int64?
  private var first: (time: Int64, place: Int)?
  private var last: (time: Int64, place: Int)?
  private var isTelemetry = false
  /// The place of a take-off whose subtitle has not yet said where the drone is.
  private var waitingHome: (pair: TelemetryLine.Pair, place: Int)?

  init(_ limits: Limits) {
    track = TrackRecorder(limits)
    sentences = NMEAFacts(limits)
    distinct = DistinctFacts(limits)
  }

  mutating func add(_ line: TextLine, isLast: Bool, _ result: inout ReadResult) {
    guard !line.bytes.allSatisfy({ $0 <= 0x20 }) else { return time = nil }
    if line.bytes.contains(UInt8(ascii: "$")), sentences.add(line, &result) {
      hasSentences = true
      return
    }
    let telemetry = TelemetryLine(line.bytes, isWhole: !isLast)
    if telemetry.hasSettings { isTelemetry = true }
    if let (stated, index) = telemetry.time {
      time = stated
      if stated < first?.time ?? .max { first = (stated, line.offset + index) }
      if stated >= last?.time ?? .min { last = (stated, line.offset + index) }
    }
    if let home = telemetry.home { waitingHome = (home, line.offset + home.index) }
    if let position = telemetry.position {
      isTelemetry = true
      let place = line.offset + position.index
      guard
        let coordinate = CheckedPlace.coordinate(
          position.latitude, position.longitude, at: place, into: &result)
      else { return }
      if trackPlace == nil { (trackField, trackPlace) = ("SRT:" + position.name, place) }
      track.add(coordinate, time: time)
      addHome(near: coordinate, &result)
    }
  }

  /// Adds the place of the take-off that was read last; where its two numbers may stand in either order, in the one
  /// that puts it near the drone.
  private mutating func addHome(near position: Coordinate?, _ result: inout ReadResult) {
    guard let (stated, place) = waitingHome else { return }
    var home = stated
    waitingHome = nil
    isTelemetry = true
    if home.isLatitudeFirst == nil, let position {
      let direct = abs(home.first - position.longitude) + abs(home.second - position.latitude)
      let swapped = abs(home.first - position.latitude) + abs(home.second - position.longitude)
      home.isLatitudeFirst = swapped < direct
    }
    let (latitude, longitude) = (home.position.latitude, home.position.longitude)
    guard let coordinate = CheckedPlace.coordinate(latitude, longitude, at: place, into: &result) else {
      return
    }
    distinct.add(
      .waypoint, .location(Location(coordinate: coordinate)), "DJI:HOME", at: place, into: &result)
  }

  mutating func finish(_ result: inout ReadResult) {
    addHome(near: nil, &result)
    if let track = track.track(isLocalTime: true) {
      result.add(.recorded, .track(track), trackField, at: trackPlace)
    }
    if hasSentences { sentences.finish(&result) }
    // A film's subtitles may name a date too.
    guard isTelemetry else { return }
    if let first {
      result.add(.start, .timestamp(Timestamp(civilSeconds: first.time)), "SRT:date", at: first.place)
    }
    if let last, last.time != first?.time {
      result.add(.end, .timestamp(Timestamp(civilSeconds: last.time)), "SRT:date", at: last.place)
    }
  }
}
