/// Reads one half of a position as XMP and its freer writers spell it.
///
///     48,51.5022N    48,51,30N     degrees, minutes, seconds, hemisphere
///     48.858370      -33.9         decimal degrees: the sign says the hemisphere
///     48 deg 51' 30.13" N          as programs show it
///     48/1,51/1,3013/100           fractions, as in EXIF; the hemisphere in a property of its own
///
/// Source: XMP specification part 2, section 3.3 (GPSCoordinate); CIPA DC-010-2020.
struct XMPCoordinate: Equatable {
  /// Degrees; negative where a sign or a hemisphere says so.
  var degrees: Double
  /// Whether the hemisphere is known: by a letter, by a sign, or because a plain decimal number states it.
  var hasHemisphere: Bool

  /// - Parameters:
  ///   - reference: what the property for the hemisphere says; empty where there is none.
  ///   - positive: the letter of the hemisphere with positive numbers, "N" or "E"; `negative` the other.
  init?(_ text: String, reference: String, positive: Character, negative: Character) {
    var numbers: [Double] = []
    var letter: Character?
    var isNegative = false
    var rest = Substring(text)
    while let next = rest.first {
      if next.isASCII, next.isNumber || next == "." {
        guard numbers.count < 3, let number = Self.number(&rest) else { return nil }
        numbers.append(number)
        continue
      }
      if let word = Self.degreeWords.first(where: { rest.lowercased().hasPrefix($0) }) {
        rest = rest.dropFirst(word.count)
        continue
      }
      rest = rest.dropFirst()
      let upper = Character(next.uppercased())
      if upper == positive || upper == negative {
        guard letter == nil else { return nil }
        letter = upper
      } else if next == "-" || next == "\u{2212}" {
        guard numbers.isEmpty else { return nil }
        isNegative = true
      } else if next.isLetter {
        return nil
      }
    }
    guard let whole = numbers.first, numbers.dropFirst().allSatisfy({ $0 < 60.0001 }) else { return nil }
    if letter == nil, let first = reference.trimmed.uppercased().first, first == positive || first == negative
    {
      letter = first
    }
    var degrees = whole
    if numbers.count > 1 { degrees += numbers[1] / 60 }
    if numbers.count > 2 { degrees += numbers[2] / 3600 }
    self.degrees = isNegative || letter == negative ? -degrees : degrees
    hasHemisphere = letter != nil || isNegative || numbers.count == 1
  }

  private static let degreeWords = ["degrees", "deg", "minutes", "min", "seconds", "sec"]

  /// Takes a number, or a fraction, from the front.
  private static func number(_ text: inout Substring) -> Double? {
    func plain(_ text: inout Substring) -> Double? {
      let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
      text = text.dropFirst(digits.count)
      return digits.utf8.count <= 32 ? Double(digits) : nil
    }
    guard let above = plain(&text) else { return nil }
    guard text.first == "/" else { return above }
    text = text.dropFirst()
    guard let below = plain(&text) else { return nil }
    // 0/0 stands for what is not there.
    if below == 0 { return above == 0 ? 0 : nil }
    return above / below
  }
}

/// Reads the numbers of XMP.
enum XMPNumber {
  /// "123.4", "+123.4", "1234/10", "123.4 m"; nil for other texts and what is not finite.
  static func value(_ text: String) -> Double? {
    let word = text.split(separator: " ", maxSplits: 1).first ?? ""
    let parts = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, first.utf8.count <= 32, let above = Double(first), above.isFinite else {
      return nil
    }
    guard parts.count == 2 else { return above }
    guard parts[1].utf8.count <= 32, let below = Double(parts[1]), below != 0 else { return nil }
    let value = above / below
    return value.isFinite ? value : nil
  }
}
