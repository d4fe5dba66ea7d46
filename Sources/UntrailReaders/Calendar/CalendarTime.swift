internal import UntrailModel

/// Reads the times of calendars.
///
///     19970714            a day
///     19970714T133000     local time, in the zone that the property names
///     19970714T133000Z    UTC
///     P1DT2H30M  -PT15M   a span of time
///
/// Source: RFC 5545, sections 3.3.4 to 3.3.9.
enum CalendarTime {
  /// The time that a value says; nil where it says none.
  static func read(_ text: String) -> Timestamp? {
    let bytes = Array(text.utf8.prefix(40).drop { $0 == 0x20 })
    func number(_ start: Int, _ length: Int) -> Int? {
      guard start + length <= bytes.count else { return nil }
      var value = 0
      for byte in bytes[start..<(start + length)] {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      return value
    }
    guard let year = number(0, 4), let month = number(4, 2), let day = number(6, 2) else {
      // ISO 8601 with signs between the numbers, as some programs have it.
      return WrittenTime.read(text)
    }
    guard CivilDate.isValid(year: year, month: month, day: day) else { return nil }
    var time = Timestamp(
      civilSeconds: CivilDate.days(year: year, month: month, day: day) * 86_400, precision: .day)
    guard bytes.count > 8, bytes[8] & 0xDF == UInt8(ascii: "T"), let hour = number(9, 2), hour < 24,
      let minute = number(11, 2), minute < 60
    else { return time }
    time.civilSeconds += Int64(hour * 3600 + minute * 60)
    time.precision = .minute
    var end = 13
    if let second = number(13, 2), second <= 60 {
      time.civilSeconds += Int64(second)
      time.precision = .second
      end = 15
    }
    time.utcOffsetMinutes = Array(bytes[end...]).withUnsafeBufferPointer { ExifTime.offset($0) }
    return time
  }

  /// Seconds of a span of time; nil where the text is none. At most a hundred years.
  static func span(_ text: String) -> Int64? {
    var seconds: Int64 = 0
    var number: Int64?
    var isNegative = false
    var hasStarted = false
    for byte in text.uppercased().utf8.prefix(40) {
      switch byte {
      case UInt8(ascii: "-") where !hasStarted: isNegative = true
      case UInt8(ascii: "+") where !hasStarted, UInt8(ascii: " ") where !hasStarted: continue
      case UInt8(ascii: "P"): hasStarted = true
      case UInt8(ascii: "T"): continue
      case 0x30...0x39 where hasStarted:
        number = min((number ?? 0) * 10 + Int64(byte - 0x30), longestSpan)
      default:
        guard hasStarted, let value = number, let unit = unit(byte) else { return nil }
        seconds = min(seconds + value * unit, longestSpan)
        number = nil
      }
    }
    guard hasStarted, number == nil else { return nil }
    return isNegative ? -seconds : seconds
  }

  private static let longestSpan: Int64 = 100 * 366 * 86_400

  private static func unit(_ letter: UInt8) -> Int64? {
    switch letter {
    case UInt8(ascii: "W"): 7 * 86_400
    case UInt8(ascii: "D"): 86_400
    case UInt8(ascii: "H"): 3600
    case UInt8(ascii: "M"): 60
    case UInt8(ascii: "S"): 1
    default: nil
    }
  }

  /// Minutes east of UTC of "+0100", "-053000" or, in version 1.0, "-05:30"; nil where it is none.
  static func offset(_ text: String) -> Int16? {
    Array(text.utf8.prefix(12)).withUnsafeBufferPointer { ExifTime.offset($0) }
  }
}

extension Timestamp {
  /// The same time moved by a number of seconds; nil where it leaves the calendar.
  func moved(by seconds: Int64) -> Timestamp? {
    let (sum, isOverflow) = civilSeconds.addingReportingOverflow(seconds)
    guard !isOverflow, sum >= -62_135_596_800, sum <= Timestamp.lastSecond else { return nil }
    var copy = self
    copy.civilSeconds = sum
    if seconds % 86_400 != 0, precision == .day { copy.precision = .minute }
    return copy
  }

  /// Whether it is a time that programs write where they know none: the first of their calendars.
  var isUnset: Bool {
    let years: [Int64] = [-62_135_596_800, -11_644_473_600, -2_208_988_800, 0]
    return years.contains(civilSeconds)
  }
}
