import Foundation
import Testing
import UntrailModel
import UntrailRules

@Suite("Mistakes in rule files")
struct RuleRefusalTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    /// Stands from line 5 on.
    var lines: String
    var line: Int
    var column: Int
    var key: String
    var message: String
    var testDescription: String { lines }

    init(_ lines: String, _ line: Int, _ column: Int, _ key: String, _ message: String) {
      self.lines = lines
      self.line = line
      self.column = column
      self.key = key
      self.message = message
    }
  }

  static let location = "match: {observation: location, "

  static let fileMistakes = [
    Mistake(
      location + "where: {acuracy: {atMost: 1}}}", 5, 40, "match.where.acuracy", "did you mean accuracy"),
    Mistake(location + "where: {nights: {atMost: 1}}}", 5, 40, "match.where.nights", "unknown key"),
    Mistake(location + "where: {accuracy: {most: 1}}}", 5, 51, "match.where.accuracy.most", "unknown key"),
    Mistake(location + "where: {accuracy: 5}}", 5, 50, "match.where.accuracy", "mapping"),
    Mistake(location + "where: {accuracy: {}}}", 5, 50, "match.where.accuracy", "no comparison"),
    Mistake(location + "where: {}}", 5, 39, "match.where", "no number"),
    Mistake(location + "where: {accuracy: {above: x}}}", 5, 58, "match.where.accuracy.above", "number"),
    Mistake(location + "where: {accuracy: {above: .nan}}}", 5, 58, "match.where.accuracy.above", "number"),
    Mistake(
      location + "where: {accuracy: {above: 5, below: 4}}}", 5, 50, "match.where.accuracy", "no number is"),
    Mistake(
      location + "where: {accuracy: {in: [1, x]}}}", 5, 59, "match.where.accuracy.in[1]", "must be a number"
    ),
    Mistake(
      "match: {observation: text, where: {year: {above: 5}}}", 5, 35, "match.where", "states no number"),
    Mistake(
      "match: {observation: text, text: {pattern: '(\\1)'}}", 5, 46, "match.text.pattern", "back references"
    ),
    Mistake("match: {observation: text, text: {pattern: 'a{5000}'}}", 5, 46, "match.text.pattern", "1000"),
    Mistake(
      "match:\n  observation: text\n  text:\n    pattern: a(?=b)", 8, 15, "match.text.pattern", "lookaround"),
    Mistake(
      "match: {observation: text, text: {pattern: \"a(?=b)\"}}", 5, 46, "match.text.pattern", "lookaround"),
    Mistake(
      "match: {observation: text, text: {startsWith: []}}", 5, 47, "match.text.startsWith", "empty list"),
    Mistake(
      "match: {observation: text, text: {endsWith: [a, '']}}", 5, 49, "match.text.endsWith[1]", "empty text"
    ),
    Mistake("match: {observation: text, text: {in: cities}}", 5, 39, "match.text.in", "protected-names"),
    Mistake("lists: {a: []}\nmatch: {observation: text}", 5, 12, "lists.a", "empty list"),
    Mistake(
      "lists: {protected-names: [a]}\nmatch: {observation: text}", 5, 26, "lists.protected-names", "trip"),
    Mistake("match: {observation: text, near: {list: x}}", 5, 34, "match.near", "no position"),
    Mistake(location + "near: {list: x}}", 5, 45, "match.near.list", "protected-places"),
    Mistake(location + "near: {place: [91, 1], within: 5}}", 5, 46, "match.near.place", "latitude"),
    Mistake(location + "near: {place: [1], within: 5}}", 5, 46, "match.near.place", "latitude"),
    Mistake(location + "near: {place: [1, 2], within: 0}}", 5, 62, "match.near.within", "metres"),
    Mistake(location + "near: {place: [1, 2]}}", 5, 38, "match.near.within", "missing"),
    Mistake(location + "within: {}}", 5, 40, "match.within", "country or a box"),
    Mistake(location + "within: {country: [CN, chn]}}", 5, 55, "match.within.country[1]", "two capital"),
    Mistake(location + "within: {box: [3, 1, 2, 4]}}", 5, 46, "match.within.box", "south"),
    Mistake("match: {observation: text, when: night}", 5, 34, "match.when", "no time"),
    Mistake(location + "when: nights}", 5, 38, "match.when", "did you mean night"),
    Mistake("match: {observation: movement}", 5, 22, "match.observation", "scope: run"),
    Mistake("scope: run\nmatch: {observation: location}", 6, 22, "match.observation", "movement"),
    Mistake("match: {observation: text}\nfiles: {}", 6, 8, "files", "nothing is asked"),
    Mistake("match: {observation: text}\nfiles: {types: [video]}", 6, 17, "files.types[0]", "media type"),
    Mistake("match: {observation: text}\nfiles: {type: video/}", 6, 9, "files.type", "did you mean types"),
    Mistake(
      "scope: run\nmatch: {observation: movement}\nfiles: {inside: true}", 7, 8, "files", "single files"),
    Mistake("scope: all\nmatch: {observation: location}", 5, 8, "scope", "not known"),
    Mistake(
      "match: {observation: text}\nraise: {to: low, when: {rules: [a]}}", 6, 13, "raise.to", "already"),
    Mistake("match: {observation: text}\nraise: {to: high}", 6, 8, "raise.when", "missing"),
    Mistake(
      "match: {observation: text}\nraise: {to: high, when: {trip: [x]}}", 6, 33, "raise.when.trip[0]",
      "country"),
    Mistake(
      "match: {observation: text}\nraise: {to: high, when: {trip: [CN], x: 1}}", 6, 38, "raise.when.x",
      "unknown"),
    Mistake("match: {observation: text}\nrequires: []", 6, 11, "requires", "empty"),
  ]

  @Test("are named with line, column and key", arguments: fileMistakes)
  func mistakes(_ mistake: Mistake) throws { try check(mistake) }

  static let correlation = "correlation: {groupBy: run, "

  static let correlationMistakes = [
    Mistake(
      correlation + "of: {observation: location}, count: files, atLeast: 2, within: 7w}", 5, 92,
      "correlation.within", "20m"),
    Mistake(
      correlation + "of: {observation: location}, count: files, atLeast: 2, within: -7d}", 5, 92,
      "correlation.within", "20m"),
    Mistake(
      correlation + "of: {observation: location}, count: values, atLeast: 2}", 5, 65, "correlation.count",
      "no values"),
    Mistake(
      correlation + "sequence: [{observation: text}], within: 1h}", 5, 39, "correlation.sequence", "from 2"),
    Mistake(
      correlation + "sequence: [{observation: text}, {observation: text}]}", 5, 14, "correlation.within",
      "missing"),
    Mistake(
      correlation + "sequence: [{observation: text}, {observation: txt}], within: 1h}", 5, 75,
      "correlation.sequence[1].observation", "did you mean text"),
    Mistake(
      correlation + "sequence: [{observation: text}, {observation: text}], within: 1h, count: files}", 5,
      95,
      "correlation.count", "unknown key"),
    Mistake("scope: run\n" + correlation + "of: {}}", 5, 8, "scope", "as it is"),
  ]

  @Test("in correlations too", arguments: correlationMistakes)
  func correlations(_ mistake: Mistake) throws { try check(mistake) }

  private func check(_ mistake: Mistake) throws {
    let yaml = RuleText.yaml(mistake.lines)
    let error = try #require(throws: RuleError.self) { try RuleParser.parse(yaml, path: "dir/test.yaml") }
    #expect(error.path == "dir/test.yaml")
    #expect("\(error.line):\(error.column)" == "\(mistake.line):\(mistake.column)")
    #expect(error.key == mistake.key)
    #expect(error.message.contains(mistake.message), "\(error.message)")
  }

  @Test(
    "aliases and anchors are refused at their place",
    arguments: [
      ("a: &x [1]\n", 1, 4), ("a: [b, &x c]\n", 1, 8), ("a: b\nc: *x\n", 2, 4), ("- *x\n", 1, 3),
      ("&x a: 1\n", 1, 1), ("a: {b: *x}\n", 1, 8), ("a: &x\n  b: 1\n", 1, 4), ("? *x\n: 1\n", 1, 3),
      ("a: '*' # &\nb: \"&\"\nc: *x\n", 3, 4), ("é: [ü, *x]\n", 1, 8),
    ])
  func aliases(yaml: String, line: Int, column: Int) throws {
    let error = try #require(throws: RuleError.self) { try RuleParser.parse(yaml, path: "x") }
    #expect(error.message.contains("aliases and anchors"), "\(error.message)")
    #expect("\(error.line):\(error.column)" == "\(line):\(column)")
  }

  @Test("what only looks like an alias is a text")
  func noAliases() throws {
    let rule = try RuleText.rule(
      """
      match: {observation: text, text: {contains: ["*x", '&y', a & b, c*d]}} # *z and &z
      """)
    let pattern = ObservationPattern(
      kind: .text, text: ObservationPattern.TextTest(contains: ["*x", "&y", "a & b", "c*d"]))
    #expect(rule.match == .file(.observation(pattern)))
    let folded = RuleText.yaml("match: {observation: text}").replacingOccurrences(
      of: "shows: Something.", with: "shows: >-\n  Something\n  *like* this & that.")
    #expect(try RuleParser.parse(folded, path: "x").shows == "Something *like* this & that.")
  }

  @Test("files made to take long are refused at once")
  func bombs() throws {
    var laughs = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for letter in "bcdefghijklmnopqrstuvw" {
      let before = Character(UnicodeScalar((letter.asciiValue ?? 98) - 1))
      let list = Array(repeating: "*\(before)", count: 280).joined(separator: ", ")
      laughs += "\(letter): &\(letter) [\(list)]\n"
    }
    laughs += "? *w\n: 1\n"
    #expect(laughs.utf8.count <= RuleParser.sizeLimit)
    let clock = ContinuousClock()
    for (text, message) in [
      (laughs, "aliases and anchors"),
      ("a: " + String(repeating: "[", count: 60_000), ""),
      ("a: " + String(repeating: "[", count: 900) + String(repeating: "]", count: 900), "deep"),
      (String(repeating: "- ", count: 30_000) + "a", ""),
      (String(repeating: "? ", count: 30_000) + "a", ""),
      ("a: " + String(repeating: "{b: ", count: 200) + String(repeating: "}", count: 200), "deep"),
      (String(repeating: "a", count: RuleParser.sizeLimit + 1), "longer than 65536 bytes"),
    ] {
      let time = clock.measure {
        let error = #expect(throws: RuleError.self) { try RuleParser.parse(text, path: "x") }
        #expect(error?.message.contains(message) ?? false || message.isEmpty, "\(error?.message ?? "")")
      }
      #expect(time < .seconds(5))
    }
  }

  @Test("mappings and lists stand at most 40 deep")
  func depth() throws {
    func nested(_ depth: Int) -> String {
      "a: " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    let error = try #require(throws: RuleError.self) { try RuleParser.parse(nested(41), path: "x") }
    #expect("\(error.line):\(error.column)" == "1:44" && error.key == "a")
    #expect(error.message.contains("deep"), "\(error.message)")
    let other = try #require(throws: RuleError.self) { try RuleParser.parse(nested(40), path: "x") }
    #expect(other.message.contains("unknown key"), "\(other.message)")
  }

  @Test("a key that stands twice is refused at its place")
  func duplicates() throws {
    let yaml = RuleText.yaml("match: {observation: text}\nmatch: {observation: text}")
    let error = try #require(throws: RuleError.self) { try RuleParser.parse(yaml, path: "x") }
    #expect("\(error.line):\(error.column)" == "5:1")
    #expect(error.key == "match" && error.message.contains("twice"))
  }

  // MARK: Folders

  private func load(_ files: [String: String]) throws -> [Rule] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      try text.write(to: folder.appendingPathComponent(name + ".yaml"), atomically: true, encoding: .utf8)
    }
    return try RuleFolder.load(folder.path)
  }

  @Test("rules that require each other in a circle, or rules that are not there, are refused at their place")
  func references() throws {
    func yaml(_ id: String, _ requires: String) -> String {
      RuleText.yaml("match: {observation: text}\nrequires: [\(requires)]", id: id)
    }
    let circle = try #require(throws: RuleError.self) {
      try load(["a": yaml("a", "b"), "b": yaml("b", "c"), "c": yaml("c", "b")])
    }
    #expect(circle.path.hasSuffix("/b.yaml") && "\(circle.line):\(circle.column)" == "6:12")
    #expect(circle.key == "requires[0]" && circle.message.contains("b > c > b"), "\(circle.message)")
    let itself = try #require(throws: RuleError.self) { try load(["a": yaml("a", "a")]) }
    #expect(itself.message.contains("a > a"))
    let unknown = try #require(throws: RuleError.self) {
      try load([
        "a": yaml("rule-a", "rule-c, rule-b"), "b": RuleText.yaml("match: {observation: text}", id: "rule-c"),
      ])
    }
    #expect("\(unknown.line):\(unknown.column)" == "6:20")
    #expect(unknown.message.contains("no rule \"rule-b\"; did you mean"))
    let late = try #require(throws: RuleError.self) {
      try load([
        "a": yaml("a", "b"),
        "b": RuleText.yaml(
          "correlation: {of: {observation: text}, groupBy: run, count: files, atLeast: 2}", id: "b"),
      ])
    }
    #expect(late.message.contains("behind the last file"))
    #expect(
      try load(["a": yaml("a", "b"), "b": RuleText.yaml("match: {observation: text}", id: "b")]).count == 2)
  }

  @Test("a rule that raises for one that is not there is refused")
  func raiseReference() throws {
    let yaml = RuleText.yaml("match: {observation: text}\nraise: {to: high, when: {rules: [nobody]}}")
    let error = try #require(throws: RuleError.self) { try load(["a": yaml]) }
    #expect(error.key == "raise.when.rules[0]" && "\(error.line):\(error.column)" == "6:34")
  }
}
