internal import UntrailBytes
internal import UntrailModel

/// What camcorders write beside a film with the ending MOD: MOI.
///
///     "V6"   2 length (32 bits)   6 year (16)   8 month   9 day   10 hour   11 minute   12 milliseconds (16)
///     14 milliseconds of the film (32)   big-endian
///
/// Source: ExifTool's MOI.pm.
struct RecorderInformationReader: MetadataReader {
  var name: String { "MOI" }
  var mediaTypes: [String] { ["application/x-moi"] }
  var channels: String { "time of recording" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let milliseconds = Int(try source.u16(at: 12, .big))
    guard
      var time = MakerNoteTime.timestamp(
        Int(try source.u16(at: 6, .big)), Int(try source.u8(at: 8)), Int(try source.u8(at: 9)),
        Int(try source.u8(at: 10)), Int(try source.u8(at: 11)), milliseconds / 1000)
    else { return }
    time.subseconds = MakerNoteText.padded(milliseconds % 1000, digits: 3)
    result.add(.original, .timestamp(time), "MOI:DateTimeOriginal", at: 6)
  }
}
