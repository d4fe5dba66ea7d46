internal import UntrailBytes
internal import UntrailModel

/// HEIF and AVIF: the items of the file's `meta` box, and the boxes beside it.
///
///     ftyp ... | meta | mdat ... | others
///     meta: see ItemTable, ItemReferences and ItemProperties
///     Exif item: see ExifItem; mime item: XMP
///     uuid                            XMP, C2PA
///     mpvd                            the video of a motion photo
///     sefd                            Samsung's trailer
///     moov                            a sequence of pictures
///
/// Source: ISO/IEC 14496-12:2022, sections 8.11.1 to 8.11.6; ISO/IEC 23008-12:2022; Google, Motion Photo format 1.0.
struct HEIFReader: MetadataReader {
  var name: String { "HEIF, HEIC, AVIF" }
  var mediaTypes: [String] {
    [
      "image/heic", "image/heif", "image/avif", "image/heic-sequence", "image/heif-sequence",
      "image/avif-sequence",
    ]
  }
  var channels: String {
    "EXIF, XMP and C2PA items, colour profile, descriptions, other pictures inside, motion video, sequences"
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let hasItems = try readBoxes(source, into: &result, tools)
    if !hasItems { throw ParseError(.malformed, at: 0, "no meta box: nothing says what the file holds") }
  }

  /// Boxes that may be cut off; another that claims more than there is, is none.
  private static let boxes: [FourCC] = ["mdat", "free", "skip", "uuid", "moov", "mpvd", "sefd", "meta"]

  /// - Returns: whether something said what the file holds.
  private func readBoxes(
    _ source: ByteSource, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) -> Bool {
    var boxes = BoxWalker(ByteView(source, start: 0, count: source.count), tools.limits)
    var hasItems = false
    var isFirst = true
    while true {
      let box: BoxWalker.Box
      do throws(ParseError) {
        guard let next = try boxes.next() else { return hasItems }
        box = next
      } catch {
        // What follows is no box: something was put behind the file, unless the file is broken anyway.
        guard hasItems, error.code == .malformed, !result.hasDamage else { throw error }
        try TrailingData.note(source, behind: error.offset, "HEIF:Trailer", into: &result)
        return hasItems
      }
      if hasItems, !box.type.isPrintable || box.isCut && !Self.boxes.contains(box.type) {
        guard !result.hasDamage else { return hasItems }
        try TrailingData.note(source, behind: box.start, "HEIF:Trailer", into: &result)
        return hasItems
      }
      if box.isCut, box.type != "mdat", box.type != "meta" {
        result.damage("truncated", "the file ends inside a box", at: source.count)
      }
      switch box.type {
      case "ftyp" where !isFirst:
        // Another file, in the places that cameras put one: its video.
        let count = source.count - box.start
        result.add(
          .motionVideo, .hidden(HiddenContent(byteCount: count)), "HEIF:MotionPhotoVideo", at: box.start)
        MovieDecoder.decode(ByteView(source, start: box.start, count: count), into: &result, tools)
        return hasItems
      case "meta" where !hasItems:
        hasItems = true
        if box.isCut {
          result.damage("truncated", "the file ends inside the list of its items", at: source.count)
        }
        try readItems(box.body, source, into: &result, tools)
      case "moov":
        hasItems = true
        MovieDecoder.decode(box.whole, into: &result, tools)
      case "uuid": UUIDBox.decode(box.body, into: &result, tools)
      case "mpvd":
        result.add(
          .motionVideo, .hidden(HiddenContent(byteCount: box.body.count)), "HEIF:MotionPhotoVideo",
          at: box.body.start)
        MovieDecoder.decode(box.body, into: &result, tools)
      case "sefd":
        if try !SamsungTrailer.decode(box.body, into: &result, tools) {
          result.notRead(
            "samsung-trailer-not-read", "Samsung's own notes are there; this version does not read them",
            at: box.start)
        }
      default: break
      }
      isFirst = false
    }
  }

  private func readItems(
    _ body: ByteView, _ source: ByteSource, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    let meta = try ItemTable(fullBox: body, tools.limits)
    if meta.isCut {
      result.damage("truncated", "the file ends inside the list of its items", at: source.count)
    }
    for flaw in meta.flaws { result.damage(flaw) }
    meta.properties.observe(primary: meta.primary, into: &result, tools)
    if let name = meta.items.first(where: { $0.id == meta.primary })?.name, ItemName.isTelling(name) {
      result.add(.title, .text(name), "HEIF:ItemName", at: nil)
    }
    var decompressor = Decompressor(tools.limits)
    for item in meta.items {
      do throws(ParseError) {
        try readItem(item, of: meta, source, &decompressor, into: &result, tools)
      } catch {
        result.damage(error)
      }
    }
  }

  private func readItem(
    _ item: ItemTable.Item, of meta: ItemTable, _ source: ByteSource, _ decompressor: inout Decompressor,
    into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    switch item.use {
    case .picture(let role, let field):
      guard item.constructionMethod != 0 || item.extents.allSatisfy({ $0.lowerBound < source.count }) else {
        throw ParseError(.truncated, at: source.count, "the file ends before a picture in it does")
      }
      result.add(
        role, .hidden(HiddenContent(byteCount: item.byteCount)), field, at: meta.place(of: item))
    case .exif:
      guard let block = try bytes(of: item, meta, source, "an Exif item", into: &result) else { return }
      ExifItem.decode(block, into: &result, tools)
    case .mime(let type, let encoding):
      guard var block = try bytes(of: item, meta, source, "a mime item", into: &result) else { return }
      if encoding == "deflate" {
        let output = decompressor.decompress(block, .zlib)
        if let flaw = output.flaw { result.damage(flaw) }
        block = output.view
      }
      if type.isEmpty || type.holds("xml") {
        EmbeddedBlocks.xmp(block, into: &result, tools)
      } else {
        result.add(
          .embeddedFile, .hidden(HiddenContent(byteCount: block.count)), "HEIF:MimeItem",
          at: meta.place(of: item))
      }
    case .primary: break
    }
  }

  private func bytes(
    of item: ItemTable.Item, _ meta: ItemTable, _ source: ByteSource, _ what: String,
    into result: inout ReadResult
  ) throws(ParseError) -> ByteView? {
    guard item.constructionMethod != 0 || item.extents.allSatisfy({ $0.upperBound <= source.count }) else {
      throw ParseError(.truncated, at: source.count, "the file ends before \(what) does")
    }
    let block = try meta.data(of: item, in: source)
    if block == nil {
      result.damage("item-without-data", "\(what) says nowhere readable where its bytes are", at: meta.start)
    }
    return block
  }
}

/// Names that writers give all their pictures.
enum ItemName {
  static func isTelling(_ name: String) -> Bool {
    !common.contains(name.lowercased()) && BoundedText.isPrintable(name)
  }

  private static let common: Set<String> = [
    "", "image", "hevc image", "avif image", "color", "alpha", "grid", "primary", "main", "master",
    "thumbnail",
    "exif", "xmp", "picture", "hevc", "av1", "derived image", "coded image", "default",
  ]
}
