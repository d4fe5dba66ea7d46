internal import UntrailBytes
internal import UntrailModel

/// One tag of a maker's directory: what it says, and how its value is to be read.
struct MakerNoteTag: Sendable {
  enum Value: Sendable {
    case text
    /// A text that is a serial number.
    case serial
    /// A whole number other than 0 and FFFFFFFF, with leading zeros to so many digits.
    case number(digits: Int)
    /// Bytes, as hexadecimal digits.
    case hexadecimal
    /// Four numbers of a version, or the text of one.
    case version
    /// A version in hexadecimal, of which the last three digits stand behind the point.
    case packedVersion
    case time
  }

  enum Meaning: Sendable {
    case serial
    case place
    case person
    case device
    case software
    case link
    case text
    case timestamp
  }

  let tag: UInt16
  let name: String
  let meaning: Meaning
  let role: Role
  let value: Value

  init(_ tag: UInt16, _ name: String, _ meaning: Meaning, _ role: Role, _ value: Value = .text) {
    self.tag = tag
    self.name = name
    self.meaning = meaning
    self.role = role
    self.value = value
  }
}

/// Reads the directories of one maker note, and turns their values into observations.
struct MakerNoteDirectories {
  typealias Entry = ImageFileDirectoryReader.Entry
  typealias Directory = ImageFileDirectoryReader.Directory

  let note: MakerNote
  /// The first part of field names: `Canon` of `Canon:SerialNumber`.
  let group: String
  private(set) var reader: ImageFileDirectoryReader

  var view: ByteView { reader.view }
  var order: ByteOrder { reader.order }

  /// - Parameter base: bytes from the start of the structure to where the note's offsets count from.
  init(_ note: MakerNote, group: String, order: ByteOrder, base: Int) {
    self.note = note
    self.group = group
    reader = ImageFileDirectoryReader(note.block, order, base: base, note.limits)
  }

  /// A directory that stands at a place of the note, with the byte order that makes sense of it, and offsets that
  /// count from the start of the structure around the note.
  ///
  /// - Parameter offset: bytes from the start of the note.
  init(_ note: MakerNote, group: String, directoryAt offset: Int) {
    let start = note.range.lowerBound + offset
    let order = Self.order(note, at: start)
    self.init(note, group: group, order: order, base: note.base)
    let base = Self.base(note, order, directoryAt: start)
    if base != note.base { self.init(note, group: group, order: order, base: base) }
  }

  // MARK: Where it stands

  /// The byte order in which a directory has fewer than 256 entries: it may differ from that of the structure.
  static func order(_ note: MakerNote, at offset: Int) -> ByteOrder {
    guard let count = try? note.block.u16(at: offset, note.order), count & 0xFF < count >> 8 else {
      return note.order
    }
    return note.order.isBig ? .little : .big
  }

  /// Where offsets count from. An editor that moved the note and left its offsets as they were shows by values that
  /// stand outside of it; they are taken back into it where all fit.
  static func base(_ note: MakerNote, _ order: ByteOrder, directoryAt offset: Int) -> Int {
    let room = max(0, (note.range.upperBound - offset - 2) / 12)
    guard let stated = try? note.block.u16(at: offset, order), stated > 0, stated < 512, stated <= room else {
      return note.base
    }
    let end = offset + 2 + 12 * Int(stated)
    var values: [Range<Int>] = []
    for index in 0..<Int(stated) {
      let entry = offset + 2 + 12 * index
      guard let format = try? note.block.u16(at: entry + 2, order),
        let size = ImageFileDirectoryReader.size(ofFormat: format),
        let count = try? note.block.u32(at: entry + 4, order),
        let word = try? note.block.u32(at: entry + 8, order), word >= 8
      else { continue }
      let bytes = size * Int(count)
      if bytes > 4, bytes <= note.range.count { values.append(Int(word)..<(Int(word) + bytes)) }
    }
    let inside = values.count { isInside($0, moved: note.base, note) }
    guard values.count > 2, inside * 2 < values.count, let first = values.map(\.lowerBound).min() else {
      return note.base
    }
    // The values begin behind the directory and the offset of a next one.
    let base = end + 4 - first
    return values.allSatisfy({ isInside($0, moved: base, note) }) ? base : note.base
  }

