package import UntrailModel

/// A finding that somebody has looked at and does not want to see again for a time.
package struct Suppression: Sendable, Equatable {
  /// The id of the rule.
  package var rule: String
  /// Which paths: `*` stands for any characters but slashes, `**` for any, `?` for one but a slash. A glob without a
  /// slash is held against the name alone. Empty for all paths, and for what files show together.
  package var path: String
  /// Why, in words.
  package var reason: String
  /// The last day on which it counts, in days since 1970-01-01.
  package var until: Int64

  package init(rule: String, path: String = "", reason: String, until: Int64) {
    self.rule = rule
    self.path = path
    self.reason = reason
    self.until = until
  }

  /// Whether a finding is one that this is about.
  ///
  /// - Parameters:
  ///   - path: of the file; nil for a finding on several files together.
  ///   - day: the day of the audit, in days since 1970-01-01.
  package func applies(rule: String, path: PathBytes?, day: Int64) -> Bool {
    guard rule == self.rule, day <= until else { return false }
    if self.path.isEmpty { return true }
    guard let path else { return false }
    let glob = Array(self.path.utf8)
    return Glob.matches(glob, glob.contains(UInt8(ascii: "/")) ? path.bytes[...] : path.name)
  }
}

/// The suppressions of one file.
package struct SuppressionList: Sendable, Equatable {
  /// The longest file that is read, in bytes.
  package static let sizeLimit = 64 * 1024

  package var entries: [Suppression]

  package init(_ entries: [Suppression]) { self.entries = entries }

  /// - Throws: where the file cannot be read, and the first mistake in it.
  package static func load(_ path: String, known: [String]) throws(RuleError) -> SuppressionList {
    let text = try RuleFolder.text(ofFile: path)
    return try SuppressionList(yaml: text, path: path, known: known)
  }

  /// Reads `suppress:`, a list of mappings with `rule`, `path` (may be missing), `reason` and `until`.
  ///
  /// - Parameters:
  ///   - path: the file's path, for messages.
  ///   - known: the ids of all rules; an entry for another one is refused. nil for any.
  /// - Throws: the first mistake, with its place: also an entry without a reason or an end.
  package init(yaml: String, path: String, known: [String]? = nil) throws(RuleError) {
    let top = try YAMLMapping(
      try YAMLComposer.compose(yaml, path: path, sizeLimit: Self.sizeLimit), file: path, keyPath: "")
    try top.allowOnly(["suppress"])
    entries = []
    for map in try top.mappings("suppress") {
      try map.allowOnly(["rule", "path", "reason", "until"])
      let rule = try map.text("rule")
      if let known, !known.contains(rule) {
        let hint = Suggestion.nearest(to: rule, among: known).map { "; did you mean \($0)?" } ?? ""
        throw map.error("rule", "there is no rule \"\(rule)\"\(hint)")
      }
      guard map.has("reason") else { throw map.error("reason", "say why the finding does not matter") }
      let reason = try map.text("reason")
      guard map.has("until") else {
        throw map.error("until", "say until which day this counts, as 2027-01-31")
      }
      guard let until = Self.day(try map.text("until")) else {
        throw map.error("until", "this is no day; write it as 2027-01-31")
      }
      entries.append(
        Suppression(
          rule: rule, path: map.has("path") ? try map.text("path") : "", reason: reason, until: until))
    }
  }

  /// The first entry that says that a finding is not to be reported; nil where none does.
  ///
  /// - Parameters:
  ///   - path: of the file; nil for a finding on several files together.
  ///   - day: the day of the audit, in days since 1970-01-01.
  package func entry(rule: String, path: PathBytes?, day: Int64) -> Suppression? {
    entries.first { $0.applies(rule: rule, path: path, day: day) }
  }

  /// Whether a finding is not to be reported; see `entry(rule:path:day:)`.
  package func isSuppressed(rule: String, path: PathBytes?, day: Int64) -> Bool {
    entry(rule: rule, path: path, day: day) != nil
  }

  /// Days since 1970-01-01 of a date as `2027-01-31`; nil for everything else.
  private static func day(_ text: String) -> Int64? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let isPlain = text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || $0 >= 0x30 && $0 <= 0x39 }
    guard isPlain, parts.map(\.count) == [4, 2, 2], let year = Int(parts[0]), let month = Int(parts[1]),
      let day = Int(parts[2]), CivilDate.isValid(year: year, month: month, day: day)
    else { return nil }
    return CivilDate.days(year: year, month: month, day: day)
  }
}
