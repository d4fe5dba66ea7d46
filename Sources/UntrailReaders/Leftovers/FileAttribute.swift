internal import UntrailBytes
package import UntrailModel

/// Attributes that systems and programs keep beside a file, by their names: extended attributes, and what becomes of
/// them in AppleDouble files.
///
///     user.xdg.origin.url, user.xdg.referrer.url        where a browser loaded it from
///     com.apple.metadata:kMDItemWhereFroms              the same, as a binary property list of texts
///     com.apple.quarantine                              FLAGS;TIME;PROGRAM;ID, the time in hexadecimal seconds
///     com.apple.lastuseddate#PS                         seconds and nanoseconds since 1970, eight bytes each
///     com.apple.metadata:_kMDItemUserTags               texts, each with a colour on a second line
///     Zone.Identifier                                   see ZoneIdentifier
///
/// Names may follow "user.", and "#" with letters that say what happens to them on a copy.
///
/// Source: freedesktop.org, Guidelines for extended attributes; Apple, MDItem.h and xattr_flags.h; ExifTool's MacOS.pm.
package enum FileAttribute {
  /// Whether anything is made of an attribute of this name.
  package static func isKnown(_ name: String) -> Bool { meaning(name) != nil }

  /// Adds what an attribute says.
  package static func observe(_ name: String, _ value: [UInt8], into examination: inout Examination) {
    var result = ReadResult()
    let limits = Limits()
    observe(name, value, at: nil, into: &result, limits)
    for index in result.observations.indices { _ = result.observations[index].cut(to: limits.text) }
    examination.observations += result.observations
    // The file itself is whole.
    for diagnostic in result.diagnostics {
      examination.diagnostics.append(Diagnostic(diagnostic.code, diagnostic.message, nature: .doubt))
    }
  }

  /// As for extended attributes; a value that is not as it must be is a diagnostic.
  static func observe(
    _ name: String, _ value: [UInt8], at offset: Int?, into result: inout ReadResult, _ limits: Limits
  ) {
    guard let meaning = meaning(name) else { return }
    let field = "XAttr:" + String(plain(name).map { fieldLetters.contains($0) ? $0 : "-" })
    switch meaning {
    case .quarantine: quarantine(value, field, at: offset, into: &result)
    case .lastUsed:
      guard value.count >= 8 else { return }
      let seconds = value[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard seconds > 0, seconds < Timestamp.lastSecond else { return }
      let timestamp = Timestamp(civilSeconds: Int64(seconds), utcOffsetMinutes: 0)
      result.add(.lastUsed, .timestamp(timestamp), field, at: offset)
    case .zone:
      ZoneIdentifier.read(ByteSource(bytes: value, isJoined: true), into: &result, limits)
    case .fact(let fact):
      var values: [String] = []
      if value.starts(with: "bplist".utf8) {
        var flaw: ParseError?
        if let list = PropertyList.read(value, at: nil, limits, flaw: &flaw) {
          let parts = if case .array(let items) = list.content { items } else { [list] }
          addTimes(parts, field, at: offset, into: &result)
          values = parts.compactMap(\.text)
        }
        if let flaw { result.damage(flaw.code.rawValue, flaw.what, at: offset) }
      } else {
        values = BoundedText.decode(value, limits).map { [$0] } ?? []
      }
      for text in values.prefix(64) where !text.isEmpty { add(fact, text, field, at: offset, into: &result) }
    }
  }

  private enum Meaning {
    case fact(Fact)
    case quarantine
    case lastUsed
    case zone
  }

  private enum Fact {
    case download
    case comment
    case tags
    case title
    case creator
    case sender
    case recipient
    case originalName
    case messageID
    case identifier
    case timeZone
    case date

    var isSender: Bool { if case .sender = self { true } else { false } }
  }

  private static let fieldLetters = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")

  /// The name without what systems put around it.
  private static func plain(_ name: String) -> Substring {
    var plain = name[...]
    for prefix in ["user.", "DosStream.", "com.apple.metadata:", "com.apple."] where plain.hasPrefix(prefix) {
      plain = plain.dropFirst(prefix.count)
    }
    if plain.hasSuffix(":$DATA") { plain = plain.dropLast(6) }
    return plain.prefix { $0 != "#" }
  }

  private static func meaning(_ name: String) -> Meaning? { meanings[String(plain(name))] }

  private static let meanings: [String: Meaning] = [
    "quarantine": .quarantine, "lastuseddate": .lastUsed, "Zone.Identifier": .zone,
    "kMDItemWhereFroms": .fact(.download), "xdg.origin.url": .fact(.download),
    "xdg.referrer.url": .fact(.download), "kMDItemDownloadedDate": .fact(.date),
    "kMDItemFinderComment": .fact(.comment), "xdg.comment": .fact(.comment),
    "dublincore.description": .fact(.comment), "_kMDItemUserTags": .fact(.tags),
    "kMDItemUserTags": .fact(.tags), "kMDItemOMUserTags": .fact(.tags), "xdg.tags": .fact(.tags),
    "dublincore.title": .fact(.title), "dublincore.creator": .fact(.creator),
    "xdg.creator": .fact(.creator), "xdg.origin.email.from": .fact(.sender),
    "xdg.origin.email.subject": .fact(.title), "xdg.origin.email.message-id": .fact(.messageID),
    "kMDItemUserSharedReceivedSender": .fact(.sender),
    "kMDItemUserSharedReceivedSenderHandle": .fact(.sender),
    "kMDItemUserSharedReceivedRecipient": .fact(.recipient),
    "kMDItemUserSharedReceivedRecipientHandle": .fact(.recipient),
    "kMDItemUserSharedSentSender": .fact(.sender), "kMDItemUserSharedSentSenderHandle": .fact(.sender),
    "kMDItemUserSharedSentRecipient": .fact(.recipient),
    "kMDItemUserSharedSentRecipientHandle": .fact(.recipient),
    "kMDItemUserSharedReceivedDate": .fact(.date), "kMDItemUserSharedSentDate": .fact(.date),
    "com_apple_mail_dateReceived": .fact(.date), "com_apple_mail_dateSent": .fact(.date),
    "assetsd.originalFilename": .fact(.originalName), "assetsd.UUID": .fact(.identifier),
    "assetsd.timeZoneName": .fact(.timeZone), "assetsd.addedDate": .fact(.date),
  ]

  private static func add(
    _ fact: Fact, _ text: String, _ field: String, at offset: Int?, into result: inout ReadResult
  ) {
    switch fact {
    case .download: addOrigin(text, field, at: offset, into: &result)
    case .comment: result.add(.comment, .text(text), field, at: offset)
    case .title: result.add(.title, .text(text), field, at: offset)
    case .tags:
      // "Red\n6": the colour follows.
      let tag = text.prefix { $0 != "\n" }
      if !tag.isEmpty { result.add(.keywords, .text(String(tag)), field, at: offset) }
    case .creator: result.add(.creator, .person(text), field, at: offset)
    case .sender, .recipient:
      let role = ContactText.role(of: text)
      if role == .email || role == .phone {
        result.add(role, .contact(text), field, at: offset)
      } else {
        result.add(fact.isSender ? .sender : .participant, .person(text), field, at: offset)
      }
    case .originalName: result.add(.originalFileName, .link(text), field, at: offset)
    case .messageID: result.add(.documentID, .link(text), field, at: offset)
    case .identifier: result.add(.photoIdentifier, .link(text), field, at: offset)
    case .timeZone: result.add(.timeZone, .text(text), field, at: offset)
    case .date: break
    }
  }

  /// The address from which a file came; for one that came by mail its sender, subject and message.
  private static func addOrigin(
    _ text: String, _ field: String, at offset: Int?, into result: inout ReadResult
  ) {
    if text.holds("://") || text.hasPrefix("message:") || text.hasPrefix("file:") {
      result.add(.downloadedFrom, .link(text), field, at: offset)
    } else if ContactText.role(of: text) == .email {
      result.add(.email, .contact(text), field, at: offset)
    } else if text.contains("@"), text.contains("<") {
      result.add(.sender, .person(text), field, at: offset)
    } else {
      result.add(.subject, .text(text), field, at: offset)
    }
  }

  private static func addTimes(
    _ values: [PropertyValue], _ field: String, at offset: Int?, into result: inout ReadResult
  ) {
    for value in values.prefix(16) {
      guard case .date(let seconds) = value.content, let timestamp = PropertyFacts.timestamp(seconds) else {
        continue
      }
      result.add(.created, .timestamp(timestamp), field, at: offset)
    }
  }

  private static func quarantine(
    _ value: [UInt8], _ field: String, at offset: Int?, into result: inout ReadResult
  ) {
    guard let text = ExifText.ascii(value) else { return }
    let parts = text.split(separator: ";", maxSplits: 3, omittingEmptySubsequences: false)
    if parts.count > 1, let seconds = Int64(parts[1], radix: 16), seconds > 0, seconds < 1 << 33 {
      result.add(
        .created, .timestamp(Timestamp(civilSeconds: seconds, utcOffsetMinutes: 0)), field, at: offset)
    }
    if parts.count > 2, !parts[2].isEmpty {
      result.add(
        .application, .software(String(parts[2]).replacing("\\x20", with: " ")), field, at: offset)
    }
    if parts.count > 3, !parts[3].isEmpty {
      result.add(.documentID, .link(String(parts[3])), field, at: offset)
    }
  }
}
