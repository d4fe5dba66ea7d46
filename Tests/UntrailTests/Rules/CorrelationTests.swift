import Testing
import UntrailModel
import UntrailRules

@Suite("Files together")
struct CorrelationTests {
  private func findings(
    _ lines: String, _ files: [[Observation]], _ context: AuditContext = AuditContext(day: 20_000),
    others: [Rule] = [], derived: [Observation] = []
  ) throws -> [GroupFinding] {
    let rules = [try RuleText.rule(lines)] + others
    let engine = RuleEngine(rules: rules, context: context)
    var correlator = Correlator(rules: rules, context: context)
    for (place, observations) in files.enumerated() {
      let index = ObservationIndex(observations)
      correlator.add(
        JudgedFile(
          ordinal: place + 1,
          examination: Examination(
            artifact: Artifact(path: PathBytes("d/\(place)")), mediaType: MediaType("image/jpeg"),
            coverage: .read,
            observations: observations),
          index: index, findings: engine.judge(observations, index)))
    }
    return correlator.findings(derived: derived).filter { $0.rule == 0 }
  }

  private func serial(_ text: String, _ role: Role = .body) -> Observation {
    Observation(role, .serial(text), field: "f", offset: nil)
  }

  private func person(_ name: String) -> Observation {
    Observation(.artist, .person(name), field: "f", offset: nil)
  }

  private func camera(_ model: String) -> Observation {
    Observation(.camera, .device(Device(make: "M", model: model)), field: "f", offset: nil)
  }

  private let day = 86_400 as Int64

  @Test("by device: its serial number, else make and model")
  func byDevice() throws {
    let lines = "correlation: {of: {observation: timestamp}, groupBy: device, count: files, atLeast: 2}"
    let time = RuleText.time(2026, 5, 1)
    let found = try findings(
      lines,
      [
        [time, serial("1"), camera("A")], [time, serial("1")], [time, camera("B")], [time, camera("B")],
        [time, serial("2", .lens), camera("C")], [time],
      ])
    #expect(found.map(\.group) == [.value(.serial, .body, "1"), .device("M B")])
    #expect(found.map(\.fileCount) == [2, 2])
  }

  @Test("by person, place and day")
  func byOthers() throws {
    func lines(_ grouping: String) -> String {
      "correlation: {of: {observation: location}, groupBy: \(grouping), count: files, atLeast: 2}"
    }
    func seen(_ latitude: Double, _ day: Int) throws -> Observation {
      try RuleText.location(latitude, 2.0005) {
        $0.time = Timestamp(civilSeconds: RuleText.seconds(2026, 5, day))
      }
    }
    let files = [
      [try seen(48.0005, 1), person("Ann")], [try seen(48.0011, 2), person("Bob"), person("Ann")],
      [try seen(49.5, 2)],
    ]
    #expect(try findings(lines("person"), files).map(\.group) == [.value(.person, .artist, "Ann")])
    let place = try findings(lines("place"), files)
    #expect(place.map { $0.examples.map(\.ordinal) } == [[1, 2]])
    let day = CivilDate.days(year: 2026, month: 5, day: 2)
    #expect(try findings(lines("day"), files).map(\.group) == [.day(day)])
  }

  @Test("days and people are counted")
  func counts() throws {
    func lines(_ counting: String) -> String {
      "correlation: {of: {observation: timestamp}, groupBy: run, count: \(counting), atLeast: 2}"
    }
    let files = [
      [RuleText.time(2026, 5, 1, 3), person("Ann")], [RuleText.time(2026, 5, 1, 23), person("Bob")],
      [RuleText.time(2026, 5, 2), person("Ann")],
    ]
    #expect(try findings(lines("days"), files).map(\.count) == [2])
    #expect(try findings(lines("days"), Array(files.prefix(2))).isEmpty)
    #expect(try findings(lines("people"), files).map(\.count) == [2])
    #expect(try findings(lines("people"), [files[0], files[2]]).isEmpty)
  }

