internal import UntrailBytes
internal import UntrailModel

/// Messages: EML, MHTML, and messages of Apple Mail.
///
///     head, empty line, body                             RFC 5322
///     1234 LF, message of 1234 bytes, property list      .emlx
///
/// Source: RFC 5322; RFC 2557; of .emlx what Apple Mail writes.
struct MailReader: MetadataReader {
  var name: String { "mail" }
  var mediaTypes: [String] { ["message/rfc822", "message/x-emlx", "message/news", "multipart/related"] }
  var channels: String {
    "senders and recipients, times and zones, the machines that handed it on, programs, attachments, reservations"
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    guard let (start, count) = try Self.appleMessage(source) else {
      return try MailDecoder.decode(source, at: source.hasPlaces ? 0 : nil, into: &result, with: tools)
    }
    if count > source.count - start {
      result.damage("truncated", "the file ends inside the message", at: source.count)
    }
    let end = start + min(count, source.count - start)
    let message = ByteSource(partOf: source, start: start, count: end - start)
    try MailDecoder.decode(message, at: source.hasPlaces ? start : nil, into: &result, with: tools)
    guard source.count > end, source.count - end <= tools.limits.structure else { return }
    tools.examineMember(
      named: "properties", try source.bytes(at: end, count: source.count - end),
      as: MediaType("application/x-plist"), into: &result)
  }

  /// Where the message stands behind a line with the number of its bytes; nil where there is no such line.
  private static func appleMessage(_ source: ByteSource) throws(ParseError) -> (start: Int, count: Int)? {
    try source.withBytes(at: 0, count: min(source.count, 24)) { run throws(ParseError) in
      let digits = run.prefix { $0 >= 0x30 && $0 <= 0x39 }
      let blanks = run.dropFirst(digits.count).prefix { $0 == 0x20 || $0 == 0x0D }
      let start = digits.count + blanks.count
      guard !digits.isEmpty, digits.count <= 15, start < run.count, run[start] == 0x0A,
        let count = Int(String(decoding: digits, as: UTF8.self))
      else { return nil }
      return (start + 1, count)
    }
  }
}
