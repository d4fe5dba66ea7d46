internal import UntrailBytes
internal import UntrailModel

/// Hewlett-Packard: values at fixed places, or text.
///
///     "IIII" 04|06 00 ...     time as text at 14 | "SERIAL NUMBER:" and the number at 5C (04) or 58 (06)
///     "610" 00 to 04 ...      "Serial Number: ..." somewhere in the text
///
/// Source: ExifTool's HP.pm.
struct HPMakerNote: MakerNoteDecoder {
  func claims(_ note: MakerNote) -> Bool {
    kind(note) != nil || note.begins(with: "610") && ((try? note.view.u8(at: 3)) ?? 0xFF) <= 4
  }

  private func kind(_ note: MakerNote) -> UInt16? {
    guard note.begins(with: "IIII"), let kind = try? note.view.u16(at: 4, .little), kind == 4 || kind == 6
    else { return nil }
    return kind
  }

  func decode(_ note: MakerNote, into result: inout ReadResult) {
    let view = note.view
    guard let kind = kind(note) else { return decodeText(note, into: &result) }
    if let time = MakerNoteTime.timestamp(view, at: 0x14, count: 20) {
      result.add(.original, .timestamp(time), "HP:CameraDateTime", at: view.place(0x14))
    }
    let place = kind == 4 ? 0x5C : 0x58
    guard let text = MakerNoteText.text(view, at: place, count: 26), text.hasPrefix("SERIAL NUMBER:") else {
      return
    }
    observeSerial(String(text.dropFirst(14)), at: view.place(place + 14), into: &result)
  }

  private func decodeText(_ note: MakerNote, into result: inout ReadResult) {
    let head = Array("serial number:".utf8)
    let found = try? note.view.withBytes(at: 0, count: min(note.view.count, 4096)) {
      run throws(ParseError) -> (String, Int)? in
      var index = 0
      while index + head.count < run.count {
        if zip(head, run[index...]).allSatisfy({ $0 == $1 | 0x20 || $0 == $1 }) {
          let start = index + head.count
          let text = run[start...].prefix { (0x20...0x7E).contains($0) }
          return (String(decoding: text, as: UTF8.self), start)
        }
        index += 1
      }
      return nil
    }
    guard let (text, offset) = found else { return }
    observeSerial(text, at: note.view.place(offset), into: &result)
  }

  private func observeSerial(_ text: String, at offset: Int?, into result: inout ReadResult) {
    guard let text = ExifText.ascii(Array(text.utf8)), let serial = MakerNoteText.serial(text) else { return }
    result.add(.body, .serial(serial), "HP:SerialNumber", at: offset)
  }
}

/// Sanyo: "SANYO" 00 01 00 | directory; offsets count from the start of the TIFF structure.
///
/// Source: ExifTool's Sanyo.pm.
struct SanyoMakerNote: MakerNoteDecoder {
  private static let tags: [MakerNoteTag] = [
    MakerNoteTag(0x0207, "SoftwareVersion", .software, .firmware)
  ]

  func claims(_ note: MakerNote) -> Bool { note.begins(with: "SANYO") }

  func decode(_ note: MakerNote, into result: inout ReadResult) {
    var directories = MakerNoteDirectories(note, group: "Sanyo", directoryAt: 8)
    let start = note.range.lowerBound + 8
    guard let directory = directories.directory(at: start, Self.tags, and: [0x0100], into: &result) else {
      return
    }
    directories.observe(directory, Self.tags, into: &result)
    directories.observePreview(directory[0x0100], "SanyoThumbnail", .thumbnail, into: &result)
  }
}

/// A note that is nothing but a small picture, as some makers have it.
struct PictureMakerNote: MakerNoteDecoder {
  func claims(_ note: MakerNote) -> Bool { note.view.begins(with: [0xFF, 0xD8, 0xFF] as [UInt8]) }

  func decode(_ note: MakerNote, into result: inout ReadResult) {
    result.add(
      .preview, .hidden(HiddenContent(byteCount: note.range.count)), "MakerNotes:PreviewImage",
      at: note.view.place(0))
  }
}

/// Notes that are known to say nothing of a person, a place, a time or one single camera.
///
/// Source: ExifTool's JVC.pm, GE.pm, HP.pm, Minolta.pm; for FLIR, whose facts stand in segments of their own, FLIR.pm.
struct SilentMakerNote: MakerNoteDecoder {
  private static let heads: [StaticString] = [
    "JVC ", "VER:", "GE\0\0", "GENIC\0", "Hewlett-Packard", "Vivitar", "MLY0", "KC", "+M+M",
  ]

  func claims(_ note: MakerNote) -> Bool {
    Self.heads.contains { note.begins(with: $0) } || note.make.hasPrefix("FLIR Systems")
  }

  func decode(_ note: MakerNote, into result: inout ReadResult) {}
}
