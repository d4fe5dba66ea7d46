internal import UntrailBytes
internal import UntrailModel

/// Searches a file whose tables are broken for its objects: "12 0 obj", of which the last with a number counts.
struct PDFSearch {
  /// What was found, as a table.
  private(set) var section: PDFSection
  private var found: [Int: PDFEntry] = [:]
  /// Compressed objects, in the order of the file.
  private var packs: [Int] = []
  private var trailers: [Int] = []
  private var roots: [Int] = []
  /// Objects with words that the dictionary of the document's own facts has.
  private var informations: [Int] = []
  private var isFull = false
  private let entryLimit: Int

  /// Bytes that a word and the numbers in front of it have at most.
  private static let overlap = 32

  init(_ document: PDFDocument) {
    section = PDFSection(place: nil, trailer: PDFDictionary(), tables: [], previous: nil)
    entryLimit = document.limits.entries
    let pieces = PieceReader(document.source, limit: document.limits.bytes)
    do throws(ParseError) {
      // The end of a piece, for words that lie across.
      var tail: [UInt8] = []
      while let piece = try pieces.next() {
        let start = piece.offset - tail.count
        let run = tail + piece.bytes
        run.withUnsafeBufferPointer { look($0, start, skipping: tail.count) }
        tail = Array(run.suffix(Self.overlap))
      }
    } catch {
      document.note(error)
    }
    if isFull {
      document.note(ParseError(.limit, at: 0, "the file has more than \(entryLimit) objects"))
    }
    section.tables = [.found(found)]
    section.trailer = trailer(document)
  }

  /// - Parameter skipped: bytes at the start that were looked at before.
  private mutating func look(_ run: UnsafeBufferPointer<UInt8>, _ start: Int, skipping skipped: Int) {
    for index in run.indices {
      switch run[index] {
      // The words are found at their ends, so that each is found once.
      case UInt8(ascii: "j") where index >= skipped && Self.ends(run, index, "obj"):
        addObject(run, before: index - 2, start)
      case UInt8(ascii: "r") where index >= skipped && Self.ends(run, index, "trailer"):
        if trailers.count < 64 { trailers.append(start + index + 1) }
      case UInt8(ascii: "m") where index >= skipped && Self.ends(run, index, "/ObjStm"):
        if let last = lastNumber, packs.last != last, packs.count < entryLimit { packs.append(last) }
      case UInt8(ascii: "f") where index >= skipped && Self.ends(run, index, "/XRef"):
        if let place = lastPlace, trailers.count < 64 { trailers.append(place) }
      case UInt8(ascii: "g") where index >= skipped && Self.ends(run, index, "/Catalog"):
        if let last = lastNumber, roots.count < 64 { roots.append(last) }
      case UInt8(ascii: "e") where index >= skipped && Self.ends(run, index, "/CreationDate"):
        noteInformation()
      case UInt8(ascii: "r") where index >= skipped && Self.ends(run, index, "/Producer"): noteInformation()
      default: break
      }
    }
  }

  private mutating func noteInformation() {
    if let last = lastNumber, informations.count < 64, informations.last != last { informations.append(last) }
  }

  private var lastNumber: Int?
  private var lastPlace: Int?

  private static func ends(_ run: UnsafeBufferPointer<UInt8>, _ index: Int, _ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard index + 1 >= count else { return false }
    return word.withUTF8Buffer { $0.elementsEqual(run[(index + 1 - count)...index]) }
  }

  /// The two numbers in front of the word "obj".
  private mutating func addObject(_ run: UnsafeBufferPointer<UInt8>, before end: Int, _ start: Int) {
    var index = end
    func skipSpace() -> Bool {
      let before = index
      while index > 0, PDFLexer.isSpace(run[index - 1]) { index -= 1 }
      return index < before
    }
    func number() -> Int? {
      let last = index
      while index > 0, last - index < 10, run[index - 1] >= 0x30, run[index - 1] <= 0x39 { index -= 1 }
      return index < last ? run[index..<last].reduce(0) { $0 * 10 + Int($1 - 0x30) } : nil
    }
    _ = skipSpace()
    guard let generation = number(), skipSpace(), let number = number(), number <= PDFDocument.largestNumber,
      generation <= 65_535
    else { return }
    lastNumber = number
    lastPlace = start + index
    guard found[number] != nil || found.count < entryLimit else {
      isFull = true
      return
    }
    found[number] = .at(offset: start + index, generation: generation)
  }

  /// All that the trailers say, the last of them first.
  private func trailer(_ document: PDFDocument) -> PDFDictionary {
    var all = PDFDictionary()
    for place in trailers.reversed() {
      let dictionary: PDFDictionary? =
        document.parse(at: place) { lexer in
          // A stream of cross-references has its own, as an object.
          if lexer.unsigned() != nil { _ = lexer.unsigned().map { _ in lexer.take("obj") } }
          return lexer.object()?.dictionary
        }
      for entry in dictionary?.entries ?? [] where all[entry.key] == nil {
        all.append(entry.key, entry.value)
      }
    }
    if all["Root"] == nil, let root = roots.last {
      all.append("Root", .reference(PDFReference(number: root, generation: 0)))
    }
    if all["Info"] == nil, all["Encrypt"] == nil,
      let number = informations.last(where: { isInformation($0, document) })
    {
      all.append("Info", .reference(PDFReference(number: number, generation: 0)))
    }
    return all
  }

  /// Comments and attached files have dates too, but also a type, or a place on a page.
  private func isInformation(_ number: Int, _ document: PDFDocument) -> Bool {
    guard case .at(let place, _)? = found[number],
      case .dictionary(let dictionary)? = document.indirect(at: place - document.headerOffset)?.value
    else { return false }
    return ["Type", "Subtype", "Rect", "EF", "Contents"].allSatisfy { dictionary[$0] == nil }
  }

  /// Adds the objects inside compressed ones, where none with their numbers stands behind those.
  mutating func addPacked(_ document: PDFDocument) {
    guard document.security?.isLocked != true else { return }
    for pack in packs {
      guard case .at(let place, _)? = found[pack] else { continue }
      for (index, number) in document.numbers(inPack: pack).enumerated() {
        if case .at(let other, _)? = found[number], other > place { continue }
        guard found[number] != nil || found.count < entryLimit else { break }
        found[number] = .packed(stream: pack, index: index)
      }
    }
    section.tables = [.found(found)]
    guard section.trailer["Root"] == nil else { return }
    // The catalog itself may be compressed.
    let numbers = packs.flatMap { document.numbers(inPack: $0) }
    if let root = numbers.last(where: { isCatalog($0, document) }) {
      section.trailer.append("Root", .reference(PDFReference(number: root, generation: 0)))
    }
  }

  private func isCatalog(_ number: Int, _ document: PDFDocument) -> Bool {
    guard case .packed(let pack, let index)? = found[number] else { return false }
    return document.packed(number, inPack: pack, index: index)?.dictionary?["Type"]?.name == "Catalog"
  }
}
