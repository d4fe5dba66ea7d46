/// A latitude or longitude as people and programs write it.
///
///     48.8584   -48.8584   48,8584   N 48.8584   48.8584° S   ٤٨٫٨٥٨٤
///     48°51'30.2"N   48 51 30.2 N   48 deg 51' 30.20" N   48° 51.503' S
///     4851.503 N                                           degrees and minutes, where a letter says so
///
/// O is no hemisphere: east to Germans, west to the French.
enum WrittenCoordinate {
  struct Reading: Equatable {
    var degrees: Double
    /// N, S, E or W, where it stands with the number.
    var hemisphere: Character?
    /// Digits behind the point.
    var decimals: Int
  }

  /// - Parameter hemisphere: what stands in a column of its own.
  /// - Returns: nil where the text is no such thing.
  static func read(_ bytes: some Collection<UInt8>, hemisphere: Character? = nil) -> Reading? {
    guard !bytes.isEmpty, bytes.count <= 48 else { return nil }
    if hemisphere == nil, let degrees = WrittenNumber.read(bytes) {
      let point = bytes.firstIndex(of: UInt8(ascii: "."))
      let decimals = point.map { bytes.distance(from: $0, to: bytes.endIndex) - 1 } ?? 0
      return Reading(degrees: degrees, hemisphere: nil, decimals: decimals)
    }
    return parts(String(decoding: bytes, as: UTF8.self), hemisphere)
  }

  private static func parts(_ text: String, _ stated: Character?) -> Reading? {
    var numbers: [String] = []
    var hemisphere = stated
    var isNegative = false
    var number = ""
    var word = ""
    func isWordKnown() -> Bool {
      switch word.lowercased() {
      case "", "deg", "degrees", "d", "min", "m", "sec", "grad", "º": return true
      case "n", "north", "nord", "norte": return set("N")
      case "s", "south", "süd", "sud", "sur", "sul": return set("S")
      case "e", "east", "est", "ost", "este", "leste": return set("E")
      case "w", "west": return set("W")
      default: return false
      }
    }
    func set(_ letter: Character) -> Bool {
      guard hemisphere == nil || hemisphere == letter else { return false }
      hemisphere = letter
      return true
    }
    for character in text + " " {
      if let digit = character.wholeNumberValue, digit <= 9 {
        guard isWordKnown() else { return nil }
        word = ""
        number += String(digit)
      } else if ".,٫".contains(character), !number.isEmpty, !number.contains(".") {
        number += "."
      } else {
        if !number.isEmpty { numbers.append(number) }
        number = ""
        if character.isLetter {
          word.append(character)
          continue
        }
        guard isWordKnown() else { return nil }
        word = ""
        switch character {
        case "-", "−", "–":
          guard numbers.isEmpty else { return nil }
          isNegative = true
        case " ", "\u{A0}", "+", "°", "º", "˚", "'", "\"", "′", "″", "’", "”", "´", ":": break
        default: return nil
        }
      }
    }
    guard !numbers.isEmpty, numbers.count <= 3, !(isNegative && hemisphere != nil && stated == nil) else {
      return nil
    }
    // Only the last part may have a fraction.
    guard numbers.dropLast().allSatisfy({ !$0.contains(".") }) else { return nil }
    let values = numbers.compactMap { WrittenNumber.read($0.utf8) }
    guard values.count == numbers.count, values.dropFirst().allSatisfy({ $0 < 60 }) else { return nil }
    var degrees = values[0]
    if values.count > 1 { degrees += values[1] / 60 }
    if values.count > 2 { degrees += values[2] / 3600 }
    let wholeDigits = numbers[0].prefix { $0 != "." }.count
    if values.count == 1, hemisphere != nil, degrees > 180 || wholeDigits >= 4 {
      let whole = (degrees / 100).rounded(.down)
      guard degrees - whole * 100 < 60 else { return nil }
      degrees = whole + (degrees - whole * 100) / 60
    }
    if isNegative || hemisphere == "S" || hemisphere == "W" { degrees = -abs(degrees) }
    let fraction =
      numbers.last.flatMap { number in number.firstIndex(of: ".").map { number[$0...].count - 1 } } ?? 0
    return Reading(
      degrees: degrees, hemisphere: hemisphere, decimals: fraction + 2 * (values.count - 1))
  }

