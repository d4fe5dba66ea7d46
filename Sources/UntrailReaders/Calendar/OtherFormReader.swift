internal import UntrailBytes
internal import UntrailModel

/// Calendars and contacts in JSON and XML: named, and not read.
///
/// Source: RFC 7265 (jCal); RFC 7095 (jCard); RFC 6321 (xCal); RFC 6351 (xCard).
struct OtherFormReader: MetadataReader {
  var name: String { "jCal, jCard, xCal, xCard" }
  var mediaTypes: [String] {
    [
      "application/calendar+json", "application/vcard+json", "application/calendar+xml",
      "application/vcard+xml",
    ]
  }
  var channels: String { "named only" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    result.notRead("other-form", "a calendar or contacts in JSON or XML", at: 0)
  }
}
