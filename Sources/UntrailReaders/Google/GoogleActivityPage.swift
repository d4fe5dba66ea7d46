internal import UntrailBytes
internal import UntrailModel

/// My Activity as a page: the same as the JSON, in the language of the account.
///
///     <div class="outer-cell mdl-cell ..."><div class="mdl-grid">
///       <div class="header-cell ..."><p class="mdl-typography--title">Maps<br></p></div>
///       <div class="content-cell ... mdl-typography--body-1">
///         Searched for <a href="https://www.google.com/maps/...">Louvre</a><br>Apr 28, 2024, 9:09:02 PM UTC</div>
///       <div class="content-cell ... mdl-typography--caption"><b>Products:</b><br>&emsp;Maps<br>
///         <b>Locations:</b><br>At <a href="https://www.google.com/maps/@?...&amp;center=48.86,2.29">this area</a></div>
///
/// Times are read where they are written in English.
///
/// Source: published exports.
struct GoogleActivityPage: MetadataReader {
  var name: String { "Google My Activity" }
  var mediaTypes: [String] { ["application/x-google-activity"] }
  var channels: String { "what was searched for and looked at, places, where somebody was" }

  private static let mark = Array("\"outer-cell ".utf8)
  /// Bytes of one activity that are looked at.
  private static let cellLimit = 64 << 10

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let facts = ExportFacts(tools.limits)
    let pieces = PieceReader(source, limit: tools.limits.stream)
    var rest: [UInt8] = []
    var start = 0
    // What stands before the first activity is the style sheet.
    var isCell = false
    var failure: ParseError?
    do throws(ParseError) {
      while let piece = try pieces.next() {
        start = piece.offset - rest.count
        rest += piece.bytes
        var from = 0
        while let next = Self.find(Self.mark, in: rest[from...]) {
          if isCell { Self.take(rest[from..<next], at: start + from, facts) }
          isCell = true
          from = next + Self.mark.count
        }
        // Of what goes on in the next piece, the beginning is kept; before all activities, the end.
        let left = rest.count - from
        start += from
        rest.removeFirst(from)
        if isCell, left > Self.cellLimit {
          rest.removeLast(left - Self.cellLimit)
        } else if !isCell, left > Self.mark.count {
          rest.removeFirst(left - Self.mark.count)
        }
      }
    } catch {
      failure = error
    }
    if isCell { Self.take(rest[...], at: start, facts) }
    facts.finish()
    result.observations += facts.result.observations
    result.diagnostics += facts.result.diagnostics
    if let failure { throw failure }
  }

  /// Where a word starts; nil where it does not.
  private static func find(_ word: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    guard let first = word.first else { return nil }
    var from = bytes.startIndex
    while let place = bytes[from...].firstIndex(of: first) {
      if bytes[place...].starts(with: word) { return place }
      from = place + 1
    }
    return nil
  }

  private static func take(_ cell: ArraySlice<UInt8>, at offset: Int, _ facts: ExportFacts) {
    let text = String(decoding: cell.prefix(cellLimit), as: UTF8.self)
    let parts = text.split(separator: "<div").map { HTMLFragment(String($0)) }
    guard let body = parts.first(where: { $0.classes.contains("mdl-typography--body-1") && !$0.isBlank })
    else {
      return
    }
    if let title = parts.first(where: { $0.classes.contains("header-cell") })?.lines.first {
      facts.add(.application, .software(title), "GoogleActivity:header", at: offset, once: title)
    }
    if let title = body.lines.first {
      facts.add(.history, .text(title), "GoogleActivity:title", at: offset, once: title)
    }
    for link in body.links { GoogleActivity.takeLink(link, at: offset, facts) }
    let time = body.lines.dropFirst().last.flatMap { line -> JSONTime? in
      var line = line
      return line.withUTF8 { JSONTime(text: $0) }
    }
    for part in parts where part.classes.contains("mdl-typography--caption") {
      for link in part.links { GoogleActivity.takeWhereabouts(link, time, at: offset, facts) }
    }
  }
}

/// The text and the links of a piece of a page that starts inside a tag.
struct HTMLFragment {
  private(set) var classes = ""
  private(set) var links: [String] = []
  /// The text, one line for each that the page shows, trimmed and without blank ones.
  private(set) var lines: [String] = []

  init(_ text: String) {
    var rest = text[...]
    guard let end = rest.firstIndex(of: ">") else { return }
    classes = String(rest[..<end])
    rest = rest[rest.index(after: end)...]
    var line = ""
    while let start = rest.firstIndex(of: "<") {
      line += rest[..<start]
      let tag = rest[start...].prefix { $0 != ">" }
      if tag.hasPrefix("<br") || tag.hasPrefix("</p") || tag.hasPrefix("</div") { endLine(&line) }
      // An address that is cut may be another one.
      let isWhole = rest[tag.endIndex...].first == ">"
      if isWhole, tag.hasPrefix("<a"), let link = Self.address(tag) { links.append(link) }
      rest = rest[tag.endIndex...].dropFirst()
    }
    line += rest
    endLine(&line)
  }

  var isBlank: Bool { lines.isEmpty }

  private mutating func endLine(_ line: inout String) {
    let text = Self.decoded(line).trimmedText
    if !text.isEmpty { lines.append(text) }
    line = ""
  }

  private static func address(_ tag: Substring) -> String? {
    let parts = tag.split(separator: "\"", omittingEmptySubsequences: false)
    guard let index = parts.firstIndex(where: { $0.hasSuffix("href=") }), index + 1 < parts.count else {
      return nil
    }
    return decoded(String(parts[index + 1]))
  }

  /// The text with the commonest names of signs resolved, and all blanks alike.
  private static func decoded(_ text: String) -> String {
    var done = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&") {
      done += rest[..<start]
      rest = rest[start...].dropFirst()
      let name = rest.prefix(8).prefix { $0 != ";" }
      guard rest[name.endIndex...].first == ";", let sign = signs[name] else {
        done += "&"
        continue
      }
      done += sign
      rest = rest[name.endIndex...].dropFirst()
    }
    done += rest
    return done.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static let signs: [Substring: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "#39": "'", "nbsp": " ", "emsp": " ",
  ]
}
