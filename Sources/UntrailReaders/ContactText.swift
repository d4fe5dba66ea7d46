internal import UntrailModel

/// Tells what kind of contact a text is.
enum ContactText {
  static func role(of text: String) -> Role {
    let word = text.utf8
    if word.contains(UInt8(ascii: "@")), !word.contains(UInt8(ascii: " ")), !isPage(text) { return .email }
    if isPage(text) { return .url }
    let digits = word.count { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    let hasLetters = text.contains { $0.isLetter }
    return digits >= 6 && !hasLetters ? .phone : .address
  }

  private static func isPage(_ text: String) -> Bool {
    let start = text.prefix(8).lowercased()
    return start.hasPrefix("http://") || start.hasPrefix("https://") || start.hasPrefix("www.")
  }
}
