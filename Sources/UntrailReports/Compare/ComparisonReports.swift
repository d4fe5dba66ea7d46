package import UntrailBytes
package import UntrailModel

/// Writes what became of findings.
package struct ComparisonReports {
  private let comparison: Comparison
  private let messages: Messages
  private let style: TextStyle
  private let privacy: PrivacyLevel

  package init(_ comparison: Comparison, messages: Messages, style: TextStyle, privacy: PrivacyLevel) {
    self.comparison = comparison
    self.messages = messages
    self.style = style
    self.privacy = privacy
  }

  // MARK: JSON

  /// As one JSON document, in the shape of `schemas/compare.schema.json`.
  package func json(toolVersion: String, into buffer: ByteBuffer) {
    buffer.append("{\"type\":\"compare\",\"schemaVersion\":\"")
    buffer.append(ReportSchema.version)
    buffer.append("\",\"tool\":{\"name\":\"untrail\",\"version\":")
    buffer.json(toolVersion)
    buffer.append("},\"privacy\":")
    buffer.json(privacy.name)
    if privacy != .share {
      buffer.key("before")
      buffer.json(comparison.before.name.bytes)
      buffer.key("after")
      buffer.json(comparison.after.name.bytes)
    }
    buffer.append(",\"changes\":[")
    for (index, change) in comparison.changes.enumerated() {
      buffer.append(index == 0 ? "\n{\"state\":\"" : ",\n{\"state\":\"")
      buffer.append(utf8: change.state.rawValue)
      buffer.append("\",\"rule\":")
      buffer.json(change.rule)
      buffer.key("severity")
      buffer.json(change.severity.name)
      if let file = change.before { self.file("before", comparison.before.files[file], into: buffer) }
      if let file = change.after { self.file("after", comparison.after.files[file], into: buffer) }
      buffer.append(",\"fields\":[")
      for (place, field) in change.fields.enumerated() {
        if place > 0 { buffer.append(UInt8(ascii: ",")) }
        buffer.json(field)
      }
      buffer.append("]}")
    }
    buffer.append("\n],\"summary\":{")
    for (place, state) in Comparison.State.allCases.enumerated() {
      if place > 0 { buffer.append(UInt8(ascii: ",")) }
      buffer.json(state.rawValue)
      buffer.append(UInt8(ascii: ":"))
      buffer.append(comparison.count(state))
    }
    for (name, count) in [
      ("missingFiles", comparison.missingFiles), ("addedFiles", comparison.addedFiles),
    ] as [(StaticString, Int?)] {
      guard let count else { continue }
      buffer.key(name)
      buffer.append(count)
    }
    buffer.key("allRead")
    buffer.append(comparison.isAllRead ? "true" : "false")
    buffer.append("}}\n")
  }

  private func file(_ key: StaticString, _ file: Ledger.File, into buffer: ByteBuffer) {
    buffer.key(key)
    buffer.append("{")
    buffer.path(file.shownPath, first: true)
    if !file.shownMember.isEmpty {
      buffer.append(",\"member\":[")
      for (place, name) in file.shownMember.enumerated() {
        if place > 0 { buffer.append(UInt8(ascii: ",")) }
        buffer.json(name)
      }
      buffer.append("]")
    }
    buffer.append("}")
  }

  // MARK: Text

  package func text() -> String {
    let names = [comparison.before.name, comparison.after.name].map { name in
      privacy == .share ? messages.text(.theFolder) : TerminalText.escaped(name)
    }
    var lines = wrapped(
      messages.text(.compareTitle, ["before": .text(names[0]), "after": .text(names[1])])
    ).map { style.colored($0, "1") }
    for (state, message) in Self.sections {
      let changes = comparison.changes.filter { $0.state == state }
      guard !changes.isEmpty || state == .stayed || state == .gone else { continue }
      lines.append("")
      lines += wrapped(messages.text(message, ["count": .count(changes.count)])).map {
        style.colored($0, "1")
      }
      lines += section(changes)
    }
    lines.append("")
    for (message, count) in [
      (.compareMissingFiles, comparison.missingFiles), (.compareAddedFiles, comparison.addedFiles),
    ] as [(Message, Int?)] {
      if let count, count > 0 { lines += wrapped(messages.text(message, ["count": .count(count)])) }
    }
    if !comparison.before.namesAllFiles || !comparison.after.namesAllFiles {
      lines += wrapped(messages.text(.compareReports))
    }
    if !comparison.isAllRead { lines += wrapped(messages.text(.compareNotRead)) }
    lines += wrapped(messages.text(.compareClosing))
    return lines.joined(separator: "\n") + "\n"
  }

  /// What somebody has to act on comes first.
  private static let sections: [(Comparison.State, Message)] = [
    (.stayed, .compareStayed), (.new, .compareNew), (.unknown, .compareUnknown), (.gone, .compareGone),
    (.missing, .compareMissing),
  ]

  private func wrapped(_ text: String) -> [String] { TerminalText.wrapped(text, width: style.width) }

  private func section(_ changes: [Comparison.Change]) -> [String] {
    var lines: [String] = []
    let rules = Dictionary(grouping: changes, by: \.rule).sorted { one, other in
      let severities = [one, other].map { $0.value.map(\.severity).max() ?? .info }
      return severities[0] == severities[1] ? one.key < other.key : severities[0] > severities[1]
    }
    for (rule, changes) in rules {
      let severity = messages.severity(changes.map(\.severity).max() ?? .info).uppercased()
      let title = comparison.after.titles[rule] ?? comparison.before.titles[rule] ?? rule
      let files = changes.contains { $0.before != nil || $0.after != nil }
      let count =
        files ? messages.text(.fileCount, ["count": .count(changes.count)]) : messages.text(.allTogether)
      let shown = TerminalText.wrapped(
        TerminalText.escaped(messages.translation(title)) + " [" + TerminalText.escaped(rule)
          + "] (\(count))",
        width: max(20, style.width - TerminalText.width(severity) - 4))
      lines.append("  \(severity)  " + shown.joined(separator: "\n    "))
      // Of what is gone, the count says enough.
      let limit = style.fileLimit.map { changes[0].state == .gone ? 0 : $0 } ?? .max
      guard files, limit > 0 else { continue }
      for change in changes.prefix(limit) { lines.append("    " + line(change)) }
      if changes.count > limit {
        lines.append("    " + messages.text(.moreFiles, ["count": .count(changes.count - limit)]))
      }
    }
    return lines
  }

  private func line(_ change: Comparison.Change) -> String {
    let before = change.before.map { path(comparison.before.files[$0]) }
    let after = change.after.map { path(comparison.after.files[$0]) }
    var line = messages.isolated(after ?? before ?? "")
    if let before, let after, before != after {
      line = messages.text(.compareRenamed, ["before": .text(before), "after": .text(after)])
    }
    if change.state == .stayed || change.state == .new, !change.fields.isEmpty {
      line += ": " + messages.list(change.fields.prefix(3).map { TerminalText.escaped($0) })
    }
    return line
  }

  private func path(_ file: Ledger.File) -> String {
    let path = privacy == .share ? file.shownPath : PathBytes(file.path)
    return TerminalText.escaped(path) + TerminalText.way(file.shownMember)
  }
}
