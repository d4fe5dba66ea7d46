import ArgumentParser
import UntrailAudit
import UntrailBytes
import UntrailGeo
import UntrailModel
import UntrailReports
import UntrailRules

struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Says what is gone, what stayed and what is new, after files were cleaned.",
    discussion: """
      Takes two folders, two files or two reports of untrail scan (json or ndjson): the originals, then the cleaned
      copies. A copy is known by its path, also with ".cleaned" before its ending or with another ending.

      The exit status is 1 where something stayed or is new.

      Examples:
        untrail compare ~/Export ~/Cleaned
        untrail compare photo.jpg photo.cleaned.jpg
        untrail compare last-week.json this-week.json
      """)

  /// The formats of a comparison.
  static let formats: [ReportFormat] = [.text, .json]

  @OptionGroup var input: InputOptions

  @Option(
    help: ArgumentHelp(
      "The exit status is 1 from this severity on: info, low, medium, high, critical or never.",
      valueName: "severity"))
  var failOn = Threshold.severity(.low)

  @Option(
    name: .customLong("rules"),
    help: ArgumentHelp("Use the rules of this folder too.", valueName: "folder"), completion: .directory)
  var ruleFolders: [String] = []

  @Option(
    help: ArgumentHelp(
      "Judge for this trip: its days, countries, protected places and names (untrail trip init).",
      valueName: "file"), completion: .file(extensions: ["yaml", "yml"]))
  var trip: String?

  @Flag(help: "Name every file of every finding.")
  var allFiles = false

  func validate() throws {
    guard input.paths.count == 2, input.filesFrom == nil else {
      throw ValidationError("Name two folders, files or reports, as in: untrail compare ~/Export ~/Cleaned")
    }
    guard input.output.isEmpty, !input.quiet else {
      throw ValidationError("compare writes to standard output only, as text or json.")
    }
  }

  func run() throws {
    if let format = input.formats.first(where: { !Self.formats.contains($0) }) {
      throw CommandFailure.usage("compare writes text or json, and no \(format.rawValue)")
    }
    let key = try input.key()
    let reports = try input.paths.map(report)
    try check(reports, key)
    let rules = try RuleSelection.load(ruleFolders, notInside: input.paths)
    let trip = try trip.map { try TripSelection.load($0, notInside: input.paths) }
    var ledgers: [Ledger] = []
    var isAllRead = true
    for (path, report) in zip(input.paths, reports) {
      if let report {
        ledgers.append(Ledger(report, name: RawArguments.path(path)))
        continue
      }
      var input = input
      input.paths = [path]
      var session = Session(
        input: input, rules: rules, makeWriter: { _, redactor, _ in ScanJSONWriter(redactor: redactor) })
      session.isJoining = true
      session.trip = trip
      session.dataEdition = Geography.edition
      let (summary, ledger) = try session.takeDown()
      isAllRead = isAllRead && summary.isAllRead
      ledgers.append(ledger)
    }
    let comparison = Comparison(ledgers[0], ledgers[1])
    try write(comparison)
    throw status(comparison, isAllRead)
  }

  /// The report that a path names; nil where it is something to look at.
  private func report(_ name: String) throws -> EarlierReport? {
    let path = RawArguments.path(name)
    guard EarlierReport.isReport(NamedFile.start(of: path)) else { return nil }
    do { return try NamedFile.report(path) } catch {
      throw CommandFailure.usage("\(TerminalText.escaped(path)): \(error.message)")
    }
  }

  /// Names of files must mean the same on both sides.
  private func check(_ reports: [EarlierReport?], _ key: PseudonymKey?) throws {
    let shared = reports.compactMap { $0 }.filter { $0.privacy == .share }
    guard !shared.isEmpty else { return }
    guard shared.count == 2, shared[0].keyID != nil, shared[0].keyID == shared[1].keyID else {
      throw CommandFailure.usage(
        "at --privacy share files have no name that lasts; compare two reports that were both written with "
          + "--privacy coarse, or both with --privacy share and the same --key-file")
    }
  }

  private func write(_ comparison: Comparison) throws {
    var style = TextStyle(width: Terminal.width, usesColor: Session.usesColor(input.color))
    style.fileLimit = allFiles ? nil : 3
    let writer = ComparisonReports(
      comparison, messages: input.language.messages, style: style, privacy: input.privacy)
    let buffer = ByteBuffer()
    if input.format == .json {
      writer.json(toolVersion: Version.text, into: buffer)
    } else {
      buffer.append(utf8: writer.text())
    }
    try buffer.withBytes { try Terminal.write($0, to: 1, name: "standard output") }
  }

  private func status(_ comparison: Comparison, _ isAllRead: Bool) -> ExitStatus {
    if case .severity(let threshold) = failOn,
      comparison.changes.contains(where: {
        ($0.state == .stayed || $0.state == .new) && $0.severity >= threshold
      })
    {
      return .findings
    }
    return isAllRead && comparison.isAllRead ? .nothingReached : .notAllRead
  }
}
