import Foundation
import Testing
import UntrailBytes
import UntrailIsolation
import UntrailModel
import UntrailReports
import UntrailRules

@Suite("What is derived from a run, in reports")
struct MovementReportTests {
  static let rule = Rule(
    id: "home", title: "Shows where you live", severity: .medium, category: "together",
    match: .run(.observation(ObservationPattern(kind: .movement, roles: RoleSet([.home])))), shows: "This.",
    who: "Them.", actions: ["Do that."], references: [], falsePositives: "None.",
    tests: Rule.Tests(matching: [], notMatching: []))

  static func home() -> Observation {
    var inference = Inference()
    inference.text = "Rue Cler"
    inference.coordinate = Coordinate(latitude: 48.85837, longitude: 2.294481)
    inference.country = "FR"
    inference.count = 12
    inference.days = 9
    inference.nights = 7
    inference.confidence = 0.875
    inference.start = 1_784_016_764
    inference.end = 1_784_116_764
    inference.distance = 123_456
    return Observation(.home, .movement(inference), field: "derived", offset: nil)
  }

  static func reports(_ level: PrivacyLevel) -> [(name: String, text: String)] {
    let engine = RuleEngine(rules: [rule], context: AuditContext(day: 20_000))
    var findings = engine.judgeRun([home()])
    findings[0].severity = .critical
    let redactor = Redactor(level: level)
    return ReportTests.writers(redactor).filter { $0.0.hasPrefix("scan") }.map { name, writer in
      var writer = writer
      let buffer = ByteBuffer()
      writer.begin(
        RunHeader(
          toolVersion: "1", libraries: [], privacy: level, roots: [PathBytes("folder")], rules: [rule],
          day: 20_000),
        into: buffer)
      var summary = RunSummary()
      summary.groupFindings = findings
      writer.end(summary, into: buffer)
      return (name, buffer.text)
    }
  }

  @Test("everything at exact")
  func exact() {
    for report in Self.reports(.exact) where report.name != "scan text" {
      let evidence = """
        "evidence":[{"kind":"movement","role":"home","text":"Rue Cler","latitude":48.85837,"longitude":2.294481,\
        "country":"FR","count":12,"days":9,"nights":7,"confidence":0.88,"start":"2026-07-14T08:12:44Z",\
        "end":"2026-07-15T11:59:24Z","distance":123456,"field":"derived"}]
        """
      #expect(report.text.contains(evidence), "\(report.name): \(report.text)")
      #expect(report.text.contains(#""rule":"home","severity":"critical","fingerprint":""#))
      #expect(report.text.contains(#""group":{"by":"run"},"count":1"#))
    }
  }

  @Test("no exact value at coarse and share", arguments: [PrivacyLevel.coarse, .share])
  func redaction(level: PrivacyLevel) {
    for report in Self.reports(level) {
      for value in ["48.85", "2.29", "Rue", "08:12", "123456", "123.456"] {
        #expect(!report.text.contains(value), "\(report.name) holds \(value)")
      }
      #expect(report.text.contains("2026-07-14") && report.text.contains("48.9"), "\(report.name)")
    }
  }

  @Test("the text names the severity to which a finding was raised")
  func severity() throws {
    let text = try #require(Self.reports(.coarse).first { $0.name == "scan text" }).text
    #expect(text.contains("CRITICAL  Shows where you live"))
    #expect(text.contains("home, near 48.9, 2.3, France, 9 days, 7 nights"), "\(text)")
  }

  @Test("it does not cross the worker's wire, and a worker that sends it breaks the protocol")
  func wire() throws {
    let kept = Observation(.owner, .person("Ann"), field: "f", offset: nil)
    let examination = Examination(
      artifact: Artifact(path: PathBytes([])), mediaType: MediaType("image/jpeg"), coverage: .read,
      observations: [Self.home(), kept])
    let bytes = WireFormat.encode(examination)
    let decoded = try #require(bytes.withUnsafeBytes { WireFormat.decode($0) })
    #expect(decoded.observations == [kept])
    // The kind of the only observation stands before its role.
    let place = try #require(
      (0..<(bytes.count - 1)).first {
        bytes[$0] == Kind.person.rawValue && bytes[$0 + 1] == Role.owner.rawValue
      })
    var changed = bytes
    changed[place] = Kind.movement.rawValue
    #expect(changed.withUnsafeBytes { WireFormat.decode($0) } == nil)
  }
}
