internal import UntrailBytes
internal import UntrailModel

/// RAF of Fujifilm: a head, a JPEG file with the EXIF data, the raw data.
///
///     00  "FUJIFILMCCD-RAW "          signature
///     10  4 digits, 8 digits          format version, camera number
///     1C  32 bytes                    name of the camera
///     3C  4 digits                    version of the directory, mostly that of the firmware
///     54  OO OO OO OO LL LL LL LL     offset and length of the JPEG, big-endian
///
/// Source: ExifTool's FujiFilm.pm; LibRaw's identify code for the head.
struct RAFReader: MetadataReader {
  var name: String { "Fujifilm RAF" }
  var mediaTypes: [String] { ["image/x-fuji-raf"] }
  var channels: String { "EXIF of the JPEG inside it; name of the camera" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let start = Int(try source.u32(at: 0x54, .big))
    let count = Int(try source.u32(at: 0x58, .big))
    EmbeddedJPEG.read(source, at: start, count: count, "RAF:PreviewImage", into: &result, tools)
    // The head repeats what the picture says, where it says it.
    guard !result.observations.contains(where: { $0.kind == .device && $0.role == .camera }) else { return }
    if let model = try text(source, at: 0x1C, count: 32) {
      result.add(.camera, .device(Device(make: "FUJIFILM", model: model)), "RAF:Model", at: 0x1C)
    }
    if let version = try text(source, at: 0x3C, count: 4) {
      result.add(.firmware, .software(version), "RAF:RAFVersion", at: 0x3C)
    }
  }

  private func text(_ source: ByteSource, at offset: Int, count: Int) throws(ParseError) -> String? {
    try source.withBytes(at: offset, count: count) { run throws(ParseError) in
      ExifText.ascii(run.bindMemory(to: UInt8.self))
    }
  }
}
