internal import UntrailBytes
internal import UntrailModel

/// Photoshop's image resources: in JPEG (APP13), TIFF (tag 8649), PSD and others: channels A12 and A15.
///
///     "8BIM" II II                    signature, id; other programs have signatures of their own
///     NN name... [00]                 name as a Pascal string, filled up to an even length
///     SS SS SS SS value... [00]       length of the value, value, filled up to an even length
///
/// Source: Adobe Photoshop File Formats Specification (2019), Image Resources Section; ids and meaning also as in
/// ExifTool's Photoshop.pm.
struct PhotoshopResources {
  private let view: ByteView
  private let tools: ReaderTools

  /// "8BIM", "PHUT", "DCSR", "AgHg", "MeSa", "8B64".
  private static let signatures: [FourCC] = ["8BIM", "PHUT", "DCSR", "AgHg", "MeSa", "8B64"]

  /// Adds what the resources say to `result`. Damage becomes diagnostics.
  static func decode(_ view: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    do throws(ParseError) {
      try PhotoshopResources(view: view, tools: tools).read(into: &result)
    } catch {
      result.damage(error)
    }
  }

  private func read(into result: inout ReadResult) throws(ParseError) {
    var offset = 0
    for _ in 0..<tools.limits.entries {
      guard view.count - offset >= 12 else { return }
      guard try isResource(at: offset) else {
        // Programs fill up with zeros.
        if try view.u32(at: offset, .big) == 0 { return }
        throw ParseError(.malformed, at: view.start + offset, "no Photoshop resource where one must stand")
      }
      let id = try view.u16(at: offset + 4, .big)
      let nameSize = (2 + Int(try view.u8(at: offset + 6))) & ~1
      let size = Int(try view.u32(at: offset + 6 + nameSize, .big))
      let start = offset + 10 + nameSize
      let value = ByteView(view.source, start: view.start + start, count: min(size, view.count - start))
      if value.count < size {
        result.damage("truncated", "a Photoshop resource ends behind its block", at: view.start + view.count)
      }
      do throws(ParseError) {
        try observe(id, value, into: &result)
      } catch {
        result.damage(error)
      }
      guard value.count == size else { return }
      offset = start + size
      // Some programs leave the filling out.
      if size % 2 == 1 {
        let isFilled = try isResource(at: offset + 1)
        let isNext = try isResource(at: offset)
        offset += isFilled || !isNext ? 1 : 0
      }
    }
    throw ParseError(.limit, at: view.start + offset, "more than \(tools.limits.entries) Photoshop resources")
  }

  private func isResource(at offset: Int) throws(ParseError) -> Bool {
    guard view.count - offset >= 4 else { return false }
    let signature = FourCC(try view.u32(at: offset, .big))
    return Self.signatures.contains(signature)
  }

  private func observe(_ id: UInt16, _ value: ByteView, into result: inout ReadResult) throws(ParseError) {
    guard value.count > 0 else { return }
    let limits = tools.limits
    switch id {
    case 0x0404: EmbeddedBlocks.iptc(value, into: &result, tools)
    case 0x0422, 0x0423: EmbeddedBlocks.exif(value, into: &result, tools)
    case 0x0424: EmbeddedBlocks.xmp(value, into: &result, tools)
    case 0x040F: EmbeddedBlocks.icc(value, into: &result, tools)
    case 0x0409: try observeThumbnail(value, "Photoshop:PhotoshopBGRThumbnail", into: &result)
    case 0x040C: try observeThumbnail(value, "Photoshop:PhotoshopThumbnail", into: &result)
    case 0x03F0:
      guard let text = try PhotoshopText.pascal(value) else { return }
      result.add(.description, .text(text), "Photoshop:PStringCaption", at: value.place(1))
    case 0x040B:
      guard let text = try PhotoshopText.bytes(value, limits) else { return }
      result.add(ContactText.role(of: text), .contact(text), "Photoshop:URL", at: value.place(0))
    case 0x041B:
      guard let text = try PhotoshopText.unicode(value, at: 0, limits)?.text else { return }
      result.add(ContactText.role(of: text), .contact(text), "Photoshop:WorkflowURL", at: value.place(4))
    case 0x041E: try observePages(value, into: &result)
    case 0x041A: try observeSlices(value, into: &result)
    case 0x0421: try observeVersion(value, into: &result)
    case 0x043E:
      guard let text = try PhotoshopText.unicode(value, at: 0, limits)?.text else { return }
      result.add(.path, .link(text), "Photoshop:AutoSaveFilePath", at: value.place(4))
    case 0x03EA, 0x043A, 0x043C, 0x043D: try PhotoshopPrinting.observe(id, value, into: &result, limits)
    default: break
    }
  }

  /// A small picture of the document as it was saved.
  ///
  ///     format 1 (JPEG) or 0, width, height, bytes of a row, bytes in all, bytes of the JPEG: 4 each; 4 more; picture
  private func observeThumbnail(
    _ value: ByteView, _ field: String, into result: inout ReadResult
  ) throws(ParseError) {
    let head = 28
    guard value.count > head else { return }
    let isJPEG = try value.u32(at: 0, .big) == 1
    let byteCount = Int(try value.u32(at: isJPEG ? 20 : 16, .big))
    guard byteCount > 0 else { return }
    result.add(
      .thumbnail, .hidden(HiddenContent(byteCount: min(byteCount, value.count - head))), field,
      at: value.place(head))
  }

  /// Pages that parts of the picture lead to.
  ///
  ///     count; for each 8 bytes, then the text
  private func observePages(_ value: ByteView, into result: inout ReadResult) throws(ParseError) {
    var offset = 4
    for _ in 0..<min(Int(try value.u32(at: 0, .big)), 64) {
      guard let page = try PhotoshopText.unicode(value, at: offset + 8, tools.limits) else { return }
      if let text = page.text {
        result.add(
          ContactText.role(of: text), .contact(text), "Photoshop:URL_List", at: value.place(offset + 12))
      }
      offset = page.end
    }
  }

  /// The parts of the picture for a page. Their common name is that of the document when it was saved: as a rule, of the
  /// file.
  ///
  ///     00 00 00 06, 16 bytes, then the text
  private func observeSlices(_ value: ByteView, into result: inout ReadResult) throws(ParseError) {
    guard try value.u32(at: 0, .big) == 6,
      let name = try PhotoshopText.unicode(value, at: 20, tools.limits)?.text
    else { return }
    result.add(.originalFileName, .link(name), "Photoshop:SlicesGroupName", at: value.place(24))
  }

  /// Which program wrote the file, and which one is to read it.
  ///
  ///     00 00 00 01, 1 byte, then two texts
  private func observeVersion(_ value: ByteView, into result: inout ReadResult) throws(ParseError) {
    guard let writer = try PhotoshopText.unicode(value, at: 5, tools.limits) else { return }
    if let text = writer.text {
      result.add(.processing, .software(text), "Photoshop:WriterName", at: value.place(9))
    }
    if let text = try PhotoshopText.unicode(value, at: writer.end, tools.limits)?.text, text != writer.text {
      result.add(.processing, .software(text), "Photoshop:ReaderName", at: value.place(writer.end + 4))
    }
  }
}
