import Testing
import UntrailBytes
import UntrailModel
import UntrailReaders

enum CanonNotes {
  static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xDB] + [UInt8](repeating: 1, count: 96)

  static func builder(_ order: ByteOrder = .little) -> NoteBuilder {
    var note = NoteBuilder(order: order)
    note.entries = [
      .text(0x07, "Firmware Version 1.0.1", count: 32), note.longs(0x08, [1_040_123]),
      .text(0x09, "Mara Example", count: 32), note.longs(0x0C, [123_456_789]),
      note.bytes(0x28, [0xAB, 0xCD] + [UInt8](repeating: 7, count: 14), format: 1),
      note.longs(0x35, [16, 120, 19, 60], format: 9), .text(0x95, "EF-S17-85mm f/4-5.6 IS USM", count: 64),
      .text(0x96, "KA0012345", count: 16),
      note.bytes(0x4019, [0, 0, 0x12, 0x34, 0x56] + [UInt8](repeating: 0, count: 25)),
    ]
    return note
  }

  static let lines = [
    "software/firmware Canon:CanonFirmwareVersion Firmware Version 1.0.1",
    "link/image-counter Canon:FileNumber 104-0123", "person/owner Canon:OwnerName Mara Example",
    "serial/body Canon:SerialNumber 0123456789",
    "link/image-unique-id Canon:ImageUniqueID abcd0707070707070707070707070707",
    "utc-offset/zone Canon:TimeZone 120", "place/time-zone-city Canon:TimeZoneCity Paris",
    "device/lens Canon:LensModel EF-S17-85mm f/4-5.6 IS USM",
    "serial/internal Canon:InternalSerialNumber KA0012345",
    "serial/lens Canon:LensSerialNumber 0000123456",
  ]

  private static func note(_ entries: (NoteBuilder) -> [NoteBuilder.Entry]) -> NoteBuilder {
    var note = NoteBuilder()
    note.entries = entries(note)
    return note
  }

  static let cases = [
    NoteCase("Canon", make: "Canon", model: "Canon EOS 77X", builder(), lines: lines),
    NoteCase(
      "Canon, big-endian in a little-endian block", make: "Canon", model: "Canon EOS 77X", builder(.big),
      lines: lines),
    NoteCase(
      "Canon EOS D30", make: "Canon", model: "Canon EOS D30",
      note { [$0.longs(0x0C, [0x0A1B_3039])] }, lines: ["serial/body Canon:SerialNumber 0a1b12345"]),
    NoteCase(
      "Canon EOS-1D", make: "Canon", model: "Canon EOS-1D", order: .big,
      {
        var note = NoteBuilder(order: .big)
        note.entries = [
          note.longs(0x0C, [1234]),
          note.bytes(0x93, [0, 26, 0, 0, 0x30, 0x39] + [UInt8](repeating: 0, count: 20), format: 8),
        ]
        return note
      }(),
      lines: ["serial/body Canon:SerialNumber 001234", "link/shutter-count Canon:ShutterCount 12345"]),
    NoteCase(
      "Canon EOS-1D Mark II", make: "Canon", model: "Canon EOS-1D Mark II",
      note { [$0.shorts(0x93, [26, 1, 0x86A0] + [Int](repeating: 0, count: 10))] },
      lines: ["link/shutter-count Canon:ShutterCount 100000"]),
    NoteCase(
      "Canon EOS 350D", make: "Canon", model: "Canon EOS 350D DIGITAL",
      note { [$0.shorts(0x93, [26, 100 << 6 | 0x0E, 0x0075] + [Int](repeating: 0, count: 10))] },
      lines: ["link/image-counter Canon:FileNumber 100-3701"]),
    NoteCase(
      "Canon EOS 400D", make: "Canon", model: "Canon EOS 400D DIGITAL",
      note { [$0.shorts(0x93, [26, 36 << 10 | 0x1F, 5 << 4] + [Int](repeating: 0, count: 10))] },
      lines: ["link/image-counter Canon:FileNumber 100-0501"]),
    NoteCase(
      "Canon EOS 5D", make: "Canon", model: "Canon EOS 5D",
      note { [$0.bytes(0x96, [9, 9, 9, 9, 9, 9, 9, 9, 9] + Array("PB0001234".utf8) + [0, 0])] },
      lines: ["serial/internal Canon:InternalSerialNumber PB0001234"]),
    NoteCase(
      "Canon EOS 40D: the lens inside a block", make: "Canon", model: "Canon EOS 40D",
      note {
        let name = Array("EF50mm f/1.8 II".utf8)
        return [$0.bytes(0x0D, [UInt8](repeating: 0, count: 0x92B) + name + [UInt8](repeating: 0, count: 80))]
      }, lines: ["device/lens Canon:LensModel EF50mm f/1.8 II"]),
    NoteCase(
      "Canon EOS-1D Mark III: count of shots inside a block", make: "Canon", model: "Canon EOS-1D Mark III",
      note {
        [
          $0.bytes(
            0x0D, [UInt8](repeating: 0, count: 0x176) + $0.number(41, 4) + [UInt8](repeating: 0, count: 80))
        ]
      }, lines: ["link/shutter-count Canon:ShutterCount 42"]),
  ]
}

