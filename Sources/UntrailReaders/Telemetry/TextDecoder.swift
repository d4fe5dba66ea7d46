internal import UntrailBytes
internal import UntrailModel

/// A track of texts (`text`, `sbtl`, `tx3g`): where a dash-cam or drone was, in one of many ways; in most films, titles
/// of chapters or subtitles, which say nothing of it.
///
///     length of 16 bits, text, boxes; or a text as it is
///
/// Source: 3GPP TS 26.245, section 5.17; ExifTool's QuickTimeStream.pl, `Process_text`.
struct TextDecoder: SampleDecoder {
  private let stream: TelemetryLog.Stream
  private var sentences: SentenceStream
  private var hasFound = false
  private var unknown = 0

  /// Texts that say nothing, after which no more are looked at.
  private static let patience = 100
  /// Bytes of a text that are looked at.
  private static let longest = 16_384

  /// - Parameter number: of the track.
  init(number: Int) {
    stream = TelemetryLog.Stream(field: "QuickTime:GPSLatitude", device: "text \(number)")
    sentences = SentenceStream(stream)
  }

  var isDone: Bool { !hasFound && unknown >= Self.patience }

  mutating func decode(
    _ sample: SampleBytes, at time: SampleTime, _ log: inout TelemetryLog, into result: inout ReadResult
  ) {
    if addBinary(sample, &log, into: &result) { return hasFound = true }
    var text = sample
    if let stated = sample.u16(0, .big), let inner = sample.slice(2, Int(stated)), stated > 0,
      inner.count == sample.count - 2 || sample.u8(0) == 0
    {
      text = inner
    }
    let bytes = text.array(0, min(text.count, Self.longest)) ?? []
    if add(bytes, at: text.place(0), &log, into: &result) { hasFound = true } else { unknown += 1 }
  }

  mutating func finish(_ log: inout TelemetryLog, into result: inout ReadResult) {
    sentences.finish(&log, into: &result)
  }

  /// What is no text.
  private func addBinary(
    _ sample: SampleBytes, _ log: inout TelemetryLog, into result: inout ReadResult
  ) -> Bool {
    if EncipheredRecord.isPlace(sample) {
      EncipheredRecord.add(sample, at: 0, &log, into: &result)
      return true
    }
    // Garmin: PNDM, 4 bytes, speed, latitude and longitude in parts of half a circle; also behind a length.
    for start in [0, 4] where sample.has("PNDM", at: start) {
      guard let latitude = sample.i32(start + 12, .big), let longitude = sample.i32(start + 16, .big) else {
        return true
      }
      let unit = 180 / 2_147_483_648.0
      log.add(
        Double(latitude) * unit, Double(longitude) * unit, time: nil, stream, at: sample.place(start + 12),
        into: &result)
      return true
    }
    return false
  }

  /// - Returns: whether the text says where something was.
  private mutating func add(
    _ bytes: [UInt8], at place: Int?, _ log: inout TelemetryLog, into result: inout ReadResult
  ) -> Bool {
    for sentences in TimedText.sentences(in: bytes)
    where self.sentences.add(sentences, at: place, &log, into: &result) {
      return true
    }
    guard let found = TimedText.position(in: bytes) else { return false }
    log.add(
      found.latitude, found.longitude, time: found.time, isLocal: found.isLocal, stream, at: place,
      into: &result)
    return true
  }
}
