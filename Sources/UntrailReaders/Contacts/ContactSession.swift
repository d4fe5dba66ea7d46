internal import UntrailModel

/// What is known of a file of contacts while it is read.
struct ContactSession {
  let tools: ReaderTools
  var limits: Limits { tools.limits }
  var facts: FactSet
  /// "2.1", "3.0" or "4.0" as the card at hand says.
  var version = ""
  /// Whether the card at hand has a name in the form that people read.
  private var hasName = false
  /// The name in parts, for cards that have no other; and where it stands.
  private var nameParts: (text: String, field: String, offset: Int)?
  private var depth = 0
  private(set) var cards = 0

  init(_ tools: ReaderTools) {
    self.tools = tools
    facts = FactSet(limit: tools.limits.observations / 10 * 9)
  }

  mutating func take(_ line: ContentLine, into result: inout ReadResult) {
    if line.isCut { result.damageOnce("limit", "a property is longer than what is read of one") }
    switch line.name {
    case "BEGIN":
      if depth == 0 { start() }
      depth += 1
    case "END" where line.value.count < "VCARD".utf8.count:
      malformed("an end that is cut", line, into: &result)
    case "END":
      guard depth > 0 else { return malformed("an end of what did not begin", line, into: &result) }
      depth -= 1
      if depth == 0 { close(into: &result) }
    case "": malformed("a line that is no property", line, into: &result)
    default: property(line, into: &result)
    }
  }

  mutating func finish(at end: Int, into result: inout ReadResult) {
    if depth > 0 {
      result.damage("truncated", "the file ends inside a contact", at: end)
      close(into: &result)
    }
    if facts.isFull { result.damageOnce("limit", "the contacts say more than is listed") }
  }

  private mutating func start() {
    cards += 1
    version = ""
    hasName = false
    nameParts = nil
  }

  private mutating func close(into result: inout ReadResult) {
    if !hasName, let (text, field, offset) = nameParts {
      facts.add(.contact, .person(text), field, at: offset, into: &result)
    }
    nameParts = nil
  }

  private func malformed(_ what: String, _ line: ContentLine, into result: inout ReadResult) {
    guard !result.diagnostics.contains(where: { $0.message == what }) else { return }
    result.damage("malformed", what, at: line.offset)
  }

  // MARK: Names

  /// FN, the name as people read it.
  mutating func formattedName(_ line: ContentLine, into result: inout ReadResult) {
    guard let text = line.text(limits) else { return }
    hasName = true
    facts.add(.contact, .person(text), "VCARD:FN", at: line.valueOffset, into: &result)
  }

  /// N: surname, given names, further names, what stands in front, what stands behind.
  mutating func structuredName(_ line: ContentLine, into result: inout ReadResult) {
    let parts = line.parts(limits)
    let order = [3, 1, 2, 0, 4]
    let words = order.compactMap { parts.indices.contains($0) && !parts[$0].isEmpty ? parts[$0] : nil }
    guard !words.isEmpty else { return }
    nameParts = (words.joined(separator: " "), "VCARD:N", line.valueOffset)
  }
}
