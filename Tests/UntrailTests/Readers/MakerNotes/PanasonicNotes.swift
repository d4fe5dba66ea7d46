import UntrailBytes
import UntrailModel

enum PanasonicNotes {
  static func entries(_ note: NoteBuilder) -> [NoteBuilder.Entry] {
    func padded(_ text: String, _ count: Int) -> [UInt8] {
      Array(text.utf8) + [UInt8](repeating: 0, count: count - text.utf8.count)
    }
    func place(_ tag: UInt16, _ text: String, _ count: Int) -> NoteBuilder.Entry {
      note.bytes(tag, padded(text, count))
    }
    let face =
      padded("Mara Example", 20) + [UInt8](repeating: 1, count: 8) + padded("0031:07:15 00:00:00", 20)
    return [
      note.bytes(0x0002, [0, 1, 0, 3]), note.bytes(0x0025, padded("F541005110191", 16)),
      .text(0x0033, "0001:05:12 00:00:00"), note.shorts(0x003A, [2]), .text(0x0051, "LUMIX G VARIO 14-42"),
      .text(0x0052, "09KJ1234567  "), .text(0x0054, "0000000"),
      note.bytes(0x0061, note.number(1, 2) + [0, 0] + face + [UInt8](repeating: 0, count: 96)),
      place(0x0065, "Harbour", 64), place(0x0066, "Luca Example", 64), place(0x0067, "Pier 39", 64),
      place(0x0069, "USA", 72), place(0x006B, "CALIFORNIA", 72), place(0x006D, "SAN FRANCISCO", 72),
      place(0x006F, "COIT TOWER", 128), place(0x0080, "---", 72), .text(0x00AF, "2019:05:06 07:08:09"),
      note.bytes(0x2003, [0x20, 0x19, 0x05, 0x06, 0x07, 0x08, 0x09, 0x12]),
      .text(0x8010, "9999:99:99 00:00:00"),
    ]
  }

  static func builder(_ head: [UInt8]) -> NoteBuilder {
    var note = NoteBuilder(head)
    note.entries = entries(note)
    return note
  }

  static let lines = [
    "software/firmware Panasonic:FirmwareVersion 0.1.0.3",
    "serial/internal Panasonic:InternalSerialNumber F541005110191",
    "text/depicted Panasonic:BabyAge 0001:05:12 00:00:00",
    "text/zone Panasonic:WorldTimeLocation Destination", "device/lens Panasonic:LensType LUMIX G VARIO 14-42",
    "serial/lens Panasonic:LensSerialNumber 09KJ1234567",
    "person/face Panasonic:RecognizedFace1Name Mara Example",
    "text/face Panasonic:RecognizedFace1Age 0031:07:15 00:00:00", "text/title Panasonic:Title Harbour",
    "person/depicted Panasonic:BabyName Luca Example", "place/sublocation Panasonic:Location Pier 39",
    "place/country Panasonic:Country USA", "place/state Panasonic:State CALIFORNIA",
    "place/city Panasonic:City SAN FRANCISCO", "place/landmark Panasonic:Landmark COIT TOWER",
    "timestamp/created Panasonic:TimeStamp 2019-05-06-07-08-09",
    "timestamp/created Panasonic:PanasonicDateTime 2019-05-06-07-08-09",
  ]

  private static let head: [UInt8] = Array("Panasonic".utf8) + [0, 0, 0]

  static let cases = [
    NoteCase("Panasonic", make: "Panasonic", model: "DMC-X1", builder(head), lines: lines),
    NoteCase(
      "Panasonic FT7, which counts from 12 bytes on", make: "Panasonic", model: "DC-FT7",
      {
        var note = NoteBuilder(head)
        // A directory at byte 12 whose offsets are less by 12 than where things are.
        note.entries = [note.bytes(0x0025, Array("F541005110191".utf8) + [0, 0, 0])]
        return note
      }(), shiftedBy: 12, lines: ["serial/internal Panasonic:InternalSerialNumber F541005110191"]),
    NoteCase(
      "Panasonic video camera", make: "Panasonic", model: "NV-X1", bytes: Array("MKED".utf8) + [1, 2, 3, 4],
      head: 4, lines: []),
    NoteCase(
      "Leica by Panasonic", make: "LEICA", model: "D-LUX 9", builder(Array("LEICA".utf8) + [0, 0, 0]),
      lines: lines),
    NoteCase(
      "Leica by Panasonic, later", make: "LEICA CAMERA AG", model: "D-Lux 7",
      builder(Array("LEICA CAMERA AG".utf8) + [0, 0, 0]), lines: lines),
  ]
}

