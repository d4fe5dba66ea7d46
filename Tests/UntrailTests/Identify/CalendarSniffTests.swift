import Testing
import UntrailIdentify
import UntrailModel

@Suite("Identification of calendars, contacts and pages")
struct CalendarSniffTests {
  private func name(_ text: String) throws -> String {
    let bytes = Array(text.utf8)
    return try bytes.withUnsafeBytes {
      try Identifier(database: try IdentifierTests.database.get()).identify($0, byteCount: bytes.count).name
    }
  }

  @Test(arguments: [
    ("BEGIN:VEVENT\nDTSTART:20270304T090000Z\nEND:VEVENT\n", "text/calendar"),
    ("\u{FEFF}BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "text/calendar"),
    ("\r\nbegin:vcalendar\r\nVERSION:2.0\r\n", "text/calendar"),
    ("BEGIN:MINE\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\n", "text/calendar"),
    ("\u{FEFF}BEGIN:VCARD\r\nVERSION:3.0\r\n", "text/vcard"),
    ("BEGIN:SOMETHING\nelse here\n", "text/plain"),
    ("To do: BEGIN:VEVENT tomorrow\n", "text/plain"),
    ("[\"vcalendar\",[],[]]", "application/calendar+json"),
    ("[\"vcard\",[[\"version\",{},\"text\",\"4.0\"]]]", "application/vcard+json"),
    ("[\"vcards are small\"]", "application/json"),
    ("<icalendar xmlns=\"urn:ietf:params:xml:ns:icalendar-2.0\"></icalendar>", "application/calendar+xml"),
    (
      "<?xml version=\"1.0\"?>\n<!-- a --><html xmlns=\"http://www.w3.org/1999/xhtml\"><head/></html>",
      "text/html"
    ),
    ("<div itemscope itemtype=\"http://schema.org/Event\">", "text/html"),
    ("<script type=\"application/ld+json\">{}</script>", "text/html"),
    (
      "<?xml version=\"1.0\"?><kml><description>&lt;html> <html itemscope></description></kml>",
      "application/vnd.google-earth.kml+xml"
    ),
  ])
  func tells(text: String, mediaType: String) throws {
    #expect(try name(text) == mediaType)
  }
}
