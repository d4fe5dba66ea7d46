import Foundation
import Testing

@Suite("Baseline, key and compare on the command line")
struct CompareCommandTests {
  /// A copy of some samples.
  private func copy(_ scratch: Scratch, _ name: String, _ folders: [String] = ["phone", "camera"]) throws
    -> String
  {
    let path = scratch.path + "/" + name
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for folder in folders {
      try FileManager.default.copyItem(atPath: Tool.samples + "/" + folder, toPath: path + "/" + folder)
    }
    return path
  }

  private func findings(_ report: String) throws -> [[String: Any]] {
    let object = try JSONSerialization.jsonObject(with: Data(report.utf8)) as? [String: Any]
    return try #require(object?["findings"] as? [[String: Any]])
  }

  private func validate(_ schema: String, _ document: String, _ scratch: Scratch) throws -> Bool {
    let file = try scratch.write(document, to: "document.json")
    let validator = Process()
    validator.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    validator.arguments = [
      SchemaTests.validator, Tool.repository.appendingPathComponent("schemas/\(schema).schema.json").path,
      file,
    ]
    try validator.run()
    validator.waitUntilExit()
    return validator.terminationStatus == 0
  }

  @Test("only what is new is reported, wherever the folder lies", arguments: ["json", "ndjson"])
  func baseline(format: String) throws {
    let scratch = try Scratch()
    let folder = try copy(scratch, "a", ["phone"])
    let earlier = scratch.path + "/earlier"
    _ = try Tool.run(["scan", "--quiet", "--output", "\(format)=\(earlier)", folder])
    let moved = scratch.path + "/b"
    try FileManager.default.moveItem(atPath: folder, toPath: moved)
    let same = try Tool.run(["scan", "--baseline", earlier, "--format", "json", moved])
    #expect(same.status == 0, "\(same.errors)")
    #expect(try findings(same.output).isEmpty)
    #expect(same.output.contains(#""gone":0}"#) && !same.output.contains(#""baseline":{"known":0"#))
    #expect(try validate("scan", same.output, scratch))
    try FileManager.default.copyItem(
      atPath: Tool.samples + "/camera/DSC_0101.jpg", toPath: moved + "/new.jpg")
    try FileManager.default.removeItem(atPath: moved + "/phone/IMG_0001.jpg")
    let changed = try Tool.run(["scan", "--baseline", earlier, "--format", "json", moved])
    #expect(changed.status == 1)
    let paths = Set(try findings(changed.output).compactMap { $0["path"] as? String })
    #expect(paths == [moved + "/new.jpg"])
    #expect(!changed.output.contains(#""gone":0}"#))
    let text = try Tool.run(["scan", "--baseline", earlier, moved])
    #expect(text.output.contains("In the earlier report already, and left out here"))
    let sarif = try Tool.run(["scan", "--baseline", earlier, "--format", "sarif", moved])
    #expect(sarif.output.contains(#""baselineState":"new""#))
  }

  @Test("a baseline that cannot be used is refused, and says why")
  func refusedBaselines() throws {
    let scratch = try Scratch()
    let folder = try copy(scratch, "a", ["camera"])
    let inside = folder + "/report.json"
    let report = try Tool.run(["scan", "--format", "json", folder]).output
    try Data(report.utf8).write(to: URL(fileURLWithPath: inside))
    func message(_ arguments: [String]) throws -> String {
      let run = try Tool.run(["scan"] + arguments + [folder])
      #expect(run.status == 2 && run.output.isEmpty)
      return run.errors
    }
    #expect(try message(["--baseline", inside]).contains("is never taken from the folder that is looked at"))
    let outside = try scratch.write(report, to: "outside.json")
    #expect(try message(["--baseline", outside, "--privacy", "share"]).contains("no name that lasts"))
    let cut = try scratch.write(String(report.prefix(report.count / 2)), to: "cut.json")
    #expect(try message(["--baseline", cut]).contains("cut.json: byte "))
    #expect(try message(["--baseline", scratch.path + "/none.json"]).contains("cannot open it"))
    let other = try scratch.write("{\"a\":1}", to: "other.json")
    #expect(try message(["--baseline", other]).contains("no report of untrail scan"))
  }

