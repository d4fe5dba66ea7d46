internal import UntrailBytes
internal import UntrailModel

/// An `rtmd` track: what a camera of Sony says of each of its pictures.
///
///     00  length of the head, 16 bits
///     tag, length (16 bits each), value       until tag 0
///     06 0E: 16 bytes without a length        83 00: a list of such, in which the next stands
///
///     8114 model and serial       E304 zone, year, month, day, hour, minute, second, in BCD: the camera's clock
///     8501 N or S, 8502 latitude as degrees, minutes and seconds of rational numbers; 8503, 8504 longitude
///     8507 hour, minute, second as rational numbers, 851D year:month:day: UTC
///     8509 A or V (no fix), 850A 2 or 3 dimensions
///
/// Source: SMPTE RDD 18; ExifTool's Sony.pm, `rtmd`; CIPA DC-008, section 4.6.7 (the meaning of 85xx).
struct SonyDecoder: SampleDecoder {
  private static let stream = TelemetryLog.Stream(field: "Sony:GPSLatitude")
  private var hasTime = false

  private struct Fix {
    var latitude: Double?
    var longitude: Double?
    var isSouth = false
    var isWest = false
    var isVoid = false
    var second: Double?
    var day: Int64?
    var place: Int?
  }

  mutating func decode(
    _ sample: SampleBytes, at time: SampleTime, _ log: inout TelemetryLog, into result: inout ReadResult
  ) {
    guard let head = sample.u16(0, .big) else { return }
    var offset = Int(head)
    var fix = Fix()
    while let tag = sample.u16(offset, .big), tag != 0, let stated = sample.u16(offset + 2, .big) {
      // A universal label, which has no length.
      if tag == 0x060E {
        offset += 16
        continue
      }
      offset += 4
      if tag == 0x8300 { continue }
      guard let value = sample.slice(offset, Int(stated)) else { break }
      take(tag, value, &fix, &log, into: &result)
      offset += Int(stated)
    }
    guard !fix.isVoid, let latitude = fix.latitude, let longitude = fix.longitude else { return }
    let time = fix.day.flatMap { day in
      fix.second.flatMap { $0 >= 0 && $0 < 86_401 ? day * 86_400 + Int64($0) : nil }
    }
    log.add(
      fix.isSouth ? -latitude : latitude, fix.isWest ? -longitude : longitude, time: time, Self.stream,
      at: fix.place, into: &result)
  }

  private mutating func take(
    _ tag: UInt16, _ value: SampleBytes, _ fix: inout Fix, _ log: inout TelemetryLog,
    into result: inout ReadResult
  ) {
    switch tag {
    case 0x8114: addCamera(value, &log, into: &result)
    case 0x8501: fix.isSouth = value.u8(0) == UInt8(ascii: "S")
    case 0x8502:
      fix.latitude = Self.sixtieths(value)
      fix.place = value.place(0)
    case 0x8503: fix.isWest = value.u8(0) == UInt8(ascii: "W")
    case 0x8504: fix.longitude = Self.sixtieths(value)
    case 0x8507: fix.second = Self.sixtieths(value).map { ($0 * 3600).rounded() }
    case 0x8509: fix.isVoid = value.u8(0) == UInt8(ascii: "V")
    case 0x851D: fix.day = Self.day(value)
    case 0xE304 where !hasTime:
      guard let timestamp = Self.timestamp(value) else { return }
      hasTime = true
      log.add(.original, .timestamp(timestamp), "Sony:DateTime", at: value.place(0), into: &result)
    default: break
    }
  }

  private func addCamera(_ value: SampleBytes, _ log: inout TelemetryLog, into result: inout ReadResult) {
    guard let text = value.text(0, value.count) else { return }
    for word in text.split(separator: " ").prefix(2).map(String.init) {
      if word.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
        guard let serial = MakerNoteText.serial(word) else { continue }
        log.add(.body, .serial(serial), "Sony:SerialNumber", at: value.place(0), into: &result)
      } else {
        log.add(
          .camera, .device(Device(make: "Sony", model: word)), "Sony:Model", at: value.place(0), into: &result
        )
      }
    }
  }

  /// A number from three rational ones, of which the second are 60th, the third 3600th; nil where one is none.
  private static func sixtieths(_ value: SampleBytes) -> Double? {
    var sum = 0.0
    for (index, unit) in [1.0, 60, 3600].enumerated() {
      guard let numerator = value.u32(8 * index, .big), let denominator = value.u32(8 * index + 4, .big)
      else { return nil }
      guard denominator > 0 else {
        if numerator == 0, index > 0 { continue }
        return nil
      }
      sum += Double(numerator) / Double(denominator) / unit
    }
    return sum
  }

  /// Days since 1970 of YYYY:MM:DD.
  private static func day(_ value: SampleBytes) -> Int64? {
    func part(_ offset: Int, _ length: Int) -> Int? {
      value.array(offset, length).flatMap { WrittenNumber.whole($0) }
    }
    guard let year = part(0, 4), let month = part(5, 2), let day = part(8, 2),
      CivilDate.isValid(year: year, month: month, day: day)
    else { return nil }
    return CivilDate.days(year: year, month: month, day: day)
  }

  private static func timestamp(_ value: SampleBytes) -> Timestamp? {
    let digits = (1..<8).compactMap { value.u8($0) }.map { Int($0 >> 4) * 10 + Int($0 & 15) }
    guard digits.count == 7 else { return nil }
    return MakerNoteTime.timestamp(
      digits[0] * 100 + digits[1], digits[2], digits[3], digits[4], digits[5], digits[6])
  }
}
