internal import UntrailBytes
internal import UntrailModel

/// Vorbis comments: the tags of Ogg and FLAC.
///
///     LLLL vendor                    the program; little-endian
///     NNNN                           number of comments
///     LLLL NAME=text                 each, in UTF-8
///
/// Source: Xiph.Org, Ogg Vorbis I format specification: comment field and header specification; Xiph.Org wiki,
/// VorbisComment (METADATA_BLOCK_PICTURE).
enum VorbisComments {
  static func decode(_ view: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    var facts = AudioFacts(tools.limits)
    defer { facts.finish(into: &result) }
    do throws(ParseError) {
      let vendor = try block(view, at: 0)
      if let text = try BoundedText.decode(vendor, tools.limits) {
        facts.take(text, as: .software, "Vorbis:Vendor", at: vendor.place(0), into: &result)
      }
      var offset = 4 + vendor.count
      let count = Int(try view.u32(at: offset, .little))
      offset += 4
      for _ in 0..<min(count, tools.limits.entries) {
        let comment = try block(view, at: offset)
        offset += 4 + comment.count
        try take(comment, &facts, into: &result, tools)
      }
      if count > tools.limits.entries {
        throw ParseError(.limit, at: view.start + offset, "more than \(tools.limits.entries) comments")
      }
    } catch {
      result.damage(error)
    }
  }

  private static func block(_ view: ByteView, at offset: Int) throws(ParseError) -> ByteView {
    let size = Int(try view.u32(at: offset, .little))
    guard size <= view.count - offset - 4 else {
      throw ParseError(.truncated, at: view.start + view.count, "Vorbis comments end inside a text")
    }
    return view.part(from: offset + 4, count: size)
  }

  private static func take(
    _ comment: ByteView, _ facts: inout AudioFacts, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    let head = try comment.head(tools.limits.text + 256)
    guard let sign = head.firstIndex(of: UInt8(ascii: "=")) else { return }
    let name = String(decoding: head[..<sign].prefix(80), as: UTF8.self).uppercased()
    let place = comment.place(sign + 1)
    switch name {
    case "METADATA_BLOCK_PICTURE":
      let picture = Base64.decode(try comment.dropping(sign + 1).allBytes(limit: tools.limits.bytes))
      let view = ByteView(ByteSource(bytes: picture, isJoined: true), start: 0, count: picture.count)
      try FLACPicture.decode(view, "Vorbis:Picture", &facts, into: &result, tools)
    case "COVERART":
      let picture = Base64.decode(try comment.dropping(sign + 1).allBytes(limit: tools.limits.bytes))
      tools.examineMember(named: "Vorbis:CoverArt", picture, into: &result)
    default:
      let text = AudioText.utf8(head[(sign + 1)...], tools.limits)
      facts.take(
        text, as: AudioNames.meaning(of: name) ?? .text(.comment),
        "Vorbis:" + (name == "ISRC" ? "ISRCNumber" : TagName.spelled(name)), at: place, into: &result)
    }
  }
}
