internal import UntrailModel

/// A mailbox in a list of addresses: a name, an address, or both.
///
///     Mara Example <mara@example.org>, "Example, Sam" <sam@example.org>, ina@example.org (Ina Example);
///     Friends: a@example.org, b@example.org;
///
/// Source: RFC 5322, sections 3.4 and 4.4; RFC 6532.
struct MailAddress: Equatable {
  var name: String?
  var address: String?

  static func list(_ value: [UInt8], _ limits: Limits) -> [MailAddress] {
    var parser = Parser(limits: limits)
    for byte in value { parser.take(byte) }
    parser.endMailbox()
    return parser.found
  }

  private struct Parser {
    let limits: Limits
    var found: [MailAddress] = []
    private var phrase: [UInt8] = []
    /// Whether the phrase has an "@".
    private var hasSign = false
    private var angle: [UInt8]?
    private var isInAngle = false
    private var comment: [UInt8] = []
    private var depth = 0
    private var isQuoted = false
    private var isEscaped = false
    private var isLiteral = false

    init(limits: Limits) { self.limits = limits }

    mutating func take(_ byte: UInt8) {
      if isEscaped {
        isEscaped = false
        return put(byte)
      }
      switch byte {
      case UInt8(ascii: "\\") where isQuoted || depth > 0: isEscaped = true
      case UInt8(ascii: "\"") where depth == 0: isQuoted.toggle()
      case _ where isQuoted: put(byte)
      case UInt8(ascii: "("):
        if depth > 0 { comment.append(byte) }
        depth += 1
      case UInt8(ascii: ")") where depth > 0:
        depth -= 1
        if depth > 0 { comment.append(byte) }
      case _ where depth > 0: put(byte)
      case UInt8(ascii: "<"):
        isInAngle = true
        angle = []
      case UInt8(ascii: ">"): isInAngle = false
      case UInt8(ascii: "["), UInt8(ascii: "]"):
        isLiteral = byte == UInt8(ascii: "[")
        put(byte)
      case UInt8(ascii: ",") where !isInAngle, UInt8(ascii: ";") where !isInAngle: endMailbox()
      case UInt8(ascii: ":") where !isInAngle && !isLiteral && !hasSign:
        // The name of a group, or mailto.
        phrase = []
      default: put(byte)
      }
    }

    private mutating func put(_ byte: UInt8) {
      if depth > 0 {
        comment.append(byte)
      } else if isInAngle {
        angle?.append(byte)
      } else {
        phrase.append(byte)
        if byte == UInt8(ascii: "@") { hasSign = true }
      }
    }

    mutating func endMailbox() {
      defer {
        (phrase, comment, angle) = ([], [], nil)
        (isInAngle, isQuoted, isLiteral, depth) = (false, false, false, 0)
        hasSign = false
      }
      guard found.count < limits.entries else { return }
      var mailbox = MailAddress()
      if let angle {
        mailbox.address = Self.address(angle)
        mailbox.name = name(phrase) ?? name(comment)
      } else if hasSign {
        return endWords()
      } else {
        mailbox.name = name(phrase)
      }
      if mailbox.name == mailbox.address { mailbox.name = nil }
      if mailbox != MailAddress() { found.append(mailbox) }
    }

    /// Ends addresses without brackets: one with blanks in it, several with blanks between them, or one behind a name.
    private mutating func endWords() {
      let sign = UInt8(ascii: "@")
      let words = phrase.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 })
      let whole = words.filter { word in
        word.lastIndex(of: sign).map { $0 > word.startIndex && word[$0...].contains(UInt8(ascii: ".")) }
          ?? false
      }
      guard let first = whole.first, words.count > 1 else {
        let mailbox = MailAddress(name: name(comment), address: Self.address(phrase))
        if mailbox.address != nil { found.append(mailbox) }
        return
      }
      let front = phrase[..<first.startIndex]
      found.append(
        MailAddress(
          name: front.contains(sign) ? nil : name(Array(front)), address: Self.address(Array(first))))
      for word in whole.dropFirst() {
        found.append(MailAddress(name: nil, address: Self.address(Array(word))))
      }
    }

    private func name(_ bytes: [UInt8]) -> String? {
      guard let text = MailText.unstructured(bytes, limits) else { return nil }
      var name = text[...]
      while let first = name.first, first == "'" || first == "\"" || first == " " { name = name.dropFirst() }
      while let last = name.last, last == "'" || last == "\"" || last == " " { name = name.dropLast() }
      return name.isEmpty || !BoundedText.isPrintable(String(name)) ? nil : String(name)
    }

    /// What stands between the brackets, without a route in front: @a.example,@b.example:c@d.example.
    private static func address(_ bytes: [UInt8]) -> String? {
      var bytes = bytes[...]
      if bytes.first == UInt8(ascii: "@"), let colon = bytes.firstIndex(of: UInt8(ascii: ":")) {
        bytes = bytes[(colon + 1)...]
      }
      if bytes.starts(with: "mailto:".utf8) { bytes = bytes.dropFirst(7) }
      let text = String(decoding: bytes.filter { $0 > 0x20 && $0 != 0x7F }, as: UTF8.self)
      guard let sign = text.lastIndex(of: "@"), sign > text.startIndex, text.utf8.count <= 320,
        text.index(after: sign) < text.endIndex
      else { return nil }
      return text
    }
  }
}
