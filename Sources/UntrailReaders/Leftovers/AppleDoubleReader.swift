internal import UntrailBytes
internal import UntrailModel

/// AppleDouble and AppleSingle: what a file has on a Mac beside its content, where the file system has no place for it.
///
///     00 05 16 07 (AppleSingle: 00) 00 02 00 00, 16 bytes, NN NN     number of entries; big-endian
///     II II II II OO OO OO OO LL LL LL LL                            entry: what it is, offset, bytes
///       1: content, 3: name, 4: comment, 8: times, 9: Finder's, with attributes behind its 32 bytes
///
///     00 00 "ATTR" TT TT TT TT SS SS SS SS DD DD DD DD LL LL LL LL 00 * 12 FF FF NN NN     attributes, by number
///     OO OO OO OO LL LL LL LL FF FF CC name                          one: its value, flags, bytes of its name; filled
///                                                                    up to four bytes
///
/// Times are seconds since 2000-01-01, four bytes with sign: created, changed, saved, read.
///
/// Source: Apple, AppleSingle/AppleDouble Formats (1990); RFC 1740; Apple, vfs_xattr.c (XNU, published source).
struct AppleDoubleReader: MetadataReader {
  var name: String { "AppleDouble" }
  var mediaTypes: [String] { ["application/applefile"] }
  var channels: String { "where a file was loaded from and with what, comments, tags, times" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let count = Int(try source.u16(at: 24, .big))
    for index in 0..<min(count, tools.limits.entries) {
      let entry = 26 + 12 * index
      let id = try source.u32(at: entry, .big)
      let offset = Int(try source.u32(at: entry + 4, .big))
      let length = Int(try source.u32(at: entry + 8, .big))
      let value = ByteView(source, start: offset, count: length)
      if value.count < length, id != 2 {
        result.damage("truncated", "the file ends inside an entry", at: source.count)
      }
      switch id {
      case 1: try readContent(value, into: &result, tools)
      case 3:
        try addText(value, "AppleDouble:RealName", into: &result, tools) { (.originalFileName, .link($0)) }
      case 4: try addText(value, "AppleDouble:Comment", into: &result, tools) { (.comment, .text($0)) }
      case 8: try readTimes(value, into: &result)
      case 9: try readAttributes(source, behind: offset, into: &result, tools)
      default: break
      }
    }
  }

  private func addText(
    _ value: ByteView, _ field: String, into result: inout ReadResult, _ tools: ReaderTools,
    _ fact: (String) -> (Role, Observation.Fact)
  ) throws(ParseError) {
    guard let text = try BoundedText.printable(value, tools.limits) else { return }
    let (role, fact) = fact(text)
    result.add(role, fact, field, at: value.start)
  }

  private func readContent(
    _ value: ByteView, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    guard value.count > 0, value.count <= tools.limits.structure else { return }
    tools.examineMember(
      named: "content", try value.source.bytes(at: value.start, count: value.count), into: &result)
  }

  private func readTimes(_ value: ByteView, into result: inout ReadResult) throws(ParseError) {
    let fields: [(Role, String)] = [
      (.created, "AppleDouble:CreationDate"), (.modified, "AppleDouble:ModificationDate"),
      (.backup, "AppleDouble:BackupDate"), (.lastUsed, "AppleDouble:AccessDate"),
    ]
    for (index, (role, field)) in fields.enumerated() {
      let seconds = Int32(bitPattern: try value.u32(at: 4 * index, .big))
      // The least number stands for no time.
      guard seconds != .min, seconds != 0 else { continue }
      let timestamp = Timestamp(civilSeconds: Int64(seconds) + 946_684_800, utcOffsetMinutes: 0)
      result.add(role, .timestamp(timestamp), field, at: value.start + 4 * index)
    }
  }

  private func readAttributes(
    _ source: ByteSource, behind finder: Int, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    // Two bytes of nothing follow what belongs to Finder.
    let head = finder + 34
    guard head + 36 <= source.count, try source.u32(at: head, .big) == 0x4154_5452 else { return }  // "ATTR"
    let count = Int(try source.u16(at: head + 34, .big))
    var entry = head + 36
    for _ in 0..<count {
      let offset = Int(try source.u32(at: entry, .big))
      let length = Int(try source.u32(at: entry + 4, .big))
      let nameLength = Int(try source.u8(at: entry + 10))
      let name = try source.bytes(at: entry + 11, count: nameLength)
      entry = (entry + 11 + nameLength + 3) & ~3
      let text = String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
      guard FileAttribute.isKnown(text), length > 0, length <= tools.limits.structure else { continue }
      guard offset <= source.count, length <= source.count - offset else {
        result.damage("truncated", "the file ends inside an attribute", at: source.count)
        continue
      }
      FileAttribute.observe(
        text, try source.bytes(at: offset, count: length), at: offset, into: &result, tools.limits)
    }
  }
}
