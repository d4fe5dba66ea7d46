internal import UntrailBytes
internal import UntrailModel

/// What Canon's Digital Photo Professional puts at the end of a raw.
///
///     "CANON OPTIONAL DATA" 00 ...    head of 28 bytes
///     TT TT TT TT LL LL LL LL ...     block: kind (FFFF00F6: XMP), bytes, data; big-endian
///     "CANON OPTIONAL DATA" 00        foot of 64 bytes
///     LL LL LL LL ...                 bytes of all blocks
///
/// Source: ExifTool's CanonVRD.pm.
enum CanonOptionalData {
  private static let head = 28
  private static let foot = 64
  /// There are four kinds.
  private static let blockLimit = 16

  /// Adds the XMP packet where there is one. A file that ends otherwise says nothing.
  static func read(
    _ source: ByteSource, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    let end = source.count - foot
    guard end > head, ByteView(source, start: end, count: foot).begins(with: "CANON OPTIONAL DATA\0".utf8)
    else { return }
    let length = Int(try source.u32(at: end + 20, .big))
    guard length <= end - head else {
      throw ParseError(.malformed, at: end + 20, "Canon's optional data is longer than the file")
    }
    var offset = end - length
    for _ in 0..<blockLimit where offset + 8 <= end {
      let count = Int(try source.u32(at: offset + 4, .big))
      if try source.u32(at: offset, .big) == 0xFFFF_00F6 {
        EmbeddedBlocks.xmp(
          ByteView(source, start: offset + 8, count: min(count, end - offset - 8)), into: &result, tools)
      }
      offset += 8 + count
    }
  }
}
