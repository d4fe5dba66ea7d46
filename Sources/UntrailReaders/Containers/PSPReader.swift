internal import UntrailBytes
internal import UntrailModel

/// Paint Shop Pro: who made the picture and when.
///
///     "Paint Shop Pro Image File" 0A 1A 00 * 5, VV VV VV VV       version
///     "~BK" 00 II II LL LL LL LL ...      block; up to version 3 four bytes more before the length
///       1: creator, 10: extended data, 16: small copies of the picture
///       "~FL" 00 KK KK LL LL LL LL ...    field of the first two
///
/// Source: Jasc Software, Paint Shop Pro File Format Specification 8.0, sections 3 and 4; ExifTool's PSP.pm.
struct PSPReader: MetadataReader {
  var name: String { "Paint Shop Pro" }
  var mediaTypes: [String] { ["image/x-paintshoppro"] }
  var channels: String { "title, author, times, program, EXIF, small copies of the picture" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let view = ByteView(source, start: 0, count: source.count)
    let isOld = try view.u16(at: 32, .little) < 4
    var offset = 36
    for _ in 0..<tools.limits.entries {
      if offset >= view.count { return }
      guard try view.u32(at: offset, .big) == 0x7E42_4B00 else {  // "~BK"
        throw ParseError(.malformed, at: offset, "no block where one must start")
      }
      let id = try view.u16(at: offset + 4, .little)
      let head = isOld ? 14 : 10
      let length = Int(try view.u32(at: offset + head - 4, .little))
      let block = view.dropping(offset + head).prefix(length)
      if block.count < length { result.damage("truncated", "the file ends inside a block", at: view.count) }
      switch id {
      case 1, 10: try readFields(block, isCreator: id == 1, into: &result, tools)
      case 16:
        result.add(
          .preview, .hidden(HiddenContent(byteCount: length)), "PSP:PreviewImage", at: block.place(0))
      default: break
      }
      offset += head + length
    }
    throw ParseError(.limit, at: offset, "more than \(tools.limits.entries) blocks")
  }

  private func readFields(
    _ block: ByteView, isCreator: Bool, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    var offset = 0
    while offset < block.count {
      guard try block.u32(at: offset, .big) == 0x7E46_4C00 else {  // "~FL"
        throw ParseError(.malformed, at: block.start + offset, "no field where one must start")
      }
      let key = try block.u16(at: offset + 4, .little)
      let length = Int(try block.u32(at: offset + 6, .little))
      let value = block.dropping(offset + 10).prefix(length)
      if isCreator {
        try observe(key, value, into: &result, tools)
      } else if key == 3 {
        tools.exif.decode(value, into: &result, with: tools)
      }
      offset += 10 + length
    }
  }

  private func observe(
    _ key: UInt16, _ value: ByteView, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    func text() throws(ParseError) -> String? { try BoundedText.printable(value, tools.limits) }
    let place = value.place(0)
    switch key {
    case 0: if let text = try text() { result.add(.title, .text(text), "PSP:Title", at: place) }
    case 1: try addTime(.created, value, "PSP:CreateDate", into: &result)
    case 2: try addTime(.modified, value, "PSP:ModifyDate", into: &result)
    case 3: if let text = try text() { result.add(.artist, .person(text), "PSP:Artist", at: place) }
    case 4: if let text = try text() { result.add(.copyright, .person(text), "PSP:Copyright", at: place) }
    case 5: if let text = try text() { result.add(.description, .text(text), "PSP:Description", at: place) }
    case 7:
      let parts = try value.withBytes(at: 0, count: 4) { run throws(ParseError) in run.map { Int($0) } }
      let version = parts.reversed().map(String.init).joined(separator: ".")
      result.add(.processing, .software("Paint Shop Pro \(version)"), "PSP:CreatorAppVersion", at: place)
    default: break
    }
  }

  private func addTime(
    _ role: Role, _ value: ByteView, _ field: String, into result: inout ReadResult
  ) throws(ParseError) {
    let seconds = Int64(try value.u32(at: 0, .little))
    guard seconds > 0 else { return }
    let timestamp = Timestamp(civilSeconds: seconds, utcOffsetMinutes: 0)
    result.add(role, .timestamp(timestamp), field, at: value.place(0))
  }
}
