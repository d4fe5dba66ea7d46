internal import CXML
internal import UntrailBytes
internal import UntrailModel

/// An element as it begins: its name without prefix, and its attributes.
struct XMLStartTag {
  /// The name behind the colon.
  let name: String
  /// Bytes from the start of the file to about where the tag ends; nil for a text in another encoding than UTF-8.
  let offset: Int?
  fileprivate let attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  fileprivate let attributeCount: Int

  /// The value of the attribute with this name, whatever its prefix; nil where there is none.
  func attribute(_ name: StaticString) -> String? {
    bytes(name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The value of the attribute as bytes; valid while the tag is handled.
  func bytes(_ name: StaticString) -> UnsafeBufferPointer<UInt8>? {
    guard let attributes else { return nil }
    for index in 0..<attributeCount {
      // Five pointers each: local name, prefix, namespace, start and end of the value.
      let parts = attributes + 5 * index
      guard let local = parts[0], let start = parts[3], let end = parts[4], end >= start,
        Self.isEqual(local, name)
      else { continue }
      return UnsafeBufferPointer(start: start, count: end - start)
    }
    return nil
  }

  /// A zero ends the one, the count the other.
  private static func isEqual(_ text: UnsafePointer<UInt8>, _ name: StaticString) -> Bool {
    let count = name.utf8CodeUnitCount
    for index in 0..<count where text[index] == 0 || text[index] != name.utf8Start[index] { return false }
    return text[count] == 0
  }
}

/// Is told what an XML document holds, in its order.
protocol XMLDocumentHandler: AnyObject {
  func start(_ tag: XMLStartTag)
  /// - Parameters:
  ///   - name: the name behind the colon.
  ///   - text: what stood in the element itself, without white space around it; empty where its text was not wanted.
  func end(_ name: String, text: UnsafeBufferPointer<UInt8>)
  /// Whether the text of the element that begins now is wanted.
  func wantsText(of name: String) -> Bool
  /// A long text of an element, in pieces as they come, where the handler takes it so (a list of coordinates).
  /// - Returns: false where the text is to be collected instead.
  func takePiece(of name: String, _ text: UnsafeBufferPointer<UInt8>) -> Bool
}

extension XMLDocumentHandler {
  func takePiece(of name: String, _ text: UnsafeBufferPointer<UInt8>) -> Bool { false }
}

/// Reads an XML file of any length with libxml2's push interface, in bounded memory: no network, no document type,
/// no entities but the five.
///
/// Source: libxml2, parser.h and SAX2.h; Extensible Markup Language 1.0 (fifth edition).
final class XMLDocument {
  private let handler: any XMLDocumentHandler
  private let context: xmlParserCtxtPtr
  private let textLimit: Int
  private let nesting: Int
  /// The names of the elements that are open.
  private var open: [String] = []
  /// Where the text of each open element starts in `text`; nil where it is not wanted.
  private var starts: [Int?] = []
  private var text: [UInt8] = []
  private var names: [UnsafePointer<UInt8>: String] = [:]
  private var hasRoot = false
  private var isRootClosed = false
  private var hasPlaces = true
  private var flaw: ParseError?

  /// Elements deeper inside each other than this are no document of people.
  private static let deepest = 200

  /// - Returns: what is wrong with the document; nil where it was read to its end.
  static func read(_ source: ByteSource, _ limits: Limits, _ handler: any XMLDocumentHandler) -> ParseError? {
    var callbacks = Self.callbacks()
    guard let context = xmlCreatePushParserCtxt(&callbacks, nil, nil, 0, nil) else {
      return ParseError(.limit, at: 0, "libxml2 has no memory for an XML file")
    }
    defer { xmlFreeParserCtxt(context) }
    return XMLDocument(context, limits, handler).read(PieceReader(source, limit: limits.stream))
  }

  private init(_ context: xmlParserCtxtPtr, _ limits: Limits, _ handler: any XMLDocumentHandler) {
    self.context = context
    self.handler = handler
    textLimit = limits.text
    nesting = Self.deepest
  }

  private func configure() {
    let options =
      XML_PARSE_RECOVER.rawValue | XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue
      | XML_PARSE_NOWARNING.rawValue | XML_PARSE_NOCDATA.rawValue | XML_PARSE_NOENT.rawValue
      | XML_PARSE_IGNORE_ENC.rawValue
    _ = xmlCtxtUseOptions(context, Int32(bitPattern: options))
    // The options put a tree builder's callbacks in place of some.
    context.pointee.sax.pointee = Self.callbacks()
    context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
  }

  private func read(_ pieces: PieceReader) -> ParseError? {
    configure()
    var position = 0
    do throws(ParseError) {
      var isFirst = true
      while flaw == nil, !isRootClosed, let (bytes, offset) = try pieces.next() {
        var bytes = bytes
        if isFirst {
          isFirst = false
          prepare(&bytes)
        }
        position = offset + bytes.count
        _ = xmlParseChunk(
          context, bytes.bindMemory(to: CChar.self).baseAddress, Int32(clamping: bytes.count), 0)
      }
      if flaw == nil { _ = xmlParseChunk(context, nil, 0, 1) }
    } catch {
      flaw = flaw ?? error
    }
    if let flaw { return flaw }
    guard hasRoot else { return ParseError(.malformed, at: 0, "an XML file without an element") }
    guard isRootClosed else { return ParseError(.truncated, at: position, "an XML file ends early") }
    guard context.pointee.wellFormed != 0 else {
      return ParseError(.malformed, at: 0, "an XML file is not well-formed")
    }
    return nil
  }

  /// Chooses the encoding by the first bytes: libxml2 would ask the system for converters that a worker cannot load.
  private func prepare(_ bytes: inout UnsafeRawBufferPointer) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      hasPlaces = false
      return
    }
    var start = 0
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    // White space before the declaration is an error of many programs.
    while start < bytes.count,
      bytes[start] == 0x20 || bytes[start] == 0x0A || bytes[start] == 0x0D || bytes[start] == 0x09
    {
      start += 1
    }
    bytes = UnsafeRawBufferPointer(rebasing: bytes[start...])
    let head = String(decoding: bytes.prefix(200), as: UTF8.self).lowercased()
    guard head.hasPrefix("<?xml"), let end = head.firstIndex(of: ">"),
      let name = head[..<end].split(separator: "encoding=").dropFirst().first?.dropFirst().prefix(while: {
        $0 != "\"" && $0 != "'"
      })
    else { return }
    // Positions and times are ASCII; of single-byte encodings only names with accents suffer.
    if !["utf-8", "utf8", "us-ascii", "ascii"].contains(name), !name.hasPrefix("utf-16") {
      _ = xmlCtxtResetPush(context, nil, 0, nil, "ISO-8859-1")
      configure()
      hasPlaces = false
    }
  }

