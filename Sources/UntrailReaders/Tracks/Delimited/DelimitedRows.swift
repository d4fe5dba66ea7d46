internal import UntrailBytes
internal import UntrailModel

/// One row of a table in text.
struct DelimitedRow {
  private let bytes: [UInt8]
  /// The fields, without the quotes around them.
  let fields: [Range<Int>]
  /// Bytes from the start of the file to the row.
  let offset: Int
  let isLast: Bool
  /// Whether some field has a quote in quotes.
  private let hasDoubledQuotes: Bool

  /// - Parameter delimiter: a comma, semicolon, tab, bar.
  init(_ line: TextLine, delimiter: UInt8, isLast: Bool) {
    bytes = line.bytes
    offset = line.offset
    self.isLast = isLast
    let quote = UInt8(ascii: "\"")
    var fields: [Range<Int>] = []
    var hasDoubledQuotes = false
    var start = 0
    var isQuoted = false
    func close(at end: Int) {
      var (first, last) = (start, end)
      func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 && delimiter != 0x09 }
      while first < last, isBlank(line.bytes[first]) { first += 1 }
      while last > first, isBlank(line.bytes[last - 1]) { last -= 1 }
      if last - first >= 2, line.bytes[first] == quote, line.bytes[last - 1] == quote {
        (first, last) = (first + 1, last - 1)
        if line.bytes[first..<last].contains(quote) { hasDoubledQuotes = true }
      }
      fields.append(first..<last)
    }
    for (index, byte) in line.bytes.enumerated() {
      if byte == quote {
        isQuoted.toggle()
      } else if byte == delimiter, !isQuoted {
        close(at: index)
        start = index + 1
      }
    }
    close(at: line.bytes.count)
    self.fields = fields
    self.hasDoubledQuotes = hasDoubledQuotes
  }

  /// The bytes of a field; none where the row is shorter.
  subscript(_ index: Int) -> ArraySlice<UInt8> { fields.indices.contains(index) ? bytes[fields[index]] : [] }

  /// The text of a field; empty where the row is shorter.
  func text(_ index: Int) -> String {
    let field = self[index]
    guard hasDoubledQuotes, field.contains(UInt8(ascii: "\"")) else { return ExifText.ascii(field) ?? "" }
    var kept: [UInt8] = []
    for byte in field where byte != UInt8(ascii: "\"") || kept.last != byte { kept.append(byte) }
    return ExifText.ascii(kept) ?? ""
  }

  /// Bytes from the start of the file to a field; nil where the row is shorter.
  func place(_ index: Int) -> Int? {
    fields.indices.contains(index) ? offset + fields[index].lowerBound : nil
  }
}

/// The rows of a table in text, one after another.
///
/// A field in quotes may hold line ends. Blank lines, and lines that begin with #, are no rows.
struct DelimitedRows {
  private var lines: TextLines
  private let byteCount: Int
  private let delimiter: UInt8
  private var joinsLines = true
  /// Bytes that the lines of one row may have together.
  private static let rowLimit = 64 << 10

  init(_ source: ByteSource, _ limits: Limits, delimiter: UInt8) {
    lines = TextLines(source, limits)
    byteCount = source.count
    self.delimiter = delimiter
  }

  mutating func next() throws(ParseError) -> DelimitedRow? {
    while var line = try lines.next() {
      guard !line.bytes.allSatisfy({ $0 <= 0x20 }), line.bytes.first != UInt8(ascii: "#") else { continue }
      var end = line.offset + line.bytes.count
      while joinsLines, Self.isOpen(line.bytes) {
        // A quote that nothing closes is one such line, and the last that is looked for.
        guard line.bytes.count < Self.rowLimit, let more = try lines.next() else {
          joinsLines = false
          break
        }
        line.bytes += [0x20] + more.bytes
        end = more.offset + more.bytes.count
      }
      return DelimitedRow(line, delimiter: delimiter, isLast: end >= byteCount)
    }
    return nil
  }

  private static func isOpen(_ bytes: [UInt8]) -> Bool {
    bytes.reduce(false) { $1 == UInt8(ascii: "\"") ? !$0 : $0 }
  }

  /// What stands between fields: what cuts the first lines into the same number of fields, at least two; else nil.
  static func delimiter(_ source: ByteSource) -> UInt8? {
    source.withPrefix { prefix in
      var bytes = Array(prefix)
      if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
        bytes.removeAll { $0 == 0 }
      }
      var lines = bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).prefix(40)
        .filter { !$0.allSatisfy { $0 <= 0x20 } && $0.first != UInt8(ascii: "#") }
      if bytes.count >= ByteSource.pageSize, lines.count > 2 { lines.removeLast() }
      var best: (delimiter: UInt8, score: Int)?
      for delimiter in ",;\t|".utf8 {
        let counts = lines.map { fieldCount($0, delimiter) }
        // Neighbours that agree speak for it; a preamble agrees with nothing.
        var score = zip(counts, counts.dropFirst()).filter { $0 == $1 && $0 > 1 }.count * 100
        score += min(counts.max() ?? 0, 50)
        if (counts.max() ?? 0) > 1, score > best?.score ?? 0 { best = (delimiter, score) }
      }
      return best?.delimiter
    }
  }

  private static func fieldCount(_ line: ArraySlice<UInt8>, _ delimiter: UInt8) -> Int {
    var isQuoted = false
    var count = 1
    for byte in line {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == delimiter, !isQuoted { count += 1 }
    }
    return count
  }
}
