internal import UntrailBytes
internal import UntrailModel

/// A signed message (CMS): what is signed, and who signed. Nothing is verified.
///
///     30 { 06 1.2.840.113549.1.7.2, A0 { 30 { 02 version, 31 digests, 30 { 06 kind, A0 { 04 content } },
///          [A0 { certificates }], [A1 lists], 31 signers } } }
///
/// Long messages have content in pieces, 24 { 04 piece, 04 piece }, and lengths that are open: 80 ... 00 00.
///
/// Source: RFC 5652, section 5.1; ITU-T X.690 (2021), section 8.
struct SignedMessage {
  /// What is signed; empty where it stands elsewhere.
  private(set) var content: [UInt8] = []
  /// Where the content stands in the block; nil where it was joined from pieces.
  private(set) var contentStart: Int?
  private(set) var certificates: [Range<Int>] = []

  private let bytes: [UInt8]

  private struct Element {
    var tag: UInt8
    var start: Int
    var body: Range<Int>
    /// Where the next one starts.
    var end: Int
    var children: [Element] = []
  }

  static let kind: [UInt8] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02]

  /// Nil where the bytes are no such message.
  init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    guard let outer = Self.children(of: bytes)?.first, let first = outer.children.first, first.tag == 0x06,
      first.body.count == 9, bytes[first.body].elementsEqual(Self.kind.dropFirst(2)),
      let signed = outer.children.dropFirst().first?.children.first
    else { return nil }
    for part in signed.children {
      switch part.tag {
      case 0x30 where content.isEmpty: takeContent(part)
      case 0xA0: certificates = part.children.filter { $0.tag == 0x30 }.prefix(16).map { $0.start..<$0.end }
      default: break
      }
    }
  }

  private mutating func takeContent(_ part: Element) {
    guard part.children.first?.tag == 0x06, let holder = part.children.dropFirst().first?.children.first
    else {
      return
    }
    if holder.tag == 0x04 {
      content = Array(bytes[holder.body])
      contentStart = holder.body.lowerBound
    } else if holder.tag == 0x24 {
      for piece in holder.children where piece.tag == 0x04 { content += bytes[piece.body] }
    }
  }

  /// Adds the names of who signed: the certificates that signed no other one.
  func addSigners(_ group: String, at base: Int?, _ limits: Limits, into result: inout ReadResult) {
    var found: [SignerCertificate] = []
    for range in certificates {
      let block = Array(bytes[range])
      let view = ByteView(ByteSource(bytes: block, isJoined: true), start: 0, count: block.count)
      do throws(ParseError) {
        found.append(try SignerCertificate(view, limits))
      } catch {
        result.damage(error.code.rawValue, error.what, at: base.map { $0 + range.lowerBound })
      }
    }
    let issuers = Set(found.compactMap { $0.issuer.commonName?.text })
    for certificate in found {
      let subject = certificate.subject
      guard let name = subject.commonName?.text, found.count == 1 || !issuers.contains(name) else { continue }
      result.add(.signer, .person(name), group + ":SignerName", at: nil)
      if let name = subject.organisation?.text {
        result.add(.signer, .person(name), group + ":SignerOrganization", at: nil)
      }
      if let mail = subject.email?.text {
        result.add(.email, .contact(mail), group + ":SignerEmail", at: nil)
      }
    }
  }

  // MARK: Elements

  /// The elements of bytes, with those inside them as far as they matter here; nil where there are none.
  private static func children(of bytes: [UInt8]) -> [Element]? {
    var left = 4096
    let all = elements(of: bytes, in: 0..<bytes.count, depth: 0, isOpen: false, &left).elements
    return all.isEmpty ? nil : all
  }

  private static func elements(
    of bytes: [UInt8], in range: Range<Int>, depth: Int, isOpen: Bool, _ left: inout Int
  ) -> (elements: [Element], end: Int) {
    var found: [Element] = []
    var position = range.lowerBound
    while position + 2 <= range.upperBound, left > 0 {
      left -= 1
      if isOpen, bytes[position] == 0, bytes[position + 1] == 0 { return (found, position + 2) }
      guard let element = element(of: bytes, at: position, in: range, depth: depth, &left) else { break }
      found.append(element)
      position = element.end
    }
    return (found, isOpen ? range.upperBound : position)
  }

  private static func element(
    of bytes: [UInt8], at start: Int, in range: Range<Int>, depth: Int, _ left: inout Int
  ) -> Element? {
    let tag = bytes[start]
    var length = Int(bytes[start + 1])
    var position = start + 2
    let isOpen = length == 0x80
    if length > 0x80 {
      let size = length & 0x7F
      guard size <= 4, position + size <= range.upperBound else { return nil }
      length = bytes[position..<(position + size)].reduce(0) { $0 << 8 | Int($1) }
      position += size
    }
    // Of a message that is cut, what is there.
    let end = isOpen ? range.upperBound : min(position + length, range.upperBound)
    var element = Element(tag: tag, start: start, body: position..<end, end: end)
    // The message, its parts, what is signed and the certificates: no further.
    guard tag & 0x20 != 0, depth < 6 else { return isOpen ? nil : element }
    let inner = elements(of: bytes, in: position..<end, depth: depth + 1, isOpen: isOpen, &left)
    element.children = inner.elements
    if isOpen {
      element.end = inner.end
      element.body = position..<max(position, inner.end - 2)
    }
    return element
  }
}
