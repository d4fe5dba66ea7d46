import Testing
import UntrailModel

@testable import UntrailReports

@Suite("Comparisons")
struct ComparisonTests {
  /// A side with files by their paths, and rules found in each.
  private func ledger(
    _ files: [(path: String, coverage: Coverage, rules: [String])], together: [(String, UInt64)] = [],
    namesAllFiles: Bool = true
  ) -> Ledger {
    var ledger = Ledger(name: PathBytes("side"))
    ledger.namesAllFiles = namesAllFiles
    for file in files {
      let parts = file.path.split(separator: "!").map(String.init)
      ledger.files.append(
        Ledger.File(
          path: Array(parts[0].utf8), member: Array(parts.dropFirst()), shownPath: PathBytes(parts[0]),
          shownMember: Array(parts.dropFirst()), coverage: file.coverage))
      for rule in file.rules {
        ledger.findings.append(
          Ledger.Finding(
            rule: rule, severity: .high, file: ledger.files.count - 1, fingerprint: 0, fields: ["EXIF:Model"])
        )
      }
    }
    for (rule, fingerprint) in together {
      ledger.findings.append(
        Ledger.Finding(rule: rule, severity: .low, file: nil, fingerprint: fingerprint, fields: []))
    }
    return ledger
  }

  private func states(_ comparison: Comparison) -> [String] {
    comparison.changes.map { change in
      let file =
        change.after.map { comparison.after.files[$0].path }
        ?? change.before.map { comparison.before.files[$0].path }
      return "\(change.rule) \(change.state) \(String(decoding: file ?? [], as: UTF8.self))"
    }.sorted()
  }

  @Test("each finding has one state")
  func states() {
    let before = ledger([
      ("a.jpg", .read, ["place", "serial"]), ("b.jpg", .read, ["place"]), ("c.jpg", .read, ["place"]),
      ("d.jpg", .read, []),
    ])
    let after = ledger([
      ("a.jpg", .read, ["serial"]), ("b.jpg", .partial, []), ("d.jpg", .read, ["name"]), ("e.jpg", .read, []),
    ])
    let comparison = Comparison(before, after)
    #expect(
      states(comparison) == [
        "name new d.jpg", "place gone a.jpg", "place missing c.jpg", "place unknown b.jpg",
        "serial stayed a.jpg",
      ])
    #expect(comparison.missingFiles == 1 && comparison.addedFiles == 1)
    #expect(!comparison.isAllRead)
  }

  @Test(
    "a copy is known by its name",
    arguments: [
      ("x/IMG_1.HEIC", "x/IMG_1.jpg", true), ("x/a.jpg", "x/a.cleaned.jpg", true),
      ("x/A.JPG", "x/a.cleaned.jpg", true),
      ("x/a.jpg", "y/a.jpg", false), ("x/a.jpg", "x/b.jpg", false), ("x/.hidden", "x/.other", false),
    ])
  func pairs(before: String, after: String, isCopy: Bool) {
    let comparison = Comparison(
      ledger([(before, .read, ["place"]), ("other/one.gpx", .read, [])]),
      ledger([(after, .read, ["place"]), ("another/two.gpx", .read, [])]))
    #expect(comparison.count(.stayed) == (isCopy ? 1 : 0))
    #expect(comparison.count(.missing) == (isCopy ? 0 : 1) && comparison.count(.new) == (isCopy ? 0 : 1))
  }

  @Test("a name that two files have tells neither")
  func ambiguous() {
    let comparison = Comparison(
      ledger([("a.heic", .read, ["place"]), ("a.png", .read, ["place"])]),
      ledger([("a.jpg", .read, ["place"])]))
    #expect(comparison.count(.stayed) == 0 && comparison.count(.missing) == 2 && comparison.count(.new) == 1)
  }

  @Test("single files are a pair, whatever their names, and so is what is inside them")
  func single() {
    let comparison = Comparison(
      ledger([("a.zip", .read, []), ("a.zip!x.jpg", .read, ["place"])]),
      ledger([("b.zip", .read, []), ("b.zip!x.jpg", .read, ["place"])]))
    #expect(states(comparison) == ["place stayed b.zip"])
    let gone = Comparison(
      ledger([("a.zip", .read, []), ("a.zip!x.jpg", .read, ["place"])]), ledger([("b.zip", .read, [])]))
    #expect(gone.count(.gone) == 1)
  }

  @Test("a file that a report does not name is no missing file")
  func reports() {
    let comparison = Comparison(ledger([("a.jpg", .read, ["place"])]), ledger([], namesAllFiles: false))
    #expect(comparison.count(.gone) == 1 && comparison.missingFiles == nil)
  }

  @Test("findings on files together are paired by fingerprint, then by rule")
  func together() {
    let comparison = Comparison(
      ledger([], together: [("home", 1), ("home", 2), ("trip", 3)]),
      ledger([], together: [("home", 2), ("home", 9), ("meeting", 4)]))
    #expect(comparison.count(.stayed) == 2 && comparison.count(.gone) == 1 && comparison.count(.new) == 1)
  }
}

