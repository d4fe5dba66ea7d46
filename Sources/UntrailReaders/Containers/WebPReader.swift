internal import UntrailBytes
internal import UntrailModel

/// WebP: the chunks of a RIFF file.
///
///     "RIFF" LL LL LL LL "WEBP"       little-endian length of all that follows
///     TT TT TT TT LL LL LL LL ...     chunk: type, length of the data, data, one zero where the length is odd
///     "EXIF"                          a TIFF structure; some writers put "Exif\0\0" before it
///
/// Source: RFC 9649, section 2.
struct WebPReader: MetadataReader {
  var name: String { "WebP" }
  var mediaTypes: [String] { ["image/webp"] }
  var channels: String { "EXIF chunk" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    guard source.count >= 12 else {
      throw ParseError(.truncated, at: source.count, "the file ends inside its head")
    }
    let claimed = 8 + Int(try source.u32(at: 4, .little))
    if claimed > source.count {
      result.damage("truncated", "the file is shorter than its head says", at: source.count)
    }
    var offset = 12
    for _ in 0..<tools.limits.entries {
      if offset == source.count { return }
      guard offset + 8 <= source.count else {
        throw ParseError(.truncated, at: min(offset, source.count), "the file ends inside a chunk")
      }
      let (type, length) = try source.withShortRun(at: offset, count: 8) { run throws(ParseError) in
        let type = FourCC(UInt32(bigEndian: run.loadUnaligned(as: UInt32.self)))
        return (type, Int(UInt32(littleEndian: run.loadUnaligned(fromByteOffset: 4, as: UInt32.self))))
      }
      switch type {
      case "EXIF":
        let block = ByteView(source, start: offset + 8, count: length)
        if block.count < length {
          result.damage("truncated", "the file ends inside an EXIF chunk", at: source.count)
        }
        tools.exif.decode(block, into: &result, with: tools)
      case "XMP ":
        EmbeddedBlocks.xmp(ByteView(source, start: offset + 8, count: length), into: &result, tools)
      case "C2PA":
        EmbeddedBlocks.jumbf(ByteView(source, start: offset + 8, count: length), into: &result, tools)
      case "ICCP":
        EmbeddedBlocks.icc(ByteView(source, start: offset + 8, count: length), into: &result, tools)
      default:
        break
      }
      offset += 8 + length + length % 2
    }
    throw ParseError(.limit, at: offset, "more than \(tools.limits.entries) chunks")
  }
}