  @Test("with a key, reports of the level share can be held against each other")
  func key() throws {
    let scratch = try Scratch()
    let folder = try copy(scratch, "a")
    let key = try scratch.write(String(repeating: "k", count: 32), to: "key")
    let open = try Tool.run(["scan", "--key-file", key, folder])
    #expect(open.status == 2 && open.errors.contains("chmod 600"))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
    let options = ["--key-file", key, "--privacy", "share"]
    let first = try Tool.run(["scan", "--format", "json"] + options + [folder])
    #expect(try validate("scan", first.output, scratch))
    let earlier = try scratch.write(first.output, to: "first.json")
    try FileManager.default.removeItem(atPath: folder + "/camera/DSC_0101.jpg")
    let second = try Tool.run(["scan", "--format", "json"] + options + [folder])
    // The same camera has one pseudonym in both, although its first file is gone.
    func serials(_ report: String) throws -> Set<String> {
      Set(
        try findings(report).filter { $0["rule"] as? String == "body-serial" }.compactMap {
          (($0["evidence"] as? [[String: Any]])?.first)?["value"] as? String
        })
    }
    #expect(try !serials(first.output).isEmpty && serials(second.output).isSubset(of: serials(first.output)))
    let new = try Tool.run(["scan", "--format", "json", "--baseline", earlier] + options + [folder])
    #expect(try findings(new.output).isEmpty)
    let later = try scratch.write(second.output, to: "second.json")
    let compared = try Tool.run(["compare", "--format", "json", earlier, later])
    #expect(compared.output.contains(#""new":0"#) && !compared.output.contains(#""gone":0"#))
    let unlike = try Tool.run(["compare", earlier, folder])
    #expect(unlike.status == 2 && unlike.errors.contains("no name that lasts"))
    let short = try scratch.write("short", to: "short")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: short)
    #expect(
      try Tool.run(["scan", "--key-file", short, folder]).errors.contains("a key has 16 to 4096 bytes"))
  }

  @Test("a cleaned copy shows what is gone and what stayed", arguments: ["exact", "coarse", "share"])
  func compare(level: String) throws {
    let scratch = try Scratch()
    let before = try copy(scratch, "before")
    let after = try copy(scratch, "after")
    // A copy without any metadata under another name, and one file that is not there any more.
    try FileManager.default.removeItem(atPath: after + "/phone/IMG_0001.jpg")
    try FileManager.default.copyItem(
      atPath: Tool.samples + "/stripped/" + (try stripped()), toPath: after + "/phone/IMG_0001.cleaned.jpg")
    try FileManager.default.removeItem(atPath: after + "/camera/DSC_0101.jpg")
    let run = try Tool.run(["compare", "--privacy", level, "--format", "json", before, after])
    #expect(run.status == 1, "\(run.errors)")
    #expect(try validate("compare", run.output, scratch))
    let object = try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let changes = try #require(object["changes"] as? [[String: Any]])
    func count(_ state: String, _ rule: String) -> Int {
      changes.count { $0["state"] as? String == state && $0["rule"] as? String == rule }
    }
    #expect(count("gone", "exact-place-with-time") == 1)
    #expect(count("missing", "body-serial") == 1 && count("stayed", "body-serial") == 5)
    let summary = try #require(object["summary"] as? [String: Any])
    #expect(summary["missingFiles"] as? Int == 1 && summary["addedFiles"] as? Int == 0)
    let text = try Tool.run(["compare", "--privacy", level, before, after])
    #expect(text.output.contains("Still there:") && text.output.contains("still in the original"))
    if level == "share" {
      for output in [run.output, text.output] {
        #expect(!output.contains("IMG_0001") && !output.contains("camera/") && !output.contains(scratch.path))
      }
    }
  }

  private func stripped() throws -> String {
    try #require(
      FileManager.default.contentsOfDirectory(atPath: Tool.samples + "/stripped").sorted().first {
        $0.hasSuffix(".jpg")
      })
  }

  @Test("nothing is gone or new between a folder and itself, nor between it and its own report")
  func same() throws {
    let scratch = try Scratch()
    let folder = try copy(scratch, "a", ["phone", "together"])
    let report = try scratch.write(
      try Tool.run(["scan", "--format", "ndjson", folder]).output, to: "a.ndjson")
    for (before, after) in [(folder, folder), (report, folder), (folder, report)] {
      let run = try Tool.run(["compare", "--format", "json", before, after])
      #expect(run.output.contains(#""new":0,"unknown":0,"gone":0,"missing":0"#), "\(run.output.suffix(200))")
      #expect(!run.output.contains(#""stayed":0"#))
    }
  }

  @Test(
    "a wrong call is refused",
    arguments: [["."], [".", ".", "."], ["--quiet", ".", "."], ["--format", "html", ".", "."]])
  func wrong(arguments: [String]) throws {
    let run = try Tool.run(["compare"] + arguments, folder: Tool.samples)
    #expect(run.status == 2 && run.output.isEmpty && !run.errors.isEmpty)
  }
}
