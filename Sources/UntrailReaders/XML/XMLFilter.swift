internal import UntrailBytes
internal import UntrailModel

/// Goes through XML text once, byte by byte, before the parser does: blanks control characters and the document
/// type, shortens long values, and stops where markup is made to cost time.
///
/// The parser compares every attribute of an element with every other one, and every prefix with every
/// declaration in force. It also knows entities; without a document type there are only the five built-in ones.
struct XMLFilter {
  private(set) var bytes: [UInt8] = []
  private(set) var runs: [XMLText.Run] = []
  private(set) var drops: [XMLText.Drop] = []
  private(set) var flaw: ParseError?
  /// Whether nothing but white space and zeros was taken.
  private(set) var isBlank = true

  private enum State: Equatable {
    /// Before the first "<": nothing is kept.
    case nothing
    case text
    /// Behind "<", until it is known what it begins.
    case opening
    case tag
    case quoted(UInt8)
    case comment
    case characterData
    case instruction
    /// With the quotation mark that is open, or 0, and whether in brackets.
    case documentType(quote: UInt8, isInBrackets: Bool)
    case documentTypeComment
  }

  /// More than any writer puts into one element.
  private static let attributeLimit = 1024
  /// More than any writer declares in one text.
  private static let declarationLimit = 4096

  private var state = State.nothing
  /// The last four bytes, also those that are not kept.
  private var tail: UInt32 = 0
  private var markupStart = 0
  private var runStart = 0
  private var dropped = 0
  private var attributes = 0
  private var declarations = 0
  private var place: Int?
  private let keep: Int
  private let limit: Int

  init(_ limits: Limits) {
    // References make a value shorter: what is kept is still longer than a text may be.
    keep = 2 * limits.text + 16
    limit = limits.structure
  }

  /// Whether no more is taken.
  var isFull: Bool { flaw != nil }

  /// - Parameter place: where the bytes stand in the file; nil where they do not.
  mutating func take(_ chunk: UnsafeRawBufferPointer, at place: Int?) {
    self.place = place
    if !bytes.isEmpty { noteRun() }
    var index = 0
    while index < chunk.count, !isFull {
      let count = ordinaryCount(chunk, from: index)
      if count > 0 {
        takeOrdinary(UnsafeRawBufferPointer(rebasing: chunk[index..<(index + count)]))
        index += count
      } else {
        let byte = chunk[index]
        step(Self.isControl(byte) ? 0x20 : byte)
        index += 1
        self.place = self.place.map { $0 + 1 }
      }
    }
  }

  private static func isControl(_ byte: UInt8) -> Bool {
    byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D
  }

  /// How many bytes of a text or a value come before one that needs a closer look.
  private func ordinaryCount(_ chunk: UnsafeRawBufferPointer, from start: Int) -> Int {
    let end: UInt8
    switch state {
    case .text: end = UInt8(ascii: "<")
    case .quoted(let quote): end = quote
    default: return 0
    }
    var index = start
    while index < chunk.count, chunk[index] != end, !Self.isControl(chunk[index]) { index += 1 }
    return index - start
  }