extension NoteCase {
  /// A note whose offsets are less than they should be.
  init(
    _ name: String, make: String, model: String, _ builder: NoteBuilder, shiftedBy bytes: Int, lines: [String]
  ) {
    self.init(name, make: make, model: model, builder, lines: lines)
    let (note, unset) = (note, unset)
    self.note = { note($0 - bytes) }
    self.unset = { unset($0 - bytes) }
  }
}

enum LeicaNotes {
  private static func note(
    _ head: [UInt8], base: Int?, _ entries: (NoteBuilder) -> [NoteBuilder.Entry]
  ) -> NoteBuilder {
    var note = NoteBuilder(head, base: base)
    note.entries = entries(note)
    return note
  }

  private static func x(_ note: NoteBuilder) -> [NoteBuilder.Entry] {
    [
      .text(0x0303, "Elmarit-TL 1:2.8/18"), note.longs(0x0305, [4_512_345]), .text(0x0407, "L1000042.JPG"),
      .text(0x0408, "100LEICA"), note.bytes(0x0500, Array("A2Z201203150042".utf8) + [0]),
    ]
  }

  private static let xLines = [
    "device/lens Leica:LensType Elmarit-TL 1:2.8/18", "serial/body Leica:SerialNumber 4512345",
    "link/original-file-name Leica:OriginalFileName L1000042.JPG",
    "link/path Leica:OriginalDirectory 100LEICA",
    "serial/internal Leica:InternalSerialNumber A2Z201203150042",
  ]

  static let cases = [
    NoteCase(
      "Leica M8", make: "Leica Camera AG", model: "M8 Digital Camera",
      note(Array("LEICA".utf8) + [0, 0, 0], base: 8) { [$0.longs(0x0303, [3_101_234])] },
      lines: ["serial/body Leica:SerialNumber 3101234"]),
    NoteCase(
      "Leica M9", make: "Leica Camera AG", model: "M9 Digital Camera",
      note(Array("LEICA0".utf8) + [3, 0], base: 0) { note in
        [
          NoteBuilder.Entry(tag: 0x3000, format: 7, value: .directory([.text(0x3038, "Profile Harbour")])),
          NoteBuilder.Entry(
            tag: 0x3100, format: 7, value: .directory([.text(0x3103, "3912345"), .text(0x3109, "1.196")])),
        ]
      },
      lines: [
        "text/label Leica:UserProfile Profile Harbour", "serial/body Leica:SerialNumber 3912345",
        "software/firmware Leica:FirmwareVersion 1.196",
      ]),
    NoteCase(
      "Leica X", make: "LEICA CAMERA AG", model: "LEICA X2",
      note(Array("LEICA".utf8) + [0, 5, 0], base: 0, x), lines: xLines),
    NoteCase(
      "Leica Q", make: "LEICA CAMERA AG", model: "LEICA Q (Typ 116)",
      note(Array("LEICA".utf8) + [0, 8, 0], base: nil, x), lines: xLines),
    NoteCase(
      "Leica M10", make: "Leica Camera AG", model: "LEICA M10",
      note(Array("LEICA".utf8) + [0, 2, 0], base: nil) { _ in [.text(0x034C, "Harbour")] },
      lines: ["text/label Leica:UserProfile Harbour"]),
    NoteCase(
      "Leica S", make: "Leica Camera AG", model: "LEICA S (Typ 006)",
      note(Array("LEICA".utf8) + [0, 0xFF, 0], base: nil) {
        [.text(0x0303, "Summarit-S 70mm"), $0.longs(0x0321, [1_234_567])]
      },
      lines: ["device/lens Leica:LensType Summarit-S 70mm", "serial/lens Leica:LensSerialNumber 0001234567"]),
    NoteCase(
      "Leica R9", make: "Leica Camera AG", model: "R9 - Digital Back DMR",
      note([], base: nil) { [$0.bytes(0x000B, [1, 2, 3, 4] + Array("2912345".utf8) + [0])] },
      lines: ["serial/body Leica:SerialNumber 2912345"]),
  ]
}
