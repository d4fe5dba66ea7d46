internal import CXML
internal import UntrailBytes

/// The name of an element or attribute.
struct XMLName {
  /// The namespace's address; empty where there is none, or the prefix was never declared.
  var namespace: String
  var prefix: String
  var local: String
}

struct XMLAttribute {
  var name: XMLName
  var value: String
  /// Where the value stands in the text: behind the quotation mark.
  var range: Range<Int>?
}

struct XMLElement {
  var name: XMLName
  var attributes: [XMLAttribute]
  /// Bytes from the start of the text to what stands behind the start tag.
  var contentStart: Int
}

/// Is told what an XML text holds, in its order.
protocol XMLHandler: AnyObject {
  func start(_ element: XMLElement)
  /// - Parameter offset: bytes from the start of the text to what stands behind the end tag.
  func end(at offset: Int)
  func text(_ bytes: UnsafeBufferPointer<UInt8>)
  func comment(_ bytes: UnsafeBufferPointer<UInt8>)
  /// Whether enough was told.
  var isFull: Bool { get }
}

/// Reads an XML text with libxml2's SAX2 interface: no network, no document type, no entities but the five.
///
/// Reading goes on behind what is not well-formed, as far as libxml2 can.
///
/// Source: libxml2, parser.h and SAX2.h; Extensible Markup Language 1.0 (fifth edition).
final class XMLStream {
  private let text: XMLText
  private let handler: any XMLHandler
  private var context: Context
  private var depth = 0
  private var hasRoot = false
  private var isRootClosed = false
  private var firstError: Int?
  /// The parser keeps one copy of every name.
  private var names: [UnsafePointer<UInt8>: String] = [:]
  /// Where the last attribute was found; the next one stands behind it.
  private var searchStart = 0

  /// Owner of libxml2's state for one text.
  private struct Context: ~Copyable {
    let pointer: xmlParserCtxtPtr

    init?() {
      guard let pointer = xmlNewParserCtxt() else { return nil }
      self.pointer = pointer
    }

    deinit { xmlFreeParserCtxt(pointer) }
  }

  /// Makes libxml2 set up what it sets up when first used.
  static func warmUp() { xmlInitParser() }

  /// Tells `handler` what is in the text.
  ///
  /// - Returns: what is wrong with it: that it is cut, that it is not well-formed, or that there is no element.
  static func read(_ text: XMLText, _ handler: any XMLHandler) -> ParseError? {
    guard let stream = XMLStream(text, handler) else {
      return ParseError(.limit, at: text.start, "libxml2 has no memory for an XML text")
    }
    return stream.read()
  }

  private init?(_ text: XMLText, _ handler: any XMLHandler) {
    guard let context = Context() else { return nil }
    self.text = text
    self.handler = handler
    self.context = context
  }

  private func read() -> ParseError? {
    // NOENT: without it, libxml2 leaves "&amp;" in attributes for its tree to replace. No other entity is there.
    let options =
      XML_PARSE_RECOVER.rawValue | XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue
      | XML_PARSE_NOWARNING.rawValue | XML_PARSE_NOCDATA.rawValue | XML_PARSE_IGNORE_ENC.rawValue
      | XML_PARSE_NOENT.rawValue
    context.pointer.pointee.sax.pointee = Self.callbacks()
    context.pointer.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
    text.bytes.withUnsafeBytes { bytes in
      guard let start = bytes.bindMemory(to: CChar.self).baseAddress else { return }
      let document = xmlCtxtReadMemory(
        context.pointer, start, Int32(clamping: bytes.count), nil, nil, Int32(bitPattern: options))
      if let document { xmlFreeDoc(document) }
    }
    guard text.flaw == nil, !handler.isFull else { return nil }
    func error(_ code: ParseError.Code, _ offset: Int, _ what: String) -> ParseError {
      ParseError(code, at: text.place(offset) ?? text.start, what)
    }
    guard hasRoot else { return text.isBlank ? nil : error(.malformed, 0, "an XML text without an element") }
    guard isRootClosed else { return error(.truncated, text.bytes.count, "an XML text ends early") }
    return firstError.map { error(.malformed, $0, "an XML text is not well-formed") }
  }

  private static func callbacks() -> xmlSAXHandler {
    var callbacks = xmlSAXHandler()
    callbacks.initialized = 0xDEED_BEAF  // XML_SAX2_MAGIC
    callbacks.startElementNs = {
      stream, local, prefix, namespace, _, _, attributeCount, _, attributes in
      XMLStream.of(stream)?.start(local, prefix, namespace, Int(attributeCount), attributes)
    }
    callbacks.endElementNs = { stream, _, _, _ in XMLStream.of(stream)?.end() }
    callbacks.characters = { stream, bytes, count in XMLStream.of(stream)?.characters(bytes, count) }
    callbacks.ignorableWhitespace = callbacks.characters
    callbacks.comment = { stream, bytes in XMLStream.of(stream)?.comment(bytes) }
    callbacks.serror = { stream, error in
      guard let error, error.pointee.level == XML_ERR_FATAL else { return }
      XMLStream.of(stream)?.noteError()
    }
    return callbacks
  }

