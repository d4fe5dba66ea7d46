package import UntrailBytes
internal import UntrailModel

/// Writes the counts of a group.
package enum GroupReports {
  // MARK: JSON

  /// As one JSON document, in the shape of `schemas/merge.schema.json`.
  package static func json(_ counts: GroupCounts, toolVersion: String, into buffer: ByteBuffer) {
    buffer.append("{\"type\":\"merge\",\"schemaVersion\":\"")
    buffer.append(ReportSchema.version)
    buffer.append("\",\"tool\":{\"name\":\"untrail\",\"version\":")
    buffer.json(toolVersion)
    buffer.append("},\"participants\":")
    buffer.append(counts.participants)
    buffer.key("smallestGroup")
    buffer.append(GroupCount.smallest)
    buffer.key("duplicates")
    buffer.append(counts.duplicates)
    buffer.key("mixed")
    buffer.append(counts.isMixed ? "true" : "false")
    buffer.key("complete")
    buffer.append(counts.hasPartialReports ? "false" : "true")
    buffer.key("rules")
    buffer.append("[")
    for (index, row) in counts.rows.enumerated() {
      buffer.append(index == 0 ? "\n{\"id\":" : ",\n{\"id\":")
      buffer.json(row.rule.id)
      buffer.key("title")
      buffer.json(row.rule.title)
      buffer.key("severity")
      buffer.json(row.rule.severity.name)
      buffer.key("category")
      buffer.json(row.rule.category)
      buffer.key("participants")
      switch row.count {
      case .fewerThanSmallest:
        buffer.append("{\"fewerThan\":")
        buffer.append(GroupCount.smallest)
      case .exactly(let count):
        buffer.append("{\"exactly\":")
        buffer.append(count)
      case .atLeast(let count):
        buffer.append("{\"atLeast\":")
        buffer.append(count)
      }
      buffer.append("}}")
    }
    buffer.append("\n]}\n")
  }

  // MARK: Text

  package static func text(_ counts: GroupCounts, style: TextStyle) -> String {
    let number = words(GroupCount.smallest)
    var text = "Reports of \(counts.participants) participants\n"
    let shown = counts.rows.filter { $0.count != .fewerThanSmallest }
    text += "\nFindings that \(number) or more participants have\n"
    if shown.isEmpty { text += "  None.\n" }
    for row in shown {
      let severity = style.colored(row.rule.severity.name.uppercased(), color(row.rule.severity))
      let lines = TerminalText.wrapped(
        "\(TerminalText.escaped(row.rule.title))  [\(row.rule.id)]",
        width: max(20, style.width - row.rule.severity.name.count - 4))
      text += "  \(severity)  \(lines.joined(separator: "\n    "))\n"
      text += "    \(phrase(row.count, of: counts.participants))\n"
    }
    let folded = counts.rows.filter { $0.count == .fewerThanSmallest }.map(\.rule.id)
    if !folded.isEmpty {
      text += "\nFindings that fewer than \(number) participants have, or none\n"
      for line in TerminalText.wrapped(folded.joined(separator: ", "), width: style.width - 2) {
        text += "  \(line)\n"
      }
    }
    text += "\n"
    for note in notes(counts) {
      text += TerminalText.wrapped(note, width: style.width).joined(separator: "\n") + "\n"
    }
    return text
  }

  private static func notes(_ counts: GroupCounts) -> [String] {
    let number = words(GroupCount.smallest)
    var notes = [
      "No group of fewer than \(number) is shown, neither of those who have a finding nor of those who have not: where "
        + "all but a few have it, the count is given as \"or more\"."
    ]
    if counts.duplicates > 0 {
      notes.append(
        "\(counts.duplicates) of the reports given \(counts.duplicates == 1 ? "is" : "are") the same as another, byte "
          + "for byte, and counted once.")
    }
    if counts.isMixed {
      notes.append("The reports were not all made with the same version and rules: counts can be too low.")
    }
    if counts.hasPartialReports {
      notes.append("Not every run reached its end: counts can be too low.")
    }
    notes.append("A rule that nobody has is no promise: it means that nothing was found in what was read.")
    return notes
  }

  private static func phrase(_ count: GroupCount, of participants: Int) -> String {
    switch count {
    case .fewerThanSmallest: "fewer than \(words(GroupCount.smallest))"
    case .exactly(let count): "\(count) of \(participants) participants"
    case .atLeast(participants): "all \(participants) participants"
    case .atLeast(let count): "\(count) or more of \(participants) participants"
    }
  }

  private static func words(_ number: Int) -> String { number == 5 ? "five" : "\(number)" }

  private static func color(_ severity: Severity) -> String {
    switch severity {
    case .critical: "1;31"
    case .high: "31"
    case .medium: "33"
    case .low, .info: "36"
    }
  }
}
