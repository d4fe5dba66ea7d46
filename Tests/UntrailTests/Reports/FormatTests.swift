import Foundation
import Testing
import UntrailBytes
import UntrailModel
import UntrailReports

@Suite("Formats for other programs")
struct FormatTests {
  static func report(
    _ files: [JudgedFile], _ level: PrivacyLevel = .coarse, roots: [String] = ["folder"],
    rules: [Rule] = [ReportTests.rule], summary: RunSummary = RunSummary(),
    _ writer: (Redactor) -> any ReportWriter
  ) -> String {
    let redactor = Redactor(level: level, roots: roots.map { PathBytes($0) })
    for file in files { redactor.register(file) }
    var writer = writer(redactor)
    let buffer = ByteBuffer()
    var header = RunHeader(
      toolVersion: "1", libraries: [], privacy: level, roots: roots.map { PathBytes($0) }, rules: rules,
      day: 20_000)
    header.ruleSetDigest = "fnv1a64:0123456789abcdef"
    header.dataEdition = "atlas"
    writer.begin(header, into: buffer)
    for file in files { writer.add(file, into: buffer) }
    writer.end(summary, into: buffer)
    return buffer.text
  }

  static func sarif(
    _ files: [JudgedFile], _ level: PrivacyLevel = .coarse, roots: [String] = ["folder"],
    summary: RunSummary = RunSummary()
  ) throws -> [String: Any] {
    let text = report(files, level, roots: roots, summary: summary) {
      ScanSARIFWriter(redactor: $0, messages: .english)
    }
    let log = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    return try #require((log["runs"] as? [[String: Any]])?.first)
  }

  static func place(_ result: [String: Any]) throws -> [String: Any] {
    let location = try #require((result["locations"] as? [[String: Any]])?.first)
    let physical = try #require(location["physicalLocation"] as? [String: Any])
    return try #require(physical["artifactLocation"] as? [String: Any])
  }

  static func hash(_ text: String) -> String {
    var hash = FNV1a64()
    hash.add(text)
    return hash.hex
  }

  @Test("FNV-1a gives what its authors' test vectors say")
  func vectors() {
    // draft-eastlake-fnv, appendix C
    #expect(Self.hash("") == "cbf29ce484222325")
    #expect(Self.hash("a") == "af63dc4c8601ec8c")
    #expect(Self.hash("foobar") == "85944171f73967e8")
  }

  // MARK: SARIF

  @Test(
    "a file has a relative, percent-encoded URI",
    arguments: [
      ("/home/mara/Export/a b/ü#%.jpg", ["/home/mara/Export/"], "a%20b/%C3%BC%23%25.jpg", "ROOT0"),
      ("x/y.jpg", ["a", "x"], "y.jpg", "ROOT1"),
      ("a/b/c.jpg", ["a", "a/b"], "c.jpg", "ROOT1"),
      ("/media/listed/c.jpg", ["folder"], "c.jpg", nil),
      ("../up/c.jpg", ["folder"], "c.jpg", nil),
      ("list/c:d.jpg", ["folder"], "list/c%3Ad.jpg", nil),
      ("/e.jpg", ["/"], "e.jpg", "ROOT0"),
      ("/home/mara/one.jpg", ["/home/mara/one.jpg"], "one.jpg", nil),
    ] as [(String, [String], String, String?)])
  func uris(path: String, roots: [String], uri: String, base: String?) throws {
    let run = try Self.sarif([ReportTests.file(path: Array(path.utf8))], roots: roots)
    let result = try #require((run["results"] as? [[String: Any]])?.first)
    let place = try Self.place(result)
    #expect(place["uri"] as? String == uri)
    #expect(place["uriBaseId"] as? String == base)
  }

  @Test("only an exact log says where the roots are")
  func bases() throws {
    let file = try ReportTests.file(path: Array("/home/mara/Export/a.jpg".utf8))
    for level in PrivacyLevel.allCases {
      let text = Self.report([file], level, roots: ["/home/mara/Export"]) {
        ScanSARIFWriter(redactor: $0, messages: .english)
      }
      #expect(text.contains("mara/Export") == (level == .exact))
    }
    let run = try Self.sarif([file], .exact, roots: ["/home/mara/Export"])
    let bases = try #require(run["originalUriBaseIds"] as? [String: [String: Any]])
    #expect(bases["ROOT0"]?["uri"] as? String == "file:///home/mara/Export/")
  }

