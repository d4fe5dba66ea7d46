internal import UntrailBytes
internal import UntrailModel

/// What Word keeps in a document beside its text: who saved it where, who revised, who commented.
///
///     WordDocument: EC A5 ... 10: flags; 32: NN NN, numbers of 2 bytes; NN NN, numbers of 4; NN NN, then pairs of an
///       offset in the table and bytes, of these: 27 printer, 31 properties, 32 names that belong to it, 36 comments,
///       51 revisions, 71 saves, 72 files; 87 is a time
///     flags: 0100 locked, 0200 the table is the stream 1Table
///     list of texts: FF FF NN NN XX XX, then each: LL LL text, and XX XX bytes more
///     time: minute 6 bits, hour 5, day 5, month 4, year since 1900 9, day of the week 3
///
/// Source: Microsoft, MS-DOC, sections 2.5.1 to 2.5.6, 2.7.4, 2.9.70 (DTTM), 2.2.4 (STTB).
struct WordBinary {
  private let head: ByteView
  private let table: ByteView
  /// Where the pairs start in the head.
  private let pairs: Int
  private let pairCount: Int

  static func read(
    _ entry: CompoundDirectory.Entry, of file: CompoundFile, _ facts: inout DocumentFacts,
    into result: inout ReadResult, _ tools: ReaderTools
  ) {
    guard let head = file.block(entry, count: 4096, into: &result), let flags = try? head.u16(at: 10, .little)
    else { return }
    guard (try? head.u16(at: 0, .little)) == 0xA5EC else { return }
    if flags & 0x0100 != 0 {
      result.isEncrypted = true
      return
    }
    guard let folder = entry.folder,
      let stream = file.directory.stream(flags & 0x0200 != 0 ? "1Table" : "0Table", in: folder),
      let table = file.block(stream, into: &result), let word = WordBinary(head, table)
    else { return }
    word.addSaves(&facts, into: &result, tools.limits)
    word.addPeople(&facts, into: &result, tools.limits)
    word.addAssociated(&facts, into: &result, tools.limits)
    word.addTimes(&facts, into: &result)
    if let printer = BoundedText.decode(word.value(27), tools.limits), BoundedText.isPrintable(printer) {
      PrinterSettings.add(printer, &facts, into: &result)
    }
  }

  private init?(_ head: ByteView, _ table: ByteView) {
    self.head = head
    self.table = table
    guard let words = try? head.u16(at: 32, .little) else { return nil }
    let longs = 34 + 2 * Int(words)
    guard let count = try? head.u16(at: longs, .little) else { return nil }
    let start = longs + 2 + 4 * Int(count)
    guard let pairCount = try? head.u16(at: start, .little) else { return nil }
    pairs = start + 2
    self.pairCount = Int(pairCount)
  }

  /// The bytes that a pair names.
  private func value(_ index: Int) -> [UInt8] {
    guard index < pairCount, let offset = try? head.u32(at: pairs + 8 * index, .little),
      let count = try? head.u32(at: pairs + 8 * index + 4, .little), count > 0
    else { return [] }
    return table.slice(at: Int(offset), count: Int(count))
  }

  /// A list of texts.
  private func texts(_ index: Int, _ limits: Limits) -> [String] {
    let bytes = value(index)
    let view = ByteView(ByteSource(bytes: bytes, isJoined: true), start: 0, count: bytes.count)
    var texts: [String] = []
    do throws(ParseError) {
      let isWide = try view.u16(at: 0, .little) == 0xFFFF
      let start = isWide ? 2 : 0
      let count = Int(try view.u16(at: start, .little))
      let extra = Int(try view.u16(at: start + 2, .little))
      var offset = start + 4
      for _ in 0..<count {
        let length = isWide ? 2 * Int(try view.u16(at: offset, .little)) : Int(try view.u8(at: offset))
        offset += isWide ? 2 : 1
        let text = view.slice(at: offset, count: min(length, 2 * limits.text))
        texts.append(
          (isWide ? ExifText.utf16(text, isLittleEndian: true) : BoundedText.decode(text, limits)) ?? "")
        offset += length + extra
      }
    } catch {
      return texts
    }
    return texts
  }

  /// The last saves: the name of the user, and the path.
  private func addSaves(_ facts: inout DocumentFacts, into result: inout ReadResult, _ limits: Limits) {
    let saves = texts(71, limits)
    for index in stride(from: 0, to: saves.count - 1, by: 2) {
      facts.add(.person(.editor), saves[index], "LastSavedBy", into: &result)
      facts.add(.link(.path), saves[index + 1], "LastSavedBy", into: &result)
    }
    // Names of files that the document refers to.
    for path in texts(72, limits) { facts.add(.path, path, "FileName", into: &result) }
  }

  private func addPeople(_ facts: inout DocumentFacts, into result: inout ReadResult, _ limits: Limits) {
    for name in texts(51, limits) where name != "Unknown" {
      facts.add(.person(.reviser), name, "RevisionAuthor", into: &result)
    }
    // Each: LL LL name.
    let owners = value(36)
    var offset = 0
    while offset + 2 <= owners.count {
      let length = 2 * (Int(owners[offset]) | Int(owners[offset + 1]) << 8)
      guard length > 0, offset + 2 + length <= owners.count else { return }
      let name = ExifText.utf16(owners[(offset + 2)..<(offset + 2 + length)], isLittleEndian: true)
      facts.add(.person(.commenter), name, "CommentBy", into: &result)
      offset += 2 + length
    }
  }

  /// Names by their place: template, title, subject, keywords, comments, author, who saved it last, data of letters.
  private func addAssociated(_ facts: inout DocumentFacts, into result: inout ReadResult, _ limits: Limits) {
    let meanings: [Int: DocumentMeaning] = [
      1: .template, 6: .person(.author), 7: .person(.editor), 8: .path, 9: .path,
    ]
    for (index, text) in texts(32, limits).enumerated() {
      guard let meaning = meanings[index] else { continue }
      facts.add(meaning, text, "Associated", into: &result)
    }
  }

  private func addTimes(_ facts: inout DocumentFacts, into result: inout ReadResult) {
    let properties = value(31)
    for (offset, role, name) in [
      (20, Role.created, "CreateDate"), (24, .modified, "ModifyDate"), (28, .printed, "LastPrinted"),
    ] where offset + 4 <= properties.count {
      let word = (0..<4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32(properties[offset + $1]) }
      guard let time = Self.time(word) else { continue }
      facts.add(role, .timestamp(time), name, into: &result)
    }
    if pairCount > 87, let ticks = try? head.u64(at: pairs + 8 * 87, .little),
      let time = WindowsTime.timestamp(ticks)
    {
      facts.add(.modified, .timestamp(time), "ModifyDate", into: &result)
    }
  }

  /// Local time of the computer, to the minute.
  static func time(_ word: UInt32) -> Timestamp? {
    let (minute, hour, day) = (Int(word & 0x3F), Int(word >> 6 & 0x1F), Int(word >> 11 & 0x1F))
    let (month, year) = (Int(word >> 16 & 0xF), 1900 + Int(word >> 20 & 0x1FF))
    guard year >= 1980, minute < 60, hour < 24, CivilDate.isValid(year: year, month: month, day: day) else {
      return nil
    }
    let days = CivilDate.days(year: year, month: month, day: day)
    return Timestamp(civilSeconds: days * 86_400 + Int64(hour * 3600 + minute * 60), precision: .minute)
  }
}
