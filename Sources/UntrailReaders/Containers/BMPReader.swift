internal import UntrailBytes
internal import UntrailModel

/// BMP: the colour profile of the newest head, and what stands behind the picture.
///
///     "BM" SS SS SS SS 00 00 00 00 OO OO OO OO    size of the file, offset of the picture; little-endian
///     HH HH HH HH ...                             head, of HH bytes; from here on:
///       4: width, 8: height, 14: bits, 16: compression, 20: bytes of the picture
///       56: colour space: "MBED" or "LINK" as a number; 112: offset of the profile, 116: its bytes
///
/// "LINK" holds the path of a profile, in Windows-1252.
///
/// Source: Microsoft, BITMAPV5HEADER structure (wingdi.h).
struct BMPReader: MetadataReader {
  var name: String { "BMP" }
  var mediaTypes: [String] { ["image/bmp", "image/x-ms-bmp"] }
  var channels: String { "colour profile or the path of one, what stands behind the end" }

  private static let headStart = 14
  private static let linked: UInt32 = 0x4C49_4E4B
  private static let embedded: UInt32 = 0x4D42_4544

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let head = ByteView(source, start: Self.headStart, count: source.count - Self.headStart)
    let headLength = Int(try head.u32(at: 0, .little))
    var end = try pictureEnd(head, headLength: headLength, source)
    if headLength >= 124 {
      let space = try head.u32(at: 56, .little)
      let length = Int(try head.u32(at: 116, .little))
      if space == Self.linked || space == Self.embedded, length > 0 {
        let profile = head.dropping(Int(try head.u32(at: 112, .little))).prefix(length)
        if profile.count < length {
          result.damage("truncated", "the file ends inside a colour profile", at: source.count)
        }
        end = max(end, profile.start + profile.count)
        if space == Self.embedded {
          EmbeddedBlocks.icc(profile, into: &result, tools)
        } else if let path = try BoundedText.decode(profile, tools.limits) {
          result.add(.path, .link(path), "BMP:LinkedProfileName", at: profile.start)
        }
      }
    }
    if end > 0 { try TrailingData.note(source, behind: end, "BMP:Trailer", into: &result) }
  }

  /// Where the picture ends, by its head and by its own size; 0 where it does not say.
  private func pictureEnd(
    _ head: ByteView, headLength: Int, _ source: ByteSource
  ) throws(ParseError) -> Int {
    let stated = Int(try source.u32(at: 2, .little))
    let picture = Int(try source.u32(at: 10, .little))
    guard headLength >= 40 else { return 0 }
    let width = Int(Int32(bitPattern: try head.u32(at: 4, .little)).magnitude)
    let height = Int(Int32(bitPattern: try head.u32(at: 8, .little)).magnitude)
    let bits = Int(try head.u16(at: 14, .little))
    let compression = try head.u32(at: 16, .little)
    let size: Int
    if compression == 0 || compression == 3 || compression == 6 {
      // Rows are filled up to four bytes.
      let (bytes, overflow) = ((width * bits + 31) / 32 * 4).multipliedReportingOverflow(by: height)
      guard !overflow, bytes < source.count else { return max(stated, source.count) }
      size = bytes
    } else {
      size = Int(try head.u32(at: 20, .little))
      guard size > 0 else { return 0 }
    }
    return max(stated, picture + size)
  }
}
