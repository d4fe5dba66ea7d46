internal import UntrailBytes
internal import UntrailModel

/// Says what the head of a message tells: people and their addresses, times, the way that it took, programs. Channel C5.
///
/// Source: RFC 5322, section 3.6; RFC 2369 and RFC 2919 (lists); RFC 8601 (Authentication-Results); RFC 7208,
/// section 9.1 (Received-SPF).
struct MailHeaders {
  let limits: Limits
  /// Bytes from the start of the file to the source; nil where places in it are none in the file.
  let base: Int?
  private var facts: FactSet
  /// The group of the fields' names.
  let group: String

  init(_ group: String = "Mail", at base: Int? = 0, _ limits: Limits) {
    self.limits = limits
    self.base = base
    self.group = group
    facts = FactSet(limit: limits.observations)
  }

  /// Decodes a head that stands in a document of another kind, as text.
  ///
  /// - Parameter base: bytes from the start of the file to the text; nil where it does not stand in it as such.
  static func decode(
    _ text: [UInt8], in group: String, at base: Int?, into result: inout ReadResult, _ limits: Limits
  ) {
    var header = MailHeader(limits)
    var offset = 0
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.withoutLineEnd.isEmpty, !header.fields.isEmpty { break }
      _ = header.take(line, at: offset)
      offset += line.count + 1
    }
    var headers = MailHeaders(group, at: base, limits)
    headers.take(header, into: &result)
  }

  mutating func take(_ header: MailHeader, into result: inout ReadResult) {
    for field in header.fields { take(field, into: &result) }
    if header.isCut { result.damageOnce("limit", "the head of a message is longer than what is read of it") }
    if facts.isFull { result.damageOnce("limit", "a message says more than is listed") }
  }

  mutating func add(
    _ role: Role, _ fact: Observation.Fact, _ name: String, _ field: MailField, into result: inout ReadResult
  ) {
    facts.add(role, fact, group + ":" + name, at: base.map { $0 + field.offset }, into: &result)
  }

  private mutating func take(_ field: MailField, into result: inout ReadResult) {
    if let meaning = Self.people[field.name] {
      return people(field, meaning.name, meaning.role, into: &result)
    }
    if let meaning = Self.texts[field.name] {
      guard let text = MailText.unstructured(field.value, limits), BoundedText.isPrintable(text) else {
        return
      }
      return add(meaning.role, meaning.fact(text), meaning.name, field, into: &result)
    }
    if let meaning = Self.times[field.name] {
      return time(text(field), meaning.role, meaning.name, field, into: &result)
    }
    if let name = Self.identifiers[field.name] { return identifiers(field, name, into: &result) }
    switch field.name {
    case "received", "x-received": received(field, into: &result)
    case "thread-index": threadIndex(field, into: &result)
    case "list-id", "list-post", "list-owner", "list-help", "list-unsubscribe", "list-archive",
      "list-subscribe":
      list(field, into: &result)
    case "authentication-results", "arc-authentication-results", "received-spf",
      "x-forefront-antispam-report",
      "x-forefront-antispam-report-untrusted", "x-ms-exchange-authentication-results":
      addresses(text(field), "AuthenticationResults", field, into: &result)
    default:
      if field.name.hasPrefix("x-"), Self.network.contains(where: { field.name.contains($0) }) {
        addresses(text(field), "XNetwork", field, into: &result)
      }
    }
  }

  func text(_ field: MailField) -> String { BoundedText.decode(field.value, limits) ?? "" }

  // MARK: People

  private mutating func people(
    _ field: MailField, _ name: String, _ role: Role, into result: inout ReadResult
  ) {
    // In other fields a word that is no address is a setting.
    let isPlain = ["from", "to", "cc", "bcc", "reply-to", "sender"].contains(field.name)
    for mailbox in MailAddress.list(field.value, limits) {
      if isPlain || mailbox.address != nil, let person = mailbox.name {
        add(role, .person(person), name, field, into: &result)
      }
      if let address = mailbox.address { add(.email, .contact(address), name, field, into: &result) }
    }
  }

  private mutating func list(_ field: MailField, into result: inout ReadResult) {
    let text = text(field)
    let name = field.name.split(separator: "-").map { $0.capitalized }.joined(separator: "-")
    if field.name == "list-id" { return add(.networkLink, .link(text), "List-Id", field, into: &result) }
    for part in text.split(separator: "<").prefix(16) {
      let link = part.prefix { $0 != ">" && $0 != " " }
      if let address = AddressText.email(String(link)) {
        add(.email, .contact(address), name, field, into: &result)
      } else if BoundedText.isWebAddress(String(link)) {
        add(.url, .link(String(link)), name, field, into: &result)
      }
    }
  }

  // MARK: Times and identifiers

  mutating func time(
    _ text: String, _ role: Role, _ name: String, _ field: MailField, into result: inout ReadResult
  ) {
    guard let time = MailDate.read(text), !time.isUnset else {
      // The names of days and months may be in any language.
      guard let offset = MailDate.offset(text) else { return }
      return add(.zone, .utcOffset(offset), name, field, into: &result)
    }
    add(role, .timestamp(time), name, field, into: &result)
    if let offset = time.utcOffsetMinutes { add(.zone, .utcOffset(offset), name, field, into: &result) }
  }

  private mutating func identifiers(_ field: MailField, _ name: String, into result: inout ReadResult) {
    let value = text(field)
    var parts: [Substring] = value.split(separator: "<").compactMap { part in
      part.firstIndex(of: ">").map { part[..<$0] }
    }
    if parts.isEmpty, !value.isEmpty, value.utf8.count <= 998 { parts = [value[...]] }
    for part in parts.prefix(limits.entries) {
      let identifier = String(part.filter { !$0.isWhitespace })
      guard !identifier.isEmpty else { continue }
      add(.messageID, .link("<" + identifier + ">"), name, field, into: &result)
      guard let sign = identifier.lastIndex(of: "@") else { continue }
      let domain = identifier[identifier.index(after: sign)...]
      addresses(String(domain), name, field, into: &result)
      if name == "Message-ID" { computer(String(domain), name, field, into: &result) }
    }
  }

  /// The time at which the first message of a conversation was written.
  ///
  /// Source: Microsoft, MS-OXOMSG section 2.2.1.3 (PidTagConversationIndex): the six highest bytes of a FILETIME.
  private mutating func threadIndex(_ field: MailField, into result: inout ReadResult) {
    let bytes = Base64.decode(field.value.prefix(64))
    guard bytes.count >= 22, bytes[0] == 1 else { return }
    let ticks = bytes[..<6].reduce(UInt64(0)) { $0 << 8 | UInt64($1) } << 16
    guard let time = WindowsTime.timestamp(ticks) else { return }
    add(.created, .timestamp(time), "Thread-Index", field, into: &result)
  }

  // MARK: What the fields mean

  private struct Meaning<Value: Sendable>: Sendable {
    var role: Role
    var name: String
    var fact: Value
  }

  private static let people: [String: Meaning<Bool>] = {
    var table: [String: Meaning<Bool>] = [:]
    func put(_ role: Role, _ names: String...) {
      for name in names { table[name.lowercased()] = Meaning(role: role, name: name, fact: true) }
    }
    put(
      .sender, "From", "Sender", "Reply-To", "Return-Path", "Resent-From", "Resent-Sender", "X-Sender",
      "X-From", "X-Originating-Email", "X-Authenticated-Sender", "X-Authenticated-User", "X-Auth-ID",
      "X-Envelope-From", "Envelope-From", "Errors-To", "Disposition-Notification-To",
      "Return-Receipt-To", "X-Original-From", "X-Env-Sender", "X-Mail-From", "X-Original-Sender",
      "Mail-Reply-To",
      "X-Confirm-Reading-To", "X-Sender-ID", "X-X-Sender", "Followup-To", "Mail-Followup-To")
    put(
      .recipient, "To", "Cc", "Bcc", "Delivered-To", "X-Original-To", "Resent-To", "Resent-Cc", "Resent-Bcc",
      "Apparently-To", "X-Envelope-To", "Envelope-To", "X-To", "X-cc", "X-bcc", "X-Forwarded-To",
      "X-Forwarded-For",
      "X-RCPT-To", "X-BeenThere", "Original-Recipient", "X-Apparently-To", "X-Delivered-To", "X-Loop")
    return table
  }()

  private static let times: [String: Meaning<Bool>] = [
    "date": Meaning(role: .sent, name: "Date", fact: true),
    "resent-date": Meaning(role: .sent, name: "Resent-Date", fact: true),
    "delivery-date": Meaning(role: .received, name: "Delivery-Date", fact: true),
    "deferred-delivery": Meaning(role: .sent, name: "Deferred-Delivery", fact: true),
    "x-originalarrivaltime": Meaning(role: .received, name: "X-OriginalArrivalTime", fact: true),
    "expires": Meaning(role: .end, name: "Expires", fact: true),
    "reply-by": Meaning(role: .end, name: "Reply-By", fact: true),
  ]

  private static let identifiers = [
    "message-id": "Message-ID", "in-reply-to": "In-Reply-To", "references": "References",
    "resent-message-id": "Resent-Message-ID",
    "x-microsoft-original-message-id": "X-Microsoft-Original-Message-ID",
    "x-gm-original-message-id": "X-Original-Message-ID",
  ]

  private static let texts: [String: Meaning<@Sendable (String) -> Observation.Fact>] = {
    var table: [String: Meaning<@Sendable (String) -> Observation.Fact>] = [:]
    func put(_ role: Role, _ names: [String], _ fact: @escaping @Sendable (String) -> Observation.Fact) {
      for name in names { table[name.lowercased()] = Meaning(role: role, name: name, fact: fact) }
    }
    put(.subject, ["Subject", "Thread-Topic", "X-Subject"]) { .text($0) }
    put(.comment, ["Comments"]) { .text($0) }
    put(.keywords, ["Keywords", "X-Gmail-Labels", "X-Keywords", "Categories"]) { .text($0) }
    put(
      .mailer,
      [
        "X-Mailer", "User-Agent", "X-MimeOLE", "X-Newsreader", "X-User-Agent", "Mail-User-Agent",
        "X-Mail-Agent",
        "X-Mailer-Info", "X-Composer", "X-Client", "X-EM-Client", "X-Mailing-Program", "X-PHP-Script",
      ]
    ) { .software($0) }
    put(.organization, ["Organization", "Organisation", "X-Organization"]) { .person($0) }
    put(.downloadedFrom, ["Snapshot-Content-Location", "X-URL"]) { .link($0) }
    put(.documentID, ["X-Universally-Unique-Identifier", "X-Account-Key"]) { .link($0) }
    put(.host, ["X-Originating-Host", "X-Source-Host", "X-AntiAbuse-Host"]) { .device(Device(hostName: $0)) }
    return table
  }()

  /// Words in the names of fields that hold addresses of machines.
  private static let network = [
    "-ip", "ip-", "originating", "forwarded", "client", "remote", "sender", "source", "host", "relay", "spf",
    "connecting", "peer", "php", "antiabuse", "uscc",
  ]
}

extension Substring {
  fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
