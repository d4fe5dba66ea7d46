internal import UntrailBytes
internal import UntrailModel

/// Fujifilm, and others that use its form.
///
///     "FUJIFILM" OO OO OO OO              offset of the directory; all little-endian, from the start of the note
///
/// Source: tag numbers as in ExifTool's FujiFilm.pm.
struct FujifilmMakerNote: MakerNoteDecoder {
  private static let tags: [MakerNoteTag] = [
    MakerNoteTag(0x0010, "InternalSerialNumber", .serial, .internalSerial, .serial),
    MakerNoteTag(0x1438, "ImageCount", .link, .imageCounter, .number(digits: 1)),
  ]

  func claims(_ note: MakerNote) -> Bool { note.begins(with: "FUJIFILM") || note.begins(with: "GENERALE") }

  func decode(_ note: MakerNote, into result: inout ReadResult) {
    guard let offset = try? note.view.u32(at: 8, .little) else { return }
    var directories = MakerNoteDirectories(
      note, group: "FujiFilm", order: .little, base: note.range.lowerBound)
    let start = note.range.lowerBound + Int(offset)
    if let directory = directories.directory(at: start, Self.tags, into: &result) {
      directories.observe(directory, Self.tags, into: &result)
    }
  }
}

/// Ricoh.
///
///     "RICOH" 00 ... or "Ricoh", directory at 8     offsets count from the start of the structure
///     "Rev0113;SID:..."                             first cameras: a text
///
/// Source: tag numbers as in ExifTool's Ricoh.pm.
struct RicohMakerNote: MakerNoteDecoder {
  func claims(_ note: MakerNote) -> Bool {
    note.make.uppercased().hasPrefix("RICOH") || note.begins(with: "RICOH\0")
  }

  func decode(_ note: MakerNote, into result: inout ReadResult) {
    if note.begins(with: "Rev") || note.begins(with: "Rv") { return decodeText(note, into: &result) }
    var directories = MakerNoteDirectories(note, group: "Ricoh", directoryAt: 8)
    let tags = [MakerNoteTag(0x0002, "FirmwareVersion", .software, .firmware)]
    guard
      let directory = directories.directory(at: note.range.lowerBound + 8, tags, and: [0x0005], into: &result)
    else { return }
    directories.observe(directory, tags, into: &result)
    guard let entry = directory[0x0005], let bytes = directories.bytes(entry, limit: 64) else { return }
    let isText = bytes.allSatisfy { (0x20...0x7E).contains($0) }
    if isText, let serial = ExifText.ascii(bytes).flatMap(MakerNoteText.serial) {
      directories.add(.body, .serial(serial), "SerialNumber", entry, into: &result)
    } else if !isText, let serial = MakerNoteText.hexadecimal(bytes) {
      directories.add(.internalSerial, .serial(serial), "InternalSerialNumber", entry, into: &result)
    }
  }

  private func decodeText(_ note: MakerNote, into result: inout ReadResult) {
    guard let text = MakerNoteText.text(note.view, at: 0, count: 256) else { return }
    for part in text.split(separator: ";") {
      guard part.hasPrefix("SID:"), let serial = MakerNoteText.serial(String(part.dropFirst(4))) else {
        continue
      }
      result.add(.body, .serial(serial), "Ricoh:SerialNumber", at: note.view.place(0))
    }
  }
}

/// Sigma, and Foveon before it.
///
///     "SIGMA" 00 00 00 VV VV | directory  offsets count from the start of the structure
///
/// Source: tag numbers as in ExifTool's Sigma.pm.
struct SigmaMakerNote: MakerNoteDecoder {
  private static let tags: [MakerNoteTag] = [
    MakerNoteTag(0x0002, "SerialNumber", .serial, .body, .serial),
    MakerNoteTag(0x0017, "Firmware", .software, .firmware),
    MakerNoteTag(0x0018, "Software", .software, .processing),
  ]

  func claims(_ note: MakerNote) -> Bool {
    note.begins(with: "SIGMA\0") || note.begins(with: "FOVEON\0") || note.begins(with: "MLT0\0")
  }

  func decode(_ note: MakerNote, into result: inout ReadResult) {
    var directories = MakerNoteDirectories(note, group: "Sigma", directoryAt: 10)
    let start = note.range.lowerBound + 10
    guard
      let directory = directories.directory(at: start, Self.tags, and: [0x001A, 0x001B], into: &result)
    else { return }
    directories.observe(directory, Self.tags, into: &result)
    directories.observePreview(directory[0x001A], directory[0x001B], "PreviewImage", into: &result)
  }
}
