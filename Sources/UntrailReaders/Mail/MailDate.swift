internal import UntrailModel

/// Times in the heads of messages, in the form of the standard and in those that programs write instead:
///
///     Sun, 28 Apr 2024 23:09:02 +0200 (CEST)
///     28 Apr 24 23:09 EST
///     Sun Apr 28 23:09:02 2024
///
/// Source: RFC 5322, sections 3.3 and 4.3.
enum MailDate {
  static func read(_ text: String) -> Timestamp? {
    var rest = text.prefix(100)
    // Comments say again what the offset says.
    while let open = rest.firstIndex(of: "(") {
      let close = rest[open...].firstIndex(of: ")").map { rest.index(after: $0) } ?? rest.endIndex
      let comment = rest[open..<close]
      if rest.distance(from: rest.startIndex, to: open) < 8 { return nil }
      rest =
        rest[..<open] + " " + (hasOffset(rest[..<open]) ? "" : comment.dropFirst().dropLast(1))
        + rest[close...]
      if rest.utf8.count > 200 { return nil }
    }
    return parts(rest) ?? WrittenTime.read(String(rest).trimmedText)
  }

  /// Minutes east of UTC that a text ends with; nil where it ends with no number of them.
  static func offset(_ text: String) -> Int16? {
    text.split(separator: " ").last.flatMap { $0.first?.isLetter ?? true ? nil : zone($0) }
  }

  private static func hasOffset(_ text: Substring) -> Bool {
    text.split(separator: " ").last.map { ($0.hasPrefix("+") || $0.hasPrefix("-")) && $0.count == 5 } ?? false
  }

  private static func parts(_ text: Substring) -> Timestamp? {
    var numbers: [Int] = []
    var month: Int?
    var clock: [Int] = []
    var offset: Int16?
    for word in text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "\t" }).prefix(10) {
      if word.contains(":"), word.first?.isNumber ?? false {
        if clock.isEmpty { clock = word.split(separator: ":").prefix(3).map { Int($0) ?? -1 } }
      } else if !clock.isEmpty, offset == nil, let zone = zone(word) {
        offset = zone
      } else if let number = Int(word), number >= 0, numbers.count < 2 {
        numbers.append(number)
      } else if word.contains("-"), !word.hasPrefix("-"), numbers.isEmpty {
        for part in word.split(separator: "-").prefix(3) {
          if let number = Int(part) { numbers.append(number) } else { month = month ?? self.month(part) }
        }
      } else if let found = self.month(word) {
        month = month ?? found
      }
    }
    guard numbers.count == 2, let month, clock.count >= 2, clock.allSatisfy({ $0 >= 0 }), clock[0] < 24,
      clock[1] < 60, clock.dropFirst(2).allSatisfy({ $0 <= 60 })
    else { return nil }
    var (day, year) = (numbers[0], numbers[1])
    if day > 31 { (day, year) = (year, day) }
    if year < 50 { year += 2000 } else if year < 1000 { year += 1900 }
    guard year >= 1970, CivilDate.isValid(year: year, month: month, day: day) else { return nil }
    let seconds = clock[0] * 3600 + clock[1] * 60 + (clock.count > 2 ? clock[2] : 0)
    return Timestamp(
      civilSeconds: CivilDate.days(year: year, month: month, day: day) * 86_400 + Int64(seconds),
      precision: clock.count > 2 ? .second : .minute, utcOffsetMinutes: offset)
  }

  private static func month(_ word: some StringProtocol) -> Int? {
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    return names.firstIndex(of: String(word.lowercased().prefix(3))).map { $0 + 1 }
  }

  /// Minutes east of UTC; nil for what is no zone, and for names that stand for several. -0000 says that the zone is
  /// not told.
  private static func zone(_ word: Substring) -> Int16? {
    if word == "-0000" { return nil }
    if let sign = word.first, sign == "+" || sign == "-" {
      let digits = word.dropFirst().filter { $0 != ":" }
      guard digits.utf8.count == 4, let number = Int16(digits), number / 100 <= 14, number % 100 < 60 else {
        return nil
      }
      return (sign == "-" ? -1 : 1) * (number / 100 * 60 + number % 100)
    }
    return zones[word.lowercased()]
  }

  /// Source: RFC 5322, section 4.3; RFC 822 has the names of North America, others stand for one zone only.
  private static let zones: [String: Int16] = [
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420,
    "mdt": -360, "pst": -480, "pdt": -420, "wet": 0, "west": 60, "cet": 60, "cest": 120, "met": 60,
    "mest": 120, "eet": 120, "eest": 180, "msk": 180, "jst": 540, "kst": 540, "aest": 600, "aedt": 660,
    "nzst": 720, "nzdt": 780,
  ]
}
