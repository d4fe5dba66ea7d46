package import UntrailBytes
package import UntrailModel

/// Every observation of every file for people.
package struct InspectTextWriter: ReportWriter {
  private let redactor: Redactor
  private let phrases: ObservationText
  private let style: TextStyle
  private let messages: Messages

  package init(redactor: Redactor, style: TextStyle, messages: Messages) {
    self.redactor = redactor
    self.style = style
    self.messages = messages
    phrases = ObservationText(redactor: redactor, messages: messages)
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
      let place = atByte(observation.offset)
      put(
        "  " + label + String(repeating: " ", count: max(1, 26 - label.count)) + phrases.phrase(observation)
          + "  [" + TerminalText.escaped(observation.field) + place + "]", into: buffer)
    }
    for diagnostic in examination.diagnostics {
      let note =
        TerminalText.escaped(diagnostic.message) + atByte(diagnostic.offset) + " (\(diagnostic.code))"
      put("  " + messages.text(.note, ["text": .text(note)]), into: buffer)
    }
  }

  package mutating func end(_ summary: RunSummary, into buffer: ByteBuffer) {
    let counts = Coverage.allCases.filter { summary.count($0) > 0 }
      .map { messages.coverage($0, summary.count($0)) }
    put(
      messages.text(.fileCount, ["count": .count(summary.fileCount)]) + ": " + messages.list(counts),
      into: buffer)
    if !summary.isComplete { put(messages.text(.incomplete), into: buffer) }
  }

  private func atByte(_ offset: Int?) -> String {
    offset.map { messages.text(.atByte, ["offset": .text(String($0))]) } ?? ""
  }

  private func put(_ line: String, into buffer: ByteBuffer) {
    buffer.append(utf8: line)
    buffer.append(UInt8(ascii: "\n"))
  }
}
