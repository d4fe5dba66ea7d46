internal import UntrailModel

/// Reads times as programs write them into free text, in the forms that name a day without doubt:
///
///     2024-04-28T23:09:02+02:00        ISO 8601, EXIF
///     D:20240428230902+02'00'          PDF, PostScript
///     Sun, 28 Apr 2024 23:09:02 +0200  RFC 1123
///     Sun Apr 28 23:09:02 2024         C, asctime
///     Sun 28 Apr 2024 11:09:02 PM CEST C, strftime("%c")
///     4/28/2024 11:09 PM               American; 28/4/2024 where only that is a date
///
/// Source: RFC 3339, ISO 32000-1 section 7.9.4, RFC 1123 section 5.2.14, ISO/IEC 9899 section 7.27.3.
enum WrittenTime {
  /// The time that a text says; nil where it says none, or could mean two days.
  static func read(_ text: String) -> Timestamp? {
    var text = text.prefix(64)
    if text.hasPrefix("D:") || text.hasPrefix("d:") { text = text.dropFirst(2) }
    let digits = text.prefix { $0.isASCII && $0.isNumber }.count
    if digits >= 8 { return compact(text, digits: digits) }
    if digits == 4 { return iso(text) }
    return words(text)
  }

  private static func iso(_ text: Substring) -> Timestamp? {
    let reading = Array(text.utf8).withUnsafeBufferPointer { ExifTime.dateTime($0) }
    guard case .time(let timestamp) = reading else { return nil }
    return timestamp
  }

  /// YYYYMMDD, then hours, minutes and seconds as far as there are digits, then an offset.
  private static func compact(_ text: Substring, digits: Int) -> Timestamp? {
    guard digits >= 8, digits <= 14, digits % 2 == 0 else { return nil }
    let bytes = Array(text.utf8)
    func number(_ at: Int, _ length: Int) -> Int? {
      at + length > digits ? nil : bytes[at..<(at + length)].reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }
    guard let year = number(0, 4), let month = number(4, 2), let day = number(6, 2) else { return nil }
    var parts = Parts(year: year, month: month, day: day)
    parts.hour = number(8, 2)
    parts.minute = number(10, 2)
    parts.second = number(12, 2)
    let rest = bytes[digits...].filter { $0 != UInt8(ascii: "'") }
    parts.offset = rest.withUnsafeBufferPointer { ExifTime.offset($0) }
    return parts.timestamp
  }

  /// What the words of a time say, one by one.
  private struct Parts {
    var year: Int?
    var month: Int?
    var day: Int?
    var hour: Int?
    var minute: Int?
    var second: Int?
    var isAfternoon: Bool?
    var offset: Int16?
    /// Numbers of a date with slashes, as they stand.
    var slashes: [Int] = []

    init(year: Int? = nil, month: Int? = nil, day: Int? = nil) {
      self.year = year
      self.month = month
      self.day = day
    }

    var timestamp: Timestamp? {
      guard let year, let month, let day, year >= 1900,
        CivilDate.isValid(year: year, month: month, day: day)
      else { return nil }
      var timestamp = Timestamp(
        civilSeconds: CivilDate.days(year: year, month: month, day: day) * 86_400, precision: .day)
      guard var hour, let minute, hour < 24, minute < 60 else { return timestamp }
      if let isAfternoon {
        guard hour >= 1, hour <= 12 else { return timestamp }
        hour = hour % 12 + (isAfternoon ? 12 : 0)
      }
      timestamp.civilSeconds += Int64(hour * 3600 + minute * 60)
      timestamp.precision = .minute
      timestamp.utcOffsetMinutes = offset
      guard let second, second <= 60 else { return timestamp }
      timestamp.civilSeconds += Int64(second)
      timestamp.precision = .second
      return timestamp
    }

    /// Gives a date with slashes its order, where only one makes sense.
    mutating func settleSlashes() {
      guard slashes.count == 3 else { return }
      let (first, second, last) = (slashes[0], slashes[1], slashes[2])
      // Two digits were in use until the nineties, and again since.
      year = last >= 100 ? last : last < 70 ? 2000 + last : 1900 + last
      if first > 12 || isAfternoon == nil && first == second {
        (day, month) = (first, second)
      } else if second > 12 || isAfternoon != nil {
        // A clock of twelve hours goes with the American order.
        (month, day) = (first, second)
      }
    }
  }

  private static func words(_ text: Substring) -> Timestamp? {
    var parts = Parts()
    for word in text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "(" || $0 == ")" }).prefix(9) {
      read(word, into: &parts)
    }
    parts.settleSlashes()
    return parts.timestamp
  }

  private static func read(_ word: Substring, into parts: inout Parts) {
    let lower = word.lowercased()
    if let month = months.firstIndex(where: { lower == $0 || lower.hasPrefix($0) && lower.count > 3 }),
      fullMonths[month].hasPrefix(lower)
    {
      parts.month = parts.month ?? month + 1
    } else if lower == "am" || lower == "pm" {
      parts.isAfternoon = lower == "pm"
    } else if let offset = zones[lower] {
      parts.offset = offset
    } else if word.contains(":") {
      let numbers = word.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
      guard numbers.count >= 2, numbers.count <= 3 else { return }
      parts.hour = numbers[0]
      parts.minute = numbers[1]
      parts.second = numbers.count == 3 ? numbers[2] : nil
    } else if word.contains("/") {
      parts.slashes = word.split(separator: "/").prefix(4).compactMap { Int($0) }
    } else if word.hasPrefix("+") || word.hasPrefix("-") {
      parts.offset = Array(word.utf8).withUnsafeBufferPointer { ExifTime.offset($0) }
    } else if let number = Int(word) {
      if word.count == 4 {
        parts.year = number
      } else if word.count <= 2 {
        parts.day = number
      }
    }
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  private static let fullMonths = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
  ]

  /// Minutes east of UTC of the abbreviations that stand for one zone only. CST, IST and BST stand for several.
  private static let zones: [String: Int16] = [
    "z": 0, "utc": 0, "gmt": 0, "est": -300, "edt": -240, "cdt": -300, "mst": -420, "mdt": -360,
    "pst": -480, "pdt": -420, "wet": 0, "west": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180,
    "msk": 180, "jst": 540, "kst": 540, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
  ]
}
