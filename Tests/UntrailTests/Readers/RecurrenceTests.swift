import Testing
import UntrailModel
import UntrailReaders

/// What repeats, by the days on which it does. Expected days: RFC 5545, section 3.8.5.3, and a paper calendar.
@Suite("Entries that repeat")
struct RecurrenceTests {
  /// The starts of all entries, as written.
  private static func starts(_ lines: [String], zone: Bool = false) -> [String] {
    let event = ["BEGIN:VEVENT"] + lines + ["END:VEVENT"]
    let file = Calendar.wrapped((zone ? Calendar.vienna : []) + event)
    return read(file, as: "text/calendar").journeys.compactMap { journey in
      guard let start = journey.start else { return nil }
      let date = CivilDate.date(days: start.civilDay)
      let minutes = (start.civilSeconds - start.civilDay * 86_400) / 60
      return "\(date.year)-\(date.month)-\(date.day)"
        + (minutes == 0 ? "" : " \(minutes / 60):\(minutes % 60)")
    }
  }

  @Test(arguments: [
    ("FREQ=DAILY;COUNT=3", "19970902", ["1997-9-2", "1997-9-3", "1997-9-4"]),
    ("FREQ=DAILY;UNTIL=19970904", "19970902", ["1997-9-2", "1997-9-3", "1997-9-4"]),
    ("FREQ=DAILY;INTERVAL=10;COUNT=3", "19970902", ["1997-9-2", "1997-9-12", "1997-9-22"]),
    ("FREQ=WEEKLY;COUNT=3", "19970902", ["1997-9-2", "1997-9-9", "1997-9-16"]),
    (
      "FREQ=WEEKLY;INTERVAL=2;COUNT=4;WKST=SU;BYDAY=TU,TH", "19970902",
      ["1997-9-2", "1997-9-4", "1997-9-16", "1997-9-18"]
    ),
    (
      "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "19970805",
      ["1997-8-5", "1997-8-10", "1997-8-19", "1997-8-24"]
    ),
    (
      "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "19970805",
      ["1997-8-5", "1997-8-17", "1997-8-19", "1997-8-31"]
    ),
    ("FREQ=MONTHLY;COUNT=3;BYDAY=1FR", "19970905", ["1997-9-5", "1997-10-3", "1997-11-7"]),
    ("FREQ=MONTHLY;COUNT=3;BYDAY=-2MO", "19970922", ["1997-9-22", "1997-10-20", "1997-11-17"]),
    ("FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-3", "19970928", ["1997-9-28", "1997-10-29", "1997-11-28"]),
    ("FREQ=MONTHLY;COUNT=3", "20270131", ["2027-1-31", "2027-3-31", "2027-5-31"]),
    (
      "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "19970904", ["1997-9-4", "1997-10-7", "1997-11-6"]
    ),
    ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=2", "19980213", ["1998-2-13", "1998-3-13"]),
    ("FREQ=YEARLY;COUNT=3;BYMONTH=6,7", "19970610", ["1997-6-10", "1997-7-10", "1998-6-10"]),
    ("FREQ=YEARLY;INTERVAL=1;COUNT=2;BYDAY=20MO", "19970519", ["1997-5-19", "1998-5-18"]),
    ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=2", "19970512", ["1997-5-12", "1998-5-11"]),
    ("FREQ=YEARLY;BYYEARDAY=1,100;COUNT=2", "19970101", ["1997-1-1", "1997-4-10"]),
  ])
  func followsRules(rule: String, start: String, days: [String]) {
    #expect(Self.starts(["DTSTART;VALUE=DATE:" + start, "RRULE:" + rule]) == days)
  }

  @Test func followsShortPeriods() {
    #expect(
      Self.starts(["DTSTART:19970902T090000", "RRULE:FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000"])
        == ["1997-9-2 9:0", "1997-9-2 12:0", "1997-9-2 15:0"])
    #expect(
      Self.starts(["DTSTART:19970902T090000", "RRULE:FREQ=MINUTELY;INTERVAL=90;COUNT=3"])
        == ["1997-9-2 9:0", "1997-9-2 10:30", "1997-9-2 12:0"])
    #expect(
      Self.starts(["DTSTART:19970902T090000", "RRULE:FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,20;COUNT=3"])
        == ["1997-9-2 9:0", "1997-9-2 9:20", "1997-9-2 10:0"])
  }

  @Test func leavesOutAndAdds() {
    let lines = [
      "UID:1", "DTSTART;TZID=Europe/Vienna:20270302T180000", "RRULE:FREQ=WEEKLY;COUNT=4",
      "EXDATE;TZID=Europe/Vienna:20270309T180000", "EXDATE:20270316T170000Z",
      "RDATE;TZID=Europe/Vienna:20270320T100000", "END:VEVENT", "BEGIN:VEVENT", "UID:1",
      "RECURRENCE-ID;TZID=Europe/Vienna:20270323T180000", "DTSTART;TZID=Europe/Vienna:20270324T190000",
    ]
    #expect(
      Self.starts(lines, zone: true) == ["2027-3-2 18:0", "2027-3-20 10:0", "2027-3-24 19:0"])
  }

  @Test func knowsTheClocks() {
    let event = [
      "BEGIN:VEVENT", "DTSTART;TZID=Europe/Vienna:20270318T180000",
      "DTEND;TZID=Europe/Vienna:20270318T190000",
      "RRULE:FREQ=WEEKLY;COUNT=3", "END:VEVENT",
    ]
    let result = read(Calendar.wrapped(Calendar.vienna + event), as: "text/calendar")
    #expect(result.journeys.map(\.start?.utcOffsetMinutes) == [60, 60, 120])
    let lengths = result.journeys.map { ($0.end?.civilSeconds ?? 0) - ($0.start?.civilSeconds ?? 0) }
    #expect(lengths == [3600, 3600, 3600])
  }

  @Test func startsWhereTheCalendarWasWritten() {
    let starts = Self.starts([
      "DTSTAMP:20270301T000000Z", "DTSTART;VALUE=DATE:20000103", "RRULE:FREQ=WEEKLY",
    ])
    #expect(starts.first == "2000-1-3")
    #expect(starts.dropFirst().first == "2027-3-1")
    #expect(starts.count == 54)
  }

  @Test func isBounded() {
    let rules = [
      "FREQ=SECONDLY", "FREQ=SECONDLY;COUNT=999999999;BYMONTH=2;BYMONTHDAY=31",
      "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2",
      "FREQ=DAILY;COUNT=9999999999999999999999", "FREQ=MONTHLY;INTERVAL=99999999999999999999",
      "FREQ=WEEKLY;INTERVAL=0",
      "FREQ=YEARLY;BYMONTHDAY=-9223372036854775808", "FREQ=NEVER", "", ";;;=",
    ]
    for rule in rules {
      #expect(Self.starts(["DTSTART:99981231T235959Z", "RRULE:" + rule]).count <= 62, "\(rule)")
      #expect(Self.starts(["DTSTART:00010101T000000Z", "RRULE:" + rule]).count <= 62, "\(rule)")
      #expect(Self.starts(["DTSTART:20270101T000000Z", "RRULE:" + rule]).count <= 62, "\(rule)")
    }
    let many = (0..<3000).flatMap {
      [
        "DTSTART:20000101T0000\($0 % 50 + 10)", "RRULE:FREQ=SECONDLY;BYMONTH=1;BYMONTHDAY=3;INTERVAL=7",
        "END:VEVENT", "BEGIN:VEVENT",
      ]
    }
    #expect(Self.starts(many).count <= 3000 * 2)
  }
}
