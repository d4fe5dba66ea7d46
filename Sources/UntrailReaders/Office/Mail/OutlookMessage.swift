internal import UntrailBytes
internal import UntrailModel

/// An Outlook message, appointment, contact or task (.msg): a compound file of objects with properties.
///
///     __properties_version1.0, __substg1.0_*    the message
///     __recip_version1.0_#NNNNNNNN              recipients
///     __attach_version1.0_#NNNNNNNN             attachments
///     __nameid_version1.0                       properties with names
///
/// Source: Microsoft, MS-OXMSG, section 2; MS-OXPROPS for the numbers.
struct OutlookMessage {
  private let file: CompoundFile
  private let folder: [String]
  private let names: OutlookNames
  private let properties: OutlookProperties
  private let tools: ReaderTools
  private var facts: DocumentFacts

  static let propertiesName = OutlookProperties.streamName

  static func read(_ file: CompoundFile, into result: inout ReadResult, with tools: ReaderTools) {
    let names = OutlookNames(file, into: &result, tools.limits)
    var message = OutlookMessage(file, [], names, into: &result, tools)
    message.read(into: &result)
  }

  private init(
    _ file: CompoundFile, _ folder: [String], _ names: OutlookNames, into result: inout ReadResult,
    _ tools: ReaderTools
  ) {
    self.file = file
    self.folder = folder
    self.names = names
    self.tools = tools
    properties = OutlookProperties(
      file, folder, headSize: folder.isEmpty ? 32 : 24, into: &result, tools.limits)
    facts = DocumentFacts("MSG", tools.limits)
  }

  private mutating func read(into result: inout ReadResult) {
    for (id, name, meaning) in OutlookFields.message {
      facts.add(meaning, properties.text(id), name, into: &result)
    }
    for (id, name) in OutlookFields.addresses { addAddress(properties.text(id), name, into: &result) }
    for (id, name, role) in OutlookFields.times {
      guard let time = properties.times[id] else { continue }
      facts.add(role, .timestamp(time), name, into: &result)
    }
    OutlookFields.addContact(properties, names, &facts, into: &result)
    addNamed(into: &result)
    addConversation(into: &result)
    addHeaders(into: &result)
    addRecipients(into: &result)
    addAttachments(into: &result)
    properties.addFlaw(into: &result)
  }

  /// The address of a person in a mail system, or in the directory of an Exchange server.
  private mutating func addAddress(_ text: String?, _ name: String, into result: inout ReadResult) {
    guard let text else { return }
    if let address = AddressText.email(text) {
      facts.add(.email, .contact(address), name, into: &result)
    } else if text.hasPrefix("/") {
      facts.add(.account, .contact(text), name, into: &result)
    }
  }

  private mutating func addNamed(into result: inout ReadResult) {
    for (key, name, meaning) in OutlookFields.named {
      guard let id = names.byName[key] else { continue }
      facts.add(meaning, properties.text(id), name, into: &result)
    }
    if let id = names.byName["x-originating-ip"], let text = properties.text(id) {
      let address = text.filter { $0 != "[" && $0 != "]" }
      facts.add(.ipAddress, .network(address), "XOriginatingIP", into: &result)
    }
    if let id = names.byNumber[0x8208], let place = properties.text(id) {
      facts.add(.landmark, .place(place), "Location", into: &result)
    }
    for (number, role, name) in [(UInt32(0x820D), Role.start, "StartTime"), (0x820E, .end, "EndTime")] {
      guard let id = names.byNumber[number], let time = properties.times[id] else { continue }
      facts.add(role, .timestamp(time), name, into: &result)
    }
  }

  /// 01, the upper five bytes of a time, a number that all messages of the conversation have; then, for each reply,
  /// five bytes.
  ///
  /// Source: Microsoft, MS-OXOMSG, section 2.2.1.3.
  private mutating func addConversation(into result: inout ReadResult) {
    guard let index = properties.data(0x0071, most: 1024), index.count >= 22, index[0] == 1 else { return }
    facts.add(.mediaGroup, .link(HexText.of(index[6..<22])), "ConversationIndex", into: &result)
    let ticks = index[0..<6].reduce(UInt64(0)) { $0 << 8 | UInt64($1) } << 16
    if let time = WindowsTime.timestamp(ticks) {
      facts.add(.created, .timestamp(time), "ConversationIndex", into: &result)
    }
  }

  /// The headers with which the message came over the network.
  private mutating func addHeaders(into result: inout ReadResult) {
    guard let headers = properties.longText(0x007D), !headers.isEmpty else { return }
    MailHeaders.decode(headers, in: "MSG", at: nil, into: &result, tools.limits)
  }

  // MARK: Recipients and attachments

  private mutating func addRecipients(into result: inout ReadResult) {
    for storage in storages("__recip_version1.0_#") {
      let recipient = inner(storage, into: &result)
      facts.add(.person(.recipient), recipient.text(0x3001), "RecipientName", into: &result)
      facts.add(.person(.recipient), recipient.text(0x5FF6), "RecipientName", into: &result)
      for id: UInt16 in [0x39FE, 0x3003] {
        addAddress(recipient.text(id), "RecipientEmailAddress", into: &result)
      }
      recipient.addFlaw(into: &result)
    }
  }

  private mutating func addAttachments(into result: inout ReadResult) {
    for storage in storages("__attach_version1.0_#") {
      let attachment = inner(storage, into: &result)
      let name = attachment.text(0x3707) ?? attachment.text(0x3704) ?? attachment.text(0x3001) ?? "attachment"
      facts.add(.link(.originalFileName), name, "AttachmentName", into: &result)
      facts.add(.path, attachment.text(0x370D), "AttachmentPath", into: &result)
      facts.add(.path, attachment.text(0x3708), "AttachmentPath", into: &result)
      for (id, role) in [(UInt16(0x3007), Role.created), (0x3008, .modified)] {
        guard let time = attachment.times[id] else { continue }
        facts.add(role, .timestamp(time), "AttachmentTime", into: &result)
      }
      if let folder = attachment.object(0x3701) {
        readMessage(folder, named: name, into: &result)
      } else if let bytes = attachment.data(0x3701, most: tools.limits.bytes) {
        facts.hidden(.attachment, bytes.count, "Attachment", into: &result)
        tools.examineMember(named: name, bytes, into: &result)
      }
      attachment.addFlaw(into: &result)
    }
  }

  /// A message in the message.
  private func readMessage(_ folder: [String], named name: String, into result: inout ReadResult) {
    guard file.directory.stream(Self.propertiesName, in: folder) != nil else { return }
    tools.examinePart(named: name, MediaType("application/vnd.ms-outlook"), into: &result) { inner in
      var message = OutlookMessage(file, folder, names, into: &inner, tools)
      message.read(into: &inner)
    }
  }

  private func storages(_ prefix: String) -> [[String]] {
    file.directory.storages(in: folder).filter { $0.name.hasPrefix(prefix) }.map { folder + [$0.name] }
      .sorted { $0.lexicographicallyPrecedes($1) }.prefix(tools.limits.members).map { $0 }
  }

  private func inner(_ folder: [String], into result: inout ReadResult) -> OutlookProperties {
    var inner = OutlookProperties(file, folder, headSize: 8, into: &result, tools.limits)
    inner.codePage = properties.codePage
    return inner
  }
}
