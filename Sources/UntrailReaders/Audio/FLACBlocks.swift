internal import UntrailBytes
internal import UntrailModel

/// The metadata of FLAC, in its own files and in Ogg.
///
///     TT LL LL LL ...    80: the last; type: 0 stream, 1 padding, 2 application, 3 seek table, 4 Vorbis comments,
///                        5 cue sheet, 6 picture; length, big-endian
///
/// Source: RFC 9639, section 8.
enum FLACBlocks {
  /// Reads the blocks behind "fLaC".
  static func read(_ view: ByteView, into result: inout ReadResult, _ tools: ReaderTools) throws(ParseError) {
    var offset = 0
    for _ in 0..<tools.limits.entries {
      let head = try view.source.withShortRun(at: view.start + offset, count: 4) {
        run throws(ParseError) in UInt32(bigEndian: run.loadUnaligned(as: UInt32.self))
      }
      let length = Int(head & 0xFF_FFFF)
      let body = view.part(from: offset + 4, count: length)
      decode(UInt8(head >> 24 & 0x7F), body, into: &result, tools)
      guard body.count == length else {
        throw ParseError(.truncated, at: view.start + view.count, "the file ends inside a metadata block")
      }
      if head >> 31 == 1 { return }
      offset += 4 + length
    }
    throw ParseError(.limit, at: view.start + offset, "more than \(tools.limits.entries) metadata blocks")
  }

  static func decode(_ type: UInt8, _ body: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    do throws(ParseError) {
      switch type {
      case 2: try application(body, into: &result)
      case 4: VorbisComments.decode(body, into: &result, tools)
      case 5: try cueSheet(body, into: &result, tools.limits)
      case 6:
        var facts = AudioFacts(tools.limits)
        try FLACPicture.decode(body, "FLAC:Picture", &facts, into: &result, tools)
      default: break
      }
    } catch {
      result.damage(error)
    }
  }

  /// Whatever a program likes, behind four letters. "riff", "aiff" and "w64 " are what else the recording held before.
  private static func application(_ body: ByteView, into result: inout ReadResult) throws(ParseError) {
    guard body.count > 8 else { return }
    let id = FourCC(try body.u32(at: 0, .big))
    let inner = FourCC(try body.u32(at: 4, .big))
    let isSound = inner == "RIFF" || inner == "fmt " || inner == "data" || inner == "fact" || inner == "FORM"
    if !(isSound && (id == "riff" || id == "aiff")) {
      result.notRead("flac-application", "a program's own block in FLAC", at: body.start)
    }
  }

  /// The number of the disc, then tracks with the number of each recording.
  ///
  /// Source: RFC 9639, section 8.7.
  private static func cueSheet(
    _ body: ByteView, into result: inout ReadResult, _ limits: Limits
  ) throws(ParseError) {
    var facts = AudioFacts(limits)
    if let number = try BoundedText.decode(body.prefix(128), limits) {
      facts.take(
        number, as: .link(.documentID), "FLAC:MediaCatalogNumber", at: body.place(0), into: &result)
    }
    var offset = 396
    for _ in 0..<(try body.u8(at: 395)) {
      if let number = try BoundedText.decode(body.part(from: offset + 9, count: 12), limits) {
        facts.take(number, as: .link(.documentID), "FLAC:ISRC", at: body.place(offset + 9), into: &result)
      }
      offset += 36 + 12 * Int(try body.u8(at: offset + 35))
    }
  }
}
