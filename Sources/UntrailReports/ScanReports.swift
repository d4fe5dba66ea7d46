package import UntrailBytes
package import UntrailModel

/// The findings of a run as one JSON document.
///
/// Findings are written as they come, file by file; only what is not read is kept until the end.
package struct ScanJSONWriter: ReportWriter {
  private let encoding: RecordEncoding
  private var rules: [Rule] = []
  /// The heads of their findings, in the same order.
  private var heads: [ByteBuffer] = []
  private var isFirst = true
  /// The files that were not read to their end, already encoded.
  private let unread = ByteBuffer(capacity: 4096)

  package init(redactor: Redactor) { encoding = RecordEncoding(redactor: redactor) }

  package mutating func begin(_ header: RunHeader, into buffer: ByteBuffer) {
    rules = header.rules
    heads = rules.map(encoding.findingHead)
    buffer.append("{\"type\":\"scan\"")
    encoding.header(header, into: buffer)
    buffer.append(",\"rules\":[")
    for (index, rule) in rules.enumerated() {
      buffer.append(index == 0 ? "\n" : ",\n")
      encoding.rule(rule, into: buffer)
    }
    buffer.append("\n],\"findings\":[")
  }

  package mutating func add(_ file: JudgedFile, into buffer: ByteBuffer) {
    let identity = encoding.findingIdentity(of: file)
    for finding in file.findings {
      buffer.append(isFirst ? "\n{" : ",\n{")
      isFirst = false
      buffer.append("\"type\":\"finding\"")
      encoding.finding(
        finding, of: rules[finding.rule], in: file, identity, heads[finding.rule], into: buffer)
      buffer.append(UInt8(ascii: "}"))
    }
    if file.examination.coverage != .read {
      unread.append(unread.count == 0 ? "\n{" : ",\n{")
      encoding.identity(file, into: unread, first: true)
      encoding.diagnostics(file.examination.diagnostics, into: unread)
      unread.append(UInt8(ascii: "}"))
    }
  }

  package mutating func end(_ summary: RunSummary, into buffer: ByteBuffer) {
    buffer.append("\n],\"groupFindings\":[")
    for (index, finding) in summary.groupFindings.enumerated() {
      buffer.append(index == 0 ? "\n{" : ",\n{")
      buffer.append("\"type\":\"group-finding\"")
      encoding.groupFinding(finding, rule: rules[finding.rule], into: buffer)
      buffer.append(UInt8(ascii: "}"))
    }
    buffer.append("\n],\"unread\":[")
    unread.withBytes { buffer.append($0.bindMemory(to: UInt8.self)) }
    buffer.append("\n]")
    if let facts = summary.joined { encoding.joined(facts, into: buffer) }
    buffer.append(",\n\"summary\":{\"type\":\"summary\"")
    encoding.summary(summary, withFindings: true, into: buffer)
    buffer.append("}}\n")
  }
}

/// The findings of a run, one JSON object a line.
package struct ScanNDJSONWriter: ReportWriter {
  private let encoding: RecordEncoding
  private var rules: [Rule] = []
  /// The heads of their findings, in the same order.
  private var heads: [ByteBuffer] = []

  package init(redactor: Redactor) { encoding = RecordEncoding(redactor: redactor) }

  package mutating func begin(_ header: RunHeader, into buffer: ByteBuffer) {
    rules = header.rules
    heads = rules.map(encoding.findingHead)
    buffer.append("{\"type\":\"header\"")
    encoding.header(header, into: buffer)
    buffer.key("rules")
    encoding.list(rules, into: buffer) { encoding.rule($0, into: buffer) }
    buffer.append("}\n")
  }

  package mutating func add(_ file: JudgedFile, into buffer: ByteBuffer) {
    let identity = encoding.findingIdentity(of: file)
    for finding in file.findings {
      buffer.append("{\"type\":\"finding\"")
      encoding.finding(
        finding, of: rules[finding.rule], in: file, identity, heads[finding.rule], into: buffer)
      buffer.append("}\n")
    }
    if file.examination.coverage != .read {
      buffer.append("{\"type\":\"unread\"")
      encoding.identity(file, into: buffer, first: false)
      encoding.diagnostics(file.examination.diagnostics, into: buffer)
      buffer.append("}\n")
    }
  }

  package mutating func end(_ summary: RunSummary, into buffer: ByteBuffer) {
    for finding in summary.groupFindings {
      buffer.append("{\"type\":\"group-finding\"")
      encoding.groupFinding(finding, rule: rules[finding.rule], into: buffer)
      buffer.append("}\n")
    }
    if let facts = summary.joined {
      buffer.append("{\"type\":\"joined\"")
      encoding.joined(facts, into: buffer)
      buffer.append("}\n")
    }
    buffer.append("{\"type\":\"summary\"")
    encoding.summary(summary, withFindings: true, into: buffer)
    buffer.append("}\n")
  }
}