  @Test("what is in a file names it as its parent, and leads nowhere else")
  func members() throws {
    var outer = try ReportTests.file()
    outer.findings = []
    var inner = try ReportTests.file()
    inner.examination.artifact.member = ["media/../../in ner.zip", "picture.jpg"]
    let run = try Self.sarif([outer, inner])
    let artifacts = try #require(run["artifacts"] as? [[String: Any]])
    #expect(artifacts.count == 3)
    #expect(artifacts[0]["parentIndex"] == nil)
    #expect(artifacts[0]["mimeType"] as? String == "image/jpeg")
    #expect(artifacts[1]["parentIndex"] as? Int == 0)
    #expect((artifacts[1]["location"] as? [String: Any])?["uri"] as? String == "media/in%20ner.zip")
    #expect(artifacts[2]["parentIndex"] as? Int == 1)
    let result = try #require((run["results"] as? [[String: Any]])?.first)
    #expect(try Self.place(result)["index"] as? Int == 2)
  }

  @Test(
    "every result has a level by its severity",
    arguments: [
      (Severity.critical, "error"), (.high, "error"), (.medium, "warning"), (.low, "note"), (.info, "note"),
    ])
  func levels(severity: Severity, level: String) throws {
    var file = try ReportTests.file()
    file.findings[0].severity = severity
    let run = try Self.sarif([file])
    #expect((run["results"] as? [[String: Any]])?.first?["level"] as? String == level)
  }

  @Test("what a list left out is a suppressed result, with its reason only in an exact log")
  func suppressions() throws {
    var file = try ReportTests.file()
    file.suppressed = [Suppressed(file.findings[0], reason: "Mara knows")]
    file.findings = []
    for level in PrivacyLevel.allCases {
      let run = try Self.sarif([file], level)
      let results = try #require(run["results"] as? [[String: Any]])
      #expect(results.count == 1)
      let suppression = try #require((results[0]["suppressions"] as? [[String: Any]])?.first)
      #expect(suppression["status"] as? String == "accepted")
      #expect(suppression["justification"] as? String == (level == .exact ? "Mara knows" : nil))
    }
  }

  @Test("a fingerprint stays the same in another folder and at another level, and tells files apart")
  func fingerprints() throws {
    func fingerprint(_ path: String, _ root: String, _ level: PrivacyLevel) throws -> String? {
      let run = try Self.sarif([ReportTests.file(path: Array(path.utf8))], level, roots: [root])
      let result = try #require((run["results"] as? [[String: Any]])?.first)
      return (result["partialFingerprints"] as? [String: String])?["untrailFinding/v1"]
    }
    let one = try fingerprint("a/x/p.jpg", "a", .coarse)
    #expect(one == (try fingerprint("/b/c/x/p.jpg", "/b/c", .exact)))
    #expect(one != (try fingerprint("a/x/q.jpg", "a", .coarse)))
  }