  /// Two of them in one text: `48.8584, 2.2945`, `(48.8584, 2.2945)`, `48°51'30"N 2°17'40"E`,
  /// `POINT (2.2945 48.8584)`, `geo:48.8584,2.2945`, `{"type":"Point","coordinates":[2.2945,48.8584]}`.
  ///
  /// - Parameter isLongitudeFirst: where no letter and no form says which is which.
  /// - Returns: nil where there are others than two, or they have so few decimals that they may be anything.
  static func pair(_ text: String, isLongitudeFirst: Bool) -> (latitude: Double, longitude: Double)? {
    var rest = text.prefix(200)[...]
    var isLongitudeFirst = isLongitudeFirst
    var isNamed = false
    let lower = rest.lowercased()
    if lower.hasPrefix("srid="), let semicolon = rest.firstIndex(of: ";") {
      rest = rest[rest.index(after: semicolon)...]
    }
    if rest.lowercased().hasPrefix("point") {
      guard let open = rest.firstIndex(of: "("), let close = rest.lastIndex(of: ")") else { return nil }
      rest = rest[rest.index(after: open)..<close]
      (isLongitudeFirst, isNamed) = (true, true)
    } else if lower.hasPrefix("geo:") {
      rest = rest.dropFirst(4).prefix { $0 != ";" && $0 != "?" }
      (isLongitudeFirst, isNamed) = (false, true)
    } else if lower.hasPrefix("{"), lower.contains("\"point\"") {
      guard let open = rest.firstIndex(of: "["), let close = rest.lastIndex(of: "]"), open < close else {
        return nil
      }
      rest = rest[rest.index(after: open)..<close]
      (isLongitudeFirst, isNamed) = (true, true)
    } else {
      rest = rest.drop { "([ ".contains($0) }
      while let last = rest.last, ")] ".contains(last) { rest.removeLast() }
    }
    let halves = split(rest)
    guard halves.count >= 2, halves.count <= 3, let first = read(halves[0].utf8),
      let second = read(halves[1].utf8)
    else { return nil }
    guard isNamed || first.hemisphere != nil || first.decimals >= 4 && second.decimals >= 4 else {
      return nil
    }
    if let letter = first.hemisphere { isLongitudeFirst = letter == "E" || letter == "W" }
    if let letter = second.hemisphere, (letter == "N" || letter == "S") != isLongitudeFirst { return nil }
    return isLongitudeFirst ? (second.degrees, first.degrees) : (first.degrees, second.degrees)
  }

  /// Splits where a comma or a semicolon stands; else behind the first hemisphere's letter; else at blanks.
  private static func split(_ text: Substring) -> [String] {
    func trimmed(_ part: Substring) -> String {
      let core = part.drop { $0 == " " }
      return core.lastIndex { $0 != " " }.map { String(core[...$0]) } ?? ""
    }
    for mark in [";", ", ", ","] as [String] {
      let first = mark.first ?? " "
      guard mark.count == 1 ? text.contains(first) : contains(text, mark) else { continue }
      let parts = text.split(separator: first, omittingEmptySubsequences: false)
      // A decimal comma in each of two numbers.
      if mark == ",", parts.count == 4 { continue }
      return parts.map(trimmed)
    }
    let letters = text.indices.filter { "NSEW".contains(text[$0]) }
    if letters.count == 2 {
      let isBefore = letters[0] == text.startIndex
      let middle = isBefore ? letters[1] : text.index(after: letters[0])
      return [trimmed(text[..<middle]), trimmed(text[middle...])].filter { !$0.isEmpty }
    }
    return text.split(separator: " ").map(String.init)
  }

  private static func contains(_ text: Substring, _ word: String) -> Bool {
    text.indices.contains { text[$0...].hasPrefix(word) }
  }
}
