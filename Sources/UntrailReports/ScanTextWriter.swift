package import UntrailBytes
package import UntrailModel

/// The findings of a run for people: most important first, each with what it shows and what to do; then what
/// was read and what was not.
package struct ScanTextWriter: ReportWriter {
  private let redactor: Redactor
  private let phrases: ObservationText
  private let style: TextStyle
  private var header: RunHeader?
  /// The only root with its slash; nil where there are several.
  private var commonRoot: [UInt8]?
  /// By the rule's position.
  private var tallies: [Tally] = []
  private var unread: [Coverage: Unread] = [:]

  /// What is kept of a rule's findings until the end.
  private struct Tally {
    var fileCount = 0
    /// The gravest of its findings.
    var severity = Severity.info
    var lines: [String] = []
  }

  private struct Unread {
    var mediaTypes: [String: Int] = [:]
    var lines: [String] = []
  }

  /// How many unread files are named where the reader did not ask for all.
  private static let unreadLimit = 5
  /// How many steps stand in the list of what to do first.
  private static let stepLimit = 5

  package init(redactor: Redactor, style: TextStyle) {
    self.redactor = redactor
    self.style = style
    phrases = ObservationText(redactor: redactor)
  }

  package mutating func begin(_ header: RunHeader, into buffer: ByteBuffer) {
    self.header = header
    if header.roots.count == 1, var root = header.roots.first?.bytes {
      while root.last == UInt8(ascii: "/") { root.removeLast() }
      commonRoot = root + [UInt8(ascii: "/")]
    }
    tallies = Array(repeating: Tally(), count: header.rules.count)
  }

  package mutating func add(_ file: JudgedFile, into buffer: ByteBuffer) {
    for finding in file.findings {
      tallies[finding.rule].fileCount += 1
      tallies[finding.rule].severity = max(tallies[finding.rule].severity, finding.severity)
      if style.fileLimit.map({ tallies[finding.rule].lines.count < $0 }) ?? true {
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
    if let facts = summary.joined { writeJoined(facts, into: buffer) }
    let groups = Dictionary(grouping: summary.groupFindings, by: \.rule)
    writeFirstSteps(header.rules, groups, into: buffer)
    writeCounts(summary, into: buffer)
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
    for rule in sorted { writeFinding(header.rules[rule], tallies[rule], groups[rule] ?? [], into: buffer) }
    writeCoverage(summary, into: buffer)
  }

  // MARK: Parts

  private func writeHead(_ header: RunHeader, _ summary: RunSummary, into buffer: ByteBuffer) {
    let files = summary.fileCount == 1 ? "1 file" : "\(summary.fileCount) files"
    let roots =
      redactor.level == .share
      ? "the folder" : header.roots.map { TerminalText.escaped($0) }.joined(separator: ", ")
    put(style.colored("What \(files) in \(roots) could show", "1"), into: buffer)
    let level =
      switch redactor.level {
      case .exact: "This report holds exact places, times and names. Keep it as safe as the files."
      case .coarse:
        "Places are given to about 11 km, times to the day, names and serials as numbers (--privacy exact shows all)."
      case .share:
        "Paths, places, times, names and serials are replaced or rounded, so that this report can be shown."
      }
    for line in TerminalText.wrapped(level, width: style.width) { put(line, into: buffer) }
    if !summary.isComplete {
      put(style.colored("INCOMPLETE: the run ended before all files were seen.", "1;31"), into: buffer)
    }
    if !summary.isolation.isComplete {
      let note =
        "The files were read without the full protection against hostile files (isolation: \(summary.isolation.mode)"
        + (summary.isolation.layers.isEmpty ? "" : ", " + summary.isolation.layers.joined(separator: ", "))
        + ")."
      for line in TerminalText.wrapped(note, width: style.width) { put(line, into: buffer) }
    }
    if summary.fileCount == 0 { put("\nNo file was there to read.", into: buffer) }
  }

  private func writeCounts(_ summary: RunSummary, into buffer: ByteBuffer) {
    let counts = Severity.allCases.reversed().filter { summary.count($0) > 0 }
      .map { "\(summary.count($0)) \($0.name)" }
    if !counts.isEmpty { put("\nFindings: " + counts.joined(separator: ", "), into: buffer) }
    if summary.suppressedCount > 0 {
      put("Left out because you asked for it (--suppress): \(summary.suppressedCount)", into: buffer)
    }
  }

  private func writeJoined(_ facts: JoinedFacts, into buffer: ByteBuffer) {
    let sentences = JoinedText(redactor: redactor, phrases: phrases).sentences(facts)
    guard !sentences.isEmpty else { return }
    put("", into: buffer)
    put(style.colored("What the files say together", "1"), into: buffer)
    for sentence in sentences { writeItem("-", sentence, into: buffer) }
  }

  private func writeFirstSteps(_ rules: [Rule], _ groups: [Int: [GroupFinding]], into buffer: ByteBuffer) {
    let counts = rules.indices.map { tallies[$0].fileCount + (groups[$0]?.count ?? 0) }
    let steps = FirstSteps.steps(rules, counts: counts, limit: Self.stepLimit)
    guard !steps.isEmpty else { return }
    put("", into: buffer)
    put(style.colored("What to do first", "1"), into: buffer)
    for (index, step) in steps.enumerated() {
      let helps = step.findingCount == 1 ? "1 finding" : "\(step.findingCount) findings"
      writeItem("\(index + 1).", "\(step.action) (helps against \(helps))", into: buffer)
    }
  }

  /// A mark and a text that hangs behind it.
  private func writeItem(_ mark: String, _ text: String, indent: Int = 2, into buffer: ByteBuffer) {
    let margin = String(repeating: " ", count: indent)
    let lines = TerminalText.wrapped(text, width: max(20, style.width - indent - mark.count - 1))
    for (place, line) in lines.enumerated() {
      let head = place == 0 ? mark : String(repeating: " ", count: mark.count)
      put("\(margin)\(head) \(line)", into: buffer)
    }
  }

  private func writeFinding(
    _ rule: Rule, _ tally: Tally, _ groups: [GroupFinding], into buffer: ByteBuffer
  ) {
    let color =
      switch tally.severity {
      case .critical: "1;31"
      case .high: "31"
      case .medium: "33"
      case .low: "36"
      case .info: "2"
      }
    let count = tally.fileCount > 0 ? tally.fileCount : groups.reduce(0) { $0 + $1.fileCount }
    let files = count == 0 ? "all files together" : count == 1 ? "1 file" : "\(count) files"
    put("", into: buffer)
    put(
      style.colored(tally.severity.name.uppercased(), color) + "  "
        + style.colored(rule.title, "1") + "  (\(files))", into: buffer)
    writeParagraph("What this could show: " + rule.shows, into: buffer)
    // For what is only good to know, one line says enough; `untrail explain` has the rest.
    if tally.severity > .info {
      writeParagraph("Who could use it: " + rule.who, into: buffer)
    }
    put("  Where:", into: buffer)
    for line in tally.lines { put("    " + line, into: buffer) }
    for group in groups.prefix(style.fileLimit ?? .max) { writeGroup(group, rule, into: buffer) }
    let hidden = max(0, tally.fileCount - tally.lines.count)
    if hidden > 0 {
      put("    and \(hidden) more (all of them: --details)", into: buffer)
    } else if let limit = style.fileLimit, groups.count > limit {
      put("    and \(groups.count - limit) more groups (all of them: --details)", into: buffer)
    }
    if tally.severity > .info {
      put("  What to do:", into: buffer)
      for (index, action) in rule.actions.enumerated() {
        writeItem("\(index + 1).", action, indent: 4, into: buffer)
      }
    }
    put("  More: untrail explain \(rule.id)", into: buffer)
  }

  private func writeParagraph(_ text: String, into buffer: ByteBuffer) {
    for line in TerminalText.wrapped(text, width: max(20, style.width - 2)) { put("  " + line, into: buffer) }
  }

  private func writeGroup(_ group: GroupFinding, _ rule: Rule, into buffer: ByteBuffer) {
    let what =
      switch group.group {
      case .run: "all files together"
      case .folder(let path):
        redactor.level == .share
          ? TerminalText.escaped(redactor.folder(path)) : "folder " + shownFolder(path)
      case .value(let kind, let role, let text):
        TerminalText.escaped(redactor.text(text, kind: kind, role: role))
      case .place(let coordinate): phrases.coordinate(coordinate)
      case .device(let name): TerminalText.escaped(name)
      case .day(let day): phrases.timestamp(Timestamp(civilSeconds: day &* 86_400, precision: .day))
      }
    guard group.evidence.isEmpty else {
      for observation in group.evidence.prefix(style.fileLimit ?? .max) {
        put("    " + phrases.phrase(observation), into: buffer)
      }
      return
    }
    let examples = group.examples.prefix(3).map { shownPath($0.path, $0.ordinal) }
    put(
      "    \(what): \(Self.countPhrase(group, rule)), the first \(examples.joined(separator: ", "))",
      into: buffer)
  }

  private func shownFolder(_ path: [UInt8]) -> String {
    guard let root = commonRoot, (path + [UInt8(ascii: "/")]).starts(with: root) else {
      return path.isEmpty ? "." : TerminalText.escaped(PathBytes(path))
    }
    return path.count < root.count ? "." : TerminalText.escaped(PathBytes(Array(path[root.count...])))
  }

  private static func countPhrase(_ group: GroupFinding, _ rule: Rule) -> String {
    guard case .correlation(let correlation) = rule.match else { return "\(group.fileCount) files" }
    if !correlation.followedBy.isEmpty {
      return "\(group.count == 1 ? "once" : "\(group.count) times") in \(group.fileCount) files"
    }
    return switch correlation.count {
    case .files: "\(group.fileCount) files"
    case .places: "\(group.count) places in \(group.fileCount) files"
    case .utcOffsets: "\(group.count) time zones in \(group.fileCount) files"
    case .values: "\(group.count) different ones in \(group.fileCount) files"
    case .days: "\(group.count) days in \(group.fileCount) files"
    case .people: "\(group.count) people in \(group.fileCount) files"
    }
  }

  private func line(_ finding: FileFinding, of file: JudgedFile) -> String {
    var parts: [String] = []
    var hasTime = false
    for index in finding.evidence {
      let fact = file.examination.observations[index].fact
      // One time says enough; a picture states its own three times and more.
      if case .timestamp = fact {
        if hasTime { continue }
        hasTime = true
      }
      if case .location(let location) = fact, location.time != nil { hasTime = true }
      let phrase = phrases.phrase(file.examination.observations[index])
      if !parts.contains(phrase) { parts.append(phrase) }
    }
    let shown = parts.prefix(3).joined(separator: "; ")
    return shownPath(file) + (shown.isEmpty ? "" : ": " + shown)
  }

  private func shownPath(_ file: JudgedFile) -> String {
    let artifact = file.examination.artifact
    return shownPath(artifact.path, file.ordinal) + TerminalText.way(redactor.member(artifact.member))
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
    put(style.colored("What was read", "1"), into: buffer)
    let names: [(Coverage, String)] = [
      (.read, "read"), (.partial, "read in part"), (.unsupported, "of types that this version does not read"),
      (.encrypted, "encrypted"), (.unreadable, "could not be read"),
    ]
    for (coverage, name) in names where summary.count(coverage) > 0 {
      put("  \(summary.count(coverage)) \(name)", into: buffer)
      guard let unread = unread[coverage] else { continue }
      if coverage == .unsupported {
        let types = unread.mediaTypes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
          .map { "\(TerminalText.escaped($0.key)) \($0.value)" }
        for line in TerminalText.wrapped(types.joined(separator: ", "), width: max(20, style.width - 4)) {
          put("    " + line, into: buffer)
        }
      }
      for line in unread.lines { put("    " + line, into: buffer) }
      let hidden = summary.count(coverage) - unread.lines.count
      if hidden > 0, !style.listed.contains(coverage) {
        let what = unread.lines.isEmpty ? "list them" : "and \(hidden) more"
        put("    (\(what): --list \(coverage.name))", into: buffer)
      }
    }
    let channels = summary.notReadCounts.sorted { $0.key < $1.key }
      .map { "\(Self.channelName($0.key)) in \($0.value)" }
    if !channels.isEmpty {
      let text = "Also inside, and not read by this version: " + channels.joined(separator: ", ") + "."
      for line in TerminalText.wrapped(text, width: max(20, style.width - 2)) {
        put("  " + line, into: buffer)
      }
    }
    let closing =
      "This report says what was found. It cannot say that nothing else is there: files of types that are not read, and what is visible in a picture, are not judged."
    for line in TerminalText.wrapped(closing, width: style.width) { put(line, into: buffer) }
  }

  private static func channelName(_ code: String) -> String {
    switch code {
    case "maker-note-not-read": "camera makers' own notes"
    case "c2pa-not-read": "C2PA provenance"
    case "xml-not-read": "XML that is not XMP"
    case "georeference-not-read": "ground that a map shows"
    case "geotiff-not-read": "ground that a raster shows"
    case "embedded-picture-not-read": "pictures inside drawings"
    case "jpeg-rest-not-read": "the rest of a JPEG file"
    case "sequence-not-read": "sequences of pictures"
    case "samsung-trailer-not-read": "Samsung's notes"
    default: code
    }
  }

  private func put(_ line: String, into buffer: ByteBuffer) {
    buffer.append(utf8: line)
    buffer.append(UInt8(ascii: "\n"))
  }
}
