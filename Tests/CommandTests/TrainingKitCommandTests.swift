import Foundation
import Testing

@Suite("Training kit")
struct TrainingKitCommandTests {
  private struct Report: Decodable {
    struct Finding: Decodable {
      var rule: String
      var path: String?
      var count: Int?
    }

    struct Summary: Decodable {
      var coverage: [String: Int]
      var complete: Bool
    }

    var findings: [Finding]
    var groupFindings: [Finding]
    var summary: Summary
    var privacy: String
  }

  /// Rules with how often they found something, from the table of the answer key.
  private func counts(inKey text: String) -> [String: Int] {
    var counts: [String: Int] = [:]
    for line in text.split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map {
        $0.trimmingCharacters(in: CharacterSet(charactersIn: " `"))
      }
      if cells.count == 3 { counts[cells[0]] = Int(cells[1]) }
    }
    return counts
  }

  /// Rules with the files in which they found something, from the list of the answer key.
  private func files(inKey text: String) -> [String: Set<String>] {
    var files: [String: Set<String>] = [:]
    for line in text.split(separator: "\n") where line.hasPrefix("* ") {
      let words = line.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
      let isFile = line.hasPrefix("* `")
      guard isFile || line.hasPrefix("* All files together") else { continue }
      let names = stride(from: isFile ? 3 : 1, to: words.count, by: 2).map { words[$0] }
      files[isFile ? words[1] : "together"] = Set(names)
    }
    return files
  }

  private func make() throws -> (scratch: Scratch, folder: String) {
    let scratch = try Scratch()
    let folder = scratch.path + "/kit"
    let run = try Tool.run(["training-kit", folder])
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    return (scratch, folder)
  }

  @Test(
    "a scan finds what the answer key says, and nothing else",
    arguments: [["--date", "2024-06-01"], ["--date", "2031-01-01"], []])
  func answers(date: [String]) throws {
    let (scratch, folder) = try make()
    let run = try Tool.run(["scan", "--format", "json", "export"] + date, folder: folder)
    #expect(run.status == 1, "\(scratch.path): \(run.errors)")
    let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
    let key = try String(contentsOfFile: folder + "/answers.md", encoding: .utf8)
    let all = report.findings.map(\.rule) + report.groupFindings.map(\.rule)
    #expect(all.reduce(into: [:]) { $0[$1, default: 0] += 1 } == counts(inKey: key))
    var found: [String: Set<String>] = ["together": Set(report.groupFindings.map(\.rule))]
    for finding in report.findings {
      found[String(try #require(finding.path).dropFirst("export/".count)), default: []].insert(finding.rule)
    }
    #expect(found == files(inKey: key).filter { !$0.value.isEmpty })
    #expect(report.summary.complete && report.summary.coverage["partial"] == 0)
    #expect(report.summary.coverage["unreadable"] == 0 && report.summary.coverage["unsupported"] == 1)
  }

  @Test("two kits are the same, and the report is the tool's own")
  func deterministic() throws {
    let (first, second) = (try make(), try make())
    let names = try FileManager.default.subpathsOfDirectory(atPath: first.folder).sorted()
    #expect(try names == FileManager.default.subpathsOfDirectory(atPath: second.folder).sorted())
    for name in ["answers.md", "exercise.md", "report.json", "export/photos/IMG_0412.jpg"] {
      #expect(names.contains(name))
    }
    for name in names {
      let contents = [first.folder, second.folder].map {
        FileManager.default.contents(atPath: $0 + "/" + name)
      }
      #expect(contents[0] == contents[1], "\(name)")
    }
    let own = try Tool.run(
      ["scan", "--format", "json", "--date", "2024-06-01", "export"], folder: first.folder)
    #expect(own.output == (try String(contentsOfFile: first.folder + "/report.json", encoding: .utf8)))
  }

  @Test("the configuration of whoever makes the kit does not change it")
  func configuration() throws {
    let (first, folder) = try make()
    let scratch = try Scratch()
    let file = try scratch.write("privacy: exact\nfail-on: never\n", to: "c.yaml")
    let run = try Tool.run(
      ["training-kit", scratch.path + "/kit"], environment: ["UNTRAIL_CONFIG": file])
    #expect(run.status == 0, "\(first.path)")
    #expect(
      FileManager.default.contents(atPath: scratch.path + "/kit/report.json")
        == FileManager.default.contents(atPath: folder + "/report.json"))
  }

  @Test("a folder in which something is stays as it is; an empty one is taken")
  func refusals() throws {
    let scratch = try Scratch()
    try scratch.write("mine", to: "full/a.txt")
    let full = try Tool.run(["training-kit", scratch.path + "/full"])
    #expect(full.status == 2 && full.output.isEmpty)
    #expect(full.errors.contains("is not empty"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/full") == ["a.txt"])
    #expect(try Tool.run(["training-kit", scratch.path + "/full/a.txt"]).status == 2)
    #expect(try Tool.run(["training-kit", scratch.path + "/none/kit"]).status == 2)
    try FileManager.default.createDirectory(
      atPath: scratch.path + "/empty", withIntermediateDirectories: false)
    #expect(try Tool.run(["training-kit", scratch.path + "/empty"]).status == 0)
  }
}