  @Test("text from a file is no placeholder and no link")
  func messages() throws {
    var file = try ReportTests.file()
    file.examination.observations[6].fact = .text("{0} [here](file:///etc)")
    file.findings[0].evidence = [6]
    let run = try Self.sarif([file], .exact)
    let message = try #require(
      ((run["results"] as? [[String: Any]])?.first?["message"] as? [String: Any])?["text"] as? String)
    #expect(message == "A test: {{0}} [here] (file:///etc)")
  }

  @Test("what could not be read is a notification")
  func notifications() throws {
    var file = try ReportTests.file()
    file.examination.coverage = .partial
    file.examination.diagnostics = [Diagnostic("truncated", "the file ends early", offset: 7)]
    var other = try ReportTests.file(path: Array("folder/b.bin".utf8))
    other.ordinal = 2
    other.findings = []
    other.examination.coverage = .unsupported
    let run = try Self.sarif([file, other])
    let invocation = try #require((run["invocations"] as? [[String: Any]])?.first)
    let notes = try #require(invocation["toolExecutionNotifications"] as? [[String: Any]])
    #expect(notes.map { $0["level"] as? String } == ["error", "note"])
  }

  // MARK: CSV

  @Test(
    "no field is a formula, and quotes are doubled",
    arguments: [
      ("=1+1", "\"'=1+1\""), ("+1", "\"'+1\""), ("-1", "\"'-1\""), ("@x", "\"'@x\""), ("\tx", "\"'\tx\""),
      ("\rx", "\"'\rx\""), ("\u{FF1D}1", "\"'\u{FF1D}1\""), ("a;=1", "\"a;'=1\""), ("a,b", "\"a,b\""),
      ("a\"b", "\"a\"\"b\""), ("plain text", "plain text"), ("", ""), ("a=1", "a=1"),
    ])
  func fields(text: String, field: String) {
    #expect(CSVField.quoted(text) == field)
  }

  @Test(
    "all rows have as many fields as the first, and the last is the summary", arguments: PrivacyLevel.allCases
  )
  func table(level: PrivacyLevel) throws {
    let names = ["folder/=cmd|' /C calc'!A0.jpg", "folder/a\"b,c\r\nd;=1.jpg"]
    let files = try names.map { try ReportTests.file(path: Array($0.utf8)) }
    let table = Self.report(files, level) { ScanCSVWriter(redactor: $0, messages: .english) }
    let rows = Self.rows(table)
    #expect(rows.count == 5)
    #expect(rows.allSatisfy { $0.count == rows[0].count })
    #expect(rows.map(\.[0]) == ["type", "header", "finding", "finding", "summary"])
    #expect(rows[1].last?.contains("fnv1a64:0123456789abcdef") ?? false)
    for field in rows.joined() {
      #expect(!["=", "+", "-", "@", "\t", "\r"].contains { field.hasPrefix($0) }, "\(field)")
    }
    #expect(table.hasSuffix("\r\n"))
  }

  /// A reader of RFC 4180.
  static func rows(_ table: String) -> [[String]] {
    var rows: [[String]] = [[""]]
    var isQuoted = false
    var scalars = Array(table.unicodeScalars)[...]
    func put(_ scalar: Unicode.Scalar) {
      rows[rows.count - 1][rows[rows.count - 1].count - 1].unicodeScalars.append(scalar)
    }
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"" where isQuoted && scalars.first == "\"": put(scalars.removeFirst())
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: rows[rows.count - 1].append("")
      case "\r" where !isQuoted:
        if scalars.first == "\n" { scalars.removeFirst() }
        rows.append([""])
      default: put(scalar)
      }
    }
    return rows.filter { $0 != [""] }
  }

  // MARK: JUnit

  @Test("a long category is written in several suites, whose counts are those of their cases")
  func suites() throws {
    let files = try (1...400).map { try ReportTests.file(path: Array("folder/\($0).jpg".utf8)) }
    let text = Self.report(files) { ScanJUnitWriter(redactor: $0, messages: .english) }
    let suites = text.components(separatedBy: "<testsuite ").dropFirst()
    #expect(suites.count > 3)
    #expect(text.contains("<testsuite name=\"location 2\""))
    for suite in suites where !suite.hasPrefix("name=\"header\"") {
      let count = suite.components(separatedBy: "<testcase ").count - 1
      #expect(suite.contains("tests=\"\(count)\""))
      #expect(
        suite.contains("failures=\"\(suite.components(separatedBy: "<failure ").count - 1)\""))
    }
    #expect(text.components(separatedBy: "<failure ").count == 401)
  }

  // MARK: Markdown

  @Test(
    "text from a file stays inside its code span",
    arguments: ["a`b", "``", "<script>", "a&amp;b", "@mara #12 https://x.example", "| a |", ""])
  func spans(text: String) {
    let span = MarkdownText.code(text)
    #expect(span.hasPrefix("`") && span.hasSuffix("`") && span.utf8.count > 2)
    #expect(!span.dropFirst().dropLast().contains { "`<>&".contains($0) })
  }

  @Test("words of rules are no Markdown and no HTML")
  func words() {
    #expect(MarkdownText.words("a*b_c <i> | [x](y) & #1") == "a\\*b\\_c &lt;i&gt; \\| \\[x\\](y) &amp; \\#1")
  }

  @Test("a ticket keeps a few lines of each rule")
  func folded() throws {
    let files = try (1...400).map { try ReportTests.file(path: Array("folder/\($0).jpg".utf8)) }
    let text = Self.report(files) { ScanMarkdownWriter(redactor: $0, messages: .english) }
    #expect(text.contains("folder/5.jpg") && !text.contains("folder/6.jpg"))
    #expect(text.contains("* and 395 files more"))
    #expect(text.contains("| critical | A test | 400 | 0 | test |"))
  }

  // MARK: Maps

  @Test("maps hold nothing unless the report is exact", arguments: [PrivacyLevel.coarse, .share])
  func noMap(level: PrivacyLevel) throws {
    let file = try ReportTests.file()
    let map = Self.report([file], level) { ScanGeoJSONWriter(redactor: $0) }
    #expect(map.contains("\"features\":[\n]") && !map.contains("picture.jpg"))
    let drawing = Self.report([file], level) { ScanKMLWriter(redactor: $0) }
    #expect(!drawing.contains("<Placemark>") && !drawing.contains("picture.jpg"))
  }

  @Test("a place has its path, role, time and rules")
  func place() throws {
    let map = Self.report([try ReportTests.file()], .exact) { ScanGeoJSONWriter(redactor: $0) }
    let document = try #require(JSONSerialization.jsonObject(with: Data(map.utf8)) as? [String: Any])
    let feature = try #require((document["features"] as? [[String: Any]])?.first)
    let geometry = try #require(feature["geometry"] as? [String: Any])
    #expect(geometry["coordinates"] as? [Double] == [2.2944813, 48.8583701, 35.25])
    let properties = try #require(feature["properties"] as? [String: Any])
    #expect(properties["path"] as? String == "folder/picture.jpg")
    #expect(properties["role"] as? String == "camera")
    #expect(properties["time"] as? String == "2026-07-14T08:12:44Z")
    #expect(properties["rules"] as? [String] == ["test"])
  }

  @Test("a track across 180 degrees is cut there")
  func dateLine() throws {
    let points = try [(10.0, 179.0), (12.0, -179.0), (12.0, -178.0)].map { latitude, longitude in
      TrackPoint(
        coordinate: try #require(Coordinate(latitude: latitude, longitude: longitude)), time: nil)
    }
    var file = try ReportTests.file()
    file.examination.observations = [
      Observation(
        .recorded,
        .track(
          Track(
            pointCount: 3, south: 10, west: -179, north: 12, east: 179, start: nil, end: nil,
            isLocalTime: false, points: points)),
        field: "GPX:trkpt", offset: nil)
    ]
    file.findings = []
    let map = Self.report([file], .exact) { ScanGeoJSONWriter(redactor: $0) }
    #expect(
      map.contains(
        "\"MultiLineString\",\"coordinates\":[[[179,10],[180,11]],[[-180,11],[-179,12],[-178,12]]]"))
    let drawing = Self.report([file], .exact) { ScanKMLWriter(redactor: $0) }
    #expect(drawing.contains("<coordinates>179,10 180,11</coordinates>"))
  }

  // MARK: All of them

  @Test("every format says which rules and data were used, and ends with the counts")
  func header() throws {
    let writers: [(Redactor) -> any ReportWriter] = [
      { ScanSARIFWriter(redactor: $0, messages: .english) },
      { ScanCSVWriter(redactor: $0, messages: .english) },
      { ScanJUnitWriter(redactor: $0, messages: .english) },
      { ScanMarkdownWriter(redactor: $0, messages: .english) },
      { ScanGeoJSONWriter(redactor: $0) }, { ScanKMLWriter(redactor: $0) },
      { ScanJSONWriter(redactor: $0) }, { ScanNDJSONWriter(redactor: $0) },
    ]
    for writer in writers {
      let text = Self.report([try ReportTests.file()], .exact, writer)
      #expect(text.contains("fnv1a64:0123456789abcdef") && text.contains("atlas"))
      #expect(text.suffix(900).contains("complete"))
    }
  }

  @Test("a program's name that holds a path or an address is not shown below exact")
  func software() throws {
    let redactor = Redactor(level: .coarse)
    for value in ["C:\\Users\\mara\\tool.exe", "by mara@example.org", "/home/mara/bin/tool"] {
      #expect(redactor.text(value, kind: .software, role: .processing) == "(\(value.count) characters)")
    }
    #expect(redactor.text("Adobe Photoshop 7.0", kind: .software, role: .processing) == "Adobe Photoshop")
  }
}
