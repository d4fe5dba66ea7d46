internal import UntrailModel

/// The people of a calendar's entries.
extension CalendarSession {
  /// ORGANIZER and ATTENDEE, with the name as a parameter and the address as the value:
  ///
  ///     ATTENDEE;CN=Mara Example;CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;EMAIL=mara@example.org:mailto:mara@example.org
  ///     ATTENDEE;ROLE=OWNER:Mara Example <mara@example.org>                    in version 1.0
  mutating func person(_ line: ContentLine, into result: inout ReadResult) {
    let field = "ICS:" + line.name
    let value = line.text(limits) ?? ""
    if line.name == "CONTACT" || line.name == "X-CONTACT" {
      return contact(value, line, field, into: &result)
    }
    address(value, field, line, into: &result)
    for name in [
      "EMAIL", "X-EMAIL", "X-CALENDARSERVER-EMAIL", "SENT-BY", "DELEGATED-TO", "DELEGATED-FROM", "MEMBER",
    ]
    where !line.parameters.isEmpty {
      for text in line.parameters.lazy.filter({ $0.name == name }).flatMap(\.values) {
        address(text, field, line, into: &result)
      }
    }
    let name = line.parameter("CN") ?? AddressText.name(before: value) ?? ""
    guard !name.isEmpty, AddressText.email(name) == nil else { return }
    // Rooms and cars are invited as people are.
    let kind = line.parameter("CUTYPE")?.uppercased()
    if kind == "ROOM" || kind == "RESOURCE" {
      return facts.add(.event, .place(name), field, at: line.offset, into: &result)
    }
    facts.add(Self.role(line), .person(name), field, at: line.offset, into: &result)
    if line.name == "ORGANIZER" { changeEntry { $0.organizer = name } }
  }

  private static func role(_ line: ContentLine) -> Role {
    switch line.name {
    case "ORGANIZER": .organizer
    case "X-OWNER": .owner
    case "X-MS-OLK-SENDER": .sender
    default: line.parameter("ROLE")?.uppercased() == "OWNER" ? .owner : .attendee
    }
  }

  private mutating func contact(
    _ text: String, _ line: ContentLine, _ field: String, into result: inout ReadResult
  ) {
    guard !text.isEmpty else { return }
    facts.add(
      ContactText.role(of: text), .contact(text), field, at: line.valueOffset, into: &result)
    for word in text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "\n" || $0 == ";" }).prefix(50) {
      if let email = AddressText.email(String(word)) {
        facts.add(.email, .contact(email), field, at: line.valueOffset, into: &result)
      }
    }
  }

  /// Adds a calendar user's address: a mail address, a telephone number, or the page of an account.
  private mutating func address(
    _ text: String, _ field: String, _ line: ContentLine, into result: inout ReadResult
  ) {
    if let email = AddressText.email(text) {
      facts.add(.email, .contact(email), field, at: line.valueOffset, into: &result)
    } else if text.prefix(4).lowercased() == "tel:" {
      facts.add(
        .phone, .contact(String(text.dropFirst(4))), field, at: line.valueOffset, into: &result)
    } else if BoundedText.isWebAddress(text) || text.hasPrefix("/") {
      facts.add(.account, .link(text), field, at: line.valueOffset, into: &result)
    }
  }
}
