import ArgumentParser
import UntrailModel
import UntrailReports

extension Severity: ExpressibleByArgument {
  public init?(argument: String) { self.init(name: argument) }
  public static var allValueStrings: [String] { allCases.map(\.name) }
}

/// The levels of privacy by name. Of `PrivacyLevel` itself the parser would show the raw number as the default.
enum PrivacyChoice: String, ExpressibleByArgument, CaseIterable {
  case exact
  case coarse
  case share

  var level: PrivacyLevel {
    switch self {
    case .exact: .exact
    case .coarse: .coarse
    case .share: .share
    }
  }
}

extension Coverage: ExpressibleByArgument {
  public init?(argument: String) { self.init(name: argument) }
  public static var allValueStrings: [String] { allCases.map(\.name) }
}

extension ReportFormat: ExpressibleByArgument {
  /// Whether `inspect` writes it too.
  var isOfInspect: Bool { self == .text || self == .json || self == .ndjson }

  /// Whether it holds positions and little else.
  var isMap: Bool { self == .geojson || self == .kml }

  /// The usual ending of such a file's name.
  var fileEnding: String {
    switch self {
    case .text: "txt"
    case .junit: "xml"
    case .markdown: "md"
    case .json, .ndjson, .html, .sarif, .csv, .geojson, .kml: rawValue
    }
  }
}

/// When colours are used.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case always
  case never
}

/// Where files are read.
enum IsolationChoice: String, ExpressibleByArgument, CaseIterable {
  case worker
  case perFile = "per-file"
  case none
}

/// From which severity on findings make the exit status 1.
enum Threshold: ExpressibleByArgument {
  case severity(Severity)
  case never

  init?(argument: String) {
    if argument == "never" {
      self = .never
    } else if let severity = Severity(name: argument) {
      self = .severity(severity)
    } else {
      return nil
    }
  }

  static var allValueStrings: [String] { Severity.allValueStrings + ["never"] }
  var defaultValueDescription: String {
    switch self {
    case .severity(let severity): severity.name
    case .never: "never"
    }
  }
}

/// A report for a file: `FORMAT=PATH`.
struct OutputSpecification: ExpressibleByArgument {
  var format: ReportFormat
  var path: String

  init?(argument: String) {
    guard let sign = argument.firstIndex(of: "="),
      let format = ReportFormat(rawValue: String(argument[..<sign]))
    else { return nil }
    let path = String(argument[argument.index(after: sign)...])
    guard !path.isEmpty else { return nil }
    self.format = format
    self.path = path
  }
}

/// A limit: `NAME=NUMBER`, the number with K, M or G for powers of 1024.
struct LimitSpecification: ExpressibleByArgument {
  var name: Limits.Name
  var value: Int

  init?(argument: String) {
    guard let sign = argument.firstIndex(of: "="), let name = Limits.name(argument[..<sign]) else {
      return nil
    }
    var digits = argument[argument.index(after: sign)...]
    var shift = 0
    if let unit = digits.last, let power = ["K", "M", "G"].firstIndex(of: unit.uppercased()) {
      shift = 10 * (power + 1)
      digits.removeLast()
    }
    guard let number = Int(digits), number >= 0, number <= Int.max >> shift,
      name.range.contains(number << shift)
    else { return nil }
    self.name = name
    value = number << shift
  }
}

/// What `scan` and `inspect` have in common.
struct InputOptions: ParsableArguments {
  @Argument(help: "Files and folders to look at.", completion: .file())
  var paths: [String] = []

  @Option(
    name: .customLong("files-from"),
    help: ArgumentHelp("Read further paths from a file, one a line; - is standard input.", valueName: "file"))
  var filesFrom: String?

  @Flag(help: "The paths of --files-from end in NUL, not in a line break.")
  var null = false

  @Option(
    name: .customLong("privacy"),
    help: ArgumentHelp(
      "How much the report gives away: exact, coarse (about 11 km, days, no names) or share (also no paths).",
      valueName: "privacy"))
  var privacyChoice = PrivacyChoice.coarse

