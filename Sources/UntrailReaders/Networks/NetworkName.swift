/// Names and addresses of networks, as files write them.
enum NetworkName {
  /// The name of a wireless network, which is up to 32 bytes: text where it is UTF-8, else digits of its bytes.
  static func text(_ bytes: some Collection<UInt8>) -> String {
    guard !bytes.allSatisfy({ $0 == 0 }) else { return "" }
    if let text = String(validating: bytes, as: UTF8.self), BoundedText.isPrintable(text) {
      return text.trimmedText
    }
    return "0x" + HexText.of(bytes.prefix(32))
  }

  /// The name in a setting: "text" in quotation marks, P"text" with escapes, or the digits of its bytes.
  ///
  /// Source: wpa_supplicant.conf(5).
  static func ofSetting(_ text: String) -> String {
    var text = text[...]
    let hasEscapes = text.hasPrefix("P\"")
    if hasEscapes { text = text.dropFirst() }
    if text.utf8.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") {
      let inside = text.dropFirst().dropLast()
      return self.text(hasEscapes ? unescaped(inside) : Array(inside.utf8))
    }
    let isHexadecimal =
      text.utf8.count >= 2 && text.utf8.count % 2 == 0
      && text.utf8.allSatisfy { Hexadecimal.digit($0) != nil }
    return isHexadecimal ? self.text(Hexadecimal.bytes(text.utf8)) : String(text).trimmedText
  }

  /// \xHH, \n, \", \\
  private static func unescaped(_ text: Substring) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let escape = rest.popFirst() else {
        bytes.append(byte)
        continue
      }
      switch escape {
      case UInt8(ascii: "x"):
        bytes += Hexadecimal.bytes(rest.prefix(2))
        rest = rest.dropFirst(2)
      case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "e"): bytes.append(0x20)
      default: bytes.append(escape)
      }
    }
    return bytes
  }

  /// The address of a network card, as "a4:91:b1:00:00:01".
  static func hardwareAddress(_ bytes: some Collection<UInt8>) -> String {
    bytes.map { HexText.of([$0]) }.joined(separator: ":")
  }

  /// Whether a text is the address of a network card that can be one: six numbers, which Apple writes without
  /// leading zeros.
  static func isHardwareAddress(_ text: String) -> Bool {
    guard (11...17).contains(text.utf8.count) else { return false }
    let mark: Character = text.contains(":") ? ":" : "-"
    let parts = text.split(separator: mark, omittingEmptySubsequences: false)
    guard parts.count == 6, parts.allSatisfy({ (1...2).contains($0.utf8.count) }) else { return false }
    let numbers = parts.compactMap { UInt8($0, radix: 16) }
    guard numbers.count == 6, !parts.contains(where: { $0.hasPrefix("+") || $0.hasPrefix("-") }) else {
      return false
    }
    // What stands for any address, and for an address that is not told.
    return !numbers.allSatisfy { $0 == 0 } && !numbers.allSatisfy { $0 == 0xFF }
      && numbers != [2, 0, 0, 0, 0, 0]
  }

  /// Whether a text is the address of a machine in a network, and of none in particular.
  static func isInternetAddress(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 4 {
      return parts.allSatisfy { UInt8($0) != nil } && text != "0.0.0.0" && text != "255.255.255.255"
        && !text.hasPrefix("127.") && !text.hasPrefix("255.")
    }
    let groups = text.split(separator: ":", omittingEmptySubsequences: false)
    return (3...8).contains(groups.count) && text != "::1"
      && groups.allSatisfy { $0.utf8.count <= 4 && ($0.isEmpty || UInt16($0, radix: 16) != nil) }
      && groups.contains { !$0.isEmpty && $0 != "0" }
  }
}
