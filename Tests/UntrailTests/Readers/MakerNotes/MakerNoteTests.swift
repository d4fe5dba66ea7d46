import Testing
import UntrailBytes
import UntrailModel
import UntrailReaders

/// One form of one maker's note, and what it says.
struct NoteCase: CustomTestStringConvertible, Sendable {
  var name: String
  var make: String
  var model = "Osprey X"
  var order = ByteOrder.little
  /// The note where it begins at this offset of the structure.
  var note: @Sendable (_ offset: Int) -> [UInt8]
  /// The same with nothing in it.
  var unset: @Sendable (_ offset: Int) -> [UInt8]
  var lines: [String]
  var testDescription: String { name }

  init(
    _ name: String, make: String, model: String = "Osprey X", order: ByteOrder = .little,
    _ builder: NoteBuilder, lines: [String]
  ) {
    self.name = name
    self.make = make
    self.model = model
    self.order = order
    self.lines = lines
    note = { builder.build(at: $0) }
    self.unset = { offset in
      var unset = builder
      unset.isUnset = true
      return unset.build(at: offset)
    }
  }

  /// A note of values at fixed places.
  ///
  /// - Parameter head: how many bytes stay where nothing is said.
  init(
    _ name: String, make: String, model: String = "Osprey X", bytes: [UInt8], head: Int, lines: [String]
  ) {
    self.name = name
    self.make = make
    self.model = model
    self.lines = lines
    note = { _ in bytes }
    unset = { _ in bytes.prefix(head) + [UInt8](repeating: 0, count: bytes.count - head) }
  }

  func jpeg(_ note: (Int) -> [UInt8]) -> [UInt8] {
    Container.jpeg(NoteBlock.exif(make: make, model: model, order: order, note: note))
  }
}

/// Each form of each maker's notes: reads, is clean, is damaged.
@Suite("Maker notes")
struct MakerNoteTests {
  static let cases =
    CanonNotes.cases + NikonNotes.cases + SonyNotes.cases + PanasonicNotes.cases + LeicaNotes.cases
    + OlympusNotes.cases + OtherNotes.cases + PhoneNotes.cases

  private func lines(_ result: ReadResult) -> [String] {
    result.observations.filter { !$0.field.hasPrefix("EXIF:") }.map(\.line).sorted()
  }

  @Test("reads", arguments: cases)
  func reads(_ note: NoteCase) {
    let result = read(note.jpeg(note.note), as: "image/jpeg")
    #expect(lines(result) == note.lines.sorted())
    #expect(!result.isDamaged)
    #expect(!result.codes.contains("maker-note-not-read"))
    #expect(result.observations.allSatisfy { $0.offset != nil })
  }

  @Test("is clean where nothing is set", arguments: cases)
  func isClean(_ note: NoteCase) {
    let result = read(note.jpeg(note.unset), as: "image/jpeg")
    #expect(lines(result) == [])
    #expect(!result.isDamaged)
    #expect(!result.codes.contains("maker-note-not-read"))
  }

  @Test("cut anywhere, it says so, and says nothing that is not there", arguments: cases)
  func isCut(_ note: NoteCase) {
    let bytes = note.jpeg(note.note)
    let whole = Set(lines(read(bytes, as: "image/jpeg")))
    // Every length near the beginning, and a sample of the others.
    let lengths = Array(0..<min(bytes.count - 4, 400)) + Array(stride(from: 400, to: bytes.count - 4, by: 37))
    for length in lengths {
      let result = read(Array(bytes.prefix(length)), as: "image/jpeg")
      #expect(result.isDamaged, "cut at \(length), and no word of it")
      let other = result.observations.filter { observation in
        !observation.field.hasPrefix("EXIF:") && !whole.contains(observation.line)
          // A text at the end of what is there is cut with it.
          && !whole.contains { $0.hasPrefix(String(observation.line.dropLast(1))) }
      }
      #expect(other.isEmpty, "cut at \(length): \(other.map(\.line))")
    }
  }

  @Test("bytes changed at random never crash it, nor invent a place", arguments: cases)
  func isChanged(_ note: NoteCase) {
    let original = note.jpeg(note.note)
    var random = SeededGenerator(seed: 20_261_123)
    for _ in 0..<200 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        bytes[Int.random(in: 20..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let result = read(bytes, as: "image/jpeg")
      #expect(result.locations.isEmpty)
    }
  }

  @Test("a chain of directories that share one note ends at a limit")
  func sharedNote() {
    // 200 directories of one entry each, which is the note at byte 8, and the offset of the next.
    var block: [UInt8] = [0x49, 0x49, 0x2A, 0, 16, 0, 0, 0] + Array("KDK INFO".utf8)
    for index in 0..<200 {
      let next = index == 199 ? 0 : 16 + 18 * (index + 1)
      block += [1, 0, 0x7C, 0x92, 7, 0, 8, 0, 0, 0, 8, 0, 0, 0]
      block += [UInt8(next & 255), UInt8(next >> 8), 0, 0]
    }
    let result = read(block, as: "image/tiff")
    #expect(result.codes == ["maker-note-not-read", "limit"])
  }

  @Test("a note that is a picture is a hidden one")
  func picture() throws {
    let exif = NoteBlock.exif(make: "Kestrel", model: "K7") { _ in CanonNotes.jpeg }
    let result = read(Container.jpeg(exif), as: "image/jpeg")
    #expect(lines(result) == ["hidden/preview MakerNotes:PreviewImage 100 bytes"])
    #expect(result.diagnostics.isEmpty)
  }

  @Test("a note of an unknown maker is said not to be read")
  func unknown() {
    let exif = NoteBlock.exif(make: "Kestrel", model: "K7") { _ in Array("KESTREL NOTE".utf8) }
    #expect(read(Container.jpeg(exif), as: "image/jpeg").codes == ["maker-note-not-read"])
  }

  @Test("a value is where its offset says")
  func offsets() throws {
    let note = try #require(CanonNotes.cases.first)
    let bytes = note.jpeg(note.note)
    let owner = try #require(
      read(bytes, as: "image/jpeg").observations.first { $0.field == "Canon:OwnerName" })
    let offset = try #require(owner.offset)
    #expect(bytes[offset...].starts(with: "Mara Example".utf8))
  }
}
