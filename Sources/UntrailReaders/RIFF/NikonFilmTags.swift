internal import UntrailBytes
internal import UntrailModel

/// What Nikon's cameras keep in an AVI file: tag and length in 16 bits each, little-endian, and the value.
///
/// Source: ExifTool's Nikon.pm, AVITags.
enum NikonFilmTags {
  static func decode(_ body: ByteView, into result: inout ReadResult, _ limits: Limits) {
    var device = Device()
    var deviceStart: Int?
    var offset = 0
    for _ in 0..<limits.entries where body.count - offset >= 4 {
      guard let tag = try? body.u16(at: offset, .little), let size = try? body.u16(at: offset + 2, .little),
        Int(size) <= body.count - offset - 4
      else { break }
      let start = offset + 4
      offset = start + Int(size)
      guard size > 0, [3, 4, 5, 0x13, 0x14].contains(tag),
        let text = MakerNoteText.text(body, at: start, count: Int(size))
      else { continue }
      switch tag {
      case 0x03:
        device.make = text
        deviceStart = body.place(start)
      case 0x04:
        device.model = text
        deviceStart = deviceStart ?? body.place(start)
      case 0x05: result.add(.firmware, .software(text), "Nikon:Software", at: body.place(start))
      default:
        guard let time = WrittenTime.read(text) else { continue }
        let isOriginal = tag == 0x13
        result.add(
          isOriginal ? .original : .created, .timestamp(time),
          isOriginal ? "Nikon:DateTimeOriginal" : "Nikon:CreateDate", at: body.place(start))
      }
    }
    if !device.name.isEmpty { result.add(.camera, .device(device), "Nikon:Model", at: deviceStart) }
  }
}