  var privacy: PrivacyLevel { privacyChoice.level }

  @Option(
    help: ArgumentHelp(
      "Make pseudonyms from this secret key, so that they are the same in all reports made with it: 16 bytes or more, readable by you only.",
      valueName: "file"), completion: .file())
  var keyFile: String?

  /// The formats of all reports that are written.
  var formats: [ReportFormat] { (quiet ? [] : [format ?? .text]) + output.map(\.format) }

  @Option(
    help: ArgumentHelp(
      "The day from which on bookings and appointments count as still to come (default: today, UTC).",
      valueName: "year-month-day"))
  var date: AuditDay?

  @OptionGroup var language: LanguageOption

  @Option(
    help: ArgumentHelp(
      "The format of the report on standard output: text, json or ndjson; of scan also html, sarif, csv, junit, markdown, geojson or kml."
    ))
  var format: ReportFormat?

  @Option(
    help: ArgumentHelp(
      "Also write a report to a file that only you can read, as json=report.json. Repeatable.",
      valueName: "format=path"))
  var output: [OutputSpecification] = []

  @Option(help: ArgumentHelp("How many files are read at once.", valueName: "number"))
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "Where files are read: worker (in processes that can do nothing else), per-file (a process for each file) or none."
    ))
  var isolation = IsolationChoice.worker

  @Flag(help: "Go on where the system lacks a part of what locks the workers up.")
  var allowDegradedIsolation = false

  @Option(help: ArgumentHelp("How long reading one file may take.", valueName: "seconds"))
  var deadline = 10.0

  @Option(
    name: .customLong("limit"),
    help: ArgumentHelp(
      "What a file may cost at most, as bytes=256M; repeatable. One of "
        + Limits.names.map(\.text).joined(separator: ", ") + " (docs/limits.md).",
      valueName: "name=number"))
  var limitSettings: [LimitSpecification] = []

  @Flag(name: .shortAndLong, help: "Print nothing; write only the reports of --output.")
  var quiet = false

  @Option(help: "Whether to use colours: auto, always or never. NO_COLOR is honoured.")
  var color = ColorChoice.auto

  @Flag(
    help:
      "Also decode pictures that were edited, to see whether their thumbnails still show what was covered or blurred. Slow."
  )
  var thorough = false

  @Flag(
    help:
      "Leave out the telemetry inside films, which says where they were filmed second by second; such a film is then only partly read."
  )
  var fast = false

  @OptionGroup var configuration: ConfigurationOptions

  var limits: Limits {
    var limits = Limits()
    if thorough { limits.pixels = Limits.thoroughPixels }
    if fast { limits.samples = 0 }
    for setting in limitSettings { limits[setting.name] = setting.value }
    return limits
  }

  func validate() throws {
    guard !paths.isEmpty || filesFrom != nil else {
      throw ValidationError("Name at least one file or folder, as in: untrail scan ~/Export")
    }
    if null, filesFrom == nil { throw ValidationError("--null goes with --files-from.") }
    guard (0.1...3600).contains(deadline) else {
      throw ValidationError("--deadline takes seconds from 0.1 to 3600.")
    }
    if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs takes a number from 1 to 256.") }
  }
}

extension InputOptions {
  /// The key of `--key-file`; nil where none was given.
  func key() throws -> PseudonymKey? {
    guard let keyFile else { return nil }
    try refuseInside(keyFile, "--key-file", "a secret")
    do { return try NamedFile.key(RawArguments.path(keyFile)) } catch {
      throw CommandFailure.usage("--key-file: \(TerminalText.escaped(keyFile)): \(error.message)")
    }
  }

  /// Refuses a file that lies in what is looked at: whoever made those files could have put it there.
  func refuseInside(_ path: String, _ option: String, _ what: String) throws {
    guard let root = paths.first(where: { PathRelation.isInside(path, $0) }) else { return }
    throw CommandFailure.usage(
      "\(option): \(TerminalText.escaped(path)) is inside \(TerminalText.escaped(root)); \(what) is never taken from the "
        + "folder that is looked at")
  }
}
