internal import UntrailBytes
internal import UntrailModel

/// The summary of a run: what could happen, on one screen.
extension ScanTextWriter {
  /// Titles of rules that are named for what could happen.
  private static let titleLimit = 1
  /// Files that could not be read that are named.
  private static let unreadLimit = 3

  /// What could happen, the gravest first, with the findings that say so.
  ///
  /// - Parameter sorted: the rules with findings, the gravest first.
  func writeOutcomes(_ sorted: [Int], _ rules: [Rule], _ summary: RunSummary, into buffer: ByteBuffer) {
    let grave = sorted.filter { tallies[$0].severity > .info }
    if !grave.isEmpty {
      put("", into: buffer)
      put(style.colored(messages.text(.outcomesTitle), "1"), into: buffer)
    }
    var seen: Set<String> = []
    for rule in grave {
      let category = rules[rule].category
      guard seen.insert(category).inserted else { continue }
      let same = grave.filter { rules[$0].category == category }
      let count = category == "together" ? 0 : fileCounts[category] ?? 0
      let files =
        count == 0 ? messages.text(.allTogether) : messages.text(.fileCount, ["count": .count(count)])
      let mark = messages.severity(tallies[rule].severity).uppercased()
      let margin = TerminalText.width(mark) + 4
      let lines = TerminalText.wrapped(
        "\(messages.outcome(category)) (\(files))", width: max(20, style.width - margin))
      for (place, line) in lines.enumerated() {
        let head =
          place == 0 ? severityMark(tallies[rule].severity) : String(repeating: " ", count: margin - 4)
        put("  \(head)  " + style.colored(line, "1"), into: buffer)
      }
      let titles = messages.longList(same.prefix(Self.titleLimit).map { rules[$0].title })
      let rest = same.count - Self.titleLimit
      writeItem(
        " ",
        rest > 0 ? messages.text(.listMore, ["list": .text(titles), "count": .count(rest)]) : titles,
        into: buffer)
    }
    writeCounts(summary, into: buffer)
  }

  func writeShortCoverage(_ summary: RunSummary, into buffer: ByteBuffer) {
    put("", into: buffer)
    let counts = [Coverage.read, .partial, .unsupported, .encrypted, .unreadable]
      .filter { summary.count($0) > 0 }.map { messages.coverage($0, summary.count($0)) }
    if !counts.isEmpty {
      writeLines(messages.text(.coverageSummary, ["list": .text(messages.list(counts))]), into: buffer)
    }
    for coverage in [Coverage.unreadable, .encrypted] {
      for line in (unread[coverage]?.lines ?? []).prefix(Self.unreadLimit) { put("  " + line, into: buffer) }
      let hidden = summary.count(coverage) - Self.unreadLimit
      if hidden > 0 {
        put(
          "  "
            + messages.text(.coverageMore, ["count": .count(hidden), "coverage": .text(coverage.name)]),
          into: buffer)
      }
    }
    writeLines(messages.text(.closing), into: buffer)
    writeLines(messages.text(.moreInDetails), into: buffer)
  }

  /// The word for a severity; the colour only repeats it.
  func severityMark(_ severity: Severity) -> String {
    let color =
      switch severity {
      case .critical: "1;31"
      case .high: "31"
      case .medium: "33"
      case .low: "36"
      case .info: "2"
      }
    return style.colored(messages.severity(severity).uppercased(), color)
  }
}

extension Messages {
  /// What could happen because of the findings of a category; its name where it is no category of ours.
  func outcome(_ category: String) -> String {
    switch category {
    case "location": text(.outcomeLocation)
    case "together": text(.outcomeTogether)
    case "travel": text(.outcomeTravel)
    case "person": text(.outcomePerson)
    case "device": text(.outcomeDevice)
    case "network": text(.outcomeNetwork)
    case "time": text(.outcomeTime)
    case "hidden": text(.outcomeHidden)
    case "software": text(.outcomeSoftware)
    default: category
    }
  }
}
