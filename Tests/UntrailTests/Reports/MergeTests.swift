import Testing
import UntrailBytes
import UntrailModel
import UntrailReports
import UntrailRuleCatalog

@Suite("Counts of a group")
struct MergeTests {
  static let ids = ["exact-place", "home-city"]

  static func report(
    _ found: [String], known: [String] = ids, privacy: String = "share", complete: Bool = true,
    extra: String = ""
  ) -> String {
    let rules = known.map { "{\"id\":\"\($0)\",\"title\":\"T\"}" }.joined(separator: ",")
    let findings = found.map {
      "{\"type\":\"finding\",\"rule\":\"\($0)\",\"evidence\":[{\"a\":[1.5e3,null]}]}"
    }
    return """
      {"type":"scan","schemaVersion":"1.0.0","tool":{"name":"untrail","version":"0.1.0","libraries":[]},
       "privacy":"\(privacy)","rules":[\(rules)],"findings":[\(findings.joined(separator: ","))],
       "groupFindings":[],\(extra)"summary":{"files":3,"complete":\(complete)}}
      """
  }

  static func parse(_ text: String) throws -> ParticipantReport {
    try Array(text.utf8).withUnsafeBytes { try ParticipantReport(json: $0) }
  }

  private static var rules: [Rule] { RuleCatalog.rules.filter { ids.contains($0.id) } }

  private func counts(_ having: Int, of participants: Int) throws -> GroupCount {
    let reports = try (0..<participants).map {
      try Self.parse(Self.report($0 < having ? ["exact-place"] : []))
    }
    let counts = try GroupCounts(reports, duplicates: 0, rules: Self.rules)
    return try #require(counts.rows.first { $0.rule.id == "exact-place" }).count
  }

  @Test("a report's rules and findings, whatever else is in it")
  func parseReport() throws {
    let report = try Self.parse(Self.report(["exact-place", "exact-place"], complete: false))
    #expect(report.found == ["exact-place"] && report.known == Set(Self.ids))
    #expect(report.toolVersion == "0.1.0" && !report.isWhole)
  }

  @Test("what is shown tells no group of fewer than five from another", arguments: 5...24)
  func smallestGroup(participants: Int) throws {
    // All counts that lead to one text: those who have it, or have it not, must not come out as fewer than five.
    var shown: [(count: GroupCount, having: [Int])] = []
    for having in 0...participants {
      let count = GroupCount(having, of: participants)
      if let place = shown.firstIndex(where: { $0.count == count }) {
        shown[place].having.append(having)
      } else {
        shown.append((count, [having]))
      }
    }
    for (count, having) in shown {
      switch count {
      case .fewerThanSmallest: #expect(having == [0, 1, 2, 3, 4])
      case .exactly(let number):
        #expect(having == [number] && number >= 5 && participants - number >= 5)
      case .atLeast(let number):
        #expect(having == Array(number...participants) && number >= 5)
        let others = Set(having.map { participants - $0 })
        #expect(others.contains(0) && (others.count == 5 || participants < 9))
      }
    }
  }

  @Test("counts of participants, not of findings")
  func count() throws {
    #expect(try counts(4, of: 20) == .fewerThanSmallest)
    #expect(try counts(5, of: 20) == .exactly(5))
    #expect(try counts(15, of: 20) == .exactly(15))
    #expect(try counts(16, of: 20) == .atLeast(16))
    #expect(try counts(20, of: 20) == .atLeast(16))
    #expect(try counts(5, of: 5) == .atLeast(5))
    #expect(try counts(5, of: 9) == .atLeast(5))
  }

  @Test("a group that is too small is refused")
  func tooSmall() throws {
    let reports = try (0..<4).map { _ in try Self.parse(Self.report([])) }
    #expect(throws: ReportError.self) { try GroupCounts(reports, duplicates: 0, rules: Self.rules) }
  }

