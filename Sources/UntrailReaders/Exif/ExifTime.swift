internal import UntrailModel

/// Reads the times of EXIF.
enum ExifTime {
  enum Reading: Equatable {
    case time(Timestamp)
    /// Blanks or zeros: what a device writes whose clock was never set.
    case unset
    case malformed
  }

  /// Reads "YYYY:MM:DD HH:MM:SS", also with other separators, without seconds, with a fraction, or with an
  /// offset behind it, as some writers have it.
  ///
  /// Source: CIPA DC-008, section 4.6.4, DateTime.
  static func dateTime(_ bytes: UnsafeBufferPointer<UInt8>) -> Reading {
    var scanner = DigitScanner(bytes)
    guard bytes.contains(where: { $0 >= UInt8(ascii: "1") && $0 <= UInt8(ascii: "9") }) else { return .unset }
    guard let year = scanner.number(digits: 4), scanner.separator(), let month = scanner.number(digits: 2),
      scanner.separator(), let day = scanner.number(digits: 2)
    else { return .malformed }
    if year == 0 || month == 0 && day == 0 { return .unset }
    guard CivilDate.isValid(year: year, month: month, day: day) else { return .malformed }
    var timestamp = Timestamp(
      civilSeconds: CivilDate.days(year: year, month: month, day: day) * 86_400, precision: .day)
    guard scanner.separator() else { return .time(timestamp) }
    guard let hour = scanner.number(digits: 2), scanner.separator(), let minute = scanner.number(digits: 2),
      hour < 24 || hour == 24 && minute == 0, minute < 60
    else { return .time(timestamp) }
    // 24:00:00, which some cameras write at midnight, is the next day's 00:00:00.
    timestamp.civilSeconds += Int64(hour * 3600 + minute * 60)
    timestamp.precision = .minute
    if scanner.peek == UInt8(ascii: ":") {
      scanner.skip()
      guard let second = scanner.number(digits: 2), second <= 60 else { return .malformed }
      timestamp.civilSeconds += Int64(second)
      timestamp.precision = .second
    }
    if timestamp.precision == .second, scanner.peek == UInt8(ascii: ".") {
      scanner.skip()
      timestamp.subseconds = scanner.digits()
    }
    guard timestamp.civilSeconds <= Timestamp.lastSecond else { return .malformed }
    timestamp.utcOffsetMinutes = scanner.offset()
    return .time(timestamp)
  }

  /// Reads "+HH:MM", "+HHMM", "-H:MM" or "Z". Minutes east of UTC; nil where it is none of these.
  static func offset(_ bytes: UnsafeBufferPointer<UInt8>) -> Int16? {
    var scanner = DigitScanner(bytes)
    return scanner.offset()
  }

  /// The offset from UTC that two readings of one moment, local and UTC, show: only where the gap is within
  /// 90 seconds of an offset that is in use somewhere.
  ///
  /// The fix that a device writes may be older than the picture; that it is older by nearly an exact offset
  /// is possible, and why this is kept apart as derived.
  static func derivedOffset(local: Timestamp, utc: Timestamp) -> Int16? {
    guard local.precision != .day, utc.precision != .day, local.utcOffsetMinutes == nil else { return nil }
    let gap = local.civilSeconds - utc.civilSeconds
    guard abs(gap) <= 14 * 3600 + 90 else { return nil }
    let quarters = (Double(gap) / 900).rounded()
    guard abs(Double(gap) - quarters * 900) <= 90 else { return nil }
    let minutes = Int16(quarters) * 15
    // Offsets in use that are no multiple of half an hour: Nepal, Eucla, Chatham (standard, summer).
    guard minutes % 30 == 0 || [345, 525, 765, 825].contains(minutes), minutes >= -720 else { return nil }
    return minutes
  }
}

/// Steps through the digits of a fixed-layout text.
private struct DigitScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    while peek == UInt8(ascii: " ") { index += 1 }
  }

  /// The byte that is next; 0 at the end.
  var peek: UInt8 { index < bytes.count ? bytes[index] : 0 }

  mutating func skip() { index += 1 }

  private var isDigit: Bool { peek >= UInt8(ascii: "0") && peek <= UInt8(ascii: "9") }

  /// One to `digits` digits; a blank may stand for a leading zero.
  mutating func number(digits: Int) -> Int? {
    var value = 0
    var seen = 0
    var blanks = 0
    while seen == 0, blanks + 1 < digits, peek == UInt8(ascii: " ") {
      blanks += 1
      index += 1
    }
    while seen + blanks < digits, isDigit {
      value = value * 10 + Int(peek - UInt8(ascii: "0"))
      seen += 1
      index += 1
    }
    return seen > 0 ? value : nil
  }

  mutating func digits() -> String {
    let start = index
    while isDigit, index - start < 9 { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  mutating func separator() -> Bool {
    switch peek {
    case UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: " "),
      UInt8(ascii: "T"):
      index += 1
      return true
    default: return false
    }
  }

  mutating func offset() -> Int16? {
    while peek == UInt8(ascii: " ") { index += 1 }
    if peek == UInt8(ascii: "Z") { return 0 }
    let sign: Int16
    switch peek {
    case UInt8(ascii: "+"): sign = 1
    case UInt8(ascii: "-"): sign = -1
    default: return nil
    }
    index += 1
    guard let hours = number(digits: 2) else { return nil }
    if peek == UInt8(ascii: ":") { index += 1 }
    let minutes = number(digits: 2) ?? 0
    guard hours <= 14, minutes < 60 else { return nil }
    return sign * Int16(hours * 60 + minutes)
  }
}
