internal import UntrailBytes
internal import UntrailModel

/// Samsung's cameras and phones: a directory; offsets count from the start of the note, or of the structure.
///
/// Source: tag numbers as in ExifTool's Samsung.pm (Type 2).
struct SamsungMakerNote: MakerNoteDecoder {
  private static let tags: [MakerNoteTag] = [
    MakerNoteTag(0x0030, "LocalLocationName", .place, .landmark),
    MakerNoteTag(0x0031, "LocationName", .place, .landmark),
    MakerNoteTag(0xA001, "FirmwareName", .software, .firmware),
    MakerNoteTag(0xA002, "SerialNumber", .serial, .body, .serial),
    MakerNoteTag(0xA005, "InternalLensSerialNumber", .serial, .lens, .serial),
  ]

  func claims(_ note: MakerNote) -> Bool { note.make.uppercased().hasPrefix("SAMSUNG") }

  func decode(_ note: MakerNote, into result: inout ReadResult) {
    // Phones write notes of other kinds, of which nothing is known.
    guard let count = try? note.view.u16(at: 0, note.order), (1..<200).contains(count),
      note.range.count >= 2 + 12 * Int(count)
    else { return }
    for base in [note.range.lowerBound, note.base] {
      var directories = MakerNoteDirectories(note, group: "Samsung", order: note.order, base: base)
      var attempt = ReadResult()
      guard let directory = directories.directory(at: note.range.lowerBound, Self.tags, into: &attempt),
        directory.flaws.isEmpty, directory.entries.allSatisfy({ Self.isInside($0, note) })
      else { continue }
      return directories.observe(directory, Self.tags, into: &result)
    }
  }

  private static func isInside(_ entry: ImageFileDirectoryReader.Entry, _ note: MakerNote) -> Bool {
    entry.offset >= note.range.lowerBound && entry.offset + entry.byteCount <= note.range.upperBound
  }
}

/// Motorola.
///
///     "MOT" 00 ... | directory at 8       offsets count from the start of the note
///
/// Source: tag numbers as in ExifTool's Motorola.pm.
struct MotorolaMakerNote: MakerNoteDecoder {
  private static let tags: [MakerNoteTag] = [
    MakerNoteTag(0x5500, "BuildNumber", .software, .firmware),
    MakerNoteTag(0x5501, "SerialNumber", .serial, .body, .serial),
  ]

  func claims(_ note: MakerNote) -> Bool { note.begins(with: "MOT\0") }

  func decode(_ note: MakerNote, into result: inout ReadResult) {
    let start = note.range.lowerBound + 8
    let order = MakerNoteDirectories.order(note, at: start)
    var directories = MakerNoteDirectories(note, group: "Motorola", order: order, base: note.range.lowerBound)
    if let directory = directories.directory(at: start, Self.tags, into: &result) {
      directories.observe(directory, Self.tags, into: &result)
    }
  }
}
