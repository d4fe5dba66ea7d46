internal import UntrailBytes
internal import UntrailModel

/// AIFF and AIFF-C: chunks with the high byte first.
///
///     "FORM" LLLL "AIFF" or "AIFC"
///     TTTT LLLL ...                    type, length, content, one zero where the length is odd
///     NAME AUTH "(c) " ANNO            texts in Mac OS Roman
///     COMT                             NN, then each: seconds since 1904, marker, length, text
///     "ID3 "                           an ID3 tag
///     APPL                             four letters of a program, then what it likes: "XMP ", "AFsp"
///
/// Source: Apple, Audio Interchange File Format AIFF-C (1991); Adobe, XMP Specification Part 3 (2016), section 1.1.4;
/// P. Kabal, AFsp: Audio File Information Records (2003).
struct AIFFReader: MetadataReader {
  var name: String { "AIFF" }
  var mediaTypes: [String] { ["audio/x-aiff", "audio/aiff"] }
  var channels: String { "texts, comments with their times, ID3, XMP, user and computer in AFsp records" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let claimed = 8 + Int(try source.u32(at: 4, .big))
    // Some programs count the zero behind the last chunk and do not write it.
    if claimed > source.count + 1 {
      result.damage("truncated", "the file is shorter than its head says", at: source.count)
    }
    var offset = 12
    var facts = AudioFacts(tools.limits)
    defer { facts.finish(into: &result) }
    for _ in 0..<tools.limits.entries {
      if offset >= claimed {
        return try TrailingData.note(source, behind: offset, "AIFF:Trailer", into: &result)
      }
      guard offset + 8 <= source.count else {
        if offset < source.count {
          result.damage("truncated", "the file ends inside the head of a chunk", at: source.count)
        }
        return
      }
      let (type, length) = try source.withShortRun(at: offset, count: 8) { run throws(ParseError) in
        (
          FourCC(UInt32(bigEndian: run.loadUnaligned(as: UInt32.self))),
          Int(UInt32(bigEndian: run.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
        )
      }
      let body = ByteView(source, start: offset + 8, count: length)
      if body.count < length {
        result.damage("truncated", "the file ends inside a chunk", at: source.count)
      }
      try take(type, body, &facts, into: &result, tools)
      offset += 8 + length + length % 2
    }
    throw ParseError(.limit, at: offset, "more than \(tools.limits.entries) chunks")
  }

  private func take(
    _ type: FourCC, _ body: ByteView, _ facts: inout AudioFacts, into result: inout ReadResult,
    _ tools: ReaderTools
  ) throws(ParseError) {
    switch type {
    case "NAME": try text(body, .text(.title), "AIFF:Name", &facts, into: &result, tools)
    case "AUTH": try text(body, .person(.author), "AIFF:Author", &facts, into: &result, tools)
    case "(c) ": try text(body, .person(.copyright), "AIFF:Copyright", &facts, into: &result, tools)
    case "ANNO": try text(body, .text(.comment), "AIFF:Annotation", &facts, into: &result, tools)
    case "COMT": try comments(body, &facts, into: &result, tools)
    case "ID3 ", "id3 ": ID3.decode(body, into: &result, tools)
    case "APPL":
      guard body.count > 4 else { return }
      let program = FourCC(try body.u32(at: 0, .big))
      if program == "XMP " {
        EmbeddedBlocks.xmp(body.dropping(4), into: &result, tools)
      } else if program == "AFsp" {
        try AFspRecords.decode(body, "AIFF:ApplicationData", &facts, into: &result, tools.limits)
      }
    default: break
    }
  }

  private func text(
    _ body: ByteView, _ meaning: AudioMeaning, _ field: String, _ facts: inout AudioFacts,
    into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    let bytes = try body.head(tools.limits.text + 1)
    if bytes.starts(with: "AFsp".utf8) {
      return try AFspRecords.decode(body, field, &facts, into: &result, tools.limits)
    }
    facts.take(AudioText.macRoman(bytes, tools.limits), as: meaning, field, at: body.place(0), into: &result)
  }

  private func comments(
    _ body: ByteView, _ facts: inout AudioFacts, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    var offset = 2
    for _ in 0..<(try body.u16(at: 0, .big)) {
      let seconds = Int64(try body.u32(at: offset, .big)) - Self.epoch
      if seconds > 0 {
        facts.add(
          .created, .timestamp(Timestamp(civilSeconds: seconds)), "AIFF:CommentTime", at: body.place(offset),
          into: &result)
      }
      let length = Int(try body.u16(at: offset + 6, .big))
      try text(
        body.part(from: offset + 8, count: length), .text(.comment), "AIFF:Comment", &facts, into: &result,
        tools)
      offset += 8 + length + length % 2
    }
  }

  /// Seconds from 1904 to 1970.
  private static let epoch: Int64 = 2_082_844_800
}
