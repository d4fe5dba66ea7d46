internal import UntrailBytes
internal import UntrailModel

/// A `mebx` track: values with names, of which the places are read.
///
///     stsd entry: 8 bytes, boxes
///       keys: for each name a box, whose type is a number, with
///         keyd    namespace of 4 letters, name
///         dtyp    type of the value
///     sample: boxes of values, whose types are those numbers
///
/// Source: Apple, QuickTime File Format, Timed Metadata Media.
struct AppleDecoder: SampleDecoder {
  private let numbers: Set<UInt32>
  private static let stream = TelemetryLog.Stream(field: "QuickTime:GPSCoordinates")

  /// Nil where no value is a place.
  init?(_ entry: ByteView, _ limits: Limits) {
    guard let numbers = try? Self.numbers(entry, limits), !numbers.isEmpty else { return nil }
    self.numbers = numbers
  }

  private static func numbers(_ entry: ByteView, _ limits: Limits) throws(ParseError) -> Set<UInt32> {
    var numbers: Set<UInt32> = []
    var boxes = BoxWalker(entry.dropping(8), limits)
    while let box = try boxes.next() {
      guard box.type == "keys" else { continue }
      var names = BoxWalker(box.body, limits)
      while let name = try names.next() {
        var parts = BoxWalker(name.body, limits)
        while let part = try parts.next() {
          guard part.type == "keyd", part.body.count > 4 else { continue }
          let text = try part.body.withBytes(at: 4, count: min(part.body.count - 4, 256)) {
            run throws(ParseError) in
            String(decoding: run, as: UTF8.self)
          }
          if text.hasSuffix("location.ISO6709") { numbers.insert(name.type.value) }
        }
      }
    }
    return numbers
  }

  mutating func decode(
    _ sample: SampleBytes, at time: SampleTime, _ log: inout TelemetryLog, into result: inout ReadResult
  ) {
    var offset = 0
    while let size = sample.u32(offset, .big).map({ Int($0) }), size >= 8,
      let value = sample.slice(offset, size)
    {
      offset += size
      guard let number = value.u32(4, .big), numbers.contains(number),
        let text = value.text(8, value.count - 8)
      else { continue }
      guard let position = ISO6709.position(text) else {
        result.doubtOnce(
          "position-malformed", "QuickTime:GPSCoordinates is no position", at: value.place(8))
        continue
      }
      log.add(
        position.latitude, position.longitude, time: time.seconds(after: log.created), Self.stream,
        at: value.place(8), into: &result)
    }
  }
}
