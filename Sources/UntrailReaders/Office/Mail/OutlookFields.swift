internal import UntrailModel

/// What the numbers of properties of a message stand for.
///
/// Source: Microsoft, MS-OXPROPS, section 2. Names of the fields: its own, without "PidTag".
enum OutlookFields {
  static let message: [(id: UInt16, name: String, meaning: DocumentMeaning)] = [
    (0x0037, "Subject", .text(.subject)), (0x0070, "ConversationTopic", .text(.subject)),
    (0x001A, "MessageClass", .text(.label)), (0x0C1A, "SenderName", .person(.sender)),
    (0x0042, "SentRepresentingName", .person(.sender)), (0x0040, "ReceivedByName", .person(.recipient)),
    (0x0044, "ReceivedRepresentingName", .person(.recipient)), (0x0E04, "DisplayTo", .person(.recipient)),
    (0x0E03, "DisplayCc", .person(.recipient)), (0x0E02, "DisplayBcc", .person(.recipient)),
    (0x0050, "ReplyRecipientNames", .person(.recipient)), (0x3FF8, "CreatorName", .person(.author)),
    (0x3FFA, "LastModifierName", .person(.editor)), (0x0074, "OriginalDisplayTo", .person(.recipient)),
    (0x005A, "OriginalSenderName", .person(.sender)), (0x004D, "OriginalAuthorName", .person(.author)),
    (0x1035, "InternetMessageID", .link(.messageID)), (0x1042, "InReplyTo", .link(.messageID)),
    (0x1039, "InternetReferences", .link(.messageID)),
  ]

  static let addresses: [(id: UInt16, name: String)] = [
    (0x0C1F, "SenderEmailAddress"), (0x5D01, "SenderSmtpAddress"), (0x0065, "SentRepresentingEmailAddress"),
    (0x5D02, "SentRepresentingSmtpAddress"), (0x0076, "ReceivedByEmailAddress"),
    (0x0078, "ReceivedRepresentingEmailAddress"), (0x5D07, "ReceivedBySmtpAddress"),
    (0x5D08, "ReceivedRepresentingSmtpAddress"), (0x5D0A, "CreatorSmtpAddress"),
    (0x5D0B, "LastModifierSmtpAddress"), (0x0067, "OriginalSenderEmailAddress"),
  ]

  static let times: [(id: UInt16, name: String, role: Role)] = [
    (0x0039, "ClientSubmitTime", .sent), (0x0E06, "MessageDeliveryTime", .received),
    (0x3007, "CreationTime", .created), (0x3008, "LastModificationTime", .modified),
    (0x0060, "StartDate", .start), (0x0061, "EndDate", .end),
  ]

  /// Headers that Outlook keeps one by one, and what documents in a mailbox have.
  static let named: [(key: String, name: String, meaning: DocumentMeaning)] = [
    ("x-mailer", "XMailer", .software),
    ("author", "Author", .person(.author)), ("lastauthor", "LastModifiedBy", .person(.editor)),
    ("company", "Company", .person(.organization)), ("manager", "Manager", .person(.manager)),
    ("template", "Template", .template), ("appname", "Software", .software),
    ("keywords", "Keywords", .text(.keywords)),
  ]

  private static let contact: [(id: UInt16, name: String, meaning: DocumentMeaning)] = [
    (0x3A16, "CompanyName", .person(.organization)), (0x3A17, "Title", .text(.jobTitle)),
    (0x3A18, "DepartmentName", .person(.organization)), (0x3A4E, "ManagerName", .person(.manager)),
    (0x3A30, "Assistant", .person(.contact)), (0x3A48, "SpouseName", .person(.contact)),
    (0x3A4F, "Nickname", .person(.contact)), (0x3A51, "BusinessHomePage", .text(.comment)),
  ]

  private static let phones: [UInt16] = [
    0x3A08, 0x3A09, 0x3A1A, 0x3A1B, 0x3A1C, 0x3A1D, 0x3A1E, 0x3A1F, 0x3A21, 0x3A24, 0x3A25, 0x3A2F,
  ]

  /// Town, country, street, code of the addresses: of the business, the home, another.
  private static let places: [(id: UInt16, name: String, role: Role)] = [
    (0x3A27, "Locality", .city), (0x3A59, "HomeAddressCity", .city), (0x3A26, "Country", .country),
    (0x3A5A, "HomeAddressCountry", .country),
  ]

  /// Numbers of the properties with names: addresses 1 to 3, and the names beside them.
  private static let addressNumbers: [UInt32] = [0x8083, 0x8093, 0x80A3, 0x8084, 0x8094, 0x80A4]

  /// What a contact says of a person.
  static func addContact(
    _ properties: OutlookProperties, _ names: OutlookNames, _ facts: inout DocumentFacts,
    into result: inout ReadResult
  ) {
    guard properties.text(0x001A)?.hasPrefix("IPM.Contact") ?? false else { return }
    facts.add(.person(.contact), properties.text(0x3001), "DisplayName", into: &result)
    for (id, name, meaning) in contact { facts.add(meaning, properties.text(id), name, into: &result) }
    for id in phones {
      guard let phone = properties.text(id) else { continue }
      facts.add(.phone, .contact(phone), "TelephoneNumber", into: &result)
    }
    for (id, name, role) in places {
      guard let place = properties.text(id) else { continue }
      facts.add(role, .place(place), name, into: &result)
    }
    for number in addressNumbers {
      guard let id = names.byNumber[number], let text = properties.text(id),
        let address = AddressText.email(text)
      else { continue }
      facts.add(.email, .contact(address), "EmailAddress", into: &result)
    }
    if let birthday = properties.times[0x3A42] {
      facts.add(.birthday, .timestamp(birthday), "Birthday", into: &result)
    }
  }
}
