internal import UntrailBytes
internal import UntrailModel

/// Small things in JPEG segments.
enum JPEGExtras {
  /// A COM segment.
  static func comment(_ body: ByteView, into result: inout ReadResult, _ limits: Limits) {
    // Some programs keep bytes of their own in it.
    guard let text = try? BoundedText.printable(body, limits) else { return }
    result.add(.comment, .text(text), "JPEG:Comment", at: body.place(0))
  }

  /// The thumbnail of an APP0 segment.
  ///
  ///     "JFIF" 00 VV VV UU XX XX YY YY WW HH ...    WW times HH points of 3 bytes
  ///     "JFXX" 00 10 ...                            a JPEG file
  ///     "JFXX" 00 11 WW HH ..., 13 WW HH ...        points of 1 byte, of 3 bytes
  ///
  /// Source: ITU-T T.871, section 10.
  static func thumbnail(_ body: ByteView, into result: inout ReadResult) {
    func add(_ count: Int, _ field: String, _ offset: Int) {
      guard count > 0, offset < body.count else { return }
      result.add(.thumbnail, .hidden(HiddenContent(byteCount: count)), field, at: body.place(offset))
    }
    func area(_ offset: Int) -> Int {
      guard let width = try? body.u8(at: offset), let height = try? body.u8(at: offset + 1) else { return 0 }
      return Int(width) * Int(height)
    }
    guard let start = try? body.u32(at: 0, .big), let mark = try? body.u8(at: 4), mark == 0 else { return }
    if start == 0x4A46_4946 { return add(3 * area(12), "JFIF:ThumbnailTIFF", 14) }
    switch try? body.u8(at: 5) {
    case 0x10: add(body.count - 6, "JFXX:ThumbnailImage", 6)
    case 0x11: add(area(6), "JFXX:ThumbnailPalette", 8)
    case 0x13: add(3 * area(6), "JFXX:ThumbnailTIFF", 8)
    default: break
    }
  }

  /// The list of what FlashPix segments hold: large previews, and sound.
  ///
  ///     "FPXR" 00 VV 01 NN NN                       version, list, number of entries; per entry:
  ///       SS SS SS SS DD name 00 00                 bytes, default, UTF-16 little-endian
  ///       FF FF FF FF DD name 00 00 + 16            a folder, with its class
  ///
  /// Source: CIPA DC-008, section 4.7.4 and annex F.
  static func flashPix(_ body: ByteView, into result: inout ReadResult, _ limits: Limits) {
    guard let kind = try? body.u8(at: 6), kind == 1, let count = try? body.u16(at: 7, .big) else { return }
    var offset = 9
    for _ in 0..<count {
      guard let size = try? body.u32(at: offset, .big) else { return }
      var name = ""
      offset += 5
      while let unit = try? body.u16(at: offset, .little), unit != 0 {
        offset += 2
        if name.utf8.count < 256 { name += String(decoding: [unit], as: UTF16.self) }
      }
      offset += 2
      if size == .max {
        offset += 16
      } else if name.holds("Screen Nail") || name.holds("ScreenNail") || name.holds("Image Contents") {
        result.add(
          .preview, .hidden(HiddenContent(byteCount: Int(size))), "FlashPix:PreviewImage", at: body.place(0))
      } else if name.holds("Audio") {
        result.add(
          .embeddedFile, .hidden(HiddenContent(byteCount: Int(size))), "FlashPix:AudioStream",
          at: body.place(0))
      }
    }
  }
}
