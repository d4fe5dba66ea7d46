package import UntrailModel

/// What rules look at, and what they leave out.
package struct RuleCoverage {
  /// Kinds that no rule looks at.
  package let kindsLeftOut: [Kind]
  /// Roles that no rule names. A rule for all roles of a kind names none.
  package let rolesLeftOut: [Role]

  package init(_ rules: [Rule]) {
    var patterns: [ObservationPattern] = []
    func add(_ condition: Condition) {
      switch condition {
      case .all(let parts), .any(let parts): parts.forEach(add)
      case .not(let part): add(part)
      case .observation(let pattern): patterns.append(pattern)
      }
    }
    for rule in rules {
      switch rule.match {
      case .file(let condition), .run(let condition): add(condition)
      case .correlation(let correlation): patterns += [correlation.pattern] + correlation.followedBy
      }
    }
    let found = patterns
    kindsLeftOut = Kind.allCases.filter { kind in !found.contains { $0.kind == kind } }
    rolesLeftOut = Role.allCases.filter { role in
      !found.contains { $0.roles != .all && $0.roles.contains(role) }
    }
  }
}
