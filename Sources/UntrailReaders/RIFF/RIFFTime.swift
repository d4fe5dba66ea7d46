internal import UntrailBytes
internal import UntrailModel

/// The times of AVI and WAV files, in the many forms that cameras write:
///
///     Mon Mar 10 15:04:43 2003        C, asctime
///     2009/10/27 12:14:34             Pentax; 2001/ 1/27  1:42PM and 2005/11/28/ 09:19 Casio
///     2002-12-16  15:35:01            Konica
///     2018-04-26T13:26:19-05:00       ISO 8601
///
/// Source: Microsoft, AVI RIFF File Reference; the forms as ExifTool's RIFF.pm lists them.
enum RIFFTime {
  static func add(
    _ body: ByteView, _ field: String, role: Role = .original, into result: inout ReadResult, _ limits: Limits
  ) throws(ParseError) {
    guard let text = try BoundedText.decode(body.prefix(64), limits) else { return }
    guard let time = read(text) else {
      return result.doubt("time-malformed", "\(field) is no time", at: body.place(0))
    }
    result.add(role, .timestamp(time), field, at: body.place(0))
  }

  static func read(_ text: String) -> Timestamp? {
    let isYearFirst = text.prefix(4).allSatisfy { $0.isASCII && $0.isNumber }
    guard isYearFirst, text.count > 4, !text.dropFirst(4).prefix(4).allSatisfy(\.isNumber) else {
      return WrittenTime.read(text)
    }
    return numbers(text)
  }

  /// Year, month, day, hour, minute and second as far as they are there, whatever stands between them.
  private static func numbers(_ text: String) -> Timestamp? {
    // The parts of a text that leaves no doubt are better read with fraction and offset.
    if text.contains("T") || text.contains("+") || text.contains("Z"), let time = WrittenTime.read(text) {
      return time
    }
    let parts = text.split(whereSeparator: { !($0.isASCII && $0.isNumber) }).prefix(6).compactMap {
      $0.count <= 4 ? Int($0) : nil
    }
    guard parts.count >= 3, parts[0] >= 1900,
      CivilDate.isValid(year: parts[0], month: parts[1], day: parts[2])
    else { return nil }
    var time = Timestamp(
      civilSeconds: CivilDate.days(year: parts[0], month: parts[1], day: parts[2]) * 86_400, precision: .day)
    guard parts.count >= 5, var hour = parts.dropFirst(3).first, hour < 24, parts[4] < 60 else { return time }
    let end = text.uppercased()
    if end.contains("PM"), hour < 12 { hour += 12 }
    if end.contains("AM"), hour == 12 { hour = 0 }
    time.civilSeconds += Int64(hour * 3600 + parts[4] * 60)
    time.precision = .minute
    guard parts.count >= 6, parts[5] <= 60 else { return time }
    time.civilSeconds += Int64(parts[5])
    time.precision = .second
    return time
  }
}
