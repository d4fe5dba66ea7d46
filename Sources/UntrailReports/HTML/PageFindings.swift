internal import UntrailModel

/// The findings, most important first, and the lines that name files.
extension ScanPageWriter {
  func writeFindings(_ header: RunHeader, _ summary: RunSummary, into page: Markup) {
    let groups = Dictionary(grouping: summary.groupFindings, by: \.rule)
    section("findings", isPlain: true, into: page) {
      let sorted = sortedRules(header.rules, groups)
      if sorted.isEmpty { page.element("p", "", html(.findingsNone)) }
      for rule in sorted { writeFinding(header.rules[rule], tallies[rule], groups[rule] ?? [], into: page) }
    }
  }

  /// The order of the text report: severity, then what files show together, then the number of files.
  private func sortedRules(_ rules: [Rule], _ groups: [Int: [GroupFinding]]) -> [Int] {
    rules.indices.filter { tallies[$0].fileCount > 0 || groups[$0] != nil }.sorted { left, right in
      if tallies[left].severity != tallies[right].severity {
        return tallies[left].severity > tallies[right].severity
      }
      if (groups[left] == nil) != (groups[right] == nil) { return groups[left] != nil }
      if tallies[left].fileCount != tallies[right].fileCount {
        return tallies[left].fileCount > tallies[right].fileCount
      }
      return rules[left].id < rules[right].id
    }
  }

  private func writeFinding(_ rule: Rule, _ tally: PageTally, _ groups: [GroupFinding], into page: Markup) {
    let count = tally.fileCount > 0 ? tally.fileCount : groups.reduce(0) { $0 + $1.fileCount }
    let files = count == 0 ? html(.findingAll) : html(.findingFiles, ["count": number(count)])
    page.put("<article>\n")
    page.element(
      "h3", "",
      "<span class=\"badge \(tally.severity.name)\">\(html(word(tally.severity)))</span> "
        + MarkupEscape.escaped(rule.title) + " <span class=\"count\">\(files)</span>")
    page.element("h4", "", html(.findingShows))
    page.element("p", "", MarkupEscape.escaped(rule.shows))
    // For what is only good to know, one line says enough; `untrail explain` has the rest.
    if tally.severity > .info {
      page.element("h4", "", html(.findingWho))
      page.element("p", "", MarkupEscape.escaped(rule.who))
      page.element("h4", "", html(.findingActions))
      page.put("<ol>\n")
      for action in rule.actions { page.element("li", "", MarkupEscape.escaped(action)) }
      page.put("</ol>\n")
    }
    page.element("h4", "", html(.findingWhere))
    writeFolded(tally.lines, into: page)
    let hidden = tally.fileCount - tally.lines.count
    if hidden > 0 {
      page.element("p", "class=\"note\"", html(.findingMore, ["count": number(hidden)]))
    }
    let shownGroups = groups.prefix(limits.groups)
    writeFolded(shownGroups.flatMap { groupLines($0, rule) }, into: page)
    if groups.count > shownGroups.count {
      page.element(
        "p", "class=\"note\"",
        html(.findingMoreGroups, ["count": number(groups.count - shownGroups.count)]))
    }
    let command = "<code dir=\"ltr\">untrail explain \(MarkupEscape.untrusted(rule.id))</code>"
    page.element("p", "class=\"note\"", html(.findingExplain, ["command": command]))
    page.put("</article>\n")
  }

  /// A list of which the first lines stand open and the others folded.
  func writeFolded(_ lines: [String], into page: Markup) {
    guard !lines.isEmpty else { return }
    let open = lines.count <= limits.openFiles + 1 ? lines.count : limits.openFiles
    func list(_ lines: ArraySlice<String>) {
      page.put("<ul class=\"files\">\n")
      for line in lines { page.element("li", "", line) }
      page.put("</ul>\n")
    }
    list(lines[..<open])
    guard open < lines.count else { return }
    page.put(
      "<details>\n<summary>\(html(.findingFold, ["count": number(lines.count - open)]))</summary>\n")
    list(lines[open...])
    page.put("</details>\n")
  }

  // MARK: Lines

  /// A file and what makes a rule match it, as HTML.
  func line(_ finding: FileFinding, of file: JudgedFile) -> String {
    let shown = phrases.evidence(finding, of: file).prefix(3).map { isolated($0) }.joined(separator: "; ")
    return shownPath(file) + (shown.isEmpty ? "" : ": " + shown)
  }

  private func groupLines(_ group: GroupFinding, _ rule: Rule) -> [String] {
    guard group.evidence.isEmpty else {
      return group.evidence.prefix(limits.groups).map { isolated(phrases.phrase($0)) }
    }
    let what =
      switch group.group {
      case .run: html(.groupRun)
      case .folder(let path):
        redactor.level == .share
          ? isolated(TerminalText.escaped(redactor.folder(path)))
          : html(.groupFolder, ["name": isolated(shownFolder(path))])
      case .value(let kind, let role, let text):
        isolated(TerminalText.escaped(redactor.text(text, kind: kind, role: role)))
      case .place(let coordinate): isolated(phrases.coordinate(coordinate))
      case .device(let name): isolated(redactor.deviceName(name, messages))
      case .day(let day): self.day(day)
      }
    let names = group.examples.prefix(3).map { shownPath($0) }.joined(separator: ", ")
    var line = "\(what): \(html(countMessage(rule), counts(group)))"
    if !names.isEmpty { line += "; " + html(.groupFirst, ["names": names]) }
    return [line]
  }

  private func counts(_ group: GroupFinding) -> [String: String] {
    ["count": number(group.count), "files": number(group.fileCount)]
  }

  private func countMessage(_ rule: Rule) -> PageMessage {
    guard case .correlation(let correlation) = rule.match else { return .groupFiles }
    if !correlation.followedBy.isEmpty { return .groupTimes }
    return switch correlation.count {
    case .files: .groupFiles
    case .places: .groupPlaces
    case .utcOffsets: .groupZones
    case .values: .groupValues
    case .days: .groupDays
    case .people: .groupPeople
    }
  }

  /// Text that is harmless for a terminal already, apart from the direction of what stands around it.
  func isolated(_ text: String) -> String {
    guard text.utf8.count > Self.textLimit else { return "<bdi>\(MarkupEscape.escaped(text))</bdi>" }
    return "<bdi>\(MarkupEscape.escaped(String(text.prefix(Self.textLimit / 4))))…</bdi>"
  }

  /// Bytes of one text; a file may hold one of any length.
  private static let textLimit = 2000

  func shownPath(_ file: JudgedFile) -> String {
    let artifact = file.examination.artifact
    let way = artifact.member.isEmpty ? "" : TerminalText.way(redactor.member(artifact.member))
    return isolated(path(artifact.path, file.ordinal) + way)
  }

  func shownPath(_ file: FileReference) -> String { isolated(path(file.path, file.ordinal)) }

  /// The path as people see it: without the root, where there is only one.
  private func path(_ path: PathBytes, _ ordinal: Int) -> String {
    var path = redactor.path(path, ordinal: ordinal)
    if let root = commonRoot, path.bytes.starts(with: root) { path.bytes.removeFirst(root.count) }
    return TerminalText.escaped(path)
  }

  private func shownFolder(_ path: [UInt8]) -> String {
    guard let root = commonRoot, (path + [UInt8(ascii: "/")]).starts(with: root) else {
      return path.isEmpty ? "." : TerminalText.escaped(PathBytes(path))
    }
    return path.count < root.count ? "." : TerminalText.escaped(PathBytes(Array(path[root.count...])))
  }
}
