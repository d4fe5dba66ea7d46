internal import UntrailModel

/// What is known of a calendar while it is read.
struct CalendarSession {
  struct Component {
    var name: String
    var entry: CalendarEntry
    var zone: CalendarZone?
    var change: CalendarZone.Change?
  }

  let tools: ReaderTools
  var limits: Limits { tools.limits }
  var facts: FactSet
  var zones = CalendarZones()
  /// The components that are open, the innermost last.
  var stack: [Component] = []
  /// Whether the file is of version 1.0.
  var isOld = false
  /// When the calendar was written: the latest time that it gives for one of its own changes.
  var written: Int64?
  /// How many bookings stand beside entries.
  var bookings = 0
  private var entries: CalendarEntries
  private var series = CalendarSeries()
  private var deeper = 0

  init(_ tools: ReaderTools) {
    self.tools = tools
    facts = FactSet(limit: tools.limits.observations / 10 * 6)
    entries = CalendarEntries(limit: tools.limits.observations / 10 * 3)
  }

  mutating func take(_ line: ContentLine, into result: inout ReadResult) {
    if line.isCut { result.damageOnce("limit", "a property is longer than what is read of one") }
    switch line.name {
    case "BEGIN": begin(line, into: &result)
    case "END": end(line, into: &result)
    case "": malformed("a line that is no property", line, into: &result)
    default: property(line, into: &result)
    }
  }

  private func malformed(_ what: String, _ line: ContentLine, into result: inout ReadResult) {
    guard !result.diagnostics.contains(where: { $0.message == what }) else { return }
    result.damage("malformed", what, at: line.offset)
  }

  private static func componentName(_ line: ContentLine) -> String {
    String(decoding: line.value.prefix(64), as: UTF8.self).uppercased()[...].trimmedASCII
  }

  private mutating func begin(_ line: ContentLine, into result: inout ReadResult) {
    guard stack.count < limits.nesting else {
      deeper += 1
      return result.damageOnce("limit", "components too deep inside each other")
    }
    var component = Component(name: Self.componentName(line), entry: CalendarEntry(offset: line.offset))
    if component.name == "VTIMEZONE" { component.zone = CalendarZone() }
    if component.name == "STANDARD" || component.name == "DAYLIGHT" {
      component.change = CalendarZone.Change()
    }
    stack.append(component)
  }

  private mutating func end(_ line: ContentLine, into result: inout ReadResult) {
    if deeper > 0 {
      deeper -= 1
      return
    }
    let name = Self.componentName(line)
    guard let index = stack.lastIndex(where: { $0.name == name }) else {
      return malformed("an end of what did not begin", line, into: &result)
    }
    if index < stack.count - 1 { malformed("a component that has no end", line, into: &result) }
    while stack.count > index { close() }
  }

  private mutating func close() {
    guard let component = stack.popLast() else { return }
    if let zone = component.zone { zones.add(zone) }
    if let change = component.change, let last = stack.indices.last,
      (stack[last].zone?.changes.count ?? .max) < CalendarZone.mostChanges
    {
      stack[last].zone?.changes.append(change)
    }
    guard component.name == "VEVENT" || component.name == "AVAILABLE" else { return }
    let entry = component.entry
    if let replaced = entry.recurrenceID { series.replace(entry.id, replaced) }
    guard let start = entry.start else { return }
    entries.add(entry.reservation(at: start), "ICS:" + component.name, at: entry.offset)
    if entry.rule != nil || !entry.additions.isEmpty { series.add(entry) }
  }

  /// Ends what is open, and adds the entries.
  mutating func finish(at end: Int, into result: inout ReadResult) {
    if !stack.isEmpty {
      result.damage("truncated", "the calendar ends inside a component", at: end)
      while !stack.isEmpty { close() }
    }
    let isWhole = series.expand(from: written, in: &zones) { planned, field, offset in
      entries.add(planned, field, at: offset)
    }
    if !isWhole { result.damageOnce("limit", "more repeats in the calendar than is followed") }
    let kept = entries.finish()
    for entry in kept { result.add(.calendarEntry, .travel(entry.planned), entry.field, at: entry.offset) }
    if kept.count < entries.count {
      result.damageOnce("limit", "of the entries of the calendar only those that start last are listed")
    }
    if facts.isFull { result.damageOnce("limit", "the calendar says more than is listed") }
  }
}
