import Testing
import UntrailModel
import UntrailRules

@Suite("Findings that are not to be seen again")
struct SuppressionTests {
  static let good = """
    suppress:
      - rule: exact-place
        path: "d/**/*.jpg"
        reason: Published long ago.
        until: 2026-12-31
      - rule: zone-trail
        reason: Known.
        until: 2026-05-01

    """

  private let last = CivilDate.days(year: 2026, month: 12, day: 31)

  @Test("a rule, its paths, and until which day")
  func parse() throws {
    let list = try SuppressionList(yaml: Self.good, path: "s.yaml", known: ["exact-place", "zone-trail"])
    #expect(list.entries.map(\.rule) == ["exact-place", "zone-trail"])
    #expect(list.entries.map(\.reason) == ["Published long ago.", "Known."])
    #expect(list.entries[0].until == last)
    func holds(_ rule: String, _ path: String?, _ day: Int64) -> Bool {
      list.isSuppressed(rule: rule, path: path.map { PathBytes($0) }, day: day)
    }
    #expect(holds("exact-place", "d/a/b.jpg", last))
    #expect(!holds("exact-place", "d/a/b.jpg", last + 1))
    #expect(!holds("exact-place", "d/a/b.png", last))
    #expect(!holds("exact-place", nil, last))
    #expect(!holds("other", "d/a/b.jpg", last))
    #expect(holds("zone-trail", nil, last - 300))
    #expect(holds("zone-trail", "x", last - 300))
  }

  @Test(
    "globs",
    arguments: [
      ("*.jpg", "a/b/c.jpg", true), ("*.jpg", "a/b.jpg/c", false), ("a/*/c", "a/b/c", true),
      ("a/*/c", "a/b/b/c", false), ("a/**/c", "a/b/b/c", true), ("a/**", "a/b", true), ("?.x", "d/a.x", true),
      ("?.x", "ab.x", false), ("a/b", "a/b", true), ("a/b", "x/a/b", false), ("**/b", "x/a/b", true),
      ("a*a*a*a*a*a*a*a*b", String(repeating: "a", count: 3000), false),
    ])
  func globs(glob: String, path: String, matches: Bool) {
    let entry = Suppression(rule: "r", path: glob, reason: "x", until: 1)
    #expect(entry.applies(rule: "r", path: PathBytes(path), day: 1) == matches)
  }

  @Test(
    "an entry without a reason or an end is refused, and so is a day that is none",
    arguments: [
      ("    reason: Published long ago.\n", "", 2, 5, "suppress[0].reason", "say why"),
      ("    until: 2026-12-31\n", "", 2, 5, "suppress[0].until", "until which day"),
      ("2026-12-31", "2026-02-30", 5, 12, "suppress[0].until", "no day"),
      ("2026-12-31", "31.12.2026", 5, 12, "suppress[0].until", "no day"),
      ("exact-place", "exact-plase", 2, 11, "suppress[0].rule", "did you mean exact-place"),
      ("path:", "paths:", 3, 5, "suppress[0].paths", "unknown key"),
      ("reason: Known.", "reason: ''", 7, 13, "suppress[1].reason", "empty"),
      ("reason: Known.", "reason: *x", 7, 13, "", "aliases"),
    ])
  func refusals(
    text: String, replacement: String, line: Int, column: Int, key: String, message: String
  ) throws {
    let yaml = Self.good.replacing(text, with: replacement, maxReplacements: 1)
    #expect(yaml != Self.good)
    let error = try #require(throws: RuleError.self) {
      try SuppressionList(yaml: yaml, path: "s.yaml", known: ["exact-place", "zone-trail"])
    }
    #expect("\(error.line):\(error.column)" == "\(line):\(column)")
    #expect(error.key == key)
    #expect(error.message.contains(message), "\(error.message)")
  }
}
