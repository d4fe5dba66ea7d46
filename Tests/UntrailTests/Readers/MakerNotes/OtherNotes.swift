import UntrailBytes
import UntrailModel

enum OtherNotes {
  private static func note(
    _ head: [UInt8] = [], _ order: ByteOrder = .little, _ entries: (NoteBuilder) -> [NoteBuilder.Entry]
  ) -> NoteBuilder {
    var note = NoteBuilder(head, order: order)
    note.entries = entries(note)
    return note
  }

  /// Bytes with some at fixed places.
  private static func fixed(_ count: Int, _ parts: [(Int, [UInt8])]) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    for (offset, part) in parts { bytes.replaceSubrange(offset..<(offset + part.count), with: part) }
    return bytes
  }

  private static func little(_ values: [Int]) -> [UInt8] {
    values.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
  }

  private static func wide(_ text: String) -> [UInt8] {
    text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
  }

  private static let firmwareDate: [UInt8] =
    Array("0504\0\0".utf8) + Array("1809\0\0".utf8) + Array("30".utf8) + [0, 0, 0, 0]

  static let casio = [
    NoteCase(
      "Casio", make: "CASIO", model: "QV-3000EX",
      note([], .big) { [$0.shorts(0x0001, [1]), $0.bytes(0x0015, firmwareDate)] },
      lines: ["software/firmware Casio:FirmwareDate 2005:04:18 09:30"]),
    NoteCase(
      "Casio, later", make: "CASIO COMPUTER CO.,LTD", model: "EX-Z3",
      note(Array("QVC\0".utf8) + [0, 0], .big) {
        [
          $0.longs(0x0003, [100]), NoteBuilder.Entry(tag: 0x0004, format: 4, value: .place(CanonNotes.jpeg)),
          $0.bytes(0x2000, CanonNotes.jpeg), $0.bytes(0x2001, firmwareDate),
          .text(0x3006, "New York", count: 16),
        ]
      },
      lines: [
        "hidden/preview Casio:PreviewImageStart 100 bytes", "hidden/preview Casio:PreviewImage 100 bytes",
        "software/firmware Casio:FirmwareDate 2005:04:18 09:30",
        "place/home-city Casio:HometownCity New York",
      ]),
  ]

  static let reconyx = [
    NoteCase(
      "Reconyx HyperFire", make: "RECONYX", model: "HC500",
      bytes: fixed(
        0x70,
        [
          (0, [0x01, 0xF1]), (2, little([3, 1, 0])), (0x16, little([0, 10, 10, 3, 16, 2020])),
          (0x2A, wide("H500EE06130468")), (0x56, Array("Pier 39".utf8)),
        ]), head: 2,
      lines: [
        "software/firmware Reconyx:FirmwareVersion 3.1.0",
        "timestamp/original Reconyx:DateTimeOriginal 2020-03-16-10-10-00",
        "serial/body Reconyx:SerialNumber H500EE06130468", "text/label Reconyx:UserLabel Pier 39",
      ]),
    NoteCase(
      "Reconyx UltraFire", make: "Reconyx", model: "UltraFire",
      bytes: fixed(
        0x70,
        [
          (0, Array("RECONYXUF\0".utf8)), (0x18, [1, 2, 0, 0, 0, 0, UInt8(ascii: "B")]),
          (0x3B, [12, 4, 10, 4, 4, 0xE3, 0x07]), (0x4B, Array("XR12345678".utf8)),
          (0x5A, Array("Pier 39".utf8)),
        ]), head: 10,
      lines: [
        "software/firmware Reconyx:FirmwareVersion 1.2B",
        "timestamp/original Reconyx:DateTimeOriginal 2019-04-04-10-04-12",
        "serial/body Reconyx:SerialNumber XR12345678", "text/label Reconyx:UserLabel Pier 39",
      ]),
    NoteCase(
      "Reconyx HyperFire 2", make: "RECONYX", model: "HF2 PRO COVERT",
      bytes: fixed(
        0xA0,
        [
          (0, Array("RECONYXH2\0".utf8)), (0x2A, little([1, 2, 0x43])),
          (0x3E, little([12, 4, 10, 4, 4, 2019])), (0x68, Array("Pier 39".utf8)),
          (0x7E, wide("HLPXEL09018779")),
        ]), head: 10,
      lines: [
        "software/firmware Reconyx:FirmwareVersion 1.2C",
        "timestamp/original Reconyx:DateTimeOriginal 2019-04-04-10-04-12",
        "text/label Reconyx:UserLabel Pier 39", "serial/body Reconyx:SerialNumber HLPXEL09018779",
      ]),
  ]

  static let minolta = [
    NoteCase(
      "Minolta", make: "Minolta Co., Ltd.", model: "DiMAGE 7i",
      note([], .big) {
        [
          $0.bytes(
            0x0003,
            [UInt8](repeating: 0, count: 84) + [7, 0xD2, 6, 1, 0, 8, 30, 15]
              + [UInt8](repeating: 0, count: 40)),
          NoteBuilder.Entry(tag: 0x0088, format: 4, value: .place([0x02] + CanonNotes.jpeg.dropFirst())),
          $0.longs(0x0089, [100]),
        ]
      },
      lines: [
        "timestamp/original Minolta:MinoltaDate 2002-06-01-08-30-15",
        "hidden/preview Minolta:PreviewImageStart 100 bytes",
      ]),
    NoteCase(
      "Minolta Dynax 7D", make: "KONICA MINOLTA", model: "DYNAX 7D",
      note {
        [
          $0.bytes(
            0x0004, [UInt8](repeating: 0, count: 0xBC) + [0x10, 0x92] + [UInt8](repeating: 0, count: 20))
        ]
      },
      lines: ["link/image-counter Minolta:ImageNumber 4242"]),
    NoteCase(
      "Minolta Dynax 5D", make: "KONICA MINOLTA", model: "DYNAX 5D",
      note { [$0.bytes(0x0114, [UInt8](repeating: 0, count: 0x15C) + [0x10, 0x92] + [0, 0, 0, 0])] },
      lines: ["link/image-counter Minolta:ImageNumber 4242"]),
    NoteCase(
      "Minolta, a preview as a value", make: "Minolta Co., Ltd.", model: "DiMAGE 7",
      note { [$0.bytes(0x0081, CanonNotes.jpeg)] }, lines: ["hidden/preview Minolta:PreviewImage 100 bytes"]),
  ]

  static let kodak = [
    NoteCase(
      "Kodak, KDK INFO", make: "EASTMAN KODAK COMPANY", model: "CX7530",
      bytes: fixed(0x70, [(0, Array("KDK INFO".utf8)), (0x18, [7, 0xD5, 8, 13, 9, 47, 23, 12])]), head: 8,
      lines: ["timestamp/original Kodak:TimeCreated 2005-08-13-09-47-23"]),
    NoteCase(
      "Kodak, KDK", make: "EASTMAN KODAK COMPANY", model: "DX3600",
      bytes: fixed(0x70, [(0, Array("KDK0".utf8)), (0x18, [0xD5, 7, 8, 13, 9, 47, 23, 12])]), head: 4,
      lines: ["timestamp/original Kodak:TimeCreated 2005-08-13-09-47-23"]),
    NoteCase(
      "Kodak DC280", make: "EASTMAN KODAK COMPANY", model: "DC280",
      bytes: fixed(0x40, [(0, [1]), (0x0C, [7, 0xD1, 8, 13, 9, 47, 23, 12])]), head: 1,
      lines: ["timestamp/original Kodak:TimeCreated 2001-08-13-09-47-23"]),
    NoteCase(
      "Kodak DC200", make: "Eastman Kodak Company", model: "DC210 Zoom (V05.00)",
      bytes: fixed(0x60, [(0, [1]), (0x20, Array("DCP_0042.JPG".utf8))]), head: 1,
      lines: ["link/original-file-name Kodak:OriginalFileName DCP_0042.JPG"]),
    NoteCase(
      "Kodak, a number", make: "EASTMAN KODAK COMPANY", model: "C340",
      bytes: fixed(0x40, [(0, Array("KCKDL61500123 ".utf8))]), head: 0,
      lines: ["serial/body Kodak:SerialNumber KCKDL61500123"]),
    NoteCase(
      "Kodak, IIII", make: "EASTMAN KODAK COMPANY", model: "C813",
      bytes: fixed(
        0xC0,
        [
          (0, Array("IIII".utf8) + [2, 0]), (0x14, Array("2009/05/06 07:08:09".utf8)),
          (0x57, Array("1.0300".utf8)),
        ]), head: 6,
      lines: [
        "timestamp/original Kodak:DateTimeOriginal 2009-05-06-07-08-09",
        "software/firmware Kodak:FirmwareVersion 1.0300",
      ]),
    NoteCase(
      "Kodak, directories inside", make: "EASTMAN KODAK COMPANY", model: "Z712 IS",
      order: .big,
      note([], .big) { note in
        [
          note.shorts(0x0001, [1]),
          NoteBuilder.Entry(tag: 0xFC00, format: 4, value: .pointer([.text(0xFA19, "KCGFX72901234")])),
          NoteBuilder.Entry(tag: 0xFF00, format: 4, value: .pointer([.text(0xFA04, "KCGFX72901235")])),
        ]
      },
      lines: ["serial/body Kodak:SerialNumber KCGFX72901234", "serial/body Kodak:SerialNumber KCGFX72901235"]),
    NoteCase(
      "Kodak, a directory with a byte order of its own as a value", make: "EASTMAN KODAK COMPANY",
      model: "M580", order: .big,
      note([], .big) { note in
        // Offsets count from the mark.
        let head: [UInt8] = [0x49, 0x49, 1, 0, 0x19, 0xFA, 2, 0, 14, 0, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0]
        return [
          note.shorts(0x0001, [1]), note.bytes(0xFC00, head + Array("KCGFX72901234".utf8) + [0]),
        ]
      }, lines: ["serial/body Kodak:SerialNumber KCGFX72901234"]),
    NoteCase(
      "Kodak PixPro", make: "JK Imaging, Ltd.", model: "KODAK PIXPRO S-1",
      {
        var note = NoteBuilder(Array("II".utf8) + [0x2A, 0, 8, 0, 0, 0], base: 0)
        note.entries = [
          .text(0x0104, "1.06"), .text(0x0308, "00123456"), .text(0x0309, "PIXPRO SZ 12-45mm F3.5-6.3 AF"),
        ]
        return note
      }(),
      lines: [
        "software/firmware Kodak:FirmwareVersion 1.06", "serial/lens Kodak:LensSerialNumber 00123456",
        "device/lens Kodak:LensModel PIXPRO SZ 12-45mm F3.5-6.3 AF",
      ]),
  ]

  static let hp = [
    NoteCase(
      "HP PhotoSmart M627", make: "Hewlett-Packard", model: "HP PhotoSmart M627",
      bytes: fixed(
        0x90,
        [
          (0, Array("IIII".utf8) + [4, 0]), (0x14, Array("2007:05:06 07:08:09".utf8)),
          (0x5C, Array("SERIAL NUMBER:CN72B1234Z".utf8)),
        ]), head: 6,
      lines: [
        "timestamp/original HP:CameraDateTime 2007-05-06-07-08-09", "serial/body HP:SerialNumber CN72B1234Z",
      ]),
    NoteCase(
      "HP PhotoSmart M425", make: "Hewlett-Packard", model: "HP PhotoSmart M425",
      bytes: fixed(
        0x90, [(0, Array("IIII".utf8) + [6, 0]), (0x58, Array("SERIAL NUMBER:CN72B1234Z".utf8))]), head: 6,
      lines: ["serial/body HP:SerialNumber CN72B1234Z"]),
    NoteCase(
      "HP PhotoSmart E427", make: "Hewlett-Packard", model: "HP PhotoSmart E427",
      bytes: Array("610".utf8) + [1] + Array("  Serial Number: CN63A0042Q\nLens Shading: 1".utf8), head: 4,
      lines: ["serial/body HP:SerialNumber CN63A0042Q"]),
  ]

  static let cases =
    casio + reconyx + minolta + kodak + hp + [
      NoteCase(
        "Sanyo", make: "SANYO Electric Co.,Ltd.", model: "VPC-MZ3",
        note(Array("SANYO\0".utf8) + [1, 0]) {
          [$0.bytes(0x0100, CanonNotes.jpeg), .text(0x0207, "V558p-83")]
        },
        lines: [
          "hidden/thumbnail Sanyo:SanyoThumbnail 100 bytes",
          "software/firmware Sanyo:SoftwareVersion V558p-83",
        ]),
      NoteCase(
        "JVC", make: "JVC", model: "GC-X1E", bytes: Array("JVC ".utf8) + [1, 2, 3, 4], head: 4, lines: []),
    ]
}
