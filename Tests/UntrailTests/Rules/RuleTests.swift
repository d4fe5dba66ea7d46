import Foundation
import Testing
import UntrailModel
import UntrailRuleCatalog
import UntrailRules

@Suite("Rule files")
struct RuleParserTests {
  static let good = """
    id: test-rule
    title: A test
    severity: high
    category: location
    match:
      all:
        - observation: location
          role: camera
          precision: exact
        - not:
            observation: timestamp
    shows: Something.
    who: Somebody.
    do: [Nothing.]
    references: [none]
    falsePositives: Never.
    tests:
      match: [a.jpg]
      noMatch: [[b.jpg, c.jpg]]

    """

  @Test("a good file")
  func parse() throws {
    let rule = try RuleParser.parse(Self.good, path: "test.yaml")
    #expect(rule.severity == .high)
    #expect(
      rule.match
        == .file(
          .all([
            .observation(ObservationPattern(kind: .location, roles: RoleSet([.camera]), precision: .exact)),
            .not(.observation(ObservationPattern(kind: .timestamp))),
          ])))
    #expect(rule.tests.notMatching == [["b.jpg", "c.jpg"]])
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    var text: String
    var replacement: String
    var line: Int
    var key: String
    var message: String
    var testDescription: String { message }
  }

  @Test(
    "mistakes are named with file, line and key",
    arguments: [
      Mistake(
        text: "severity: high", replacement: "severity: hgh", line: 3, key: "severity",
        message: "did you mean high"),
      Mistake(
        text: "role: camera", replacement: "role: camra", line: 8, key: "match.all[0].role",
        message: "did you mean camera"),
      Mistake(
        text: "precision:", replacement: "precison:", line: 9, key: "match.all[0].precison",
        message: "did you mean precision"),
      Mistake(text: "title: A test\n", replacement: "", line: 1, key: "title", message: "missing"),
      Mistake(
        text: "id: test-rule", replacement: "id: Test Rule", line: 1, key: "id", message: "small letters"),
      Mistake(
        text: "do: [Nothing.]", replacement: "do: []", line: 14, key: "do", message: "must say what to do"),
      Mistake(
        text: "noMatch: [[b.jpg, c.jpg]]", replacement: "noMatch: []", line: 19, key: "tests.noMatch",
        message: "a case"),
      Mistake(text: "who: Somebody.", replacement: "who: [", line: 15, key: "", message: "not YAML"),
    ])
  func mistakes(_ mistake: Mistake) throws {
    #expect(Self.good.contains(mistake.text))
    let yaml = Self.good.replacingOccurrences(of: mistake.text, with: mistake.replacement)
    let error = try #require(throws: RuleError.self) { try RuleParser.parse(yaml, path: "dir/test.yaml") }
    #expect(error.path == "dir/test.yaml")
    #expect(error.line == mistake.line)
    #expect(error.key == mistake.key)
    #expect(error.message.contains(mistake.message), "\(error.message)")
  }

  @Test(
    "files that are no rules are refused",
    arguments: ["", "- a\n- b\n", "just text", String(repeating: "a", count: 70_000)])
  func noRules(yaml: String) {
    #expect(throws: RuleError.self) { try RuleParser.parse(yaml, path: "x") }
  }

  @Test("an alias bomb is refused at once")
  func aliasBomb() {
    var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...30 {
      yaml +=
        "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", "))]\n"
    }
    #expect(throws: RuleError.self) { try RuleParser.parse(yaml, path: "bomb.yaml") }
  }

  @Test("the built-in rules are those of the folder")
  func catalog() throws {
    let rules = try RuleFolder.load(Repository.root.appendingPathComponent("rules").path)
    #expect(rules == RuleCatalog.rules)
    #expect(rules.count >= 15)
  }

  @Test("the rules speak the reporter's language", arguments: RuleCatalog.rules.map(\.id))
  func words(id: String) throws {
    let rule = try #require(RuleCatalog.rules.first { $0.id == id })
    let text = ([rule.title, rule.shows, rule.who, rule.falsePositives] + rule.actions).joined(separator: " ")
      .lowercased()
    for word in ["target", "suspect", "threat score", "is safe", "is clean"] { #expect(!text.contains(word)) }
  }
}

@Suite("Judging")
struct RuleEngineTests {
  private func location(_ latitude: Double, _ longitude: Double) throws -> Observation {
    let coordinate = try #require(Coordinate(latitude: latitude, longitude: longitude))
    return Observation(
      .camera, .location(Location(coordinate: coordinate)), field: "EXIF:GPSLatitude", offset: 1)
  }

  private func rule(_ match: Rule.Match) -> Rule {
    Rule(
      id: "r", title: "r", severity: .low, category: "location", match: match, shows: "s", who: "w",
      actions: [], references: [], falsePositives: "", tests: Rule.Tests(matching: [], notMatching: []))
  }

  private func judge(_ condition: Condition, _ observations: [Observation]) -> [FileFinding] {
    RuleEngine(rules: [rule(.file(condition))], context: AuditContext(day: 20_000)).judge(
      observations, ObservationIndex(observations))
  }

  @Test("all, any and not, with the evidence for what held")
  func conditions() throws {
    let place = Condition.observation(ObservationPattern(kind: .location))
    let serial = Condition.observation(ObservationPattern(kind: .serial))
    let observations = [
      try location(48.85837, 2.294481),
      Observation(.body, .serial("1"), field: "f", offset: nil),
    ]
    #expect(judge(.all([place, serial]), observations).map(\.evidence) == [[0, 1]])
    #expect(judge(.any([serial, place]), [observations[0]]).map(\.evidence) == [[0]])
    #expect(judge(.all([place, .not(serial)]), observations).isEmpty)
    #expect(judge(.all([place, .not(serial)]), [observations[0]]).map(\.evidence) == [[0]])
    #expect(judge(.not(place), []).isEmpty, "a file in which nothing stands is no finding")
  }

