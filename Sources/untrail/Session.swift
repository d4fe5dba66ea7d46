import UntrailAudit
import UntrailIdentify
import UntrailIsolation
import UntrailModel
import UntrailReports
import UntrailRules

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One run of `scan` or `inspect`, from the options to the last report.
struct Session {
  var input: InputOptions
  var rules: [Rule]
  /// Makes the writer of a format.
  var makeWriter: (ReportFormat, Redactor, TextStyle) -> any ReportWriter
  var style = TextStyle()
  /// Whether to say what the files reveal together.
  var isJoining = false
  var suppressions = SuppressionList([])
  /// What is not reported again; nil where everything is reported.
  var baseline: EarlierReport?
  /// As `RunHeader` has it.
  var ruleSetDigest = ""
  /// As `RunHeader` has it.
  var dataEdition = ""
  /// For which trip the files are judged; nil where none was given.
  var trip: TripProfile?

  /// Runs and writes no report: what is found is handed back.
  func takeDown() throws -> (RunSummary, Ledger) {
    var ledger: LedgerWriter?
    let summary = try run(instead: { redactor in
      let writer = LedgerWriter(redactor: redactor, name: RawArguments.path(input.paths.first ?? ""))
      ledger = writer
      return [ReportSink(writer: writer) { _ in }]
    })
    return (summary, ledger?.ledger ?? Ledger(name: RawArguments.path("")))
  }

  /// Runs and writes the reports that were asked for.
  func run() throws -> RunSummary { try run(instead: nil) }

  /// - Parameter sinks: where everything goes, instead of to reports; nil for those.
  private func run(instead sinks: ((Redactor) -> [ReportSink])?) throws -> RunSummary {
    try checkRoots()
    let roots = input.paths.map { RawArguments.path($0) }
    let redactor = Redactor(level: input.privacy, key: try input.key(), roots: roots)
    let files = try input.output.map { (specification: $0, file: try makeFile($0.path)) }
    var sinkList: [ReportSink] = files.map { specification, file in
      ReportSink(writer: makeWriter(specification.format, redactor, style)) { try file.write($0) }
    }
    if let sinks {
      sinkList = sinks(redactor)
    } else if !input.quiet {
      var terminalStyle = style
      terminalStyle.width = Terminal.width
      terminalStyle.usesColor = Self.usesColor(input.color)
      let format = input.format ?? .text
      sinkList.append(
        ReportSink(writer: makeWriter(format, redactor, terminalStyle)) {
          try Terminal.write($0, to: 1, name: "standard output")
        })
    }
    let progress = Progress(isShown: !input.quiet)
    let database: MagicDatabase
    do { database = try MagicDatabase.open() } catch {
      throw CommandFailure.failure(error.message)
    }
    var request = AuditRequest(
      roots: roots, rules: rules,
      context: AuditContext(day: (input.date ?? AuditDay.today).days, trip: trip),
      workerCount: input.jobs ?? Self.defaultWorkerCount,
      magicDatabase: database)
    request.limits = input.limits
    request.isJoining = isJoining
    request.suppressions = suppressions
    if let baseline {
      do { request.baseline = try Baseline(baseline, level: input.privacy, key: redactor.key) } catch {
        throw CommandFailure.usage("--baseline: \(error.message)")
      }
    }
    if input.isolation != .none {
      var configuration = Worker.configuration(
        executable: try Executable.path(), limits: request.limits, deadline: input.deadline,
        allowsDegraded: input.allowDegradedIsolation)
      configuration.isPerFile = input.isolation == .perFile
      request.isolation = .worker(configuration)
    }
    request.replaced = Set(files.compactMap(\.file.replaced))
    request.excluded = Set(files.compactMap(\.file.identity))
    var header = RunHeader(
      toolVersion: Version.text,
      libraries: [RunHeader.Library(name: "libmagic", version: MagicDatabase.libraryVersion)],
      privacy: input.privacy, roots: request.roots, rules: rules,
      day: request.context.day)
    header.ruleSetDigest = ruleSetDigest
    header.dataEdition = dataEdition
    header.hasBaseline = baseline != nil
    let list = try input.filesFrom.map { try PathList(path: $0, endsInNull: input.null) }
    if input.isolation != .none {
      do { try ParentGuard.enter(writingTo: files.map(\.file.folder)) } catch {
        if !input.allowDegradedIsolation { throw CommandFailure.failure(error.message) }
      }
    }
    Interruption.listen()
    let summary: RunSummary
    do {
      summary = try Audit.run(
        request, header: header, redactor: redactor, sinks: sinkList, listed: { list?.next() },
        progress: { progress.update($0) }, isInterrupted: { Interruption.isAsked })
    } catch let error as MagicError {
      throw CommandFailure.failure(error.message)
    } catch let error as IsolationError {
      throw CommandFailure.failure(error.message)
    } catch let error as ReplacementError {
      throw Self.refusal(TerminalText.escaped(error.path))
    } catch let error as AuditError {
      throw CommandFailure.failure(error.message)
    }
    progress.clear()
    for (_, file) in files { try file.commit() }
    return summary
  }

  /// One worker a processor: each asks for the files of a whole frame at once, so that none waits long for
  /// the disk.
  private static var defaultWorkerCount: Int {
    min(max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1), 16)
  }

  static func usesColor(_ choice: ColorChoice) -> Bool {
    switch choice {
    case .always: true
    case .never: false
    case .auto:
      Terminal.isTerminal(1) && (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true)
        && getenv("TERM").map { String(cString: $0) != "dumb" } ?? true
    }
  }

  /// A root that is not there is a slip of the pen, and is said before anything is done.
  private func checkRoots() throws {
    for path in input.paths.map({ RawArguments.path($0) }) {
      let name = path.bytes.map { CChar(bitPattern: $0) } + [0]
      var status = stat()
      guard stat(name, &status) != 0, errno == ENOENT || errno == ENOTDIR else { continue }
      throw CommandFailure.usage("no such file or folder: \(TerminalText.escaped(path))")
    }
  }

  private func makeFile(_ path: String) throws -> OutputFile {
    if let root = input.paths.first(where: { PathRelation.isInside(path, $0) }) {
      throw Self.refusal("\(TerminalText.escaped(path)), inside \(TerminalText.escaped(root)),")
    }
    return try OutputFile(path: path)
  }

  private static func refusal(_ file: String) -> CommandFailure {
    CommandFailure.usage(
      "--output: \(file) is a file that is looked at, and those are never changed; write the report somewhere else"
    )
  }
}
