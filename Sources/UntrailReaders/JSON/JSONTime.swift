internal import UntrailModel

/// Points in time as exports write them: ISO 8601, and seconds or milliseconds since 1970.
struct JSONTime {
  /// Seconds since 1970-01-01T00:00:00; in UTC, unless there is no offset.
  var seconds: Int64
  /// Minutes east of UTC, where the text says so; 0 for numbers.
  var offset: Int16?

  init?(_ value: JSONValue?) {
    guard let value else { return nil }
    if let number = value.number {
      self.init(epoch: number)
    } else {
      let time = value.withBytes { bytes -> JSONTime? in
        if let time = Self.quick(bytes) { return time }
        if case .whole(let number)? = JSONNumber.value(bytes) { return JSONTime(epoch: Double(number)) }
        return JSONTime(text: bytes)
      }
      guard let time else { return nil }
      self = time
    }
  }

  /// - Parameter epoch: seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by what is in
  ///   living memory. Numbers of the first year are counters, or mean that no time is set.
  init?(epoch: Double) {
    var seconds = epoch
    for _ in 0..<3 where seconds >= 1e11 { seconds /= 1000 }
    guard seconds >= 31_536_000, seconds < 1e11 else { return nil }
    self.seconds = Int64(seconds)
    offset = 0
  }

  /// - Parameter text: "2022-01-12T17:18:24.190Z" and what is like it.
  init?(text: UnsafeBufferPointer<UInt8>) {
    if let time = Self.quick(text) {
      self = time
      return
    }
    guard text.count >= 10, text.count < 64,
      let timestamp = WrittenTime.read(String(decoding: text, as: UTF8.self)), timestamp.precision != .day
    else { return nil }
    self.init(timestamp)
  }

  private init?(_ timestamp: Timestamp) {
    guard timestamp.civilSeconds >= 31_536_000 else { return nil }
    offset = timestamp.utcOffsetMinutes
    seconds = timestamp.civilSeconds - Int64(offset ?? 0) * 60
  }

  private init(seconds: Int64, offset: Int16?) {
    self.seconds = seconds
    self.offset = offset
  }

  /// The form that nearly all texts have: "YYYY-MM-DDTHH:MM:SS", a fraction, "Z" or an offset.
  private static func quick(_ text: UnsafeBufferPointer<UInt8>) -> JSONTime? {
    guard text.count >= 20, text.count <= 40, text[10] == UInt8(ascii: "T") || text[10] == 0x20 else {
      return nil
    }
    var isDigits = true
    func pair(_ index: Int) -> Int {
      let (high, low) = (text[index] &- 0x30, text[index + 1] &- 0x30)
      if high > 9 || low > 9 { isDigits = false }
      return Int(high) * 10 + Int(low)
    }
    let year = pair(0) * 100 + pair(2)
    let (month, day, hour, minute, second) = (pair(5), pair(8), pair(11), pair(14), pair(17))
    guard isDigits, text[4] == 0x2D, text[7] == 0x2D, text[13] == 0x3A, text[16] == 0x3A, year >= 1971,
      hour < 24, minute < 60, second <= 60, CivilDate.isValid(year: year, month: month, day: day)
    else { return nil }
    var index = 19
    if text[index] == UInt8(ascii: ".") {
      index += 1
      while index < text.count, text[index] &- 0x30 <= 9 { index += 1 }
    }
    let days = CivilDate.days(year: year, month: month, day: day)
    let civil = days * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    guard index < text.count else { return JSONTime(seconds: civil, offset: nil) }
    let rest = UnsafeBufferPointer(rebasing: text[index...])
    let isUniversal = rest.elementsEqual(" UTC".utf8)
    guard let offset = isUniversal ? 0 : ExifTime.offset(rest) else { return nil }
    return JSONTime(seconds: civil - Int64(offset) * 60, offset: offset)
  }

  /// The time on the clock there, as far as the text says it.
  var timestamp: Timestamp {
    Timestamp(civilSeconds: seconds + Int64(offset ?? 0) * 60, utcOffsetMinutes: offset)
  }
}
