import ArgumentParser
import UntrailAudit
import UntrailBytes
import UntrailIdentify
import UntrailIsolation
import UntrailModel
import UntrailReaders
import UntrailReports
import UntrailRuleCatalog
import UntrailRules

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The rules that a command works with.
enum RuleSelection {
  /// The built-in rules and those of some folders.
  ///
  /// - Parameter roots: what is looked at; a folder of rules inside them is refused, since whoever made the
  ///   files could have made the rules.
  /// - Throws: `CommandFailure` for a mistake in a rule.
  static func load(_ folders: [String], notInside roots: [String] = []) throws -> [Rule] {
    var rules = RuleCatalog.rules
    for folder in folders {
      if let root = roots.first(where: { PathRelation.isInside(folder, $0) }) {
        throw CommandFailure.usage(
          "--rules: \(TerminalText.escaped(folder)) is inside \(TerminalText.escaped(root)); rules are never taken "
            + "from the folder that is looked at")
      }
      let added: [Rule]
      do { added = try RuleFolder.load(folder, known: rules) } catch {
        throw CommandFailure.usage(error.description)
      }
      for rule in added {
        if rules.contains(where: { $0.id == rule.id }) {
          throw CommandFailure.usage("--rules: \(folder): there is a rule \(rule.id) already")
        }
        rules.append(rule)
      }
    }
    return rules.sorted { $0.id < $1.id }
  }
}

extension RuleSelection {
  /// Tells apart what `load` gives: the built-in rules, and the files of the folders.
  ///
  /// - Throws: `CommandFailure` where a folder cannot be read.
  static func digest(_ folders: [String]) throws -> String {
    var digest = FNV1a64()
    digest.add(RuleCatalog.sourceDigest)
    for folder in folders {
      do { try RuleFolder.addSources(folder, to: &digest) } catch {
        throw CommandFailure.usage(error.description)
      }
    }
    return "fnv1a64:" + (folders.isEmpty ? RuleCatalog.sourceDigest : digest.hex)
  }
}

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Says what a rule looks for, why it matters, and what to do.",
    discussion: """
      Examples:
        untrail explain exact-place-with-time
        untrail explain --rules ~/untrail-rules my-rule
      """)

  @Argument(help: ArgumentHelp("The rule's id, as a report names it.", valueName: "rule"))
  var id: String

  @Option(
    name: .customLong("rules"),
    help: ArgumentHelp("Use the rules of this folder too.", valueName: "folder"), completion: .directory)
  var ruleFolders: [String] = []

  @OptionGroup var language: LanguageOption

  func run() throws {
    let rules = try RuleSelection.load(ruleFolders)
    let messages = language.messages
    guard let known = rules.first(where: { $0.id == id }) else {
      let hint = Suggestion.question(id, among: rules.map(\.id))
      throw CommandFailure.usage(
        "there is no rule \(TerminalText.escaped(id)).\(hint) All rules: untrail rules list")
    }
    let rule = messages.translated(known)
    var text = "\(rule.title)\n\(rule.id), \(messages.severity(rule.severity)), \(rule.category)\n"
    func part(_ title: Message, _ body: String) { text += "\n\(messages.text(title))\n  \(body)\n" }
    part(.explainShows, rule.shows)
    part(.explainWho, rule.who)
    text += "\n\(messages.text(.explainDo))\n"
    for (index, action) in rule.actions.enumerated() {
      text += "  \(messages.language.number(index + 1)). \(action)\n"
    }
    part(.explainFalsePositives, rule.falsePositives)
    text += "\n\(messages.text(.explainSources))\n"
    for reference in rule.references { text += "  \(reference)\n" }
    if !rule.requires.isEmpty {
      part(.explainRequires, rule.requires.joined(separator: ", "))
    }
    if let raise = rule.raise { part(.explainRaise, Self.phrase(raise)) }
    text += "\n\(messages.text(.explainExamples))\n"
    for files in rule.tests.matching { text += "  \(files.joined(separator: ", "))\n" }
    try Terminal.write(Array(text.utf8), to: 1)
  }
}

