/// Builds calendars and contacts, line by line.
enum Calendar {
  static func file(_ lines: [String], end: String = "\r\n") -> [UInt8] {
    Array((lines.joined(separator: end) + end).utf8)
  }

  static func wrapped(_ lines: [String], version: String = "2.0") -> [UInt8] {
    file(["BEGIN:VCALENDAR", "VERSION:" + version] + lines + ["END:VCALENDAR"])
  }

  static func event(_ lines: [String], version: String = "2.0") -> [UInt8] {
    wrapped(["BEGIN:VEVENT"] + lines + ["END:VEVENT"], version: version)
  }

  static func card(_ lines: [String], version: String = "3.0") -> [UInt8] {
    file(["BEGIN:VCARD", "VERSION:" + version] + lines + ["END:VCARD"])
  }

  /// The clocks of Vienna, since 1996.
  static let vienna = [
    "BEGIN:VTIMEZONE", "TZID:Europe/Vienna", "BEGIN:DAYLIGHT", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200",
    "DTSTART:19960331T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT", "BEGIN:STANDARD",
    "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD", "END:VTIMEZONE",
  ]
}
