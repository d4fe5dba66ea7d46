import Testing
import UntrailRules

@Suite("Configuration files")
struct ConfigurationTests {
  private static let keys = [
    ConfigurationKey("privacy", .choice(["exact", "coarse"])), ConfigurationKey("jobs", .number(1...256)),
    ConfigurationKey("trip", .path), ConfigurationKey("rules", .paths),
  ]

  private func parse(_ yaml: String) throws(RuleError) -> [ConfigurationValue] {
    try ConfigurationParser.parse(yaml, path: "c.yaml", keys: Self.keys)
  }

  @Test("values in the order of the keys, each with its line")
  func values() throws {
    let values = try parse("# mine\nrules: [a, b]\n\ntrip: 't y.yaml'\njobs: 3\nprivacy: exact\n")
    #expect(
      values == [
        ConfigurationValue(key: "privacy", texts: ["exact"], line: 6),
        ConfigurationValue(key: "jobs", texts: ["3"], line: 5),
        ConfigurationValue(key: "trip", texts: ["t y.yaml"], line: 4),
        ConfigurationValue(key: "rules", texts: ["a", "b"], line: 2),
      ])
    #expect(try parse("rules: a\n").first?.texts == ["a"])
  }

  @Test("a file that says nothing sets nothing", arguments: ["", "\n\n", "# nothing\n  # more\n"])
  func empty(yaml: String) throws {
    #expect(try parse(yaml).isEmpty)
  }

  @Test(
    "mistakes are named with their place",
    arguments: [
      ("privcy: exact\n", "c.yaml:1:1: privcy: unknown key; did you mean privacy?"),
      ("jobs: 2\nprivacy: exat\n", "c.yaml:2:10: privacy: \"exat\" is not known here; did you mean exact?"),
      ("jobs: 0\n", "c.yaml:1:7: jobs: must be a whole number from 1 to 256"),
      ("jobs: many\n", "c.yaml:1:7: jobs: must be a whole number"),
      ("trip: [a]\n", "c.yaml:1:7: trip: must be a text"),
      ("trip: ''\n", "c.yaml:1:7: trip: must not be empty"),
      ("rules: [a, {b: c}]\n", "c.yaml:1:12: rules[1]: must be a text"),
      ("rules: [a, '']\n", "c.yaml:1:8: rules: must not be empty"),
      ("- privacy\n", "c.yaml:1:1: a mapping of keys to values must stand here"),
      ("jobs: 1\njobs: 2\n", "this key stands twice"),
      ("jobs: &a 1\ntrip: *a\n", "aliases and anchors are not allowed"),
      ("jobs: [\n", "this is not YAML"),
    ])
  func mistakes(yaml: String, message: String) {
    let error = #expect(throws: RuleError.self) { try parse(yaml) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test("suggestions: nearest first, at most three, and letters that changed places are one mistake")
  func suggestions() {
    let words = ["exact-place", "coarse-place", "saved-place", "home-city", "scan"]
    #expect(Suggestion.several(near: "exact-plase", among: words) == ["exact-place"])
    #expect(Suggestion.several(near: "scna", among: words) == ["scan"])
    #expect(Suggestion.several(near: "place", among: words).isEmpty)
    let near = ["aaaaab", "aaaabb", "aaaaac", "aaaaad"]
    #expect(Suggestion.several(near: "aaaaaa", among: near) == ["aaaaab", "aaaaac", "aaaaad"])
    #expect(Suggestion.question("scna", among: words) == " Did you mean scan?")
    #expect(
      Suggestion.question("aaaaaa", among: near + near) == " Did you mean aaaaab, aaaaac or aaaaad?")
    #expect(Suggestion.question("zzzz", among: words).isEmpty)
    #expect(
      Suggestion.question("phot-place", among: words)
        == " Did you mean exact-place, saved-place or coarse-place?")
  }
}
