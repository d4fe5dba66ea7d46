/// Numbers of JSON, from their bytes.
///
/// Source: RFC 8259, section 6.
enum JSONNumber {
  static func isPart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  enum Value: Equatable {
    case whole(Int64)
    case fraction(Double)

    var double: Double {
      switch self {
      case .whole(let value): Double(value)
      case .fraction(let value): value
      }
    }
  }

  /// What the bytes say; nil where they are no number that can be held.
  static func value(_ bytes: UnsafeBufferPointer<UInt8>) -> Value? {
    var index = 0
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative { index = 1 }
    var mantissa: Int64 = 0
    var digits = 0
    var decimals = 0
    var hasPoint = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
        digits += 1
        guard digits <= 18 else { return slowValue(bytes) }
        mantissa = mantissa * 10 + Int64(byte - UInt8(ascii: "0"))
        if hasPoint { decimals += 1 }
      } else if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else {
        return slowValue(bytes)
      }
      index += 1
    }
    guard digits > 0 else { return nil }
    let signed = isNegative ? -mantissa : mantissa
    if !hasPoint { return .whole(signed) }
    // Both are held exactly, so that their quotient is the nearest number.
    guard mantissa < 1 << 53 else { return slowValue(bytes) }
    return .fraction(Double(signed) / powers[decimals])
  }

  /// 1 to 10^18.
  private static let powers: [Double] = (0...18).map { (0..<$0).reduce(1.0) { power, _ in power * 10 } }

  private static func slowValue(_ bytes: UnsafeBufferPointer<UInt8>) -> Value? {
    guard bytes.count <= 400, bytes.allSatisfy(isPart),
      let value = Double(String(decoding: bytes, as: UTF8.self)),
      value.isFinite
    else { return nil }
    return .fraction(value)
  }
}
