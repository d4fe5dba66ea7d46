internal import UntrailBytes
internal import UntrailModel

/// What cameras keep beside a stream of an AVI file.
///
///     "AVIF" 4 bytes | IFD0, little-endian; offsets count from it      Canon, Fujifilm, Minolta and others
///     "CASI" text                                                     Casio
///     "Zora" text                                                     Samsung
///     text
///
/// Source: ExifTool's RIFF.pm, StreamData.
enum StreamData {
  static func decode(_ body: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    guard body.count > 8, let type = try? body.u32(at: 0, .big) else { return }
    switch FourCC(type) {
    case "AVIF": CameraDirectory.decode(body.dropping(8), at: 0, .little, into: &result, tools)
    case "CASI", "Zora":
      guard let text = MakerNoteText.text(body, at: 4, count: 64) else { return }
      let name = FourCC(type) == "CASI" ? "Casio:Software" : "RIFF:VendorName"
      result.add(.firmware, .software(text), name, at: body.place(4))
    default:
      guard let text = MakerNoteText.text(body, at: 0, count: 256) else { return }
      result.add(.comment, .text(text), "RIFF:StreamData", at: body.place(0))
    }
  }
}

/// A directory of EXIF without the head of a TIFF structure, as AVI files of some cameras have it.
enum CameraDirectory {
  private static let image: [MakerNoteTag] = [
    MakerNoteTag(0x010E, "ImageDescription", .text, .description),
    MakerNoteTag(0x0131, "Software", .software, .processing),
    MakerNoteTag(0x0132, "ModifyDate", .timestamp, .modified, .time),
    MakerNoteTag(0x013B, "Artist", .person, .artist),
    MakerNoteTag(0x8298, "Copyright", .person, .copyright),
  ]
  private static let camera: [MakerNoteTag] = [
    MakerNoteTag(0x9003, "DateTimeOriginal", .timestamp, .original, .time),
    MakerNoteTag(0x9004, "CreateDate", .timestamp, .digitized, .time),
    MakerNoteTag(0xA431, "SerialNumber", .serial, .body, .serial),
  ]

  /// - Parameter offset: bytes from the start of the block, which offsets count from, to the directory.
  static func decode(
    _ block: ByteView, at offset: Int, _ order: ByteOrder, into result: inout ReadResult, _ tools: ReaderTools
  ) {
    let note = MakerNote(
      block: block, range: 0..<block.count, order: order, make: "", model: "", limits: tools.limits)
    var directories = MakerNoteDirectories(note, group: "EXIF", order: order, base: 0)
    guard
      let directory = directories.directory(
        at: offset, image, and: [0x010F, 0x0110, 0x8769, 0x927C], into: &result)
    else { return }
    func text(_ tag: UInt16) -> String {
      directory[tag].flatMap { directories.reader.text($0, limit: 256) } ?? ""
    }
    let device = Device(make: text(0x010F), model: text(0x0110))
    if !device.name.isEmpty, let entry = directory[0x0110] ?? directory[0x010F] {
      directories.add(.camera, .device(device), "Model", entry, into: &result)
    }
    directories.observe(directory, image, into: &result)
    guard let pointer = directory[0x8769], let start = directories.reader.pointer(pointer),
      let inner = directories.directory(at: start, camera, and: [0x927C], into: &result)
    else { return }
    directories.observe(inner, camera, into: &result)
    guard let entry = inner[0x927C], entry.byteCount > 16, entry.offset + entry.byteCount <= block.count
    else {
      return
    }
    let inside = MakerNote(
      block: block, range: entry.offset..<(entry.offset + entry.byteCount), order: order, make: device.make,
      model: device.model, limits: tools.limits)
    _ = MakerNotes.decode(inside, into: &result)
  }
}
