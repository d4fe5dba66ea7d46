internal import UntrailModel

/// A place where one rule names another.
struct RuleReference {
  var id: String
  /// Whether the rule does not match without the other.
  var isRequired: Bool
  /// The error that is thrown at this place, without its message.
  private var place: RuleError

  /// The ids that stand at a key; none where the key is missing.
  static func read(_ map: YAMLMapping, _ key: String, required: Bool) throws(RuleError) -> [RuleReference] {
    guard map.has(key) else { return [] }
    let ids = try map.texts(key)
    guard !ids.isEmpty else { throw map.error(key, "an empty list of rules") }
    var references: [RuleReference] = []
    for (index, id) in ids.enumerated() {
      guard !id.isEmpty else { throw map.error(key, at: index, "an empty id") }
      references.append(
        RuleReference(id: id, isRequired: required, place: map.error(key, at: index, "")))
    }
    return references
  }

  func error(_ message: String) -> RuleError {
    var error = place
    error.message = message
    return error
  }

  /// Refuses references to rules that are not there or that are judged too late, and circles of rules that require
  /// each other.
  ///
  /// - Parameters:
  ///   - files: rules with the places where they name others, in the order in which mistakes are named.
  ///   - known: further rules that can be named.
  static func check(
    _ files: [(rule: Rule, references: [RuleReference])], known: [Rule]
  ) throws(RuleError) {
    var rules: [String: Rule] = [:]
    for rule in known + files.map(\.rule) { rules[rule.id] = rule }
    for (rule, references) in files {
      for reference in references {
        guard let other = rules[reference.id] else {
          let hint =
            Suggestion.nearest(to: reference.id, among: rules.keys.sorted())
            .map { "; did you mean \($0)?" } ?? ""
          throw reference.error("there is no rule \"\(reference.id)\"\(hint)")
        }
        if case .file = rule.match, !other.isForFiles {
          throw reference.error(
            "\(other.id) is judged behind the last file, so a rule for single files cannot wait for it")
        }
      }
    }
    for (rule, references) in files {
      for reference in references where reference.isRequired {
        guard let way = way(from: reference.id, to: rule.id, rules) else { continue }
        throw reference.error(
          "rules require each other in a circle: " + ([rule.id] + way).joined(separator: " > "))
      }
    }
  }

  /// The ids from one rule to another along what each requires; nil where there is no way.
  private static func way(from start: String, to end: String, _ rules: [String: Rule]) -> [String]? {
    var previous: [String: String] = [:]
    var waiting = [start]
    var place = 0
    while place < waiting.count {
      let id = waiting[place]
      place += 1
      if id == end {
        var way = [id]
        while let last = way.last, last != start, let before = previous[last] { way.append(before) }
        return way.reversed()
      }
      for next in rules[id]?.requires ?? [] where next != start && previous[next] == nil {
        previous[next] = id
        waiting.append(next)
      }
    }
    return nil
  }
}

extension Rule {
  fileprivate var isForFiles: Bool {
    if case .file = match { true } else { false }
  }
}
