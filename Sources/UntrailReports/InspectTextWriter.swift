package import UntrailBytes
package import UntrailModel

/// Every observation of every file for people.
package struct InspectTextWriter: ReportWriter {
  private let redactor: Redactor
  private let phrases: ObservationText
  private let style: TextStyle

  package init(redactor: Redactor, style: TextStyle) {
    self.redactor = redactor
    self.style = style
    phrases = ObservationText(redactor: redactor)
  }

  package mutating func begin(_ header: RunHeader, into buffer: ByteBuffer) {}

  package mutating func add(_ file: JudgedFile, into buffer: ByteBuffer) {
    let examination = file.examination
    let path =
      TerminalText.escaped(redactor.path(examination.artifact.path, ordinal: file.ordinal))
      + TerminalText.way(redactor.member(examination.artifact.member))
    var type = TerminalText.escaped(examination.mediaType.name)
    if let magicName = examination.mediaType.magicName {
      type += " (libmagic: \(TerminalText.escaped(magicName)))"
    }
    put(style.colored(path, "1") + "  " + type + ", " + examination.coverage.name, into: buffer)
    for observation in examination.observations {
      let label = observation.kind.name + "/" + observation.role.name
      let place = observation.offset.map { " at byte \($0)" } ?? ""
      put(
        "  " + label + String(repeating: " ", count: max(1, 26 - label.count)) + phrases.phrase(observation)
          + "  [" + TerminalText.escaped(observation.field) + place + "]", into: buffer)
    }
    for diagnostic in examination.diagnostics {
      let place = diagnostic.offset.map { " at byte \($0)" } ?? ""
      put(
        "  note: " + TerminalText.escaped(diagnostic.message) + place + " (\(diagnostic.code))", into: buffer)
    }
  }

  package mutating func end(_ summary: RunSummary, into buffer: ByteBuffer) {
    let counts = Coverage.allCases.filter { summary.count($0) > 0 }
      .map { "\(summary.count($0)) \($0.name)" }
    let noun = summary.fileCount == 1 ? "file" : "files"
    put("\(summary.fileCount) \(noun): " + counts.joined(separator: ", "), into: buffer)
    if !summary.isComplete { put("INCOMPLETE: the run ended before all files were seen.", into: buffer) }
  }

  private func put(_ line: String, into buffer: ByteBuffer) {
    buffer.append(utf8: line)
    buffer.append(UInt8(ascii: "\n"))
  }
}
