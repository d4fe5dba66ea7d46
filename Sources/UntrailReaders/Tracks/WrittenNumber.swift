internal import UntrailModel

/// Numbers in text, of ASCII digits.
enum WrittenNumber {
  /// A number with a sign, a point and a fraction, without an exponent; nil where it is none or longer than 32
  /// characters.
  static func read(_ bytes: some Collection<UInt8>) -> Double? {
    var mantissa: Int64 = 0
    var digits = 0
    var fraction: Int?
    var isNegative = false
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "-") where index == 0: isNegative = true
      case UInt8(ascii: "+") where index == 0: break
      case UInt8(ascii: ".") where fraction == nil: fraction = 0
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits += 1
        // More digits than a number holds say nothing where they are a fraction.
        if mantissa > Int64.max / 100 {
          guard fraction != nil, digits <= 32 else { return nil }
          continue
        }
        mantissa = mantissa * 10 + Int64(byte - UInt8(ascii: "0"))
        if let places = fraction { fraction = places + 1 }
      default: return nil
      }
    }
    guard digits > 0 else { return nil }
    let value = Double(mantissa) / powers[min(fraction ?? 0, powers.count - 1)]
    return isNegative ? -value : value
  }

  /// As `read`, but also with an exponent, a decimal comma or blanks around it, as some programs write them.
  static func readLoosely(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    if let number = read(bytes) { return number }
    guard bytes.count <= 64 else { return nil }
    var text = String(decoding: bytes, as: UTF8.self)
    text.removeAll { $0.isWhitespace }
    return Double(String(text.map { $0 == "," ? "." : $0 }))
  }

  /// Up to nine digits and nothing else.
  static func whole(_ bytes: some Collection<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.count <= 9, bytes.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    return bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private static let powers: [Double] = (0..<20).reduce(into: []) { list, _ in
    list.append((list.last ?? 0.1) * 10)
  }
}

/// Dates whose year has two digits, as receivers and loggers write them: 80 to 99 are of the last century.
enum TwoDigitYear {
  /// Days since 1970; nil where there is no such day.
  static func day(_ year: Int, month: Int, day: Int) -> Int64? {
    let year = year < 80 ? 2000 + year : 1900 + year
    guard CivilDate.isValid(year: year, month: month, day: day) else { return nil }
    return CivilDate.days(year: year, month: month, day: day)
  }
}
