package import UntrailModel

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
  /// - Throws: the first mistake, with its place. Whether the rules that it names are there is not known here.
  package static func parse(_ yaml: String, path: String) throws(RuleError) -> Rule {
    try parse(yaml, path).rule
  }

  /// A rule, and the places where it names others.
  static func parse(
    _ yaml: String, _ path: String
  ) throws(RuleError) -> (rule: Rule, references: [RuleReference]) {
    let top = try YAMLMapping(
      try YAMLComposer.compose(yaml, path: path, sizeLimit: sizeLimit), file: path, keyPath: "")
    try top.allowOnly([
      "id", "title", "severity", "category", "scope", "files", "match", "correlation", "lists", "requires",
      "raise",
      "shows", "who", "do", "references", "falsePositives", "tests",
    ])
    let id = try top.text("id")
    guard isID(id) else { throw top.error("id", "only small letters, digits and hyphens make an id") }
    let actions = try top.texts("do")
    guard !actions.isEmpty, !actions.contains("") else { throw top.error("do", "a rule must say what to do") }
    let isRun = try isRun(top)
    let conditions = ConditionParser(lists: try lists(top), isRun: isRun)
    var rule = Rule(
      id: id, title: try top.text("title"),
      severity: try top.choice("severity", Severity.allCases.map(\.name)) { Severity(name: $0) },
      category: try top.choice("category", categories) { categories.contains($0) ? $0 : nil },
      match: try match(top, conditions, isRun: isRun), shows: try top.text("shows"),
      who: try top.text("who"), actions: actions,
      references: try top.texts("references"), falsePositives: try top.text("falsePositives"),
      tests: try tests(try top.mapping("tests")))
    rule.files = try files(top, rule.match)
    var references = try RuleReference.read(top, "requires", required: true)
    rule.requires = references.map(\.id)
    if top.has("raise") {
      let raise = try top.mapping("raise")
      rule.raise = try self.raise(raise, conditions, rule.severity, &references)
    }
    return (rule, references)
  }

  private static func isID(_ text: String) -> Bool {
    text.utf8.allSatisfy { byte in
      byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
        || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
        || byte == UInt8(ascii: "-")
    }
  }

  private static func isRun(_ top: YAMLMapping) throws(RuleError) -> Bool {
    guard top.has("scope") else { return false }
    let isRun = try top.choice("scope", ["file", "run"]) { ["file": false, "run": true][$0] }
    guard !top.has("correlation") else {
      throw top.error("scope", "a correlation is over the files of the run as it is")
    }
    return isRun
  }

  private static func lists(_ top: YAMLMapping) throws(RuleError) -> [String: [String]] {
    guard top.has("lists") else { return [:] }
    let map = try top.mapping("lists")
    var lists: [String: [String]] = [:]
    for name in map.keys {
      guard name != ConditionParser.protectedNames else {
        throw map.error(name, "this is the name of a list of the trip profile")
      }
      let texts = try map.texts(name)
      guard !texts.isEmpty, !texts.contains("") else { throw map.error(name, "an empty list or text") }
      lists[name] = texts.map { $0.lowercased() }
    }
    return lists
  }

  private static func match(
    _ top: YAMLMapping, _ conditions: ConditionParser, isRun: Bool
  ) throws(RuleError) -> Rule.Match {
    switch (top.has("match"), top.has("correlation")) {
    case (true, false):
      let condition = try conditions.condition(try top.mapping("match"))
      return isRun ? .run(condition) : .file(condition)
    case (false, true):
      return .correlation(
        try CorrelationParser(conditions: conditions).correlation(try top.mapping("correlation")))
    case (true, true):
      throw top.error("correlation", "a rule has either match or correlation, not both")
    case (false, false):
      throw top.error("match", "a rule needs match (one file) or correlation (files together)")
    }
  }

  private static func files(_ top: YAMLMapping, _ match: Rule.Match) throws(RuleError) -> FileTest? {
    guard top.has("files") else { return nil }
    guard case .file = match else {
      throw top.error("files", "only a rule for single files can be for some of them")
    }
    let map = try top.mapping("files")
    let keys = ["types", "exceptTypes", "inside"]
    try map.allowOnly(keys)
    guard keys.contains(where: map.has) else { throw map.error("nothing is asked of the file") }
    func types(_ key: String) throws(RuleError) -> [String] {
      let types = try map.texts(key)
      if let index = types.firstIndex(where: { !$0.utf8.contains(UInt8(ascii: "/")) }) {
        throw map.error(key, at: index, "a media type, or its beginning, must stand here, as video/")
      }
      return types
    }
    return FileTest(
      types: try types("types"), exceptTypes: try types("exceptTypes"),
      isInside: map.has("inside") ? try map.flag("inside") : nil)
  }

  private static func raise(
    _ map: YAMLMapping, _ conditions: ConditionParser, _ severity: Severity,
    _ references: inout [RuleReference]
  ) throws(RuleError) -> Rule.Raise {
    try map.allowOnly(["to", "when"])
    let raised = try map.choice("to", Severity.allCases.map(\.name)) { Severity(name: $0) }
    guard raised > severity else { throw map.error("to", "the rule is \(severity.name) already") }
    let when = try map.mapping("when")
    guard ["rules", "trip", "match"].contains(where: when.has) else {
      return Rule.Raise(raised, condition: try conditions.condition(when))
    }
    try when.allowOnly(["rules", "trip", "match"])
    let rules = try RuleReference.read(when, "rules", required: false)
    references += rules
    return Rule.Raise(
      raised, rules: rules.map(\.id),
      tripCountries: when.has("trip") ? try ConditionParser.countries(when, "trip") : [],
      condition: when.has("match") ? try conditions.condition(try when.mapping("match")) : nil)
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
