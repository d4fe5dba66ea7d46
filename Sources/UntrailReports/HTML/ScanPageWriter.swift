package import UntrailBytes
package import UntrailModel

/// The findings of a run as one page of HTML that needs no script and loads nothing.
///
/// Everything is written at the end, since what matters most comes first; until then only what the page will hold is
/// kept, within the limits of `PageLimits`.
package struct ScanPageWriter: ReportWriter {
  let redactor: Redactor
  let phrases: ObservationText
  let map: MapSource
  let messages: Messages
  var isRightToLeft: Bool { messages.language.isRightToLeft }
  /// BCP 47.
  var language: String { messages.language == .chinese ? "zh-Hans" : messages.language.name }
  let listed: Set<Coverage>
  var limits: PageLimits
  var header: RunHeader?
  /// The only root with its slash; nil where there are several.
  var commonRoot: [UInt8]?
  /// By the rule's position.
  var tallies: [PageTally] = []
  var unread: [Coverage: PageUnread] = [:]
  var days = PageDays()
  var positions = PagePositions()
  /// Bytes of lines kept so far.
  var keptBytes = 0

  /// - Parameters:
  ///   - style: how many files are named, and which coverages are listed.
  ///   - messages: the words of the page's language.
  package init(redactor: Redactor, style: TextStyle, messages: Messages, map: MapSource = .empty) {
    self.redactor = redactor
    self.map = map
    self.messages = messages
    listed = style.listed
    limits = PageLimits(isDetailed: style.fileLimit == nil)
    phrases = ObservationText(redactor: redactor, messages: messages)
  }

  package mutating func begin(_ header: RunHeader, into buffer: ByteBuffer) {
    self.header = header
    self.header?.rules = header.rules.map(messages.translated)
    if header.roots.count == 1, var root = header.roots.first?.bytes {
      while root.last == UInt8(ascii: "/") { root.removeLast() }
      commonRoot = root + [UInt8(ascii: "/")]
    }
    tallies = Array(repeating: PageTally(), count: header.rules.count)
  }

  package mutating func add(_ file: JudgedFile, into buffer: ByteBuffer) {
    for finding in file.findings {
      tallies[finding.rule].fileCount += 1
      tallies[finding.rule].severity = max(tallies[finding.rule].severity, finding.severity)
      guard tallies[finding.rule].lines.count < limits.files, keptBytes < limits.bytes else { continue }
      let line = line(finding, of: file)
      keptBytes += line.utf8.count
      tallies[finding.rule].lines.append(line)
    }
    addUnread(file)
    days.add(file)
    if redactor.level != .share { positions.add(file, redactor: redactor, limit: limits.positions) }
  }

  package mutating func end(_ summary: RunSummary, into buffer: ByteBuffer) {
    guard let header else { return }
    for group in summary.groupFindings {
      tallies[group.rule].severity = max(tallies[group.rule].severity, group.severity)
    }
    let page = Markup(buffer)
    writeHead(into: page)
    writeHeader(header, summary, into: page)
    let sentences =
      summary.joined.map {
        JoinedText(redactor: redactor, phrases: phrases, messages: messages).sentences($0)
      } ?? []
    writeContents(without: sentences.isEmpty ? ["joined"] : [], into: page)
    page.put("<main id=\"main\">\n")
    writeSteps(header, summary, into: page)
    writeJoined(sentences, into: page)
    let movement = summary.joined?.movement ?? Movement()
    writeMap(movement, into: page)
    writeTimeline(movement, into: page)
    writeDevices(summary.joined?.devices ?? [], into: page)
    writeFindings(header, summary, into: page)
    writeCoverage(summary, into: page)
    page.put("</main>\n")
    writeTrailer(summary, into: page)
    page.put("</body>\n</html>\n")
  }

  // MARK: Words

  /// A message in the page's language, with its values.
  func text(_ message: PageMessage, _ values: [String: String] = [:]) -> String {
    Self.filled(messages.template(message), values)
  }

  /// The same as HTML. The values are HTML already.
  func html(_ message: PageMessage, _ values: [String: String] = [:]) -> String {
    Self.filled(MarkupEscape.escaped(text(message)), values)
  }

  /// Fills every `{name}` that has a value; what a value holds is not looked at again.
  private static func filled(_ template: String, _ values: [String: String]) -> String {
    guard !values.isEmpty else { return template }
    var result = ""
    var rest = Substring(template)
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let name = String(rest[rest.index(after: open)..<close])
      result += rest[..<open]
      result += values[name] ?? "{\(name)}"
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  /// A number in digits, kept together in any direction of writing.
  func number(_ value: Int) -> String { "<bdi>\(messages.language.number(value))</bdi>" }

  func day(_ day: Int64) -> String { "<bdi class=\"day\">\(Markup.day(day))</bdi>" }
}

/// What one page holds at most.
struct PageLimits {
  /// Lines of files for each rule, and of them those not folded.
  var files: Int
  let openFiles = 5
  var groups: Int
  /// Bytes of all lines of files together.
  let bytes = 5_000_000
  let positions = 2000
  let positionRows: Int
  let places = 200
  let devices = 200
  let timeRows = 400
  let unread: Int
  /// Pieces of borders and coasts on the map.
  let outlinePoints = 12_000
  let trips = 1000

  init(isDetailed: Bool) {
    files = isDetailed ? 5000 : 100
    groups = isDetailed ? 1000 : 50
    positionRows = isDetailed ? 2000 : 100
    unread = isDetailed ? 2000 : 100
  }
}

/// What is kept of a rule's findings until the end.
struct PageTally {
  var fileCount = 0
  /// The gravest of its findings.
  var severity = Severity.info
  /// HTML.
  var lines: [String] = []
}

struct PageUnread {
  var mediaTypes: [String: Int] = [:]
  /// HTML.
  var lines: [String] = []
}
