internal import UntrailBytes
internal import UntrailModel

/// Decodes a message, front to back: its head, and its parts as files inside it.
///
///     head, empty line, body
///     multipart: text, --BOUNDARY, part (head, empty line, body), --BOUNDARY, part ... --BOUNDARY--, text
///
/// Source: RFC 5322; RFC 2046, section 5.1.
struct MailDecoder {
  private enum State {
    case head
    case body
    /// Text that is not decoded, but may hold more than text.
    case text
    /// In front of the first part, behind the last one.
    case between
  }

  private struct Frame {
    var boundary: [UInt8]
    var isDigest: Bool
  }

  private let tools: ReaderTools
  private let base: Int?
  private var headers: MailHeaders
  private var frames: [Frame] = []
  private var state = State.head
  private var header: MailHeader
  private var isTop = true
  private var part: MailPart?
  private var body: MailBody?
  /// The name of a file that stands in text.
  private var textName: String?
  private var partCount = 0
  private var limits: Limits { tools.limits }

  private init(_ tools: ReaderTools, at base: Int?) {
    self.tools = tools
    self.base = base
    headers = MailHeaders(at: base, tools.limits)
    header = MailHeader(tools.limits)
  }

  /// - Parameter base: bytes from the start of the file to the source; nil where places in it are none in the file.
  static func decode(
    _ source: ByteSource, at base: Int?, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var decoder = MailDecoder(tools, at: base)
    var lines = MailLines(source, tools.limits)
    defer { decoder.end(into: &result) }
    while try lines.next() {
      decoder.take(lines.line, at: lines.offset, isContinued: lines.isContinued, into: &result)
    }
  }

  private mutating func take(
    _ line: [UInt8], at offset: Int, isContinued: Bool, into result: inout ReadResult
  ) {
    if !isContinued, !frames.isEmpty, line.starts(with: [0x2D, 0x2D]), takeBoundary(line, into: &result) {
      return
    }
    switch state {
    case .head: takeHead(line, at: offset, into: &result)
    case .body: body?.take(line)
    case .text: if !isContinued { takeText(line, at: offset, into: &result) }
    case .between: break
    }
  }

  private mutating func end(into result: inout ReadResult) {
    if case .head = state { endHead(into: &result) }
    endPart(into: &result)
  }

  // MARK: Heads

  private mutating func takeHead(_ line: [UInt8], at offset: Int, into result: inout ReadResult) {
    if line.withoutLineEnd.isEmpty {
      // Some messages begin with an empty line.
      if isTop, header.fields.isEmpty { return }
      return endHead(into: &result)
    }
    var line = line
    if isTop, header.fields.isEmpty {
      if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
      if line.starts(with: "From ".utf8) || line.starts(with: ">From ".utf8) { return }
    }
    _ = header.take(line, at: offset)
  }

  private mutating func endHead(into result: inout ReadResult) {
    let head = header
    header = MailHeader(limits)
    if isTop { headers.take(head, into: &result) }
    isTop = false
    partCount += 1
    let part = MailPart(head, isDigest: frames.last?.isDigest ?? false, limits)
    self.part = part
    note(part, head, into: &result)
    switch part.kind {
    case .multipart(let boundary):
      state = .between
      self.part = nil
      if part.type.value == "multipart/encrypted" { lock(into: &result) }
      guard frames.count < limits.nesting else {
        return result.damageOnce(
          "limit", "the parts of a message lie deeper inside each other than is looked at")
      }
      frames.append(Frame(boundary: boundary, isDigest: part.isDigest))
    case .text where part.encoding == .plain || part.encoding == .quotedPrintable: state = .text
    case .text: state = part.encoding == .uuencode ? .body : .between
    default: state = .body
    }
    if case .body = state { body = MailBody(part.encoding, limit: tools.memberLimit) }
  }

