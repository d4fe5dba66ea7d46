import Foundation
import Testing

/// The reports of the samples, byte for byte. `make golden` writes them anew.
@Suite("Golden reports")
struct GoldenTests {
  @Test(
    "the report is as expected",
    arguments: [
      (["inspect", "--format", "ndjson", "--privacy", "exact", "samples"], "inspect-exact.ndjson"),
      (["scan", "samples"], "scan-summary.txt"),
      (["scan", "--details", "samples"], "scan-coarse.txt"),
      (["scan", "--details", "--privacy", "share", "samples"], "scan-share.txt"),
    ])
  func report(arguments: [String], name: String) throws {
    let url = Tool.repository.appendingPathComponent("Tests/Golden/\(name)")
    let expected = try String(contentsOf: url, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    let run = try Tool.run(arguments + ["--date", "2026-07-25"], folder: Tool.repository.path)
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == expected.count)
    for (line, expectedLine) in zip(lines, expected) where line != expectedLine {
      Issue.record("\(name): \(line.prefix(300)) instead of \(expectedLine.prefix(300))")
      break
    }
  }
}
