internal import UntrailBytes
internal import UntrailModel

/// Web pages, and messages in HTML.
///
///     <!-- saved from url=(0024)https://www.example.org/ -->
///     <html><head><title>...</title>
///     <meta name="author" content="Mara Example"> <meta name="geo.position" content="48.2085;16.3731">
///     <script type="application/ld+json"> {"@type": "FlightReservation", ... } </script>
///     </head><body> <div itemscope itemtype="http://schema.org/..."> ... </div> </body></html>
///
/// Source: WHATWG, HTML Living Standard; schema.org, release 28.
struct PageReader: MetadataReader {
  var name: String { "HTML" }
  var mediaTypes: [String] { ["text/html", "application/xhtml+xml"] }
  var channels: String {
    "reservations and events of schema.org, author, generator, positions, where the page was saved from"
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    try PageDecoder.decode(source, into: &result, with: tools)
  }
}

/// Decodes a web page, wherever it stands.
struct PageDecoder {
  let limits: Limits
  var facts: FactSet
  /// The character set that the page names.
  var characterSet: String?
  /// Halves of positions that stand in elements of their own.
  var halves: [String: (text: String, offset: Int)] = [:]
  private var linked: SchemaData
  private var micro: SchemaData
  private var microdata: Microdata
  private var hasTitle = false

  private init(_ limits: Limits) {
    self.limits = limits
    facts = FactSet(limit: limits.observations / 2)
    linked = SchemaData("JSON-LD", limits)
    micro = SchemaData("Microdata", limits)
    microdata = Microdata(limits)
  }

  /// Adds what a page says of itself, and what is booked in it.
  static func decode(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var decoder = PageDecoder(tools.limits)
    let isWide = source.withPrefix { $0.starts(with: [0xFF, 0xFE]) || $0.starts(with: [0xFE, 0xFF]) }
    try decoder.read(isWide ? narrowed(source, tools.limits) : source, into: &result)
  }

  /// A page of UTF-16 in UTF-8, the first structures of it.
  private static func narrowed(_ source: ByteSource, _ limits: Limits) throws(ParseError) -> ByteSource {
    var lines = TextLines(source, limits)
    var bytes: [UInt8] = []
    while bytes.count < 16 * limits.structure, let line = try lines.next() { bytes += line.bytes + [0x0A] }
    return ByteSource(bytes: bytes, isJoined: true)
  }

  private mutating func read(_ source: ByteSource, into result: inout ReadResult) throws(ParseError) {
    var tokens = MarkupTokens(source, limits)
    var flaw: ParseError?
    do throws(ParseError) {
      while let token = try tokens.next() {
        take(token, into: &result)
        tokens.wantsText = microdata.wantsText
      }
    } catch {
      flaw = error
    }
    takeItems(isAtEnd: true, into: &result)
    if tokens.isBroken { result.damage("truncated", "the page ends inside an element", at: source.count) }
    if let flaw { throw flaw }
  }

  private mutating func take(_ token: MarkupTokens.Token, into result: inout ReadResult) {
    switch token {
    case .start(let tag):
      if tag.name == "meta" { meta(tag, into: &result) }
      if tag.name == "link" { link(tag, into: &result) }
      microdata.start(tag, in: characterSet)
    case .end(let name): microdata.end(name, in: characterSet)
    case .text(let bytes): microdata.text(bytes)
    case .comment(let bytes, let offset): comment(bytes, at: offset, into: &result)
    case .content(let bytes, let tag, let offset):
      content(bytes, of: tag, at: offset, into: &result)
      microdata.end(tag.name, in: characterSet)
    }
    takeItems(isAtEnd: false, into: &result)
  }

  private mutating func takeItems(isAtEnd: Bool, into result: inout ReadResult) {
    for item in microdata.take(in: characterSet, isAtEnd: isAtEnd) {
      micro.add(item, at: .block(0), into: &result)
    }
  }

  private mutating func content(
    _ bytes: [UInt8], of tag: MarkupTag, at offset: Int, into result: inout ReadResult
  ) {
    if tag.name == "title" {
      guard !hasTitle, let text = text(bytes) else { return }
      hasTitle = true
      facts.add(.title, .text(MarkupText.collapsed(text)), "HTML:title", at: offset, into: &result)
    } else if tag.name == "script" {
      guard !bytes.isEmpty else { return }
      if bytes.count > limits.structure {
        return result.damageOnce("limit", "data in a script is longer than what is read of it")
      }
      linked.addJSON(bytes, at: .block(offset), into: &result)
    }
  }

  func text(_ bytes: [UInt8]) -> String? { MarkupText.decode(bytes, in: characterSet, limits) }
}
