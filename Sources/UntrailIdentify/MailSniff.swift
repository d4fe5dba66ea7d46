/// Tells messages and mailboxes from other text.
enum MailSniff {
  typealias Bytes = UnsafeRawBufferPointer

  /// Names of fields that hardly stand in any other text.
  private static let names: Set<String> = [
    "received", "return-path", "delivered-to", "message-id", "mime-version", "from", "to", "subject", "date",
    "cc",
    "reply-to", "sender", "in-reply-to", "references", "x-mailer", "user-agent", "x-original-to",
    "dkim-signature",
    "content-type", "content-transfer-encoding", "bcc", "x-received", "authentication-results", "envelope-to",
    "x-mozilla-status", "x-apple-mail-flags", "x-gm-thrid", "received-spf", "list-id", "resent-from",
    "x-priority",
    "x-account-key", "x-uidl", "x-mozilla-keys", "return-receipt-to", "precedence", "organization",
  ]

  /// Whether the first lines are the head of a message: at least two known fields before the first empty line, and
  /// hardly a line that is no field.
  static func isMessage(_ prefix: Bytes) -> Bool { isHead(PrefixText(prefix).bytes[...]) }

  /// Whether it begins with the line that parts the messages of a mailbox: From ADDRESS TIME.
  static func isMailbox(_ prefix: Bytes) -> Bool {
    let text = PrefixText(prefix).bytes
    guard text.hasPrefix("From "), let end = text.firstIndex(of: 0x0A), end - text.startIndex <= 400 else {
      return false
    }
    return isHead(text[(end + 1)...])
  }

  /// Whether it is a message of Apple Mail: the number of its bytes, then the message.
  static func isAppleMessage(_ prefix: Bytes) -> Bool {
    let text = PrefixText(prefix).bytes
    guard let end = text.prefix(24).firstIndex(of: 0x0A) else { return false }
    let line = text[..<end]
    let digits = line.prefix { $0 >= 0x30 && $0 <= 0x39 }
    guard digits.count >= 1, line.dropFirst(digits.count).allSatisfy({ $0 == 0x20 || $0 == 0x0D }) else {
      return false
    }
    return isHead(text[(end + 1)...])
  }

  private static func isHead(_ text: Slice<Bytes>) -> Bool {
    var known: Set<String> = []
    var (fields, others) = (0, 0)
    var isCut = true
    let text = text.drop { $0 == 0x0A || $0 == 0x0D }
    for line in text.split(separator: 0x0A, maxSplits: 60, omittingEmptySubsequences: false) {
      guard let first = line.first, first != 0x0D else {
        isCut = false
        break
      }
      if first == 0x20 || first == 0x09 { continue }
      if let name = name(line) {
        fields += 1
        if names.contains(name) { known.insert(name) }
      } else {
        others += 1
        if fields == 0 { return false }
      }
    }
    // The last line may be one that is not whole.
    if isCut, others > 0 { others -= 1 }
    return known.count >= 2 && others * 4 <= fields
  }

  private static func name(_ line: Slice<Bytes>) -> String? {
    guard let colon = line.prefix(78).firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else {
      return nil
    }
    let name = line[..<colon]
    guard name.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "<") })
    else {
      return nil
    }
    return String(decoding: name, as: UTF8.self).lowercased()
  }
}
