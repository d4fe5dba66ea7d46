import Testing
import UntrailBytes
import UntrailModel
import UntrailReaders

enum SonyNotes {
  /// What Sony's cipher makes of a byte.
  private static func enciphered(_ bytes: [UInt8]) -> [UInt8] {
    bytes.map { $0 < 249 ? UInt8(Int($0) * Int($0) * Int($0) % 249) : $0 }
  }

  /// A value of tag 9050 with a count of shots and a number of the camera's own.
  private static func block(_ shots: Int, at: Int, _ serial: [UInt8], at serialPlace: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 0x200)
    bytes.replaceSubrange(
      at..<(at + 3), with: [UInt8(shots & 255), UInt8(shots >> 8 & 255), UInt8(shots >> 16)])
    bytes.replaceSubrange(serialPlace..<(serialPlace + serial.count), with: serial)
    return enciphered(bytes)
  }

  private static func note(_ entries: (NoteBuilder) -> [NoteBuilder.Entry], head: [UInt8] = []) -> NoteBuilder
  {
    var note = NoteBuilder(head)
    // One entry alone would be the directory of the first raw files.
    note.entries = [note.shorts(0x0102, [1])] + entries(note)
    return note
  }

  private static let shotInfo: [UInt8] =
    Array("II".utf8) + [0, 0, 0, 0] + Array("2016:01:10 13:11:58".utf8) + [UInt8](repeating: 0, count: 40)
  private static let time = "timestamp/original Sony:SonyDateTime 2016-01-10-13-11-58"

  static let cases = [
    NoteCase(
      "Sony", make: "SONY", model: "DSC-X9",
      note({ [$0.bytes(0x3000, shotInfo)] }, head: Array("SONY DSC ".utf8) + [0, 0, 0]), lines: [time]),
    NoteCase(
      "Sony without a head", make: "SONY", model: "ILCE-6000",
      note {
        [
          $0.bytes(0x3000, shotInfo),
          $0.bytes(0x9050, block(1867, at: 0x32, [0, 255, 71, 13], at: 0x7C)),
        ]
      },
      lines: [
        time, "link/shutter-count Sony:ShutterCount 1867",
        "serial/internal Sony:InternalSerialNumber 00ff470d",
      ]),
    NoteCase(
      "Sony, second kind of counts", make: "SONY", model: "ILCE-7M3",
      note { [$0.bytes(0x9050, block(70_000, at: 0x3A, [1, 2, 3, 4, 5, 6], at: 0x88))] },
      lines: [
        "link/shutter-count Sony:ShutterCount 70000",
        "serial/internal Sony:InternalSerialNumber 010203040506",
      ]),
    NoteCase(
      "Sony, another place of the number", make: "SONY", model: "ILCE-1",
      note { [$0.bytes(0x9050, block(5, at: 0x3A, [1, 2, 3, 4, 5, 6], at: 0x8A))] },
      lines: [
        "link/shutter-count Sony:ShutterCount 5", "serial/internal Sony:InternalSerialNumber 010203040506",
      ]),
    NoteCase(
      "Sony with a translucent mirror", make: "SONY", model: "SLT-A77V",
      note { [$0.bytes(0x9050, block(13_880, at: 0x32, [7, 8, 130, 19, 102], at: 0xF0))] },
      lines: [
        "link/shutter-count Sony:ShutterCount 13880", "serial/internal Sony:InternalSerialNumber 0708821366",
      ]),
    NoteCase(
      "Sony, the number of a camera that has it plain", make: "SONY", model: "ILCE-9",
      note { _ in [.text(0x2031, "78563412")] }, lines: ["serial/body Sony:SerialNumber 12345678"]),
    NoteCase(
      "Sony of 2009", make: "SONY", model: "DSLR-A850",
      note {
        [
          $0.bytes(
            0x0020,
            [UInt8](repeating: 0, count: 0x846) + $0.number(4711, 4)
              + [UInt8](repeating: 0, count: 19_154 - 0x84A))
        ]
      }, lines: ["link/shutter-count Sony:ShutterCount 4711"]),
    NoteCase(
      "Sony of 2010", make: "SONY", model: "SLT-A55V",
      note {
        let parts = [2, 0x200, 0x0001, 12, 0x0201, 20].flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        return [
          $0.bytes(
            0x0020, parts + [UInt8](repeating: 0, count: 8 + 0x125) + $0.number(9000, 4) + [0, 0, 0, 0])
        ]
      }, lines: ["link/shutter-count Sony:ShutterCount 9000"]),
    NoteCase(
      "Sony's first, with Minolta's directory inside", make: "SONY", model: "DSLR-A100",
      note {
        [
          NoteBuilder.Entry(
            tag: 0xB028, format: 4,
            value: .pointer([
              $0.bytes(
                0x0020, [UInt8](repeating: 0, count: 0x49DC) + Array("A10001234567".utf8) + [0, 0, 0, 0])
            ]))
        ]
      }, lines: ["serial/internal Minolta:InternalSerialNumber A10001234567"]),
    NoteCase(
      "Sony Ericsson", make: "Sony Ericsson", model: "K800i",
      {
        var note = NoteBuilder(
          Array("SEMC MS\0".utf8) + [UInt8](repeating: 1, count: 12), order: .big, base: 12)
        note.entries = [
          NoteBuilder.Entry(tag: 0x0201, format: 4, value: .place(CanonNotes.jpeg)),
          note.longs(0x0202, [100]),
        ]
        return note
      }(), lines: ["hidden/preview Sony:PreviewImageStart 100 bytes"]),
  ]
}

@Suite("Sony's maker notes")
struct SonyNoteTests {
  @Test("a camera whose arrangement is not known says nothing of its counts")
  func unknownModel() {
    var builder = NoteBuilder()
    builder.entries = [builder.bytes(0x9050, [UInt8](repeating: 99, count: 0x200))]
    let note = builder
    for model in ["DSC-RX100", "ILCE-9M3", "ILCE-7CM2", "Osprey"] {
      let exif = NoteBlock.exif(make: "SONY", model: model) { note.build(at: $0) }
      let fields = read(Container.jpeg(exif), as: "image/jpeg").observations.map(\.field)
      #expect(!fields.contains { $0.hasPrefix("Sony:") }, "\(model)")
    }
  }

  @Test("the preview behind the picture is found though it is behind the block")
  func preview() throws {
    // One entry, its value where the file has it.
    func jpeg(_ start: Int) -> [UInt8] {
      let builder = NoteBuilder()
      let entry =
        builder.number(0x2001, 2) + builder.number(7, 2) + builder.number(100, 4) + builder.number(start, 4)
      let other =
        builder.number(0x0102, 2) + builder.number(3, 2) + builder.number(1, 4) + builder.number(1, 4)
      let note = builder.number(2, 2) + other + entry + builder.number(0, 4)
      let exif = NoteBlock.exif(make: "SONY", model: "ILCE-6000") { _ in note }
      return Container.jpeg(exif)
    }
    let start = jpeg(0).count - 12
    let result = read(jpeg(start) + CanonNotes.jpeg, as: "image/jpeg")
    let preview = try #require(result.observations.first { $0.field == "Sony:PreviewImage" })
    #expect(preview.line == "hidden/preview Sony:PreviewImage 100 bytes")
    #expect(preview.offset == start + 12)
    #expect(!result.isDamaged)
    #expect(!read(jpeg(start), as: "image/jpeg").observations.contains { $0.kind == .hidden })
  }
}
