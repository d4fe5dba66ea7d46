internal import UntrailBytes
internal import UntrailModel

/// JPEG: the application segments before the first scan.
///
///     FF D8                           SOI
///     FF E1 LL LL "Exif" 00 00 ...    APP1 with a TIFF structure; LL LL counts itself
///     FF En LL LL ...                 other application segments
///     FF FE LL LL text                comment
///     FF DA                           SOS: coded picture data from here on
///
/// Source: ITU-T T.81, annex B; CIPA DC-008, section 4.5 (Exif in APP1).
struct JPEGReader: MetadataReader {
  var name: String { "JPEG" }
  var mediaTypes: [String] { ["image/jpeg", "image/pjpeg"] }
  var channels: String {
    "EXIF, XMP, IPTC, colour profiles, comments, previews, segments of camera makers, and what stands behind the picture"
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    try readSegments(source, at: 0, into: &result, with: tools)
  }

  /// Reads the segments of a picture that begins at a place of its file: camera raws hold one.
  func readSegments(
    _ source: ByteSource, at start: Int, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var segments = JPEGSegments()
    defer {
      segments.decode(into: &result, tools)
      if start == 0, let size = segments.size {
        LeftoverCheck(source: source, tools: tools, size: size).check(into: &result)
      }
    }
    var offset = start + 2
    while offset + 2 <= source.count {
      let head = try Self.segmentHead(source, at: offset)
      guard head.mark == 0xFF else {
        throw ParseError(.malformed, at: offset, "no segment marker where one must stand")
      }
      switch head.marker {
      case 0xFF:  // fill byte
        offset += 1
      case 0x01, 0xD0...0xD8:  // markers without a length
        offset += 2
      case 0xD9:  // end of image
        return
      case 0xDA:  // start of scan
        // Of a picture inside a raw, what follows is the raw.
        if start > 0 { return }
        return try JPEGTrailer.read(source, from: offset + 2 + head.length, into: &result, tools)
      default:
        guard head.length >= 2 else {
          throw ParseError(.malformed, at: offset + 2, "a segment length below 2")
        }
        if Self.frames.contains(head.marker) {
          let (width, height) = (Int(head.signature >> 24 & 0xFFFF), Int(head.signature >> 40 & 0xFFFF))
          if width > 0, height > 0 { segments.size = LeftoverCheck.PictureSize(width: width, height: height) }
        }
        if (0xE0...0xEF).contains(head.marker) || head.marker == 0xFE {
          readSegment(
            head, body: ByteView(source, start: offset + 4, count: head.length - 2), into: &result, &segments,
            tools)
        }
        offset += 2 + head.length
      }
    }
    throw ParseError(.truncated, at: min(offset, source.count), "the picture ends before its first scan")
  }

  /// The segments that say how wide and high the picture is.
  private static let frames: [UInt8] = [
    0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF,
  ]

  private struct SegmentHead {
    var mark: UInt8
    var marker: UInt8
    var length: Int
    /// The first bytes of the body, big-endian, zero where the file ends.
    var signature: UInt64
  }

  private static func segmentHead(_ source: ByteSource, at offset: Int) throws(ParseError) -> SegmentHead {
    let available = min(12, source.count - offset)
    return try source.withShortRun(at: offset, count: available) { run throws(ParseError) in
      var bytes: UInt64 = 0
      for index in 4..<12 { bytes = bytes << 8 | UInt64(index < run.count ? run[index] : 0) }
      return SegmentHead(
        mark: run[0], marker: run[1], length: run.count >= 4 ? Int(run[2]) << 8 | Int(run[3]) : 0,
        signature: bytes)
    }
  }

  private func readSegment(
    _ head: SegmentHead, body: ByteView, into result: inout ReadResult, _ segments: inout JPEGSegments,
    _ tools: ReaderTools
  ) {
    switch (head.marker, head.signature >> 16) {
    case (0xE1, 0x4578_6966_0000), (0xE1, 0x4578_6966_00FF):  // "Exif\0\0"
      if body.count < head.length - 2 {
        result.damage("truncated", "the file ends inside an Exif segment", at: body.start + body.count)
      }
      tools.exif.decode(body.dropping(6), into: &result, with: tools)
    case (0xE0, let start) where start >> 32 == 0x4949 || start >> 32 == 0x4D4D:  // "II", "MM": CIFF
      CIFFDecoder.decode(body, into: &result, tools.limits)
    case (0xE1, _) where segments.addXMP(body): break
    case (0xE2, let start) where start >> 16 == 0x4D50_4600:  // "MPF"
      MultiPictureFormat.decode(body, into: &result, tools)
    case (0xFE, _): JPEGExtras.comment(body, into: &result, tools.limits)
    case (0xE0, let start) where start >> 16 == 0x4A46_4946 || start >> 16 == 0x4A46_5858:  // "JFIF", "JFXX"
      JPEGExtras.thumbnail(body, into: &result)
    case (0xE2, let start) where start >> 16 == 0x4650_5852:  // "FPXR"
      JPEGExtras.flashPix(body, into: &result, tools.limits)
    case (0xE2, 0x4943_435F_5052): segments.icc.append(body.dropping(14))  // "ICC_PR", two bytes of numbering
    case (0xED, 0x5068_6F74_6F73): segments.photoshop.append(body.dropping(14))  // "Photos"
    case (0xED, 0x4164_6F62_655F) where body.begins(with: "Adobe_Photoshop2.5:".utf8):
      segments.photoshop.append(body.dropping(27))
    case (0xEB, let start) where start >> 32 == 0x4A50:  // "JP": JUMBF
      segments.addJUMBF(body)
    default:
      segments.camera.add(head.marker, body, into: &result, tools.limits)
    }
  }
}
