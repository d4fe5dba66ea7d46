import Foundation
import Testing
import UntrailRules

@Suite("The schema of rule files")
struct RuleSchemaTests {
  /// One rule for each key of the language.
  static let good = [
    "match: {observation: location, where: {accuracy: {atMost: 50}, hour: {in: [22, 23]}}}",
    "match: {observation: hidden, where: {byteCount: {above: 1}}}",
    "match: {observation: track, near: {list: protected-places}, when: [night, weekend]}",
    "match: {observation: travel, within: {country: trip, box: [-10, 170, 10, -170]}, when: future}",
    "match: {observation: location, near: {place: [48.8, 2.3], within: 50}, within: {country: [CN, 'NO']}}",
    "lists: {airlines: [a, b]}\nmatch: {observation: text, text: {in: airlines, pattern: 'a+$', endsWith: b}}",
    "match: {observation: person, text: {in: protected-names, startsWith: [a], hasDigit: false}}",
    "match: {observation: text}\nrequires: [a, b]\nraise: {to: high, when: {rules: [a], trip: CN}}",
    "match: {observation: text}\nraise: {to: high, when: {all: [{observation: location, within: {country: trip}}]}}",
    "scope: run\nmatch: {any: [{observation: movement, role: home, where: {nights: {atLeast: 3}}}]}",
    "scope: file\nmatch: {not: {observation: text}}",
    "files: {types: [video/, audio/mpeg], exceptTypes: video/mp2t, inside: true}\nmatch: {observation: text}",
    "files: {inside: false}\nmatch: {observation: text}",
    "correlation: {of: {observation: text}, groupBy: device, count: people, atLeast: 2, within: 7d}",
    "correlation: {sequence: [{observation: text}, {observation: link}], groupBy: day, within: 20m, atLeast: 1}",
  ]

  /// What a schema cannot know: how numbers compare, regular expressions, names of lists.
  static let beyond = [
    "pattern: '(", "pattern: 'a{", "pattern: a(", "pattern: \"a(", "in: cities", "above: 5, below: 4",
    "to: low",
    "box: [3,", ".nan",
  ]

  private func isValid(_ yaml: String) throws -> Bool {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".yaml")
    try yaml.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = Repository.root.appendingPathComponent("scripts/validate-json.py")
    process.arguments = [
      Repository.root.appendingPathComponent("schemas/rule.schema.json").path, file.path, "--yaml",
    ]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus <= 1, "the validator did not run")
    return process.terminationStatus == 0
  }

  @Test("takes what the parser takes", arguments: good)
  func takes(lines: String) throws {
    _ = try RuleText.rule(lines)
    #expect(try isValid(RuleText.yaml(lines)))
  }

  @Test(
    "refuses what the parser refuses",
    arguments: (RuleRefusalTests.fileMistakes + RuleRefusalTests.correlationMistakes).map(\.lines))
  func refuses(lines: String) throws {
    let isBeyond = Self.beyond.contains { lines.contains($0) }
    #expect(try isValid(RuleText.yaml(lines)) == isBeyond)
  }
}