  @Test("the greatest count in any window of time")
  func windows() throws {
    let lines =
      "correlation: {of: {observation: location}, groupBy: run, count: places, atLeast: 3, within: 7d}"
    func seen(_ latitude: Double, _ day: Int) throws -> [Observation] {
      [try RuleText.location(latitude, 2), RuleText.time(2026, 5, day)]
    }
    let near = [try seen(1, 1), try seen(2, 20), try seen(2, 21), try seen(3, 22), try seen(4, 27)]
    let found = try findings(lines, near)
    #expect(found.map(\.count) == [3])
    #expect(found.map { $0.examples.map(\.ordinal) } == [[2, 3, 4, 5]])
    #expect(try findings(lines, [seen(1, 1), seen(2, 8), seen(3, 9)]).isEmpty)
    #expect(try findings(lines, [seen(1, 1), seen(2, 2), seen(3, 8)]).count == 1, "seven days to the second")
    #expect(
      try findings(lines, (1...5).map { [try RuleText.location(Double($0), 2)] }).isEmpty,
      "files without a time are in no window")
  }

  @Test("a sequence in its order, in one group, in time")
  func sequences() throws {
    let lines = """
      correlation:
        sequence: [{observation: text}, {observation: link}, {observation: software}]
        groupBy: device
        within: 2h
      """
    func file(_ fact: Observation.Fact, _ hour: Int, _ device: String = "1") -> [Observation] {
      [
        Observation(.comment, fact, field: "f", offset: nil), RuleText.time(2026, 5, 1, hour), serial(device),
      ]
    }
    let (a, b, c) = (Observation.Fact.text("x"), Observation.Fact.link("x"), Observation.Fact.software("x"))
    let found = try findings(lines, [file(c, 12), file(a, 10), file(b, 11), file(a, 20)])
    #expect(found.map(\.count) == [1])
    #expect(found.map { $0.examples.map(\.ordinal) } == [[1, 2, 3]], "files may come in any order")
    #expect(try findings(lines, [file(b, 10), file(a, 11), file(c, 12)]).isEmpty, "another order")
    #expect(try findings(lines, [file(a, 10), file(b, 11), file(c, 13)]).isEmpty, "too late")
    #expect(try findings(lines, [file(a, 10), file(b, 11, "2"), file(c, 12)]).isEmpty, "another device")
    #expect(try findings(lines, [file(a, 10), file(b, 10), file(c, 12)]).isEmpty, "at the same moment")
    #expect(try findings(lines, [file(a, 8), file(a, 10), file(b, 11), file(c, 12)]).count == 1)
    let twice = [file(a, 1), file(b, 2), file(c, 3), file(a, 4), file(b, 5), file(c, 6)]
    #expect(try findings(lines, twice).map(\.count) == [2])
    #expect(try findings(lines + "\n  atLeast: 3", twice).isEmpty)
  }

  static let together = "correlation: {of: {observation: serial}, groupBy: value, count: files, atLeast: 2}"

  @Test("what a correlation requires may match in any file of the run")
  func requires() throws {
    let other = try RuleText.rule("match: {observation: location}", id: "other")
    let lines = Self.together + "\nrequires: [other]"
    let files = [[serial("1")], [serial("1")]]
    #expect(try findings(lines, files, others: [other]).isEmpty)
    #expect(try findings(lines, files + [[RuleText.location(1, 2)]], others: [other]).count == 1)
  }

  @Test("rules over the run and over files wait for each other, whatever their order")
  func chain() throws {
    let run = try RuleText.rule(
      "scope: run\nmatch: {observation: movement, role: home}\nrequires: [last]", id: "run")
    let last = try RuleText.rule(
      "correlation: {of: {observation: text}, groupBy: run, count: files, atLeast: 2}", id: "last")
    let home = RuleText.movement(.home) { $0.nights = 1 }
    let lines = Self.together + "\nrequires: [run]"
    let files = [[serial("1"), RuleText.text("x")], [serial("1"), RuleText.text("y")]]
    #expect(try findings(lines, files, others: [run, last], derived: [home]).count == 1)
    #expect(try findings(lines, files, others: [run, last]).isEmpty)
    #expect(
      try findings(lines, [[serial("1")], [serial("1")]], others: [run, last], derived: [home]).isEmpty)
  }

  @Test("a group is raised where a file of it is, and no other group")
  func raise() throws {
    let lines = Self.together + "\nraise: {to: critical, when: {rules: [other]}}"
    let other = try RuleText.rule("match: {observation: location}", id: "other")
    let files = [[serial("1")], [serial("1"), try RuleText.location(1, 2)], [serial("2")], [serial("2")]]
    #expect(try findings(lines, files, others: [other]).map(\.severity) == [.critical, .low])
    let condition = Self.together + "\nraise: {to: high, when: {observation: location}}"
    #expect(try findings(condition, files).map(\.severity) == [.high, .low])
    let late = try RuleText.rule("scope: run\nmatch: {observation: movement}", id: "late")
    let byRun = Self.together + "\nraise: {to: high, when: {rules: [late]}}"
    #expect(try findings(byRun, files, others: [late]).map(\.severity) == [.low, .low])
    let home = RuleText.movement(.home) { $0.nights = 1 }
    #expect(try findings(byRun, files, others: [late], derived: [home]).map(\.severity) == [.high, .high])
    let both = Self.together + "\nraise: {to: high, when: {rules: [late], match: {observation: location}}}"
    #expect(try findings(both, files, others: [late], derived: [home]).map(\.severity) == [.high, .low])
    #expect(try findings(both, files, others: [late]).map(\.severity) == [.low, .low])
  }
}
