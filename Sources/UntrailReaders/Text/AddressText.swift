/// Addresses of people as URIs and in free text.
enum AddressText {
  /// The mail address that a text is: alone, as mailto:, or in angle brackets behind a name. Nil where it is none.
  static func email(_ text: String) -> String? {
    var rest = Substring(text)
    if let open = rest.lastIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
      rest = rest[rest.index(after: open)..<close]
    }
    if let start = range(of: "mailto:", in: rest) { rest = rest[start...] }
    if let end = rest.firstIndex(where: { $0 == "?" || $0 == ">" }) { rest = rest[..<end] }
    let address = percentDecoded(rest.trimmedASCII)
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), address.utf8.count <= 320,
      !address.utf8.contains(where: { $0 <= 0x20 || "/:,;()\"".utf8.contains($0) })
    else { return nil }
    return address
  }

  /// What stands in front of an address in angle brackets; nil where there is none.
  static func name(before text: String) -> String? {
    guard let open = text.lastIndex(of: "<"), text.hasSuffix(">") else { return nil }
    let name = text[..<open].trimmedASCII.filter { $0 != "\"" }
    return name.isEmpty ? nil : name
  }

  /// Where the text behind a word starts, in any case; nil where the word is not there.
  static func range(of word: String, in text: Substring) -> Substring.Index? {
    let wanted = Array(word.utf8)
    var start = text.utf8.startIndex
    while start < text.utf8.endIndex {
      let rest = text.utf8[start...]
      if rest.count < wanted.count { return nil }
      let isEqual = zip(rest, wanted).allSatisfy { $0 == $1 || $0 | 0x20 == $1 && $1 >= 0x61 && $1 <= 0x7A }
      if isEqual { return text.utf8.index(start, offsetBy: wanted.count) }
      start = text.utf8.index(after: start)
    }
    return nil
  }

  /// Without percent signs, where what they stand for is UTF-8.
  static func percentDecoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self) ?? text
  }

  /// The links that stand in a text, up to `most` of them.
  static func links(in text: String, most: Int) -> [String] {
    var found: [String] = []
    var rest = text[...]
    while found.count < most, let behind = range(of: "://", in: rest) {
      let head = rest[..<behind]
      let scheme = head.dropLast(3).reversed().prefix { $0.isASCII && $0.isLetter }
      let tail = rest[behind...].prefix { !$0.isWhitespace && !"<>\"|{}".contains($0) }
      if ["http", "https"].contains(String(scheme.reversed()).lowercased()), !tail.isEmpty {
        found.append(String(scheme.reversed()) + "://" + tail)
      }
      rest = rest[tail.endIndex...]
    }
    return found
  }
}
