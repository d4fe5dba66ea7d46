internal import UntrailBytes
internal import UntrailModel

/// JPEG XL: the boxes around a codestream; a bare codestream holds no metadata.
///
///     FF 0A ...                           bare codestream
///     0000000C "JXL " 0D0A870A | ftyp | boxes
///     "Exif": 4 bytes: how far behind them the TIFF structure starts; then it
///     "xml ", "jumb"                      XMP, JUMBF
///     "brob": type of a box, its body compressed with Brotli
///     "jbrd"                              what it takes to make the JPEG again from which it was made
///
/// Source: ISO/IEC 18181-2:2024, sections 9.2 to 9.11.
struct JXLReader: MetadataReader {
  var name: String { "JPEG XL" }
  var mediaTypes: [String] { ["image/jxl"] }
  var channels: String { "EXIF, XMP and C2PA boxes, compressed ones too" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let whole = ByteView(source, start: 0, count: source.count)
    if whole.begins(with: [0xFF, 0x0A]) { return }
    var boxes = BoxWalker(whole, tools.limits)
    var decompressor = Decompressor(tools.limits)
    var hasPicture = false
    while let box = try boxes.next() {
      hasPicture = hasPicture || box.type == "jxlc" || box.type == "jxlp"
      if box.isCut { result.damage("truncated", "the file ends inside a box", at: source.count) }
      switch box.type {
      case "brob":
        guard box.body.count > 4 else { continue }
        let type = FourCC(try box.body.u32(at: 0, .big))
        guard Self.isWanted(type) else { continue }
        var output = decompressor.decompress(box.body.dropping(4), .brotli)
        if let flaw = output.flaw { result.damage(flaw) }
        if type == "jumb" { output.bytes = Self.head(output.bytes.count) + output.bytes }
        let count = result.diagnostics.count
        decode(type, output.view, into: &result, tools)
        result.forgetPlaces(from: count)
      case "jumb":
        decode(box.type, box.whole, into: &result, tools)
      default:
        decode(box.type, box.body, into: &result, tools)
      }
    }
    if !hasPicture { throw ParseError(.truncated, at: source.count, "the file ends before its picture") }
  }

  /// The head of a JUMBF box, which a compressed one is without.
  private static func head(_ count: Int) -> [UInt8] {
    stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: (count + 8) >> $0) }
      + Array("jumb".utf8)
  }

  private static func isWanted(_ type: FourCC) -> Bool { type == "Exif" || type == "xml " || type == "jumb" }

  private func decode(
    _ type: FourCC, _ body: ByteView, into result: inout ReadResult, _ tools: ReaderTools
  ) {
    switch type {
    case "Exif": ExifItem.decode(body, into: &result, tools)
    case "xml ": XMLBox.decode(body, into: &result, tools)
    case "jumb": EmbeddedBlocks.jumbf(body, into: &result, tools)
    case "uuid": UUIDBox.decode(body, into: &result, tools)
    case "jbrd":
      result.notRead(
        "jpeg-rest-not-read",
        "the rest of the JPEG file that this was made from is there; this version does not read it",
        at: body.start)
    default: break
    }
  }
}

/// EXIF as boxes and items hold it.
///
///     NN NN NN NN ... TIFF structure      how many bytes stand before it
///
/// Source: ISO/IEC 23008-12:2022, annex A.2.1.
enum ExifItem {
  static func decode(_ block: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    // What some cleaners leave behind.
    guard block.count > 0 else { return }
    do throws(ParseError) {
      let skip = 4 + Int(try block.u32(at: 0, .big))
      guard skip <= block.count else {
        throw ParseError(.malformed, at: block.start, "an Exif item starts behind its own end")
      }
      tools.exif.decode(block.dropping(skip), into: &result, with: tools)
    } catch {
      result.damage(error)
    }
  }
}
