import ArgumentParser
import UntrailBytes
import UntrailModel
import UntrailReports

struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Counts what the reports of a group say, without naming anyone.",
    discussion: """
      Takes one report of each participant, made with: untrail scan --privacy share --format json. At least five are
      needed, and no group of fewer than five is shown.

      Examples:
        untrail merge reports/*.json
        untrail merge --format json reports/*.json > group.json
      """)

  /// The formats of the counts.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @Argument(
    help: ArgumentHelp("Reports, one of each participant.", valueName: "report"),
    completion: .file(extensions: ["json"]))
  var reports: [String]

  @Option(help: ArgumentHelp("The format of the counts: text or json."))
  var format = Format.text

  @Option(
    name: .customLong("rules"),
    help: ArgumentHelp("Count the findings of the rules of this folder too.", valueName: "folder"),
    completion: .directory)
  var ruleFolders: [String] = []

  func run() throws {
    let rules = try RuleSelection.load(ruleFolders)
    var participants: [ParticipantReport] = []
    // Of two different reports the hashes are equal once in 2^64 pairs.
    var seen: Set<Int> = []
    for name in reports {
      let path = RawArguments.path(name)
      do {
        let bytes = try NamedFile.bytes(path, limit: ParticipantReport.sizeLimit)
        var hasher = Hasher()
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        let report = try bytes.withUnsafeBytes { bytes throws(ReportError) in
          try ParticipantReport(json: bytes)
        }
        if seen.insert(hasher.finalize()).inserted { participants.append(report) }
      } catch let error as ReportError {
        throw CommandFailure.usage("\(TerminalText.escaped(path)): \(error.message)")
      }
    }
    let counts: GroupCounts
    do {
      counts = try GroupCounts(
        participants, duplicates: reports.count - participants.count, rules: rules)
    } catch {
      throw CommandFailure.usage(error.message)
    }
    let buffer = ByteBuffer()
    switch format {
    case .text:
      buffer.append(utf8: GroupReports.text(counts, style: TextStyle(width: Terminal.width)))
    case .json:
      GroupReports.json(counts, toolVersion: Version.text, into: buffer)
    }
    try buffer.withBytes { try Terminal.write($0, to: 1, name: "standard output") }
  }
}
