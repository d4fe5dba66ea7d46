internal import UntrailBytes
internal import UntrailModel

/// RW2, RWL and RAW of Panasonic and Leica: TIFF with a number of its own, and tags of its own below 0100.
///
///     "II" 55 00 | OO OO OO OO        as TIFF
///     IFD0: 002E JpgFromRaw           a whole JPEG file: its EXIF holds the maker note
///
/// Source: ExifTool's PanasonicRaw.pm.
struct RW2Reader: MetadataReader {
  var name: String { "Panasonic and Leica raw" }
  var mediaTypes: [String] { ["image/x-panasonic-rw2"] }
  var channels: String { "EXIF of the raw and of the JPEG inside it" }

  private static let jpgFromRaw: UInt16 = 0x002E

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let view = ByteView(source, start: 0, count: source.count)
    tools.exif.decode(view, into: &result, isWholeFile: true, with: tools)
    // Damage of the structure is said already.
    guard let header = try? TIFFHeader(view), let first = header.first else { return }
    var reader = ImageFileDirectoryReader(view, header.order, tools.limits)
    guard let picture = (try? reader.directory(at: first) { $0 == Self.jpgFromRaw })?.entries.first else {
      return
    }
    EmbeddedJPEG.read(
      source, at: picture.offset, count: picture.byteCount, "EXIF:JpgFromRaw", into: &result, tools)
  }
}