  private static func callbacks() -> xmlSAXHandler {
    var callbacks = xmlSAXHandler()
    callbacks.initialized = 0xDEED_BEAF  // XML_SAX2_MAGIC
    callbacks.startElementNs = { document, local, _, _, _, _, attributeCount, _, attributes in
      XMLDocument.of(document)?.start(local, Int(attributeCount), attributes)
    }
    callbacks.endElementNs = { document, _, _, _ in XMLDocument.of(document)?.end() }
    callbacks.characters = { document, bytes, count in XMLDocument.of(document)?.characters(bytes, count) }
    callbacks.cdataBlock = callbacks.characters
    callbacks.serror = { _, _ in }
    return callbacks
  }

  private static func of(_ pointer: UnsafeMutableRawPointer?) -> XMLDocument? {
    pointer.map { Unmanaged<XMLDocument>.fromOpaque($0).takeUnretainedValue() }
  }

  // MARK: Events

  private var position: Int? {
    guard hasPlaces else { return nil }
    let consumed = xmlByteConsumed(context)
    return consumed >= 0 ? Int(consumed) : nil
  }

  private func start(
    _ local: UnsafePointer<UInt8>?, _ attributeCount: Int,
    _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  ) {
    guard !isRootClosed, flaw == nil else { return }
    hasRoot = true
    guard open.count < nesting else {
      flaw = ParseError(.limit, at: position ?? 0, "elements more than \(nesting) deep")
      xmlStopParser(context)
      return
    }
    let name = name(local)
    open.append(name)
    starts.append(handler.wantsText(of: name) ? text.count : nil)
    handler.start(
      XMLStartTag(name: name, offset: position, attributes: attributes, attributeCount: attributeCount))
  }

  private func end() {
    guard let name = open.popLast(), let start = starts.popLast() else { return }
    text.withUnsafeBufferPointer { all in
      var value = start.map { all[min($0, all.count)...] } ?? all[all.endIndex...]
      while let last = value.last, last <= 0x20 { value.removeLast() }
      while let first = value.first, first <= 0x20 { value.removeFirst() }
      handler.end(name, text: UnsafeBufferPointer(rebasing: value))
    }
    if let start { text.removeLast(text.count - min(start, text.count)) }
    if open.isEmpty { isRootClosed = true }
  }

  private func characters(_ bytes: UnsafePointer<UInt8>?, _ count: Int32) {
    guard let bytes, count > 0, let start = starts.last, let start, let name = open.last else { return }
    let piece = UnsafeBufferPointer(start: bytes, count: Int(count))
    if handler.takePiece(of: name, piece) { return }
    text.append(contentsOf: piece.prefix(max(0, textLimit - (text.count - start))))
  }

  private func name(_ pointer: UnsafePointer<UInt8>?) -> String {
    guard let pointer else { return "" }
    // The parser keeps one copy of every name.
    if let known = names[pointer] { return known }
    let name = String(cString: pointer)
    if names.count < 4096 { names[pointer] = name }
    return name
  }
}
