internal import UntrailBytes
internal import UntrailModel

/// APE tags: of Monkey's Audio, Musepack, WavPack; some programs add them to MP3.
///
///     "APETAGEX" VVVV SSSS NNNN FFFF + 8 zeros    version (1000, 2000), size of items and foot, items, flags; little-endian
///     item: SSSS FFFF key 0 value                 size of the value, flags; key in ASCII
///     head (flag 80000000, version 2), items, foot
///
/// Flags 00000006 of an item: 0 UTF-8, with zeros between values; 1 bytes; 2 a link. Version 1 has ISO 8859-1. The
/// bytes of a picture stand behind its file name and a zero.
///
/// Source: Hydrogenaudio, APEv2 specification, APE tags header, APE tag item.
enum APETag {
  static let headSize = 32

  /// Where the tag with this head or foot lies.
  struct Extent {
    var start: Int
    var size: Int
    var items: ByteView
  }

  /// The tag whose head or foot stands at a place; nil where none does.
  static func extent(_ source: ByteSource, at offset: Int) -> Extent? {
    guard offset >= 0, offset + headSize <= source.count,
      let head = try? source.bytes(at: offset, count: headSize), head.starts(with: "APETAGEX".utf8)
    else { return nil }
    let size = Int(number(head, 12))
    let flags = number(head, 20)
    guard size >= headSize else { return nil }
    if flags & 0x2000_0000 != 0 {
      let items = ByteView(source, start: offset + headSize, count: size - headSize)
      return Extent(start: offset, size: size + headSize, items: items)
    }
    let start = offset + headSize - size
    guard start >= 0 else { return nil }
    let hasHead = flags & 0x8000_0000 != 0 && start >= headSize
    let items = ByteView(source, start: start, count: size - headSize)
    return Extent(
      start: hasHead ? start - headSize : start, size: size + (hasHead ? headSize : 0), items: items)
  }

  private static func number(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
    bytes[offset..<(offset + 4)].reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  static func decode(_ items: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    var facts = AudioFacts(tools.limits)
    defer { facts.finish(into: &result) }
    do throws(ParseError) {
      var offset = 0
      for _ in 0..<tools.limits.entries {
        guard offset + 9 <= items.count else { return }
        let size = Int(try items.u32(at: offset, .little))
        let flags = try items.u32(at: offset + 4, .little)
        let key = items.part(from: offset + 8, count: 256)
        guard let end = try key.firstIndex(of: 0, from: 0, most: 256) else {
          throw ParseError(.malformed, at: items.start + offset, "no item where one must start in an APE tag")
        }
        let name = String(decoding: try key.head(end), as: UTF8.self)
        let start = offset + 9 + end
        guard size <= items.count - start else {
          throw ParseError(.truncated, at: items.start + items.count, "an APE tag ends inside an item")
        }
        try take(
          name, items.part(from: start, count: size), kind: flags >> 1 & 3, &facts, into: &result, tools)
        offset = start + size
      }
      throw ParseError(
        .limit, at: items.start + offset, "more than \(tools.limits.entries) items in an APE tag")
    } catch {
      result.damage(error)
    }
  }

  private static func take(
    _ name: String, _ value: ByteView, kind: UInt32, _ facts: inout AudioFacts, into result: inout ReadResult,
    _ tools: ReaderTools
  ) throws(ParseError) {
    let field = "APE:" + TagName.spelled(name)
    guard kind != 1 else {
      guard name.lowercased().hasPrefix("cover art") else { return }
      let end = try value.firstIndex(of: 0, from: 0, most: tools.limits.text) ?? -1
      if end > 0, let file = try BoundedText.decode(value.prefix(end), tools.limits) {
        facts.take(file, as: .link(.originalFileName), field, at: value.place(0), into: &result)
      }
      return tools.examinePart(named: field, value.dropping(end + 1), into: &result)
    }
    let bytes = try value.head(tools.limits.text + 1)
    for part in bytes.split(separator: 0) {
      guard let text = BoundedText.decode(part, tools.limits) else { continue }
      let meaning = AudioNames.meaning(of: name) ?? (kind == 2 ? .url : .text(.comment))
      facts.take(text, as: meaning, field, at: value.place(part.startIndex), into: &result)
    }
  }
}
