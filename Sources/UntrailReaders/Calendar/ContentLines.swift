internal import UntrailBytes
internal import UntrailModel

/// Reads the properties of a calendar or of contacts one after another, in bounded memory, and joins folded lines:
///
///     DESCRIPTION:A line is cut after 75 bytes, and the next on<CR><LF>
///      e starts with a blank or a tab.<CR><LF>
///     NOTE;ENCODING=QUOTED-PRINTABLE:The line goes on behind an equals sign =<CR><LF>
///     at its end<CR><LF>
///     PHOTO;ENCODING=BASE64:/9j/4AAQ<CR><LF>
///     SkZJRgAB<CR><LF>
///
/// Lines that lost the blank at the fold, and line ends that stand in a value, are joined too: what does not start as
/// a property belongs to the one before. Empty lines are passed over.
///
/// Source: RFC 5545, section 3.1; versit Consortium, vCard 2.1 (1996), section 2.1.3.
struct ContentLines {
  private var lines: TextLines
  /// The line that was read beyond the property at hand.
  private var ahead: TextLine?
  private let valueLimit: Int
  private let hasWideCharacters: Bool

  /// The most bytes of one property, counted in structures: attachments and photos stand in it as a whole.
  private static let structures = 24

  init(_ source: ByteSource, _ limits: Limits) throws(ParseError) {
    lines = TextLines(source, limits)
    valueLimit = min(limits.structure, 1 << 20) * Self.structures
    hasWideCharacters = source.withPrefix { $0.starts(with: [0xFF, 0xFE]) || $0.starts(with: [0xFE, 0xFF]) }
    ahead = try lines.next()
  }

  /// The next property; nil at the end.
  mutating func next() throws(ParseError) -> ContentLine? {
    while let line = ahead, line.bytes.allSatisfy({ $0 <= 0x20 }) { ahead = try lines.next() }
    guard let first = ahead else { return nil }
    ahead = nil
    var bytes = first.bytes
    // Some files have blanks in front of every line.
    bytes.trimPrefix { $0 == 0x20 || $0 == 0x09 }
    var isCut = first.isCut
    var lastLength = first.bytes.count
    let isOpen = !Self.isFrame(bytes)
    while let line = try lines.next() {
      guard let start = line.bytes.first else { continue }
      var part = line.bytes[...]
      var separator: [UInt8] = []
      if bytes.last == UInt8(ascii: "="), !Self.isFrame(line.bytes), Self.isQuotedPrintable(bytes) {
        bytes.removeLast()
      } else if start == 0x20 || start == 0x09 {
        part = part.dropFirst()
        // Where whole files are indented, a property is no continuation.
        if !isOpen || Self.isFrame(Array(part.drop { $0 == 0x20 || $0 == 0x09 })) {
          ahead = line
          break
        }
      } else if !isOpen || Self.isProperty(part) {
        ahead = line
        break
      } else if lastLength < Self.shortestFold {
        separator = [0x0A]
      }
      lastLength = line.bytes.count
      let room = valueLimit - bytes.count
      isCut = isCut || line.isCut || room < part.count + separator.count
      bytes += (separator + part).prefix(max(0, room))
    }
    return ContentLine(
      bytes, at: first.offset, isLast: ahead == nil, isCut: isCut, hasWideCharacters: hasWideCharacters)
  }

  /// Shorter lines are not folded: behind one that goes on there is a line end in the value.
  private static let shortestFold = 60

  /// Whether a line starts as a property does, by its name.
  private static func isProperty(_ line: ArraySlice<UInt8>) -> Bool {
    if ContentLine.nameEnd(line) != nil { return true }
    // Mozilla's first calendar cut every line behind the name.
    guard line.count <= 40 else { return false }
    let word = String(decoding: line, as: UTF8.self)
    return bareNames.contains(word) || word.hasPrefix("X-MOZ")
  }

  private static let bareNames: Set<String> = [
    "VERSION", "PRODID", "METHOD", "UID", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "CLASS", "STATUS",
    "PRIORITY",
    "DTSTART", "DTEND", "DTSTAMP", "DUE", "COMPLETED", "CREATED", "LAST-MODIFIED", "RRULE", "EXDATE",
    "CATEGORIES",
    "ATTENDEE", "ORGANIZER", "ATTACH", "DURATION", "TRIGGER", "ACTION", "TRANSP", "SEQUENCE",
  ]

  /// Whether a line is a BEGIN or an END.
  private static func isFrame(_ line: [UInt8]) -> Bool {
    let start = line.prefix(6).map { $0 & 0xDF }
    return start.starts(with: "BEGIN".utf8) && line.dropFirst(5).first == UInt8(ascii: ":")
      || start.starts(with: "END".utf8) && line.dropFirst(3).first == UInt8(ascii: ":")
  }

  private static func isQuotedPrintable(_ line: [UInt8]) -> Bool {
    let word = Array("QUOTED-PRINTABLE".utf8)
    let head = line.prefix(512).map { $0 >= 0x61 && $0 <= 0x7A ? $0 & 0xDF : $0 }
    let end = head.firstIndex(of: UInt8(ascii: ":")) ?? head.endIndex
    guard end >= word.count else { return false }
    return (0...(end - word.count)).contains { head[$0..<($0 + word.count)].elementsEqual(word) }
  }
}
