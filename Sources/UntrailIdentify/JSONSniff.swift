internal import UntrailModel

/// Tells JSON by how it begins. libmagic reads JSON only where it has all of it.
///
/// Source: RFC 8259; RFC 7464 (sequences); RFC 7946 (GeoJSON).
enum JSONSniff {
  /// Whether text starts as a JSON object or list does, in UTF-8 or UTF-16.
  static func isJSON(_ prefix: UnsafeRawBufferPointer) -> Bool {
    var rest = text(prefix)[...]
    switch nextMark(&rest) {
    case UInt8(ascii: "{"):
      guard let next = nextMark(&rest) else { return false }
      return next == UInt8(ascii: "}") || next == UInt8(ascii: "\"") && isKey(&rest)
    case UInt8(ascii: "["):
      return isItem(&rest)
    default:
      return false
    }
  }

  /// Whether JSON says near its start that it is GeoJSON.
  static func isGeoJSON(_ prefix: UnsafeRawBufferPointer) -> Bool {
    guard isJSON(prefix) else { return false }
    let text = text(prefix).filter { !isBlank($0) }
    // Of a collection, the type may stand at the end; a feature in it has its own.
    return text.first == UInt8(ascii: "{") && text.withUnsafeBytes { $0.holds("\"type\":\"Feature") }
  }

  /// The bytes without a byte order mark, and without the zeros that UTF-16 has in it.
  private static func text(_ prefix: UnsafeRawBufferPointer) -> [UInt8] {
    var bytes = prefix[...]
    for mark in [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]] as [[UInt8]] where bytes.starts(with: mark) {
      bytes = bytes.dropFirst(mark.count)
    }
    let isWide = bytes.prefix(4).contains(0)
    return isWide ? bytes.filter { $0 != 0 } : Array(bytes)
  }

  /// White space, and the sign between the texts of a sequence.
  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte >= 0x09 && byte <= 0x0D || byte == 0x1E
  }

  private static func nextMark(_ rest: inout ArraySlice<UInt8>) -> UInt8? {
    rest = rest.drop(while: isBlank)
    return rest.popFirst()
  }

  /// Whether the rest of a string follows, and a colon.
  private static func isKey(_ rest: inout ArraySlice<UInt8>) -> Bool {
    isString(&rest) && nextMark(&rest).map { $0 == UInt8(ascii: ":") } ?? true
  }

  /// Whether the rest of a string follows, as far as there is any.
  private static func isString(_ rest: inout ArraySlice<UInt8>) -> Bool {
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") { return true }
      if byte == UInt8(ascii: "\\") { _ = rest.popFirst() }
      if byte < 0x20 { return false }
    }
    return true
  }

  /// Whether the first value of a list follows, and what may stand behind it.
  private static func isItem(_ rest: inout ArraySlice<UInt8>) -> Bool {
    guard let first = nextMark(&rest) else { return false }
    switch first {
    case UInt8(ascii: "{"):
      guard let next = nextMark(&rest) else { return true }
      return next == UInt8(ascii: "}") || next == UInt8(ascii: "\"") && isKey(&rest)
    case UInt8(ascii: "["), UInt8(ascii: "]"): return true
    case UInt8(ascii: "\""):
      guard isString(&rest) else { return false }
    default:
      let word = [first] + rest.prefix { !isBlank($0) && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "]") }
      guard let text = String(validating: word, as: UTF8.self),
        ["true", "false", "null"].contains(text) || isNumber(text)
      else { return false }
      rest = rest.dropFirst(word.count - 1)
      // "[1]" is a footnote, too.
      return nextMark(&rest).map { $0 == UInt8(ascii: ",") } ?? true
    }
    guard let next = nextMark(&rest) else { return true }
    return next == UInt8(ascii: ",") || next == UInt8(ascii: "]")
  }

  private static func isNumber(_ text: String) -> Bool {
    text.utf8.allSatisfy { "+-.eE0123456789".utf8.contains($0) } && Double(text) != nil
  }
}
