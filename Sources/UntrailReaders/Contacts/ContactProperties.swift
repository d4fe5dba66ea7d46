internal import UntrailModel

/// What the properties of a contact say.
extension ContactSession {
  mutating func property(_ line: ContentLine, into result: inout ReadResult) {
    if let zone = line.parameter("TZ") {
      facts.add(.timeZone, .text(zone), "VCARD:TZ", at: line.offset, into: &result)
    }
    switch line.name {
    case "VERSION": version = line.text(limits) ?? ""
    case "FN": formattedName(line, into: &result)
    case "N": structuredName(line, into: &result)
    case "NICKNAME", "X-NICKNAME", "X-MAIDENNAME", "X-EVOLUTION-FILE-AS", "X-PHONETIC-FIRST-NAME",
      "X-PHONETIC-LAST-NAME", "BIRTHNAME":
      add(.contact, line, into: &result) { .person($0) }
    case "ORG": joined(line, .publisher, into: &result) { .person($0) }
    case "TITLE", "ROLE", "X-DEPARTMENT", "X-EVOLUTION-OFFICE":
      add(.jobTitle, line, into: &result) { .text($0) }
    case "NOTE", "X-KADDRESSBOOK-NOTE": add(.comment, line, into: &result) { .text($0) }
    case "CATEGORIES", "HOBBY", "INTEREST", "EXPERTISE", "SKILLS":
      add(.keywords, line, into: &result) { .text($0) }
    case "PRODID": add(.generator, line, into: &result) { .software($0) }
    case "UID", "X-ABUID", "X-ABSHOWAS-UID", "X-ADDRESSBOOKSERVER-MEMBER", "MEMBER":
      identifier(line, into: &result)
    case "BDAY", "ANNIVERSARY", "X-ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY", "X-ABDATE", "DEATHDATE", "REV",
      "CREATED", "X-CREATED", "X-MS-OL-LAST-MODIFIED":
      date(line, into: &result)
    case "TZ": zone(line, into: &result)
    case "GEO": position(line.rawText(limits), line, isOld: version == "2.1", into: &result)
    case "ADR": address(line, into: &result)
    case "LABEL": add(.address, line, into: &result) { .contact($0) }
    case "BIRTHPLACE", "DEATHPLACE", "X-BIRTHPLACE": birthplace(line, into: &result)
    case "TEL", "X-TEL", "X-SKYPE-PSTNNUMBER", "X-MS-TEL": telephone(line, into: &result)
    case "EMAIL", "X-EMAIL": email(line, into: &result)
    case "PHOTO", "LOGO", "SOUND", "KEY", "X-ATTACHMENT": file(line, into: &result)
    case "RELATED", "AGENT", "X-ABRELATEDNAMES", "X-SPOUSE", "X-ASSISTANT", "X-MANAGER", "X-EVOLUTION-SPOUSE",
      "X-EVOLUTION-MANAGER", "X-EVOLUTION-ASSISTANT", "X-KADDRESSBOOK-X-SPOUSESNAME",
      "X-KADDRESSBOOK-X-ASSISTANTSNAME", "X-KADDRESSBOOK-X-MANAGERSNAME":
      related(line, into: &result)
    default: account(line, into: &result)
    }
  }

  /// Adds the text of a property as one fact.
  mutating func add(
    _ role: Role, _ line: ContentLine, into result: inout ReadResult,
    _ fact: (String) -> Observation.Fact
  ) {
    guard let text = line.text(limits) else { return }
    facts.add(role, fact(text), "VCARD:" + line.name, at: line.valueOffset, into: &result)
  }

  /// Adds the parts of a property as one fact.
  private mutating func joined(
    _ line: ContentLine, _ role: Role, into result: inout ReadResult, _ fact: (String) -> Observation.Fact
  ) {
    let text = line.parts(limits).filter { !$0.isEmpty }.joined(separator: ", ")
    guard !text.isEmpty else { return }
    facts.add(role, fact(text), "VCARD:" + line.name, at: line.valueOffset, into: &result)
  }

  private mutating func identifier(_ line: ContentLine, into result: inout ReadResult) {
    guard let text = line.text(limits) else { return }
    let role: Role = line.name == "UID" || line.name == "X-ABUID" ? .documentID : .derivedFrom
    facts.add(role, .link(text), "VCARD:" + line.name, at: line.valueOffset, into: &result)
  }

  /// A day, which need not have a year: 1985-04-12, 19850412, --0412.
  private mutating func date(_ line: ContentLine, into result: inout ReadResult) {
    guard let text = line.text(limits) else { return }
    let field = "VCARD:" + line.name
    switch line.name {
    case "REV", "X-MS-OL-LAST-MODIFIED", "CREATED", "X-CREATED":
      guard let time = CalendarTime.read(text), !time.isUnset else { return }
      let role: Role = line.name.hasSuffix("CREATED") ? .created : .modified
      facts.add(role, .timestamp(time), field, at: line.valueOffset, into: &result)
    case "BDAY": facts.add(.birthday, .text(text), field, at: line.valueOffset, into: &result)
    default: facts.add(.event, .text(text), field, at: line.valueOffset, into: &result)
    }
  }

  /// A zone by name, or as an offset from UTC.
  private mutating func zone(_ line: ContentLine, into result: inout ReadResult) {
    guard let text = line.text(limits) else { return }
    facts.add(.timeZone, .text(text), "VCARD:TZ", at: line.valueOffset, into: &result)
    guard let offset = CalendarTime.offset(text) else { return }
    facts.add(.zone, .utcOffset(offset), "VCARD:TZ", at: line.valueOffset, into: &result)
  }

  private mutating func related(_ line: ContentLine, into result: inout ReadResult) {
    guard let text = line.text(limits) else { return }
    let field = "VCARD:" + line.name
    if text.prefix(9).lowercased() == "urn:uuid:" {
      facts.add(.derivedFrom, .link(text), field, at: line.valueOffset, into: &result)
    } else if let email = AddressText.email(text) {
      facts.add(.email, .contact(email), field, at: line.valueOffset, into: &result)
    } else if BoundedText.isWebAddress(text) {
      facts.add(.url, .contact(text), field, at: line.valueOffset, into: &result)
    } else if text.uppercased().hasPrefix("BEGIN:VCARD") {
      result.notRead("card-in-card", "a contact inside a contact", at: line.valueOffset)
    } else {
      facts.add(.contact, .person(text), field, at: line.valueOffset, into: &result)
    }
  }

  /// PHOTO, LOGO, SOUND and KEY: the file itself, or a link to it.
  private mutating func file(_ line: ContentLine, into result: inout ReadResult) {
    let field = "VCARD:" + line.name
    if let file = InlineFile(line) {
      guard !line.isCut else { return }
      result.add(
        .embeddedFile, .hidden(HiddenContent(byteCount: file.bytes.count)), field, at: line.valueOffset)
      tools.examineMember(named: line.name, file.bytes, into: &result)
    } else if let text = line.text(limits), BoundedText.isWebAddress(text) {
      facts.add(.url, .link(text), field, at: line.valueOffset, into: &result)
    }
  }
}
