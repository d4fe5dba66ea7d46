package import UntrailBytes
package import UntrailModel

/// The findings of a run for a ticket: a table of the rules that found something, most important first, then each
/// with what it shows, where, and what to do; the less important ones folded.
///
/// Written at the end; until then only a few lines of each rule are kept. Text from files stands in code spans, where
/// neither Markdown nor HTML, links or mentions are read.
///
/// Source: CommonMark 0.31.2; GitHub Flavored Markdown, section 4.10 (tables).
package struct ScanMarkdownWriter: ReportWriter {
  private let redactor: Redactor
  private let phrases: ObservationText
  private var header: RunHeader?
  private var tallies: [Tally] = []
  private var unread: [Coverage: [String]] = [:]

  /// What is kept of a rule's findings until the end.
  private struct Tally {
    var fileCount = 0
    /// The gravest of its findings.
    var severity = Severity.info
    var lines: [String] = []
  }

  /// How many rules stand open; the others are folded.
  private static let openRules = 5
  private static let lineLimit = 5
  private static let unreadLimit = 5
  private static let stepLimit = 5
  /// Characters of one text from a file.
  private static let textLimit = 300

  /// - Parameter messages: English words, whatever the language of the system.
  package init(redactor: Redactor, messages: Messages) {
    self.redactor = redactor
    phrases = ObservationText(redactor: redactor, messages: messages)
  }

  package mutating func begin(_ header: RunHeader, into buffer: ByteBuffer) {
    self.header = header
    tallies = Array(repeating: Tally(), count: header.rules.count)
  }

  package mutating func add(_ file: JudgedFile, into buffer: ByteBuffer) {
    for finding in file.findings {
      tallies[finding.rule].fileCount += 1
      tallies[finding.rule].severity = max(tallies[finding.rule].severity, finding.severity)
      guard tallies[finding.rule].lines.count < Self.lineLimit else { continue }
      let evidence = phrases.evidence(finding, of: file).prefix(3).joined(separator: "; ")
      tallies[finding.rule].lines.append(
        shownPath(file) + (evidence.isEmpty ? "" : ": " + code(evidence)))
    }
    let coverage = file.examination.coverage
    guard coverage == .partial || coverage == .unreadable || coverage == .encrypted,
      file.examination.artifact.member.isEmpty, unread[coverage, default: []].count < Self.unreadLimit
    else { return }
    let reason = file.examination.diagnostics.first { $0.nature == .damage }?.message
    unread[coverage, default: []].append(
      shownPath(file) + ": " + code(TerminalText.escaped(reason ?? file.examination.mediaType.name)))
  }

  package mutating func end(_ summary: RunSummary, into buffer: ByteBuffer) {
    guard let header else { return }
    let groups = Dictionary(grouping: summary.groupFindings, by: \.rule)
    for group in summary.groupFindings {
      tallies[group.rule].severity = max(tallies[group.rule].severity, group.severity)
    }
    let found = header.rules.indices.filter { tallies[$0].fileCount > 0 || groups[$0] != nil }.sorted {
      let (one, other) = (tallies[$0], tallies[$1])
      if one.severity != other.severity { return one.severity > other.severity }
      if (groups[$0] == nil) != (groups[$1] == nil) { return groups[$0] != nil }
      if one.fileCount != other.fileCount { return one.fileCount > other.fileCount }
      return header.rules[$0].id < header.rules[$1].id
    }
    writeHead(header, summary, into: buffer)
    writeTable(header.rules, found, groups, into: buffer)
    writeSteps(header.rules, groups, into: buffer)
    for rule in found.prefix(Self.openRules) {
      writeRule(header.rules[rule], tallies[rule], groups[rule] ?? [], into: buffer)
    }
    if found.count > Self.openRules {
      put("\n<details>", into: buffer)
      put("<summary>\(found.count - Self.openRules) more</summary>", into: buffer)
      for rule in found.dropFirst(Self.openRules) {
        writeRule(header.rules[rule], tallies[rule], groups[rule] ?? [], into: buffer)
      }
      put("\n</details>", into: buffer)
    }
    writeCoverage(summary, into: buffer)
    put("\n---\n", into: buffer)
    let facts = RunFacts.header(header) + RunFacts.trailer(summary)
    put(facts.map { "\($0.name) " + code($0.value) }.joined(separator: ", "), into: buffer)
  }

  // MARK: Parts

  private func writeHead(_ header: RunHeader, _ summary: RunSummary, into buffer: ByteBuffer) {
    put("# What \(Self.files(summary.fileCount)) could show\n", into: buffer)
    let level =
      switch redactor.level {
      case .exact: "**This report holds exact places, times and names. Keep it as safe as the files.**"
      case .coarse: "Places are given to about 11 km, times to the day, names and serials as numbers."
      case .share: "Paths, places, times, names and serials are replaced or rounded."
      }
    put(level, into: buffer)
    if !summary.isComplete {
      put("\n**INCOMPLETE: the run ended before all files were seen.**", into: buffer)
    }
    if !summary.isolation.isComplete {
      put(
        "\n**The files were read without the full protection against hostile files.**", into: buffer)
    }
  }

  private func writeTable(
    _ rules: [Rule], _ found: [Int], _ groups: [Int: [GroupFinding]], into buffer: ByteBuffer
  ) {
    guard !found.isEmpty else { return put("\nNo rule found anything in what was read.", into: buffer) }
    put("\n| severity | finding | files | together | rule |", into: buffer)
    put("|---|---|--:|--:|---|", into: buffer)
    for rule in found {
      let together = groups[rule]?.count ?? 0
      put(
        "| \(tallies[rule].severity.name) | \(MarkdownText.words(rules[rule].title)) | \(tallies[rule].fileCount) "
          + "| \(together) | \(MarkdownText.words(rules[rule].id)) |", into: buffer)
    }
  }

  private func writeSteps(_ rules: [Rule], _ groups: [Int: [GroupFinding]], into buffer: ByteBuffer) {
    let counts = rules.indices.map { tallies[$0].fileCount + (groups[$0]?.count ?? 0) }
    let steps = FirstSteps.steps(rules, counts: counts, limit: Self.stepLimit)
    guard !steps.isEmpty else { return }
    put("\n## What to do first\n", into: buffer)
    for (place, step) in steps.enumerated() {
      let helps = step.findingCount == 1 ? "1 finding" : "\(step.findingCount) findings"
      put("\(place + 1). \(MarkdownText.words(step.action)) (helps against \(helps))", into: buffer)
    }
  }

  private func writeRule(
    _ rule: Rule, _ tally: Tally, _ groups: [GroupFinding], into buffer: ByteBuffer
  ) {
    put("\n## \(tally.severity.name): \(MarkdownText.words(rule.title))\n", into: buffer)
    put("What this could show: \(MarkdownText.words(rule.shows))\n", into: buffer)
    put("Who could use it: \(MarkdownText.words(rule.who))\n", into: buffer)
    for line in tally.lines { put("* \(line)", into: buffer) }
    let hidden = tally.fileCount - tally.lines.count
    if hidden > 0 { put("* and \(Self.files(hidden)) more", into: buffer) }
    for group in groups.prefix(Self.lineLimit) {
      let line = phrases.line(group, rule) { TerminalText.escaped(PathBytes($0)) }
      put("* \(code(line))", into: buffer)
    }
    if groups.count > Self.lineLimit { put("* and \(groups.count - Self.lineLimit) more", into: buffer) }
    guard !rule.actions.isEmpty else { return }
    put("\nWhat to do:\n", into: buffer)
    for (place, action) in rule.actions.enumerated() {
      put("\(place + 1). \(MarkdownText.words(action))", into: buffer)
    }
  }

  private func writeCoverage(_ summary: RunSummary, into buffer: ByteBuffer) {
    put("\n## What was read\n", into: buffer)
    for coverage in Coverage.allCases where summary.count(coverage) > 0 {
      put("* \(coverage.name): \(summary.count(coverage))", into: buffer)
      for line in unread[coverage] ?? [] { put("  * \(line)", into: buffer) }
      let hidden = summary.count(coverage) - (unread[coverage]?.count ?? 0)
      if unread[coverage] != nil, hidden > 0 { put("  * and \(hidden) more", into: buffer) }
    }
    put(
      "\nThis report says what was found. It cannot say that nothing else is there: files of types that are not read, "
        + "and what is visible in a picture, are not judged.", into: buffer)
  }

  // MARK: Words

  private static func files(_ count: Int) -> String { count == 1 ? "1 file" : "\(count) files" }

  private func shownPath(_ file: JudgedFile) -> String {
    let artifact = file.examination.artifact
    return code(
      TerminalText.escaped(redactor.path(artifact.path, ordinal: file.ordinal))
        + TerminalText.way(redactor.member(artifact.member)))
  }

  /// - Parameter text: harmless for a terminal already.
  private func code(_ text: String) -> String {
    let isLong = text.unicodeScalars.count > Self.textLimit
    return MarkdownText.code(isLong ? String(text.prefix(Self.textLimit)) + "…" : text)
  }

  private func put(_ line: String, into buffer: ByteBuffer) {
    buffer.append(utf8: line)
    buffer.append("\n")
  }
}

/// Makes text harmless for Markdown, and for the HTML that may stand in it.
package enum MarkdownText {
  /// Text from files as a code span. What could end the span or begin HTML is shown as \u{...}.
  ///
  /// - Parameter text: without control characters.
  package static func code(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "`", "<", ">", "&": result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result.isEmpty ? "` `" : "`\(result)`"
  }

  /// Words of rules as they stand in a line.
  package static func words(_ text: String) -> String {
    var result = ""
    for scalar in TerminalText.escaped(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\\", "`", "*", "_", "[", "]", "#", "|", "~", "!":
        result += "\\"
        result.unicodeScalars.append(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
