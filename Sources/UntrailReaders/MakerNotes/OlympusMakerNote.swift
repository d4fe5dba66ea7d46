internal import UntrailBytes
internal import UntrailModel

/// Olympus and OM System, and others that write the same: Epson, some Minolta and Sony cameras.
///
///     "OLYMP" 00 .. .. | directory            also "EPSON", "MINOL", "CAMER"; offsets from the TIFF structure
///     "OLYMPUS" 00 "II" 03 00 | directory     offsets from the start of the note
///     "OM SYSTEM" 00 00 00 "II" 04 00 | directory     as well
///
/// Tags from 2010 on are directories of their own: their offset is the value, or they are the value themselves.
///
/// Source: tag numbers as in ExifTool's Olympus.pm.
struct OlympusMakerNote: MakerNoteDecoder {
  private static let tags: [MakerNoteTag] = [
    MakerNoteTag(0x0104, "BodyFirmwareVersion", .software, .firmware),
    MakerNoteTag(0x020D, "EpsonSoftware", .software, .processing),
    MakerNoteTag(0x0404, "SerialNumber", .serial, .body, .serial),
    MakerNoteTag(0x0405, "Firmware", .software, .firmware),
    MakerNoteTag(0x101A, "SerialNumber", .serial, .body, .serial),
  ]
  private static let others: [UInt16] = [
    0x0081, 0x0088, 0x0089, 0x0100, 0x0208, 0x0280, 0x0F04, 0x0F05, 0x1036, 0x1037, 0x2010, 0x2020, 0x4000,
  ]
  private static let equipmentTags: [MakerNoteTag] = [
    MakerNoteTag(0x0101, "SerialNumber", .serial, .body, .serial),
    MakerNoteTag(0x0102, "InternalSerialNumber", .serial, .internalSerial, .serial),
    MakerNoteTag(0x0104, "BodyFirmwareVersion", .software, .firmware, .packedVersion),
    MakerNoteTag(0x0202, "LensSerialNumber", .serial, .lens, .serial),
    MakerNoteTag(0x0203, "LensModel", .device, .lens),
    MakerNoteTag(0x0302, "ExtenderSerialNumber", .serial, .accessory, .serial),
    MakerNoteTag(0x0303, "ExtenderModel", .device, .accessory),
    MakerNoteTag(0x1003, "FlashSerialNumber", .serial, .flash, .serial),
  ]
  private static let settingsTags: [UInt16] = [0x0101, 0x0102, 0x0908]

  /// Heads, with the bytes before the directory, and whether offsets count from the note.
  private static let heads: [(text: StaticString, length: Int, countsFromNote: Bool)] = [
    ("OLYMPUS\0", 12, true), ("OM SYSTEM\0", 16, true), ("OLYMP\0", 8, false), ("EPSON\0", 8, false),
    ("MINOL\0", 8, false), ("CAMER\0", 8, false), ("SONY PI\0", 12, false), ("PREMI\0", 8, false),
  ]

  func claims(_ note: MakerNote) -> Bool { Self.heads.contains { note.begins(with: $0.text) } }

  func decode(_ note: MakerNote, into result: inout ReadResult) {
    guard let head = Self.heads.first(where: { note.begins(with: $0.text) }) else { return }
    let start = note.range.lowerBound + head.length
    var directories = MakerNoteDirectories(note, group: "Olympus", directoryAt: head.length)
    if head.countsFromNote {
      let order = MakerNoteDirectories.order(note, at: start)
      directories = MakerNoteDirectories(
        note, group: "Olympus", order: order, base: note.range.lowerBound)
    }
    decodeMain(&directories, at: start, isInner: false, into: &result)
  }

  private func decodeMain(
    _ directories: inout MakerNoteDirectories, at offset: Int, isInner: Bool, into result: inout ReadResult
  ) {
    guard let directory = directories.directory(at: offset, Self.tags, and: Self.others, into: &result) else {
      return
    }
    directories.observe(directory, Self.tags, into: &result)
    if let entry = directory[0x0208] {
      PictureInfoText.decode(
        directories.reader.bytes(entry), group: "Olympus", directories.note.limits, into: &result)
    }
    observePreviews(directory, directories, into: &result)
    if let equipment = inner(directory[0x2010], &directories, Self.equipmentTags, [], into: &result) {
      directories.observe(equipment, Self.equipmentTags, into: &result)
    }
    if let settings = inner(directory[0x2020], &directories, [], Self.settingsTags, into: &result) {
      directories.observePreview(settings[0x0101], settings[0x0102], "PreviewImageStart", into: &result)
      observeTime(settings[0x0908], directories, into: &result)
    }
    // Some cameras repeat the directory inside itself.
    if !isInner, let entry = directory[0x4000], let place = place(entry, directories) {
      decodeMain(&directories, at: place, isInner: true, into: &result)
    }
  }

  private func observePreviews(
    _ directory: MakerNoteDirectories.Directory, _ directories: MakerNoteDirectories,
    into result: inout ReadResult
  ) {
    directories.observePreview(directory[0x0081], "PreviewImageData", into: &result)
    directories.observePreview(directory[0x0100], "ThumbnailImage", .thumbnail, into: &result)
    directories.observePreview(directory[0x0280], "PreviewImage", into: &result)
    directories.observePreview(directory[0x0088], directory[0x0089], "PreviewImageStart", into: &result)
    directories.observePreview(directory[0x1036], directory[0x1037], "PreviewImageStart", into: &result)
    directories.observePreview(directory[0x0F04], directory[0x0F05], "ZoomedPreviewStart", into: &result)
  }

  /// The clock of the satellites or of the telephone, which the camera keeps beside its own.
  private func observeTime(
    _ entry: MakerNoteDirectories.Entry?, _ directories: MakerNoteDirectories, into result: inout ReadResult
  ) {
    guard let entry,
      var time = MakerNoteTime.timestamp(directories.reader.bytes(entry), count: entry.byteCount)
    else { return }
    time.utcOffsetMinutes = 0
    directories.add(.created, .timestamp(time), "DateTimeUTC", entry, into: &result)
  }

  private func place(_ entry: MakerNoteDirectories.Entry, _ directories: MakerNoteDirectories) -> Int? {
    entry.format == 4 || entry.format == 13 ? directories.reader.pointer(entry) : entry.offset
  }

  private func inner(
    _ entry: MakerNoteDirectories.Entry?, _ directories: inout MakerNoteDirectories, _ tags: [MakerNoteTag],
    _ others: [UInt16], into result: inout ReadResult
  ) -> MakerNoteDirectories.Directory? {
    guard let entry, let place = place(entry, directories) else { return nil }
    return directories.directory(at: place, tags, and: others, into: &result)
  }
}
