internal import UntrailBytes
internal import UntrailModel

/// HEIF and AVIF: the items of the file's `meta` box.
///
///     ftyp ... | meta | mdat ...
///     meta: version and flags, then boxes
///       iinf: one infe per item: item id, item type ("Exif", "mime", "hvc1" ...)
///       iloc: per item: construction method, base offset, extents (offset, length)
///       idat: data of items with construction method 1
///     Exif item: 4 bytes: how far behind them the TIFF structure starts; then it
///
/// Source: ISO/IEC 14496-12:2022, sections 8.11.1 to 8.11.6; ISO/IEC 23008-12:2022, annex A.2.1.
struct HEIFReader: MetadataReader {
  var name: String { "HEIF, HEIC, AVIF" }
  var mediaTypes: [String] {
    ["image/heic", "image/heif", "image/avif", "image/heic-sequence", "image/heif-sequence"]
  }
  var channels: String { "EXIF items" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var boxes = BoxWalker(ByteView(source, start: 0, count: source.count), tools.limits)
    var next = try boxes.next()
    while let other = next, other.type != "meta" {
      if other.type == "uuid" { EmbeddedBlocks.bmffUUID(other.body, into: &result, tools) }
      next = try boxes.next()
    }
    guard let box = next else {
      throw ParseError(.malformed, at: 0, "no meta box: nothing says what the file holds")
    }
    let meta = try ItemTable(fullBox: box.body, tools.limits)
    if box.isCut || meta.isCut {
      result.damage("truncated", "the file ends inside the list of its items", at: source.count)
    }
    for item in meta.items {
      switch item.type {
      case "Exif":
        try decodeExif(item, of: meta, source, into: &result, tools)
      case "mime":
        if let packet = try meta.data(of: item, in: source) {
          EmbeddedBlocks.xmp(packet, into: &result, tools)
        }
      default:
        break
      }
    }
  }

  private func decodeExif(
    _ item: ItemTable.Item, of meta: ItemTable, _ source: ByteSource, into result: inout ReadResult,
    _ tools: ReaderTools
  ) throws(ParseError) {
    guard item.extents.allSatisfy({ $0.upperBound <= source.count }) else {
      throw ParseError(.truncated, at: source.count, "the file ends before an Exif item does")
    }
    guard let block = try meta.data(of: item, in: source) else {
      result.damage(
        "item-without-data", "an Exif item says nowhere readable where its bytes are", at: meta.start)
      return
    }
    let skip = 4 + Int(try block.u32(at: 0, .big))
    guard skip <= block.count else {
      throw ParseError(.malformed, at: block.start, "an Exif item starts behind its own end")
    }
    tools.exif.decode(
      ByteView(block.source, start: block.start + skip, count: block.count - skip), into: &result, with: tools
    )
  }
}
