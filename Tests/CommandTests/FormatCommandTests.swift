import Foundation
import Testing

/// Each format of the samples is held against a schema by a validator that is not ours.
@Suite("The formats for other programs")
struct FormatCommandTests {
  static let schemas = Tool.repository.appendingPathComponent("Tests/Schemas")
  static let hasXMLLint = FileManager.default.isExecutableFile(atPath: "/usr/bin/xmllint")

  static func run(_ command: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  /// Reports of a folder in several formats, from one run.
  static func reports(
    _ folder: String, _ formats: [String], _ options: [String], in scratch: Scratch
  ) throws -> Tool.Outcome {
    let outputs = formats.flatMap { ["--output", "\($0)=\(scratch.path)/report.\($0)"] }
    return try Tool.run(["scan", folder, "--quiet", "--date", "2026-07-25"] + options + outputs)
  }

  @Test(
    "the reports of the samples are valid",
    .enabled(if: hasXMLLint, "libxml2-utils is missing: make deps-test"),
    arguments: ["exact", "coarse", "share"])
  func valid(level: String) throws {
    let scratch = try Scratch()
    let maps = level == "exact" ? ["geojson", "kml"] : []
    let outcome = try Self.reports(
      Tool.samples, ["sarif", "csv", "junit", "markdown"] + maps,
      ["--privacy", level] + (maps.isEmpty ? [] : ["--allow-map"]), in: scratch)
    #expect(outcome.status == 1, "\(outcome.errors)")
    try Self.check(scratch, hasMaps: !maps.isEmpty)
  }

  @Test(
    "the reports of hostile names are valid",
    .enabled(if: hasXMLLint, "libxml2-utils is missing: make deps-test"))
  func hostile() throws {
    let scratch = try Scratch()
    let picture = try Data(contentsOf: URL(fileURLWithPath: Tool.samples + "/phone/IMG_0001.jpg"))
    let folder = scratch.url.appendingPathComponent("in")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in [
      "=1+1.jpg", "a\"b'c<d>&e]]>.jpg", "a\u{1}\u{B}\u{1B}[31m.jpg", "-->.jpg", "`<script>`.jpg",
      "a\nb\r.jpg",
      "\u{FFFE}\u{202E}gpj.jpg", "%2e%2e%2f{0}[x](y).jpg",
    ] {
      try picture.write(to: folder.appendingPathComponent(name))
    }
    let outcome = try Self.reports(
      folder.path, ["sarif", "csv", "junit", "markdown", "geojson", "kml"],
      ["--privacy", "exact", "--allow-map"],
      in: scratch)
    #expect(outcome.status == 1, "\(outcome.errors)")
    try Self.check(scratch, hasMaps: true)
    let ticket = try String(
      contentsOf: scratch.url.appendingPathComponent("report.markdown"), encoding: .utf8)
    #expect(!ticket.contains("<script"))
    #expect(!ticket.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E })
  }

  private static func check(_ scratch: Scratch, hasMaps: Bool) throws {
    let json = Tool.repository.appendingPathComponent("scripts/validate-json.py").path
    var commands = [
      [
        "python3", "-c",
        "import json, sys, jsonschema; schema, log = (json.load(open(name)) for name in sys.argv[1:]); "
          + "jsonschema.Draft4Validator(schema).validate(log)",
        schemas.path + "/oasis/sarif-schema-2.1.0.json", scratch.path + "/report.sarif",
      ],
      ["python3", json, schemas.path + "/sarif-subset.json", scratch.path + "/report.sarif"],
      [
        "xmllint", "--noout", "--nonet", "--schema", schemas.path + "/junit.xsd",
        scratch.path + "/report.junit",
      ],
      [
        "python3", "-c",
        "import csv, sys; rows = list(csv.reader(open(sys.argv[1], newline=''), strict=True)); "
          + "sys.exit(len({len(row) for row in rows}) != 1 or rows[-1][0] != 'summary')",
        scratch.path + "/report.csv",
      ],
    ]
    if hasMaps {
      commands.append(["python3", json, schemas.path + "/geojson.json", scratch.path + "/report.geojson"])
      commands.append([
        "xmllint", "--noout", "--nonet", "--schema", schemas.path + "/kml.xsd", scratch.path + "/report.kml",
      ])
    }
    for command in commands {
      let (status, output) = try run(command)
      #expect(status == 0, "\(command.joined(separator: " ").prefix(200)): \(output.prefix(500))")
    }
  }

  @Test(
    "a map is asked for twice",
    arguments: [
      ["--format", "geojson"], ["--format", "kml", "--privacy", "exact"],
      ["--format", "geojson", "--allow-map"], ["--output", "kml=/tmp/untrail-none.kml"],
      ["--format", "kml", "--privacy", "share", "--allow-map"],
    ])
  func refusedMap(arguments: [String]) throws {
    let outcome = try Tool.run(["scan", Tool.samples] + arguments)
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("--privacy exact --allow-map"), "\(outcome.errors)")
  }

  @Test("a map comes with a warning, and only a map does")
  func warning() throws {
    let map = try Tool.run([
      "scan", Tool.samples + "/phone", "--format", "geojson", "--privacy", "exact", "--allow-map",
    ])
    #expect(map.status == 1)
    #expect(map.errors.contains("warning") && map.errors.contains("encrypted"))
    let table = try Tool.run(["scan", Tool.samples + "/phone", "--format", "csv"])
    #expect(!table.errors.contains("warning"))
  }

  @Test(
    "inspect writes three formats, and says what writes the others",
    arguments: ["sarif", "csv", "junit", "markdown", "geojson", "kml"])
  func inspect(format: String) throws {
    for arguments in [["--format", format], ["--output", "\(format)=/tmp/untrail-none"]] {
      let outcome = try Tool.run(["inspect", Tool.samples] + arguments)
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("inspect writes text, json or ndjson"), "\(outcome.errors)")
    }
  }

  @Test("the same rules have the same digest, and one rule more another")
  func digest() throws {
    let scratch = try Scratch()
    let rule = try String(
      contentsOf: Tool.repository.appendingPathComponent("rules/location/exact-place.yaml"), encoding: .utf8)
    try scratch.write(
      rule.replacingOccurrences(of: "id: exact-place", with: "id: my-place"), to: "rules/my.yaml")
    func digest(_ options: [String]) throws -> String {
      let outcome = try Tool.run(["scan", Tool.samples + "/facts.json", "--format", "ndjson"] + options)
      let line = try #require(outcome.output.split(separator: "\n").first, "\(outcome.errors)")
      let header = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      return try #require(header["ruleSetDigest"] as? String)
    }
    let plain = try digest([])
    #expect(plain == (try digest([])))
    #expect(plain != (try digest(["--rules", scratch.path + "/rules"])))
  }
}
