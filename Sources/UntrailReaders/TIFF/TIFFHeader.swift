internal import UntrailBytes

/// The first bytes of a TIFF structure.
///
///     "II" | "MM"                     byte order
///     2A 00                           what it is
///     OO OO OO OO                     offset of the first directory, from the start of the structure
///
///     2B 00 08 00 00 00 OO ...        BigTIFF: what it is, bytes of an offset, 0, offset of eight bytes
///
/// Makers of cameras have numbers of their own in the place of 2A, of which this takes any.
///
/// Source: TIFF 6.0, section 2; BigTIFF (Aware Systems, 2005).
struct TIFFHeader {
  let order: ByteOrder
  /// 42 for TIFF.
  let magic: UInt16
  let layout: ImageFileDirectoryReader.Layout
  /// Bytes from the start of the structure to its first directory; nil where it has none.
  let first: Int?

  /// - Parameter view: starts at the byte order mark.
  /// - Throws: where there is no TIFF structure.
  init(_ view: ByteView) throws(ParseError) {
    let order: ByteOrder
    switch try view.u16(at: 0, .big) {
    case 0x4949: order = .little
    case 0x4D4D: order = .big
    default: throw ParseError(.malformed, at: view.start, "no byte order mark where a TIFF structure starts")
    }
    self.order = order
    magic = try view.u16(at: 2, order)
    layout = magic == 43 ? .big : .classic
    let offset: Int
    switch layout {
    case .classic: offset = Int(try view.u32(at: 4, order))
    case .big:
      guard try view.u16(at: 4, order) == 8 else {
        throw ParseError(
          .malformed, at: view.start + 4, "a BigTIFF structure whose offsets have not eight bytes")
      }
      offset = Int(clamping: try view.u64(at: 8, order))
    }
    first = offset == 0 ? nil : offset
  }
}
