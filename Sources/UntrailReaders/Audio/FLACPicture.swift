internal import UntrailBytes
internal import UntrailModel

/// A picture as FLAC and Vorbis comments hold it.
///
///     TTTT LLLL media type LLLL what it shows WWWW HHHH DDDD CCCC LLLL picture    big-endian
///
/// Source: RFC 9639, section 8.8.
enum FLACPicture {
  static func decode(
    _ view: ByteView, _ field: String, _ facts: inout AudioFacts, into result: inout ReadResult,
    _ tools: ReaderTools
  ) throws(ParseError) {
    let typeSize = Int(try view.u32(at: 4, .big))
    let aboutAt = 8 + typeSize
    let aboutSize = Int(try view.u32(at: aboutAt, .big))
    let sizeAt = aboutAt + 4 + aboutSize + 16
    let size = Int(try view.u32(at: sizeAt, .big))
    if let text = try BoundedText.decode(view.part(from: aboutAt + 4, count: aboutSize), tools.limits) {
      facts.take(
        text, as: .text(.description), field + "Description", at: view.place(aboutAt + 4), into: &result)
    }
    // Pictures of 16 MiB and more do not fit the length of the block, but fit their own.
    let picture = view.part(from: sizeAt + 4, count: size)
    if try view.part(from: 8, count: typeSize).head(4).elementsEqual("-->".utf8) {
      guard let link = try BoundedText.decode(picture, tools.limits) else { return }
      return facts.take(link, as: .url, field, at: picture.place(0), into: &result)
    }
    if picture.count < size {
      result.damage("truncated", "a picture inside the file ends too early", at: view.place(view.count))
    }
    if picture.count > 0 { tools.examinePart(named: field, picture, into: &result) }
  }
}
