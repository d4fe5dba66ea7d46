import Foundation
import Testing

@Suite("Merge")
struct MergeCommandTests {
  private static let folders = ["phone", "camera", "edited", "together", "notes"]

  /// Reports of several folders of the samples, each as if of one participant.
  private func reports(_ scratch: Scratch) throws -> [String] {
    try Self.folders.map { folder in
      let path = scratch.path + "/\(folder).json"
      _ = try Tool.run([
        "scan", "--quiet", "--privacy", "share", "--output", "json=\(path)", Tool.samples + "/" + folder,
      ])
      return path
    }
  }

  @Test("real reports give counts that the schema takes, whatever their order")
  func merge() throws {
    let scratch = try Scratch()
    let paths = try reports(scratch)
    let run = try Tool.run(["merge", "--format", "json"] + paths)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains(#""id":"capture-time""#) && run.output.contains(#""participants":5"#))
    let turned = try Tool.run(["merge", "--format", "json"] + paths.reversed())
    #expect(turned.output == run.output)
    let file = try scratch.write(run.output, to: "group.json")
    let validator = Process()
    validator.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    validator.arguments = [
      SchemaTests.validator, Tool.repository.appendingPathComponent("schemas/merge.schema.json").path, file,
    ]
    try validator.run()
    validator.waitUntilExit()
    #expect(validator.terminationStatus == 0)
    for name in Self.folders { #expect(!run.output.contains(name + ".json")) }
  }

  @Test("a report that is given twice counts once, and that is said")
  func duplicates() throws {
    let scratch = try Scratch()
    let paths = try reports(scratch)
    let run = try Tool.run(["merge", paths[0]] + paths)
    #expect(run.status == 0)
    #expect(run.output.contains("Reports of 5 participants") && run.output.contains("counted once"))
    let few = try Tool.run(["merge", paths[0], paths[0], paths[1], paths[2], paths[3]])
    #expect(few.status == 2 && few.output.isEmpty)
    #expect(few.errors.contains("4 different reports; at least 5 are needed"))
  }

  @Test("what is no report of the level share is refused by its name")
  func refusals() throws {
    let scratch = try Scratch()
    let paths = try reports(scratch)
    let level = scratch.path + "/level.json"
    _ = try Tool.run(["scan", "--quiet", "--output", "json=\(level)", Tool.samples + "/phone"])
    let lines = scratch.path + "/lines.json"
    _ = try Tool.run([
      "scan", "--quiet", "--privacy", "share", "--output", "ndjson=\(lines)", Tool.samples + "/phone",
    ])
    let words = try scratch.write("words", to: "words.json")
    for (path, message) in [
      (level, "level.json: its privacy level is coarse"), (lines, "no report of untrail scan --format json"),
      (words, "words.json: byte 0: a report must be an object"),
      (scratch.path + "/none.json", "none.json: cannot open it: No such file"),
      (scratch.path, "cannot read it: Is a directory"),
    ] {
      let run = try Tool.run(["merge"] + paths + [path])
      #expect(run.status == 2 && run.output.isEmpty)
      #expect(run.errors.contains(message), "\(run.errors)")
    }
    #expect(try Tool.run(["merge"]).status == 2)
  }
}
