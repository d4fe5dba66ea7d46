/// Tells calendars, contacts and web pages where libmagic sees text.
enum CalendarSniff {
  private static let components: Set<String> = [
    "VCALENDAR", "VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VALARM", "VAVAILABILITY",
    "AVAILABLE",
    "VNOTE", "VLOCATION", "VPOLL",
  ]

  /// Whether the first line begins a calendar or a part of one, or a part of another name with an entry inside.
  static func isCalendar(_ prefix: UnsafeRawBufferPointer) -> Bool {
    let lines = lines(prefix)
    guard let first = component(lines.first), first != "VCARD" else { return false }
    return components.contains(first) || lines.dropFirst().contains { component($0) == "VEVENT" }
  }

  static func isContact(_ prefix: UnsafeRawBufferPointer) -> Bool {
    component(lines(prefix).first) == "VCARD"
  }

  /// Whether JSON is a calendar or contacts: ["vcalendar", ...
  static func isJSON(_ prefix: UnsafeRawBufferPointer, _ names: [String]) -> Bool {
    let start = prefix.prefix(64).filter { $0 > 0x20 && $0 < 0x80 }
    return names.contains { start.starts(with: ("[\"" + $0 + "\"").utf8) }
  }

  /// Whether markup is a web page, by its first element, or a part of one that says what is booked.
  static func isPage(_ prefix: UnsafeRawBufferPointer) -> Bool {
    var text = plain(prefix).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }[...]
    while text.starts(with: "<?".utf8) || text.starts(with: "<!".utf8) {
      if text.starts(with: "<!doctype html".utf8) { return true }
      let end = text.starts(with: "<!--".utf8) ? "-->" : ">"
      guard let close = position(of: end, in: text) else { return false }
      text = text[(close + end.utf8.count)...].drop { $0 <= 0x20 }
    }
    guard text.first == UInt8(ascii: "<") else { return false }
    let element = String(
      decoding: text.dropFirst().prefix(20).prefix { $0 >= 0x61 && $0 <= 0x7A }, as: UTF8.self)
    if element == "html" { return true }
    return parts.contains(element)
      && ["application/ld+json", "itemscope"].contains { position(of: $0, in: text) != nil }
  }

  private static let parts: Set<String> = [
    "head", "body", "div", "script", "table", "span", "p", "meta", "title", "link", "style", "center", "font",
    "section", "article", "main",
  ]

  /// The names behind BEGIN: in capitals; nil where the line begins nothing.
  private static func component(_ line: ArraySlice<UInt8>?) -> String? {
    guard let line, line.count <= 80 else { return nil }
    let text = String(decoding: line, as: UTF8.self).uppercased()
    guard text.hasPrefix("BEGIN:") else { return nil }
    return String(text.dropFirst(6).prefix { $0 != " " && $0 != "\t" })
  }

  private static func lines(_ prefix: UnsafeRawBufferPointer) -> [ArraySlice<UInt8>] {
    plain(prefix).split { $0 == 0x0A || $0 == 0x0D }
  }

  /// The bytes without a byte order mark, the zeros of wide characters and blanks at the beginning.
  private static func plain(_ prefix: UnsafeRawBufferPointer) -> [UInt8] {
    var bytes = prefix.filter { $0 != 0 }
    for mark in [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]] as [[UInt8]] where bytes.starts(with: mark) {
      bytes.removeFirst(mark.count)
    }
    return Array(bytes.drop { $0 <= 0x20 })
  }

  private static func position(of word: String, in text: ArraySlice<UInt8>) -> Int? {
    let word = Array(word.utf8)
    return text.indices.first { text[$0] == word[0] && text[$0...].starts(with: word) }
  }
}
