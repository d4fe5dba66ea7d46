import Foundation
import Testing
import UntrailModel
import UntrailRuleCatalog

/// What rules advise does what it is advised for.
@Suite("Advice")
struct AdviceTests {
  @Test("every rule says something to do, and every command in it is of a tool that is tried here")
  func known() {
    for rule in RuleCatalog.rules {
      #expect(!rule.actions.isEmpty, "\(rule.id)")
      for action in rule.actions {
        #expect(AdviceCommand.commands(in: action).unknown == [], "\(rule.id)")
      }
    }
    #expect(AdviceCommand.all.count >= 80)
    #expect(AdviceCommand.commands(in: "Remove it: wipe -x photo.jpg").unknown == ["wipe -x photo.jpg"])
  }

  @Test(
    "a command removes what its rule finds from a copy, and leaves the original as it was",
    arguments: AdviceCommand.all)
  func command(_ command: AdviceCommand) async throws {
    for tool in [command.tool, "exiftool"] where tool != "untrail" { try Tool.needs(tool) }
    let cases = try AdviceCase.cases(of: command)
    var tried = 0
    for files in cases {
      let run = try await AdviceRuns.shared.outcome(command, files)
      // What the rule finds may stand in the other files of the sample.
      if files.isPart, !run.before.contains(command.rule) { continue }
      tried += 1
      let what = "\(files.samples): \(run.messages)"
      #expect(run.status == 0 || command.tool == "untrail" && run.status == 1, "\(what)")
      #expect(run.isOriginalUnchanged, "\(what)")
      if command.isLook {
        if command.tool == "untrail" { #expect(run.messages.contains("photo."), "\(what)") }
        if command.line.contains("thumbnail.jpg") {
          #expect(run.picture?.starts(with: [0xFF, 0xD8, 0xFF]) == true, "\(what)")
        }
        continue
      }
      #expect(run.before.contains(command.rule), "\(what)")
      #expect(!run.after.contains(command.rule), "\(what)")
      // mat2 0.13.3 writes PDF files whose table of objects is broken.
      #expect(run.isReadToEnd || run.made.contains { $0.hasSuffix(".pdf") }, "\(what)")
      if !command.isInPlace { #expect(run.made.count == run.originalCount, "\(what)") }
    }
    #expect(tried > 0, "no sample of the rule is of a type that the command is for")
  }
}

extension Tool {
  /// Ends the test where a tool is not installed. `make deps-test` installs all of them.
  static func needs(_ tool: String) throws {
    let isThere = ["/usr/bin/", "/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"].contains {
      FileManager.default.isExecutableFile(atPath: $0 + tool)
    }
    if !isThere { try Test.cancel("\(tool) is not installed") }
  }
}
