/// What the texts of XMP values are.
enum XMPText {
  /// Whether a text stands for none: only signs, as "-" or "----".
  static func isUnset(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      if scalar.isASCII { return !(scalar.properties.isAlphabetic || "0"..."9" ~= scalar) }
      return scalar.properties.isWhitespace || scalar == "\u{FFFD}"
    }
  }

  /// Whether a number or an id stands for none: zeros, or a word that says so.
  static func isUnsetNumber(_ text: String) -> Bool {
    let letters = text.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || "1"..."9" ~= $0 }
    if letters.isEmpty { return true }
    let word = String(String.UnicodeScalarView(letters))
    return ["none", "null", "unknown", "undefined", "na", "uuid", "xmpdid", "xmpiid", "xmpdidnone"].contains(word)
  }

  /// The keywords of a value: itself, or the names in the XML that ACDSee writes.
  ///
  ///     <Categories><Category Assigned="0">Places<Category Assigned="1">Vienna</Category></Category></Categories>
  static func keywords(_ text: String) -> [String] {
    guard text.hasPrefix("<Categories") else { return [text] }
    var keywords: [String] = []
    var branch: [String] = []
    for part in text.split(separator: "<").dropFirst() {
      guard let end = part.firstIndex(of: ">") else { break }
      if part.hasPrefix("/") {
        if !branch.isEmpty { branch.removeLast() }
        continue
      }
      guard branch.count < 16, keywords.count < 256 else { break }
      branch.append(String(part[part.index(after: end)...]).trimmed)
      if part.hasPrefix("Category Assigned=\"1\"") { keywords.append(branch.joined(separator: "/")) }
    }
    return keywords
  }

  /// First parts of keywords below which people stand, in the languages of the programs.
  static let peopleBranches: Set<String> = [
    "people", "person", "persons", "persone", "personen", "personer", "personnes", "personas", "pessoas",
    "menschen", "mensen", "familie", "family", "friends", "osoby", "ludzie", "lidé", "люди", "人物", "人",
  ]

  static let placeBranches: Set<String> = [
    "places", "place", "location", "locations", "orte", "ort", "lieux", "lieu", "lugares", "lugar", "luoghi",
    "plaatsen", "platser", "steder", "miejsca", "místa", "места", "地点", "場所",
  ]
}