  @Test("other versions and rules are said; a rule that is not known is not named")
  func mixed() throws {
    let same = try (0..<6).map { _ in try Self.parse(Self.report(["home-city"])) }
    #expect(try !GroupCounts(same, duplicates: 0, rules: Self.rules).isMixed)
    let own = try (0..<6).map { _ in
      try Self.parse(Self.report(["maras-flat"], known: Self.ids + ["maras-flat"]))
    }
    let counts = try GroupCounts(own, duplicates: 0, rules: Self.rules)
    #expect(counts.isMixed)
    let text = GroupReports.text(counts, style: TextStyle(width: 1000))
    #expect(!text.contains("maras-flat") && text.contains("counts can be too low"))
    let buffer = ByteBuffer()
    GroupReports.json(counts, toolVersion: "0.1.0", into: buffer)
    #expect(!buffer.text.contains("maras-flat") && buffer.text.contains("\"mixed\":true"))
    let cut = try Array(same.dropLast()) + [Self.parse(Self.report([], complete: false))]
    #expect(try GroupCounts(cut, duplicates: 0, rules: Self.rules).hasPartialReports)
  }

  @Test(
    "hostile reports are refused with a word",
    arguments: [
      ("", "breaks off"), ("[]", "must be an object"), ("{}", "type is missing"),
      ("{\"type\":1}", "type must be a text"),
      ("{\"type\":\"inspection\"}", "no report of untrail scan"), ("nonsense", "must be an object"),
      (report([], privacy: "exact"), "its privacy level is exact"),
      (report([], privacy: "coarse"), "only reports of untrail scan --privacy share"),
      (report([], privacy: "\\u001b[2J"), "its privacy level is unknown"),
      (report(["other-rule"]), "a rule that the report does not list"),
      (report([]) + "{}", "behind the end"),
      (report([], extra: "\"privacy\":\"share\","), "a key stands twice"),
      (report([], extra: "\"x\":nul,"), "this is not JSON"),
      (report([], extra: "\"x\":\"a\nb\","), "a control character"),
      (
        report([]).replacingOccurrence(of: "\"findings\":[", with: "\"findings\":{"),
        "findings must be a list"
      ),
      (
        report([]).replacingOccurrence(of: "\"complete\":true", with: "\"complete\":1"),
        "complete must be true"
      ),
      (report([]).replacingOccurrence(of: "\"1.0.0\"", with: "\"2.0.0\""), "another version"),
    ])
  func hostile(text: String, message: String) {
    let error = #expect(throws: ReportError.self) { try Self.parse(text) }
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    #expect(error?.message.contains("\u{1B}") != true)
  }

  @Test("so are reports that are made to cost much")
  func costly() {
    let key = String(repeating: "k", count: 40_000)
    let cases = [
      (Self.report([], extra: "\"x\":" + String(repeating: "[", count: 100_000) + ","), "more than 64 deep"),
      (Self.report([], extra: "\"\(key)\":1,"), "a name is longer"),
      (Self.report([key]), "a name is longer"),
      (Self.report([], known: (0...10_000).map { "r\($0)" }), "more than 10000 rules"),
    ]
    for (text, message) in cases {
      let error = #expect(throws: ReportError.self) { try Self.parse(text) }
      #expect(error?.message.contains(message) == true)
    }
  }

  @Test("a report cut anywhere is refused")
  func cut() {
    let bytes = Array(Self.report(["exact-place"]).utf8)
    for count in 0..<bytes.count {
      #expect(throws: ReportError.self) {
        try bytes[..<count].withUnsafeBytes { try ParticipantReport(json: $0) }
      }
    }
  }

  @Test("a report changed at random is read or refused")
  func changed() {
    var generator = SystemRandomNumberGenerator()
    let bytes = Array(Self.report(["exact-place", "home-city"]).utf8)
    for _ in 0..<2000 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        changed[Int.random(in: 0..<changed.count, using: &generator)] = .random(
          in: 0...255, using: &generator)
      }
      _ = try? changed.withUnsafeBytes { try ParticipantReport(json: $0) }
    }
  }
}

extension String {
  /// The text with the first occurrence of another replaced.
  fileprivate func replacingOccurrence(of text: String, with other: String) -> String {
    guard let range = firstRange(of: text) else { return self }
    return replacingCharacters(in: range, with: other)
  }

  private func replacingCharacters(in range: Range<String.Index>, with other: String) -> String {
    String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
  }
}
