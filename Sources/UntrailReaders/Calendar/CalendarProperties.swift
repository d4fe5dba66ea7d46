internal import UntrailModel

/// What the properties of a calendar say.
extension CalendarSession {
  mutating func property(_ line: ContentLine, into result: inout ReadResult) {
    if stack.last?.change != nil || stack.last?.zone != nil {
      return zoneProperty(line, into: &result)
    }
    if let zone = line.parameter("TZID") { addZone(zone, "ICS:TZID", line, into: &result) }
    switch line.name {
    case "VERSION": isOld = line.text(limits) == "1.0"
    case "PRODID": add(.generator, line, into: &result) { .software($0) }
    case "SUMMARY", "X-WR-CALNAME", "NAME": title(line, into: &result)
    case "DESCRIPTION", "X-WR-CALDESC", "X-ALT-DESC", "STYLED-DESCRIPTION", "BODY":
      description(line, into: &result)
    case "COMMENT", "X-COMMENT": add(.comment, line, into: &result) { .text($0) }
    case "CATEGORIES", "RESOURCES", "CONCEPT": add(.keywords, line, into: &result) { .text($0) }
    case "UID", "X-WR-ALARMUID", "X-WR-RELCALID", "RELATED-TO", "X-MICROSOFT-CDO-OWNERAPPTID",
      "X-LOTUS-CHILD-UID":
      identifier(line, into: &result)
    case "DTSTART", "DTEND", "DUE", "DTSTAMP", "CREATED", "DCREATED", "LAST-MODIFIED", "COMPLETED",
      "DURATION",
      "RECURRENCE-ID", "EXDATE", "RDATE", "RRULE", "TRIGGER", "DALARM", "AALARM", "MALARM", "PALARM",
      "ACKNOWLEDGED", "X-MOZ-LASTACK", "X-MOZ-SNOOZE-TIME", "FREEBUSY", "X-MS-OLK-ORIGINALSTART",
      "X-MS-OLK-ORIGINALEND":
      time(line, into: &result)
    case "TZ":
      if let offset = line.rawText(limits).flatMap({ CalendarTime.offset($0) }) {
        facts.add(.zone, .utcOffset(offset), "ICS:TZ", at: line.valueOffset, into: &result)
      }
    case "X-WR-TIMEZONE", "TIMEZONE-ID", "TZID":
      if let zone = line.text(limits) { addZone(zone, "ICS:" + line.name, line, into: &result) }
    case "GEO", "LOCATION", "X-APPLE-STRUCTURED-LOCATION", "X-APPLE-TRAVEL-START", "X-LOCATION":
      place(line, into: &result)
    case "ORGANIZER", "ATTENDEE", "CONTACT", "X-OWNER", "X-MS-OLK-SENDER", "CALENDAR-ADDRESS", "X-CONTACT":
      person(line, into: &result)
    case "ATTACH", "IMAGE", "STRUCTURED-DATA": attachment(line, into: &result)
    case "X-KDE-KITINERARY-RESERVATION": booking(line, into: &result)
    default: link(line, into: &result)
    }
  }

  /// Adds the text of a property as one fact.
  mutating func add(
    _ role: Role, _ line: ContentLine, into result: inout ReadResult,
    _ fact: (String) -> Observation.Fact
  ) {
    guard let text = line.text(limits) else { return }
    facts.add(role, fact(text), "ICS:" + line.name, at: line.valueOffset, into: &result)
  }

  /// Changes the entry at hand; in the calendar itself there is none.
  mutating func changeEntry(_ change: (inout CalendarEntry) -> Void) {
    guard let last = stack.indices.last, stack[last].name != "VCALENDAR" else { return }
    change(&stack[last].entry)
  }

  private mutating func title(_ line: ContentLine, into result: inout ReadResult) {
    guard let text = line.text(limits) else { return }
    facts.add(.title, .text(text), "ICS:" + line.name, at: line.valueOffset, into: &result)
    changeEntry { $0.title = text }
    // A calendar is often called by the address of its owner.
    if line.name != "SUMMARY", let address = AddressText.email(text) {
      facts.add(.email, .contact(address), "ICS:" + line.name, at: line.valueOffset, into: &result)
    }
  }

  private mutating func description(_ line: ContentLine, into result: inout ReadResult) {
    guard let text = line.text(limits) else { return }
    let field = "ICS:" + line.name
    let isMarkup = line.name == "X-ALT-DESC" || line.name == "STYLED-DESCRIPTION"
    if !isMarkup { facts.add(.description, .text(text), field, at: line.valueOffset, into: &result) }
    for link in AddressText.links(in: text, most: 100) where ConferenceLink.isOne(link) {
      facts.add(.url, .link(link), field, at: line.valueOffset, into: &result)
    }
  }

  private mutating func identifier(_ line: ContentLine, into result: inout ReadResult) {
    guard let text = line.text(limits) else { return }
    facts.add(.documentID, .link(text), "ICS:" + line.name, at: line.valueOffset, into: &result)
    if line.name == "UID" { changeEntry { $0.id = text } }
  }

  mutating func addZone(_ name: String, _ field: String, _ line: ContentLine, into result: inout ReadResult) {
    facts.add(.timeZone, .text(name), field, at: line.offset, into: &result)
  }

  private mutating func zoneProperty(_ line: ContentLine, into result: inout ReadResult) {
    guard let last = stack.indices.last, let text = line.rawText(limits) else { return }
    switch line.name {
    case "TZID":
      stack[last].zone?.name = text
      addZone(text, "ICS:TZID", line, into: &result)
    case "X-LIC-LOCATION": addZone(text, "ICS:X-LIC-LOCATION", line, into: &result)
    case "DTSTART": stack[last].change?.start = CalendarTime.read(text)
    case "TZOFFSETFROM": stack[last].change?.offsetBefore = CalendarTime.offset(text)
    case "TZOFFSETTO": stack[last].change?.offset = CalendarTime.offset(text)
    case "RRULE": stack[last].change?.rule = RecurrenceRule(text)
    case "RDATE":
      let room = CalendarZone.mostChanges - (stack[last].change?.dates.count ?? 0)
      let dates = text.split(separator: ",").prefix(max(0, room)).compactMap { CalendarTime.read(String($0)) }
      stack[last].change?.dates += dates
    default: break
    }
  }

  private mutating func booking(_ line: ContentLine, into result: inout ReadResult) {
    guard let text = line.text(limits), bookings < 500 else { return }
    bookings += 1
    var schema = SchemaData("JSON-LD", limits)
    schema.addJSON(Array(text.utf8), at: .value(line.valueOffset), into: &result)
  }
}
