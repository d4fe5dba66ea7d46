internal import UntrailModel

/// The clock behind a date in a file name.
///
///     _111244  -111244123  T03_12_44.123Z  " at 11.12.44 AM"  " 上午11.12.44"  _111244.123+0200  " 11_12 GMT+2"
struct NameClock {
  let name: NameBytes
  let hints: NameTime.Hints
  private var seconds: Int?
  private var hasSeconds = true
  private var subseconds = ""
  private var offset: Int16?
  private var end = 0

  /// Bytes that may stand between a date and a clock: " at ", " um ", " a la(s) ", in letters of two bytes too.
  private static let longestGap = 16

  init(_ name: NameBytes, _ hints: NameTime.Hints) {
    self.name = name
    self.hints = hints
  }

  func time(_ day: Int64, from start: Int) -> NameTime? {
    guard let seconds else { return nil }
    let timestamp = Timestamp(
      civilSeconds: day * 86_400 + Int64(seconds), precision: hasSeconds ? .second : .minute,
      subseconds: subseconds, utcOffsetMinutes: offset ?? (hints.isUTC ? 0 : nil))
    return NameTime(timestamp: timestamp, range: start..<end)
  }

  /// Takes hours, minutes and seconds that start at these places; false where they are none.
  mutating func read(hour: Int, minute: Int, second: Int?) -> Bool {
    guard let hours = name.number(hour, 2), hours < 24, let minutes = name.number(minute, 2), minutes < 60
    else { return false }
    var value = hours * 3600 + minutes * 60
    if let second {
      guard let seconds = name.number(second, 2), seconds < 60 else { return false }
      value += seconds
    }
    hasSeconds = second != nil
    end = (second ?? minute) + 2
    seconds = value
    return true
  }

  /// Digits of a second that follow without anything between.
  mutating func readFraction(_ start: Int, end: Int) {
    guard start < end else { return }
    subseconds = name.text(from: start, to: end) ?? ""
    self.end = end
  }

  /// Takes the clock that follows a date which ends at `start`; false where there is none.
  mutating func find(behind start: Int) -> Bool {
    var index = start
    while index < name.count, index - start <= Self.longestGap, !name.isDigit(index) { index += 1 }
    let gap = start..<index
    guard !gap.isEmpty, name.isDigit(index), isGap(gap) else { return false }
    let run = index..<name.digitsEnd(index)
    guard readRun(run, gap) else { return false }
    readHalf(before: gap)
    readFractionAndOffset()
    return true
  }

  /// One sign, or words with blanks around.
  private func isGap(_ gap: Range<Int>) -> Bool {
    if gap.count == 1 { return "_- T@,.".utf8.contains(name[gap.lowerBound]) || name[gap.lowerBound] == 0x20 }
    if gap.count == 2 {
      let last = name[gap.lowerBound + 1]
      if name[gap.lowerBound] == last || "[(".utf8.contains(last) { return true }
    }
    return [0x20, 0x2C].contains(name[gap.lowerBound]) || name[gap.lowerBound] >= 0x80
  }

  private mutating func readRun(_ run: Range<Int>, _ gap: Range<Int>) -> Bool {
    let start = run.lowerBound
    switch run.count {
    case 6, 8, 9:
      guard read(hour: start, minute: start + 2, second: start + 4) else { return false }
      readFraction(start + 6, end: run.upperBound)
      return true
    case 4:
      // 20260729-1112, but not the second part of a UUID.
      guard hints.isKnown, gap.count == 1, name[gap.lowerBound] == UInt8(ascii: "-"),
        name[run.upperBound] != UInt8(ascii: "-")
      else { return false }
      return read(hour: start, minute: start + 2, second: nil)
    case 1, 2:
      let separator = name[run.upperBound]
      guard "-_.:".utf8.contains(separator), let hours = name.number(start, run.count), hours < 24 else {
        return false
      }
      return readParts(hours, separator, behind: run.upperBound, isShort: run.count == 1)
    default: return false
    }
  }

