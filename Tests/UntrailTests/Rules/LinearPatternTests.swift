import Foundation
import Testing
import UntrailRules

@Suite("Regular expressions in linear time")
struct LinearPatternTests {
  private func matches(_ pattern: String, _ text: String) throws -> Bool {
    try LinearPattern(pattern).matches(text)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var pattern: String
    var yes: [String]
    var no: [String]
    var testDescription: String { pattern }
  }

  @Test(
    "what matches and what does not",
    arguments: [
      Case(pattern: "abc", yes: ["abc", "xABCx"], no: ["ab c", ""]),
      Case(pattern: "^abc$", yes: ["abc"], no: ["xabc", "abcx"]),
      Case(pattern: "a.c", yes: ["abc", "a c"], no: ["ac"]),
      Case(pattern: "[a-c]x", yes: ["bx", "BX"], no: ["dx"]),
      Case(pattern: "^[^a-c]$", yes: ["d", "D"], no: ["B", "b"]),
      Case(pattern: "^[A-C]+$", yes: ["abC"], no: ["d"]),
      Case(pattern: "[]x]y", yes: ["]y", "xy"], no: ["y"]),
      Case(pattern: "^[a-]$", yes: ["-", "a"], no: ["b"]),
      Case(pattern: "ab*c", yes: ["ac", "abbbc"], no: ["adc"]),
      Case(pattern: "ab+c", yes: ["abc"], no: ["ac"]),
      Case(pattern: "^ab?c$", yes: ["ac", "abc"], no: ["abbc"]),
      Case(pattern: "^a{2,3}$", yes: ["aa", "aaa"], no: ["a", "aaaa"]),
      Case(pattern: "^a{2}$", yes: ["aa"], no: ["aaa"]),
      Case(pattern: "^a{2,}$", yes: ["aa", "aaaaa"], no: ["a"]),
      Case(pattern: "^a{0}b$", yes: ["b"], no: ["ab"]),
      Case(pattern: "^(?:ab|cd|)e$", yes: ["abe", "cde", "e"], no: ["ace"]),
      Case(pattern: "^(a|b)*$", yes: ["", "abba"], no: ["abc"]),
      Case(pattern: "^(a*)*$", yes: ["", "aaaa"], no: ["b"]),
      Case(pattern: #"\bcell\b"#, yes: ["a cell.", "CELL"], no: ["cellar", "excell"]),
      Case(pattern: #"a\Bb"#, yes: ["ab"], no: ["a b"]),
      Case(pattern: #"^\d{4}-\d\d$"#, yes: ["2026-05"], no: ["2026-5x", "٢٠٢٦-05"]),
      Case(pattern: #"^\w+\s\W$"#, yes: ["Größe !"], no: ["a b"]),
      Case(pattern: #"^[\d\s]+$"#, yes: ["1 2"], no: ["1a"]),
      Case(pattern: #"a\.b\\c"#, yes: [#"a.b\c"#], no: [#"axb\c"#]),
      Case(pattern: "ÄÖ", yes: ["xäö"], no: ["ao"]),
      Case(pattern: "x|^y", yes: ["ax", "yb"], no: ["ay"]),
    ])
  func matching(_ example: Case) throws {
    for text in example.yes { #expect(try matches(example.pattern, text), "\(text)") }
    for text in example.no { #expect(try !matches(example.pattern, text), "\(text)") }
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    var pattern: String
    var offset: Int
    var message: String
    var testDescription: String { pattern }
  }

  @Test(
    "what is refused, and where",
    arguments: [
      Refusal(pattern: #"(\1)"#, offset: 1, message: "back references"),
      Refusal(pattern: #"(a)\k<x>"#, offset: 3, message: "back references"),
      Refusal(pattern: "a(?=b)", offset: 1, message: "no lookaround"),
      Refusal(pattern: "a(?<=b)", offset: 1, message: "no lookaround"),
      Refusal(pattern: "(?i)a", offset: 0, message: "no options"),
      Refusal(pattern: "a{5000}", offset: 1, message: "more than 1000"),
      Refusal(pattern: "(a{100}){100}", offset: 1, message: "1000 states"),
      Refusal(pattern: "((a{9}){9}){99}", offset: 2, message: "1000 states"),
      Refusal(pattern: "a*?", offset: 2, message: "lazy"),
      Refusal(pattern: "a++", offset: 2, message: "possessive"),
      Refusal(pattern: "a**", offset: 2, message: "repeat of a repeat"),
      Refusal(pattern: "*a", offset: 0, message: "nothing here to repeat"),
      Refusal(pattern: "^*", offset: 1, message: "nothing here to repeat"),
      Refusal(pattern: "ab(c", offset: 2, message: "not closed"),
      Refusal(pattern: "abc)", offset: 3, message: "closes nothing"),
      Refusal(pattern: "a[bc", offset: 1, message: "not closed"),
      Refusal(pattern: "[z-a]", offset: 1, message: "backwards"),
      Refusal(pattern: #"[\D]"#, offset: 1, message: "negated"),
      Refusal(pattern: "[[:alpha:]]", offset: 1, message: "named classes"),
      Refusal(pattern: #"\p{L}"#, offset: 0, message: "not supported"),
      Refusal(pattern: "a{3,2}", offset: 1, message: "at least more"),
      Refusal(pattern: "a{,2}", offset: 1, message: "number"),
      Refusal(pattern: #"a\"#, offset: 1, message: "backslash"),
      Refusal(pattern: "", offset: 0, message: "empty"),
    ])
  func refusals(_ refusal: Refusal) throws {
    let flaw = try #require(throws: LinearPattern.Flaw.self) { try LinearPattern(refusal.pattern) }
    #expect(flaw.offset == refusal.offset)
    #expect(flaw.message.contains(refusal.message), "\(flaw.message)")
  }

  @Test("too deep and too long expressions are refused")
  func bounds() {
    let deep = String(repeating: "(", count: 500) + "a" + String(repeating: ")", count: 500)
    #expect(throws: LinearPattern.Flaw.self) { try LinearPattern(deep) }
    #expect(throws: LinearPattern.Flaw.self) { try LinearPattern(String(repeating: "a", count: 1001)) }
    #expect(throws: LinearPattern.Flaw.self) { try LinearPattern("[" + String(repeating: "\\", count: 999)) }
  }

  @Test(
    "expressions that take others exponential time take no more for twice the text than twice as long",
    arguments: ["(a+)+$", "(a|aa)+$", "(a*)*b", "(.*a){12}$", "(x+x+)+y"])
  func linear(pattern: String) throws {
    let expression = try LinearPattern(pattern)
    #expect(expression.stateCount <= LinearPattern.stateLimit)
    let text = String(repeating: "a", count: 4000) + "!"
    let clock = ContinuousClock()
    let time = clock.measure { #expect(!expression.matches(text)) }
    // 2 to the power of 4,000 steps would not end. This is a debug build on a busy machine.
    #expect(time < .seconds(10))
  }

  @Test("says the same as another engine, wherever both take an expression")
  func differential() throws {
    var random = SeededGenerator(seed: 7)
    let parts = [
      "a", "b", "c", ".", "[ab]", "[^a]", "(", ")", "(?:", "|", "*", "+", "?", "{2}", "{1,2}", "{2,}", "^",
      "$",
      #"\b"#, #"\d"#, #"\w"#, #"\W"#, " ", "1", "A",
    ]
    let letters = Array("abcA1 ")
    var compared = 0
    for _ in 0..<20_000 {
      let expression = (0..<Int.random(in: 1...8, using: &random))
        .compactMap { _ in parts.randomElement(using: &random) }.joined()
      guard let ours = try? LinearPattern(expression) else { continue }
      let theirs = try NSRegularExpression(pattern: expression, options: [.caseInsensitive])
      for _ in 0..<4 {
        let text = String(
          (0..<Int.random(in: 0...7, using: &random)).compactMap { _ in letters.randomElement(using: &random)
          })
        let range = NSRange(text.startIndex..., in: text)
        let expected = theirs.firstMatch(in: text, range: range) != nil
        #expect(ours.matches(text) == expected, "\(expression) in \(text)")
        compared += 1
      }
    }
    #expect(compared > 5000)
  }

  @Test("no text is an expression that crashes")
  func damaged() {
    var random = SeededGenerator(seed: 11)
    let signs = Array(#"ab()[]{}|*+?^$.-\,0129:dwsWk"#)
    for _ in 0..<20_000 {
      let expression = String(
        (0..<Int.random(in: 0...24, using: &random)).compactMap { _ in signs.randomElement(using: &random) })
      guard let pattern = try? LinearPattern(expression) else { continue }
      #expect(pattern.stateCount <= LinearPattern.stateLimit)
      _ = pattern.matches("ab-1\u{E9} ")
    }
  }
}
