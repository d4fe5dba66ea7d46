internal import UntrailBytes
internal import UntrailModel

/// Tables in text, CSV and TSV: positions, and who and with what, as far as headings say so.
///
///     anything                            a preamble of some rows
///     time,latitude,longitude,...         headings; see `CoordinateName` and `DelimitedMeaning`
///     2021-01-01T00:00:00Z,48.8584,2.2945,...
///
/// Fields stand between commas, semicolons, tabs or bars, and may be in quotes. Rows with a time, or one close to the
/// other, are a track; other rows are places. A table without such headings is read no further.
///
/// Source: RFC 4180.
struct DelimitedReader: MetadataReader {
  var name: String { "CSV" }
  var mediaTypes: [String] { ["text/csv", "text/tab-separated-values", "application/csv"] }
  var channels: String {
    "positions with times, mail and IP addresses, telephone numbers, networks, serials of devices"
  }

  /// Rows that are looked at for headings, and for what times look like.
  private static let preambleLimit = 25
  private static let sampleLimit = 200

  /// The first row that has headings for positions; else the first row, where it has others that tell something.
  private static func headings(_ rows: [DelimitedRow]) -> (columns: DelimitedColumns, index: Int)? {
    var first: DelimitedColumns?
    for (index, row) in rows.prefix(preambleLimit).enumerated() {
      let columns = DelimitedColumns(row)
      if !columns.positions.isEmpty { return (columns, index) }
      if index == 0 { first = columns }
    }
    return first.flatMap { $0.isEmpty ? nil : ($0, 0) }
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    guard let delimiter = DelimitedRows.delimiter(source) else { return }
    var rows = DelimitedRows(source, tools.limits, delimiter: delimiter)
    var sample: [DelimitedRow] = []
    while sample.count < Self.sampleLimit, let row = try rows.next() { sample.append(row) }
    guard let (columns, index) = Self.headings(sample) else { return }
    for row in sample.prefix(index) { DelimitedFacts.readPreamble(row, into: &result) }
    var facts = DelimitedFacts(columns, sample: sample.dropFirst(index + 1), tools.limits)
    defer { facts.finish(&result) }
    for row in sample.dropFirst(index + 1) { facts.add(row, &result) }
    sample = []
    while let row = try rows.next() { facts.add(row, &result) }
  }
}
