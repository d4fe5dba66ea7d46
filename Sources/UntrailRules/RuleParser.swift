package import UntrailModel
internal import Yams

/// Reads a rule from its YAML file. The schema for editors is `schemas/rule.schema.json`.
package enum RuleParser {
  /// The longest rule file that is read, in bytes.
  package static let sizeLimit = 64 * 1024

  private static let categories = [
    "location", "time", "device", "person", "software", "hidden", "travel",
    "network", "together",
  ]

  /// - Parameters:
  ///   - yaml: the file's text.
  ///   - path: the file's path, for messages.
  /// - Throws: the first mistake, with its place.
  package static func parse(_ yaml: String, path: String) throws(RuleError) -> Rule {
    guard yaml.utf8.count <= sizeLimit else {
      throw RuleError(path: path, line: 0, column: 0, key: "", message: "longer than \(sizeLimit) bytes")
    }
    let top = try YAMLMapping(try compose(yaml, path), file: path, keyPath: "")
    try top.allowOnly([
      "id", "title", "severity", "category", "match", "correlation", "shows", "who", "do", "references",
      "falsePositives", "tests",
    ])
    let id = try top.text("id")
    let isPlain = id.utf8.allSatisfy { byte in
      byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
        || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
        || byte == UInt8(ascii: "-")
    }
    guard isPlain else { throw top.error("id", "only small letters, digits and hyphens make an id") }
    let actions = try top.texts("do")
    guard !actions.isEmpty, !actions.contains("") else { throw top.error("do", "a rule must say what to do") }
    return Rule(
      id: id, title: try top.text("title"),
      severity: try top.choice("severity", Severity.allCases.map(\.name)) { Severity(name: $0) },
      category: try top.choice("category", categories) { categories.contains($0) ? $0 : nil },
      match: try match(top), shows: try top.text("shows"), who: try top.text("who"), actions: actions,
      references: try top.texts("references"), falsePositives: try top.text("falsePositives"),
      tests: try tests(try top.mapping("tests")))
  }

  private static func compose(_ yaml: String, _ path: String) throws(RuleError) -> Node {
    do {
      if let node = try Yams.compose(yaml: yaml) { return node }
    } catch let error as YamlError {
      switch error {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        throw RuleError(
          path: path, line: mark.line, column: mark.column, key: "", message: "this is not YAML: \(problem)")
      default:
        throw RuleError(path: path, line: 0, column: 0, key: "", message: "this is not YAML: \(error)")
      }
    } catch {
      throw RuleError(path: path, line: 0, column: 0, key: "", message: "this is not YAML: \(error)")
    }
    throw RuleError(path: path, line: 1, column: 1, key: "", message: "the file is empty")
  }

  private static func match(_ top: YAMLMapping) throws(RuleError) -> Rule.Match {
    switch (top.has("match"), top.has("correlation")) {
    case (true, false):
      return .file(try condition(try top.mapping("match"), depth: 0))
    case (false, true):
      return .correlation(try correlation(try top.mapping("correlation")))
    case (true, true):
      throw top.error("correlation", "a rule has either match or correlation, not both")
    case (false, false):
      throw top.error("match", "a rule needs match (one file) or correlation (files together)")
    }
  }

  private static func condition(_ map: YAMLMapping, depth: Int) throws(RuleError) -> Condition {
    guard depth < 16 else { throw map.error("conditions stand more than 16 deep") }
    let combining = ["all", "any", "not"].filter(map.has)
    guard let key = combining.first else { return .observation(try pattern(map)) }
    try map.allowOnly([key])
    if key == "not" { return .not(try condition(try map.mapping(key), depth: depth + 1)) }
    var parts: [Condition] = []
    for part in try map.mappings(key) { parts.append(try condition(part, depth: depth + 1)) }
    return key == "all" ? .all(parts) : .any(parts)
  }

  private static func pattern(_ map: YAMLMapping) throws(RuleError) -> ObservationPattern {
    try map.allowOnly(["observation", "role", "field", "precision", "has", "text"])
    let kind = try map.choice("observation", Kind.allCases.map(\.name)) { Kind(name: $0) }
    let roles = try map.choices("role", Role.allCases.map(\.name)) { Role(name: $0) }
    var precision: ObservationPattern.Precision?
    if map.has("precision") {
      guard kind == .location else { throw map.error("precision", "only a location has a precision") }
      let names = ObservationPattern.Precision.allCases.map(\.rawValue)
      precision = try map.choice("precision", names) { ObservationPattern.Precision(rawValue: $0) }
    }
    let attributes = try map.choices("has", ObservationPattern.Attribute.allCases.map(\.rawValue)) {
      ObservationPattern.Attribute(rawValue: $0)
    }
    guard attributes.isEmpty || [.location, .timestamp, .track, .travel].contains(kind) else {
      throw map.error("has", "only a location, a timestamp, a track or travel has more to state")
    }
    guard !map.has("text") || kind.isText else {
      throw map.error("text", "a \(kind.name) is no text")
    }
    return ObservationPattern(
      kind: kind, roles: roles.isEmpty ? .all : RoleSet(roles), fields: try map.texts("field"),
      precision: precision, attributes: attributes,
      text: map.has("text") ? try textTest(try map.mapping("text")) : nil)
  }

  private static func textTest(_ map: YAMLMapping) throws(RuleError) -> ObservationPattern.TextTest {
    try map.allowOnly(["equals", "contains", "hasDigit"])
    guard ["equals", "contains", "hasDigit"].contains(where: map.has) else {
      throw map.error("nothing is asked of the text")
    }
    for key in ["equals", "contains"] where try map.texts(key).contains("") {
      throw map.error(key, "an empty text is in every text")
    }
    return ObservationPattern.TextTest(
      equals: try map.texts("equals").map { $0.lowercased() },
      contains: try map.texts("contains").map { $0.lowercased() },
      hasDigit: map.has("hasDigit") ? try map.flag("hasDigit") : false)
  }

  private static func correlation(_ map: YAMLMapping) throws(RuleError) -> Correlation {
    try map.allowOnly(["of", "groupBy", "count", "atLeast"])
    let groupings = Correlation.Grouping.allCases.map(\.rawValue)
    let countings = Correlation.Counting.allCases.map(\.rawValue)
    let atLeast = try map.number("atLeast")
    guard atLeast >= 2 else { throw map.error("atLeast", "a count over several files is at least 2") }
    let pattern = try pattern(try map.mapping("of"))
    let grouping = try map.choice("groupBy", groupings) { Correlation.Grouping(rawValue: $0) }
    let counting = try map.choice("count", countings) { Correlation.Counting(rawValue: $0) }
    guard grouping != .value || pattern.kind.isText else {
      throw map.error("groupBy", "a \(pattern.kind.name) has no text to group by")
    }
    guard grouping != .ends || pattern.kind == .track else {
      throw map.error("groupBy", "a \(pattern.kind.name) has no ends")
    }
    let isCountable =
      switch counting {
      case .files: true
      case .places: pattern.kind == .location
      case .utcOffsets: pattern.kind == .timestamp || pattern.kind == .utcOffset
      case .values: pattern.kind.isText
      }
    guard isCountable else {
      throw map.error("count", "there are no \(counting.rawValue) to count in a \(pattern.kind.name)")
    }
    return Correlation(pattern: pattern, groupBy: grouping, count: counting, atLeast: atLeast)
  }

  private static func tests(_ map: YAMLMapping) throws(RuleError) -> Rule.Tests {
    try map.allowOnly(["match", "noMatch"])
    let tests = Rule.Tests(
      matching: try map.textLists("match"), notMatching: try map.textLists("noMatch"))
    for (key, cases) in [("match", tests.matching), ("noMatch", tests.notMatching)]
    where cases.contains(where: { $0.isEmpty || $0.contains("") }) {
      throw map.error(key, "a case without a file")
    }
    guard !tests.matching.isEmpty else { throw map.error("match", "a rule needs a case that it matches") }
    guard !tests.notMatching.isEmpty else {
      throw map.error("noMatch", "a rule needs a case that it does not match")
    }
    return tests
  }
}
