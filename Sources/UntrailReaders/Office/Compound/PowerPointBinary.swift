internal import UntrailBytes
internal import UntrailModel

/// What PowerPoint keeps beside the slides: who saved it last, who commented, notes, hidden slides.
///
///     IV II TT TT LL LL LL LL ...      record; with V = 15 it holds others
///     0FF6  ... 12: LL LL, 20: name    who saved it; at 4 of it C4 D1 F3 where locked: `Current User`
///     2EE0  comment: 0FBA with I = 0 its author; 2EE1 4: time
///     03F0  notes of a slide; 03F9 10: flags of a slide, 4 hidden
///
/// Source: Microsoft, MS-PPT, sections 2.3.2, 2.5.9, 2.6.1, 2.4.22.3.
enum PowerPointBinary {
  static func read(
    _ entry: CompoundDirectory.Entry, of file: CompoundFile, _ facts: inout DocumentFacts,
    into result: inout ReadResult, _ tools: ReaderTools
  ) {
    guard let block = file.block(entry, into: &result) else { return }
    if entry.name == "Current User" {
      addUser(block, &facts, into: &result, tools.limits)
    } else {
      walk(block, &facts, into: &result)
    }
  }

  private static func addUser(
    _ block: ByteView, _ facts: inout DocumentFacts, into result: inout ReadResult, _ limits: Limits
  ) {
    guard let length = try? block.u16(at: 20, .little), let token = try? block.u32(at: 12, .little) else {
      return
    }
    if token == 0xF3D1_C4DF { result.isEncrypted = true }
    let short = block.slice(at: 28, count: min(Int(length), 255))
    // The name in UTF-16 follows behind a number.
    let wide = block.slice(at: 28 + Int(length) + 4, count: 2 * min(Int(length), 255))
    let name =
      wide.count == 2 * Int(length)
      ? ExifText.utf16(wide, isLittleEndian: true) : BoundedText.decode(short, limits)
    guard let name, BoundedText.isPrintable(name) else { return }
    facts.add(.person(.editor), name, "CurrentUser", into: &result)
  }

  private static func walk(
    _ block: ByteView, _ facts: inout DocumentFacts, into result: inout ReadResult
  ) {
    var offset = 0
    var commentEnd = 0
    var notes = 0
    while let head = try? block.u16(at: offset, .little), let type = try? block.u16(at: offset + 2, .little),
      let length = try? block.u32(at: offset + 4, .little)
    {
      let body = block.dropping(offset + 8).prefix(Int(length))
      switch type {
      case 0x03F0: notes += 1
      case 0x03F9 where (try? body.u16(at: 10, .little)).map({ $0 & 4 != 0 }) ?? false:
        facts.hidden(.hiddenContent, nil, "HiddenSlide", into: &result)
      case 0x2EE0: commentEnd = offset + 8 + Int(length)
      case 0x0FBA where offset < commentEnd && head >> 4 == 0:
        let name = ExifText.utf16(body.slice(at: 0, count: 512), isLittleEndian: true)
        facts.add(.person(.commenter), name, "CommentAuthor", into: &result)
      case 0x2EE1:
        addTime(body, &facts, into: &result)
      default: break
      }
      offset += 8 + (head & 0xF == 0xF ? 0 : Int(length))
    }
    if notes > 0 { facts.hidden(.hiddenContent, nil, "Notes", into: &result) }
  }

  /// SYSTEMTIME behind the number of the comment: year, month, day of the week, day, hour, minute, second.
  private static func addTime(
    _ body: ByteView, _ facts: inout DocumentFacts, into result: inout ReadResult
  ) {
    guard let year = try? body.u16(at: 4, .little), let month = try? body.u16(at: 6, .little),
      let day = try? body.u16(at: 10, .little), let hour = try? body.u16(at: 12, .little),
      let minute = try? body.u16(at: 14, .little), let second = try? body.u16(at: 16, .little),
      year >= 1980, hour < 24, minute < 60, second < 60,
      CivilDate.isValid(year: Int(year), month: Int(month), day: Int(day))
    else { return }
    let days = CivilDate.days(year: Int(year), month: Int(month), day: Int(day))
    let seconds = Int64(hour) * 3600 + Int64(minute) * 60 + Int64(second)
    facts.add(
      .edited, .timestamp(Timestamp(civilSeconds: days * 86_400 + seconds)), "CommentDate", into: &result)
  }
}
