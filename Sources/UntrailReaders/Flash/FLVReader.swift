internal import UntrailBytes
internal import UntrailModel

/// FLV: the scripts among its first tags.
///
///     "FLV" version flags LL LL LL LL     length of the head, big-endian
///     00 00 00 00                         length of the tag before
///     TT LL LL LL time(4) stream(3) ...   tag: 8 sound, 9 film, 18 script (12 hexadecimal)
///
/// Source: Adobe, Flash Video File Format Specification 10.1, annex E.
struct FLVReader: MetadataReader {
  var name: String { "Flash video" }
  var mediaTypes: [String] { ["video/x-flv"] }
  var channels: String { "times, software, people, XMP" }

  /// Tags that are looked at: scripts stand before the film.
  private static let tagLimit = 64

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var offset = Int(try source.u32(at: 5, .big))
    guard offset >= 9 else { throw ParseError(.malformed, at: 5, "a head shorter than itself") }
    for _ in 0..<Self.tagLimit where source.count - offset >= 15 {
      let word = try source.withShortRun(at: offset + 4, count: 4) { run throws(ParseError) in
        UInt32(bigEndian: run.loadUnaligned(as: UInt32.self))
      }
      let length = Int(word & 0xFF_FFFF)
      guard length <= source.count - offset - 15 else {
        throw ParseError(.truncated, at: source.count, "the file ends inside a tag")
      }
      if word >> 24 & 0x1F == 18 {
        FlashScript.decode(ByteView(source, start: offset + 15, count: length), into: &result, tools)
      }
      offset += 15 + length
    }
  }
}