extension Explain {
  /// When a finding weighs more, in words.
  static func phrase(_ raise: Rule.Raise) -> String {
    var parts: [String] = []
    if !raise.rules.isEmpty { parts.append("\(raise.rules.joined(separator: " or ")) matches too") }
    if !raise.tripCountries.isEmpty {
      parts.append("the trip leads to or through \(raise.tripCountries.joined(separator: " or "))")
    }
    if let condition = raise.condition { parts.append(phrase(condition)) }
    return "\(raise.severity.name), where \(parts.joined(separator: " and "))"
  }

  /// How sure the report must be, where that is all that is asked for.
  private static func phrase(_ condition: Condition) -> String {
    if case .observation(let pattern) = condition, pattern.numbers.count == 1,
      let number = pattern.numbers.first, number.attribute == .confidence, let least = number.atLeast,
      (0...1).contains(least)
    {
      return "the report is sure of it to at least \(Int((least * 100).rounded())) of 100"
    }
    return "a further condition of the rule holds"
  }
}

struct Rules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Lists, checks and tests rules.",
    discussion: """
      Examples:
        untrail rules list
        untrail rules check ~/untrail-rules
      """,
    subcommands: [List.self, Check.self, Test.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Lists the rules, most severe first.",
      discussion: """
        Examples:
          untrail rules list
          untrail rules list --rules ~/untrail-rules
        """)

    @Option(
      name: .customLong("rules"),
      help: ArgumentHelp("Use the rules of this folder too.", valueName: "folder"), completion: .directory)
    var ruleFolders: [String] = []

    func run() throws {
      let rules = try RuleSelection.load(ruleFolders)
        .sorted { ($1.severity, $0.category, $0.id) < ($0.severity, $1.category, $1.id) }
      var text = ""
      for rule in rules {
        let columns = [(rule.severity.name, 10), (rule.category, 10), (rule.id, 32)]
        for (word, width) in columns {
          text += word + String(repeating: " ", count: max(1, width - word.count))
        }
        text += rule.title + "\n"
      }
      try Terminal.write(Array(text.utf8), to: 1)
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Checks the rule files of a folder, without using them.",
      discussion: """
        Examples:
          untrail rules check ~/untrail-rules
        """)

    @Argument(help: "The folder with the rule files.", completion: .directory)
    var folder: String

    func run() throws {
      do {
        // The built-in rules themselves can be checked too: theirs are not known twice.
        let rules = try RuleFolder.load(folder, known: RuleCatalog.rules)
        try Terminal.write(Array("\(rules.count) rules, no mistake found\n".utf8), to: 1)
      } catch let error as RuleError {
        throw CommandFailure.usage(error.description)
      }
    }
  }

  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test",
      abstract: "Runs every rule's own cases against the samples.",
      discussion: """
        Examples:
          untrail rules test --samples samples
          untrail rules test --samples my-samples --rules ~/untrail-rules
        """)

    @Option(help: ArgumentHelp("The folder with the samples.", valueName: "folder"), completion: .directory)
    var samples = "samples"

    @Option(
      name: .customLong("rules"),
      help: ArgumentHelp("Test the rules of this folder instead of the built-in ones.", valueName: "folder"),
      completion: .directory)
    var ruleFolders: [String] = []

    func run() throws {
      var rules = RuleCatalog.rules
      if !ruleFolders.isEmpty {
        rules = []
        for folder in ruleFolders {
          let added: [Rule]
          do { added = try RuleFolder.load(folder, known: RuleCatalog.rules + rules) } catch {
            throw CommandFailure.usage(error.description)
          }
          rules += added
        }
      }
      let database: MagicDatabase
      do { database = try MagicDatabase.open() } catch { throw CommandFailure.failure(error.message) }
      var failures: [String] = []
      var caseCount = 0
      var uncovered: [String] = []
      let known = rules + RuleCatalog.rules.filter { rule in !rules.contains { $0.id == rule.id } }
      for rule in rules {
        var isCovered = false
        for (cases, expected) in [(rule.tests.matching, true), (rule.tests.notMatching, false)] {
          for files in cases {
            caseCount += 1
            let matches = try matches(rule, needed(by: rule, known), files, database)
            isCovered = isCovered || matches
            if matches != expected {
              let paths = files.joined(separator: ", ")
              failures.append(
                "\(rule.id): \(paths) \(expected ? "must match and does not" : "must not match and does")")
            }
          }
        }
        if !isCovered { uncovered.append(rule.id) }
      }
      for failure in failures { Terminal.printError(failure) }
      var summary = "\(rules.count) rules, \(caseCount) cases, \(failures.count) failed\n"
      summary += Self.line("Rules that no case made match", uncovered)
      let coverage = RuleCoverage(rules)
      summary += Self.line("Kinds that no rule looks at", coverage.kindsLeftOut.map(\.name))
      summary += Self.line("Roles that no rule names", coverage.rolesLeftOut.map(\.name))
      try Terminal.write(Array(summary.utf8), to: 1)
      if !failures.isEmpty { throw ExitStatus.findings }
    }

    private static func line(_ title: String, _ names: [String]) -> String {
      names.isEmpty ? "" : "\(title) (\(names.count)): \(names.joined(separator: ", "))\n"
    }

    /// The rule, and all that it requires.
    private func needed(by rule: Rule, _ known: [Rule]) -> [Rule] {
      var needed = [rule]
      var place = 0
      while place < needed.count {
        for id in needed[place].requires where !needed.contains(where: { $0.id == id }) {
          if let other = known.first(where: { $0.id == id }) { needed.append(other) }
        }
        place += 1
      }
      return needed
    }

    /// The made-up reporter's trip, where the samples have one.
    private func sampleTrip() throws -> TripProfile? {
      let path = samples + "/trip.yaml"
      return access(path, F_OK) == 0 ? try TripSelection.load(path) : nil
    }

    private func matches(
      _ rule: Rule, _ rules: [Rule], _ files: [String], _ database: MagicDatabase
    ) throws -> Bool {
      let roots = files.map { samples + "/" + $0 }
      for root in roots where access(root, F_OK) != 0 {
        throw CommandFailure.usage("\(rule.id): the case \(TerminalText.escaped(root)) does not exist")
      }
      var request = AuditRequest(
        roots: roots.map { PathBytes($0) }, rules: rules,
        context: AuditContext(day: AuditDay.ofSamples.days, trip: try sampleTrip()), workerCount: 1,
        magicDatabase: database)
      request.limits.pixels = Limits.thoroughPixels
      request.isJoining = true
      request.isolation = .worker(
        Worker.configuration(
          executable: try Executable.path(), limits: request.limits, deadline: 10, allowsDegraded: false))
      let header = RunHeader(
        toolVersion: Version.text, libraries: [], privacy: .coarse, roots: request.roots, rules: rules,
        day: request.context.day)
      do {
        let writer = RuleWatch()
        let sink = ReportSink(writer: writer) { _ in }
        let summary = try Audit.run(
          request, header: header, redactor: Redactor(level: .coarse), sinks: [sink])
        return writer.hasMatched || summary.groupFindings.contains { $0.rule == 0 }
      } catch let error as IsolationError {
        throw CommandFailure.failure(error.message)
      }
    }
  }
}

/// Watches whether the first rule of a run matches a file.
private final class RuleWatch: ReportWriter {
  private(set) var hasMatched = false

  func begin(_ header: RunHeader, into buffer: ByteBuffer) {}

  func add(_ file: JudgedFile, into buffer: ByteBuffer) {
    if file.findings.contains(where: { $0.rule == 0 }) { hasMatched = true }
  }

  func end(_ summary: RunSummary, into buffer: ByteBuffer) {}
}

struct Formats: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "formats", abstract: "Lists the file formats that are read.",
    discussion: """
      Examples:
        untrail formats
        untrail formats | grep image/
      """)

  func run() throws {
    var text = ""
    for reader in Readers.all {
      text +=
        "\(reader.name)\n  reads: \(reader.channels)\n  media types: "
        + reader.mediaTypes.joined(separator: ", ") + "\n"
    }
    text += "\nEvery other file is named in the report as of a type not read yet.\n"
    try Terminal.write(Array(text.utf8), to: 1)
  }
}
