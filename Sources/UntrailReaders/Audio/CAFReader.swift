internal import UntrailBytes
internal import UntrailModel

/// Core Audio Format: Apple's container of sound, also of voice messages.
///
///     "caff" 00 01 00 00
///     TTTT LLLLLLLL ...    type, length (-1: to the end), content; big-endian
///     "info"               NNNN, then name 0 value 0
///     "uuid"               16 bytes of a kind, then content: an XMP packet
///     "umid"               64 bytes: which recording it is
///
/// Source: Apple, Core Audio Format Specification 1.0 (2011); Adobe, XMP Specification Part 3 (2016).
struct CAFReader: MetadataReader {
  var name: String { "CAF" }
  var mediaTypes: [String] { ["audio/x-caf"] }
  var channels: String { "information strings, XMP, identifiers" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var offset = 8
    for _ in 0..<tools.limits.entries {
      guard offset < source.count else { return }
      guard offset + 12 <= source.count else {
        throw ParseError(.truncated, at: source.count, "the file ends inside the head of a chunk")
      }
      let (type, stated) = try source.withShortRun(at: offset, count: 12) { run throws(ParseError) in
        (
          FourCC(UInt32(bigEndian: run.loadUnaligned(as: UInt32.self))),
          UInt64(bigEndian: run.loadUnaligned(fromByteOffset: 4, as: UInt64.self))
        )
      }
      let rest = source.count - offset - 12
      let length = stated == .max ? rest : Int(clamping: stated)
      let body = ByteView(source, start: offset + 12, count: min(length, rest))
      try take(type, body, into: &result, tools)
      guard length <= rest else {
        throw ParseError(.truncated, at: source.count, "the file ends inside a chunk")
      }
      offset += 12 + length
    }
    throw ParseError(.limit, at: offset, "more than \(tools.limits.entries) chunks")
  }

  private func take(
    _ type: FourCC, _ body: ByteView, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    switch type {
    case "info": try strings(body, into: &result, tools.limits)
    case "uuid":
      guard body.count > 16 else { return }
      let content = body.dropping(16)
      if content.begins(with: "<?xpacket".utf8) || content.begins(with: "<x:xmpmeta".utf8) {
        EmbeddedBlocks.xmp(content, into: &result, tools)
      }
    case "umid":
      let bytes = try body.head(64)
      guard bytes.contains(where: { $0 != 0 }) else { return }
      let digits = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
      result.add(.documentID, .link(digits), "CAF:UMID", at: body.place(0))
    default: break
    }
  }

  private func strings(_ body: ByteView, into result: inout ReadResult, _ limits: Limits) throws(ParseError) {
    var facts = AudioFacts(limits)
    defer { facts.finish(into: &result) }
    var offset = 4
    for _ in 0..<min(Int(try body.u32(at: 0, .big)), limits.entries) {
      guard let nameEnd = try body.firstIndex(of: 0, from: offset, most: limits.text),
        let valueEnd = try body.firstIndex(of: 0, from: nameEnd + 1, most: limits.structure)
      else {
        throw ParseError(.truncated, at: body.start + body.count, "a chunk ends inside a text")
      }
      let name = String(
        decoding: try body.part(from: offset, count: nameEnd - offset).head(80), as: UTF8.self)
      let value = body.part(from: nameEnd + 1, count: valueEnd - nameEnd - 1)
      let text = AudioText.utf8(try value.head(limits.text + 1), limits)
      facts.take(
        text, as: AudioNames.meaning(of: name) ?? .text(.comment), "CAF:" + TagName.spelled(name),
        at: value.place(0), into: &result)
      offset = valueEnd + 1
    }
  }
}
