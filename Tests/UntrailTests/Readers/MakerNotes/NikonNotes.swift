import UntrailBytes
import UntrailModel

enum NikonNotes {
  static func head(_ order: ByteOrder) -> [UInt8] {
    Array("Nikon\0".utf8) + [2, 0x10, 0, 0]
      + (order.isBig ? [0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8] : [0x49, 0x49, 0x2A, 0, 8, 0, 0, 0])
  }

  private static func builder(_ order: ByteOrder) -> NoteBuilder {
    var note = NoteBuilder(head(order), order: order, base: 10)
    let lens = [(180, 10), (700, 10), (35, 10), (45, 10)].flatMap { [$0.0, $0.1] }
    let location: [UInt8] =
      Array("0100".utf8) + [1] + Array("FRA".utf8) + [1] + Array("Eiffel Tower".utf8)
    note.entries = [
      note.longs(0x0011, [0]), .text(0x001D, "3001234"),
      note.bytes(0x0024, note.number(60, 2) + [1, 2]),
      note.longs(0x0037, [1504]),
      note.bytes(0x0039, location + [UInt8](repeating: 0, count: 79 - location.count)),
      NoteBuilder.Entry(tag: 0x0084, format: 5, value: .bytes(lens.flatMap { note.number($0, 4) })),
      note.bytes(0x0091, Array("01031.02b".utf8) + [0, 0, 0]),
      note.longs(0x00A5, [7]), note.longs(0x00A7, [1513]),
      note.bytes(0x00B6, note.number(2024, 2) + [1, 21, 10, 24, 0, 0]),
      note.bytes(0x00B8, Array("0100".utf8) + [0, 0] + note.number(101, 2) + note.number(42, 2)),
      .text(0x0E09, "NX Studio 1.2"),
    ]
    note.entries[0] = NoteBuilder.Entry(
      tag: 0x0011, format: 4,
      value: .pointer([
        NoteBuilder.Entry(tag: 0x0201, format: 4, value: .place(CanonNotes.jpeg)),
        note.longs(0x0202, [100]),
      ]))
    return note
  }

  private static let lines = [
    "serial/body Nikon:SerialNumber 3001234", "utc-offset/zone Nikon:TimeZone 120",
    "link/shutter-count Nikon:MechanicalShutterCount 1504", "place/country Nikon:CountryCode FRA",
    "place/landmark Nikon:Location Eiffel Tower", "device/lens Nikon:Lens 18-70mm f/3.5-4.5 (18 70 3.5 4.5)",
    "software/firmware Nikon:FirmwareVersion 1.02b", "link/image-counter Nikon:ImageCount 7",
    "link/shutter-count Nikon:ShutterCount 1513",
    "timestamp/uptime Nikon:PowerUpTime 2024-01-21-10-24-00",
    "link/image-counter Nikon:FileNumber 101-0042",
    "software/processing Nikon:NikonCaptureVersion NX Studio 1.2",
    "hidden/preview PreviewIFD:PreviewImageStart 100 bytes",
  ]

  private static let plain: NoteBuilder = {
    var note = NoteBuilder(order: .big)
    // Where a camera has no preview, the offset points at anything.
    let blanks = [UInt8](repeating: 0x20, count: 40)
    let utf16 = "Tour Eiffel".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    let location = Array("0100".utf8) + [2, 0, 0, 0, 0] + utf16
    note.entries = [
      NoteBuilder.Entry(tag: 0x0011, format: 4, value: .place(blanks)),
      note.bytes(0x0039, location + [UInt8](repeating: 0, count: 79 - location.count)),
      NoteBuilder.Entry(
        tag: 0x0084, format: 5,
        value: .bytes([500, 10, 500, 10, 18, 10, 18, 10].flatMap { note.number($0, 4) })),
      .text(0x00A0, "NO= 20012345"),
      // The folder is one in the other order of bytes only.
      note.bytes(0x00B8, Array("0100".utf8) + [0, 0, 100, 0, 12, 0]),
    ]
    return note
  }()

  static let cases = [
    NoteCase("Nikon", make: "NIKON CORPORATION", builder(.little), lines: lines),
    NoteCase("Nikon, big-endian", make: "NIKON", builder(.big), lines: lines),
    NoteCase(
      "Nikon without a head", make: "NIKON", plain,
      lines: [
        "place/landmark Nikon:Location Tour Eiffel", "device/lens Nikon:Lens 50mm f/1.8 (50 50 1.8 1.8)",
        "serial/body Nikon:SerialNumber NO= 20012345", "link/image-counter Nikon:FileNumber 100-0012",
      ]),
    NoteCase(
      "Nikon, first Coolpix", make: "NIKON",
      {
        var note = NoteBuilder(Array("Nikon\0".utf8) + [1, 0])
        note.entries = [note.shorts(3, [1]), .text(2, "08.00")]
        return note
      }(), lines: []),
  ]
}
