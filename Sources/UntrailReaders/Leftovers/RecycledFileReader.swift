internal import UntrailBytes
internal import UntrailModel

/// $I files of Windows' recycle bin: what a deleted file was, and when it was deleted. Its content is in the $R file
/// of the same name.
///
///     VV * 8 SS * 8 TT * 8            version, bytes in the file, when it was deleted; little-endian
///     version 1: name, 520 bytes      UTF-16
///     version 2: NN NN NN NN name     units of UTF-16
///
/// Source: libyal, "Windows Recycle.Bin file formats" (dtformats).
struct RecycledFileReader: MetadataReader {
  var name: String { "Windows recycle bin" }
  var mediaTypes: [String] { ["application/x-windows-recycled"] }
  var channels: String { "path of a deleted file, when it was deleted" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let version = try source.u64(at: 0, .little)
    let size = try source.u64(at: 8, .little)
    result.add(
      .deleted, .hidden(HiddenContent(byteCount: size < 1 << 60 ? Int(size) : nil)), "RecycleBin:FileSize",
      at: 8)
    if let timestamp = WindowsTime.timestamp(try source.u64(at: 16, .little)) {
      result.add(.deleted, .timestamp(timestamp), "RecycleBin:DeletionTime", at: 16)
    }
    let start = version == 1 ? 24 : 28
    let length = version == 1 ? 520 : 2 * Int(try source.u32(at: 24, .little))
    let path = ByteView(source, start: start, count: min(length, tools.limits.text))
    if path.count < min(length, tools.limits.text) {
      result.damage("truncated", "the file ends inside a path", at: source.count)
    }
    let bytes = try source.bytes(at: start, count: path.count)
    if let text = ExifText.utf16(bytes, isLittleEndian: true) {
      result.add(.path, .link(text), "RecycleBin:Path", at: start)
    }
  }
}
