internal import UntrailBytes
internal import UntrailModel

/// CR3 of Canon: a movie without motion.
///
///     ftyp "crx "
///     moov
///       uuid 85C0B687 820F11E0 8111F4CE 462B6A48
///         CMT1                        a TIFF structure whose first directory is IFD0
///         CMT2                        one whose first directory is the Exif directory
///         CMT3                        one whose first directory is the maker note
///         CMT4                        one whose first directory is the GPS directory
///         THMB                        16 bytes, size of the thumbnail in the third word; JPEG
///       mvhd, trak ...                times; the first track is the picture as JPEG in full size
///     uuid BE7ACFCB 97A942E8 9C719994 91E3AFAC      XMP
///     uuid EAF42B5E 1C984B88 B9FBB7DC 406E4D16      24 bytes, PRVW box: 16 bytes, size in the last word; JPEG
///     mdat
///
/// Source: L. Chevalier, "canon_cr3" (github.com/lclevy/canon_cr3); ExifTool's Canon.pm and QuickTime.pm.
struct CR3Reader: MetadataReader {
  var name: String { "Canon CR3" }
  var mediaTypes: [String] { ["image/x-canon-cr3"] }
  var channels: String { "EXIF, maker note, XMP, previews, times of the movie's headers" }

  static let canon: [UInt8] = [
    0x85, 0xC0, 0xB6, 0x87, 0x82, 0x0F, 0x11, 0xE0, 0x81, 0x11, 0xF4, 0xCE, 0x46, 0x2B, 0x6A, 0x48,
  ]
  private static let xmp: [UInt8] = [
    0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC,
  ]
  private static let preview: [UInt8] = [
    0xEA, 0xF4, 0x2B, 0x5E, 0x1C, 0x98, 0x4B, 0x88, 0xB9, 0xFB, 0xB7, 0xDC, 0x40, 0x6E, 0x4D, 0x16,
  ]

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var boxes = BoxWalker(ByteView(source, start: 0, count: source.count), tools.limits)
    while let box = try boxes.next() {
      if box.isCut { result.damage("truncated", "the file ends inside a box", at: source.count) }
      switch box.type {
      case "moov": try readMovie(box.body, into: &result, tools)
      case "uuid" where box.body.begins(with: Self.xmp):
        EmbeddedBlocks.xmp(box.body.dropping(16), into: &result, tools)
      case "uuid" where box.body.begins(with: Self.preview):
        readPicture(box.body, sizeAt: 0x2C, at: 0x30, .preview, "QuickTime:PreviewImage", into: &result)
      default: break
      }
    }
  }

  private func readMovie(
    _ movie: ByteView, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    var times = CR3Times()
    var boxes = BoxWalker(movie, tools.limits)
    var trackCount = 0
    while let box = try boxes.next() {
      do throws(ParseError) {
        switch box.type {
        case "uuid" where box.body.begins(with: Self.canon):
          try readCanon(box.body.dropping(16), into: &result, tools)
        case "mvhd": try times.observe(box.body, "QuickTime", "", into: &result)
        case "trak":
          trackCount += 1
          try CR3Track.read(box.body, number: trackCount, &times, into: &result, tools.limits)
        default: break
        }
      } catch {
        result.damage(error)
      }
    }
  }

  /// Canon's own box, which its films have as well.
  func readCanon(
    _ view: ByteView, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    var boxes = BoxWalker(view, tools.limits)
    while let box = try boxes.next() {
      switch box.type {
      case "CMT1": tools.exif.decode(box.body, into: &result, with: tools)
      case "CMT2": tools.exif.decode(box.body, into: &result, as: .exif, with: tools)
      case "CMT3": readMakerNote(box.body, into: &result, tools.limits)
      case "CMT4": tools.exif.decode(box.body, into: &result, as: .gps, with: tools)
      case "THMB":
        readPicture(box.body, sizeAt: 8, at: 16, .thumbnail, "Canon:ThumbnailImage", into: &result)
      default: break
      }
    }
  }

  private func readMakerNote(_ block: ByteView, into result: inout ReadResult, _ limits: Limits) {
    do throws(ParseError) {
      let header = try TIFFHeader(block)
      guard let start = header.first, start < block.count else { return }
      let note = MakerNote(
        block: block, range: start..<block.count, order: header.order, make: "Canon",
        model: model(of: result), limits: limits)
      guard !MakerNotes.decode(note, into: &result) else { return }
      result.notRead(
        "maker-note-not-read", "the camera maker's own notes are there; this version does not read them",
        at: block.start)
    } catch {
      result.damage(error)
    }
  }

  private func model(of result: ReadResult) -> String {
    let camera = result.observations.last { $0.kind == .device && $0.role == .camera }
    if case .device(let device) = camera?.fact { return device.model }
    return ""
  }

  private func readPicture(
    _ box: ByteView, sizeAt: Int, at offset: Int, _ role: Role, _ field: String,
    into result: inout ReadResult
  ) {
    guard let size = try? box.u32(at: sizeAt, .big), size > 0, offset < box.count else { return }
    result.add(role, .hidden(HiddenContent(byteCount: Int(size))), field, at: box.place(offset))
  }
}