  private static func of(_ pointer: UnsafeMutableRawPointer?) -> XMLStream? {
    pointer.map { Unmanaged<XMLStream>.fromOpaque($0).takeUnretainedValue() }
  }

  // MARK: Events

  /// Bytes from the start of the text to where the parser is.
  private var position: Int {
    guard let input = context.pointer.pointee.input else { return text.bytes.count }
    return offset(of: input.pointee.cur) ?? text.bytes.count
  }

  /// Bytes from the start of the text to a place in the parser's buffer; nil for what stands elsewhere.
  private func offset(of pointer: UnsafePointer<UInt8>?) -> Int? {
    guard let input = context.pointer.pointee.input, let pointer, let base = input.pointee.base,
      let end = input.pointee.end, pointer >= base, pointer <= end
    else { return nil }
    let offset = Int(input.pointee.consumed) + (pointer - base)
    return offset <= text.bytes.count ? offset : nil
  }

  private func start(
    _ local: UnsafePointer<UInt8>?, _ prefix: UnsafePointer<UInt8>?, _ namespace: UnsafePointer<UInt8>?,
    _ attributeCount: Int, _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  ) {
    guard !isRootClosed else { return }
    hasRoot = true
    depth += 1
    let tagEnd = position
    var element = XMLElement(
      name: XMLName(namespace: name(namespace), prefix: name(prefix), local: name(local)), attributes: [],
      contentStart: min(tagEnd + 1, text.bytes.count))
    if let attributes {
      element.attributes.reserveCapacity(attributeCount)
      for index in 0..<attributeCount {
        // Five pointers each: local name, prefix, namespace, start and end of the value.
        let parts = attributes + 5 * index
        guard let start = parts[3], let end = parts[4], end >= start else { continue }
        let attributeName = XMLName(namespace: name(parts[2]), prefix: name(parts[1]), local: name(parts[0]))
        let value = UnsafeBufferPointer(start: start, count: end - start)
        element.attributes.append(
          XMLAttribute(
            name: attributeName, value: String(decoding: value, as: UTF8.self),
            range: range(of: value, attributeName, before: tagEnd)))
      }
    }
    searchStart = tagEnd
    handler.start(element)
    if handler.isFull { xmlStopParser(context.pointer) }
  }

  /// Where an attribute's value stands: in the parser's buffer, or, where references in it were replaced, behind
  /// the attribute's name in the text.
  private func range(of value: UnsafeBufferPointer<UInt8>, _ name: XMLName, before tagEnd: Int) -> Range<Int>?
  {
    if let start = offset(of: value.baseAddress), start + value.count <= text.bytes.count {
      searchStart = start + value.count
      return start..<searchStart
    }
    let local = Array(name.local.utf8)
    var index = searchStart
    // Where it is not found, the next one is not looked for: no tag is searched twice.
    searchStart = tagEnd
    while index + local.count < tagEnd {
      defer { index += 1 }
      guard text.bytes[index] == local.first, text.bytes[index...].starts(with: local) else { continue }
      var start = index + local.count
      while start < tagEnd, [0x09, 0x0A, 0x0D, 0x20, UInt8(ascii: "=")].contains(text.bytes[start]) {
        start += 1
      }
      guard start > index + local.count, start < tagEnd else { continue }
      let quote = text.bytes[start]
      guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { continue }
      let end = text.bytes[(start + 1)..<tagEnd].firstIndex(of: quote) ?? tagEnd
      searchStart = end
      return (start + 1)..<end
    }
    return nil
  }

  private func end() {
    guard !isRootClosed else { return }
    depth -= 1
    handler.end(at: position)
    if depth == 0 { isRootClosed = true }
  }

  private func characters(_ bytes: UnsafePointer<UInt8>?, _ count: Int32) {
    guard !isRootClosed, let bytes, count > 0 else { return }
    handler.text(UnsafeBufferPointer(start: bytes, count: Int(count)))
  }

  private func comment(_ bytes: UnsafePointer<UInt8>?) {
    guard let bytes else { return }
    var count = 0
    while bytes[count] != 0 { count += 1 }
    handler.comment(UnsafeBufferPointer(start: bytes, count: count))
  }

  private func noteError() {
    guard hasRoot, !isRootClosed, firstError == nil else { return }
    firstError = position
  }

  private func name(_ pointer: UnsafePointer<UInt8>?) -> String {
    guard let pointer else { return "" }
    if let known = names[pointer] { return known }
    let name = String(cString: pointer)
    names[pointer] = name
    return name
  }
}