  /// As `keepOrDrop` for each of the bytes.
  private mutating func takeOrdinary(_ run: UnsafeRawBufferPointer) {
    let room = dropped > 0 ? 0 : max(0, keep - (bytes.count - runStart))
    let wanted = min(room, run.count)
    let kept = min(wanted, max(0, limit - bytes.count))
    bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: run[..<kept]))
    for byte in run.suffix(4) { tail = tail << 8 | UInt32(byte) }
    if kept < wanted {
      place = place.map { $0 + kept }
      return stop("an XML text longer than \(limit) bytes")
    }
    if kept < run.count {
      if dropped == 0 { trimReference() }
      dropped += run.count - kept
    }
    place = place.map { $0 + run.count }
  }

  mutating func finish() {
    endRun()
    // The parser would take what is there of an attribute for the whole.
    if state != .text, !bytes.isEmpty { bytes.removeSubrange(min(markupStart, bytes.count)...) }
  }

  private mutating func noteRun() {
    if let last = runs.last {
      if last.place.map({ $0 + (bytes.count - last.start) }) == place { return }
      if last.start == bytes.count { runs.removeLast() }
    }
    runs.append(XMLText.Run(start: bytes.count, place: place))
  }

  private mutating func step(_ byte: UInt8) {
    tail = tail << 8 | UInt32(byte)
    switch state {
    case .nothing:
      if byte > 0x20 { isBlank = false }
      guard byte == UInt8(ascii: "<") else { return }
      noteRun()
      open()
    case .text:
      if byte == UInt8(ascii: "<") { open() } else { keepOrDrop(byte) }
    case .opening: stepOpening(byte)
    case .tag: stepTag(byte)
    case .quoted(let quote):
      if byte == quote {
        endRun()
        append(byte)
        state = .tag
      } else {
        keepOrDrop(byte)
      }
    case .comment: stepTo("-->", byte, count: 3)
    case .characterData: stepTo("]]>", byte, count: 3)
    case .instruction: stepTo("?>", byte, count: 2)
    case .documentType(let quote, let isInBrackets):
      append(0x20)
      stepDocumentType(byte, quote, isInBrackets)
    case .documentTypeComment:
      append(0x20)
      if tail & 0xFF_FFFF == 0x2D_2D3E { state = .documentType(quote: 0, isInBrackets: true) }
    }
  }

  private mutating func open() {
    endRun()
    markupStart = bytes.count
    attributes = 0
    append(UInt8(ascii: "<"))
    state = .opening
  }

  private mutating func stepOpening(_ byte: UInt8) {
    append(byte)
    switch bytes.count - markupStart {
    case 2 where byte == UInt8(ascii: "?"): begin(.instruction)
    case 2 where byte != UInt8(ascii: "!"): state = byte == UInt8(ascii: ">") ? .text : .tag
    case 4 where tail == 0x3C21_2D2D: begin(.comment)  // "<!--"
    case 9:
      let word = bytes[markupStart...]
      if word.elementsEqual("<![CDATA[".utf8) {
        begin(.characterData)
      } else if word.elementsEqual("<!DOCTYPE".utf8) {
        for index in word.indices { bytes[index] = 0x20 }
        state = .documentType(quote: 0, isInBrackets: false)
      } else {
        state = .tag
      }
    default: break
    }
  }

  private mutating func stepTag(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "<"): return open()
    case UInt8(ascii: ">"): begin(.text)
    case UInt8(ascii: "\""), UInt8(ascii: "'"): begin(.quoted(byte))
    case UInt8(ascii: "="):
      attributes += 1
      if attributes > Self.attributeLimit {
        return stop("an element with more than \(Self.attributeLimit) attributes")
      }
    case UInt8(ascii: "s") where tail == 0x6D6C_6E73:  // "mlns"
      declarations += 1
      if declarations > Self.declarationLimit {
        return stop("more than \(Self.declarationLimit) names of namespaces")
      }
    default: break
    }
    append(byte)
    runStart = bytes.count
  }

  private mutating func stepDocumentType(_ byte: UInt8, _ quote: UInt8, _ isInBrackets: Bool) {
    switch byte {
    case quote where quote != 0: state = .documentType(quote: 0, isInBrackets: isInBrackets)
    case _ where quote != 0: break
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      state = .documentType(quote: byte, isInBrackets: isInBrackets)
    case UInt8(ascii: "-") where tail == 0x3C21_2D2D: state = .documentTypeComment
    case UInt8(ascii: "["): state = .documentType(quote: 0, isInBrackets: true)
    case UInt8(ascii: "]"): state = .documentType(quote: 0, isInBrackets: false)
    case UInt8(ascii: ">") where !isInBrackets: begin(.text)
    default: break
    }
  }

  /// Keeps what stands inside, up to the end mark.
  private mutating func stepTo(_ mark: StaticString, _ byte: UInt8, count: Int) {
    keepOrDrop(byte)
    let mask: UInt32 = count == 3 ? 0xFF_FFFF : 0xFFFF
    let wanted = mark.withUTF8Buffer { $0.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } }
    guard tail & mask == wanted else { return }
    if dropped > 0 {
      dropped = max(0, dropped - count)
      endRun()
      mark.withUTF8Buffer { for byte in $0 { append(byte) } }
      noteNextRun()
    }
    begin(.text)
  }

  private mutating func begin(_ next: State) {
    state = next
    runStart = bytes.count
    dropped = 0
    // What the state begins with is appended after this for text and quotes.
    if next == .text { runStart = bytes.count }
  }

  private mutating func keepOrDrop(_ byte: UInt8) {
    guard dropped > 0 || bytes.count - runStart >= keep else { return append(byte) }
    if dropped == 0 { trimReference() }
    dropped += 1
  }

  /// Takes the beginning of a reference, or of a character, from the end of what is kept.
  private mutating func trimReference() {
    if let ampersand = bytes.suffix(12).lastIndex(of: UInt8(ascii: "&")), ampersand >= runStart {
      dropped += bytes.count - ampersand
      bytes.removeSubrange(ampersand...)
    }
    var kept = 4
    while kept > 0, let last = bytes.last, last >= 0x80, bytes.count > runStart {
      bytes.removeLast()
      dropped += 1
      kept -= 1
      if last >= 0xC0 { break }
    }
  }

  /// Notes what was left out of the value that ends here.
  private mutating func endRun() {
    guard dropped > 0 else { return }
    drops.append(XMLText.Drop(at: bytes.count, count: dropped))
    dropped = 0
    noteRun()
  }

  private mutating func noteNextRun() {
    let here = place
    place = place.map { $0 + 1 }
    noteRun()
    place = here
  }

  private mutating func append(_ byte: UInt8) {
    guard bytes.count < limit else { return stop("an XML text longer than \(limit) bytes") }
    bytes.append(byte)
  }

  private mutating func stop(_ what: String) {
    guard flaw == nil else { return }
    flaw = ParseError(.limit, at: place ?? 0, what)
    // An element that is not whole says nothing.
    if state != .text { bytes.removeSubrange(min(markupStart, bytes.count)...) }
  }
}
