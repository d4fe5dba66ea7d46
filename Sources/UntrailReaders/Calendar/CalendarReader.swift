internal import UntrailBytes
internal import UntrailModel

/// Calendars: iCalendar, and vCalendar 1.0 before it.
///
///     BEGIN:VCALENDAR
///     PRODID:-//Example//Calendar 1.0//EN      the program that wrote it
///     BEGIN:VTIMEZONE ... END:VTIMEZONE        when the clocks change
///     BEGIN:VEVENT                             also VTODO, VJOURNAL, VFREEBUSY, VAVAILABILITY
///     DTSTART;TZID=Europe/Vienna:20270304T201500
///     LOCATION:Stephansplatz 1\, Wien
///     GEO:48.2085;16.3731
///     ATTENDEE;CN=Mara Example:mailto:mara@example.org
///     BEGIN:VALARM ... END:VALARM
///     END:VEVENT
///     END:VCALENDAR
///
/// An entry that takes place again and again is followed for a year from when the calendar was written.
///
/// Source: RFC 5545; RFC 7986; RFC 7953; RFC 9073; RFC 9074; versit Consortium, vCalendar 1.0 (1996).
struct CalendarReader: MetadataReader {
  var name: String { "iCalendar" }
  var mediaTypes: [String] { ["text/calendar", "text/x-vcalendar"] }
  var channels: String {
    "entries with their places, times, people, repetitions, alarms, time zones, conference links, attached files"
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var session = CalendarSession(tools)
    var flaw: ParseError?
    do throws(ParseError) {
      var lines = try ContentLines(source, tools.limits)
      while let line = try lines.next() { session.take(line, into: &result) }
    } catch {
      flaw = error
    }
    session.finish(at: source.count, into: &result)
    if let flaw { throw flaw }
  }
}
