/// A four-character code, as the box formats use it.
struct FourCC: Hashable, ExpressibleByStringLiteral {
  let value: UInt32

  init(_ value: UInt32) { self.value = value }

  init(stringLiteral text: StaticString) {
    value = text.withUTF8Buffer { $0.prefix(4).reduce(0) { $0 << 8 | UInt32($1) } }
  }

  /// Whether it is a word, as all registered codes are. Apple's begin with a copyright sign.
  var isPrintable: Bool {
    (0..<4).allSatisfy { place in
      let byte = UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32(place)))
      return byte >= 0x20 && byte < 0x7F || place == 0 && byte == 0xA9
    }
  }
}
