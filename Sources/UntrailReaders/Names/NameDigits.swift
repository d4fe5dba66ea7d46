/// Digits that are not ASCII's, as telephones set to Arabic and Persian write them into names.
///
///     D9 A0...A9    Arabic-Indic digits, U+0660 to U+0669
///     DB B0...B9    Extended Arabic-Indic digits, U+06F0 to U+06F9
///
/// Source: The Unicode Standard, chapter 9.2.
enum NameDigits {
  /// The name with digits of ASCII, without marks of direction; nil where it has no others.
  static func plain(_ name: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard name.contains(where: { $0 == 0xD9 || $0 == 0xDB }),
      name.indices.dropLast().contains(where: { digit(name[$0], name[$0 + 1]) != nil })
    else { return nil }
    var plain: [UInt8] = []
    plain.reserveCapacity(name.count)
    var index = 0
    while index < name.count {
      if index + 1 < name.count, let digit = digit(name[index], name[index + 1]) {
        plain.append(digit)
        index += 2
      } else if index + 2 < name.count, name[index] == 0xE2, name[index + 1] == 0x80,
        name[index + 2] == 0x8E || name[index + 2] == 0x8F
      {
        index += 3
      } else {
        plain.append(name[index])
        index += 1
      }
    }
    return plain
  }

  private static func digit(_ first: UInt8, _ second: UInt8) -> UInt8? {
    if first == 0xD9, (0xA0...0xA9).contains(second) { return second - 0xA0 + 0x30 }
    return first == 0xDB && (0xB0...0xB9).contains(second) ? second - 0xB0 + 0x30 : nil
  }
}
