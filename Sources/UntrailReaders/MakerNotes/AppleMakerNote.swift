internal import UntrailBytes
internal import UntrailModel

/// Apple: ids that join pictures and films, and how long the phone had been on. Channel A6.
///
///     "Apple iOS" 00 00 01 "MM" | directory       offsets count from the start of the note
///
/// Source: tag numbers as in ExifTool's Apple.pm.
struct AppleMakerNote: MakerNoteDecoder {
  private static let tags: [MakerNoteTag] = [
    MakerNoteTag(0x000B, "BurstUUID", .link, .burst),
    // The id that a live photo shares with its film.
    MakerNoteTag(0x0011, "MediaGroupUUID", .link, .contentIdentifier),
    MakerNoteTag(0x0015, "ImageUniqueID", .link, .imageUniqueID),
    MakerNoteTag(0x0020, "ImageCaptureRequestID", .link, .captureRequest),
    MakerNoteTag(0x002B, "PhotoIdentifier", .link, .photoIdentifier),
  ]

  func claims(_ note: MakerNote) -> Bool { note.begins(with: "Apple iOS\0") }

  func decode(_ note: MakerNote, into result: inout ReadResult) {
    let order: ByteOrder = (try? note.view.u16(at: 12, .big)) == 0x4949 ? .little : .big
    var directories = MakerNoteDirectories(note, group: "Apple", order: order, base: note.range.lowerBound)
    let start = note.range.lowerBound + 14
    guard let directory = directories.directory(at: start, Self.tags, and: [0x0003], into: &result) else {
      return
    }
    directories.observe(directory, Self.tags, into: &result)
    guard let entry = directory[0x0003], let bytes = directories.bytes(entry, limit: 1024),
      let seconds = Self.uptime(bytes)
    else { return }
    directories.add(.uptime, .link(String(seconds)), "RunTimeValue", entry, into: &result)
  }

  /// Whole seconds since the phone was switched on.
  private static func uptime(_ bytes: [UInt8]) -> Int64? {
    var flaw: ParseError?
    guard let list = PropertyList.read(bytes, at: nil, Limits(), flaw: &flaw),
      case .integer(let value)? = list["value"]?.content,
      case .integer(let scale)? = list["timescale"]?.content, value > 0, scale > 0
    else { return nil }
    return value / scale
  }
}
