import Foundation
import Testing

@Suite("Configuration")
struct ConfigurationCommandTests {
  private static let photo = Tool.samples + "/phone/IMG_0001.jpg"

  /// The rows of `config show`: value and origin by name.
  private func show(
    _ arguments: [String], _ environment: [String: String] = [:]
  ) throws -> [String: (value: String, origin: String)] {
    let run = try Tool.run(["config", "show"] + arguments, environment: environment)
    #expect(run.status == 0, "\(run.errors)")
    var rows: [String: (value: String, origin: String)] = [:]
    for line in run.output.split(separator: "\n") {
      let cells = line.components(separatedBy: "  ").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty }
      if cells.count == 3 { rows[cells[0]] = (cells[1], cells[2]) }
    }
    return rows
  }

  @Test("--config, then UNTRAIL_CONFIG, then XDG_CONFIG_HOME, then ~/.config; and none")
  func order() throws {
    let scratch = try Scratch()
    let option = try scratch.write("jobs: 1\n", to: "option.yaml")
    let variable = try scratch.write("jobs: 2\n", to: "variable.yaml")
    try scratch.write("jobs: 3\n", to: "xdg/untrail/config.yaml")
    try scratch.write("jobs: 4\n", to: "home/.config/untrail/config.yaml")
    let home = ["HOME": scratch.path + "/home"]
    let xdg = home.merging(["XDG_CONFIG_HOME": scratch.path + "/xdg"]) { $1 }
    let all = xdg.merging(["UNTRAIL_CONFIG": variable]) { $1 }
    #expect(try show(["--config", option], all)["jobs"]?.value == "1")
    #expect(try show(["--config", option], all)["jobs"]?.origin == option + ":1")
    #expect(try show(["--config", option], all)["config"]?.origin == "option")
    #expect(try show([], all)["jobs"]?.value == "2")
    #expect(try show([], all)["config"]?.origin == "environment (UNTRAIL_CONFIG)")
    #expect(try show([], xdg)["jobs"]?.value == "3")
    #expect(try show([], home)["jobs"]?.value == "4")
    #expect(try show([], home.merging(["XDG_CONFIG_HOME": "relative"]) { $1 })["jobs"]?.value == "4")
    #expect(try show(["--no-config"], all)["jobs"]?.origin == "default")
    #expect(try show(["--no-config"], all)["config"]?.value == "none")
    #expect(try show([])["privacy"]?.value == "coarse")
  }

  @Test("show says what counts and why; the command line wins")
  func origins() throws {
    let scratch = try Scratch()
    let file = try scratch.write(
      """
      privacy: exact
      fail-on: high
      rules: [mine, /abs]
      trip: ~/trip.yaml
      """, to: "c.yaml")
    let environment = ["UNTRAIL_CONFIG": file, "HOME": "/home/mara", "NO_COLOR": "1"]
    let rows = try show(["--privacy", "share", "--jobs=5"], environment)
    #expect(rows["privacy"]?.value == "share" && rows["privacy"]?.origin == "option")
    #expect(rows["jobs"]?.value == "5" && rows["jobs"]?.origin == "option")
    #expect(rows["fail-on"]?.value == "high" && rows["fail-on"]?.origin == file + ":2")
    #expect(rows["rules"]?.value == "\(scratch.path)/mine, /abs")
    #expect(rows["trip"]?.value == "/home/mara/trip.yaml")
    #expect(rows["color"]?.value == "never" && rows["color"]?.origin == "environment (NO_COLOR)")
    #expect(rows["format"]?.origin == "default" && rows["lang"]?.value == "en")
    #expect(try show(["--rules", "/other"], environment)["rules"]?.value == "/other")
  }

  @Test("a scan takes the values, and its own options over them")
  func scan() throws {
    let scratch = try Scratch()
    let file = try scratch.write("format: json\nprivacy: exact\nfail-on: never\n", to: "c.yaml")
    let environment = ["UNTRAIL_CONFIG": file]
    let run = try Tool.run(["scan", Self.photo], environment: environment)
    #expect(run.status == 0)
    #expect(run.output.contains("\"privacy\":\"exact\""))
    let other = try Tool.run(
      ["scan", "--privacy", "share", "--fail-on=low", Self.photo], environment: environment)
    #expect(other.status == 1)
    #expect(other.output.contains("\"privacy\":\"share\""))
    let inspect = try Tool.run(["inspect", Self.photo], environment: environment)
    #expect(inspect.status == 0 && inspect.output.contains("48.85837") && !inspect.output.hasPrefix("{"))
    let plain = try Tool.run(["scan", "--no-config", Self.photo], environment: environment)
    #expect(plain.status == 1 && !plain.output.hasPrefix("{"))
  }

  @Test("no configuration is taken from the folder that is looked at")
  func inside() throws {
    let scratch = try Scratch()
    let file = try scratch.write("fail-on: never\n", to: "export/c.yaml")
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/link.yaml", withDestinationPath: file)
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/export/out.yaml",
      withDestinationPath: try scratch.write("fail-on: never\n", to: "outside.yaml"))
    let home = try scratch.write("fail-on: never\n", to: "export/.config/untrail/config.yaml")
    let cases: [([String], [String: String])] = [
      (["--config", file], [:]), (["--config", scratch.path + "/link.yaml"], [:]),
      (["--config", scratch.path + "/export/out.yaml"], [:]),
      ([], ["UNTRAIL_CONFIG": file]), ([], ["HOME": scratch.path + "/export"]),
    ]
    for (options, environment) in cases {
      let run = try Tool.run(["scan"] + options + [scratch.path + "/export"], environment: environment)
      #expect(run.status == 2)
      #expect(run.errors.contains("never taken from the folder that is looked at"), "\(run.errors)")
      #expect(run.output.isEmpty)
    }
    let off = try Tool.run(
      ["scan", "--no-config", scratch.path + "/export"], environment: ["HOME": scratch.path + "/export"])
    #expect(off.status == 0, "\(home): \(off.errors)")
  }

  @Test("show is asked in any folder, and refuses for one that it is given")
  func showInside() throws {
    let scratch = try Scratch()
    try scratch.write("trip: t.yaml\n", to: "c.yaml")
    let plain = try Tool.run(["config", "show", "--config", "c.yaml"], folder: scratch.path)
    #expect(plain.status == 0 && plain.output.contains("c.yaml:1"), "\(plain.errors)")
    let given = try Tool.run(["config", "show", "--config", "c.yaml", "."], folder: scratch.path)
    #expect(given.status == 2 && given.errors.contains("never taken from the folder"))
  }

  @Test("mistakes have status 2 and say where")
  func mistakes() throws {
    let scratch = try Scratch()
    let wrong = try scratch.write("jobs: 2\nprivcy: exact\n", to: "wrong.yaml")
    let run = try Tool.run(["scan", "--config", wrong, Self.photo])
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.errors.contains("wrong.yaml:2:1: privcy: unknown key; did you mean privacy?"))
    #expect(try Tool.run(["scan", "--config", scratch.path + "/none.yaml", Self.photo]).status == 2)
    #expect(
      try Tool.run(["config", "show"], environment: ["UNTRAIL_CONFIG": scratch.path + "/none"]).status == 2)
    #expect(try Tool.run(["config", "show", "--config", wrong, "--no-config"]).status == 2)
    #expect(try Tool.run(["config", "show", "--privacy", "exat"]).status == 2)
  }

  @Test("the schema takes what the tool takes, and refuses what it refuses")
  func schema() throws {
    let schema = Tool.repository.appendingPathComponent("schemas/config.schema.json").path
    let cases = [
      ("privacy: exact\njobs: 4\nrules: [a]\ntrip: t.yaml\ncolor: never\n", true),
      ("rules: a\nfail-on: never\nisolation: per-file\nformat: ndjson\nsuppress: s\n", true),
      ("privacy: all\n", false), ("jobs: 0\n", false), ("lang: de\n", false), ("lang: fr\n", true),
      ("rules: [1]\n", false),
      ("config: x\n", false),
    ]
    let scratch = try Scratch()
    for (yaml, isGood) in cases {
      let file = try scratch.write(yaml, to: "c.yaml")
      let validator = Process()
      validator.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
      validator.arguments = [SchemaTests.validator, schema, file, "--yaml"]
      validator.standardOutput = FileHandle.nullDevice
      validator.standardError = FileHandle.nullDevice
      try validator.run()
      validator.waitUntilExit()
      #expect((validator.terminationStatus == 0) == isGood, "\(yaml)")
      // YAML's numbers are texts to the tool where it asks for a text.
      if yaml != "rules: [1]\n" {
        #expect((try Tool.run(["config", "show", "--config", file]).status == 0) == isGood, "\(yaml)")
      }
    }
  }

  @Test(
    "what was probably meant",
    arguments: [
      (["scna", "."], "Did you mean scan?"), (["rules", "lst"], "Did you mean list?"),
      (["config", "shwo"], "Did you mean show?"), (["scan", "--privcy", "exact", "."], "--privacy"),
      (["explain", "hme-city"], "Did you mean home-city?"),
      (["explain", "exct-place"], "Did you mean exact-place"),
      (["nothinglikeit"], "All of them: scan,"), (["--vresion"], "Did you mean --version?"),
      (["--privacy", "exact", "scan", "."], "untrail scan --privacy ..."),
      ([Tool.samples], "Did you mean: untrail scan \(Tool.samples)"),
      (["trip", "chek", "trip.yaml"], "Did you mean check?"),
    ])
  func suggestions(arguments: [String], words: String) throws {
    let run = try Tool.run(arguments)
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.errors.contains(words), "\(run.errors)")
  }

  @Test("help of a subcommand, in both ways of asking")
  func help() throws {
    #expect(try Tool.run(["help", "scan"]).output == Tool.run(["scan", "--help"]).output)
    #expect(try Tool.run(["help", "rules", "list"]).output == Tool.run(["rules", "list", "--help"]).output)
  }
}
