internal import UntrailBytes
internal import UntrailModel

/// WebP: the chunks of a RIFF file.
///
///     "RIFF" LL LL LL LL "WEBP"       little-endian length of all that follows
///     TT TT TT TT LL LL LL LL ...     chunk: type, length of the data, data, one zero where the length is odd
///     "EXIF"                          a TIFF structure; some writers put "Exif\0\0" before it
///     "XMP ", "ICCP", "C2PA"          XMP, colour profile, JUMBF
///
/// Writers that add a chunk may leave the length in the head as it was: chunks go on behind it.
///
/// Source: RFC 9649, section 2; C2PA specification, section A.3.
struct WebPReader: MetadataReader {
  var name: String { "WebP" }
  var mediaTypes: [String] { ["image/webp"] }
  var channels: String { "EXIF, XMP, colour profile, C2PA, what stands behind the end" }

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
      let isBehind = offset >= claimed
      if isBehind, offset + 8 > source.count {
        return try TrailingData.note(source, behind: offset, "RIFF:Trailer", into: &result)
      }
      guard offset + 8 <= source.count else {
        throw ParseError(.truncated, at: min(offset, source.count), "the file ends inside a chunk")
      }
      let (type, length) = try source.withShortRun(at: offset, count: 8) { run throws(ParseError) in
        let type = FourCC(UInt32(bigEndian: run.loadUnaligned(as: UInt32.self)))
        return (type, Int(UInt32(littleEndian: run.loadUnaligned(fromByteOffset: 4, as: UInt32.self))))
      }
      if isBehind, !Self.chunks.contains(type) {
        return try TrailingData.note(source, behind: offset, "RIFF:Trailer", into: &result)
      }
      readChunk(type, ByteView(source, start: offset + 8, count: length), length, into: &result, tools)
      offset += 8 + length + length % 2
    }
    throw ParseError(.limit, at: offset, "more than \(tools.limits.entries) chunks")
  }

  private static let chunks: [FourCC] = [
    "VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP", "EXIF", "XMP ", "C2PA",
  ]

  private func readChunk(
    _ type: FourCC, _ chunk: ByteView, _ length: Int, into result: inout ReadResult, _ tools: ReaderTools
  ) {
    switch type {
    case "EXIF":
      if chunk.count < length {
        result.damage("truncated", "the file ends inside an EXIF chunk", at: chunk.source.count)
      }
      tools.exif.decode(chunk, into: &result, with: tools)
    case "XMP ": EmbeddedBlocks.xmp(chunk, into: &result, tools)
    case "ICCP": EmbeddedBlocks.icc(chunk, into: &result, tools)
    case "C2PA": EmbeddedBlocks.jumbf(chunk, into: &result, tools)
    default: break
    }
  }
}
