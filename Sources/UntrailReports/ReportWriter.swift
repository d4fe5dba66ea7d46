package import UntrailBytes
package import UntrailModel

/// Writes one format of report: the header, then every file in the order of the walk, then the summary.
///
/// Pure: the same calls append the same bytes, whatever the clock, the locale or the working folder. The
/// buffer may be emptied by its owner between calls.
package protocol ReportWriter {
  mutating func begin(_ header: RunHeader, into buffer: ByteBuffer)
  mutating func add(_ file: JudgedFile, into buffer: ByteBuffer)
  mutating func end(_ summary: RunSummary, into buffer: ByteBuffer)
}

/// The formats of reports, by the names that the command line takes.
package enum ReportFormat: String, Sendable, CaseIterable {
  case text
  case json
  case ndjson
  case html
  case sarif
  case csv
  case junit
  case markdown
  case geojson
  case kml
}

/// The version of the shape of JSON and NDJSON reports. Its schemas are in `schemas/`.
package enum ReportSchema {
  static let version: StaticString = "1.0.0"
}
