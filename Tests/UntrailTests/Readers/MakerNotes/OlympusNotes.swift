import UntrailBytes
import UntrailModel

enum OlympusNotes {
  private static func equipment(_ note: NoteBuilder) -> [NoteBuilder.Entry] {
    [
      .text(0x0101, "BHLB61153", count: 32), .text(0x0102, "4173710003228001", count: 32),
      note.longs(0x0104, [0x1200]), .text(0x0202, "AC3C74257", count: 32),
      .text(0x0203, "M.14-42mm F3.5-5.6 EZ"), .text(0x0302, "0000", count: 32), .text(0x0303, "MC-14"),
      .text(0x1003, "30012345", count: 32),
    ]
  }

  private static func settings(_ note: NoteBuilder) -> [NoteBuilder.Entry] {
    [
      note.longs(0x0100, [1]), NoteBuilder.Entry(tag: 0x0101, format: 4, value: .place(CanonNotes.jpeg)),
      note.longs(0x0102, [100]), .text(0x0908, "2022:05:31 15:48:25"),
    ]
  }

  private static let innerLines = [
    "serial/body Olympus:SerialNumber BHLB61153",
    "serial/internal Olympus:InternalSerialNumber 4173710003228001",
    "software/firmware Olympus:BodyFirmwareVersion 1.200", "serial/lens Olympus:LensSerialNumber AC3C74257",
    "device/lens Olympus:LensModel M.14-42mm F3.5-5.6 EZ", "device/accessory Olympus:ExtenderModel MC-14",
    "serial/flash Olympus:FlashSerialNumber 30012345", "hidden/preview Olympus:PreviewImageStart 100 bytes",
    "timestamp/created Olympus:DateTimeUTC 2022-05-31-15-48-25 0",
  ]

  private static func inner(_ head: [UInt8], base: Int?, asValue: Bool) -> NoteBuilder {
    var note = NoteBuilder(head, base: base)
    func entry(_ tag: UInt16, _ entries: [NoteBuilder.Entry]) -> NoteBuilder.Entry {
      NoteBuilder.Entry(
        tag: tag, format: asValue ? 7 : 13, value: asValue ? .directory(entries) : .pointer(entries))
    }
    note.entries = [entry(0x2010, equipment(note)), entry(0x2020, settings(note))]
    return note
  }

  private static let compact: NoteBuilder = {
    var note = NoteBuilder(Array("OLYMP\0".utf8) + [1, 0])
    let text =
      "[picture info] TimeDate=2004:05:06 07:08:09 Shutter=1234 [Camera info] Type=SR12 Serial#=#4711 "
    note.entries = [
      note.bytes(0x0100, CanonNotes.jpeg), .text(0x0104, "C001"), note.bytes(0x0208, Array(text.utf8)),
      .text(0x0404, "C90500055"), .text(0x0405, "1.1"),
      NoteBuilder.Entry(tag: 0x0F04, format: 4, value: .place(CanonNotes.jpeg)), note.longs(0x0F05, [100]),
      NoteBuilder.Entry(tag: 0x1036, format: 4, value: .place(CanonNotes.jpeg)), note.longs(0x1037, [100]),
    ]
    return note
  }()

  static let cases = [
    NoteCase(
      "Olympus", make: "OLYMPUS CORPORATION", model: "E-M10MarkII",
      inner(Array("OLYMPUS\0".utf8) + Array("II".utf8) + [3, 0], base: 0, asValue: false), lines: innerLines),
    NoteCase(
      "OM System", make: "OM Digital Solutions", model: "OM-1",
      inner(Array("OM SYSTEM\0".utf8) + [0, 0] + Array("II".utf8) + [4, 0], base: 0, asValue: false),
      lines: innerLines),
    NoteCase(
      "Olympus E-1, directories as values", make: "OLYMPUS CORPORATION", model: "E-1",
      inner(Array("OLYMP\0".utf8) + [1, 0], base: nil, asValue: true), lines: innerLines),
    NoteCase(
      "Olympus compact camera", make: "OLYMPUS IMAGING CORP.", model: "u760,S760", compact,
      lines: [
        "hidden/thumbnail Olympus:ThumbnailImage 100 bytes",
        "software/firmware Olympus:BodyFirmwareVersion C001",
        "timestamp/original Olympus:DateTimeOriginal 2004-05-06-07-08-09",
        "serial/body Olympus:SerialNumber #4711", "serial/body Olympus:SerialNumber C90500055",
        "software/firmware Olympus:Firmware 1.1", "hidden/preview Olympus:ZoomedPreviewStart 100 bytes",
        "hidden/preview Olympus:PreviewImageStart 100 bytes",
      ]),
    NoteCase(
      "Epson", make: "SEIKO EPSON CORP.", model: "R-D1",
      {
        var note = NoteBuilder(Array("EPSON\0".utf8) + [1, 0])
        note.entries = [.text(0x020D, "EPSON PhotoRAW 1.2"), note.bytes(0x0280, CanonNotes.jpeg, format: 1)]
        return note
      }(),
      lines: [
        "software/processing Olympus:EpsonSoftware EPSON PhotoRAW 1.2",
        "hidden/preview Olympus:PreviewImage 100 bytes",
      ]),
    NoteCase(
      "Minolta by the same maker", make: "MINOLTA CO.,LTD", model: "DiMAGE 2330",
      {
        var note = NoteBuilder(Array("MINOL\0".utf8) + [0, 1], order: .big)
        note.entries = [.text(0x101A, "12345678")]
        return note
      }(), lines: ["serial/body Olympus:SerialNumber 12345678"]),
  ]
}
