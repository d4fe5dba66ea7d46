/// Tells exported chats from other text.
enum ChatSniff {
  /// Whether three of the first lines begin as messages of WhatsApp do: a date and a time in brackets, or before a
  /// dash, then a name and a colon.
  static func isWhatsApp(_ prefix: UnsafeRawBufferPointer) -> Bool {
    var found = 0
    for line in prefix.prefix(4096).split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).prefix(12) {
      if isMessage(line) { found += 1 }
    }
    return found >= 3
  }

  private static func isMessage(_ line: Slice<UnsafeRawBufferPointer>) -> Bool {
    if let plain = plainDigits(line) { return plain.withUnsafeBytes { isMessage($0[...]) } }
    // Marks of direction and of byte order are no part of it.
    var rest = line.drop { $0 >= 0x80 }
    let isBracketed = rest.first == UInt8(ascii: "[")
    if isBracketed { rest = rest.dropFirst() }
    let head = rest.prefix(40)
    guard let first = head.first, first >= 0x30, first <= 0x39 else { return false }
    let end: Int?
    if isBracketed {
      end = head.firstIndex(of: UInt8(ascii: "]"))
    } else {
      end = head.indices.dropLast(2).first {
        head[$0] == 0x20 && head[$0 + 1] == 0x2D && head[$0 + 2] == 0x20
      }
    }
    guard let end else { return false }
    let stamp = head[..<end]
    let digits = stamp.count { $0 >= 0x30 && $0 <= 0x39 }
    let hasClock = stamp.contains(UInt8(ascii: ":"))
    let hasDate = stamp.contains { [UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-")].contains($0) }
    return digits >= 6 && hasClock && hasDate
      && rest[end...].dropFirst(2).prefix(80).contains(UInt8(ascii: ":"))
  }

  /// A line with the digits of Arabic and Persian as those of ASCII; nil where its beginning has none.
  private static func plainDigits(_ line: Slice<UnsafeRawBufferPointer>) -> [UInt8]? {
    var found = false
    var plain: [UInt8] = []
    var index = line.startIndex
    while index < line.endIndex, plain.count < 160 {
      let byte = line[index]
      let next = index + 1 < line.endIndex ? line[index + 1] : 0
      switch (byte, next) {
      case (0xD9, 0xA0...0xA9), (0xDB, 0xB0...0xB9):
        plain.append(0x30 + (next & 0x0F))
        found = true
        index += 2
      default:
        plain.append(byte)
        index += 1
      }
    }
    return found ? plain : nil
  }
}
