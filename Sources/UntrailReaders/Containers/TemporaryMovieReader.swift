internal import UntrailBytes

/// Films, until their own reader is there.
struct TemporaryMovieReader: MetadataReader {
  var name: String { "MP4, QuickTime" }
  var mediaTypes: [String] { ["video/mp4", "video/quicktime", "video/3gpp"] }
  var channels: String { "places, times, device, telemetry" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    MovieDecoder.decode(ByteView(source, start: 0, count: source.count), into: &result, tools)
  }
}
