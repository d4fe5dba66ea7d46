internal import UntrailBytes
internal import UntrailModel

/// Casio, in two forms; offsets count from the start of the TIFF structure in both.
///
///     directory                       first cameras
///     "QVC" 00 00 00 | directory      later ones, also "DCI"
///
/// Source: tag numbers as in ExifTool's Casio.pm.
struct CasioMakerNote: MakerNoteDecoder {
  private static let tags: [MakerNoteTag] = [
    MakerNoteTag(0x3006, "HometownCity", .place, .homeCity)
  ]
  private static let others: [UInt16] = [0x0003, 0x0004, 0x2000, 0x2001]

  func claims(_ note: MakerNote) -> Bool {
    note.begins(with: "QVC\0") || note.begins(with: "DCI\0") || note.make.uppercased().hasPrefix("CASIO")
  }

  func decode(_ note: MakerNote, into result: inout ReadResult) {
    guard note.begins(with: "QVC\0") || note.begins(with: "DCI\0") else {
      var directories = MakerNoteDirectories(note, group: "Casio", directoryAt: 0)
      let directory = directories.directory(at: note.range.lowerBound, and: [0x0015], into: &result)
      return observeFirmware(directory?[0x0015], directories, into: &result)
    }
    var directories = MakerNoteDirectories(note, group: "Casio", directoryAt: 6)
    let start = note.range.lowerBound + 6
    guard let directory = directories.directory(at: start, Self.tags, and: Self.others, into: &result) else {
      return
    }
    directories.observe(directory, Self.tags, into: &result)
    observeFirmware(directory[0x2001], directories, into: &result)
    directories.observePreview(directory[0x0004], directory[0x0003], "PreviewImageStart", into: &result)
    directories.observePreview(directory[0x2000], "PreviewImage", into: &result)
  }

  /// The date of the camera's program: pairs of digits for year, month, day, hour, minute, with NULs between.
  private func observeFirmware(
    _ entry: MakerNoteDirectories.Entry?, _ directories: MakerNoteDirectories, into result: inout ReadResult
  ) {
    guard let entry, let bytes = directories.bytes(entry, limit: 18) else { return }
    let digits = bytes.filter { (0x30...0x39).contains($0) }
    guard digits.count >= 10, bytes.allSatisfy({ $0 == 0 || (0x20...0x7E).contains($0) }) else { return }
    let parts = (0..<5).map { Int(digits[2 * $0] - 0x30) * 10 + Int(digits[2 * $0 + 1] - 0x30) }
    let year = parts[0] + (parts[0] < 70 ? 2000 : 1900)
    guard MakerNoteTime.timestamp(year, parts[1], parts[2], parts[3], parts[4], 0) != nil else { return }
    let text =
      [year, parts[1], parts[2]].map { MakerNoteText.padded($0, digits: 2) }.joined(separator: ":") + " "
      + parts[3...].map { MakerNoteText.padded($0, digits: 2) }.joined(separator: ":")
    directories.add(.firmware, .software(text), "FirmwareDate", entry, into: &result)
  }
}
