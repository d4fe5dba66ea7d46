internal import UntrailModel

/// The position in a link to a map, of whatever service.
///
///     geo:48.8582,2.2945
///     https://maps.apple.com/?ll=48.8582,2.2945&q=Louvre         sll=, near=, daddr=, coordinate=, center=
///     https://www.openstreetmap.org/?mlat=48.8582&mlon=2.2945#map=17/48.8582/2.2945
///     https://www.bing.com/maps?cp=48.8582~2.2945    https://waze.com/ul?ll=48.8582,2.2945
///     https://yandex.com/maps/?ll=2.2945,48.8582     longitude first
///     https://www.google.com/maps/...                as in `MapsLink`
///
/// Source: RFC 5870; Apple, Map Links (2017); OpenStreetMap wiki, Browsing; Bing Maps, custom map URL; Waze deep links.
struct MapLink {
  var latitude: Double
  var longitude: Double

  /// Nil where the text is no such link, or has no position.
  init?(_ text: String) {
    guard text.utf8.count <= 4096 else { return nil }
    guard let pair = Self.uri(text) ?? Self.google(text) ?? Self.page(text) else { return nil }
    (latitude, longitude) = pair
  }

  private static func uri(_ text: String) -> (Double, Double)? {
    guard text.prefix(4).lowercased() == "geo:", let position = GeoText(text) else { return nil }
    return (position.latitude, position.longitude)
  }

  private static func google(_ text: String) -> (Double, Double)? {
    MapsLink(text).map { ($0.latitude, $0.longitude) }
  }

  private static func page(_ text: String) -> (Double, Double)? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let scheme = text[..<colon].lowercased()
    let rest = text[text.index(after: colon)...].drop { $0 == "/" }
    let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }.lowercased()
    guard ["maps", "waze"].contains(scheme) || scheme.hasPrefix("http") && isMap(host, rest) else {
      return nil
    }
    let settings = settings(rest)
    if host.contains("openstreetmap") || host.hasSuffix("osm.org") {
      if let latitude = settings["mlat"].flatMap(number), let longitude = settings["mlon"].flatMap(number) {
        return (latitude, longitude)
      }
      return settings["map"].flatMap { pair($0.drop { $0 != "/" }.dropFirst(), "/") }
    }
    if host.contains("yandex") {
      return settings["ll"].flatMap { pair($0, ",") }.map { ($0.1, $0.0) }
    }
    if let found = settings["cp"].flatMap({ pair($0, "~") }) { return found }
    let names: [Substring] = [
      "coordinate", "ll", "q", "daddr", "destination", "sll", "center", "near", "saddr",
    ]
    for name in names {
      if let found = settings[name].flatMap({ pair($0, ",") }) { return found }
    }
    return nil
  }

  private static func isMap(_ host: String, _ rest: Substring) -> Bool {
    let names = host.split(separator: ".").suffix(3)
    if names.first == "maps" || names.contains("waze") || names.contains("openstreetmap") { return true }
    if names.suffix(2).elementsEqual(["osm", "org"]) { return true }
    return rest.dropFirst(host.utf8.count).hasPrefix("/maps")
      && (names.contains("bing") || names.contains { $0.hasPrefix("yandex") })
  }

  /// What stands behind the question mark, and behind the number sign.
  private static func settings(_ text: Substring) -> [Substring: Substring] {
    var settings: [Substring: Substring] = [:]
    guard let start = text.firstIndex(where: { $0 == "?" || $0 == "#" }) else { return settings }
    for part in text[start...].split(whereSeparator: { "?#&".contains($0) }).prefix(100) {
      let sides = part.split(separator: "=", maxSplits: 1)
      guard sides.count == 2, settings[sides[0]] == nil else { continue }
      settings[sides[0]] = Substring(AddressText.percentDecoded(String(sides[1])))
    }
    return settings
  }

  private static func pair(_ text: Substring, _ mark: Character) -> (Double, Double)? {
    // A name in front of the position: "Louvre@48.8606,2.3376".
    let text = text.lastIndex(of: "@").map { text[text.index(after: $0)...] } ?? text
    let numbers = text.split(separator: mark, maxSplits: 2)
    guard numbers.count >= 2, numbers[0].contains("."), numbers[1].contains("."),
      let first = number(numbers[0]),
      let second = number(numbers[1])
    else { return nil }
    return (first, second)
  }

  private static func number(_ text: Substring) -> Double? { GeoText.number(text) }
}
