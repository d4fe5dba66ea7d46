internal import UntrailBytes
internal import UntrailModel

/// Canon: a directory from the first byte on, with offsets from the start of the TIFF structure.
///
///     directory, values ...
///     "II" 2A 00 | "MM" 00 2A     in the last 8 bytes, of later cameras: byte order, magic
///     OO OO OO OO                 where the note stood when the camera wrote it
///
/// Some values are lists of numbers, of which the first is the size of the list in bytes (`CanonLists`).
///
/// Source: tag numbers and lists as in ExifTool's Canon.pm.
struct CanonMakerNote: MakerNoteDecoder {
  private static let tags: [MakerNoteTag] = [
    MakerNoteTag(0x0007, "CanonFirmwareVersion", .software, .firmware),
    MakerNoteTag(0x0009, "OwnerName", .person, .owner),
    MakerNoteTag(0x0028, "ImageUniqueID", .link, .imageUniqueID, .hexadecimal),
    MakerNoteTag(0x0095, "LensModel", .device, .lens),
  ]
  private static let lists: [UInt16] = [0x0008, 0x000C, 0x000D, 0x0035, 0x0093, 0x0096, 0x00B6, 0x4019]

  func claims(_ note: MakerNote) -> Bool { note.make.hasPrefix("Canon") }

  func decode(_ note: MakerNote, into result: inout ReadResult) {
    let start = note.range.lowerBound
    let order = MakerNoteDirectories.order(note, at: start)
    var directories = MakerNoteDirectories(note, group: "Canon", directoryAt: 0)
    if let base = Self.baseOfFooter(note, order) {
      directories = MakerNoteDirectories(note, group: "Canon", order: order, base: base)
    }
    guard let directory = directories.directory(at: start, Self.tags, and: Self.lists, into: &result) else {
      return
    }
    directories.observe(directory, Self.tags, into: &result)
    CanonLists(directories, note.model).observe(directory, into: &result)
  }

  /// Where offsets count from, if the last bytes of the note say where it stood at first.
  ///
  /// Some editors move the note and its offsets, and forget these bytes: then the last value ends before them, as it
  /// should, without any correction.
  private static func baseOfFooter(_ note: MakerNote, _ order: ByteOrder) -> Int? {
    let footer = note.range.upperBound - 8
    let start = note.range.lowerBound
    guard footer > start, let mark = try? note.block.u16(at: footer, .big),
      mark == (order.isBig ? 0x4D4D : 0x4949), (try? note.block.u16(at: footer + 2, order)) == 42,
      let former = try? note.block.u32(at: footer + 4, order),
      let count = try? note.block.u16(at: start, order)
    else { return nil }
    let base = start - Int(former)
    guard base != note.base else { return nil }
    var end = 0
    for index in 0..<min(Int(count), 512) {
      let entry = start + 2 + 12 * index
      guard let format = try? note.block.u16(at: entry + 2, order),
        let size = ImageFileDirectoryReader.size(ofFormat: format),
        let count = try? note.block.u32(at: entry + 4, order),
        let word = try? note.block.u32(at: entry + 8, order)
      else { continue }
      if size * Int(count) > 4 { end = max(end, Int(word) + size * Int(count)) }
    }
    let gap = footer - (note.base + end)
    return gap == 0 || gap == 1 ? nil : base
  }
}
