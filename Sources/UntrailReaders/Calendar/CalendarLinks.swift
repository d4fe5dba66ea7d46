internal import UntrailModel

/// Links, conferences and files of a calendar's entries.
extension CalendarSession {
  /// A property whose value may be a link.
  mutating func link(_ line: ContentLine, into result: inout ReadResult) {
    let field = "ICS:" + line.name
    switch line.name {
    case "URL", "LINK", "CONFERENCE", "SOURCE", "TZURL", "X-SOURCE-URL", "X-ORIGINAL-URL",
      "X-GOOGLE-CONFERENCE",
      "X-GOOGLE-HANGOUT", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGCONFLINK",
      "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK", "X-MICROSOFT-ONLINEMEETINGINFORMATION", "X-CONFERENCE",
      "X-ZOOM-JOIN-URL", "X-JITSI-URL", "X-EVOLUTION-CALDAV-HREF", "X-GOOGLE-CALENDAR-CONTENT-URL":
      guard let text = line.text(limits) else { return }
      link(text, field, line, into: &result)
    case "X-MICROSOFT-ONLINEMEETINGTOLLNUMBER", "X-MICROSOFT-ONLINEMEETINGTOLLFREENUMBER":
      add(.phone, line, into: &result) { .contact($0) }
    case "X-MICROSOFT-ONLINEMEETINGCONFID", "X-GOOGLE-CONFERENCE-PIN", "X-CONFERENCE-PIN":
      guard line.text(limits) != nil else { return }
      result.add(.password, .hidden(HiddenContent(byteCount: nil)), field, at: line.valueOffset)
    case "X-APPLE-CREATOR-IDENTITY", "X-APPLE-CREATOR-TEAM-IDENTITY":
      add(.application, line, into: &result) { .software($0) }
    default: break
    }
    if let directory = line.parameter("DIR") { link(directory, field, line, into: &result) }
  }

  private mutating func link(
    _ text: String, _ field: String, _ line: ContentLine, into result: inout ReadResult
  ) {
    if let (number, hasCode) = ConferenceLink.number(text) {
      facts.add(.phone, .contact(number), field, at: line.valueOffset, into: &result)
      if hasCode {
        result.add(.password, .hidden(HiddenContent(byteCount: nil)), field, at: line.valueOffset)
      }
    } else if let email = AddressText.email(text) {
      facts.add(.email, .contact(email), field, at: line.valueOffset, into: &result)
    } else if text.prefix(5).lowercased() == "file:" {
      facts.add(.path, .link(AddressText.percentDecoded(text)), field, at: line.valueOffset, into: &result)
    } else {
      let isSource = ["SOURCE", "X-SOURCE-URL", "X-ORIGINAL-URL"].contains(line.name)
      facts.add(isSource ? .downloadedFrom : .url, .link(text), field, at: line.valueOffset, into: &result)
    }
  }

  /// ATTACH and IMAGE: a file inside the calendar, or a link to one.
  mutating func attachment(_ line: ContentLine, into result: inout ReadResult) {
    let field = "ICS:" + line.name
    let name =
      [
        "FILENAME", "X-FILENAME", "X-APPLE-FILENAME", "X-ORACLE-FILENAME",
        "X-EVOLUTION-CALDAV-ATTACHMENT-NAME",
      ]
      .lazy.compactMap { line.parameter($0) }.first ?? ""
    if let file = InlineFile(line) {
      guard !line.isCut else { return }
      result.add(
        .embeddedFile, .hidden(HiddenContent(byteCount: file.bytes.count)), field, at: line.valueOffset)
      tools.examineMember(named: name.isEmpty ? line.name : name, file.bytes, into: &result)
    } else if let text = line.text(limits), text.contains(":"), text.prefix(4).lowercased() != "cid:" {
      link(text, field, line, into: &result)
    }
    guard !name.isEmpty else { return }
    facts.add(.originalFileName, .link(name), field, at: line.offset, into: &result)
  }
}

/// A file that stands in a property as a whole.
struct InlineFile {
  var bytes: [UInt8]

  /// Nil where the property is no file: neither in base64 nor a data: URI.
  init?(_ line: ContentLine) {
    let head = line.value.prefix(200)
    if head.prefix(5).map({ $0 | 0x20 }).elementsEqual("data:".utf8),
      let comma = head.firstIndex(of: UInt8(ascii: ","))
    {
      let isBase64 = head[..<comma].suffix(7).elementsEqual(";base64".utf8)
      bytes = isBase64 ? Base64.decode(line.value[(comma + 1)...]) : Array(line.value[(comma + 1)...])
    } else if line.isBase64 {
      bytes = Base64.decode(line.value)
    } else {
      return nil
    }
    guard !bytes.isEmpty else { return nil }
  }
}
