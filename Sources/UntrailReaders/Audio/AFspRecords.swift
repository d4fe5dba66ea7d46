internal import UntrailBytes
internal import UntrailModel

/// The records of the AFsp programs: who made a sound, on which computer, when and with what.
///
///     "AFsp", then texts with a zero behind each
///     date:2003-01-30 03:28:46 UTC    user:mara@heron    program:CopyAudio    comment:...
///
/// Source: P. Kabal, AFsp: Audio File Information Records (2003).
enum AFspRecords {
  static func decode(
    _ body: ByteView, _ field: String, _ facts: inout AudioFacts, into result: inout ReadResult,
    _ limits: Limits
  ) throws(ParseError) {
    let bytes = try body.head(limits.text + 4)
    for part in bytes.dropFirst(4).split(separator: 0) {
      guard let text = BoundedText.decode(part, limits), let colon = text.firstIndex(of: ":") else {
        continue
      }
      let value = String(text[text.index(after: colon)...]).trimmedText
      let place = body.place(part.startIndex)
      switch text[..<colon].lowercased() {
      case "user":
        let sides = value.split(separator: "@", maxSplits: 1).map(String.init)
        guard let user = sides.first else { continue }
        facts.add(.account, .person(user), field, at: place, into: &result)
        if sides.count > 1 {
          facts.add(.host, .device(Device(hostName: sides[1])), field, at: place, into: &result)
        }
      case "date": date(value, field, &facts, at: place, into: &result)
      case "program": facts.take(value, as: .software, field, at: place, into: &result)
      case let name:
        facts.take(value, as: AudioNames.meaning(of: name) ?? .technical, field, at: place, into: &result)
      }
    }
  }

  private static func date(
    _ value: String, _ field: String, _ facts: inout AudioFacts, at place: Int?, into result: inout ReadResult
  ) {
    guard var time = WrittenTime.read(value) else { return }
    if value.hasSuffix("UTC"), time.precision != .day { time.utcOffsetMinutes = 0 }
    facts.add(.created, .timestamp(time), field, at: place, into: &result)
  }
}
