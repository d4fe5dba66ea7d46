internal import UntrailModel

/// The head of the page, its header, the list of its parts, and its trailer.
extension ScanPageWriter {
  /// The parts of the page in their order, by the id of the section.
  static let parts: [(id: String, heading: PageMessage)] = [
    ("steps", .stepsHeading), ("joined", .joinedHeading), ("map", .mapHeading), ("time", .timeHeading),
    ("devices", .devicesHeading), ("findings", .findingsHeading), ("coverage", .coverageHeading),
    ("end", .trailerHeading),
  ]

  func writeHead(into page: Markup) {
    let direction = isRightToLeft ? "rtl" : "ltr"
    page.put(
      "<!DOCTYPE html>\n<html lang=\"\(MarkupEscape.escaped(language))\" dir=\"\(direction)\">\n<head>\n")
    page.put("<meta charset=\"utf-8\">\n")
    // No directive but these: the page can load, run and send nothing.
    page.put(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '\(PageStyle.digest)'; "
        + "img-src 'none'; script-src 'none'; form-action 'none'; base-uri 'none'\">\n")
    page.put("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    page.put("<meta name=\"referrer\" content=\"no-referrer\">\n")
    page.put("<meta name=\"robots\" content=\"noindex\">\n")
    page.put("<meta name=\"format-detection\" content=\"telephone=no, date=no, address=no, email=no\">\n")
    page.element("title", "", html(.title))
    page.put("<style>\(PageStyle.text)</style>\n</head>\n<body>\n")
    page.element("a", "class=\"skip\" href=\"#main\"", html(.skip))
  }

  func writeHeader(_ header: RunHeader, _ summary: RunSummary, into page: Markup) {
    page.put("<header>\n")
    page.element("h1", "", html(.title))
    let level: PageMessage =
      switch redactor.level {
      case .exact: .privacyExact
      case .coarse: .privacyCoarse
      case .share: .privacyShare
      }
    page.element("p", "", html(level))
    if !summary.isComplete { page.element("p", "class=\"alarm\"", html(.incomplete)) }
    if !summary.isolation.isComplete {
      page.element("p", "class=\"alarm\"", html(.degraded, ["mode": isolation(summary)]))
    }
    if summary.fileCount == 0 { page.element("p", "class=\"alarm\"", html(.noFiles)) }
    writeCounts(summary, into: page)
    if summary.suppressedCount > 0 {
      page.element("p", "", html(.suppressed, ["count": number(summary.suppressedCount)]))
    }
    if let baseline = summary.baseline {
      page.element("p", "", MarkupEscape.escaped(messages.baseline(baseline)))
    }
    let roots =
      redactor.level == .share
      ? html(.rootsHidden)
      : header.roots.map { "<bdi>\(MarkupEscape.escaped(TerminalText.escaped($0)))</bdi>" }
        .joined(separator: ", ")
    let libraries = header.libraries.map { "\($0.name) \($0.version)" }.joined(separator: ", ")
    page.put("<dl class=\"facts\">\n")
    for (name, value) in [
      (PageMessage.factRoots, roots), (.factFiles, number(summary.fileCount)),
      (.factLevel, "<bdi>\(redactor.level.name)</bdi>"), (.factDay, day(header.day)),
      (
        .factTool,
        "<bdi>untrail \(MarkupEscape.untrusted(header.toolVersion))"
          + (libraries.isEmpty ? "" : ", " + MarkupEscape.untrusted(libraries)) + "</bdi>"
      ),
      (.factRules, number(header.rules.count)), (.factIsolation, "<bdi>\(isolation(summary))</bdi>"),
    ] {
      page.put("<dt>\(html(name))</dt><dd>\(value)</dd>\n")
    }
    page.put("</dl>\n")
    page.element(
      "p", "class=\"note\"", html(.noScript) + " " + html(.endNote, ["end": html(.trailerHeading)]))
    page.put("</header>\n")
  }

