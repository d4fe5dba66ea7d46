internal import UntrailBytes
internal import UntrailModel

/// Reads the tables of a file, from the newest to the oldest.
///
///     xref
///     0 6                          the number of the first object, and how many
///     0000000003 65535 f<CR LF>    20 bytes for each: offset, generation, in use or free
///     trailer << /Root 1 0 R /Info 2 0 R /Prev 1234 /XRefStm 900 >>
///
/// Source: ISO 32000-2:2020, sections 7.5.4, 7.5.5 and 7.5.8.
struct PDFTables {
  private let document: PDFDocument
  private var source: ByteSource { document.source }

  /// Tables of one file that are followed.
  private static let most = 1024
  /// Bytes at the end of the file in which the word "startxref" is looked for, first and then.
  private static let tails = [4096, 64 << 10]

  init(_ document: PDFDocument) { self.document = document }

  /// The tables, the newest first; none where one of them is broken.
  mutating func read() -> [PDFSection] {
    guard let start = startOfTables() else { return [] }
    let sections = chain(from: start)
    guard sections.isEmpty, document.headerOffset > 0 else { return sections }
    document.ignoreHeaderOffset()
    return chain(from: start)
  }

  /// The number behind the last word "startxref".
  private func startOfTables() -> Int? {
    let word = Array("startxref".utf8)
    for length in Self.tails {
      let count = min(length, source.count, source.runLimit)
      guard let tail = try? source.bytes(at: source.count - count, count: count), tail.count >= word.count
      else { return nil }
      for index in (0...(tail.count - word.count)).reversed() where tail[index] == word[0] {
        guard tail[index...].starts(with: word) else { continue }
        var lexer = PDFLexer(tail, base: nil, nesting: 1, from: index + word.count)
        return lexer.unsigned()
      }
    }
    return nil
  }

  private func chain(from start: Int) -> [PDFSection] {
    var sections: [PDFSection] = []
    var seen: Set<Int> = []
    var next: Int? = start
    while let offset = next {
      guard seen.insert(offset).inserted else {
        document.note(
          ParseError(.malformed, at: min(offset, source.count), "tables of objects that lead to each other"))
        break
      }
      guard sections.count < Self.most else {
        document.note(ParseError(.limit, at: 0, "more than \(Self.most) tables of objects"))
        break
      }
      guard let section = section(at: offset) else {
        // An old table that is missing takes only what is old.
        if sections.isEmpty { return [] }
        document.note(
          ParseError(
            .malformed, at: min(max(offset, 0), source.count), "an older table of objects is not there"))
        break
      }
      sections.append(section)
      next = section.previous
    }
    return sections
  }

  private func section(at offset: Int) -> PDFSection? {
    let (start, overflow) = offset.addingReportingOverflow(document.headerOffset)
    guard !overflow, start >= 0, start < source.count else { return nil }
    let behind: Int? = document.parse(at: start) { $0.take("xref") ? start + $0.position : nil }
    guard let behind else { return stream(at: offset) }
    guard var section = lines(at: behind) else { return nil }
    section.place = start
    if let hybrid = section.trailer["XRefStm"]?.integer, let stream = stream(at: hybrid) {
      section.tables.insert(contentsOf: stream.tables, at: 0)
    }
    return section
  }

  private func stream(at offset: Int) -> PDFSection? {
    guard let found = document.indirect(at: offset), case .stream(let stream) = found.value,
      stream.dictionary["W"] != nil
    else { return nil }
    let content = document.content(of: stream)
    guard
      let numbers = PDFEntryNumbers(content.bytes, stream.dictionary, runLimit: document.limits.entries)
    else { return nil }
    return PDFSection(
      place: offset + document.headerOffset, trailer: stream.dictionary, tables: [.numbers(numbers)],
      previous: stream.dictionary["Prev"]?.integer)
  }

  private enum Head {
    case trailer(PDFDictionary)
    case lines(first: Int, count: Int, start: Int)
  }

  private func lines(at start: Int) -> PDFSection? {
    var tables: [PDFSection.Table] = []
    var position = start
    while tables.count < document.limits.entries {
      switch head(at: position) {
      case .trailer(let trailer)?:
        return PDFSection(trailer: trailer, tables: tables, previous: trailer["Prev"]?.integer)
      case .lines(var first, let count, let start)?:
        position = start
        guard count > 0 else { continue }
        guard let width = width(at: start, count: count) else { return nil }
        // Some writers count from 1; the first entry is that of object 0.
        if first == 1, let line = try? source.bytes(at: start, count: 18),
          line.suffix(7) == Array("65535 f".utf8)[...]
        {
          first = 0
        }
        tables.append(.lines(first: first, count: count, start: start, width: width))
        position = start + count * width
      case nil: return nil
      }
    }
    return nil
  }

  private func head(at position: Int) -> Head? {
    document.parse(at: position) { lexer in
      if lexer.take("trailer") {
        guard case .dictionary(let trailer)? = lexer.object() else { return nil }
        return .trailer(trailer)
      }
      guard let first = lexer.unsigned(), let count = lexer.unsigned(), first <= PDFDocument.largestNumber,
        count <= PDFDocument.largestNumber
      else { return nil }
      lexer.skipSpace()
      return .lines(first: first, count: count, start: position + lexer.position)
    }
  }

  /// Bytes from one line to the next: 20, but for writers with another end of line.
  private func width(at start: Int, count: Int) -> Int? {
    [20, 19, 21].first { width in
      let last = start + (count - 1) * width
      guard PDFSection.line(at: start, source) != nil, PDFSection.line(at: last, source) != nil,
        count == 1 || PDFSection.line(at: start + width, source) != nil
      else { return false }
      let next: Bool? = document.parse(at: last + 18) { lexer in
        if lexer.take("trailer") { return true }
        return lexer.unsigned() != nil && lexer.unsigned() != nil && !lexer.take("n") && !lexer.take("f")
      }
      return next ?? false
    }
  }
}
