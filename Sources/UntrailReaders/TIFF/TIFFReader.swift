internal import UntrailBytes
internal import UntrailModel

/// TIFF, BigTIFF, and camera raws that are TIFF: the whole file is the structure that EXIF uses for its block.
///
/// libmagic calls nearly all of the raws image/tiff: DNG, NEF, NRW, ARW, SR2, SRF, PEF, SRW, 3FR, ERF, KDC, DCR, MEF,
/// MOS, IIQ. Olympus has "RO" or "RS" in the place of 42, and "CR" stands behind the head of a CR2.
///
/// Source: TIFF 6.0 (Adobe, 1992), section 2; Adobe, DNG specification 1.7.
struct TIFFReader: MetadataReader {
  var name: String { "TIFF and raws built on it" }
  var mediaTypes: [String] {
    ["image/tiff", "image/x-canon-cr2", "image/x-olympus-orf", "image/x-adobe-dng", "image/x-nikon-nef"]
  }
  var channels: String {
    "EXIF in every page and in the directories below it, BigTIFF too; in camera raws also previews and what DNG says "
      + "of the original; places of GeoTIFF in degrees"
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    tools.exif.decode(
      ByteView(source, start: 0, count: source.count), into: &result, isWholeFile: true, with: tools)
    if source.count > 12, try source.u16(at: 8, .big) == 0x4352 {  // "CR": CR2
      try CanonOptionalData.read(source, into: &result, tools)
    }
  }
}
