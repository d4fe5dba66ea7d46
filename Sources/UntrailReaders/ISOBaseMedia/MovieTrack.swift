internal import UntrailBytes
internal import UntrailModel

/// One track of a film.
///
///     trak
///       tkhd                            times
///       mdia
///         mdhd                          times
///         hdlr                          version, flags, class, kind ("vide", "soun" ...), 12 bytes, name of the writer
///         minf | stbl | stsd            version, flags, number of entries; each entry:
///           SS SS SS SS FF FF FF FF     size, format
///           ... NAME                    at byte 50 of a picture's: the compressor, up to 31 letters behind their number
///       udta, meta, uuid
///
/// Source: ISO/IEC 14496-12:2022, sections 8.3, 8.4 and 8.5; Apple, QuickTime File Format, Video Sample Description.
enum MovieTrack {
  static func read(_ body: ByteView, _ session: MovieSession) {
    var kind: FourCC = "    "
    readBoxes(body, &kind, session)
  }

  private static func readBoxes(_ body: ByteView, _ kind: inout FourCC, _ session: MovieSession) {
    for box in session.boxes(of: body) {
      do throws(ParseError) {
        switch box.type {
        case "tkhd": try session.addTimes(box.body, "Track")
        case "mdhd": try session.addTimes(box.body, "Media")
        case "hdlr":
          let stated = FourCC(try box.body.u32(at: 8, .big))
          if stated != "alis", stated != "url " { kind = stated }
          try readWriter(box.body, session)
        case "mdia", "minf", "stbl":
          var inner = kind
          session.nested(box.body) { readBoxes(box.body, &inner, session) }
          kind = inner
        case "stsd" where kind == "vide": try readCompressor(box.body, session)
        case "udta": UserData.read(box.body, session)
        case "meta": try MetaBox.read(box.body, session)
        case "uuid": try MovieUUID.read(box.body, session)
        default: break
        }
      } catch {
        session.result.damage(error)
      }
    }
  }

  private static func readWriter(_ body: ByteView, _ session: MovieSession) throws(ParseError) {
    guard body.count > 24, let text = try counted(body.dropping(24), longest: 96) else { return }
    add(text, "QuickTime:HandlerDescription", at: body.place(24), session)
  }

  private static func readCompressor(_ body: ByteView, _ session: MovieSession) throws(ParseError) {
    let entry = body.dropping(8)
    guard entry.count >= 82, let text = try counted(entry.dropping(50), longest: 32) else { return }
    add(text, "QuickTime:CompressorName", at: entry.place(50), session)
  }

  /// A text behind the number of its bytes, or up to a zero.
  private static func counted(_ view: ByteView, longest: Int) throws(ParseError) -> String? {
    let view = view.prefix(longest)
    let text = try view.withBytes(at: 0, count: view.count) { run throws(ParseError) -> String? in
      guard let first = run.first else { return nil }
      let length = Int(first)
      let end = run.firstIndex(of: 0) ?? run.count
      // No text begins with a number this small; a longer one must count what is there.
      let isCounted = length < 0x20 && length < run.count || length + 1 == end
      return ExifText.ascii((isCounted ? run[1..<min(length + 1, run.count)] : run[..<end]))
    }
    return text.flatMap(MakerNoteText.readable)
  }

  private static func add(_ text: String, _ field: String, at offset: Int?, _ session: MovieSession) {
    if text.lowercased().hasPrefix("gopro") || text.lowercased().hasPrefix("\tgopro") {
      session.makers.insert("gopro")
    }
    guard isTelling(text), session.writers.insert(field).inserted else { return }
    session.add(.generator, .software(text), field, at: offset)
  }

  /// Whether a text says more than that there are pictures or sounds.
  private static func isTelling(_ text: String) -> Bool {
    let words = text.lowercased().split { !$0.isLetter }
    return words.contains { $0.count > 2 && !common.contains($0) }
  }

  private static let common: Set<Substring> = [
    "video", "audio", "sound", "media", "handler", "data", "alias", "url", "core", "apple", "time", "code",
    "text", "metadata", "meta", "timed", "iso", "mpeg", "mpegvideo", "file", "visual", "stream", "track",
    "videohandler", "soundhandler", "datahandler", "subtitlehandler", "subtitle", "hint", "hevc", "avc",
    "coding", "hvc", "handle", "videohandle", "soundhandle", "timedmetadata", "metadatahandler", "animation",
    "photo", "jpeg", "cinepak", "none", "the", "timecode", "timecodehandler", "main", "encoder", "codec",
    "mp4", "quicktime", "high", "efficiency", "prores", "closed", "caption", "und", "eng", "mainhandler",
  ]
}
