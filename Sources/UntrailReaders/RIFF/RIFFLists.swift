internal import UntrailBytes
internal import UntrailModel

/// The lists of RIFF files, and what stands in each.
///
///     hdrl    avih, strl, odml, IDIT, ISMP         AVI: what streams there are, and when it was recorded
///     strl    strh, strf, strn, strd               name of a stream; what makers have of their own
///     INFO    IART, ICRD, ISFT, ...
///     exif    ever, erel, etim, ecor, emdl, emnt, eucm
///     adtl    labl, note, ltxt                     texts at places of the sound
///     ncdt    nctg, ncth, ncvw                     Nikon
///     hydt, pntx  hymn, mknt                       Pentax
///
/// Source: Microsoft, AVI RIFF File Reference; CIPA DC-008, section 5; ExifTool's RIFF.pm.
struct RIFFLists {
  let order: ByteOrder

  func read(
    _ chunk: RIFFChunk, depth: Int, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    guard let (kind, content) = chunk.list else { return }
    switch kind {
    case "INFO", "INF0": try InfoList.decode(content, order, into: &result, tools.limits)
    case "exif": try RIFFExif.decode(content, order, into: &result, tools)
    case "hdrl", "strl", "odml", "adtl", "ncdt", "hydt", "pntx":
      guard depth < tools.limits.nesting else {
        throw ParseError(.limit, at: content.start, "lists too deep in each other")
      }
      var chunks = RIFFChunks(content, order, tools.limits)
      while let inner = try chunks.next() {
        if inner.type == "LIST" {
          try read(inner, depth: depth + 1, into: &result, tools)
        } else {
          try readPart(inner, into: &result, tools)
        }
      }
    default: break
    }
  }

  private func readPart(
    _ chunk: RIFFChunk, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    let body = chunk.body
    switch chunk.type {
    case "IDIT": try RIFFTime.add(body, "RIFF:DateTimeOriginal", into: &result, tools.limits)
    case "strn":
      guard let text = try BoundedText.printable(body, tools.limits) else { return }
      result.add(.label, .text(text), "RIFF:StreamName", at: body.place(0))
    case "strd": StreamData.decode(body, into: &result, tools)
    case "labl", "note":
      guard let text = try BoundedText.printable(body.dropping(4), tools.limits) else { return }
      let name = chunk.type == "labl" ? "RIFF:CuePointLabel" : "RIFF:CuePointNote"
      result.add(.label, .text(text), name, at: body.place(4))
    case "ltxt":
      guard body.count > 20, let text = try BoundedText.printable(body.dropping(20), tools.limits) else {
        return
      }
      result.add(.label, .text(text), "RIFF:LabeledText", at: body.place(20))
    case "nctg": NikonFilmTags.decode(body, into: &result, tools.limits)
    case "ncth": addPicture(body, .thumbnail, "Nikon:ThumbnailImage", into: &result)
    case "ncvw": addPicture(body, .preview, "Nikon:PreviewImage", into: &result)
    case "hymn", "mknt":
      let note = MakerNote(
        block: body, range: 0..<body.count, order: .big, make: "PENTAX", model: "", limits: tools.limits)
      _ = MakerNotes.decode(note, into: &result)
    case "JUNK": RIFFJunk.decode(body, order, into: &result, tools)
    default: break
    }
  }

  private func addPicture(_ body: ByteView, _ role: Role, _ field: String, into result: inout ReadResult) {
    guard body.count > 0 else { return }
    result.add(role, .hidden(HiddenContent(byteCount: body.count)), field, at: body.place(0))
  }
}