  private static func isInside(_ value: Range<Int>, moved base: Int, _ note: MakerNote) -> Bool {
    value.lowerBound + base >= note.range.lowerBound && value.upperBound + base <= note.range.upperBound
  }

  // MARK: Reading

  /// The entries at a place that stand in a table, or are asked for besides.
  ///
  /// - Parameter offset: bytes from the start of the structure.
  /// - Returns: nil where there is no directory; that, and what is damaged in it, is among the diagnostics.
  mutating func directory(
    at offset: Int, _ tags: [MakerNoteTag] = [], and others: [UInt16] = [], into result: inout ReadResult
  ) -> Directory? {
    do throws(ParseError) {
      let directory = try reader.directory(at: offset) { tag in
        tags.contains { $0.tag == tag } || others.contains(tag)
      }
      // One says enough: an editor that moves a note spoils all of its values.
      if let flaw = directory.flaws.first { result.damage(flaw) }
      return directory
    } catch {
      result.damage(error)
      return nil
    }
  }

  /// As `directory`, for one that cameras leave broken where they have no use for it: that is no damage.
  mutating func quietDirectory(_ pointer: Entry?, _ tags: [UInt16]) -> Directory? {
    guard let pointer, let offset = reader.pointer(pointer) else { return nil }
    return try? reader.directory(at: offset) { tags.contains($0) }
  }

  /// Adds what the tags of a table say.
  func observe(_ directory: Directory, _ tags: [MakerNoteTag], into result: inout ReadResult) {
    for tag in tags {
      guard let entry = directory[tag.tag], let fact = fact(tag, entry) else { continue }
      add(tag.role, fact, tag.name, entry, into: &result)
    }
  }

  /// Adds a fact at the value of an entry, or so many bytes into it.
  func add(
    _ role: Role, _ fact: Observation.Fact, _ name: String, _ entry: Entry, skipping bytes: Int = 0,
    into result: inout ReadResult
  ) {
    result.add(role, fact, "\(group):\(name)", at: reader.fileOffset(entry).map { $0 + bytes })
  }

  private func fact(_ tag: MakerNoteTag, _ entry: Entry) -> Observation.Fact? {
    if case .timestamp = tag.meaning {
      return MakerNoteTime.timestamp(reader.bytes(entry), count: entry.byteCount).map { .timestamp($0) }
    }
    guard let text = text(tag.value, entry) else { return nil }
    return switch tag.meaning {
    case .serial: .serial(text)
    case .place: .place(text)
    case .person: .person(text)
    case .device: .device(Device(model: text))
    case .software: .software(text)
    case .link: .link(text)
    case .text, .timestamp: .text(text)
    }
  }

  private func text(_ value: MakerNoteTag.Value, _ entry: Entry) -> String? {
    switch value {
    case .text, .time:
      return reader.text(entry, limit: note.limits.text).flatMap(MakerNoteText.readable)
    case .serial:
      return reader.text(entry, limit: 256).flatMap(MakerNoteText.serial)
    case .number(let digits):
      guard let number = reader.integer(entry), number > 0, number < 0xFFFF_FFFF else { return nil }
      return MakerNoteText.padded(number, digits: digits)
    case .hexadecimal:
      return bytes(entry, limit: 64).flatMap(MakerNoteText.hexadecimal)
    case .version:
      guard let bytes = bytes(entry, limit: 64), bytes.contains(where: { $0 != 0 }) else { return nil }
      if bytes.allSatisfy({ $0 >= 0x30 }) { return ExifText.ascii(bytes).flatMap(MakerNoteText.readable) }
      return bytes.count == 4 ? bytes.map(String.init).joined(separator: ".") : nil
    case .packedVersion:
      guard let number = reader.integer(entry), number > 0, number < 0x100_0000 else { return nil }
      let digits = MakerNoteText.padded(number, digits: 4, radix: 16)
      return digits.dropLast(3) + "." + digits.suffix(3)
    }
  }

  /// The bytes of a value; nil where there are none or more than the limit.
  func bytes(_ entry: Entry, limit: Int) -> [UInt8]? {
    guard entry.byteCount > 0, entry.byteCount <= limit else { return nil }
    return try? view.withBytes(at: entry.offset, count: entry.byteCount) { run throws(ParseError) in
      Array(run)
    }
  }
}