  private func isolation(_ summary: RunSummary) -> String {
    MarkupEscape.untrusted(([summary.isolation.mode] + summary.isolation.layers).joined(separator: ", "))
  }

  private func writeCounts(_ summary: RunSummary, into page: Markup) {
    let counts = Severity.allCases.reversed().filter { summary.count($0) > 0 }
    guard !counts.isEmpty else { return }
    page.put("<ul class=\"counts\" aria-label=\"\(html(.countsLabel))\">\n")
    for severity in counts {
      page.put(
        "<li><span class=\"badge \(severity.name)\">"
          + html(
            .severityCount, ["severity": html(word(severity)), "count": number(summary.count(severity))])
          + "</span></li>\n")
    }
    page.put("</ul>\n")
  }

  /// - Parameter absent: ids of parts that this page does not have.
  func writeContents(without absent: [String], into page: Markup) {
    page.put("<nav aria-label=\"\(html(.contents))\">\n<ul>\n")
    for part in Self.parts where !absent.contains(part.id) {
      page.put("<li><a href=\"#\(part.id)\">\(html(part.heading))</a></li>\n")
    }
    page.put("</ul>\n</nav>\n")
  }

  /// A part of the page; the body writes what stands under its heading.
  func section(_ id: String, isPlain: Bool = false, into page: Markup, _ body: () -> Void) {
    guard let heading = Self.parts.first(where: { $0.id == id })?.heading else { return }
    page.put("<section id=\"\(id)\" aria-labelledby=\"\(id)-heading\"\(isPlain ? " class=\"plain\"" : "")>\n")
    page.element("h2", "id=\"\(id)-heading\"", html(heading))
    body()
    page.put("</section>\n")
  }

  func writeSteps(_ header: RunHeader, _ summary: RunSummary, into page: Markup) {
    let groups = Dictionary(grouping: summary.groupFindings, by: \.rule)
    let counts = header.rules.indices.map { tallies[$0].fileCount + (groups[$0]?.count ?? 0) }
    let steps = FirstSteps.steps(header.rules, counts: counts, limit: 5)
    section("steps", into: page) {
      guard !steps.isEmpty else { return page.element("p", "", html(.stepsNone)) }
      page.put("<ol>\n")
      for step in steps {
        page.put(
          "<li>\(MarkupEscape.escaped(step.action)) <span class=\"count\">"
            + html(.stepHelps, ["count": number(step.findingCount)]) + "</span></li>\n")
      }
      page.put("</ol>\n")
    }
  }

  /// - Parameter sentences: harmless for a terminal already.
  func writeJoined(_ sentences: [String], into page: Markup) {
    guard !sentences.isEmpty else { return }
    section("joined", into: page) {
      page.put("<ul>\n")
      for sentence in sentences { page.element("li", "", MarkupEscape.escaped(sentence)) }
      page.put("</ul>\n")
    }
  }

  func writeTrailer(_ summary: RunSummary, into page: Markup) {
    page.put("<footer id=\"end\" aria-labelledby=\"end-heading\">\n")
    page.element("h2", "id=\"end-heading\"", html(.trailerHeading))
    let findings = Severity.allCases.reduce(0) { $0 + summary.count($1) }
    var text = html(
      .trailerCounts,
      [
        "files": number(summary.fileCount), "findings": number(findings),
        "complete": html(summary.isComplete ? .yes : .no),
      ])
    if summary.suppressedCount > 0 {
      text += " " + html(.trailerSuppressed, ["count": number(summary.suppressedCount)])
    }
    page.element("p", "", text)
    page.put("</footer>\n")
  }

  func word(_ severity: Severity) -> PageMessage {
    switch severity {
    case .critical: .severityCritical
    case .high: .severityHigh
    case .medium: .severityMedium
    case .low: .severityLow
    case .info: .severityInfo
    }
  }

  func sureness(_ confidence: Double) -> PageMessage {
    switch confidence {
    case 0.75...: .surenessHigh
    case 0.5...: .surenessMiddle
    default: .surenessLow
    }
  }
}
