internal import UntrailBytes
internal import UntrailModel

/// Films and sound in ISO base media: MP4, QuickTime, 3GPP, M4A and their kin. See `MovieDecoder`.
struct MovieReader: MetadataReader {
  var name: String { "MP4, QuickTime, 3GPP, M4A" }
  var mediaTypes: [String] {
    [
      "video/mp4", "video/quicktime", "video/3gpp", "video/3gpp2", "audio/mp4", "audio/x-m4a", "video/x-m4v",
      "video/vnd.dvb.file", "image/x-quicktime",
    ]
  }
  var channels: String {
    "places, times, devices, serial numbers, people and links of udta, meta and tracks; EXIF, XMP and C2PA boxes; "
      + "leftovers and trailers"
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let movie = ByteView(source, start: 0, count: source.count)
    try MovieDecoder.decodeFile(movie, into: &result, tools)
    Telemetry.read(film: movie, into: &result, tools)
  }
}
