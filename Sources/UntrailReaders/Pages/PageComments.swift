internal import UntrailModel

/// What programs that save pages leave in comments:
///
///     saved from url=(0024)https://www.example.org/                              browsers
///     Page saved with SingleFile / url: https://... / saved date: Sun Apr 28 ... SingleFile
///     Mirrored from www.example.org/ by HTTrack Website Copier/3.49 ..., Sun, 28 Apr 2024 23:09:02 GMT
///     [if gte mso 9]><xml><o:DocumentProperties><o:Author>...                    Word and its like
extension PageDecoder {
  mutating func comment(_ bytes: [UInt8], at offset: Int, into result: inout ReadResult) {
    guard bytes.count >= 12, let text = MarkupText.decode(bytes, in: characterSet, limits) else { return }
    if let start = AddressText.range(of: "saved from url=(", in: text.prefix(200)) {
      let link = text[start...].drop { $0 != ")" }.dropFirst().prefix { !$0.isWhitespace }
      savedFrom(String(link), at: offset, into: &result)
    } else if text.holds("SingleFile") {
      singleFile(text, at: offset, into: &result)
    } else if let start = AddressText.range(of: "mirrored from ", in: text.prefix(200)) {
      mirrored(text[start...], at: offset, into: &result)
    } else if text.holds("<o:") {
      office(text, at: offset, into: &result)
    }
  }

  private mutating func savedFrom(_ link: String, at offset: Int, into result: inout ReadResult) {
    guard !link.isEmpty else { return }
    facts.add(.downloadedFrom, .link(link), "HTML:saved-from", at: offset, into: &result)
  }

  private mutating func singleFile(_ text: String, at offset: Int, into result: inout ReadResult) {
    facts.add(.application, .software("SingleFile"), "HTML:saved-with", at: offset, into: &result)
    for line in text.split(whereSeparator: \.isNewline).prefix(20) {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let value = parts[1].trimmedASCII
      switch parts[0].trimmedASCII {
      case "url": savedFrom(value, at: offset, into: &result)
      case "saved date": savedAt(value, at: offset, into: &result)
      default: break
      }
    }
  }

  /// A time as browsers write it: Sun Apr 28 2024 23:09:02 GMT+0200 (Central European Summer Time).
  private mutating func savedAt(_ text: String, at offset: Int, into result: inout ReadResult) {
    let start = text.prefix { $0 != "(" }
    guard var time = WrittenTime.read(start.trimmedASCII) else { return }
    if let sign = AddressText.range(of: "gmt", in: start),
      let minutes = CalendarTime.offset(String(start[sign...]))
    {
      time.utcOffsetMinutes = minutes
    }
    facts.add(.created, .timestamp(time), "HTML:saved-date", at: offset, into: &result)
  }

  private mutating func mirrored(_ text: Substring, at offset: Int, into result: inout ReadResult) {
    savedFrom(String(text.prefix { !$0.isWhitespace }), at: offset, into: &result)
    guard let start = AddressText.range(of: " by ", in: text) else { return }
    let program = text[start...].prefix { $0 != "[" && $0 != "," }.trimmedASCII
    if !program.isEmpty {
      facts.add(.application, .software(program), "HTML:saved-with", at: offset, into: &result)
    }
    let parts = text.split(separator: ",").suffix(2).joined(separator: ",")
    if let time = WrittenTime.read(parts[...].trimmedASCII) {
      facts.add(.created, .timestamp(time), "HTML:saved-date", at: offset, into: &result)
    }
  }

  /// The properties of a document that an office program saved as a page.
  private mutating func office(_ text: String, at offset: Int, into result: inout ReadResult) {
    let properties: [(String, Role, (String) -> Observation.Fact?)] = [
      ("Author", .author, { .person($0) }), ("LastAuthor", .editor, { .person($0) }),
      ("Manager", .contact, { .person($0) }), ("Company", .publisher, { .person($0) }),
      ("Template", .derivedFrom, { .link($0) }), ("Title", .title, { .text($0) }),
      ("Created", .created, { WrittenTime.read($0).map { .timestamp($0) } }),
      ("LastSaved", .modified, { WrittenTime.read($0).map { .timestamp($0) } }),
      ("LastPrinted", .lastUsed, { WrittenTime.read($0).map { .timestamp($0) } }),
    ]
    for (name, role, fact) in properties {
      guard let start = AddressText.range(of: "<o:" + name.lowercased() + ">", in: text[...]) else {
        continue
      }
      let value = text[start...].prefix { $0 != "<" }.trimmedASCII
      guard !value.isEmpty, let said = fact(value) else { continue }
      facts.add(role, said, "HTML:" + name, at: offset, into: &result)
    }
  }
}
