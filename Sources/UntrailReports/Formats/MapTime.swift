internal import UntrailBytes
internal import UntrailModel

/// Times as formats of maps have them: a day, or a time with seconds, with its zone as far as that is known.
///
/// Source: KML 2.2 (OGC 07-147r2), section 15.1: `xsd:dateTime` or `xsd:date`.
enum MapTime {
  static func text(_ time: Timestamp) -> String {
    let buffer = ByteBuffer(capacity: 32)
    var whole = time
    if whole.precision != .day { whole.precision = .second }
    buffer.timestamp(whole, toDay: false)
    if whole.precision != .day, let minutes = time.utcOffsetMinutes {
      if minutes == 0 { buffer.append(UInt8(ascii: "Z")) } else { buffer.utcOffset(minutes) }
    }
    return buffer.text
  }
}
