import Foundation
import Testing

/// Manual pages and completions are made from the program.
@Suite("Manual and completions")
struct ManualTests {
  private static let mandoc = "/usr/bin/mandoc"

  private func run(_ command: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "SOURCE_DATE_EPOCH": "1784000000"]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  private func manual() throws -> Scratch {
    let scratch = try Scratch()
    let script = Tool.repository.appendingPathComponent("scripts/make-manual.py").path
    let made = try run(["python3", script, Tool.executable.path, scratch.path])
    #expect(made.status == 0, "\(made.output)")
    return scratch
  }

  /// The commands that `--help` lists, with those below them.
  private func commands(_ way: [String] = []) throws -> [[String]] {
    let help = try Tool.run(way + ["--help"])
    #expect(help.status == 0, "\(way)")
    #expect(way.isEmpty || help.output.contains("Examples:\n"), "\(way) has examples")
    guard let start = help.output.range(of: "\nSUBCOMMANDS:\n") else { return [way] }
    let names = help.output[start.upperBound...].split(separator: "\n")
      .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.hasPrefix("  See ") }
      .map { String($0.drop { $0 == " " }.prefix { $0 != " " }) }
    return try [way] + names.flatMap { try commands(way + [$0]) }
  }

  @Test("every command has a page with examples, and every example names a command that is there")
  func pages() throws {
    let scratch = try manual()
    let commands = try commands()
    #expect(commands.count >= 15)
    let names = Set(try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/man1"))
    #expect(names == Set(commands.map { (["untrail"] + $0).joined(separator: "-") + ".1" }))
    let leaves = Set(commands.map { ($0.first ?? "") })
    for name in names.sorted() {
      let page = try String(contentsOfFile: scratch.path + "/man1/" + name, encoding: .utf8)
      #expect(page.contains(".SH EXAMPLES"), "\(name)")
      let lines = page.split(separator: "\n").drop { $0 != ".SH EXAMPLES" }
      let examples = lines.drop { $0 != ".EX" }.dropFirst().prefix { $0 != ".EE" }
      #expect(!examples.isEmpty, "\(name)")
      for example in examples {
        let words = example.replacingOccurrences(of: "\\-", with: "-").split(separator: " ")
        let place = try #require(words.firstIndex(of: "untrail"), "\(example)")
        #expect(leaves.contains(words[place + 1].trimmingCharacters(in: [";"])), "\(example)")
      }
    }
  }

  @Test("the same program gives the same pages")
  func deterministic() throws {
    let (first, second) = (try manual(), try manual())
    for name in try FileManager.default.subpathsOfDirectory(atPath: first.path) {
      #expect(
        FileManager.default.contents(atPath: first.path + "/" + name)
          == FileManager.default.contents(atPath: second.path + "/" + name), "\(name)")
    }
  }

  @Test("the pages are without a flaw", .enabled(if: FileManager.default.isExecutableFile(atPath: mandoc)))
  func lint() throws {
    let scratch = try manual()
    for name in try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/man1") {
      let lint = try run([Self.mandoc, "-Tlint", "-Wwarning", scratch.path + "/man1/" + name])
      #expect(lint.status == 0 && lint.output.isEmpty, "\(lint.output)")
    }
  }

  @Test(
    "completions load in their shells, and bash offers what there is",
    arguments: [("bash", "bash/untrail"), ("zsh", "zsh/_untrail"), ("fish", "fish/untrail.fish")])
  func completions(shell: String, name: String) throws {
    let scratch = try manual()
    let file = scratch.path + "/" + name
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.contains("training-kit"))
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/\(shell)") else { return }
    let check = try run([shell, "-n", file])
    #expect(check.status == 0 && check.output.isEmpty, "\(check.output)")
    guard shell == "bash" else { return }
    let offer = """
      set -eu; . "$0"; complete -p untrail >/dev/null
      COMP_WORDS=(untrail tr); COMP_CWORD=1; COMP_LINE='untrail tr'; COMP_POINT=10; COMP_TYPE=9
      set +eu; _untrail untrail tr untrail; printf '%s\\n' "${COMPREPLY[@]}"
      """
    let offered = try run(["bash", "-c", offer, file])
    #expect(offered.status == 0, "\(offered.output)")
    #expect(
      Set(offered.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }) == [
        "trip", "training-kit",
      ])
  }
}
