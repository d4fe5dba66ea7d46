internal import UntrailBytes
internal import UntrailModel

/// Apple: ids that join pictures and films, and how long the phone had been on. Channel A6.
///
///     "Apple iOS" 00 00 01 "MM" | directory       offsets count from the start of the note
///
/// Source: tag numbers as in ExifTool's Apple.pm.
struct AppleMakerNote: MakerNoteDecoder {
  private static let tags: [MakerNoteTag] = [
    MakerNoteTag(0x000B, "BurstUUID", .link, .burst),
    // The id that a live photo shares with its film.
    MakerNoteTag(0x0011, "MediaGroupUUID", .link, .contentIdentifier),
    MakerNoteTag(0x0015, "ImageUniqueID", .link, .imageUniqueID),
    MakerNoteTag(0x0020, "ImageCaptureRequestID", .link, .captureRequest),
    MakerNoteTag(0x002B, "PhotoIdentifier", .link, .photoIdentifier),
  ]

  func claims(_ note: MakerNote) -> Bool { note.begins(with: "Apple iOS\0") }

  func decode(_ note: MakerNote, into result: inout ReadResult) {
    let order: ByteOrder = (try? note.view.u16(at: 12, .big)) == 0x4949 ? .little : .big
    var directories = MakerNoteDirectories(note, group: "Apple", order: order, base: note.range.lowerBound)
    let start = note.range.lowerBound + 14
    guard let directory = directories.directory(at: start, Self.tags, and: [0x0003], into: &result) else {
      return
    }
    directories.observe(directory, Self.tags, into: &result)
    guard let entry = directory[0x0003], let bytes = directories.bytes(entry, limit: 1024),
      let seconds = BinaryPropertyList(bytes).flatMap(Self.uptime)
    else { return }
    directories.add(.uptime, .link(String(seconds)), "RunTimeValue", entry, into: &result)
  }

  /// Whole seconds since the phone was switched on.
  private static func uptime(_ list: BinaryPropertyList) -> Int64? {
    guard let value = list["value"], let scale = list["timescale"], value > 0, scale > 0 else { return nil }
    return value / scale
  }
}

/// The whole numbers of a binary property list that is one dictionary.
///
///     "bplist00", objects, offsets of the objects, 32 bytes at the end: ... sizes of an offset and of a reference,
///     number of objects, the first object, where the offsets stand
///
/// Source: Apple, CFBinaryPList.c (format comment).
struct BinaryPropertyList {
  private var numbers: [String: Int64] = [:]

  subscript(_ key: String) -> Int64? { numbers[key] }

  /// Nil where the bytes are no such list.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= 40, bytes.starts(with: "bplist00".utf8) else { return nil }
    let trailer = bytes.count - 32
    func number(_ offset: Int, _ size: Int) -> Int? {
      guard (1...8).contains(size), offset >= 0, offset + size <= bytes.count else { return nil }
      let value = bytes[offset..<(offset + size)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return Int(exactly: value)
    }
    let offsetSize = Int(bytes[trailer + 6])
    let referenceSize = Int(bytes[trailer + 7])
    guard let count = number(trailer + 8, 8), let top = number(trailer + 16, 8),
      let table = number(trailer + 24, 8), count > 0, count <= 256, top < count, table < trailer
    else { return nil }
    func object(_ index: Int) -> Int? {
      guard index >= 0, index < count else { return nil }
      return number(table + index * offsetSize, offsetSize).flatMap { $0 < trailer ? $0 : nil }
    }
    guard let start = object(top), bytes[start] >> 4 == 0xD, bytes[start] & 0xF < 0xF else { return nil }
    let size = Int(bytes[start] & 0xF)
    for pair in 0..<size {
      guard let keyIndex = number(start + 1 + pair * referenceSize, referenceSize),
        let valueIndex = number(start + 1 + (size + pair) * referenceSize, referenceSize),
        let key = object(keyIndex), let value = object(valueIndex)
      else { return nil }
      guard bytes[key] >> 4 == 0x5, bytes[value] >> 4 == 0x1, bytes[value] & 0xF <= 3 else { continue }
      let length = Int(bytes[key] & 0xF)
      guard length < 0xF, key + 1 + length <= trailer else { continue }
      let name = String(decoding: bytes[(key + 1)..<(key + 1 + length)], as: UTF8.self)
      if let whole = number(value + 1, 1 << Int(bytes[value] & 0xF)) { numbers[name] = Int64(whole) }
    }
  }
}
