internal import UntrailBytes
internal import UntrailModel

/// TIFF: the whole file is the structure that EXIF uses for its block. Camera raws built on TIFF
/// are read as far as their first directories are EXIF.
///
/// Source: TIFF 6.0 (Adobe, 1992), section 2.
struct TIFFReader: MetadataReader {
  var name: String { "TIFF and raws built on it" }
  var mediaTypes: [String] {
    ["image/tiff", "image/x-panasonic-rw2", "image/x-canon-cr2", "image/x-olympus-orf"]
  }
  var channels: String {
    "EXIF in every page; in camera raws that are built on TIFF, the EXIF of the raw itself"
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    tools.exif.decode(
      ByteView(source, start: 0, count: source.count), into: &result, isWholeFile: true, with: tools)
  }
}