  /// Minutes and seconds behind the hour, each with a sign before it.
  private mutating func readParts(_ hours: Int, _ separator: UInt8, behind hourEnd: Int, isShort: Bool)
    -> Bool
  {
    guard name.digitsEnd(hourEnd + 1) == hourEnd + 3, let minutes = name.number(hourEnd + 1, 2), minutes < 60
    else { return false }
    if name[hourEnd + 3] == separator, name.digitsEnd(hourEnd + 4) == hourEnd + 6,
      let seconds = name.number(hourEnd + 4, 2), seconds < 60
    {
      self.seconds = hours * 3600 + minutes * 60 + seconds
      hasSeconds = true
      end = hourEnd + 6
      // signal-2026-07-29-11-12-44-123.jpg
      if separator == UInt8(ascii: "-"), name[end] == separator, name.digitsEnd(end + 1) == end + 4 {
        readFraction(end + 1, end: end + 4)
      }
      return true
    }
    // One digit more, or a third part that is no number of seconds: not a clock.
    guard !isShort || separator != UInt8(ascii: "-"),
      name[hourEnd + 3] != separator || !name.isDigit(hourEnd + 4) || separator == UInt8(ascii: ".")
    else { return false }
    seconds = hours * 3600 + minutes * 60
    hasSeconds = false
    end = hourEnd + 3
    return true
  }

  /// The half of the day of a clock of twelve hours, before it or behind it.
  private mutating func readHalf(before gap: Range<Int>) {
    guard let value = seconds, value >= 3600, value < 13 * 3600 else { return }
    var isAfternoon: Bool?
    for (word, half) in Self.halvesBefore
    where name.first(word, from: gap.lowerBound).map(gap.contains) == true {
      isAfternoon = half
    }
    if isAfternoon == nil {
      var index = end
      while let length = blank(index) { index += length }
      for (word, half) in Self.halvesBehind where name.has(word, at: index) && isAfternoon == nil {
        isAfternoon = half
        end = index + word.utf8CodeUnitCount
      }
    }
    guard let isAfternoon else { return }
    seconds = value % (12 * 3600) + (isAfternoon ? 12 * 3600 : 0)
  }

  /// How long the blank is that stands here; nil for none.
  private func blank(_ index: Int) -> Int? {
    if name[index] == 0x20 { return 1 }
    if name[index] == 0xC2, name[index + 1] == 0xA0 { return 2 }
    return name[index] == 0xE2 && name[index + 1] == 0x80 && name[index + 2] == 0xAF ? 3 : nil
  }

  /// Chinese, Japanese, Korean.
  private static let halvesBefore: [(StaticString, Bool)] = [
    ("上午", false), ("下午", true), ("午前", false), ("午後", true), ("오전", false), ("오후", true),
  ]
  private static let halvesBehind: [(StaticString, Bool)] = [
    ("am", false), ("pm", true), ("a.m.", false), ("p.m.", true), ("a. m.", false), ("p. m.", true),
    ("ص", false), ("م", true), ("ΠΜ", false), ("ΜΜ", true),
  ]

  /// .123 and +0200, Z or " GMT+2" behind the clock.
  private mutating func readFractionAndOffset() {
    var index = end
    if subseconds.isEmpty, name[index] == UInt8(ascii: "."), name.digitsEnd(index + 1) == index + 4 {
      let next = name[index + 4]
      // .123 could also be an ending.
      guard next == UInt8(ascii: "Z") || next == UInt8(ascii: "+") || next == UInt8(ascii: "-") else {
        return
      }
      readFraction(index + 1, end: index + 4)
      index += 4
      if next != UInt8(ascii: "Z") {
        readOffset(index, digits: 4)
        return
      }
    }
    if name[index] == UInt8(ascii: "Z"), !name.isLetter(index + 1), !name.isDigit(index + 1) {
      offset = 0
      end = index + 1
    } else if name.has(" GMT", at: index) || name.has(" UTC", at: index) {
      readOffset(index + 4, digits: 2)
      if offset == nil, !name.isDigit(index + 5) {
        offset = 0
        end = index + 4
      }
    }
  }

  /// +0200, +2, +5_30.
  private mutating func readOffset(_ start: Int, digits: Int) {
    let sign: Int
    switch name[start] {
    case UInt8(ascii: "+"): sign = 1
    case UInt8(ascii: "-"): sign = -1
    default: return
    }
    let last = name.digitsEnd(start + 1)
    guard last - start - 1 <= digits, last > start + 1, let number = name.number(start + 1, last - start - 1)
    else { return }
    var (hours, minutes) = digits == 4 ? (number / 100, number % 100) : (number, 0)
    end = last
    if digits == 2, "_:".utf8.contains(name[last]), name.digitsEnd(last + 1) == last + 3 {
      minutes = name.number(last + 1, 2) ?? 0
      end = last + 3
    }
    hours = min(hours, 99)
    guard hours <= 14, minutes < 60 else { return }
    offset = Int16(sign * (hours * 60 + minutes))
  }
}
