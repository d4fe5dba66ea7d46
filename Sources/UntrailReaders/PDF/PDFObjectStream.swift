internal import UntrailModel

/// Objects that were compressed together: pairs of a number and an offset, then the objects.
///
/// Source: ISO 32000-2:2020, section 7.5.7.
struct PDFObjectStream {
  private let bytes: [UInt8]
  private let offsets: [(number: Int, offset: Int)]

  var numbers: [Int] { offsets.map(\.number) }

  /// Nil where the dictionary is none of such a stream.
  init?(_ bytes: [UInt8], _ dictionary: PDFDictionary, _ limits: Limits) {
    guard let first = dictionary["First"]?.integer, let count = dictionary["N"]?.integer, first >= 0,
      count > 0
    else { return nil }
    var lexer = PDFLexer(bytes, base: nil, nesting: limits.nesting)
    var offsets: [(number: Int, offset: Int)] = []
    while offsets.count < min(count, limits.entries), let number = lexer.unsigned(),
      let offset = lexer.unsigned()
    {
      let (start, overflow) = first.addingReportingOverflow(offset)
      guard !overflow else { break }
      offsets.append((number, start))
    }
    self.bytes = bytes
    self.offsets = offsets
  }

  /// - Parameter index: where the table says that it stands among the others.
  func object(_ number: Int, index: Int, _ limits: Limits) -> PDFObject? {
    let offset: Int
    if offsets.indices.contains(index), offsets[index].number == number {
      offset = offsets[index].offset
    } else if let found = offsets.first(where: { $0.number == number }) {
      offset = found.offset
    } else {
      return nil
    }
    guard offset < bytes.count else { return nil }
    var lexer = PDFLexer(bytes, base: nil, nesting: limits.nesting, from: offset)
    return lexer.object()
  }
}
