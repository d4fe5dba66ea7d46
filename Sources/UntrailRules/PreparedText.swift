internal import UntrailModel

/// What is asked of a text, ready to be held against many.
struct PreparedText: Sendable {
  private let test: ObservationPattern.TextTest
  private let pattern: LinearPattern?
  private let list: Set<String>?
  /// Protected names, as small letters; nil where none is asked for.
  private let names: [[UInt32]]?

  init(_ test: ObservationPattern.TextTest, _ context: AuditContext) {
    self.test = test
    // The parser of rule files has read it before: no rule comes here with another.
    pattern = test.pattern.flatMap { try? LinearPattern($0) }
    list = test.list.map { Set($0.map { $0.lowercased() }) }
    names =
      test.isProtectedName
      ? (context.trip?.protectedNames ?? []).map(Self.folded).filter { !$0.isEmpty } : nil
  }

  /// Whether a protected name is asked for and there is none.
  var isImpossible: Bool { names?.isEmpty ?? false }

  /// Whether all that is asked for holds.
  func holds(_ text: String) -> Bool {
    if test.hasDigit, !text.utf8.contains(where: { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) {
      return false
    }
    if needsFolding {
      let folded = text.lowercased()
      guard test.equals.isEmpty || test.equals.contains(folded) else { return false }
      guard test.contains.isEmpty || test.contains.contains(where: { folded.holds($0) }) else {
        return false
      }
      guard test.startsWith.isEmpty || test.startsWith.contains(where: { folded.hasPrefix($0) }) else {
        return false
      }
      guard test.endsWith.isEmpty || test.endsWith.contains(where: { folded.hasSuffix($0) }) else {
        return false
      }
      if let list, !list.contains(folded) { return false }
    }
    if let names {
      let scalars = Self.folded(text)
      guard names.contains(where: { Self.stands($0, in: scalars) }) else { return false }
    }
    if test.pattern != nil { return pattern?.matches(text) ?? false }
    return true
  }

  private var needsFolding: Bool {
    !test.equals.isEmpty || !test.contains.isEmpty || !test.startsWith.isEmpty || !test.endsWith.isEmpty
      || list != nil
  }

  private static func folded(_ text: String) -> [UInt32] { text.unicodeScalars.map(CaseFolding.fold) }

  /// Whether a name stands in a text with no letter or digit right before or behind it.
  private static func stands(_ name: [UInt32], in text: [UInt32]) -> Bool {
    guard text.count >= name.count else { return false }
    for start in 0...(text.count - name.count) where text[start] == name[0] {
      let end = start + name.count
      guard start == 0 || !ScalarSet.isWord(text[start - 1]) else { continue }
      guard end == text.count || !ScalarSet.isWord(text[end]) else { continue }
      if text[start..<end].elementsEqual(name) { return true }
    }
    return false
  }
}
