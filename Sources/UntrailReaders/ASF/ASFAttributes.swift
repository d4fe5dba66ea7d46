internal import UntrailBytes
internal import UntrailModel

/// Names and values in the head of an ASF file.
///
///     extended: number (16 bits); each: length of the name, name, type, length, value
///     metadata: number (16 bits); each: list, stream, length of the name, type (16 bits each), length (32 bits), name,
///     value
///     types: 0 text, 1 bytes, 2 truth, 3 number of 32, 4 of 64, 5 of 16 bits, 6 GUID
///
/// Source: Microsoft, Advanced Systems Format Specification 01.20.05, sections 3.11, 4.7, 4.8; Windows Media Format
/// SDK, Attributes.
enum ASFAttributes {
  static func readExtended(
    _ body: ByteView, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    var facts = FactSet(limit: tools.limits.observations)
    var offset = 2
    for _ in 0..<Int(try body.u16(at: 0, .little)) where offset + 2 <= body.count {
      let nameLength = Int(try body.u16(at: offset, .little))
      let name = try ASFText.decode(body.dropping(offset + 2).prefix(nameLength), tools.limits)
      offset += 2 + nameLength
      let type = try body.u16(at: offset, .little)
      let length = Int(try body.u16(at: offset + 2, .little))
      let value = body.dropping(offset + 4).prefix(length)
      offset += 4 + length
      if let name { try observe(name, type, value, &facts, into: &result, tools) }
    }
  }

  static func readMetadata(
    _ body: ByteView, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    var facts = FactSet(limit: tools.limits.observations)
    var offset = 2
    for _ in 0..<Int(try body.u16(at: 0, .little)) where offset + 12 <= body.count {
      let nameLength = Int(try body.u16(at: offset + 4, .little))
      let type = try body.u16(at: offset + 6, .little)
      let length = Int(try body.u32(at: offset + 8, .little))
      let name = try ASFText.decode(body.dropping(offset + 12).prefix(nameLength), tools.limits)
      let value = body.dropping(offset + 12 + nameLength).prefix(length)
      offset += 12 + nameLength + length
      if let name { try observe(name, type, value, &facts, into: &result, tools) }
    }
  }

  private static func observe(
    _ name: String, _ type: UInt16, _ value: ByteView, _ facts: inout FactSet, into result: inout ReadResult,
    _ tools: ReaderTools
  ) throws(ParseError) {
    let short = name.split(separator: "/").last.map(String.init) ?? name
    switch type {
    case 0:
      guard let text = try ASFText.decode(value, tools.limits) else { return }
      MediaTag(short).observe(text, group: "ASF", at: value.place(0), &facts, into: &result)
    case 1 where short == "Picture": try readPicture(value, into: &result, tools)
    case 4 where name == "WM/EncodingTime":
      guard let time = WindowsTime.timestamp(try value.u64(at: 0, .little)) else { return }
      facts.add(.created, .timestamp(time), "ASF:EncodingTime", at: value.place(0), into: &result)
    case 1 where value.count == 16, 6:
      guard value.count == 16, let text = try ASFText.identifier(value, at: 0) else { return }
      MediaTag(short).observe(text, group: "ASF", at: value.place(0), &facts, into: &result)
    default: break
    }
  }

  /// Kind, length (32 bits), media type and description as texts that end with a zero, picture.
  private static func readPicture(
    _ value: ByteView, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    let length = Int(try value.u32(at: 1, .little))
    var offset = 5
    for index in 0..<2 {
      let start = offset
      while offset + 2 <= value.count, try value.u16(at: offset, .little) != 0,
        offset - start <= 2 * tools.limits.text
      {
        offset += 2
      }
      let text = value.dropping(start).prefix(offset - start)
      offset += 2
      if index == 1, let said = try ASFText.decode(text, tools.limits) {
        result.add(.description, .text(said), "ASF:PictureDescription", at: text.place(0))
      }
    }
    EmbeddedFile.examine(
      value.dropping(offset).prefix(length), named: "picture", "ASF:Picture", into: &result, tools)
  }
}
