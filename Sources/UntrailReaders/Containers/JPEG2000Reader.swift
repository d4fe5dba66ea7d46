internal import UntrailBytes
internal import UntrailModel

/// JPEG 2000: the boxes of a file, and the comments of a codestream.
///
///     0000000C "jP  " 0D0A870A | ftyp | jp2h | boxes | jp2c
///     jp2h: colr: 02, precedence, approximation, ICC profile
///     asoc: boxes that belong together; "lbl ": a name
///     uinf: "url ": version and flags, address
///     jp2c, or the whole file: FF 4F, then segments FF XX LL LL ... up to FF 90
///       FF 64 LL LL KK KK text       comment; KK KK: 0 binary, 1 Latin-1
///
/// Source: ISO/IEC 15444-1:2019, annexes A and I; 15444-2, annex M.
struct JPEG2000Reader: MetadataReader {
  var name: String { "JPEG 2000" }
  var mediaTypes: [String] {
    ["image/jp2", "image/jpx", "image/jpm", "image/x-jp2-codestream", "image/jpc", "video/mj2"]
  }
  var channels: String { "EXIF, XMP, IPTC, colour profile, comments of the codestream" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let whole = ByteView(source, start: 0, count: source.count)
    if whole.begins(with: [0xFF, 0x4F]) { return try readCodestream(whole, into: &result, tools) }
    var boxesLeft = tools.limits.entries
    let hasPicture = try readBoxes(whole, depth: 0, &boxesLeft, into: &result, tools)
    if !hasPicture { throw ParseError(.truncated, at: source.count, "the file ends before its picture") }
  }

  /// What holds pictures: a codestream, a list of its pieces, the pieces.
  private static let pictures: [FourCC] = ["jp2c", "ftbl", "mdat"]

  /// - Returns: whether a picture was among them.
  @discardableResult
  private func readBoxes(
    _ view: ByteView, depth: Int, _ boxesLeft: inout Int, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) -> Bool {
    guard depth < tools.limits.nesting else {
      throw ParseError(.limit, at: view.start, "boxes more than \(tools.limits.nesting) deep")
    }
    var boxes = BoxWalker(view, tools.limits)
    var hasPicture = false
    while let box = try boxes.next() {
      guard boxesLeft > 0 else {
        throw ParseError(.limit, at: box.start, "more than \(tools.limits.entries) boxes")
      }
      boxesLeft -= 1
      hasPicture = hasPicture || Self.pictures.contains(box.type)
      if box.isCut {
        result.damage("truncated", "the file ends inside a box", at: box.body.start + box.body.count)
      }
      switch box.type {
      case "jp2h", "asoc", "uinf":
        try readBoxes(box.body, depth: depth + 1, &boxesLeft, into: &result, tools)
      case "colr":
        // Methods 2 and 3 are profiles; the others are numbers of well-known spaces.
        if let method = try? box.body.u8(at: 0), method == 2 || method == 3 {
          EmbeddedBlocks.icc(box.body.dropping(3), into: &result, tools)
        }
      case "xml ": XMLBox.decode(box.body, into: &result, tools)
      case "uuid": UUIDBox.decode(box.body, into: &result, tools)
      case "jumb": EmbeddedBlocks.jumbf(box.whole, into: &result, tools)
      case "lbl ": try add(.label, box.body, "Jpeg2000:Label", into: &result, tools) { .text($0) }
      case "url ": try add(.url, box.body.dropping(4), "Jpeg2000:URL", into: &result, tools) { .contact($0) }
      case "jp2c": try readCodestream(box.body, into: &result, tools)
      default: break
      }
    }
    return hasPicture
  }

  private func add(
    _ role: Role, _ block: ByteView, _ field: String, into result: inout ReadResult, _ tools: ReaderTools,
    _ fact: (String) -> Observation.Fact
  ) throws(ParseError) {
    guard let text = try BoundedText.printable(block, tools.limits) else { return }
    result.add(role, fact(text), field, at: block.place(0))
  }

  /// The main header of a codestream.
  private func readCodestream(
    _ view: ByteView, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    var offset = 2
    for _ in 0..<tools.limits.entries {
      let marker = try view.u16(at: offset, .big)
      // Start of a tile, end of the codestream
      if marker == 0xFF90 || marker == 0xFFD9 { return }
      guard marker >= 0xFF00 else {
        throw ParseError(.malformed, at: view.start + offset, "no segment marker where one must stand")
      }
      let length = Int(try view.u16(at: offset + 2, .big))
      guard length >= 2 else {
        throw ParseError(.malformed, at: view.start + offset + 2, "a segment length below 2")
      }
      if marker == 0xFF64, length > 4, try view.u16(at: offset + 4, .big) == 1 {
        let text = view.dropping(offset + 6).prefix(length - 4)
        try add(.comment, text, "Jpeg2000:Comment", into: &result, tools) { .text($0) }
      }
      offset += 2 + length
    }
    throw ParseError(.limit, at: view.start + offset, "more than \(tools.limits.entries) segments")
  }
}
