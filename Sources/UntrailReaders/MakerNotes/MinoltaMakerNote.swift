internal import UntrailBytes
internal import UntrailModel

/// Minolta and Konica Minolta: a directory from the first byte on, with offsets from the start of the TIFF
/// structure. Lists of numbers in it are big-endian whatever the order of the file.
///
/// Source: tag numbers and lists as in ExifTool's Minolta.pm.
struct MinoltaMakerNote: MakerNoteDecoder {
  private static let others: [UInt16] = [0x0001, 0x0003, 0x0004, 0x0020, 0x0088, 0x0089, 0x0114]
  private static let previewTag: UInt16 = 0x0081

  func claims(_ note: MakerNote) -> Bool {
    let make = note.make.lowercased()
    let others: [StaticString] = ["MLY0", "KC", "+M+M"]
    return (make.hasPrefix("minolta") || make.hasPrefix("konica minolta"))
      && !others.contains { note.begins(with: $0) } && (try? note.view.u8(at: 0)) != 0xD7
  }

  func decode(_ note: MakerNote, into result: inout ReadResult) {
    let start = note.range.lowerBound
    Self.decode(note, at: start, order: MakerNoteDirectories.order(note, at: start), into: &result)
  }

  /// The directory at a place of the structure, which in Sony's first cameras stands inside of Sony's own.
  static func decode(_ note: MakerNote, at offset: Int, order: ByteOrder, into result: inout ReadResult) {
    var directories = MakerNoteDirectories(note, group: "Minolta", order: order, base: note.base)
    guard let directory = directories.directory(at: offset, and: others, into: &result) else { return }
    if let entry = directory[0x0003] ?? directory[0x0001], note.model != "DiMAGE X31" {
      observeSettings(entry, directories, into: &result)
    }
    let model = note.model.uppercased()
    if model.holds("7D"), let entry = directory[0x0004] {
      observeImageNumber(entry, at: 0x5E, directories, into: &result)
    }
    if model.holds("5D") || model.hasPrefix("ALPHA SWEET"), let entry = directory[0x0114] {
      observeImageNumber(entry, at: 0xAE, directories, into: &result)
    }
    if model == "DSLR-A100", let entry = directory[0x0020], entry.byteCount >= 0x49E8,
      let text = MakerNoteText.text(directories.reader.bytes(entry), at: 0x49DC, count: 12),
      let serial = MakerNoteText.serial(text)
    {
      directories.add(
        .internalSerial, .serial(serial), "InternalSerialNumber", entry, skipping: 0x49DC, into: &result)
    }
    directories.observePreview(directory[0x0088], directory[0x0089], "PreviewImageStart", into: &result)
    directories.observePreview(
      directories.entryInFile(previewTag, at: offset), "PreviewImage", into: &result)
  }

  /// Numbers 21 and 22 of the list are day and time, a byte for each part, two for the year.
  private static func observeSettings(
    _ entry: MakerNoteDirectories.Entry, _ directories: MakerNoteDirectories, into result: inout ReadResult
  ) {
    let value = directories.reader.bytes(entry)
    guard let day = try? value.u32(at: 84, .big), let clock = try? value.u32(at: 88, .big),
      let time = MakerNoteTime.timestamp(
        Int(day >> 16), Int(day >> 8 & 0xFF), Int(day & 0xFF), Int(clock >> 16), Int(clock >> 8 & 0xFF),
        Int(clock & 0xFF))
    else { return }
    directories.add(.original, .timestamp(time), "MinoltaDate", entry, skipping: 84, into: &result)
  }

  private static func observeImageNumber(
    _ entry: MakerNoteDirectories.Entry, at index: Int, _ directories: MakerNoteDirectories,
    into result: inout ReadResult
  ) {
    guard let number = try? directories.reader.bytes(entry).u16(at: 2 * index, .big),
      (1...9999).contains(number)
    else { return }
    directories.add(
      .imageCounter, .link(MakerNoteText.padded(Int(number), digits: 4)), "ImageNumber", entry,
      skipping: 2 * index, into: &result)
  }
}
