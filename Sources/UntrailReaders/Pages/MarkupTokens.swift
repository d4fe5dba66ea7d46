internal import UntrailBytes
internal import UntrailModel

/// One tag of a web page.
struct MarkupTag {
  struct Attribute {
    /// In small letters.
    var name: String
    var value: [UInt8]
    /// Bytes from the start of the file to the value.
    var offset: Int
  }

  /// In small letters.
  var name = ""
  /// Those that are read; the others are passed over.
  var attributes: [Attribute] = []
  /// Bytes from the start of the file to the tag.
  var offset = 0
  /// Whether it ends with "/>".
  var isClosed = false

  subscript(_ name: String) -> Attribute? { attributes.first { $0.name == name } }
}

/// Splits a web page into tags, comments and text, front to back and in bounded memory. Forgiving as browsers are:
/// whatever the bytes, there is a way on.
///
/// Source: WHATWG, HTML Living Standard, section 13.2.5 (tokenization).
struct MarkupTokens {
  enum Token {
    case start(MarkupTag)
    case end(String)
    /// Text between tags, in pieces, as it stands; only where it is wanted.
    case text([UInt8])
    case comment([UInt8], offset: Int)
    /// What stands between the tags of a script, a style or a title; empty where it is not wanted.
    case content([UInt8], of: MarkupTag, offset: Int)
  }

  /// Whether text between tags is given out.
  var wantsText = false
  /// Whether the page ended inside a tag, a comment or a script.
  private(set) var isBroken = false

  private var bytes: ByteCursor
  private let valueLimit: Int
  private let contentLimit: Int
  /// The element whose content comes next, as it stands.
  private var open: MarkupTag?

  private static let longestText = 4096
  private static let longestComment = 64 << 10
  private static let mostAttributes = 64

  /// The attributes that are read.
  private static let attributes: Set<String> = [
    "charset", "content", "data", "datetime", "href", "http-equiv", "itemid", "itemprop", "itemscope",
    "itemtype",
    "name", "property", "rel", "resource", "src", "type", "typeof", "value", "vocab",
  ]

  /// The elements in which there are no tags.
  private static let contents: Set<String> = ["script", "style", "title", "textarea", "xmp", "noembed"]

  init(_ source: ByteSource, _ limits: Limits) {
    bytes = ByteCursor(source, limit: limits.stream)
    valueLimit = limits.text * 2
    contentLimit = limits.structure
  }

  /// The next token; nil at the end.
  mutating func next() throws(ParseError) -> Token? {
    if let tag = open {
      open = nil
      return try content(of: tag)
    }
    while let byte = try bytes.peek() {
      if byte == UInt8(ascii: "<") {
        if let token = try markup() { return token }
        continue
      }
      let text = try text()
      if !text.isEmpty { return .text(text) }
    }
    return nil
  }

  /// Text up to the next "<".
  private mutating func text() throws(ParseError) -> [UInt8] {
    guard wantsText else {
      try bytes.skip(to: UInt8(ascii: "<"))
      return []
    }
    var text: [UInt8] = []
    while let byte = try bytes.peek(), byte != UInt8(ascii: "<"), text.count < Self.longestText {
      text.append(byte)
      bytes.advance()
    }
    return text
  }

  /// What starts with "<"; nil where it is no markup, or none that matters.
  private mutating func markup() throws(ParseError) -> Token? {
    let start = bytes.offset
    bytes.advance()
    switch try bytes.peek() {
    case UInt8(ascii: "!"):
      bytes.advance()
      return try comment(start)
    case UInt8(ascii: "?"):
      try bytes.skip(to: UInt8(ascii: ">"))
      bytes.advance()
      return nil
    case UInt8(ascii: "/"):
      bytes.advance()
      let name = try name()
      try bytes.skip(to: UInt8(ascii: ">"))
      if try bytes.peek() == nil { isBroken = true }
      bytes.advance()
      return name.isEmpty ? nil : .end(name)
    case .some(let byte) where byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A:
      return try tag(start)
    default:
      return wantsText ? .text([UInt8(ascii: "<")]) : nil
    }
  }

