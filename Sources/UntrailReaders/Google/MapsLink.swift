internal import UntrailModel

/// The position in a link to Google Maps.
///
///     https://www.google.com/maps/place/Louvre/@48.8606,2.3376,17z/data=!3m1!8m2!3d48.8606111!4d2.337644
///     https://www.google.com/maps/dir//48.8606,2.3376/@48.86,2.33,15z
///     https://www.google.com/maps/search/?api=1&query=48.8606%2C2.3376
///     https://maps.google.com/?q=48.8606,2.3376
///
/// The place of the data is taken before that of the words, and both before the middle of the map that was looked at.
///
/// Source: Google, Maps URLs (2024).
struct MapsLink {
  var latitude: Double
  var longitude: Double
  /// Whether the link asks for the way to the place.
  var isRoute: Bool

  private static let parameters: Set<Substring> = [
    "q", "query", "ll", "sll", "center", "destination", "daddr", "cbll", "viewpoint", "origin", "saddr",
  ]

  /// Nil where the text is no such link, or has no position.
  init?(_ text: String) {
    guard text.utf8.count <= 4096 else { return nil }
    let parts = text.split(separator: "/", maxSplits: 2)
    guard parts.count == 3, parts[0].hasPrefix("http"), Self.isMaps(host: parts[1], parts[2]) else {
      return nil
    }
    let rest = Self.withCommas(parts[2])
    isRoute = rest.hasPrefix("maps/dir") || rest.holds("daddr=") || rest.holds("destination=")
    guard let pair = Self.data(rest) ?? Self.words(rest) else { return nil }
    (latitude, longitude) = pair
  }

  /// The name of the place that a link shows; nil where it names none.
  static func placeName(_ text: String) -> String? {
    let parts = text.split(separator: "/")
    guard let index = parts.firstIndex(of: "place"), index + 1 < parts.count else { return nil }
    var bytes: [UInt8] = []
    var rest = Array(parts[index + 1].utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
      }
    }
    let name = String(decoding: bytes, as: UTF8.self).trimmedText
    return name.isEmpty ? nil : name
  }

  private static func isMaps(host: Substring, _ rest: Substring) -> Bool {
    let names = host.split(separator: ".")
    return names.contains("google") && (names.first == "maps" || rest.hasPrefix("maps"))
  }

  /// The text with commas that are written as such.
  private static func withCommas(_ text: Substring) -> String {
    let parts = text.split(separator: "%", omittingEmptySubsequences: false)
    return parts.dropFirst().reduce(String(parts.first ?? "")) { done, part in
      part.hasPrefix("2C") || part.hasPrefix("2c") ? done + "," + part.dropFirst(2) : done + "%" + part
    }
  }

  /// "!3d48.8606111!4d2.337644"
  private static func data(_ text: String) -> (Double, Double)? {
    let fields = text.split(separator: "!")
    for (field, next) in zip(fields, fields.dropFirst()) where field.hasPrefix("3d") && next.hasPrefix("4d") {
      let number = next.dropFirst(2).prefix { $0.isNumber || $0 == "." || $0 == "-" }
      if let latitude = Double(field.dropFirst(2)), let longitude = Double(number) {
        return (latitude, longitude)
      }
    }
    return nil
  }

  private static func words(_ text: String) -> (Double, Double)? {
    var middle: (Double, Double)?
    var last: (Double, Double)?
    for word in text.split(whereSeparator: { "/?&".contains($0) }) {
      if word.hasPrefix("@") {
        middle = middle ?? pair(word.dropFirst())
      } else if let equals = word.firstIndex(of: "=") {
        guard parameters.contains(word[..<equals]) else { continue }
        if let found = pair(word[word.index(after: equals)...]) { return found }
      } else {
        // The last of a route is where it leads.
        last = pair(word) ?? last
      }
    }
    return last ?? middle
  }

  /// "48.8606,2.3376", with at most more behind another comma.
  private static func pair(_ text: Substring) -> (Double, Double)? {
    let numbers = text.drop { $0 == "+" }.split(separator: ",", maxSplits: 2)
    guard numbers.count >= 2, let latitude = Double(numbers[0]), let longitude = Double(numbers[1]),
      numbers[0].contains("."), numbers[1].contains(".")
    else { return nil }
    return (latitude, longitude)
  }
}