@Suite("Canon's maker notes")
struct CanonNoteTests {
  private func lines(_ result: ReadResult) -> [String] {
    result.observations.filter { $0.field.hasPrefix("Canon:") }.map(\.line).sorted()
  }

  @Test("a note that was moved is read by what its last bytes say")
  func footer() {
    var builder = CanonNotes.builder()
    builder.tail = Array("II".utf8) + [0x2A, 0] + builder.number(5000, 4)
    // As written at 5000, found elsewhere.
    let exif = NoteBlock.exif(make: "Canon", model: "Canon EOS 77X") { _ in builder.build(at: 5000) }
    let result = read(Container.jpeg(exif), as: "image/jpeg")
    #expect(lines(result) == CanonNotes.lines.sorted())
    #expect(!result.isDamaged)
  }

  @Test("last bytes that an editor forgot do no harm")
  func staleFooter() {
    var builder = CanonNotes.builder()
    builder.tail = Array("II".utf8) + [0x2A, 0] + builder.number(5000, 4)
    let exif = NoteBlock.exif(make: "Canon", model: "Canon EOS 77X") { builder.build(at: $0) }
    #expect(lines(read(Container.jpeg(exif), as: "image/jpeg")) == CanonNotes.lines.sorted())
  }

  @Test("a note that was moved, and does not say so, is taken together again")
  func moved() {
    let builder = CanonNotes.builder()
    let exif = NoteBlock.exif(make: "Canon", model: "Canon EOS 77X") { _ in builder.build(at: 5000) }
    let result = read(Container.jpeg(exif), as: "image/jpeg")
    #expect(lines(result) == CanonNotes.lines.sorted())
  }

  @Test("values that are lost are damage, and nothing stands for them")
  func lost() {
    // Only the directory is left of it.
    let note = Array(CanonNotes.builder().build(at: 90_000).prefix(2 + 12 * 9 + 4))
    let exif = NoteBlock.exif(make: "Canon", model: "Canon EOS 77X") { _ in note }
    let result = read(Container.jpeg(exif), as: "image/jpeg")
    // What stands in the entries themselves.
    #expect(
      lines(result) == [
        "link/image-counter Canon:FileNumber 104-0123", "serial/body Canon:SerialNumber 0123456789",
      ])
    #expect(result.isDamaged)
  }

  @Test("a note that Adobe's converter put into a DNG file is read where it is now")
  func converted() {
    let note = CanonNotes.builder().build(at: 1234)
    let record: [UInt8] = Array("Adobe\0MakN".utf8) + Container.big(note.count + 6) + Array("II".utf8)
    let exif = NoteBlock.exif(make: "Canon", model: "Canon EOS 77X", order: .big, tag: 0xC634) { _ in
      record + Container.big(1234) + note
    }
    let result = read(exif, as: "image/tiff")
    #expect(lines(result) == CanonNotes.lines.sorted())
    #expect(!result.isDamaged)
  }

  @Test("a preview behind the picture is found; where an editor took it away, nothing is")
  func preview() throws {
    var builder = NoteBuilder()
    func jpeg(_ trailer: [UInt8], start: Int) -> [UInt8] {
      builder.entries = [builder.longs(0xB6, [24, 1, 100, 160, 120, start])]
      let exif = NoteBlock.exif(make: "Canon", model: "Canon EOS 77X") { builder.build(at: $0) }
      return Container.jpeg(exif) + trailer
    }
    let start = jpeg([], start: 0).count - 12
    let result = read(jpeg(CanonNotes.jpeg, start: start), as: "image/jpeg")
    #expect(lines(result) == ["hidden/preview Canon:PreviewImageStart 100 bytes"])
    #expect(result.observations.last?.offset == start + 12)
    #expect(lines(read(jpeg([UInt8](repeating: 9, count: 100), start: start), as: "image/jpeg")) == [])
    let without = read(jpeg([], start: start), as: "image/jpeg")
    #expect(lines(without) == [])
    #expect(!without.isDamaged)
  }

  @Test("a zone that was never set is none")
  func unsetZone() {
    var builder = NoteBuilder()
    builder.entries = [builder.longs(0x35, [16, 0, 0, 0], format: 9)]
    let note = builder
    let unset = NoteBlock.exif(make: "Canon", model: "Canon X") { note.build(at: $0) }
    #expect(lines(read(Container.jpeg(unset), as: "image/jpeg")) == [])
    builder.entries = [builder.longs(0x35, [16, 0, 20, 0], format: 9)]
    let london = builder
    let set = NoteBlock.exif(make: "Canon", model: "Canon X") { london.build(at: $0) }
    #expect(
      lines(read(Container.jpeg(set), as: "image/jpeg")) == [
        "place/time-zone-city Canon:TimeZoneCity London", "utc-offset/zone Canon:TimeZone 0",
      ])
  }

  @Test("texts that are none are left out", arguments: ["abc\u{1}\u{2}def", "------", "    "])
  func texts(_ text: String) {
    var builder = NoteBuilder()
    builder.entries = [.text(0x09, text, count: 32)]
    let note = builder
    let exif = NoteBlock.exif(make: "Canon", model: "Canon X") { note.build(at: $0) }
    #expect(lines(read(Container.jpeg(exif), as: "image/jpeg")) == [])
  }
}
