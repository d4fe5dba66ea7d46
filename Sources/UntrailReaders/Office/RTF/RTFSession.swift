internal import UntrailBytes
internal import UntrailModel

/// Goes through a text in Rich Text Format once.
struct RTFSession {
  private struct Group {
    var destination: RTFDestination
    /// Whether the destination began in this group, and what was collected is used when the group ends.
    var isOwner = false
    /// Characters behind a number in Unicode that stand for it in older programs.
    var substitutes = 1
  }

  private var tokens: RTFTokens
  private let tools: ReaderTools
  private var facts: DocumentFacts
  private var groups: [Group] = []
  private var group = Group(destination: .text)
  private var text: RTFText
  private var time = RTFTime()
  private var isOptional = false
  private var picture: String?
  private var digits: [UInt8] = []
  private var pictures = 0
  private var propertyName = ""
  private var sessions = 0

  /// Groups in each other: programs that write tables in tables stay far below.
  private static let deepest = 2000

  init(_ source: ByteSource, _ tools: ReaderTools) {
    tokens = RTFTokens(source, tools.limits.bytes)
    self.tools = tools
    facts = DocumentFacts("RTF", tools.limits)
    text = RTFText(tools.limits)
  }

  mutating func read(into result: inout ReadResult) throws(ParseError) {
    var offset = 0
    while let token = try tokens.next() {
      switch token {
      case .open: try open()
      case .close: close(at: offset, into: &result)
      case .optional: isOptional = true
      case .word("bin", let count?):
        let bytes = try tokens.binary(
          count, most: tools.limits.bytes - min(digits.count / 2, tools.limits.bytes))
        if group.destination == .picture { digits = Array(HexText.of(bytes).utf8) }
      case .word(let word, let number):
        take(word, number, into: &result)
        isOptional = false
      case .byte(let byte): take(byte, at: offset)
      case .escaped(let byte): text.append(plain: byte, isWanted: wantsText, at: offset)
      }
      offset = tokens.offset
    }
    if !groups.isEmpty { result.damage("truncated", "a text in RTF ends inside a group", at: offset) }
  }

  // MARK: Groups

  private mutating func open() throws(ParseError) {
    guard groups.count < Self.deepest else {
      throw ParseError(.limit, at: tokens.offset, "groups more than \(Self.deepest) deep")
    }
    groups.append(group)
    group.isOwner = false
    // Every group of the table is one name.
    if group.destination == .revisions { begin(.revisionAuthor) }
    isOptional = false
  }

  private mutating func close(at offset: Int, into result: inout ReadResult) {
    if group.isOwner { finish(into: &result) }
    isOptional = false
    guard let outer = groups.popLast() else { return }
    group = outer
  }

  private mutating func begin(_ destination: RTFDestination) {
    group.destination = destination
    group.isOwner = true
    text.clear()
    switch destination {
    case .time: time = RTFTime()
    case .picture, .object:
      digits = []
      picture = nil
    default: break
    }
  }

  private mutating func finish(into result: inout ReadResult) {
    let value = text.value
    let place = text.place
    switch group.destination {
    case .property("propname"): propertyName = value
    case .property("staticval"): CustomProperty.add(propertyName, value, &facts, into: &result)
    case .property("linkval"): break
    case .property(let word):
      guard let (name, meaning) = RTFFields.properties[word] else { return }
      let plain = word == "generator" && value.hasSuffix(";") ? String(value.dropLast()) : value
      facts.add(meaning, plain, name, at: place, into: &result)
    case .time(let word):
      guard let (name, role) = RTFFields.times[word], let time = time.timestamp else { return }
      facts.add(role, .timestamp(time), name, into: &result)
    case .revisionAuthor:
      let name = value.hasSuffix(";") ? String(value.dropLast()) : value
      if name != "Unknown" { facts.add(.person(.reviser), name, "RevisionAuthor", at: place, into: &result) }
    case .commentDate: addTime(Int(value), "CommentDate", into: &result)
    case .instruction: RTFObjects.addInstruction(value, &facts, into: &result)
    case .picture: examinePicture(into: &result)
    case .object:
      RTFObjects.examine(Hexadecimal.bytes(digits), &facts, into: &result, tools)
      digits = []
    case .text, .revisions, .sessions, .userProperties, .files, .skipped: break
    }
  }

