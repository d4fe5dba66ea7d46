internal import UntrailBytes
internal import UntrailModel

/// FLAC: "fLaC", metadata blocks, the sound; some programs put ID3 in front or behind.
///
/// Source: RFC 9639.
struct FLACReader: MetadataReader {
  var name: String { "FLAC" }
  var mediaTypes: [String] { ["audio/flac", "audio/x-flac"] }
  var channels: String { "Vorbis comments, pictures, cue sheet, ID3" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let start = try AudioTags.read(source, into: &result, tools)
    let sound = ByteView(source, start: start, count: source.count - start)
    guard sound.begins(with: "fLaC".utf8) else {
      throw ParseError(.malformed, at: start, "no FLAC behind the tags")
    }
    try FLACBlocks.read(sound.dropping(4), into: &result, tools)
  }
}
