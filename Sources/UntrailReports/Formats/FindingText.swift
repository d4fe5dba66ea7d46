internal import UntrailBytes
internal import UntrailModel

/// What reports in words say of a finding, besides its rule.
extension ObservationText {
  /// What makes a rule match a file, one phrase each, none twice.
  func evidence(_ finding: FileFinding, of file: JudgedFile) -> [String] {
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
      let phrase = phrase(file.examination.observations[index])
      if !parts.contains(phrase) { parts.append(phrase) }
    }
    return parts
  }

  /// What the files of a group have in common.
  ///
  /// - Parameter folder: says a folder's path.
  func group(_ group: GroupFinding, folder: ([UInt8]) -> String) -> String {
    switch group.group {
    case .run: messages.text(.allTogether)
    case .folder(let path):
      redactor.level == .share
        ? messages.label(.folder, redactor.folderPseudonym(path))
        : messages.text(.folder, ["path": .text(folder(path))])
    case .value(let kind, let role, let text): redactor.text(text, kind: kind, role: role, messages)
    case .place(let coordinate): self.coordinate(coordinate)
    case .device(let name): redactor.deviceName(name, messages)
    case .day(let day): timestamp(Timestamp(civilSeconds: day &* 86_400, precision: .day))
    }
  }

  /// How much of what a rule counts is in a group.
  func count(_ group: GroupFinding, _ rule: Rule) -> String {
    let message: Message? =
      if case .correlation(let correlation) = rule.match {
        if !correlation.followedBy.isEmpty {
          .groupTimes
        } else {
          switch correlation.count {
          case .files: nil
          case .places: .groupPlaces
          case .utcOffsets: .groupTimeZones
          case .values: .groupValues
          case .days: .groupDays
          case .people: .groupPeople
          }
        }
      } else {
        nil
      }
    guard let message else { return messages.text(.fileCount, ["count": .count(group.fileCount)]) }
    return messages.text(message, ["count": .count(group.count), "files": .count(group.fileCount)])
  }

  /// A group finding in one line: what was derived, or what the files share and how much of it.
  func line(_ finding: GroupFinding, _ rule: Rule, folder: ([UInt8]) -> String) -> String {
    guard finding.evidence.isEmpty else {
      return finding.evidence.prefix(3).map(phrase).joined(separator: "; ")
    }
    return group(finding, folder: folder) + ": " + count(finding, rule)
  }
}

/// What every format says of the run, as names and values: before the first finding, and after the last.
struct RunFacts {
  static func header(_ header: RunHeader) -> [(name: String, value: String)] {
    let day = ByteBuffer(capacity: 16)
    day.timestamp(Timestamp(civilSeconds: header.day &* 86_400, precision: .day), toDay: true)
    return [
      ("tool", "untrail \(header.toolVersion)"), ("ruleSetDigest", header.ruleSetDigest),
      ("dataEdition", header.dataEdition), ("privacy", header.privacy.name), ("date", day.text),
    ].filter { !$0.1.isEmpty }
  }

  static func trailer(_ summary: RunSummary) -> [(name: String, value: String)] {
    var facts = [("files", String(summary.fileCount))]
    facts += Coverage.allCases.map { ("coverage." + $0.name, String(summary.count($0))) }
    facts += Severity.allCases.reversed().map { ("findings." + $0.name, String(summary.count($0))) }
    facts.append(("suppressed", String(summary.suppressedCount)))
    if let baseline = summary.baseline {
      facts += [("baseline.known", String(baseline.known)), ("baseline.gone", String(baseline.gone))]
    }
    facts.append(
      ("isolation", ([summary.isolation.mode] + summary.isolation.layers).joined(separator: " ")))
    facts.append(("complete", String(summary.isComplete)))
    return facts
  }
}
