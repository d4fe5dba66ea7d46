internal import UntrailModel

/// The meaning of properties that no table knows, where their names say it plainly: so that unknown writers are not
/// lost.
enum XMPGuess {
  static func meaning(of property: XMPProperty) -> XMPMeaning? {
    guard !quiet.contains(property.path[0].prefix), !quiet.contains(property.leaf.prefix) else { return nil }
    let words = words(property.leaf.name)
    guard let last = words.last, words.count <= 5 else { return nil }
    if let meaning = serial(words) { return meaning }
    if property.value.utf8.count <= 256 {
      if let meaning = identifier(words, property.value) { return meaning }
      if isWord(last, people) || words.count > 1 && last == "name" && isWord(words[words.count - 2], people) {
        return property.value.contains { $0.isLetter } ? .person(role(of: words)) : nil
      }
      if let meaning = place(words, last) { return meaning }
    }
    if let meaning = contact(last, property.value) { return meaning }
    if isPath(property.value) { return .link(.path) }
    return time(words, property.value)
  }

  // MARK: Kinds

  private static func serial(_ words: [String]) -> XMPMeaning? {
    guard let index = words.firstIndex(of: "serial") else { return nil }
    // "SerialNumber", "CameraSerial", "serial_no"; not "SerialCount".
    let rest = words[(index + 1)...]
    guard rest.allSatisfy({ ["number", "no", "nr", "num", "id"].contains($0) }) else { return nil }
    return .serial(words.contains("lens") ? .lens : words.contains("flash") ? .flash : .body)
  }

  private static func identifier(_ words: [String], _ value: String) -> XMPMeaning? {
    guard let last = words.last, value.utf8.count >= 8, value.contains(where: { $0.isNumber }) else {
      return nil
    }
    if ["uuid", "guid"].contains(last) { return .link(.imageUniqueID) }
    guard last == "id", words.count > 1 else { return nil }
    switch words[words.count - 2] {
    case "unique", "image", "photo", "picture", "asset", "media": return .link(.imageUniqueID)
    case "document": return .link(.documentID)
    case "instance": return .link(.instanceID)
    case "device", "camera", "drone": return .serial(.body)
    case "user", "account", "owner", "person": return .link(.account)
    case "burst": return .link(.burst)
    case "flight", "session", "project": return .link(.mediaGroup)
    default: return nil
    }
  }

  private static let people: Set<String> = [
    "author", "authors", "creator", "artist", "photographer", "owner", "byline", "pilot", "operator",
    "username",
    "people", "person", "persons", "contributor", "editor", "photographers", "copyright",
  ]

  private static func role(of words: [String]) -> Role {
    let words = Set(words)
    if !words.isDisjoint(with: ["people", "person", "persons"]) { return .depicted }
    if words.contains("owner") { return .owner }
    if words.contains("copyright") { return .copyright }
    if words.contains("editor") { return .editor }
    if !words.isDisjoint(with: ["photographer", "photographers", "pilot", "operator"]) {
      return .photographer
    }
    if words.contains("username") { return .account }
    return words.contains("artist") ? .artist : .author
  }

  private static func isWord(_ word: String, _ words: Set<String>) -> Bool { words.contains(word) }

  private static func place(_ words: [String], _ last: String) -> XMPMeaning? {
    guard words.count <= 2 else { return nil }
    return switch last {
    case "city", "town", "village": .place(.city)
    case "country", "countryname", "countrycode": .place(.country)
    case "province", "provincestate": .place(.state)
    case "sublocation", "street", "venue": .place(.sublocation)
    case "landmark", "placename": .place(.landmark)
    case "location", "locality", "place": words.count == 1 ? .place(.area) : nil
    default: nil
    }
  }

  private static func contact(_ last: String, _ value: String) -> XMPMeaning? {
    if last == "email" || last == "mail", value.contains("@") { return .contact(.email) }
    if ["phone", "telephone", "mobile"].contains(last), value.filter(\.isNumber).count >= 6 {
      return .contact(.phone)
    }
    return nil
  }

  /// Whether a value is the path of a file in somebody's folder.
  private static func isPath(_ value: String) -> Bool {
    guard value.utf8.count <= 1024 else { return false }
    let lowercased = value.lowercased()
    for start in ["/users/", "/home/", "file:///", "/volumes/", "\\\\", "/storage/emulated/"]
    where lowercased.hasPrefix(start) { return true }
    let bytes = Array(lowercased.utf8.prefix(3))
    return bytes.count == 3 && bytes[0] >= 0x61 && bytes[0] <= 0x7A && bytes[1] == UInt8(ascii: ":")
      && (bytes[2] == UInt8(ascii: "\\") || bytes[2] == UInt8(ascii: "/"))
  }

  private static func time(_ words: [String], _ value: String) -> XMPMeaning? {
    let words = Set(words)
    guard !words.isDisjoint(with: ["date", "time", "datetime", "timestamp", "when", "created", "modified"]),
      value.utf8.count <= 40, case .time(let time) = XMPTime.dateTime(value), time.precision != .day
    else { return nil }
    if !words.isDisjoint(with: ["original", "taken", "shot", "capture", "captured", "shooting"]) {
      return .time(.original)
    }
    if !words.isDisjoint(with: ["modify", "modified", "modification", "mod", "change", "changed"]) {
      return .time(.modified)
    }
    return .time(words.contains("metadata") ? .metadata : .created)
  }

  // MARK: Names

  /// The words of a name in camel case or with signs between them, in lower case.
  private static func words(_ name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var wasLower = false
    func isUpper(_ scalar: Unicode.Scalar) -> Bool { "A"..."Z" ~= scalar }
    let scalars = Array(name.unicodeScalars.prefix(64))
    for (index, scalar) in scalars.enumerated() {
      let isLetter = scalar.properties.isAlphabetic
      let nextIsLower = index + 1 < scalars.count && "a"..."z" ~= scalars[index + 1]
      if !isLetter || isUpper(scalar) && (wasLower || nextIsLower) {
        if !word.isEmpty { words.append(word) }
        word = ""
      }
      if isLetter { word.unicodeScalars.append(scalar) }
      wasLower = "a"..."z" ~= scalar
    }
    if !word.isEmpty { words.append(word) }
    return words.map { $0.lowercased() }
  }

  /// Namespaces that are wholly known, or hold nothing but numbers and settings.
  private static let quiet: Set<String> = [
    "rdf", "rdfs", "x", "xml", "crs", "crss", "crd", "crlcp", "stCamera", "stFnt", "stDim", "stArea", "xmpG",
    "xmpGImg", "xmpTPg", "xmpNote", "pdfaid", "pdfaExtension", "pdfaSchema", "pdfaProperty", "pdfaType",
    "pdfuaid", "pdfxid", "pdfvtid", "hdrgm", "hdr_metadata", "HDRGainMap", "aas", "svg", "illustrator",
    "plus",
    "stMfs", "Profile", "Item", "Container",
  ]
}
