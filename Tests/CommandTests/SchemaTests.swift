import Foundation
import Testing
import UntrailModel

/// Every format is held against its schema by a validator that is not ours.
@Suite("Schemas")
struct SchemaTests {
  static let validator = Tool.repository.appendingPathComponent("scripts/validate-json.py").path

  private func validate(_ schema: String, _ content: String, _ options: [String]) throws -> (Int32, String) {
    let scratch = try Scratch()
    let file = try scratch.write(content, to: "document")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments =
      [Self.validator, Tool.repository.appendingPathComponent("schemas/\(schema).schema.json").path, file]
      + options
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  @Test(
    "reports of the samples are valid",
    arguments: [
      ("scan", "json", "scan"), ("scan", "ndjson", "scan-record"), ("inspect", "json", "inspection"),
      ("inspect", "ndjson", "inspect-record"),
    ], ["exact", "coarse", "share"])
  func valid(report: (command: String, format: String, schema: String), privacy: String) throws {
    let run = try Tool.run([report.command, "--format", report.format, "--privacy", privacy, Tool.samples])
    let lines = report.format == "ndjson" ? ["--lines"] : []
    let (status, message) = try validate(report.schema, run.output, lines)
    #expect(status == 0, "\(message)")
  }

  @Test("the schemas refuse what is wrong")
  func invalid() throws {
    let run = try Tool.run(["inspect", "--format", "ndjson", "--privacy", "exact", Tool.samples])
    let changes = [
      ("\"kind\":\"serial\"", "\"kind\":\"cereal\""), ("\"latitude\":48.85837", "\"latitude\":98.85837"),
      ("\"coverage\":\"read\"", "\"coverage\":\"fine\""), ("\"field\":", "\"feeld\":"),
      ("\"complete\":true", "\"complete\":1"),
    ]
    for (text, replacement) in changes {
      #expect(run.output.contains(text), "\(text)")
      let broken = run.output.replacingOccurrences(of: text, with: replacement)
      #expect(try validate("inspect-record", broken, ["--lines"]).0 == 1, "\(replacement)")
    }
  }

  @Test("the schema knows every role and kind, and no other")
  func words() throws {
    let file = Tool.repository.appendingPathComponent("schemas/observation.schema.json")
    let schema = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    #expect(definitions["role"]?["enum"] as? [String] == Role.allCases.map(\.name))
    #expect(definitions["kind"]?["enum"] as? [String] == Kind.allCases.map(\.name))
  }

  @Test("the rules are valid under their schema, and a wrong one is not")
  func rules() throws {
    let folder = Tool.repository.appendingPathComponent("rules")
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".yaml")
    }
    #expect(names.count >= 15)
    for name in names {
      let rule = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      let (status, message) = try validate("rule", rule, ["--yaml"])
      #expect(status == 0, "\(name): \(message)")
      let broken = rule.replacingOccurrences(of: "severity:", with: "severety:")
      #expect(try validate("rule", broken, ["--yaml"]).0 == 1, "\(name)")
    }
  }
}
