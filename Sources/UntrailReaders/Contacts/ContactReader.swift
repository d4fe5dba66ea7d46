internal import UntrailBytes
internal import UntrailModel

/// Contacts: vCard 2.1, 3.0 and 4.0, one or many in a file.
///
///     BEGIN:VCARD
///     VERSION:3.0
///     N:Example;Mara;;;
///     item1.TEL;TYPE=CELL:+43 1 0000000
///     ADR;TYPE=HOME:;;Stephansplatz 1;Wien;;1010;Austria     box, extension, street, city, region, code, country
///     GEO:48.2085;16.3731
///     PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ...
///     END:VCARD
///
/// Whose card is the owner's own is nowhere said.
///
/// Source: RFC 6350; RFC 2426; versit Consortium, vCard 2.1 (1996).
struct ContactReader: MetadataReader {
  var name: String { "vCard" }
  var mediaTypes: [String] { ["text/vcard", "text/x-vcard", "text/directory"] }
  var channels: String { "names, addresses, numbers, positions, birthdays, accounts, pictures, notes" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var session = ContactSession(tools)
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
