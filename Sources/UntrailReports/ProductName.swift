/// Names of products: what a report may show of a camera or a program without showing more than which product it is.
enum ProductName {
  /// The longest name of a product, in bytes of UTF-8.
  private static let longest = 96

  /// The name of a program without what says which copy of it: its version, build and dates.
  ///
  /// - Returns: the name up to the first word with a digit in it; empty where that is the first one.
  static func withoutVersion(_ name: String) -> String {
    let bytes = Array(name.utf8)
    var words = bytes[...].split { separators.contains($0) }
    if let numbered = words.firstIndex(where: { $0.contains(where: isDigit) }) {
      words.removeSubrange(numbered...)
    } else if !words.isEmpty {
      return name
    }
    while let last = words.last, isVersionWord(last) { words.removeLast() }
    guard let first = words.first, let last = words.last else { return "" }
    return String(decoding: bytes[first.startIndex..<last.endIndex], as: UTF8.self)
  }

  /// Whether a text can be the name of a product and holds no address, path or id: those can name a person or one copy.
  static func isPlain(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= longest && !isPersonal(name)
      && !name.utf8.split { !isLetter($0) && !isDigit($0) }.contains { isID(Array($0)) }
  }

  /// Whether a text holds an address or a path, and paths hold names.
  static func isPersonal(_ name: String) -> Bool {
    name.utf8.contains { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "\\") }
      || ["/home/", "/Users/", "/user/", "file:"].contains(where: name.contains)
  }

  /// Whether a word is a number that tells one thing from all others of its kind.
  private static func isID(_ word: [UInt8]) -> Bool {
    let digits = word.count(where: isDigit)
    return digits >= 8 || word.count >= 16 && digits >= 4
  }

  private static let separators: Set<UInt8> = [
    UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"), UInt8(ascii: "."),
    UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "("),
  ]

  private static func isVersionWord(_ word: ArraySlice<UInt8>) -> Bool {
    ["v", "ver", "version", "rev", "build", "cc", "cs"].contains(
      String(decoding: word, as: UTF8.self).lowercased())
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z") || byte >= 0x80
  }
}
