internal import UntrailModel

/// Positions as ISO 6709 writes them: `+48.8584+002.2945/`, `+4851.504+00217.67+35.2CRSWGS_84/`.
///
/// Source: ISO 6709:2008, annex H.
enum ISO6709 {
  /// Latitude and longitude in degrees, and metres above sea level where they are stated; nil where the text is no
  /// such position.
  static func position(_ text: String) -> (latitude: Double, longitude: Double, altitude: Double?)? {
    var numbers: [(sign: Double, digits: [UInt8], fraction: [UInt8])] = []
    var hasPoint = false
    scan: for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "+"), UInt8(ascii: "-"):
        guard numbers.count < 3 else { break scan }
        numbers.append((byte == UInt8(ascii: "-") ? -1 : 1, [], []))
        hasPoint = false
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        guard !numbers.isEmpty else { return nil }
        if hasPoint {
          // More digits than any clock or satellite has.
          guard numbers[numbers.count - 1].fraction.count < 16 else { continue }
          numbers[numbers.count - 1].fraction.append(byte)
        } else {
          numbers[numbers.count - 1].digits.append(byte)
        }
      case UInt8(ascii: "."), UInt8(ascii: ","): hasPoint = true
      case UInt8(ascii: " "): continue
      default: break scan
      }
    }
    guard numbers.count >= 2,
      let latitude = degrees(numbers[0].digits, numbers[0].fraction, whole: 2),
      let longitude = degrees(numbers[1].digits, numbers[1].fraction, whole: 3)
    else { return nil }
    var altitude: Double?
    if numbers.count > 2, !numbers[2].digits.isEmpty, numbers[2].digits.count < 8 {
      altitude = numbers[2].sign * number(numbers[2].digits, numbers[2].fraction)
    }
    return (numbers[0].sign * latitude, numbers[1].sign * longitude, altitude)
  }

  /// Degrees; degrees and minutes; or degrees, minutes and seconds, by the number of digits.
  private static func degrees(_ digits: [UInt8], _ fraction: [UInt8], whole: Int) -> Double? {
    switch digits.count {
    case 1...whole: return number(digits, fraction)
    case whole + 2:
      let minutes = number(digits.dropFirst(whole), fraction)
      guard minutes < 60 else { return nil }
      return number(digits.prefix(whole), []) + minutes / 60
    case whole + 4:
      let seconds = number(digits.dropFirst(whole + 2), fraction)
      guard seconds < 60, number(digits.dropFirst(whole).prefix(2), []) < 60 else { return nil }
      return number(digits.prefix(whole), []) + number(digits.dropFirst(whole).prefix(2), []) / 60
        + seconds / 3600
    default: return nil
    }
  }

  private static func number(_ digits: some Collection<UInt8>, _ fraction: some Collection<UInt8>) -> Double {
    Double(
      String(
        decoding: Array(digits) + [UInt8(ascii: ".")] + Array(fraction) + [UInt8(ascii: "0")], as: UTF8.self))
      ?? 0
  }
}
