import Testing
import UntrailIdentify
import UntrailModel
import UntrailReaders

@Suite("notes")
struct NoteTests {
  private static let markdown = """
    ---
    title: "Day one"
    author: [Mara Example, Sam Sample]
    date: 2026-07-14
    location: [48.8606, 2.3376]
    ---
    Meet at geo:48.8584,2.2945. Then (https://maps.google.com/?q=48.8530,2.3499).

    """
  private static let text = "Notes\nThe tower: 48.8584° N, 2.2945° E. The bridge: 50°05'11\"N 14°24'41\"E\n"

  @Test("what the head says, and places named beyond doubt")
  func reads() {
    let result = read(Array(Self.markdown.utf8), as: "text/x-front-matter")
    #expect(result.texts(.person, .author) == ["Mara Example", "Sam Sample"])
    #expect(result.timestamp(.created)?.precision == .day)
    #expect(result.text(.text, .title) == "Day one")
    #expect(Set(result.locations.map(\.coordinate.latitude)) == [48.8606, 48.8584, 48.853])
    #expect(
      read(Array(Self.text.utf8), as: "text/x-note").locations.map(\.coordinate)
        == [Coordinate(latitude: 48.8584, longitude: 2.2945)])
  }

  @Test("numbers, and degrees that are no place")
  func clean() {
    let result = read(
      Array("Ratio 48.8584, 2.2945. It was 35° in the shade. NE wind, 3° E.\n".utf8), as: "text/x-note")
    #expect(result.observations.isEmpty && result.diagnostics.isEmpty)
  }

  @Test("damage")
  func damaged() {
    surviveChanges(Array(Self.markdown.utf8), as: "text/x-front-matter")
    surviveCuts(Array(Self.text.utf8), as: "text/x-note")
  }

  @Test(
    "notes are told from other text",
    arguments: [
      (markdown, "text/x-front-matter"), (text, "text/x-note"), ("see you at ten\n", "text/plain"),
      ("---\nname: build\nsteps: 2\n---\n", "text/plain"),
    ])
  func sniff(text: String, type: String) throws {
    let identifier = try Identifier(database: try MagicDatabase.open())
    let bytes = Array(text.utf8)
    let found = try bytes.withUnsafeBytes { try identifier.identify($0, byteCount: bytes.count) }
    #expect(found.name == type)
  }
}
