package import UntrailBytes
package import UntrailModel

/// Every observation of every file, one JSON object a line: the record contract.
package struct InspectNDJSONWriter: ReportWriter {
  private let encoding: RecordEncoding

  package init(redactor: Redactor) { encoding = RecordEncoding(redactor: redactor) }

  package mutating func begin(_ header: RunHeader, into buffer: ByteBuffer) {
    buffer.append("{\"type\":\"header\"")
    encoding.header(header, into: buffer)
    buffer.append("}\n")
  }

  package mutating func add(_ file: JudgedFile, into buffer: ByteBuffer) {
    encoding.fileRecord(file, into: buffer)
    buffer.append(UInt8(ascii: "\n"))
  }

  package mutating func end(_ summary: RunSummary, into buffer: ByteBuffer) {
    buffer.append("{\"type\":\"trailer\"")
    encoding.summary(summary, withFindings: false, into: buffer)
    buffer.append("}\n")
  }
}

/// As `InspectNDJSONWriter`, as one JSON document.
package struct InspectJSONWriter: ReportWriter {
  private let encoding: RecordEncoding
  private var isFirst = true

  package init(redactor: Redactor) { encoding = RecordEncoding(redactor: redactor) }

  package mutating func begin(_ header: RunHeader, into buffer: ByteBuffer) {
    buffer.append("{\"type\":\"inspection\"")
    encoding.header(header, into: buffer)
    buffer.append(",\"records\":[")
  }

  package mutating func add(_ file: JudgedFile, into buffer: ByteBuffer) {
    buffer.append(isFirst ? "\n" : ",\n")
    isFirst = false
    encoding.fileRecord(file, into: buffer)
  }

  package mutating func end(_ summary: RunSummary, into buffer: ByteBuffer) {
    buffer.append("\n]")
    encoding.summary(summary, withFindings: false, into: buffer)
    buffer.append("}\n")
  }
}

extension RecordEncoding {
  func fileRecord(_ file: JudgedFile, into buffer: ByteBuffer) {
    buffer.append("{\"type\":\"file\"")
    identity(file, into: buffer, first: false)
    buffer.key("observations")
    list(file.examination.observations, into: buffer) { observation($0, into: buffer) }
    diagnostics(file.examination.diagnostics, into: buffer)
    buffer.append(UInt8(ascii: "}"))
  }
}
