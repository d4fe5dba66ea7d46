internal import UntrailBytes
internal import UntrailModel

/// What is kept while the facts of one document are collected.
struct PDFSession {
  let document: PDFDocument
  let tools: ReaderTools
  private var facts: FactSet
  /// Where streams start that were read already.
  private var seen: Set<Int> = []
  /// Observations that say that something is hidden, by what it is.
  private var hiddenCounts: [String: Int] = [:]

  /// Hidden things of one kind that are listed; there may be one on each page.
  private static let hiddenLimit = 16

  init(_ document: PDFDocument, _ tools: ReaderTools) {
    self.document = document
    self.tools = tools
    facts = FactSet(limit: tools.limits.observations)
  }

  var limits: Limits { tools.limits }

  /// Whether a stream was not met before.
  mutating func isNew(_ stream: PDFStream) -> Bool { seen.insert(stream.start).inserted }

  // MARK: Values

  func value(_ object: PDFObject?) -> PDFObject? { document.value(object) }

  func dictionary(_ object: PDFObject?) -> PDFDictionary? { document.value(object)?.dictionary }

  func array(_ object: PDFObject?) -> [PDFObject] {
    (document.value(object)?.array ?? []).prefix(limits.entries).map { $0 }
  }

  /// A text string, or a name; nil where there is none, or an empty one.
  func text(_ object: PDFObject?) -> (text: String, place: Int?)? {
    switch document.value(object) {
    case .string(let string)?:
      PDFText.decode(string, limits).map { ($0, string.place.map { min($0, document.source.count) }) }
    case .name(let name)? where !name.isEmpty: (name, nil)
    default: nil
    }
  }

  // MARK: Facts

  mutating func add(
    _ role: Role, _ fact: Observation.Fact, _ field: String, at place: Int?, into result: inout ReadResult
  ) {
    facts.add(role, fact, field, at: place, into: &result)
  }

  /// Adds a text where there is one.
  mutating func add(
    _ role: Role, _ object: PDFObject?, _ field: String, into result: inout ReadResult,
    as fact: (String) -> Observation.Fact
  ) {
    guard let value = text(object) else { return }
    add(role, fact(value.text), field, at: value.place, into: &result)
  }

  mutating func addTime(_ role: Role, _ object: PDFObject?, _ field: String, into result: inout ReadResult) {
    guard let value = text(object) else { return }
    if let time = PDFDate.read(value.text) {
      add(role, .timestamp(time), field, at: value.place, into: &result)
    } else if value.text.contains(where: { ("1"..."9").contains($0) }), value.text.utf8.count > 8 {
      result.doubtOnce("time-malformed", "\(field) is not a date", at: value.place)
    }
  }

  /// - Parameter count: bytes; nil where they are not known.
  mutating func addHidden(
    _ role: Role, _ count: Int?, _ field: String, at place: Int?, into result: inout ReadResult
  ) {
    let known = hiddenCounts[field, default: 0]
    guard known < Self.hiddenLimit else { return }
    hiddenCounts[field] = known + 1
    result.add(role, .hidden(HiddenContent(byteCount: count)), field, at: place)
  }

  // MARK: Streams

  /// The XMP beside a document, a page, a picture.
  mutating func readMetadata(of dictionary: PDFDictionary, into result: inout ReadResult) {
    guard let stream = value(dictionary["Metadata"])?.stream, isNew(stream) else { return }
    readMetadata(stream, into: &result)
  }

  func readMetadata(_ stream: PDFStream, into result: inout ReadResult) {
    if document.isPlain(stream)
      || document.security?.isMetadataLocked == false && document.filters(of: stream).isEmpty
    {
      let view = ByteView(document.source, start: stream.start, count: document.length(of: stream))
      return EmbeddedBlocks.xmp(view, into: &result, tools)
    }
    withContent(of: stream, isXMP: true, into: &result) { EmbeddedBlocks.xmp($0, into: &$1, tools) }
  }

  /// Gives what a stream holds as a block; its offsets are no places in the file.
  func withContent(
    of stream: PDFStream, isXMP: Bool = false, into result: inout ReadResult,
    _ body: (ByteView, inout ReadResult) -> Void
  ) {
    let content = document.content(of: stream, isXMP: isXMP)
    guard !content.bytes.isEmpty, content.picture == nil, !content.isUnread else { return }
    let count = result.diagnostics.count
    body(
      ByteView(ByteSource(bytes: content.bytes, isJoined: true), start: 0, count: content.bytes.count),
      &result)
    result.forgetPlaces(from: count)
  }

  /// Says what was wrong with the document.
  func finish(into result: inout ReadResult) {
    for var flaw in document.flaws {
      flaw.offset = min(max(flaw.offset, 0), document.source.count)
      result.damage(flaw)
    }
    if facts.isFull { result.damageOnce("limit", "more facts than one file may have") }
  }
}
