/// What the texts of XMP values are.
enum XMPText {
  /// Whether a text stands for none: only signs, as "-" or "----".
  static func isUnset(_ text: String) -> Bool {
    // Nearly all begin with a letter or digit.
    if let first = text.utf8.first, first < 0x80, isWord(first) { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      if scalar.isASCII { return !(scalar.properties.isAlphabetic || "0"..."9" ~= scalar) }
      return scalar.properties.isWhitespace || scalar == "\u{FFFD}"
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39 || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
  }

  /// Whether a text is a word for what is not there.
  static func isNone(_ text: String) -> Bool {
    text.utf8.count <= 10
      && ["none", "null", "unknown", "undefined", "n/a", "(none)"].contains(text.lowercased())
  }

  /// Whether a number or an id stands for none: zeros, or a word that says so.
  static func isUnsetNumber(_ text: String) -> Bool {
    if isNone(text) { return true }
    // The kind of an id, behind which there is nothing but zeros.
    let letters = text.utf8.lazy.filter { $0 >= 0x80 || isWord($0) && $0 != UInt8(ascii: "0") }.prefix(7)
    return ["", "uuid", "xmpdid", "xmpiid"].contains(
      String(decoding: Array(letters), as: UTF8.self).lowercased())
  }

  /// The keywords of a value: itself, or the names in the XML that ACDSee writes.
  ///
  ///     <Categories><Category Assigned="0">Places<Category Assigned="1">Vienna</Category></Category></Categories>
  static func keywords(_ text: String) -> [String] {
    guard text.hasPrefix("<Categories") else { return [text] }
    var keywords: [String] = []
    var branch: [String] = []
    // The names of the branches stand in each keyword again.
    var total = 0
    for part in text.split(separator: "<").dropFirst() {
      guard let end = part.firstIndex(of: ">") else { break }
      if part.hasPrefix("/") {
        if !branch.isEmpty { branch.removeLast() }
        continue
      }
      guard branch.count < 16, total < 1 << 16 else { break }
      branch.append(String(part[part.index(after: end)...]).trimmed)
      guard part.hasPrefix("Category Assigned=\"1\"") else { continue }
      keywords.append(branch.joined(separator: "/"))
      total += keywords[keywords.count - 1].utf8.count
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

extension String {
  /// Without white space around it.
  var trimmed: String {
    func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }
    guard let first = utf8.first, let last = utf8.last else { return self }
    if !isBlank(first), !isBlank(last) { return self }
    guard let start = utf8.firstIndex(where: { !isBlank($0) }),
      let end = utf8.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(Substring(utf8[start...end]))
  }
}
