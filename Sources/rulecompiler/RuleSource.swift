import UntrailModel

/// Writes rules as Swift literals. Each rule is a property of its own, which the compiler checks quickly.
enum RuleSource {
  static func render(_ rules: [Rule]) -> String {
    var source = """
      // Generated from rules/ by the build. Do not edit.
      package import UntrailModel

      extension RuleCatalog {
        package static let rules: [Rule] = [\(rules.indices.map { "rule\($0)" }.joined(separator: ", "))]

      """
    for (index, rule) in rules.enumerated() {
      source += """

          private static var rule\(index): Rule {
            Rule(
              id: \(literal(rule.id)), title: \(literal(rule.title)), severity: .\(rule.severity.name),
              category: \(literal(rule.category)), match: \(literal(rule.match)),
              shows: \(literal(rule.shows)), who: \(literal(rule.who)), actions: \(literal(rule.actions)),
              references: \(literal(rule.references)), falsePositives: \(literal(rule.falsePositives)),
              tests: Rule.Tests(matching: \(literal(rule.tests.matching)), notMatching: \(literal(rule.tests.notMatching))))
          }

        """
    }
    return source + "}\n"
  }

  private static func literal(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      default:
        if scalar.value < 0x20 {
          quoted += "\\u{\(String(scalar.value, radix: 16))}"
        } else {
          quoted.unicodeScalars.append(scalar)
        }
      }
    }
    return quoted + "\""
  }

  private static func literal(_ texts: [String]) -> String {
    "[" + texts.map { literal($0) }.joined(separator: ", ") + "]"
  }

  private static func literal(_ lists: [[String]]) -> String {
    "[" + lists.map { literal($0) }.joined(separator: ", ") + "]"
  }

  private static func literal(_ match: Rule.Match) -> String {
    switch match {
    case .file(let condition): ".file(\(literal(condition)))"
    case .correlation(let correlation):
      ".correlation(Correlation(pattern: \(literal(correlation.pattern)), groupBy: .\(correlation.groupBy), "
        + "count: .\(correlation.count), atLeast: \(correlation.atLeast)))"
    }
  }

  private static func literal(_ condition: Condition) -> String {
    switch condition {
    case .all(let parts): ".all([\(parts.map { literal($0) }.joined(separator: ", "))])"
    case .any(let parts): ".any([\(parts.map { literal($0) }.joined(separator: ", "))])"
    case .not(let part): ".not(\(literal(part)))"
    case .observation(let pattern): ".observation(\(literal(pattern)))"
    }
  }

  private static func literal(_ pattern: ObservationPattern) -> String {
    var arguments = ["kind: .\(pattern.kind)"]
    if pattern.roles != .all {
      let roles = Role.allCases.filter { pattern.roles.contains($0) }
      arguments.append("roles: RoleSet([\(roles.map { ".\($0)" }.joined(separator: ", "))])")
    }
    if !pattern.fields.isEmpty { arguments.append("fields: \(literal(pattern.fields))") }
    if let precision = pattern.precision { arguments.append("precision: .\(precision)") }
    if !pattern.attributes.isEmpty {
      arguments.append("attributes: [\(pattern.attributes.map { ".\($0)" }.joined(separator: ", "))]")
    }
    if let text = pattern.text {
      arguments.append(
        "text: ObservationPattern.TextTest(equals: \(literal(text.equals)), "
          + "contains: \(literal(text.contains)), hasDigit: \(text.hasDigit))")
    }
    return "ObservationPattern(" + arguments.joined(separator: ", ") + ")"
  }
}
