internal import UntrailBytes
internal import UntrailModel

/// PNG: the chunks.
///
///     89 50 4E 47 0D 0A 1A 0A         signature
///     LL LL LL LL TT TT TT TT ...     chunk: length of the data, type, data, 4 bytes of CRC
///     eXIf                            a TIFF structure, without "Exif\0\0"
///
/// Source: W3C PNG specification (third edition), sections 5 and 11.3.4.
struct PNGReader: MetadataReader {
  var name: String { "PNG" }
  var mediaTypes: [String] { ["image/png", "image/apng", "image/vnd.mozilla.apng"] }
  var channels: String { "EXIF in eXIf chunks" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var offset = 8
    for _ in 0..<tools.limits.entries {
      guard offset + 8 <= source.count else {
        throw ParseError(.truncated, at: min(offset, source.count), "the picture ends before its IEND chunk")
      }
      let (length, type) = try source.withShortRun(at: offset, count: 8) { run throws(ParseError) in
        let head = UInt64(bigEndian: run.loadUnaligned(as: UInt64.self))
        return (Int(head >> 32), FourCC(UInt32(truncatingIfNeeded: head)))
      }
      switch type {
      case "eXIf":
        let block = ByteView(source, start: offset + 8, count: length)
        if block.count < length {
          result.damage("truncated", "the file ends inside an eXIf chunk", at: source.count)
        }
        tools.exif.decode(block, into: &result, with: tools)
      case "tEXt", "zTXt", "iTXt":
        result.notRead(
          "png-text-not-read", "text chunks are there; this version does not read them", at: offset)
      case "IDAT":
        offset = try Self.lastOfRun(source, at: offset, length: length)
      case "IEND":
        return
      default:
        break
      }
      offset += 12 + length
    }
    throw ParseError(.limit, at: offset, "more than \(tools.limits.entries) chunks")
  }

  /// Skips a run of IDAT chunks of one length, as encoders write them by the hundred, in a few reads: in
  /// strides that double while a chunk of the same length stands where it must, then halve.
  ///
  /// IDAT chunks stand together, so nothing can be between two of them.
  ///
  /// - Returns: the offset of the last chunk of the run.
  private static func lastOfRun(
    _ source: ByteSource, at start: Int, length: Int
  ) throws(ParseError) -> Int {
    let head = UInt64(length) << 32 | 0x4944_4154  // "IDAT"
    func isOfRun(_ offset: Int) throws(ParseError) -> Bool {
      guard offset + 8 <= source.count else { return false }
      return try source.withShortRun(at: offset, count: 8) { run throws(ParseError) in
        UInt64(bigEndian: run.loadUnaligned(as: UInt64.self)) == head
      }
    }
    var offset = start
    var stride = 12 + length
    while try isOfRun(offset + stride) {
      offset += stride
      stride *= 2
    }
    while stride > 12 + length {
      stride /= 2
      if try isOfRun(offset + stride) { offset += stride }
    }
    return offset
  }
}
