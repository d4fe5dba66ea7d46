package import UntrailBytes
package import UntrailModel

/// The findings of a run for people: most important first, each with what it shows and what to do; then what
/// was read and what was not.
package struct ScanTextWriter: ReportWriter {
  let redactor: Redactor
  private let phrases: ObservationText
  let style: TextStyle
  let messages: Messages
  private var header: RunHeader?
  /// The only root with its slash; nil where there are several.
  private var commonRoot: [UInt8]?
  /// By the rule's position.
  private(set) var tallies: [Tally] = []
  /// Files with findings that are more than good to know, by what could happen.
  private(set) var fileCounts: [String: Int] = [:]
  private(set) var unread: [Coverage: Unread] = [:]

  /// What is kept of a rule's findings until the end.
  struct Tally {
    var fileCount = 0
    /// The gravest of its findings.
    var severity = Severity.info
    var lines: [String] = []
  }

  struct Unread {
    var mediaTypes: [String: Int] = [:]
    var lines: [String] = []
  }

  /// How many unread files are named where the reader did not ask for all.
  private static let unreadLimit = 5
  /// How many steps stand in the list of what to do first.
  private static let stepLimit = 5
  private static let summaryStepLimit = 3
  /// How many sentences on what the files say together stand in a summary.
  private static let joinedLimit = 3

  package init(redactor: Redactor, style: TextStyle, messages: Messages) {
    self.redactor = redactor
    self.style = style
    self.messages = messages
    phrases = ObservationText(redactor: redactor, messages: messages)
  }

  package mutating func begin(_ header: RunHeader, into buffer: ByteBuffer) {
    self.header = header
    self.header?.rules = header.rules.map(messages.translated)
    if header.roots.count == 1, var root = header.roots.first?.bytes {
      while root.last == UInt8(ascii: "/") { root.removeLast() }
      commonRoot = root + [UInt8(ascii: "/")]
    }
    tallies = Array(repeating: Tally(), count: header.rules.count)
  }

  package mutating func add(_ file: JudgedFile, into buffer: ByteBuffer) {
    if let rules = header?.rules {
      let categories = Set(
        file.findings.lazy.filter { $0.severity > .info }.map { rules[$0.rule].category })
      for category in categories { fileCounts[category, default: 0] += 1 }
    }
    for finding in file.findings {
      tallies[finding.rule].fileCount += 1
      tallies[finding.rule].severity = max(tallies[finding.rule].severity, finding.severity)
      if !style.isSummary, style.fileLimit.map({ tallies[finding.rule].lines.count < $0 }) ?? true {
        tallies[finding.rule].lines.append(line(finding, of: file))
      }
    }
    let coverage = file.examination.coverage
    guard coverage != .read, file.examination.artifact.member.isEmpty else { return }
    var entry = unread.removeValue(forKey: coverage) ?? Unread()
    entry.mediaTypes[file.examination.mediaType.name, default: 0] += 1
    let isListed = style.listed.contains(coverage)
    if isListed || coverage != .unsupported && entry.lines.count < Self.unreadLimit {
      entry.lines.append(unreadLine(file))
    }
    unread[coverage] = entry
  }

  package mutating func end(_ summary: RunSummary, into buffer: ByteBuffer) {
    guard let header else { return }
    writeHead(header, summary, into: buffer)
    let groups = Dictionary(grouping: summary.groupFindings, by: \.rule)
    let found = header.rules.indices.filter { tallies[$0].fileCount > 0 || groups[$0] != nil }
    for group in summary.groupFindings {
      tallies[group.rule].severity = max(tallies[group.rule].severity, group.severity)
    }
    let sorted = found.sorted { left, right in
      let one = header.rules[left]
      let other = header.rules[right]
      if tallies[left].severity != tallies[right].severity {
        return tallies[left].severity > tallies[right].severity
      }
      // What files show together outweighs what one shows.
      if (groups[left] == nil) != (groups[right] == nil) { return groups[left] != nil }
      if tallies[left].fileCount != tallies[right].fileCount {
        return tallies[left].fileCount > tallies[right].fileCount
      }
      return one.id < other.id
    }
    if style.isSummary {
      writeOutcomes(sorted, header.rules, summary, into: buffer)
      writeFirstSteps(header.rules, groups, into: buffer)
      if let facts = summary.joined { writeJoined(facts, limit: Self.joinedLimit, into: buffer) }
      return writeShortCoverage(summary, into: buffer)
    }
    if let facts = summary.joined { writeJoined(facts, into: buffer) }
    writeFirstSteps(header.rules, groups, into: buffer)
    writeCounts(summary, into: buffer)
    for rule in sorted { writeFinding(header.rules[rule], tallies[rule], groups[rule] ?? [], into: buffer) }
    writeCoverage(summary, into: buffer)
  }

  // MARK: Parts

  private func writeHead(_ header: RunHeader, _ summary: RunSummary, into buffer: ByteBuffer) {
    let roots =
      redactor.level == .share
      ? messages.text(.theFolder)
      : messages.list(header.roots.map { TerminalText.escaped($0) })
    let headline = messages.text(
      .headline, ["count": .count(summary.fileCount), "folder": .text(roots)])
    for line in TerminalText.wrapped(headline, width: style.width) {
      put(style.colored(line, "1"), into: buffer)
    }
    let level: Message =
      switch redactor.level {
      case .exact: .levelExact
      case .coarse: .levelCoarse
      case .share: .levelShare
      }
    writeLines(messages.text(level), into: buffer)
    if !summary.isComplete { put(style.colored(messages.text(.incomplete), "1;31"), into: buffer) }
    if !summary.isolation.isComplete {
      let mode = [summary.isolation.mode] + summary.isolation.layers
      writeLines(
        messages.text(.degradedIsolation, ["mode": .text(messages.list(mode.map { "\($0)" }))]), into: buffer)
    }
    if summary.fileCount == 0 {
      put("", into: buffer)
      put(messages.text(.noFiles), into: buffer)
    }
  }

  func writeLines(_ text: String, into buffer: ByteBuffer) {
    for line in TerminalText.wrapped(text, width: style.width) { put(line, into: buffer) }
  }

  func writeCounts(_ summary: RunSummary, into buffer: ByteBuffer) {
    let counts = Severity.allCases.reversed().filter { summary.count($0) > 0 }.map { severity in
      messages.text(
        .severityCount,
        ["count": .count(summary.count(severity)), "severity": .text(messages.severity(severity))])
    }
    if !counts.isEmpty {
      put("", into: buffer)
      put(messages.text(.findings, ["list": .text(messages.list(counts))]), into: buffer)
    }
    if summary.suppressedCount > 0 {
      put(messages.text(.suppressed, ["count": .count(summary.suppressedCount)]), into: buffer)
    }
    if let baseline = summary.baseline { writeLines(messages.baseline(baseline), into: buffer) }
  }

  private func writeJoined(_ facts: JoinedFacts, limit: Int = .max, into buffer: ByteBuffer) {
    let sentences = JoinedText(redactor: redactor, phrases: phrases, messages: messages).sentences(facts)
    guard !sentences.isEmpty else { return }
    put("", into: buffer)
    put(style.colored(messages.text(.togetherTitle), "1"), into: buffer)
    for sentence in sentences.prefix(limit) { writeItem("-", sentence, into: buffer) }
  }

  private func writeFirstSteps(_ rules: [Rule], _ groups: [Int: [GroupFinding]], into buffer: ByteBuffer) {
    let counts = rules.indices.map { tallies[$0].fileCount + (groups[$0]?.count ?? 0) }
    let steps = FirstSteps.steps(
      rules, counts: counts, limit: style.isSummary ? Self.summaryStepLimit : Self.stepLimit)
    guard !steps.isEmpty else { return }
    put("", into: buffer)
    put(style.colored(messages.text(.firstStepsTitle), "1"), into: buffer)
    for (index, step) in steps.enumerated() {
      let text = messages.text(
        .firstStep, ["action": .text(step.action), "count": .count(step.findingCount)])
      writeItem(messages.language.number(index + 1) + ".", text, into: buffer)
    }
  }

  /// A mark and a text that hangs behind it.
  func writeItem(_ mark: String, _ text: String, indent: Int = 2, into buffer: ByteBuffer) {
    let margin = String(repeating: " ", count: indent)
    let lines = TerminalText.wrapped(
      text, width: max(20, style.width - indent - TerminalText.width(mark) - 1))
    for (place, line) in lines.enumerated() {
      let head = place == 0 ? mark : String(repeating: " ", count: mark.count)
      put("\(margin)\(head) \(line)", into: buffer)
    }
  }

  private func writeFinding(
    _ rule: Rule, _ tally: Tally, _ groups: [GroupFinding], into buffer: ByteBuffer
  ) {
    let count = tally.fileCount > 0 ? tally.fileCount : groups.reduce(0) { $0 + $1.fileCount }
    let files = count == 0 ? messages.text(.allTogether) : messages.text(.fileCount, ["count": .count(count)])
    put("", into: buffer)
    put(
      severityMark(tally.severity) + "  "
        + style.colored(rule.title, "1") + "  (\(files))", into: buffer)
    writeParagraph(messages.text(.shows, ["text": .text(rule.shows)]), into: buffer)
    // For what is only good to know, one line says enough; `untrail explain` has the rest.
    if tally.severity > .info {
      writeParagraph(messages.text(.who, ["text": .text(rule.who)]), into: buffer)
    }
    put("  " + messages.text(.whereTitle), into: buffer)
    for line in tally.lines { put("    " + line, into: buffer) }
    for group in groups.prefix(style.fileLimit ?? .max) { writeGroup(group, rule, into: buffer) }
    let hidden = max(0, tally.fileCount - tally.lines.count)
    if hidden > 0 {
      put("    " + messages.text(.moreFiles, ["count": .count(hidden)]), into: buffer)
    } else if let limit = style.fileLimit, groups.count > limit {
      put("    " + messages.text(.moreGroups, ["count": .count(groups.count - limit)]), into: buffer)
    }
    if tally.severity > .info {
      put("  " + messages.text(.doTitle), into: buffer)
      for (index, action) in rule.actions.enumerated() {
        writeItem(messages.language.number(index + 1) + ".", action, indent: 4, into: buffer)
      }
    }
    put("  " + messages.text(.moreAboutRule, ["rule": .text(rule.id)]), into: buffer)
  }

  func writeParagraph(_ text: String, into buffer: ByteBuffer) {
    for line in TerminalText.wrapped(text, width: max(20, style.width - 2)) { put("  " + line, into: buffer) }
  }

  private func writeGroup(_ group: GroupFinding, _ rule: Rule, into buffer: ByteBuffer) {
    let what = phrases.group(group, folder: shownFolder)
    guard group.evidence.isEmpty else {
      for observation in group.evidence.prefix(style.fileLimit ?? .max) {
        put("    " + phrases.phrase(observation), into: buffer)
      }
      return
    }
    let examples = group.examples.prefix(3).map { shownPath($0.path, $0.ordinal) }
    put(
      "    "
        + messages.text(
          .group,
          [
            "what": .text(what), "count": .text(phrases.count(group, rule)),
            "examples": .text(messages.list(examples)),
          ]), into: buffer)
  }

  private func shownFolder(_ path: [UInt8]) -> String {
    guard let root = commonRoot, (path + [UInt8(ascii: "/")]).starts(with: root) else {
      return path.isEmpty ? "." : TerminalText.escaped(PathBytes(path))
    }
    return path.count < root.count ? "." : TerminalText.escaped(PathBytes(Array(path[root.count...])))
  }

  private func line(_ finding: FileFinding, of file: JudgedFile) -> String {
    let shown = messages.longList(phrases.evidence(finding, of: file).prefix(3))
    return shownPath(file) + (shown.isEmpty ? "" : ": " + shown)
  }

  private func shownPath(_ file: JudgedFile) -> String {
    let artifact = file.examination.artifact
    return messages.isolated(
      shownPath(artifact.path, file.ordinal) + TerminalText.way(redactor.member(artifact.member)))
  }

  /// The path as people see it: without the root, where there is only one.
  private func shownPath(_ path: PathBytes, _ ordinal: Int) -> String {
    var path = redactor.path(path, ordinal: ordinal)
    if let root = commonRoot, path.bytes.starts(with: root) { path.bytes.removeFirst(root.count) }
    return TerminalText.escaped(path)
  }

  private func unreadLine(_ file: JudgedFile) -> String {
    let path = shownPath(file)
    let reasons = file.examination.diagnostics.filter { $0.nature == .damage }.map(\.message)
    let type = TerminalText.escaped(file.examination.mediaType.name)
    return path + ": " + (reasons.first.map { TerminalText.escaped($0) } ?? type)
  }

  private func writeCoverage(_ summary: RunSummary, into buffer: ByteBuffer) {
    put("", into: buffer)
    put(style.colored(messages.text(.coverageTitle), "1"), into: buffer)
    for coverage in [Coverage.read, .partial, .unsupported, .encrypted, .unreadable]
    where summary.count(coverage) > 0 {
      put("  " + messages.coverage(coverage, summary.count(coverage)), into: buffer)
      guard let unread = unread[coverage] else { continue }
      if coverage == .unsupported {
        let types = unread.mediaTypes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
          .map { "\(TerminalText.escaped($0.key)) \(messages.language.number($0.value))" }
        for line in TerminalText.wrapped(messages.list(types), width: max(20, style.width - 4)) {
          put("    " + line, into: buffer)
        }
      }
      for line in unread.lines { put("    " + line, into: buffer) }
      let hidden = summary.count(coverage) - unread.lines.count
      if hidden > 0, !style.listed.contains(coverage) {
        let values: [String: Messages.Value] = ["count": .count(hidden), "coverage": .text(coverage.name)]
        put(
          "    " + messages.text(unread.lines.isEmpty ? .coverageList : .coverageMore, values), into: buffer)
      }
    }
    let channels = summary.notReadCounts.sorted { $0.key < $1.key }.map { code, count in
      messages.text(.channelCount, ["channel": .text(channelName(code)), "count": .count(count)])
    }
    if !channels.isEmpty {
      writeParagraph(messages.text(.alsoInside, ["list": .text(messages.list(channels))]), into: buffer)
    }
    writeLines(messages.text(.closing), into: buffer)
  }

  private func channelName(_ code: String) -> String {
    switch code {
    case "maker-note-not-read": messages.text(.channelMakerNote)
    case "c2pa-not-read": messages.text(.channelC2PA)
    case "xml-not-read": messages.text(.channelXML)
    case "georeference-not-read": messages.text(.channelGeoreference)
    case "geotiff-not-read": messages.text(.channelGeoTIFF)
    case "embedded-picture-not-read": messages.text(.channelEmbeddedPicture)
    case "jpeg-rest-not-read": messages.text(.channelJPEGRest)
    case "sequence-not-read": messages.text(.channelSequence)
    case "samsung-trailer-not-read": messages.text(.channelSamsung)
    default: code
    }
  }

  func put(_ line: String, into buffer: ByteBuffer) {
    buffer.append(utf8: line)
    buffer.append(UInt8(ascii: "\n"))
  }
}
