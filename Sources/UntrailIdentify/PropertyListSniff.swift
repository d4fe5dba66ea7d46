internal import UntrailModel

/// Tells property lists of all forms by how they begin.
enum PropertyListSniff {
  typealias Bytes = UnsafeRawBufferPointer

  static func isBinary(_ prefix: Bytes) -> Bool {
    prefix.starts(with: "bplist0".utf8) || prefix.starts(with: "bplist1".utf8)
  }

  /// A signed message with a list in it.
  ///
  /// Source: RFC 5652, section 5.1.
  static func isSigned(_ prefix: Bytes) -> Bool {
    let kind: [UInt8] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02]
    guard prefix.first == 0x30, prefix.count >= 64,
      (2...6).contains(where: { prefix[$0...].starts(with: kind) })
    else { return false }
    return prefix.holds("<plist") || prefix.holds("<!DOCTYPE plist") || prefix.holds("bplist00")
  }

  /// The old form: a brace, a name, an equals sign, and further on a semicolon.
  ///
  ///     // !$*UTF8*$!
  ///     { name = value; "name" = (one, two); }
  static func isWritten(_ prefix: Bytes) -> Bool {
    var rest = prefix[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    rest = rest.drop { isBlank($0) }
    if rest.starts(with: "// !$*UTF8*$!".utf8) {
      rest = rest.drop { $0 != 0x0A && $0 != 0x0D }.drop { isBlank($0) }
    }
    guard rest.popFirst() == UInt8(ascii: "{") else { return false }
    guard takeKey(&rest), let value = rest.first else { return false }
    // A program in a language with braces assigns, too: it then does something else.
    switch value {
    case UInt8(ascii: "{"), UInt8(ascii: "("), UInt8(ascii: "<"): return true
    default: break
    }
    guard takeWord(&rest), rest.popFirst() == UInt8(ascii: ";") else { return false }
    rest = rest.drop { isBlank($0) }
    return rest.first == UInt8(ascii: "}") || takeKey(&rest)
  }

  /// Goes behind a name and an equals sign, to the value.
  private static func takeKey(_ rest: inout Slice<Bytes>) -> Bool {
    rest = rest.drop { isBlank($0) }
    guard takeWord(&rest) else { return false }
    rest = rest.drop { isBlank($0) }
    guard rest.popFirst() == UInt8(ascii: "=") else { return false }
    rest = rest.drop { isBlank($0) }
    return true
  }

  private static func takeWord(_ rest: inout Slice<Bytes>) -> Bool {
    if rest.first == UInt8(ascii: "\"") {
      rest = rest.dropFirst().drop { $0 != UInt8(ascii: "\"") }
      return rest.popFirst() != nil
    }
    let word = rest.prefix { isWord($0) }
    rest = rest[word.endIndex...]
    return !word.isEmpty
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 0x09 && byte <= 0x0D }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "_$.-/:".utf8.contains(byte)
    }
  }
}
