internal import UntrailBytes
internal import UntrailModel

/// MPEG program streams and MPEG-1 and -2 films: MPG, VOB, MOD of camcorders.
///
///     00 00 01 BA   head of a pack
///     00 00 01 B3   sequence of pictures
///     00 00 01 B2   bytes of whoever made it: programs write their names there
///
/// Cameras put day and place into a file beside it, not here.
///
/// Source: ISO/IEC 13818-1, section 2.5; ISO/IEC 13818-2, section 6.2.2.2.
struct ProgramStreamReader: MetadataReader {
  var name: String { "MPEG film" }
  var mediaTypes: [String] { ["video/mpeg", "video/mpv", "video/x-mpeg"] }
  var channels: String { "texts of programs" }

  /// Bytes of the beginning that are read.
  private static let look = 256 << 10

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let bytes = try source.bytes(at: 0, count: min(source.count, Self.look))
    var index = 0
    var facts = FactSet(limit: 16)
    while let start = Self.start(in: bytes, from: index) {
      index = start + 4
      guard bytes[start + 3] == 0xB2 else { continue }
      let end = Self.start(in: bytes, from: index) ?? bytes.count
      let text = BoundedText.decode(bytes[index..<end], tools.limits).flatMap(MakerNoteText.readable)
      // Subtitles and the like begin with letters too, and go on in bytes.
      if let text, text.utf8.count >= 8 {
        facts.add(.comment, .text(text), "MPEG:UserData", at: index, into: &result)
      }
    }
  }

  /// Where the next 00 00 01 with a byte behind it stands.
  private static func start(in bytes: [UInt8], from index: Int) -> Int? {
    var index = index
    while index + 4 <= bytes.count {
      if bytes[index + 2] > 1 {
        index += 3
      } else if bytes[index] == 0, bytes[index + 1] == 0, bytes[index + 2] == 1 {
        return index
      } else {
        index += 1
      }
    }
    return nil
  }
}
