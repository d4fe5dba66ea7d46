internal import UntrailBytes
internal import UntrailModel

/// A script of FLV: the name of an event and what belongs to it, in AMF0.
///
///     00 number (64 bits)   01 truth   02 text (16 bits of length)   03 object: names and values to 00 00 09
///     08 list with names: 32 bits, then as 03   0A list: 32 bits, values   0B date: milliseconds since 1970, zone
///     0C long text (32 bits of length)   05, 06 nothing
///
/// Source: Adobe, Action Message Format AMF 0.
struct FlashScript {
  private let body: ByteView
  private let tools: ReaderTools
  private var offset = 0
  private var valuesLeft: Int
  private var facts: FactSet

  static func decode(_ body: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    var script = FlashScript(
      body: body, tools: tools, valuesLeft: tools.limits.entries,
      facts: FactSet(limit: tools.limits.observations))
    do throws(ParseError) {
      while script.offset < body.count { try script.read(named: "", depth: 0, into: &result) }
    } catch {
      result.damage(error)
    }
  }

  private mutating func take(_ count: Int) throws(ParseError) -> ByteView {
    guard count <= body.count - offset else {
      throw ParseError(.truncated, at: body.start + body.count, "a script ends inside a value")
    }
    defer { offset += count }
    return body.dropping(offset).prefix(count)
  }

  private mutating func number(_ size: Int) throws(ParseError) -> Int {
    Int(clamping: try take(size).number ?? 0)
  }

  private mutating func read(named name: String, depth: Int, into result: inout ReadResult) throws(ParseError)
  {
    valuesLeft -= 1
    guard valuesLeft > 0, depth < tools.limits.nesting else {
      throw ParseError(.limit, at: body.start + offset, "a script of more values than the limits allow")
    }
    let type = try number(1)
    switch type {
    case 0: _ = try take(8)
    case 1: _ = try take(1)
    case 2, 0x0C:
      let length = try number(type == 2 ? 2 : 4)
      observe(name, try take(length), into: &result)
    case 3: try readObject(depth: depth, into: &result)
    case 8:
      _ = try take(4)
      try readObject(depth: depth, into: &result)
    case 0x0A:
      let count = try number(4)
      for _ in 0..<count { try read(named: name, depth: depth + 1, into: &result) }
    case 0x0B: try readDate(name, into: &result)
    case 5, 6: break
    case 7: _ = try take(2)
    default: throw ParseError(.malformed, at: body.start + offset, "a value of an unknown type")
    }
  }

  private mutating func readObject(depth: Int, into result: inout ReadResult) throws(ParseError) {
    while offset < body.count {
      let length = try number(2)
      if length == 0, offset < body.count, try body.u8(at: offset) == 9 {
        offset += 1
        return
      }
      let name = try BoundedText.printable(try take(length), tools.limits) ?? ""
      try read(named: name, depth: depth + 1, into: &result)
    }
  }

  private mutating func observe(_ name: String, _ value: ByteView, into result: inout ReadResult) {
    if name.lowercased() == "livexml" || value.begins(with: Array("<?xpacket".utf8)) {
      return EmbeddedBlocks.xmp(value, into: &result, tools)
    }
    guard !name.isEmpty, let text = try? BoundedText.printable(value, tools.limits) else { return }
    MediaTag(name).observe(text, group: "Flash", at: value.place(0), &facts, into: &result)
  }

  /// Milliseconds as a number of 64 bits, and minutes east of UTC.
  private mutating func readDate(_ name: String, into result: inout ReadResult) throws(ParseError) {
    let value = try take(8)
    let east = Int(Int16(bitPattern: try take(2).u16(at: 0, .big)))
    let milliseconds = Double(bitPattern: try value.u64(at: 0, .big))
    guard milliseconds.isFinite, milliseconds > 0, milliseconds < 1000 * Double(Timestamp.lastSecond - 86_400)
    else { return }
    let time = Timestamp(civilSeconds: Int64(milliseconds / 1000), utcOffsetMinutes: 0)
    let role: Role = name.lowercased() == "metadatadate" ? .metadata : .created
    let field = "Flash:" + (name.isEmpty ? "Date" : MediaTag.field(name))
    facts.add(role, .timestamp(time), field, at: value.place(0), into: &result)
    if east != 0, let offset = MakerNoteTime.offset(minutes: east) {
      facts.add(.zone, .utcOffset(offset), field, at: value.place(8), into: &result)
    }
  }
}
