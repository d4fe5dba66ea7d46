internal import UntrailBytes
internal import UntrailModel

/// The objects of one file, each read when it is asked for.
///
///     %PDF-1.7                          within the first KiB
///     12 0 obj << ... >> endobj         an object
///     13 0 obj << /Length 8 >> stream ... endstream endobj
///     xref ... trailer << ... >>        where objects stand; or a stream that says so
///     startxref 1234 %%EOF              where the last such table stands; each names the one before
///
/// Source: ISO 32000-2:2020, section 7.5.
final class PDFDocument {
  static let largestNumber = 8_388_607 * 16

  let source: ByteSource
  let limits: Limits
  /// Bytes in front of the file's header, from which offsets count; mostly 0.
  private(set) var headerOffset = 0
  /// The tables, the newest first.
  private(set) var sections: [PDFSection] = []
  private(set) var security: PDFSecurity?
  /// What was wrong, each once.
  private(set) var flaws: [ParseError] = []
  /// Whether the tables were broken, and the objects were searched for.
  private(set) var isRebuilt = false
  /// Whether no more of the file may be read.
  private(set) var isExhausted = false

  private var unpacking: PDFUnpacking
  private var cache: [PDFReference: PDFObject] = [:]
  /// By where they stand.
  private var packs: [Int: PDFObjectStream] = [:]
  private var beingRead: Set<Int> = []

  private static let cacheLimit = 8192
  private static let flawLimit = 32
  /// Objects that are read while another is, such as the length of a compressed one inside another compressed one.
  private static let deepest = 64

  init(_ source: ByteSource, _ limits: Limits) {
    self.source = source
    self.limits = limits
    unpacking = PDFUnpacking(limits)
    let prefix = source.withPrefix { Array($0.prefix(1024)) }
    let mark = Array("%PDF-".utf8)
    headerOffset = prefix.indices.first { prefix[$0...].starts(with: mark) } ?? 0
  }

  /// Reads the tables, and the lock where there is one.
  func open() {
    var tables = PDFTables(self)
    sections = tables.read()
    if sections.isEmpty || !hasCatalog { rebuild() } else { unlock() }
    // A catalog that is locked away in a compressed object shows only now.
    if !isRebuilt, security?.isLocked != true, catalog == nil { rebuild() }
  }

  /// What the newest trailer says; a key that it lacks is looked for in the older ones.
  func trailer(_ key: String) -> PDFObject? {
    for section in sections {
      if let value = section.trailer[key], !value.isNull { return value }
    }
    return nil
  }

  var catalog: PDFDictionary? {
    guard let root = trailer("Root"), let catalog = resolve(root).dictionary,
      catalog["Pages"] != nil || catalog["Type"]?.name == "Catalog"
    else { return nil }
    return catalog
  }

  private var hasCatalog: Bool {
    guard let reference = trailer("Root")?.reference, let entry = entry(reference.number) else {
      return false
    }
    guard case .at(let offset, _) = entry else { return true }
    return indirect(at: offset)?.reference.number == reference.number
  }

  private func rebuild() {
    guard !isRebuilt else { return }
    isRebuilt = true
    note(ParseError(.malformed, at: 0, "the table of objects is broken: they were searched for"))
    var search = PDFSearch(self)
    cache = [:]
    packs = [:]
    security = nil
    // Where nothing stands in front of them, places are offsets.
    headerOffset = 0
    sections = [search.section]
    unlock()
    search.addPacked(self)
    sections = [search.section]
    cache = [:]
  }

  private func unlock() {
    guard let entry = trailer("Encrypt"), let dictionary = whole(entry).dictionary else { return }
    let id = value(value(trailer("ID"))?.array?.first)?.string?.bytes ?? []
    security = PDFSecurity(dictionary, id: id)
    cache = [:]
    packs = [:]
  }

  /// A value with the references inside it resolved, some levels deep.
  private func whole(_ object: PDFObject, depth: Int = 0) -> PDFObject {
    guard case .dictionary(var dictionary) = resolve(object), depth < 4 else { return resolve(object) }
    dictionary.mapValues { whole($1, depth: depth + 1) }
    return .dictionary(dictionary)
  }

  /// Counts offsets from the beginning of the file, as some writers do that put something in front of the header.
  func ignoreHeaderOffset() { headerOffset = 0 }

  func note(_ flaw: ParseError) {
    if flaw.code == .limit, flaw.what.hasPrefix("more than") { isExhausted = true }
    guard flaws.count < Self.flawLimit,
      !flaws.contains(where: { $0.code == flaw.code && $0.what == flaw.what })
    else { return }
    flaws.append(flaw)
  }

  // MARK: Objects

  /// What the tables say of an object, from the table with this index on.
  func entry(_ number: Int, from first: Int = 0) -> PDFEntry? {
    for section in sections.dropFirst(first) {
      if let entry = section.entry(number, source) { return entry }
    }
    return nil
  }

  /// The value behind references; null where there is none.
  func resolve(_ object: PDFObject) -> PDFObject {
    var object = object
    var steps = 0
    while case .reference(let reference) = object {
      steps += 1
      guard steps <= limits.nesting else {
        note(ParseError(.limit, at: 0, "references that lead to each other"))
        return .null
      }
      object = self.object(reference)
    }
    return object
  }

  /// The value behind references; nil where there is none.
  func value(_ object: PDFObject?) -> PDFObject? {
    guard let object else { return nil }
    let value = resolve(object)
    return value.isNull ? nil : value
  }

