internal import UntrailModel

/// The times of a calendar's entries.
extension CalendarSession {
  mutating func time(_ line: ContentLine, into result: inout ReadResult) {
    guard let text = line.rawText(limits) else { return }
    switch line.name {
    case "DURATION": changeEntry { $0.duration = CalendarTime.span(text) }
    case "RRULE":
      // A cut rule could say something else.
      guard !line.isLast else { return }
      changeEntry { $0.rule = RecurrenceRule(text) ?? RecurrenceRule(old: text) }
    case "DALARM", "AALARM", "MALARM", "PALARM":
      if let first = text.split(separator: ";").first { times(String(first), line, into: &result) }
    default: times(text, line, into: &result)
    }
  }

  private mutating func times(_ text: String, _ line: ContentLine, into result: inout ReadResult) {
    let zone = line.parameter("TZID")
    // Version 1.0 separates with semicolons.
    for part in text.split(whereSeparator: { $0 == "," || $0 == ";" }).prefix(CalendarEntry.mostDates) {
      let ends = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      guard let start = moment(String(ends[0]), in: zone) else {
        malformed(line, String(ends[0]), into: &result)
        continue
      }
      add(start, Self.role(line.name), line, into: &result)
      keep(start, zone, line)
      guard ends.count == 2 else { continue }
      let end =
        CalendarTime.span(String(ends[1])).map { start.moved(by: $0) } ?? moment(String(ends[1]), in: zone)
      if let end { add(end, .end, line, into: &result) }
    }
  }

  private mutating func moment(_ text: String, in zone: String?) -> Timestamp? {
    CalendarTime.read(text).map { zones.place($0, in: zone) }
  }

  private func malformed(_ line: ContentLine, _ text: String, into result: inout ReadResult) {
    // Alarms are often set by a span before the entry.
    guard line.name != "TRIGGER" || CalendarTime.span(text) == nil else { return }
    result.doubtOnce("time-malformed", "ICS:\(line.name) is not a date", at: line.valueOffset)
  }

  private mutating func add(
    _ time: Timestamp, _ role: Role, _ line: ContentLine, into result: inout ReadResult
  ) {
    guard !time.isUnset else { return }
    facts.add(role, .timestamp(time), "ICS:" + line.name, at: line.valueOffset, into: &result)
  }

  private mutating func keep(_ time: Timestamp, _ zone: String?, _ line: ContentLine) {
    switch line.name {
    case "DTSTART":
      changeEntry {
        $0.start = time
        $0.zone = zone
      }
    case "DTEND": changeEntry { $0.end = time }
    case "RECURRENCE-ID": changeEntry { $0.recurrenceID = time }
    case "EXDATE":
      changeEntry {
        if $0.exceptions.count < CalendarEntry.mostDates { $0.exceptions.append(time) }
      }
    case "RDATE":
      changeEntry {
        if $0.additions.count < CalendarEntry.mostDates { $0.additions.append(time) }
      }
    case "DTSTAMP", "CREATED", "DCREATED", "LAST-MODIFIED":
      if !time.isUnset { written = max(written ?? .min, time.civilSeconds) }
    default: break
    }
  }

  private static func role(_ name: String) -> Role {
    switch name {
    case "DTSTART", "RDATE", "FREEBUSY": .start
    case "DTEND", "DUE": .end
    case "CREATED", "DCREATED": .created
    case "LAST-MODIFIED": .modified
    case "COMPLETED": .edited
    case "RECURRENCE-ID", "X-MS-OLK-ORIGINALSTART", "X-MS-OLK-ORIGINALEND": .original
    case "EXDATE": .deleted
    case "ACKNOWLEDGED", "X-MOZ-LASTACK": .lastUsed
    case "DTSTAMP": .metadata
    default: .planned
    }
  }
}

extension RecurrenceRule {
  /// A rule as version 1.0 writes it:
  ///
  ///     D2 #5                 every second day, five times
  ///     W1 MO WE 20270101T000000Z
  ///     MP1 2+ TU 1- FR #0    the second Tuesday and the last Friday of a month, for ever
  ///     MD1 1 15  YM1 6 7  YD1 100
  ///
  /// Source: versit Consortium, vCalendar 1.0 (1996), section 2.1.16.
  init?(old text: String) {
    let words = text.uppercased().split(separator: " ")
    guard let first = words.first else { return nil }
    let letters = first.prefix { $0.isLetter }
    switch letters {
    case "D": self.init(.daily)
    case "W": self.init(.weekly)
    case "MP", "MD": self.init(.monthly)
    case "YM", "YD": self.init(.yearly)
    default: return nil
    }
    interval = min(max(Int(first.dropFirst(letters.count)) ?? 1, 1), 1000)
    // Two times, where nothing else is said.
    count = 2
    var ordinal = 0
    for word in words.dropFirst().prefix(64) {
      if word.hasPrefix("#") {
        count = Int(word.dropFirst()).flatMap { $0 == 0 ? nil : max($0, 0) }
      } else if let day = Self.dayNames.firstIndex(where: { word == $0 }) {
        weekdays.append(Weekday(ordinal: ordinal, day: day))
      } else if let end = CalendarTime.read(String(word)) {
        until = end
        count = nil
      } else if let number = Int(word.filter { $0.isNumber }), number <= 366 {
        let signed = word.hasSuffix("-") || word.hasPrefix("-") ? -number : number
        switch letters {
        case "MP": ordinal = signed
        case "MD": monthDays.append(signed)
        case "YM": months.append(number)
        case "YD": yearDays.append(signed)
        default: break
        }
      }
    }
  }
}
