internal import UntrailBytes
internal import UntrailModel

/// Mailboxes: messages behind each other, each behind a line that begins with "From ".
///
///     From mara@example.org Sun Apr 28 23:09:02 2024 LF, message, empty line, From ...
///
/// Each message is a file inside, as many as are looked at; the others are counted.
///
/// Source: RFC 4155.
struct MailboxReader: MetadataReader {
  var name: String { "mailbox" }
  var mediaTypes: [String] { ["application/mbox"] }
  var channels: String { "each message, as mail" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var lines = MailLines(source, tools.limits)
    var session = Session(source: source, tools: tools)
    var isBehindEmpty = true
    do throws(ParseError) {
      while try lines.next() {
        let line = lines.line
        if isBehindEmpty, !lines.isContinued, lines.offset == 0 || Self.isSeparator(line) {
          session.endMessage(at: lines.offset, into: &result)
          session.begin(at: lines.offset + line.count)
        }
        isBehindEmpty = line.withoutLineEnd.isEmpty
      }
    } catch {
      session.finish(at: lines.offset, into: &result)
      throw error
    }
    session.finish(at: source.count, into: &result)
  }

  /// Whether a line parts two messages: it names somebody's address or a time.
  private static func isSeparator(_ line: [UInt8]) -> Bool {
    guard line.starts(with: "From ".utf8), line.count <= 400 else { return false }
    let rest = line.withoutLineEnd.dropFirst(5)
    if rest.contains(UInt8(ascii: "@")) { return true }
    return rest.indices.dropFirst().contains { index in
      rest[index] == UInt8(ascii: ":") && rest[index - 1] >= 0x30 && rest[index - 1] <= 0x39
    }
  }

  private struct Session {
    let source: ByteSource
    let tools: ReaderTools
    private var start: Int?
    private var count = 0
    private var examined = 0

    init(source: ByteSource, tools: ReaderTools) {
      self.source = source
      self.tools = tools
    }

    mutating func begin(at offset: Int) { start = offset }

    mutating func endMessage(at end: Int, into result: inout ReadResult) {
      guard let start, end > start else { return }
      self.start = nil
      count += 1
      guard tools.hasRoom else { return }
      examined += 1
      let message = ByteSource(partOf: source, start: start, count: min(end, source.count) - start)
      tools.examineMember(
        named: "message \(count)", part: message, as: MediaType("message/rfc822"), into: &result)
    }

    mutating func finish(at end: Int, into result: inout ReadResult) {
      endMessage(at: end, into: &result)
      guard examined < count else { return }
      result.damageOnce("limit", "of \(count) messages the first \(examined) are looked at")
    }
  }
}
