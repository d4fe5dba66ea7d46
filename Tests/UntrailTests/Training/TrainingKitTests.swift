import Testing
import UntrailModel
import UntrailReaders
import UntrailRuleCatalog
import UntrailTraining

@Suite("Training kit")
struct TrainingKitTests {
  @Test("the same bytes each time, and few of them")
  func bytes() {
    let files = TrainingKit.files
    #expect(files.map(\.bytes) == TrainingKit.files.map(\.bytes))
    #expect(Set(files.map(\.path)).count == files.count)
    #expect(files.reduce(0) { $0 + $1.bytes.count } < 64 * 1024)
  }

  @Test("the answers name rules and files that are there")
  func names() {
    let paths = Set(TrainingKit.files.map(\.path)).union([TrainingKit.together])
    let rules = Set(RuleCatalog.rules.map(\.id))
    for finding in TrainingKit.findings {
      #expect(rules.contains(finding.rule), "\(finding.rule)")
      #expect(paths.isSuperset(of: finding.places), "\(finding.rule)")
    }
    #expect(TrainingKit.findings.map(\.rule) == TrainingKit.findings.map(\.rule).sorted())
  }

  @Test("the papers say what the lists say")
  func sheets() {
    let answers = TrainingSheets.answers { "title of \($0)" }
    for finding in TrainingKit.findings {
      let row = "| `\(finding.rule)` | \(finding.places.count) | title of \(finding.rule) |"
      #expect(answers.contains(row), "\(row)")
    }
    for file in TrainingKit.files { #expect(answers.contains("* `\(file.path)`: ")) }
    let count = TrainingKit.findings.reduce(0) { $0 + $1.places.count }
    #expect(answers.contains("\(count) findings of \(TrainingKit.findings.count) rules."))
    #expect(TrainingSheets.exercise.contains("--date \(TrainingKit.date)"))
  }
}
