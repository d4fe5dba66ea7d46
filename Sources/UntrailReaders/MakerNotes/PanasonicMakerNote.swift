internal import UntrailBytes
internal import UntrailModel

/// Panasonic, and the Leica cameras that Panasonic makes.
///
///     "Panasonic" 00 00 00 | directory        offsets count from the start of the TIFF structure
///     "MKE" ...                               video cameras; nothing of interest
///
/// Texts of places and people have 64 to 128 bytes each; "---" stands for none.
///
/// Source: tag numbers as in ExifTool's Panasonic.pm.
struct PanasonicMakerNote: MakerNoteDecoder {
  func claims(_ note: MakerNote) -> Bool {
    note.begins(with: "Panasonic") || note.begins(with: "MKE") && note.make.hasPrefix("Panasonic")
  }

  func decode(_ note: MakerNote, into result: inout ReadResult) {
    guard note.begins(with: "Panasonic") else { return }
    var note = note
    // The Lumix FT7 counts offsets from 12 bytes further on than its sisters.
    if note.model == "DC-FT7" { note.base += 12 }
    PanasonicDirectory.decode(note, directoryAt: 12, into: &result)
  }
}

/// The directory that Panasonic's cameras write, under whichever head.
enum PanasonicDirectory {
  private static let tags: [MakerNoteTag] = [
    MakerNoteTag(0x0002, "FirmwareVersion", .software, .firmware, .version),
    MakerNoteTag(0x0051, "LensType", .device, .lens),
    MakerNoteTag(0x0052, "LensSerialNumber", .serial, .lens, .serial),
    MakerNoteTag(0x0054, "AccessorySerialNumber", .serial, .accessory, .serial),
    MakerNoteTag(0x0065, "Title", .text, .title),
    MakerNoteTag(0x0066, "BabyName", .person, .depicted),
    MakerNoteTag(0x0067, "Location", .place, .sublocation),
    MakerNoteTag(0x0069, "Country", .place, .country),
    MakerNoteTag(0x006B, "State", .place, .state),
    MakerNoteTag(0x006D, "City", .place, .city),
    MakerNoteTag(0x006F, "Landmark", .place, .landmark),
    MakerNoteTag(0x0080, "City2", .place, .city),
    MakerNoteTag(0x00AF, "TimeStamp", .timestamp, .created, .time),
  ]
  private static let others: [UInt16] = [0x0025, 0x0033, 0x003A, 0x0061, 0x2003, 0x8010]

  static func decode(_ note: MakerNote, directoryAt offset: Int, into result: inout ReadResult) {
    var directories = MakerNoteDirectories(note, group: "Panasonic", directoryAt: offset)
    let start = note.range.lowerBound + offset
    guard let directory = directories.directory(at: start, tags, and: others, into: &result) else { return }
    directories.observe(directory, tags, into: &result)
    if let entry = directory[0x0025] { observeSerial(entry, directories, into: &result) }
    for tag: UInt16 in [0x0033, 0x8010] {
      if let entry = directory[tag] { observeAge(entry, directories, into: &result) }
    }
    if let entry = directory[0x003A] { observeWorldTime(entry, directories, into: &result) }
    if let entry = directory[0x0061] { observeFaces(entry, directories, into: &result) }
    if let entry = directory[0x2003] { observeTime(entry, directories, into: &result) }
  }

  /// A factory number: three letters or digits, then the day of manufacture and a number within it. NULs stand
  /// before it where an editor moved the note by a few bytes.
  private static func observeSerial(
    _ entry: MakerNoteDirectories.Entry, _ directories: MakerNoteDirectories, into result: inout ReadResult
  ) {
    guard let bytes = directories.bytes(entry, limit: 32), let start = bytes.firstIndex(where: { $0 != 0 }),
      let text = ExifText.ascii(bytes[start...]).flatMap(MakerNoteText.serial), text.utf8.count >= 8
    else { return }
    directories.add(.internalSerial, .serial(text), "InternalSerialNumber", entry, into: &result)
  }

  /// The age of the child, or animal, whose name the owner gave the camera: "0001:05:12 00:00:00".
  private static func observeAge(
    _ entry: MakerNoteDirectories.Entry, _ directories: MakerNoteDirectories, into result: inout ReadResult
  ) {
    guard let text = directories.reader.text(entry, limit: 64).flatMap(MakerNoteText.readable),
      !text.hasPrefix("9999"), text.utf8.contains(where: { (0x31...0x39).contains($0) })
    else { return }
    directories.add(.depicted, .text(text), "BabyAge", entry, into: &result)
  }

  /// Which of its two clocks the camera used: travellers set the second.
  private static func observeWorldTime(
    _ entry: MakerNoteDirectories.Entry, _ directories: MakerNoteDirectories, into result: inout ReadResult
  ) {
    let text: String
    switch directories.reader.integer(entry) {
    case 1: text = "Home"
    case 2: text = "Destination"
    default: return
    }
    directories.add(.zone, .text(text), "WorldTimeLocation", entry, into: &result)
  }

  /// Names that the camera put to faces:
  ///
  ///     int16 number of faces | 2 bytes | 3 times: name, 20 bytes | place in the picture, 8 | age, 20
  private static func observeFaces(
    _ entry: MakerNoteDirectories.Entry, _ directories: MakerNoteDirectories, into result: inout ReadResult
  ) {
    let value = directories.reader.bytes(entry)
    guard let count = try? value.u16(at: 0, directories.order), count <= 3 else { return }
    for face in 0..<Int(count) {
      let start = 4 + 48 * face
      guard start + 48 <= value.count else { return }
      if let name = MakerNoteText.text(value, at: start, count: 20) {
        directories.add(
          .face, .person(name), "RecognizedFace\(face + 1)Name", entry, skipping: start, into: &result)
      }
      if let age = MakerNoteText.text(value, at: start + 28, count: 20), !age.hasPrefix("9999") {
        directories.add(
          .face, .text(age), "RecognizedFace\(face + 1)Age", entry, skipping: start + 28, into: &result)
      }
    }
  }

  /// Two decimal digits a byte: year (2 bytes), month, day, hour, minute, second, hundredths.
  private static func observeTime(
    _ entry: MakerNoteDirectories.Entry, _ directories: MakerNoteDirectories, into result: inout ReadResult
  ) {
    let value = directories.reader.bytes(entry)
    guard
      let bytes = try? value.withBytes(at: 0, count: 8, { run throws(ParseError) in Array(run) }),
      bytes.allSatisfy({ $0 >> 4 < 10 && $0 & 15 < 10 })
    else { return }
    let parts = bytes.map { Int($0 >> 4) * 10 + Int($0 & 15) }
    guard
      var time = MakerNoteTime.timestamp(
        parts[0] * 100 + parts[1], parts[2], parts[3], parts[4], parts[5], parts[6])
    else { return }
    if parts[7] > 0 { time.subseconds = MakerNoteText.padded(parts[7], digits: 2) }
    directories.add(.created, .timestamp(time), "PanasonicDateTime", entry, into: &result)
  }
}