  /// What the sender's program says of a file that it sends: its name, and when it was made and changed.
  private mutating func note(_ part: MailPart, _ head: MailHeader, into result: inout ReadResult) {
    let field = head.fields.first { $0.name == "content-disposition" || $0.name == "content-type" }
    guard let name = part.name, let field else { return }
    headers.add(.attachment, .link(name), "Filename", field, into: &result)
    for (key, role) in [("creation-date", Role.created), ("modification-date", .modified)] {
      guard let text = part.disposition.text(key, limits) else { continue }
      headers.time(
        text, role, key == "creation-date" ? "Creation-Date" : "Modification-Date", field, into: &result)
    }
  }

  private func lock(into result: inout ReadResult) {
    result.notRead("mail-encrypted", "a part of the message is encrypted", at: base ?? 0)
  }

  // MARK: Bodies

  /// Takes a line that may part two parts.
  private mutating func takeBoundary(_ line: [UInt8], into result: inout ReadResult) -> Bool {
    var text = line.withoutLineEnd.dropFirst(2)
    while let last = text.last, last == 0x20 || last == 0x09 { text.removeLast() }
    for index in frames.indices.reversed() {
      let boundary = frames[index].boundary
      guard text.starts(with: boundary) else { continue }
      let rest = text.dropFirst(boundary.count)
      guard rest.isEmpty || rest.elementsEqual([0x2D, 0x2D]) else { continue }
      if case .head = state { endHead(into: &result) }
      endPart(into: &result)
      if index + 1 < frames.count { frames.removeSubrange((index + 1)...) }
      if rest.isEmpty {
        state = .head
      } else {
        frames.removeLast()
        state = .between
      }
      return true
    }
    return false
  }

  /// Looks for what stands in a text besides text: files of old programs, locked messages.
  private mutating func takeText(_ line: [UInt8], at offset: Int, into result: inout ReadResult) {
    let text = line.withoutLineEnd
    if body != nil {
      body?.take(line)
      if text.elementsEqual("end".utf8) { endPart(into: &result, keepsPart: true) }
    } else if let name = MailBody.uuencodedName(text) {
      textName = MailText.unstructured(name, limits)
      body = MailBody(.uuencode, limit: tools.memberLimit, isInside: true)
    } else if text.elementsEqual("-----BEGIN PGP MESSAGE-----".utf8) {
      lock(into: &result)
    }
  }

  private mutating func endPart(into result: inout ReadResult, keepsPart: Bool = false) {
    defer {
      body = nil
      textName = nil
      if !keepsPart { part = nil }
    }
    guard let part, var body else { return }
    self.body = nil
    body.end()
    if body.isCut { result.damageOnce("limit", "a part of a message is longer than what is kept of it") }
    let name = textName ?? part.name ?? "part \(partCount)"
    switch part.kind {
    case .multipart: break
    case .message:
      tools.examineMember(named: name, body.bytes, as: MediaType("message/rfc822"), into: &result)
    case .page: examinePage(body.bytes, name, part, into: &result)
    case .secured: examineSecured(body.bytes, name, part, into: &result)
    case .locked: lock(into: &result)
    case .text, .file: tools.examineMember(named: name, body.bytes, into: &result)
    }
  }

  /// Says of a page only what is booked in it: all messages with form have one.
  private func examinePage(
    _ bytes: [UInt8], _ name: String, _ part: MailPart, into result: inout ReadResult
  ) {
    guard bytes.firstRange(of: Array("schema.org".utf8)) != nil else { return }
    var inner = ReadResult()
    tools.examineMember(named: name, bytes, as: MediaType("text/html"), into: &inner)
    guard inner.members.contains(where: { $0.observations.contains { $0.kind == .travel } }) else { return }
    result.members += inner.members
    result.diagnostics += inner.diagnostics
  }

  /// Signers are told, what they signed is a message of its own, and what is locked is said to be.
  private func examineSecured(
    _ bytes: [UInt8], _ name: String, _ part: MailPart, into result: inout ReadResult
  ) {
    guard let message = SignedMessage(bytes) else {
      return part.type.value.hasSuffix("signature") ? () : lock(into: &result)
    }
    message.addSigners("SMIME", at: nil, limits, into: &result)
    guard !message.content.isEmpty else { return }
    tools.examineMember(named: name, message.content, as: MediaType("message/rfc822"), into: &result)
  }
}