  private func object(_ reference: PDFReference) -> PDFObject {
    if let known = cache[reference] { return known }
    guard !isExhausted, begin(reference.number) else { return .null }
    defer { beingRead.remove(reference.number) }
    let value = read(reference, from: 0) ?? .null
    if cache.count >= Self.cacheLimit { cache = [:] }
    cache[reference] = value
    return value
  }

  /// Notes that an object is being read.
  ///
  /// - Returns: whether it may be: it is not yet, and not too many others are.
  private func begin(_ number: Int) -> Bool {
    guard beingRead.count < Self.deepest else {
      note(ParseError(.limit, at: 0, "objects that are needed to read each other, too deep"))
      return false
    }
    return beingRead.insert(number).inserted
  }

  /// An object as the table with this index, or an older one, has it.
  func read(_ reference: PDFReference, from first: Int) -> PDFObject? {
    switch entry(reference.number, from: first) {
    case .at(let offset, _):
      if let found = indirect(at: offset), found.reference.number == reference.number {
        return opened(found.value, found.reference)
      }
      guard first == 0, !isRebuilt, !isExhausted else { return nil }
      rebuild()
      guard case .at(let offset, _) = entry(reference.number), let found = indirect(at: offset) else {
        return nil
      }
      return opened(found.value, found.reference)
    case .packed(let stream, let index):
      return pack(stream, from: first)?.object(reference.number, index: index, limits)
    case .free, nil: return nil
    }
  }

  private func pack(_ number: Int, from first: Int = 0) -> PDFObjectStream? {
    guard case .at(let offset, _) = entry(number, from: first) else { return nil }
    if let known = packs[offset] { return known }
    guard let found = indirect(at: offset), case .stream(let stream) = opened(found.value, found.reference),
      begin(-1 - number)
    else { return nil }
    defer { beingRead.remove(-1 - number) }
    let content = content(of: stream)
    guard let pack = PDFObjectStream(content.bytes, stream.dictionary, limits) else { return nil }
    packs[offset] = pack
    return pack
  }

  /// The objects inside a compressed one.
  func numbers(inPack number: Int) -> [Int] { pack(number)?.numbers ?? [] }

  /// An object inside a compressed one.
  func packed(_ number: Int, inPack pack: Int, index: Int) -> PDFObject? {
    self.pack(pack)?.object(number, index: index, limits)
  }

  /// Reads an object where it stands.
  func indirect(at offset: Int) -> (reference: PDFReference, value: PDFObject, end: Int)? {
    guard offset >= 0, offset <= source.count - headerOffset else { return nil }
    let start = offset + headerOffset
    var end = start
    let found = parse(at: start) { lexer -> (PDFReference, PDFObject)? in
      guard let number = lexer.unsigned(), let generation = lexer.unsigned(), lexer.take("obj") else {
        return nil
      }
      let reference = PDFReference(number: number, generation: generation)
      let value = lexer.object() ?? .null
      guard case .dictionary(let dictionary) = value, lexer.take("stream") else {
        end = start + lexer.position
        return (reference, value)
      }
      lexer.takeLineEnd()
      end = start + lexer.position
      return (reference, .stream(PDFStream(dictionary: dictionary, start: end, reference: reference)))
    }
    return found.map { ($0.0, $0.1, end) }
  }

  /// Has something parsed, with as many bytes as it needs.
  func parse<Value>(at start: Int, _ body: (inout PDFLexer) -> Value?) -> Value? {
    guard start >= 0, start < source.count else { return nil }
    let most = min(limits.structure, source.runLimit)
    // Short runs come from a page that is kept, so that small objects beside each other cost one read.
    var length = 500
    while true {
      let count = min(length, source.count - start)
      do throws(ParseError) {
        let bytes = try source.bytes(at: start, count: count)
        var lexer = PDFLexer(bytes, base: start, nesting: limits.nesting)
        let value = body(&lexer)
        if lexer.isTooDeep { note(ParseError(.limit, at: start, "values too deep in each other")) }
        if !lexer.isCut || count == source.count - start { return value }
        if length >= most {
          note(ParseError(.limit, at: start, "an object is longer than \(most) bytes"))
          return value
        }
      } catch {
        note(error)
        return nil
      }
      length = min(most, length * 8)
    }
  }

  /// The value with its strings unlocked.
  private func opened(_ value: PDFObject, _ reference: PDFReference) -> PDFObject {
    guard let security else { return value }
    switch value {
    case .string(var string):
      string.bytes = security.string(string.bytes, of: reference)
      return .string(string)
    case .array(let items): return .array(items.map { opened($0, reference) })
    case .dictionary(let dictionary): return .dictionary(opened(dictionary, reference))
    case .stream(var stream):
      stream.dictionary = opened(stream.dictionary, reference)
      return .stream(stream)
    default: return value
    }
  }

  private func opened(_ dictionary: PDFDictionary, _ reference: PDFReference) -> PDFDictionary {
    // What a signature signs, it does not lock.
    let isSignature = dictionary["ByteRange"] != nil
    var dictionary = dictionary
    dictionary.mapValues { key, value in isSignature && key == "Contents" ? value : opened(value, reference) }
    return dictionary
  }
}

// MARK: Budget

extension PDFDocument {
  /// The most bytes that a stream of this packed size may become now.
  func unpackingLimit(packedSize: Int) -> Int { unpacking.limit(packedSize: packedSize) }

  func takeUnpacked(_ count: Int) { unpacking.take(count) }
}