  /// Behind "<!": a comment, or something else up to the next ">".
  private mutating func comment(_ start: Int) throws(ParseError) -> Token? {
    var head: [UInt8] = []
    while head.count < 2, let byte = try bytes.peek(), byte == UInt8(ascii: "-") {
      head.append(byte)
      bytes.advance()
    }
    guard head.count == 2 else {
      try bytes.skip(to: UInt8(ascii: ">"))
      bytes.advance()
      return nil
    }
    var text: [UInt8] = []
    var dashes = 2
    while let byte = try bytes.peek() {
      bytes.advance()
      if byte == UInt8(ascii: ">"), dashes >= 2 {
        return .comment(text.suffix(2).elementsEqual("--".utf8) ? text.dropLast(2) : text, offset: start)
      }
      dashes = byte == UInt8(ascii: "-") ? dashes + 1 : 0
      if text.count < Self.longestComment { text.append(byte) }
    }
    isBroken = true
    return nil
  }

  /// A name in small letters, up to 64 bytes of it.
  private mutating func name() throws(ParseError) -> String {
    var name: [UInt8] = []
    while let byte = try bytes.peek(), byte > 0x20, !"/>=".utf8.contains(byte) {
      if name.count < 64 { name.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) }
      bytes.advance()
    }
    return String(decoding: name, as: UTF8.self)
  }

  private mutating func tag(_ start: Int) throws(ParseError) -> Token? {
    var tag = MarkupTag()
    tag.offset = start
    tag.name = try name()
    while let byte = try bytes.peek() {
      switch byte {
      case UInt8(ascii: ">"):
        bytes.advance()
        if Self.contents.contains(tag.name), !tag.isClosed { open = tag }
        return .start(tag)
      case UInt8(ascii: "/"):
        bytes.advance()
        tag.isClosed = try bytes.peek() == UInt8(ascii: ">")
      case ...0x20, UInt8(ascii: "="): bytes.advance()
      default: try attribute(&tag)
      }
    }
    isBroken = true
    return nil
  }

  private mutating func attribute(_ tag: inout MarkupTag) throws(ParseError) {
    let name = try name()
    try skipBlanks()
    let isRead = Self.attributes.contains(name) && tag.attributes.count < Self.mostAttributes
    guard try bytes.peek() == UInt8(ascii: "=") else {
      if isRead {
        tag.attributes.append(MarkupTag.Attribute(name: name, value: [], offset: bytes.offset))
      }
      return
    }
    bytes.advance()
    try skipBlanks()
    var quote: UInt8?
    if let byte = try bytes.peek(), byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      quote = byte
      bytes.advance()
    }
    var attribute = MarkupTag.Attribute(name: name, value: [], offset: bytes.offset)
    while let byte = try bytes.peek() {
      if let quote {
        if byte == quote {
          bytes.advance()
          break
        }
      } else if byte <= 0x20 || byte == UInt8(ascii: ">") {
        break
      }
      if isRead, attribute.value.count < valueLimit { attribute.value.append(byte) }
      bytes.advance()
    }
    if isRead { tag.attributes.append(attribute) }
  }

  private mutating func skipBlanks() throws(ParseError) {
    while let byte = try bytes.peek(), byte <= 0x20 { bytes.advance() }
  }

  /// Whether the content of an element is wanted: titles, and scripts that are data.
  private static func isWanted(_ tag: MarkupTag) -> Bool {
    if tag.name == "title" { return true }
    let type = tag["type"]?.value.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 } ?? []
    return tag.name == "script" && type.starts(with: "application/ld+json".utf8)
  }

  /// What stands up to the end tag of an element, without looking for tags in it.
  private mutating func content(of tag: MarkupTag) throws(ParseError) -> Token? {
    let isWanted = Self.isWanted(tag)
    let end = Array(("</" + tag.name).utf8)
    let start = bytes.offset
    var content: [UInt8] = []
    /// How many bytes of the end tag were seen.
    var seen = 0
    while let byte = try bytes.peek() {
      bytes.advance()
      if isWanted, content.count < contentLimit + end.count { content.append(byte) }
      let small = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
      seen = small == end[seen] ? seen + 1 : small == end[0] ? 1 : 0
      guard seen == end.count else { continue }
      try bytes.skip(to: UInt8(ascii: ">"))
      bytes.advance()
      return .content(content.count < end.count ? [] : content.dropLast(end.count), of: tag, offset: start)
    }
    isBroken = true
    return .content(content, of: tag, offset: start)
  }
}
