internal import UntrailBytes
internal import UntrailModel

/// What Olympus' recorders add to a WAV file: the model at 12 (16 bytes), start and end as "YYMMDDhhmmss" at 38 and 50.
///
/// Source: ExifTool's Olympus.pm.
enum OlympusRecorder {
  static func decode(_ body: ByteView, into result: inout ReadResult) {
    if body.count >= 28, let model = MakerNoteText.text(body, at: 12, count: 16) {
      result.add(
        .recorder, .device(Device(make: "Olympus", model: model)), "Olympus:Model", at: body.place(12))
    }
    for (offset, role, name) in [(38, Role.original, "DateTimeOriginal"), (50, .end, "DateTimeEnd")] {
      guard body.count >= offset + 12, let digits = MakerNoteText.text(body, at: offset, count: 12),
        let time = WrittenTime.read("20" + digits)
      else { continue }
      result.add(role, .timestamp(time), "Olympus:" + name, at: body.place(offset))
    }
  }
}
