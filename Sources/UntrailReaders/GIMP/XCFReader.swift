internal import UntrailBytes
internal import UntrailModel

/// XCF, GIMP's own format: what is attached to the picture.
///
///     "gimp xcf " "file" | "v001" ... 00, width, height, kind (4 bytes each; from v004 on one more), properties
///     property: TT TT TT TT LL LL LL LL ...     0: the last; 21: parasites
///     parasite: NN NN NN NN name 00, flags (4 bytes), LL LL LL LL ...
///       gimp-comment, exif-data, icc-profile, gimp-image-metadata (see GIMPMetadata),
///       gimp-metadata ("GIMP_XMP_1" and a packet)
///
/// Source: GIMP, devel-docs/xcf.txt; devel-docs/parasites.txt.
struct XCFReader: MetadataReader {
  var name: String { "XCF (GIMP)" }
  var mediaTypes: [String] { ["image/x-xcf"] }
  var channels: String { "comment, EXIF, XMP, IPTC and colour profile of the picture" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let view = ByteView(source, start: 0, count: source.count)
    let version = try view.withBytes(at: 9, count: 4) { run throws(ParseError) in
      run.dropFirst().reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }
    // "file" is version 0.
    var offset = view.begins(with: "gimp xcf v".utf8) && version >= 4 ? 30 : 26
    for _ in 0..<tools.limits.entries {
      let type = try view.u32(at: offset, .big)
      let length = Int(try view.u32(at: offset + 4, .big))
      if type == 0 { return }
      if type == 21 { try readParasites(view.dropping(offset + 8).prefix(length), into: &result, tools) }
      offset += 8 + length
    }
    throw ParseError(.limit, at: view.start + offset, "more than \(tools.limits.entries) properties")
  }

  private func readParasites(
    _ view: ByteView, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    var offset = 0
    while offset < view.count {
      let nameLength = Int(try view.u32(at: offset, .big))
      guard nameLength > 0, nameLength <= 256 else {
        throw ParseError(.malformed, at: view.start + offset, "an attachment without a proper name")
      }
      let name = try view.withBytes(at: offset + 4, count: nameLength) { run throws(ParseError) in
        ExifText.ascii(run) ?? ""
      }
      let length = Int(try view.u32(at: offset + 4 + nameLength + 4, .big))
      let data = view.dropping(offset + 12 + nameLength).prefix(length)
      if data.count < length {
        result.damage("truncated", "the file ends inside an attachment", at: view.start + view.count)
      }
      try readParasite(name, data, into: &result, tools)
      offset += 12 + nameLength + length
    }
  }

  private func readParasite(
    _ name: String, _ data: ByteView, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    switch name {
    case "gimp-comment":
      guard let text = try BoundedText.printable(data, tools.limits) else { return }
      result.add(.comment, .text(text), "GIMP:Comment", at: data.place(0))
    case "exif-data", "jpeg-exif-data": tools.exif.decode(data, into: &result, with: tools)
    case "icc-profile": EmbeddedBlocks.icc(data, into: &result, tools)
    case "iptc-data", "gimp-iptc-data": EmbeddedBlocks.iptc(data, into: &result, tools)
    case "gimp-metadata" where data.begins(with: "GIMP_XMP_1".utf8):
      EmbeddedBlocks.xmp(data.dropping(10), into: &result, tools)
    case "gimp-image-metadata": try GIMPMetadata.decode(data, into: &result, tools)
    default: break
    }
  }
}