  @Test("texts")
  func texts() {
    func matches(_ test: ObservationPattern.TextTest, _ text: String) -> Bool {
      let pattern = ObservationPattern(kind: .software, text: test)
      let observation = Observation(.processing, .software(text), field: "f", offset: nil)
      return !judge(.observation(pattern), [observation]).isEmpty
    }
    #expect(matches(ObservationPattern.TextTest(contains: ["photo"]), "My PHOTO Editor"))
    #expect(!matches(ObservationPattern.TextTest(equals: ["photo"]), "photos"))
    #expect(matches(ObservationPattern.TextTest(hasDigit: true), "K7-2"))
    #expect(!matches(ObservationPattern.TextTest(hasDigit: true), "none"))
  }

  @Test("what ends on the day of the audit is still to come")
  func future() throws {
    func travel(_ end: Int64?, start: Int64 = 19_990) -> Observation {
      var travel = Reservation(.flight)
      travel.start = Timestamp(civilSeconds: start * 86_400)
      travel.end = end.map { Timestamp(civilSeconds: $0 * 86_400 + 80_000) }
      return Observation(.ticket, .travel(travel), field: "f", offset: nil)
    }
    let future = Condition.observation(ObservationPattern(kind: .travel, attributes: [.future]))
    #expect(judge(future, [travel(20_000)]).count == 1)
    #expect(judge(future, [travel(nil, start: 20_000)]).count == 1)
    #expect(judge(future, [travel(19_999)]).isEmpty)
    #expect(judge(future, [travel(nil)]).isEmpty)
    let place = Condition.observation(ObservationPattern(kind: .travel, attributes: [.place]))
    #expect(judge(place, [travel(20_000)]).isEmpty)
  }

  @Test("tracks are counted where they start or end, a round trip once")
  func ends() throws {
    func track(_ start: (Double, Double), _ end: (Double, Double)) throws -> Observation {
      let points = try [start, end].map {
        TrackPoint(coordinate: try #require(Coordinate(latitude: $0.0, longitude: $0.1)), time: nil)
      }
      return Observation(
        .recorded,
        .track(
          Track(
            pointCount: 2, south: 0, west: 0, north: 1, east: 1, start: nil, end: nil, isLocalTime: false,
            points: points)), field: "f", offset: nil)
    }
    let correlation = Correlation(
      pattern: ObservationPattern(kind: .track), groupBy: .ends, count: .files, atLeast: 2)
    var correlator = Correlator(rules: [rule(.correlation(correlation))], context: AuditContext(day: 20_000))
    let home = (48.8585, 2.2945)
    let tracks = [
      ("a", try track(home, home)), ("a", try track((51.5, -0.12), (48.8586, 2.2946))),
      ("b", try track((41.89, 12.49), (40, 3))),
    ]
    for file in files(tracks) { correlator.add(file) }
    let found = correlator.findings()
    #expect(found.map(\.fileCount) == [2])
    guard case .place(let place) = found.first?.group else {
      Issue.record("no place")
      return
    }
    #expect(abs(place.latitude - home.0) < 0.002 && abs(place.longitude - home.1) < 0.002)
  }

  private func files(_ observations: [(folder: String, observation: Observation)]) -> [JudgedFile] {
    observations.enumerated().map { index, entry in
      let artifact = Artifact(path: PathBytes("\(entry.folder)/\(index).jpg"))
      return JudgedFile(
        ordinal: index + 1,
        examination: Examination(
          artifact: artifact, mediaType: MediaType("image/jpeg"), coverage: .read,
          observations: [entry.observation]),
        index: ObservationIndex([entry.observation]), findings: [])
    }
  }

  @Test("places are counted by folder, and a folder below its threshold is no finding")
  func places() throws {
    let correlation = Correlation(
      pattern: ObservationPattern(kind: .location), groupBy: .folder, count: .places, atLeast: 3)
    var correlator = Correlator(rules: [rule(.correlation(correlation))], context: AuditContext(day: 20_000))
    for file in files([
      ("a", try location(48.1, 2.1)), ("a", try location(48.2, 2.1)), ("a", try location(48.2001, 2.1001)),
      ("b", try location(48.1, 2.1)), ("a", try location(48.3, 2.1)), ("b", try location(50, 2)),
    ]) { correlator.add(file) }
    let findings = correlator.findings()
    #expect(findings.map(\.group) == [.folder(Array("a".utf8))])
    #expect(findings.first?.count == 3)
    #expect(findings.first?.fileCount == 4)
    #expect(findings.first?.examples.map(\.ordinal) == [1, 2, 3, 5])
  }

  @Test("files are counted by value; only the first are kept by name")
  func filesByValue() throws {
    let correlation = Correlation(
      pattern: ObservationPattern(kind: .serial), groupBy: .value, count: .files, atLeast: 2)
    var correlator = Correlator(rules: [rule(.correlation(correlation))], context: AuditContext(day: 20_000))
    let serials = (0..<50).map {
      ("a", Observation(.body, .serial($0 % 49 == 0 ? "Y" : "X"), field: "f", offset: nil))
    }
    for file in files(serials) { correlator.add(file) }
    let findings = correlator.findings()
    #expect(findings.map(\.fileCount) == [2, 48])
    #expect(findings.last?.examples.count == Correlator.exampleLimit)
  }

  @Test("a word that was nearly right is suggested")
  func suggestion() {
    #expect(Suggestion.nearest(to: "exact-plase", among: ["exact-place", "thumbnail"]) == "exact-place")
    #expect(Suggestion.nearest(to: "zzz", among: ["exact-place", "thumbnail"]) == nil)
  }
}
