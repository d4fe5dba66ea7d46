import Testing
import UntrailModel

@Suite("Search in texts")
struct TextSearchTests {
  @Test(
    "a word is found where it stands, and nowhere else",
    arguments: [
      ("", "a", false), ("a", "", true), ("abc", "abc", true), ("ababac", "abac", true), ("ab", "abc", false),
      ("xyzé", "é", true), ("e\u{301}", "é", false), ("Камера", "мер", true),
    ])
  func holds(text: String, word: String, expected: Bool) {
    #expect(text.holds(word) == expected)
    #expect("<\(text)>".dropFirst().dropLast().holds(word) == expected)
    #expect(Array(text.utf8).withUnsafeBytes { $0.holds(word) } == expected)
  }
}
