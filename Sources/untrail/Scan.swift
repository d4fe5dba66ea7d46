import ArgumentParser
import UntrailGeo
import UntrailModel
import UntrailReports
import UntrailRules

struct Scan: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Says what a folder's files could show about your movements, and what to do.",
    discussion: """
      Examples:
        untrail scan ~/Export
        untrail scan --details --privacy exact DCIM
        untrail scan --format json --fail-on high ~/Export > report.json
        untrail scan --output html=report.html ~/Export
        untrail scan --baseline last-week.json --output json=this-week.json ~/Export
        find . -name '*.jpg' -print0 | untrail scan --files-from - --null
      """)

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

  @Option(
    help: ArgumentHelp(
      "Leave out the findings that this file lists, each with its reason and its last day.", valueName: "file"
    ),
    completion: .file(extensions: ["yaml", "yml"]))
  var suppress: String?

  @Option(
    help: ArgumentHelp(
      "Report only what an earlier report of the same folder, as json or ndjson, does not have.",
      valueName: "report"),
    completion: .file(extensions: ["json", "ndjson"]))
  var baseline: String?

  @Flag(help: "Say of each finding why it matters, what to do, and where it is.")
  var details = false

  @Flag(help: "With all details, name every file of every finding.")
  var allFiles = false

  @Option(
    help: ArgumentHelp(
      "Also list every file that was partial, unsupported, encrypted or unreadable.", valueName: "coverage"))
  var list: [Coverage] = []

  @Flag(
    help:
      "Allow --format and --output geojson and kml: maps of every exact position. Only with --privacy exact.")
  var allowMap = false

  func run() throws {
    try checkMap()
    let messages = input.language.messages
    var session = Session(
      input: input, rules: try RuleSelection.load(ruleFolders, notInside: input.paths),
      makeWriter: { format, redactor, style in
        switch format {
        case .text: ScanTextWriter(redactor: redactor, style: style, messages: messages)
        case .json: ScanJSONWriter(redactor: redactor)
        case .ndjson: ScanNDJSONWriter(redactor: redactor)
        case .html: ScanPageWriter(redactor: redactor, style: style, messages: messages, map: .geography)
        case .sarif: ScanSARIFWriter(redactor: redactor, messages: .of(.english))
        case .csv: ScanCSVWriter(redactor: redactor, messages: .of(.english))
        case .junit: ScanJUnitWriter(redactor: redactor, messages: .of(.english))
        case .markdown: ScanMarkdownWriter(redactor: redactor, messages: .of(.english))
        case .geojson: ScanGeoJSONWriter(redactor: redactor)
        case .kml: ScanKMLWriter(redactor: redactor)
        }
      })
    session.isJoining = true
    session.ruleSetDigest = try RuleSelection.digest(ruleFolders)
    session.dataEdition = Geography.edition
    session.suppressions = try suppress.map { try suppressions($0, session.rules) } ?? SuppressionList([])
    session.baseline = try baseline.map { try earlierReport($0) }
    session.trip = try trip.map { try TripSelection.load($0, notInside: input.paths) }
    session.style.isSummary = !details && !allFiles && list.isEmpty
    session.style.fileLimit = allFiles ? nil : 3
    session.style.listed = Set(list)
    throw status(try session.run())
  }

  /// A map is the dossier that everything else here keeps from being made: it is asked for twice.
  private func checkMap() throws {
    guard let format = input.formats.first(where: \.isMap) else { return }
    guard allowMap, input.privacy == .exact else {
      throw CommandFailure.usage(
        "\(format.rawValue) holds every exact position, which is dangerous to keep or carry; if you need it, say "
          + "--privacy exact --allow-map")
    }
    Terminal.printError(
      "untrail: warning: the \(format.rawValue) report shows exactly where you were. Whoever finds it needs nothing else: "
        + "keep it encrypted, never carry it across a border, and delete it when it has served.")
  }

  private func earlierReport(_ path: String) throws -> EarlierReport {
    try input.refuseInside(path, "--baseline", "what is left out")
    do { return try NamedFile.report(RawArguments.path(path)) } catch {
      throw CommandFailure.usage("--baseline: \(TerminalText.escaped(path)): \(error.message)")
    }
  }

  private func suppressions(_ path: String, _ rules: [Rule]) throws -> SuppressionList {
    try input.refuseInside(path, "--suppress", "what is left out")
    do { return try SuppressionList.load(path, known: rules.map(\.id)) } catch {
      throw CommandFailure.usage(error.description)
    }
  }

  private func status(_ summary: RunSummary) -> ExitStatus {
    if case .severity(let threshold) = failOn,
      Severity.allCases.contains(where: { $0 >= threshold && summary.count($0) > 0 })
    {
      return .findings
    }
    return summary.isAllRead ? .nothingReached : .notAllRead
  }
}

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Lists everything that is read in each file.",
    discussion: """
      Examples:
        untrail inspect IMG_0001.HEIC
        untrail inspect --format ndjson --privacy exact ~/Export > records.ndjson
      """)

  @OptionGroup var input: InputOptions

  func run() throws {
    if let format = input.formats.first(where: { !$0.isOfInspect }) {
      throw CommandFailure.usage(
        "inspect writes text, json or ndjson, and no \(format.rawValue); use untrail scan --output "
          + "\(format.rawValue)=report.\(format.fileEnding) FOLDER")
    }
    let messages = input.language.messages
    let session = Session(
      input: input, rules: [],
      makeWriter: { format, redactor, style in
        switch format {
        case .text: InspectTextWriter(redactor: redactor, style: style, messages: messages)
        case .json: InspectJSONWriter(redactor: redactor)
        default: InspectNDJSONWriter(redactor: redactor)
        }
      })
    throw try session.run().isAllRead ? ExitStatus.nothingReached : ExitStatus.notAllRead
  }
}

extension RunSummary {
  /// Whether every file of a type that is read was read to its end.
  var isAllRead: Bool { isComplete && count(.partial) == 0 && count(.unreadable) == 0 }
}
