import UntrailModel

/// Writes rules as Swift literals. Each rule is a property of its own, which the compiler checks quickly.
enum RuleSource {
  /// - Parameter digest: of the rules' files.
  static func render(_ rules: [Rule], digest: String) -> String {
    var source = """
      // Generated from rules/ by the build. Do not edit.
      package import UntrailModel

      extension RuleCatalog {
        package static let rules: [Rule] = [\(rules.indices.map { "rule\($0)" }.joined(separator: ", "))]
        /// Of the files in rules/, FNV-1a 64.
        package static let sourceDigest = \(literal(digest))

      """
    for (index, rule) in rules.enumerated() {
      source += """

          private static var rule\(index): Rule {
            Rule(
              id: \(literal(rule.id)), title: \(literal(rule.title)), severity: .\(rule.severity.name),
              category: \(literal(rule.category)), match: \(literal(rule.match)),
              shows: \(literal(rule.shows)), who: \(literal(rule.who)), actions: \(literal(rule.actions)),
              references: \(literal(rule.references)), falsePositives: \(literal(rule.falsePositives)),
              tests: Rule.Tests(matching: \(literal(rule.tests.matching)), notMatching: \(literal(rule.tests.notMatching)))\(extras(rule)))
          }

        """
    }
    return source + "}\n"
  }

  /// What only some rules have.
  private static func extras(_ rule: Rule) -> String {
    var extras = ""
    if let files = rule.files {
      let inside = files.isInside.map { ", isInside: \($0)" } ?? ""
      extras +=
        ", files: FileTest(types: \(literal(files.types)), exceptTypes: \(literal(files.exceptTypes))\(inside))"
    }
    if !rule.requires.isEmpty { extras += ", requires: \(literal(rule.requires))" }
    if let raise = rule.raise {
      var arguments = [".\(raise.severity.name)"]
      if !raise.rules.isEmpty { arguments.append("rules: \(literal(raise.rules))") }
      if !raise.tripCountries.isEmpty { arguments.append("tripCountries: \(literal(raise.tripCountries))") }
      if let condition = raise.condition { arguments.append("condition: \(literal(condition))") }
      extras += ", raise: Rule.Raise(\(arguments.joined(separator: ", ")))"
    }
    return extras
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
    case .correlation(let correlation): ".correlation(\(literal(correlation)))"
    case .run(let condition): ".run(\(literal(condition)))"
    }
  }

  private static func literal(_ correlation: Correlation) -> String {
    var arguments = [
      "pattern: \(literal(correlation.pattern))", "groupBy: .\(correlation.groupBy)",
      "count: .\(correlation.count)", "atLeast: \(correlation.atLeast)",
    ]
    if let within = correlation.within { arguments.append("within: \(within)") }
    if !correlation.followedBy.isEmpty {
      let steps = correlation.followedBy.map { literal($0) }
      arguments.append("followedBy: [\(steps.joined(separator: ", "))]")
    }
    return "Correlation(\(arguments.joined(separator: ", ")))"
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
    if let text = pattern.text { arguments.append("text: \(literal(text))") }
    if !pattern.numbers.isEmpty {
      arguments.append("numbers: [\(pattern.numbers.map { literal($0) }.joined(separator: ", "))]")
    }
    if !pattern.places.isEmpty {
      arguments.append("places: [\(pattern.places.map { literal($0) }.joined(separator: ", "))]")
    }
    if !pattern.times.isEmpty {
      arguments.append("times: [\(pattern.times.map { ".\($0)" }.joined(separator: ", "))]")
    }
    return "ObservationPattern(" + arguments.joined(separator: ", ") + ")"
  }

  private static func literal(_ text: ObservationPattern.TextTest) -> String {
    var arguments: [String] = []
    if !text.equals.isEmpty { arguments.append("equals: \(literal(text.equals))") }
    if !text.contains.isEmpty { arguments.append("contains: \(literal(text.contains))") }
    if text.hasDigit { arguments.append("hasDigit: true") }
    if !text.startsWith.isEmpty { arguments.append("startsWith: \(literal(text.startsWith))") }
    if !text.endsWith.isEmpty { arguments.append("endsWith: \(literal(text.endsWith))") }
    if let pattern = text.pattern { arguments.append("pattern: \(literal(pattern))") }
    if let list = text.list { arguments.append("list: \(literal(list))") }
    if text.isProtectedName { arguments.append("isProtectedName: true") }
    return "ObservationPattern.TextTest(\(arguments.joined(separator: ", ")))"
  }

  private static func literal(_ test: NumberTest) -> String {
    var arguments = [".\(test.attribute)"]
    let bounds = [
      ("equals", test.equals), ("atLeast", test.atLeast), ("atMost", test.atMost), ("above", test.above),
      ("below", test.below),
    ]
    for (name, bound) in bounds { if let bound { arguments.append("\(name): \(bound)") } }
    if !test.values.isEmpty { arguments.append("values: \(test.values)") }
    return "NumberTest(\(arguments.joined(separator: ", ")))"
  }

  private static func literal(_ test: PlaceTest) -> String {
    switch test {
    case .near(let latitude, let longitude, let metres):
      ".near(latitude: \(latitude), longitude: \(longitude), metres: \(metres))"
    case .nearProtectedPlace: ".nearProtectedPlace"
    case .countries(let countries): ".countries(\(literal(countries)))"
    case .tripCountry: ".tripCountry"
    case .box(let south, let west, let north, let east):
      ".box(south: \(south), west: \(west), north: \(north), east: \(east))"
    }
  }
}
