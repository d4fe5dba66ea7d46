internal import UntrailModel

/// What one field says of a time.
///
///     1609459200   1609459200123   1609459200.5      seconds since 1970, or thousandths and so on
///     2021-01-01T00:00:00Z   2021/01/01 00:00   20210101   20210101000000
///     31.12.2020 23:59:59    31/12/2020   12/31/2020 11:59 PM
///     23:59:59   23:59   11:59:59 PM                 of a day that another field names
///     Fri, 01 Jan 2021 00:00:00 GMT                  and what else `WrittenTime` reads
struct DelimitedTime: Equatable {
  /// Days since 1970.
  var day: Int64?
  /// Seconds since midnight.
  var second: Int64?
  /// Minutes east of UTC, where the field says so.
  var offset: Int16?

  /// Which of two small numbers of a date is the day.
  enum Order {
    case dayFirst
    case monthFirst
    /// Six digits without a mark are year, month and day.
    case yearFirst
    /// Six digits without a mark are hour, minute and second.
    case clock
    case unknown
  }

  init(day: Int64?, second: Int64?, offset: Int16?) {
    self.day = day
    self.second = second
    self.offset = offset
  }

  init?(_ bytes: ArraySlice<UInt8>, order: Order) {
    guard bytes.count >= 4, bytes.count <= 40, let first = bytes.first else { return nil }
    let digits = bytes.prefix(while: Self.isDigit)
    if digits.count == bytes.count || digits.count >= 9 && bytes[digits.endIndex] == UInt8(ascii: ".") {
      guard let time = digits.count == 6 ? Self.ofSixDigits(digits, order) : Self.ofDigits(digits) else {
        return nil
      }
      self = time
      return
    }
    var reader = Reader(bytes: Array(bytes))
    if Self.isDigit(first), let date = Self.date(&reader, order) {
      day = date.day
      if date.isAmbiguous { return nil }
      _ = reader.skip { $0 == 0x20 || $0 == UInt8(ascii: "T") || $0 == UInt8(ascii: ",") }
      second = Self.clock(&reader)
      offset = second == nil ? nil : Self.offset(&reader)
      return
    }
    reader = Reader(bytes: Array(bytes))
    if Self.isDigit(first), let clock = Self.clock(&reader) {
      second = clock
      offset = Self.offset(&reader)
      return
    }
    guard let written = WrittenTime.read(String(decoding: bytes, as: UTF8.self)) else { return nil }
    day = written.civilDay
    second = written.precision == .day ? nil : written.civilSeconds - written.civilDay * 86_400
    offset = written.utcOffsetMinutes
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// A number of digits, by how many there are: seconds since 1970 and parts of them from 1990 to 2100, or a date.
  private static func ofDigits(_ digits: ArraySlice<UInt8>) -> DelimitedTime? {
    func number(_ at: Int, _ count: Int) -> Int {
      digits.dropFirst(at).prefix(count).reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
    switch digits.count {
    case 9, 10, 13, 16, 19:
      // The first ten digits, or nine before 2001.
      let seconds = Int64(number(0, 10))
      guard (631_152_000...4_102_444_800).contains(seconds) else { return nil }
      return DelimitedTime(day: seconds / 86_400, second: seconds % 86_400, offset: 0)
    case 8, 14:
      let (year, month, dayOfMonth) = (number(0, 4), number(4, 2), number(6, 2))
      guard (1980...2100).contains(year), CivilDate.isValid(year: year, month: month, day: dayOfMonth) else {
        return nil
      }
      let day = CivilDate.days(year: year, month: month, day: dayOfMonth)
      guard digits.count == 14, number(8, 2) < 24, number(10, 2) < 60, number(12, 2) <= 60 else {
        return DelimitedTime(day: day, second: nil, offset: nil)
      }
      let second = Int64(number(8, 2) * 3600 + number(10, 2) * 60 + number(12, 2))
      return DelimitedTime(day: day, second: second, offset: nil)
    default: return nil
    }
  }

  /// What a logger writes that separates date and time: a day, for the column of the date; else a time of day.
  private static func ofSixDigits(_ digits: ArraySlice<UInt8>, _ order: Order) -> DelimitedTime? {
    guard order == .yearFirst || order == .clock, let value = WrittenNumber.whole(digits) else { return nil }
    let (first, second, third) = (value / 10_000, value / 100 % 100, value % 100)
    if order == .yearFirst {
      return TwoDigitYear.day(first, month: second, day: third).map {
        DelimitedTime(day: $0, second: nil, offset: nil)
      }
    }
    guard first < 24, second < 60, third <= 60 else { return nil }
    return DelimitedTime(day: nil, second: Int64(first * 3600 + second * 60 + third), offset: nil)
  }

  /// Steps through a text.
  private struct Reader {
    let bytes: [UInt8]
    var index = 0

    var peek: UInt8 { index < bytes.count ? bytes[index] : 0 }

    mutating func number(_ limit: Int) -> Int? {
      let start = index
      while index < bytes.count, index - start < limit, DelimitedTime.isDigit(bytes[index]) { index += 1 }
      return WrittenNumber.whole(bytes[start..<index])
    }

    mutating func skip(_ isSkipped: (UInt8) -> Bool) -> Bool {
      let start = index
      while index < bytes.count, isSkipped(bytes[index]) { index += 1 }
      return index > start
    }
  }

  private static func date(_ reader: inout Reader, _ order: Order) -> (day: Int64?, isAmbiguous: Bool)? {
    guard let first = reader.number(4), "-/.".utf8.contains(reader.peek) else { return nil }
    let isYearFirst = reader.index == 4
    let mark = reader.peek
    reader.index += 1
    guard let second = reader.number(2), reader.peek == mark else { return nil }
    reader.index += 1
    let start = reader.index
    guard let third = reader.number(4) else { return nil }
    let digits = reader.index - start
    func days(_ year: Int, _ month: Int, _ day: Int) -> Int64? {
      CivilDate.isValid(year: year, month: month, day: day) && year >= 1980
        ? CivilDate.days(year: year, month: month, day: day) : nil
    }
    if isYearFirst {
      guard let day = days(first, second, third) else { return nil }
      return (day, false)
    }
    guard digits == 4 || digits == 2 else { return nil }
    let year = digits == 4 ? third : third < 80 ? 2000 + third : 1900 + third
    // Points stand in dates that begin with the day.
    let isDayFirst = mark == UInt8(ascii: ".") || order == .dayFirst
    if isDayFirst { return days(year, second, first).map { ($0, false) } }
    if order == .monthFirst { return days(year, first, second).map { ($0, false) } }
    let (asDayFirst, asMonthFirst) = (days(year, second, first), days(year, first, second))
    guard let asDayFirst, let asMonthFirst, asDayFirst != asMonthFirst else {
      return (asDayFirst ?? asMonthFirst).map { ($0, false) }
    }
    return (nil, true)
  }

  /// What order the numbers of a date have, where one of them can be no month.
  static func order(_ bytes: ArraySlice<UInt8>) -> Order {
    var reader = Reader(bytes: Array(bytes.prefix(40)))
    guard let first = reader.number(2), "-/".utf8.contains(reader.peek) else { return .unknown }
    reader.index += 1
    guard let second = reader.number(2), "-/".utf8.contains(reader.peek) else { return .unknown }
    if first > 12, first <= 31, second <= 12 { return .dayFirst }
    if second > 12, second <= 31, first <= 12 { return .monthFirst }
    return .unknown
  }

  private static func clock(_ reader: inout Reader) -> Int64? {
    guard var hour = reader.number(2), reader.peek == UInt8(ascii: ":") else { return nil }
    reader.index += 1
    guard let minute = reader.number(2), minute < 60 else { return nil }
    var second = 0
    if reader.peek == UInt8(ascii: ":") {
      reader.index += 1
      guard let value = reader.number(2), value <= 60 else { return nil }
      second = value
      if reader.peek == UInt8(ascii: ".") || reader.peek == UInt8(ascii: ",") {
        _ = reader.skip { isDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
      }
    }
    let rest = String(decoding: reader.bytes[reader.index...], as: UTF8.self).lowercased()
    let word = rest.filter { $0.isLetter }
    if word.hasPrefix("am") || word.hasPrefix("pm") {
      guard hour >= 1, hour <= 12 else { return nil }
      hour = hour % 12 + (word.hasPrefix("pm") ? 12 : 0)
    }
    guard hour < 24 else { return nil }
    return Int64(hour * 3600 + minute * 60 + second)
  }

  private static func offset(_ reader: inout Reader) -> Int16? {
    _ = reader.skip { $0 == 0x20 }
    let rest = Array(reader.bytes[reader.index...])
    let word = String(decoding: rest, as: UTF8.self).uppercased()
    if word == "Z" || word.hasPrefix("UTC") || word.hasPrefix("GMT") {
      let behind = rest.dropFirst(word == "Z" ? 1 : 3)
      return behind.isEmpty ? 0 : Array(behind).withUnsafeBufferPointer { ExifTime.offset($0) }
    }
    return rest.withUnsafeBufferPointer { ExifTime.offset($0) }
  }
}
