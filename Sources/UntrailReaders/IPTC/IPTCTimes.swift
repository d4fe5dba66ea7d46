internal import UntrailModel

/// The dates of a block and the times of day that belong to them, which stand in data sets of their own.
///
///     date "CCYYMMDD", time "HHMMSS+HHMM"
///
/// Some writers put the separators of EXIF in. A day or a month of 00 stands for one that is not known.
///
/// Source: IPTC-NAA Information Interchange Model 4.2, sections 5 and 6 (1:70, 1:80, 2:30 to 2:63).
struct IPTCTimes {
  enum Part: Int, Sendable {
    case createdDate
    case createdTime
    case digitalDate
    case digitalTime
    case releaseDate
    case releaseTime
    case sentDate
    case sentTime
  }

  private struct Value {
    var text: String
    var field: String
    var offset: Int?
  }

  private var values: [Value?] = Array(repeating: nil, count: 8)

  /// Keeps the first value of each part.
  mutating func note(_ part: Part, _ text: String, _ field: String, at offset: Int?) {
    if values[part.rawValue] == nil {
      values[part.rawValue] = Value(text: text, field: field, offset: offset)
    }
  }

  func observe(into result: inout ReadResult) {
    observe(.createdDate, .createdTime, .original, into: &result)
    observe(.digitalDate, .digitalTime, .digitized, into: &result)
    observe(.releaseDate, .releaseTime, .upload, into: &result)
    observe(.sentDate, .sentTime, .upload, into: &result)
  }

  private func observe(_ date: Part, _ time: Part, _ role: Role, into result: inout ReadResult) {
    let time = values[time.rawValue]
    guard let date = values[date.rawValue] else {
      // The zone alone says something.
      guard let time, case .time(let timestamp) = Self.reading(date: "20000101", time: time.text),
        let minutes = timestamp.utcOffsetMinutes
      else { return }
      result.add(.zone, .utcOffset(minutes), time.field, at: time.offset)
      return
    }
    switch Self.reading(date: date.text, time: time?.text ?? "") {
    case .time(let timestamp): result.add(role, .timestamp(timestamp), date.field, at: date.offset)
    case .malformed: result.doubt("time-malformed", "\(date.field) is not a date", at: date.offset)
    case .unset: break
    }
  }

  static func reading(date: String, time: String) -> ExifTime.Reading {
    let day = separated(date, by: UInt8(ascii: "-"), lengths: [4, 2, 2])
    if day.count >= 10, day[8...].starts(with: "00".utf8) { return .unset }
    let whole =
      day + CollectionOfOne(UInt8(ascii: "T")) + separated(time, by: UInt8(ascii: ":"), lengths: [2, 2, 2])
    let reading = whole.withUnsafeBufferPointer { ExifTime.dateTime($0) }
    guard case .malformed = reading else { return reading }
    // The day may be right where the time is not.
    return day.withUnsafeBufferPointer { ExifTime.dateTime($0) }
  }

  /// A run of digits at the start with separators put in; the text itself where it has other lengths.
  private static func separated(_ text: String, by separator: UInt8, lengths: [Int]) -> [UInt8] {
    let bytes = Array(text.utf8)
    let digitCount = bytes.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }.count
    let whole = lengths.reduce(0, +)
    guard digitCount == whole || digitCount == whole - 2, digitCount >= 4 else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + lengths.count)
    var start = 0
    for length in lengths where start < digitCount {
      if start > 0 { result.append(separator) }
      result += bytes[start..<(start + length)]
      start += length
    }
    return result + bytes[digitCount...]
  }
}