  private mutating func examinePicture(into result: inout ReadResult) {
    guard let kind = picture, !digits.isEmpty else { return }
    pictures += 1
    tools.examineMember(named: "pict-\(pictures).\(kind)", Hexadecimal.bytes(digits), into: &result)
    digits = []
  }

  // MARK: Words and characters

  private mutating func take(_ word: String, _ number: Int?, into result: inout ReadResult) {
    if let destination = RTFDestination(word) {
      // A comment is a property of the document only in its description.
      if group.destination != .skipped { begin(destination) }
      return
    }
    switch word {
    case "u":
      text.append(
        unicode: number ?? 0, substitutes: group.substitutes, isWanted: wantsText, at: tokens.offset)
    case "uc": group.substitutes = min(max(number ?? 1, 0), 8)
    case "ansicpg": text.codePage = number ?? 1252
    case "tab", "line", "par": if wantsText { text.append(0x20, at: tokens.offset) }
    case "rsid", "rsidroot":
      guard group.destination == .sessions, let number else { return }
      sessions += 1
      let digits = String(UInt32(truncatingIfNeeded: number), radix: 16, uppercase: true)
      let padding = String(repeating: "0", count: 8 - digits.utf8.count)
      facts.add(session: padding + digits, count: sessions, into: &result)
    case "revdttm", "revdttmdel", "crdate": addTime(number, "RevisionDate", into: &result)
    case "jpegblip": picture = "jpg"
    case "pngblip": picture = "png"
    case "emfblip": picture = "emf"
    case "wmetafile": picture = "wmf"
    case "deleted" where number != 0:
      if result.hidden("RTF:DeletedText") { return }
      facts.hidden(.earlierRevision, nil, "DeletedText", into: &result)
    default:
      if case .time = group.destination { return time.set(word, number ?? 0) }
      if isOptional, !RTFDestination.isOpen(word) { begin(.skipped) }
    }
  }

  private mutating func take(_ byte: UInt8, at offset: Int) {
    switch group.destination {
    case .picture where group.isOwner || picture != nil, .object:
      if Hexadecimal.digit(byte) != nil, digits.count < 2 * tools.limits.bytes { digits.append(byte) }
    default:
      text.append(plain: byte, isWanted: wantsText, at: offset)
    }
  }

  private var wantsText: Bool {
    switch group.destination {
    case .property, .revisionAuthor, .instruction, .commentDate: true
    default: false
    }
  }

  private mutating func addTime(_ number: Int?, _ name: String, into result: inout ReadResult) {
    guard let number, let time = WordBinary.time(UInt32(truncatingIfNeeded: number)) else { return }
    facts.add(.edited, .timestamp(time), name, into: &result)
  }
}

extension ReadResult {
  /// Whether something hidden was found under this field.
  fileprivate func hidden(_ field: String) -> Bool { observations.contains { $0.field == field } }
}

/// A time that is written word by word.
struct RTFTime {
  private var parts: [String: Int] = [:]

  mutating func set(_ word: String, _ number: Int) {
    if ["yr", "mo", "dy", "hr", "min", "sec"].contains(word) { parts[word] = number }
  }

  /// Nil where the day is none; the clock of the computer, whatever its zone.
  var timestamp: Timestamp? {
    let (year, month, day) = (parts["yr"] ?? 0, parts["mo"] ?? 0, parts["dy"] ?? 0)
    guard year >= 1980, CivilDate.isValid(year: year, month: month, day: day) else { return nil }
    let start = CivilDate.days(year: year, month: month, day: day) * 86_400
    // A number that is left out is 0.
    let minute = parts["min"] ?? 0
    guard let hour = parts["hr"], (0..<24).contains(hour), (0..<60).contains(minute)
    else { return Timestamp(civilSeconds: start, precision: .day) }
    let second = parts["sec"] ?? 0
    return Timestamp(
      civilSeconds: start + Int64(hour * 3600 + minute * 60 + ((0..<60).contains(second) ? second : 0)),
      precision: parts["sec"] == nil ? .minute : .second)
  }
}