@Suite("Earlier reports")
struct EarlierReportTests {
  private func read(_ text: String) throws -> EarlierReport {
    try Array(text.utf8).withUnsafeBytes { try EarlierReport(json: $0) }
  }

  private func report(_ level: PrivacyLevel = .coarse, key: PseudonymKey? = nil, lines: Bool = false) throws
    -> String
  {
    let redactor = Redactor(level: level, key: key, roots: [PathBytes("folder")])
    let reports = ReportTests.reports([try ReportTests.file()], redactor)
    let name = lines ? "scan ndjson" : "scan json"
    return try #require(reports.first { $0.name == name }).text
  }

  @Test("the same fingerprints come out of JSON and NDJSON, with their paths and fields")
  func formats() throws {
    let one = try read(report())
    let other = try read(report(lines: true))
    #expect(one.findings == other.findings && !one.findings.isEmpty)
    #expect(one.isComplete && one.keyID == nil && one.privacy == .coarse)
    #expect(one.findings.allSatisfy { !$0.path.bytes.isEmpty && $0.fingerprint != 0 })
  }

  @Test(
    "what is no whole report is refused",
    arguments: [
      ("{}", "no report"), ("[]", "must be an object"), ("", "breaks off"),
      ("{\"type\":\"inspection\"}", "no report"),
      ("{\"type\":\"scan\",\"schemaVersion\":\"2.0.0\"}", "another version"),
      ("{\"type\":\"scan\",\"schemaVersion\":\"1.0.0\"}", "cut short"),
      (
        "{\"type\":\"scan\",\"schemaVersion\":\"1.0.0\",\"findings\":[{\"type\":\"finding\",\"rule\":\"a\"}]}",
        "no fingerprint"
      ),
      (
        "{\"type\":\"header\",\"schemaVersion\":\"1.0.0\"}\n{\"type\":\"finding\",\"rule\":\"a\",\"fingerprint\":\"x\"}",
        "no fingerprint"
      ),
    ])
  func refusals(text: String, message: String) {
    #expect {
      try read(text)
    } throws: { ($0 as? ReportError)?.message.contains(message) ?? false }
  }

  @Test("a report cut anywhere is refused")
  func cut() throws {
    let text = try report(lines: true)
    let lines = text.split(separator: "\n")
    for count in 1..<lines.count {
      #expect(throws: ReportError.self) { try read(lines[..<count].joined(separator: "\n")) }
    }
    let whole = Array(try report().utf8)
    for count in stride(from: 0, to: whole.count - 2, by: 97) {
      #expect(throws: ReportError.self) { try read(String(decoding: whole[..<count], as: UTF8.self)) }
    }
  }

  @Test("a baseline answers for each finding once, and for none of other keys or levels")
  func baseline() throws {
    let earlier = try read(report())
    var baseline = try Baseline(earlier, level: .exact, key: nil)
    let first = try #require(earlier.findings.first)
    let known = baseline.gone
    #expect(baseline.contains(first.fingerprint) && !baseline.contains(first.fingerprint))
    #expect(baseline.known == 1 && baseline.gone == known - 1)
    let key = try #require(PseudonymKey(Array(repeating: 7, count: 32)))
    let other = try #require(PseudonymKey(Array(repeating: 8, count: 32)))
    #expect(throws: ReportError.self) { try Baseline(earlier, level: .share, key: nil) }
    #expect(throws: ReportError.self) { try Baseline(earlier, level: .coarse, key: key) }
    let keyed = try read(report(.share, key: key))
    #expect(keyed.keyID == key.id && key.id != other.id)
    _ = try Baseline(keyed, level: .coarse, key: key)
    #expect(throws: ReportError.self) { try Baseline(keyed, level: .share, key: other) }
  }

  @Test("a key gives the same pseudonyms at every level, and others with another key")
  func pseudonyms() throws {
    let key = try #require(PseudonymKey(Array("0123456789abcdef".utf8)))
    let other = try #require(PseudonymKey(Array("0123456789abcdeg".utf8)))
    func name(_ key: PseudonymKey, _ level: PrivacyLevel) -> String {
      Redactor(level: level, key: key).text("SN-4711", kind: .serial, role: .body)
    }
    #expect(name(key, .coarse) == name(key, .share) && name(key, .coarse) != name(other, .coarse))
    #expect(name(key, .coarse).hasPrefix("device ") && name(key, .coarse).count == 19)
    #expect(PseudonymKey(Array(repeating: 1, count: 15)) == nil)
    #expect(PseudonymKey(Array(repeating: 1, count: 4097)) == nil)
  }
}
