internal import UntrailBytes
internal import UntrailModel

/// Sentences of NMEA 0183 that stand in a film: one position for each time, since receivers say the same in several
/// sentences.
struct SentenceStream {
  private let stream: TelemetryLog.Stream
  private var clock = NMEAClock()
  /// The time of day of the last position, as it is written.
  private var lastTime: [UInt8] = []

  init(_ stream: TelemetryLog.Stream) { self.stream = stream }

  /// Adds the positions of sentences, in lines or one behind the other.
  ///
  /// - Returns: whether there was a sentence that can have one.
  @discardableResult
  mutating func add(
    _ bytes: [UInt8], at place: Int?, _ log: inout TelemetryLog, into result: inout ReadResult
  ) -> Bool {
    var isKnown = false
    for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D || $0 == 0 }) {
      for (sentence, index) in NMEASentence.all(in: Array(line)) {
        guard let kind = sentence.kind, kind == "RMC" || kind == "GGA" else { continue }
        isKnown = true
        guard sentence.checksum != .wrong else {
          result.damageOnce("checksum", "a sentence does not have the checksum that it states")
          continue
        }
        add(sentence, String(kind), at: place.map { $0 + line.startIndex + index }, &log, into: &result)
      }
    }
    return isKnown
  }

  private mutating func add(
    _ sentence: NMEASentence, _ kind: String, at place: Int?, _ log: inout TelemetryLog,
    into result: inout ReadResult
  ) {
    let isMinimum = kind == "RMC"
    if isMinimum {
      // Modes: N not valid, S made up.
      guard sentence.letter(1) == UInt8(ascii: "A"), !"NS".utf8.contains(sentence.letter(11)) else { return }
    } else {
      guard let quality = sentence.number(5), quality > 0, quality != 8 else { return }
    }
    let index = isMinimum ? 2 : 1
    guard let latitude = sentence.degrees(index), let longitude = sentence.degrees(index + 2),
      let coordinate = CheckedPlace.coordinate(latitude, longitude, at: place, into: &result)
    else { return }
    let written = sentence.fields.first.map(Array.init) ?? []
    let second = sentence.secondsOfDay(0)
    let day = isMinimum ? sentence.day(8) : nil
    let isRepeated = !written.isEmpty && written == lastTime
    lastTime = written
    var clock = clock
    log.withTrack(stream, at: place, into: &result) { track in
      if !isRepeated {
        clock.add(coordinate, day: day, second: second, to: &track)
      } else if let day, let second {
        clock.set(day: day, second: second, &track)
      }
    }
    self.clock = clock
  }

  /// Hands over the positions that no date came for.
  mutating func finish(_ log: inout TelemetryLog, into result: inout ReadResult) {
    guard !lastTime.isEmpty else { return }
    var clock = clock
    log.withTrack(stream, at: nil, into: &result) { clock.flush(to: &$0) }
    self.clock = clock
    lastTime = []
  }
}
