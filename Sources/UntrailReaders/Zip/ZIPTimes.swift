internal import UntrailModel

/// What ZIP archives say of when a file was changed, and whose it is.
///
///     date and time:  7 year since 1980, 4 month, 5 day | 5 hour, 6 minute, 5 two seconds; local time
///     5455:           1 flags, 4 changed, 4 read, 4 made; seconds since 1970, those that the flags name
///     000A:           4 zero, 2 number 1, 2 length 24, 8 changed, 8 read, 8 made; of Windows
///     7875:           1 version, 1 length, user, 1 length, group
///
/// Source: PKWARE, APPNOTE.TXT 6.3.10, sections 4.4.6 and 4.5.5; Info-ZIP, extrafld.txt (2008).
enum ZIPTimes {
  /// Seconds since 1970 on the local clock; nil where it is none, or the first that there is, which stands for none.
  static func local(_ number: UInt32) -> Int64? {
    let (date, time) = (Int(number >> 16), Int(number & 0xFFFF))
    let (year, month, day) = (1980 + date >> 9, date >> 5 & 15, date & 31)
    let (hour, minute, second) = (time >> 11, time >> 5 & 63, (time & 31) * 2)
    guard number >> 16 > 0x21, CivilDate.isValid(year: year, month: month, day: day), hour < 24, minute < 60,
      second < 60
    else { return nil }
    return CivilDate.days(year: year, month: month, day: day) * 86_400
      + Int64(hour * 3600 + minute * 60 + second)
  }

  static func take(_ id: UInt16, _ bytes: [UInt8], into details: inout ZIPEntry.Details) {
    func number(_ start: Int, _ count: Int) -> UInt64? {
      guard start + count <= bytes.count, count <= 8 else { return nil }
      return bytes[start..<(start + count)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    switch id {
    case 0x5455:
      guard let flags = bytes.first, flags & 1 != 0, let seconds = number(1, 4) else { return }
      details.time = Int64(Int32(truncatingIfNeeded: seconds))
    case 0x000A:
      guard details.time == nil, number(4, 2) == 1, let ticks = number(8, 8) else { return }
      details.time = WindowsTime.timestamp(ticks)?.civilSeconds
    case 0x7875:
      guard bytes.count >= 3, let user = number(2, Int(bytes[1])) else { return }
      details.userID = UInt32(truncatingIfNeeded: user)
      let next = 2 + Int(bytes[1])
      guard next < bytes.count, let group = number(next + 1, Int(bytes[next])) else { return }
      details.groupID = UInt32(truncatingIfNeeded: group)
    default: break
    }
  }
}
