internal import UntrailBytes
internal import UntrailModel

/// Kodak, which has a form of its own for nearly every family of cameras; those that say something:
///
///     "KDK INFO" | "KDK" ...      year at 18, month, day, hour, minute, second; big-endian after "KDK INFO"
///     12 bytes | 07 ...           year at 0C, month, day, hour, minute, second
///     41 bytes | "JPG"            name of the file at 20
///     "K" or "C", letters ...     serial number, 16 bytes
///     "IIII" 02|03 00 ...         time as text at 14, program at 57
///     directory                   also behind "II" or "MM", or a TIFF head; other directories in FC00 and FF00
///
/// Source: ExifTool's Kodak.pm; heads as in its MakerNotes.pm.
struct KodakMakerNote: MakerNoteDecoder {
  private static let innerTags: [MakerNoteTag] = [
    MakerNoteTag(0xFA04, "SerialNumber", .serial, .body, .serial),
    MakerNoteTag(0xFA19, "SerialNumber", .serial, .body, .serial),
  ]
  private static let pixProTags: [MakerNoteTag] = [
    MakerNoteTag(0x0104, "FirmwareVersion", .software, .firmware),
    MakerNoteTag(0x0308, "LensSerialNumber", .serial, .lens, .serial),
    MakerNoteTag(0x0309, "LensModel", .device, .lens),
  ]

  func claims(_ note: MakerNote) -> Bool {
    let make = note.make.lowercased()
    return !note.begins(with: "AOC\0")
      && (make.holds("kodak") || note.model.lowercased().holds("pixpro")
        || note.begins(with: "IIII\u{2}\0") || note.begins(with: "IIII\u{3}\0"))
  }

  func decode(_ note: MakerNote, into result: inout ReadResult) {
    let view = note.view
    if note.begins(with: "KDK") {
      observeTime(view, at: 0x18, isBig: note.begins(with: "KDK INFO"), into: &result)
    } else if note.begins(with: "IIII") {
      observeText(view, into: &result)
    } else if note.begins(with: "II") || note.begins(with: "MM") {
      decodeDirectory(note, into: &result)
    } else if isSerial(view) {
      if let serial = MakerNoteText.text(view, at: 0, count: 16).flatMap(MakerNoteText.serial) {
        result.add(.body, .serial(serial), "Kodak:SerialNumber", at: view.place(0))
      }
    } else if view.dropping(41).begins(with: "JPG".utf8) {
      if let name = MakerNoteText.text(view, at: 0x20, count: 12), name.contains(".") {
        result.add(.originalFileName, .link(name), "Kodak:OriginalFileName", at: view.place(0x20))
      }
    } else if (try? view.u8(at: 12)) == 7, note.make.hasPrefix("EASTMAN") {
      observeTime(view, at: 0x0C, isBig: true, into: &result)
    } else if looksLikeDirectory(note) {
      decodeDirectory(note, into: &result)
    }
  }

  /// Four letters or digits of which the first is C or K, and a number: "KCMEK61500123".
  private func isSerial(_ view: ByteView) -> Bool {
    guard let bytes = try? view.withBytes(at: 0, count: 12, { run throws(ParseError) in Array(run) }) else {
      return false
    }
    return (bytes[0] == UInt8(ascii: "C") || bytes[0] == UInt8(ascii: "K"))
      && bytes.dropFirst().allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || $0 == 0x20
      }
  }

  private func observeTime(_ view: ByteView, at offset: Int, isBig: Bool, into result: inout ReadResult) {
    guard let year = try? view.u16(at: offset, isBig ? .big : .little),
      let parts = try? view.withBytes(
        at: offset + 2, count: 6, { run throws(ParseError) in run.map { Int($0) } }),
      let time = MakerNoteTime.timestamp(Int(year), parts[0], parts[1], parts[2], parts[3], parts[4])
    else { return }
    result.add(.original, .timestamp(time), "Kodak:TimeCreated", at: view.place(offset))
  }

  private func observeText(_ view: ByteView, into result: inout ReadResult) {
    if let time = MakerNoteTime.timestamp(view, at: 0x14, count: 20) {
      result.add(.original, .timestamp(time), "Kodak:DateTimeOriginal", at: view.place(0x14))
    }
    if let text = MakerNoteText.text(view, at: 0x57, count: 16) {
      result.add(.firmware, .software(text), "Kodak:FirmwareVersion", at: view.place(0x57))
    }
  }

  private func looksLikeDirectory(_ note: MakerNote) -> Bool {
    guard let count = try? note.view.u16(at: 0, .big), let format = try? note.view.u16(at: 4, .big) else {
      return false
    }
    let isBig = (2...0x7F).contains(count) && (1...12).contains(format)
    let swapped = (count.byteSwapped, format.byteSwapped)
    return isBig || (2...0x7F).contains(swapped.0) && (1...12).contains(swapped.1)
  }

  private func decodeDirectory(_ note: MakerNote, into result: inout ReadResult) {
    var note = note
    var skipped = 0
    if (try? note.view.u16(at: 2, .big)).map({ $0 == 0x2A00 || $0 == 0x002A }) ?? false {
      note.base = note.range.lowerBound
      skipped = 8
      // Some have two NULs before or behind the number of entries.
      if (try? note.view.u16(at: 8, .big)) == 0 || (try? note.view.u16(at: 10, .big)) == 0 { skipped = 10 }
    } else if note.begins(with: "II") || note.begins(with: "MM") {
      skipped = 2
    }
    let order: ByteOrder =
      note.begins(with: "II")
      ? .little
      : note.begins(with: "MM")
        ? .big : MakerNoteDirectories.order(note, at: note.range.lowerBound)
    var directories = MakerNoteDirectories(note, group: "Kodak", order: order, base: note.base)
    guard
      let directory = directories.directory(
        at: note.range.lowerBound + skipped, Self.pixProTags, and: [0xFC00, 0xFF00], into: &result)
    else { return }
    if skipped >= 8 { directories.observe(directory, Self.pixProTags, into: &result) }
    if let entry = directory[0xFC00] {
      observeInner(entry, note, order, isValue: entry.format == 7, into: &result)
    }
    if let entry = directory[0xFF00] { observeInner(entry, note, order, isValue: false, into: &result) }
  }

  /// A directory that a value holds, with offsets from its own start, or points at; "II" or "MM" may stand before it.
  private func observeInner(
    _ entry: MakerNoteDirectories.Entry, _ note: MakerNote, _ order: ByteOrder, isValue: Bool,
    into result: inout ReadResult
  ) {
    let pointer = ImageFileDirectoryReader(note.block, order, base: note.base, note.limits).pointer(entry)
    guard let start = isValue ? entry.offset : pointer, start > 0, start != note.base else { return }
    var directoryStart = start
    var inner = MakerNoteDirectories.order(note, at: start)
    if let mark = try? note.block.u16(at: start, .big), mark == 0x4949 || mark == 0x4D4D {
      inner = mark == 0x4D4D ? .big : .little
      directoryStart += 2
    }
    var directories = MakerNoteDirectories(
      note, group: "Kodak", order: inner, base: isValue ? start : note.base)
    guard let directory = directories.directory(at: directoryStart, Self.innerTags, into: &result) else {
      return
    }
    directories.observe(directory, Self.innerTags, into: &result)
  }
}
