internal import UntrailModel

/// Positions in property lists: a latitude and a longitude beside each other in one dictionary, and links to maps.
///
///     {"latitude": 48.8584, "longitude": 2.2945, "horizontalAccuracy": 5, "timestamp": date}
///     {"LocationLatitude": ..., "LocationLongitude": ...}    {"Lat": 48.8584, "Lon": 2.2945, "Name": "Paris"}
///     {"kCLLocationCodingKeyRawCoordinateLatitude": ..., "kCLLocationCodingKeyRawCoordinateLongitude": ...}
///
/// Short names stand for other things too; there, one of the numbers must have a fraction.
final class PropertyPlaces {
  private var flaws: [(flaw: Coordinate.Flaw, offset: Int?)] = []

  private static let pairs: [(north: String, east: [String], isShort: Bool)] = [
    ("latitude", ["longitude"], false), ("lat", ["lon", "lng", "long"], true),
  ]

  func take(_ pairs: [PropertyValue.Pair], in facts: inout PropertyFacts) {
    guard pairs.count <= 2048 else { return }
    var words: [String: Int]?
    for (index, pair) in pairs.enumerated() {
      guard pair.key.utf8.count <= 80, Self.mayBeLatitude(pair.key) else { continue }
      let word = PropertyKey(pair.key).word
      for (north, easts, isShort) in Self.pairs where word.hasSuffix(north) {
        let prefix = word.dropLast(north.utf8.count)
        guard !isShort || prefix.isEmpty || Self.isSeparate(pair.key, north) else { continue }
        let known = words ?? Self.words(pairs)
        words = known
        guard let east = easts.lazy.compactMap({ known[prefix + $0] }).first else { continue }
        addPosition(pairs, index, east, isShort, in: &facts)
      }
    }
  }

  private static func mayBeLatitude(_ key: String) -> Bool {
    key.utf8.contains { $0 | 0x20 == UInt8(ascii: "l") } && key.lowercased().holds("lat")
  }

  private static func words(_ pairs: [PropertyValue.Pair]) -> [String: Int] {
    var words: [String: Int] = [:]
    for (index, pair) in pairs.enumerated() {
      let word = PropertyKey(pair.key).word
      if words[word] == nil { words[word] = index }
    }
    return words
  }

  /// Whether a short name at the end of a key is a word of its own: "homeLat", "home_lat".
  private static func isSeparate(_ key: String, _ name: String) -> Bool {
    let end = key.suffix(name.utf8.count)
    guard let first = end.first else { return false }
    let before = key.dropLast(end.count).last
    return first.isUppercase && before?.isUppercase == false || before == "_" || before == "-"
      || before == "."
  }

  private func addPosition(
    _ pairs: [PropertyValue.Pair], _ north: Int, _ east: Int, _ isShort: Bool, in facts: inout PropertyFacts
  ) {
    guard let latitude = pairs[north].value.looseNumber, let longitude = pairs[east].value.looseNumber else {
      return
    }
    if isShort, latitude == latitude.rounded(), longitude == longitude.rounded() { return }
    let offset = pairs[north].value.offset
    guard let coordinate = Coordinate(latitude: latitude, longitude: longitude) else {
      if let flaw = Coordinate.flaw(latitude: latitude, longitude: longitude) { note(flaw, at: offset) }
      return
    }
    var location = Location(coordinate: coordinate)
    for pair in pairs {
      let word = PropertyKey(pair.key).word
      if word.hasSuffix("horizontalaccuracy") || word.hasSuffix("accuracy") && location.accuracy == nil {
        location.accuracy = pair.value.looseNumber.flatMap { $0 > 0 ? $0 : nil } ?? location.accuracy
      } else if word.hasSuffix("altitude") {
        location.altitude = pair.value.looseNumber.flatMap { $0.isFinite ? $0 : nil }
      } else if location.time == nil {
        location.time = Self.time(pair.value, word)
      }
    }
    facts.add(.saved, .location(location), PropertyKey.field(pairs[north].key), at: offset)
    addNames(pairs, in: &facts)
  }

  /// What the time of a position is written as: a date, or seconds since 2001 or 1970.
  private static func time(_ value: PropertyValue, _ word: String) -> Timestamp? {
    guard word.hasSuffix("timestamp") || ["time", "date", "when", "visitdate"].contains(word) else {
      return nil
    }
    if case .date(let seconds) = value.content { return PropertyFacts.timestamp(seconds) }
    guard var seconds = value.number else { return nil }
    if seconds > 1e11 { seconds /= 1000 }
    // Seconds since 2001 of this century, or since 1970 of this century.
    if seconds > 9.7e8, seconds < 4e9 {
      return PropertyFacts.timestamp(seconds - Double(MarkupListReader.epoch))
    }
    return seconds > 1e8 && seconds < 9.7e8 ? PropertyFacts.timestamp(seconds) : nil
  }

  private func addNames(_ pairs: [PropertyValue.Pair], in facts: inout PropertyFacts) {
    for pair in pairs {
      guard let text = pair.value.text, text.utf8.count <= 500 else { continue }
      let word = PropertyKey(pair.key).word
      switch word {
      case "name", "title", "label", "placename", "subtitle":
        facts.add(.landmark, .place(text), PropertyKey.field(pair.key), at: pair.value.offset)
      case "city", "cityname", "locality":
        facts.add(.city, .place(text), PropertyKey.field(pair.key), at: pair.value.offset)
      case "address", "formattedaddress", "fulladdress", "street", "streetaddress", "mapitemfulladdress":
        facts.add(.address, .contact(text), PropertyKey.field(pair.key), at: pair.value.offset)
      case "country", "countrycode":
        facts.add(.country, .place(text), PropertyKey.field(pair.key), at: pair.value.offset)
      default: break
      }
    }
  }

  func take(link text: String, in facts: inout PropertyFacts, at offset: Int?) {
    guard text.utf8.count <= 4096, text.utf8.contains(UInt8(ascii: ":")), let link = MapLink(text) else {
      return
    }
    guard let coordinate = Coordinate(latitude: link.latitude, longitude: link.longitude) else { return }
    facts.add(.saved, .location(Location(coordinate: coordinate)), "PLIST:URL", at: offset)
  }

  private func note(_ flaw: Coordinate.Flaw, at offset: Int?) {
    if !flaws.contains(where: { $0.flaw == flaw }) { flaws.append((flaw, offset)) }
  }

  func finish(_ facts: inout PropertyFacts) {
    for (flaw, offset) in flaws {
      switch flaw {
      case .notFinite: facts.doubt("position-malformed", "the numbers of a position are none", at: offset)
      case .outOfRange:
        facts.doubt("position-out-of-range", "there is no such latitude or longitude on Earth", at: offset)
      case .nullIsland:
        facts.doubt("null-island", "0, 0: what is written where there is no position", at: offset)
      }
    }
  }
}
