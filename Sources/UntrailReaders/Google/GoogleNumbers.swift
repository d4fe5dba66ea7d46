internal import UntrailModel

/// The forms that Google's exports have for positions and networks.
enum GoogleNumbers {
  /// Degrees from a number of ten-millionths of them. Exports of some years have numbers that overflowed: those are
  /// 2^32 too large or too small.
  static func degrees(_ value: JSONValue, upTo limit: Double) -> Double? {
    guard let number = value.whole.map(Double.init) ?? value.looseNumber else { return nil }
    let degrees = number / 1e7
    if abs(degrees) <= limit { return degrees }
    let wrapped = (number > 0 ? number - 4_294_967_296 : number + 4_294_967_296) / 1e7
    return abs(wrapped) <= limit ? wrapped : degrees
  }

  /// The two numbers of "50.0506312°, 14.3439906°" or "geo:50.050631,14.343991".
  static func pair(_ value: JSONValue) -> (latitude: Double, longitude: Double)? {
    if value.node.kind == .escapedString {
      guard var text = value.text else { return nil }
      return text.withUTF8 { pair($0) }
    }
    return value.withBytes { pair($0) }
  }

  static func pair(_ bytes: UnsafeBufferPointer<UInt8>) -> (latitude: Double, longitude: Double)? {
    var rest = bytes[...]
    if rest.starts(with: "geo:".utf8) { rest = rest.dropFirst(4) }
    guard let latitude = number(&rest), rest.popFirst() == UInt8(ascii: ","), let longitude = number(&rest),
      rest.first.map({ $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") }) ?? true
    else { return nil }
    return (latitude, longitude)
  }

  /// A number, and the blanks and degree signs around it.
  private static func number(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> Double? {
    rest = rest.drop { $0 == 0x20 }
    let digits = rest.prefix { JSONNumber.isPart($0) }
    rest = rest[digits.endIndex...].drop { $0 == 0xC2 || $0 == 0xB0 || $0 == 0x20 }
    return JSONNumber.value(UnsafeBufferPointer(rebasing: digits))?.double
  }

  /// The address of a network device, from a number of 48 bits or from text.
  static func hardwareAddress(_ value: JSONValue) -> UInt64? {
    if let number = value.whole {
      return number > 0 && number < 0xFFFF_FFFF_FFFF ? UInt64(number) : nil
    }
    let digits = (value.text ?? "").filter { $0 != ":" && $0 != "-" }
    guard digits.utf8.count == 12, let number = UInt64(digits, radix: 16), number > 0 else { return nil }
    return number
  }

  /// The address as "a4:91:b1:00:00:01".
  static func text(ofAddress address: UInt64) -> String {
    (0..<6).reversed().map { HexText.of([UInt8(truncatingIfNeeded: address >> ($0 * 8))]) }
      .joined(separator: ":")
  }
}
