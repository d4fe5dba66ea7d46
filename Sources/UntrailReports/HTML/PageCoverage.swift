internal import UntrailModel

/// What was read, read in part, not understood and not readable.
extension ScanPageWriter {
  private static let words: [(coverage: Coverage, message: PageMessage)] = [
    (.read, .coverageRead), (.partial, .coveragePartial), (.unsupported, .coverageUnsupported),
    (.encrypted, .coverageEncrypted), (.unreadable, .coverageUnreadable),
  ]

  mutating func addUnread(_ file: JudgedFile) {
    let coverage = file.examination.coverage
    guard coverage != .read, file.examination.artifact.member.isEmpty else { return }
    var entry = unread.removeValue(forKey: coverage) ?? PageUnread()
    let type = file.examination.mediaType.name
    if entry.mediaTypes.count < limits.unread || entry.mediaTypes[type] != nil {
      entry.mediaTypes[type, default: 0] += 1
    }
    let isListed = coverage != .unsupported || listed.contains(coverage)
    if isListed, entry.lines.count < limits.unread, keptBytes < limits.bytes {
      let reason = file.examination.diagnostics.first { $0.nature == .damage }?.message
      let line = shownPath(file) + ": " + isolated(TerminalText.escaped(reason ?? type))
      keptBytes += line.utf8.count
      entry.lines.append(line)
    }
    unread[coverage] = entry
  }

  func writeCoverage(_ summary: RunSummary, into page: Markup) {
    section("coverage", into: page) {
      let present = Self.words.filter { summary.count($0.coverage) > 0 }
      page.table(
        caption: html(.coverageCaption),
        columns: [(html(.columnCoverage), false), (html(.columnFiles), true)],
        rows: present.map { [html($0.message), number(summary.count($0.coverage))] }, isStacked: false)
      for (coverage, message) in present {
        guard let entry = unread[coverage] else { continue }
        if coverage == .unsupported { writeTypes(entry, into: page) }
        let hidden = summary.count(coverage) - entry.lines.count
        if !entry.lines.isEmpty {
          let values = ["what": html(message), "count": number(entry.lines.count)]
          page.put("<details>\n<summary>\(html(.coverageFold, values))</summary>\n<ul class=\"files\">\n")
          for line in entry.lines { page.element("li", "", line) }
          page.put("</ul>\n</details>\n")
        }
        if hidden > 0 {
          page.element(
            "p", "class=\"note\"",
            html(.coverageMore, ["count": number(hidden), "name": coverage.name]))
        }
      }
      let channels = summary.notReadCounts.sorted { $0.key < $1.key }
      if !channels.isEmpty {
        page.element("h3", "", html(.notReadHeading))
        page.put("<ul>\n")
        for (code, count) in channels {
          page.element("li", "", "\(channel(code)): \(html(.findingFiles, ["count": number(count)]))")
        }
        page.put("</ul>\n")
      }
      page.element("p", "", html(.closing))
    }
  }

  private func writeTypes(_ entry: PageUnread, into page: Markup) {
    let types = entry.mediaTypes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    page.table(
      caption: html(.typesCaption), columns: [(html(.columnType), false), (html(.columnFiles), true)],
      rows: types.map { [isolated(TerminalText.escaped($0.key)), number($0.value)] }, isStacked: false)
  }

  private func channel(_ code: String) -> String {
    let message: PageMessage? =
      switch code {
      case "maker-note-not-read": .channelMakerNote
      case "c2pa-not-read": .channelC2PA
      case "xml-not-read": .channelXML
      case "georeference-not-read": .channelMap
      case "geotiff-not-read": .channelRaster
      case "embedded-picture-not-read": .channelPicture
      case "jpeg-rest-not-read": .channelRest
      case "sequence-not-read": .channelSequence
      case "samsung-trailer-not-read": .channelSamsung
      default: nil
      }
    return message.map { html($0) } ?? isolated(TerminalText.escaped(code))
  }
}
