import UntrailBytes

/// Notes of phones, and of the makers whose notes are small.
enum PhoneNotes {
  static let cases: [NoteCase] = [apple, fujifilm, pentax, sigma, samsung, motorola, ricoh, ricohText]

  private static let apple: NoteCase = {
    var note = NoteBuilder(Array("Apple iOS\0\0\u{1}MM".utf8), order: .big, base: 0)
    note.entries = [
      note.bytes(0x0003, uptime),
      .text(0x000B, "7C1D5A3E-0B52-4E0B-9E0B-6C2F00A11B01"),
      .text(0x0011, "0F4B6A1C-52D7-4C7E-8C44-2D7A90C3E502"),
      .text(0x002B, "2A0E9C11-7B1F-4D3A-9F55-0C5D6E7F8A90"),
    ]
    return NoteCase(
      "Apple", make: "Apple", order: .big, note,
      lines: [
        "link/uptime Apple:RunTimeValue 4815",
        "link/burst Apple:BurstUUID 7C1D5A3E-0B52-4E0B-9E0B-6C2F00A11B01",
        "link/content-identifier Apple:MediaGroupUUID 0F4B6A1C-52D7-4C7E-8C44-2D7A90C3E502",
        "link/photo-identifier Apple:PhotoIdentifier 2A0E9C11-7B1F-4D3A-9F55-0C5D6E7F8A90",
      ])
  }()

  /// A binary property list of a value of 4,815,162,342 and a scale of 1,000,000.
  private static let uptime: [UInt8] = {
    let objects: [[UInt8]] = [
      [0xD2, 1, 2, 3, 4], [0x55] + Array("value".utf8), [0x59] + Array("timescale".utf8),
      [0x13, 0, 0, 0, 1, 0x1F, 0x02, 0x17, 0xE6], [0x12, 0, 0x0F, 0x42, 0x40],
    ]
    var bytes = Array("bplist00".utf8)
    var offsets: [UInt8] = []
    for object in objects {
      offsets.append(UInt8(bytes.count))
      bytes += object
    }
    let table = UInt8(bytes.count)
    func long(_ value: UInt8) -> [UInt8] { [0, 0, 0, 0, 0, 0, 0, value] }
    return bytes + offsets + [0, 0, 0, 0, 0, 0, 1, 1] + long(UInt8(objects.count)) + long(0) + long(table)
  }()

  private static let fujifilm: NoteCase = {
    var note = NoteBuilder(Array("FUJIFILM".utf8) + [12, 0, 0, 0], base: 0)
    note.entries = [.text(0x0010, "FFDT21830123 592D31303431"), note.longs(0x1438, [4242])]
    return NoteCase(
      "Fujifilm", make: "FUJIFILM", note,
      lines: [
        "serial/internal FujiFilm:InternalSerialNumber FFDT21830123 592D31303431",
        "link/image-counter FujiFilm:ImageCount 4242",
      ])
  }()

  private static let pentax: NoteCase = {
    var note = NoteBuilder(Array("AOC\0MM".utf8), order: .big)
    note.entries = [
      note.bytes(0x0006, [0x07, 0xEA, 7, 14]), note.bytes(0x0007, [10, 12, 44]), note.shorts(0x0023, [21]),
      note.shorts(0x0024, [20]),
      note.bytes(0x0215, (0..<16).map { UInt8($0) } + [0x00, 0x12, 0xD6, 0x87]), .text(0x0229, "4711234"),
    ]
    return NoteCase(
      "Pentax", make: "PENTAX Corporation", order: .big, note,
      lines: [
        "timestamp/original Pentax:Date 2026-07-14-10-12-44", "place/home-city Pentax:HometownCity Paris",
        "place/time-zone-city Pentax:DestinationCity London",
        "serial/internal Pentax:InternalSerialNumber 1234567", "serial/body Pentax:SerialNumber 4711234",
      ])
  }()

  private static let sigma: NoteCase = {
    var note = NoteBuilder(Array("SIGMA\0\0\0\u{1}\0".utf8))
    note.entries = [.text(0x0002, "1003456"), .text(0x0017, "1.04 Release")]
    return NoteCase(
      "Sigma", make: "SIGMA", note,
      lines: ["serial/body Sigma:SerialNumber 1003456", "software/firmware Sigma:Firmware 1.04 Release"])
  }()

  private static let samsung: NoteCase = {
    var note = NoteBuilder(base: 0)
    note.entries = [.text(0x0031, "Eiffel Tower"), .text(0xA002, "C1A2B3C4D5"), .text(0xA005, "0042AB")]
    return NoteCase(
      "Samsung", make: "SAMSUNG", note,
      lines: [
        "place/landmark Samsung:LocationName Eiffel Tower", "serial/body Samsung:SerialNumber C1A2B3C4D5",
        "serial/lens Samsung:InternalLensSerialNumber 0042AB",
      ])
  }()

  private static let motorola: NoteCase = {
    var note = NoteBuilder(Array("MOT\0\0\0\0\0".utf8), base: 0)
    note.entries = [.text(0x5500, "MPJ24.139-23.4"), .text(0x5501, "ZY22380000")]
    return NoteCase(
      "Motorola", make: "motorola", note,
      lines: [
        "software/firmware Motorola:BuildNumber MPJ24.139-23.4",
        "serial/body Motorola:SerialNumber ZY22380000",
      ])
  }()

  private static let ricoh: NoteCase = {
    var note = NoteBuilder(Array("RICOH\0\0\0".utf8))
    note.entries = [.text(0x0002, "Rev0113"), note.bytes(0x0005, Array("(WD00100056)    ".utf8))]
    return NoteCase(
      "Ricoh", make: "RICOH", note,
      lines: [
        "software/firmware Ricoh:FirmwareVersion Rev0113", "serial/body Ricoh:SerialNumber (WD00100056)",
      ])
  }()

  private static let ricohText = NoteCase(
    "Ricoh's text", make: "RICOH", bytes: Array("Rev0207;SID:00100056;".utf8) + [0], head: 8,
    lines: ["serial/body Ricoh:SerialNumber 00100056"])
}
