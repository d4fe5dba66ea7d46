import Foundation
import Testing

@Suite("Trip commands")
struct TripTests {
  @Test("init writes a profile that check and the schema take, for its owner only, and never over another")
  func initialise() throws {
    let scratch = try Scratch()
    let path = scratch.path + "/trip.yaml"
    #expect(try Tool.run(["trip", "init", "--output", path]).status == 0)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let check = try Tool.run(["trip", "check", path])
    #expect(check.status == 0)
    #expect(check.output.contains("Protected places: 1"))
    #expect(check.output.contains("Two Sessions"))
    #expect(!check.output.contains("Sam Sample"))
    #expect(!check.output.contains("48.85"))
    #expect(!check.output.contains("hearing"))
    let again = try Tool.run(["trip", "init", "--output", path])
    #expect(again.status == 2)
    #expect(again.errors.contains("is there already"))
    let validator = Process()
    validator.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    validator.arguments = [
      SchemaTests.validator, Tool.repository.appendingPathComponent("schemas/trip.schema.json").path, path,
      "--yaml",
    ]
    try validator.run()
    validator.waitUntilExit()
    #expect(validator.terminationStatus == 0)
  }

  @Test("a scan for a trip finds what the profile protects, and does not print it")
  func scan() throws {
    let scratch = try Scratch()
    let profile = try scratch.write(
      try String(contentsOfFile: Tool.samples + "/trip.yaml", encoding: .utf8), to: "trip.yaml")
    let folder = Tool.samples + "/phone"
    let plain = try Tool.run(["scan", "--format", "json", folder])
    let judged = try Tool.run(["scan", "--format", "json", "--trip", profile, folder])
    func findings(_ output: String) -> [String] {
      output.split(separator: "\n").filter { $0.contains("\"type\":\"finding\"") }.map(String.init)
    }
    #expect(!findings(plain.output).contains { $0.contains("\"protected-place\"") })
    let found = findings(judged.output).filter { $0.contains("\"protected-place\"") }
    #expect(found.count == 1)
    #expect(found.first?.contains("IMG_0002.jpg") == true)
    #expect(
      findings(judged.output).contains { $0.contains("\"sensitive-date\"") && $0.contains("IMG_0001.jpg") })
    #expect(!judged.output.contains("Charles Bridge"))
    #expect(!judged.output.contains("50.086"))
  }

  @Test("mistakes have status 2 and say where")
  func mistakes() throws {
    let scratch = try Scratch()
    let wrong = try scratch.write("countries: [China]\n", to: "wrong.yaml")
    let run = try Tool.run(["scan", "--trip", wrong, Tool.samples])
    #expect(run.status == 2)
    #expect(run.errors.contains("wrong.yaml:1"))
    #expect(run.errors.contains("CN"))
    let inside = try Tool.run(["scan", "--trip", Tool.samples + "/trip.yaml", Tool.samples])
    #expect(inside.status == 2)
    #expect(inside.errors.contains("is inside"))
    let calendar = try scratch.write("calendars: [ZZ]\n", to: "calendar.yaml")
    #expect(try Tool.run(["trip", "check", calendar]).status == 2)
    #expect(try Tool.run(["trip", "calendars", "ZZ"]).status == 2)
    #expect(try Tool.run(["trip", "check", scratch.path + "/none.yaml"]).status == 2)
  }

  @Test("what is suppressed is counted and not shown, until its last day")
  func suppress() throws {
    let scratch = try Scratch()
    let list = try scratch.write(
      """
      suppress:
        - {rule: exact-place-with-time, path: IMG_0001.jpg, reason: "published", until: 2026-08-01}
        - {rule: zone-trail, reason: "known", until: 2026-08-01}
      """, to: "suppress.yaml")
    let folder = Tool.samples + "/phone"
    func scan(_ date: String) throws -> String {
      try Tool.run(["scan", "--format", "json", "--date", date, "--suppress", list, folder]).output
    }
    func shows(_ output: String, _ rule: String, _ file: String) -> Bool {
      output.split(separator: "\n").contains {
        $0.contains("\"rule\":\"\(rule)\"") && $0.contains(file)
      }
    }
    let during = try scan("2026-08-01")
    #expect(!shows(during, "exact-place-with-time", "IMG_0001.jpg"))
    #expect(shows(during, "exact-place-with-time", "IMG_0002.jpg"))
    #expect(!shows(during, "zone-trail", ""))
    #expect(during.contains("\"suppressed\":2"))
    let after = try scan("2026-08-02")
    #expect(shows(after, "exact-place-with-time", "IMG_0001.jpg"))
    #expect(after.contains("\"suppressed\":0"))
    let endless = try scratch.write("suppress: [{rule: zone-trail, reason: x}]\n", to: "endless.yaml")
    let refused = try Tool.run(["scan", "--suppress", endless, folder])
    #expect(refused.status == 2)
    #expect(refused.errors.contains("endless.yaml:1"))
  }
}
