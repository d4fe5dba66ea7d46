internal import UntrailBytes
internal import UntrailModel

/// Leica, in the forms of its own cameras and of those that Panasonic makes for it.
///
///     "LEICA" 00 00 00 | directory            make "LEICA": Panasonic's directory
///     "LEICA CAMERA AG" 00 .. | directory     D-Lux 7: Panasonic's directory
///     "LEICA" 00 00 00 | directory            M8: offsets count from the directory, in DNG files from the note
///     "LEICA0" 03 00 | directory              M9: offsets count from the note; directories inside values
///     "LEICA" 00 nn 00 | directory            X, T, Q, S, M10: offsets from the note or from the TIFF structure
///     directory                               R8 and R9 with the digital back
///
/// Source: tag numbers as in ExifTool's Panasonic.pm, heads as in its MakerNotes.pm.
struct LeicaMakerNote: MakerNoteDecoder {
  private static let m8Tags: [MakerNoteTag] = [
    MakerNoteTag(0x0303, "SerialNumber", .serial, .body, .number(digits: 7))
  ]
  private static let m9Tags: [MakerNoteTag] = [
    MakerNoteTag(0x3038, "UserProfile", .text, .label),
    MakerNoteTag(0x3103, "SerialNumber", .serial, .body, .serial),
    MakerNoteTag(0x3109, "FirmwareVersion", .software, .firmware),
  ]
  private static let xTags: [MakerNoteTag] = [
    MakerNoteTag(0x0303, "LensType", .device, .lens),
    MakerNoteTag(0x0305, "SerialNumber", .serial, .body, .number(digits: 1)),
    MakerNoteTag(0x0407, "OriginalFileName", .link, .originalFileName),
    MakerNoteTag(0x0408, "OriginalDirectory", .link, .path),
    MakerNoteTag(0x0500, "InternalSerialNumber", .serial, .internalSerial, .serial),
  ]
  private static let sTags: [MakerNoteTag] = [
    MakerNoteTag(0x0303, "LensType", .device, .lens),
    MakerNoteTag(0x0320, "FirmwareVersion", .software, .firmware, .version),
    MakerNoteTag(0x034C, "UserProfile", .text, .label),
  ]
  private static let lensSerial = MakerNoteTag(
    0x0321, "LensSerialNumber", .serial, .lens, .number(digits: 10))

  func claims(_ note: MakerNote) -> Bool {
    note.begins(with: "LEICA") || note.make.lowercased().hasPrefix("leica")
  }

  func decode(_ note: MakerNote, into result: inout ReadResult) {
    if note.begins(with: "LEICA CAMERA AG\0") {
      return PanasonicDirectory.decode(note, directoryAt: 18, into: &result)
    }
    guard note.begins(with: "LEICA") else { return decodeR(note, into: &result) }
    if note.begins(with: "LEICA0") { return decodeM9(note, into: &result) }
    guard let kind = try? note.view.u16(at: 6, .big) else { return }
    let start = note.range.lowerBound
    switch kind {
    case 0 where note.make == "LEICA": PanasonicDirectory.decode(note, directoryAt: 8, into: &result)
    case 0: decodeM8(note, into: &result)
    case 0x0100, 0x0400, 0x0500, 0x0600, 0x0700, 0x1000, 0x1A00:
      decode(note, Self.xTags, base: start, into: &result)
    case 0x0800, 0x0900: decode(note, Self.xTags, base: note.base, into: &result)
    // The M Monochrom (Typ 246) counts from the start of the file.
    case 0x02FF: decode(note, Self.sTags, base: -note.block.start, into: &result)
    default:
      let tags = note.model.holds("Typ 006") ? Self.sTags + [Self.lensSerial] : Self.sTags
      decode(note, tags, base: note.base, into: &result)
    }
  }

  private func decode(
    _ note: MakerNote, _ tags: [MakerNoteTag], base: Int, into result: inout ReadResult
  ) {
    let start = note.range.lowerBound + 8
    let order = MakerNoteDirectories.order(note, at: start)
    var directories = MakerNoteDirectories(note, group: "Leica", order: order, base: base)
    guard let directory = directories.directory(at: start, tags, into: &result) else { return }
    directories.observe(directory, tags, into: &result)
  }

  /// Number and count are all that is wanted of the M8, and stand in the entry: where offsets count from, which its
  /// two kinds of files do differently, does not matter.
  private func decodeM8(_ note: MakerNote, into result: inout ReadResult) {
    decode(note, Self.m8Tags, base: note.range.lowerBound + 8, into: &result)
  }

  /// The values of four tags are directories of their own, with offsets from the start of the note as well.
  private func decodeM9(_ note: MakerNote, into result: inout ReadResult) {
    let start = note.range.lowerBound + 8
    let order = MakerNoteDirectories.order(note, at: start)
    var directories = MakerNoteDirectories(
      note, group: "Leica", order: order, base: note.range.lowerBound)
    let inner: [UInt16] = [0x3000, 0x3100, 0x3400, 0x3900]
    guard let directory = directories.directory(at: start, and: inner, into: &result) else { return }
    for tag in inner {
      guard let entry = directory[tag], entry.byteCount > 4,
        let values = directories.directory(at: entry.offset, Self.m9Tags, into: &result)
      else { continue }
      directories.observe(values, Self.m9Tags, into: &result)
    }
  }

  /// The digital back of the R8 and R9: number and more in one value, of which the text begins at byte 4.
  private func decodeR(_ note: MakerNote, into result: inout ReadResult) {
    var directories = MakerNoteDirectories(note, group: "Leica", directoryAt: 0)
    guard let directory = directories.directory(at: note.range.lowerBound, and: [0x000B], into: &result),
      let entry = directory[0x000B], entry.byteCount >= 12,
      let text = MakerNoteText.text(directories.reader.bytes(entry), at: 4, count: 8),
      let serial = MakerNoteText.serial(text)
    else { return }
    directories.add(.body, .serial(serial), "SerialNumber", entry, skipping: 4, into: &result)
  }
}
