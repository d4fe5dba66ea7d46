internal import UntrailBytes
internal import UntrailModel

/// Notes in plain text and Markdown: what their head says, and places that they name beyond doubt.
///
///     ---
///     author: Mara Example
///     date: 2026-07-14
///     location: [48.8606, 2.3376]
///     ---
///     Meet at geo:48.8606,2.3376 or https://maps.google.com/?q=48.8606,2.3376, that is 48.8606° N, 2.3376° E.
///
/// Two numbers by themselves are no place.
///
/// Source: Jekyll, "Front Matter"; RFC 5870.
struct NoteReader: MetadataReader {
  var name: String { "Note" }
  var mediaTypes: [String] { ["text/x-front-matter", "text/x-note"] }
  var channels: String {
    "author, dates and place in the head of a note, links to maps, positions in degrees"
  }

  /// Lines that a head may have.
  private static let headLimit = 200

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var lines = TextLines(source, tools.limits)
    var facts = FactSet(limit: tools.limits.observations / 2)
    var places = MarkedPlaces(.saved, "Note:position", tools.limits)
    defer { places.finish(into: &result) }
    var head: NoteHead?
    var number = 0
    while let line = try lines.next() {
      defer { number += 1 }
      let text = String(decoding: line.bytes.prefix(tools.limits.text), as: UTF8.self)
      if number == 0, text[...].trimmedASCII == "---" {
        head = NoteHead()
        continue
      }
      if head != nil, number < Self.headLimit, text[...].trimmedASCII != "---" {
        head?.take(text, at: line.offset, &facts, into: &result)
        continue
      }
      head?.finish(into: &result)
      head = nil
      for (latitude, longitude) in Self.positions(text) {
        guard
          let coordinate = CheckedPlace.coordinate(latitude, longitude, at: line.offset, into: &result)
        else { continue }
        places.add(Location(coordinate: coordinate), at: line.offset, into: &result)
      }
    }
    head?.finish(into: &result)
  }

  /// The positions in a line.
  private static func positions(_ text: String) -> [(Double, Double)] {
    var found = AddressText.links(in: text, most: 20).compactMap { link in
      // A sentence goes on behind a link.
      MapLink(String(link.reversed().drop { ".,;)]".contains($0) }.reversed()))
        .map { ($0.latitude, $0.longitude) }
    }
    for word in text.split(whereSeparator: { $0.isWhitespace || "()<>\"".contains($0) })
    where word.hasPrefix("geo:") {
      if let geo = GeoText(String(word.reversed().drop { ".,;".contains($0) }.reversed())) {
        found.append((geo.latitude, geo.longitude))
      }
    }
    return found + degrees(text)
  }

  /// "48.8584° N, 2.2945° E", "48°51'30"N 2°17'40"E": what stands between the first digit and the second letter.
  private static func degrees(_ text: String) -> [(Double, Double)] {
    guard text.utf8.count <= 2000, let sign = text.firstIndex(of: "°") else { return [] }
    let start =
      text[..<sign].lastIndex { !($0.isNumber || ".,-".contains($0)) }
      .map { text.index(after: $0) } ?? text.startIndex
    let rest = text[start...].prefix(80)
    guard let north = rest.firstIndex(where: { "NS".contains($0) }),
      let east = rest[north...].firstIndex(where: { "EWO".contains($0) }), rest[east] != "O",
      let pair = halves(rest[...north], rest[rest.index(after: north)...east])
    else { return [] }
    return [pair]
  }

  private static func halves(_ first: Substring, _ second: Substring) -> (Double, Double)? {
    func read(_ text: Substring) -> WrittenCoordinate.Reading? {
      let text = text.drop { $0.isWhitespace || ",;/".contains($0) }
      return text.contains("°") ? WrittenCoordinate.read(Array(text.utf8)) : nil
    }
    guard let north = read(first), let east = read(second), north.hemisphere != nil, east.hemisphere != nil
    else {
      return nil
    }
    return (north.degrees, east.degrees)
  }
}

/// The head of a note, line by line.
private struct NoteHead {
  private var latitude: (value: Double, offset: Int)?
  private var longitude: Double?

  private static let times: [String: Role] = [
    "date": .created, "created": .created, "published": .created, "modified": .modified, "updated": .modified,
    "lastmod": .modified,
  ]

  mutating func take(_ line: String, at offset: Int, _ facts: inout FactSet, into result: inout ReadResult) {
    guard let colon = line.firstIndex(of: ":") else { return }
    let name = line[..<colon].trimmedASCII.lowercased()
    let value = line[line.index(after: colon)...].trimmedASCII.filter { $0 != "\"" && $0 != "'" }
    guard !value.isEmpty else { return }
    func add(_ role: Role, _ fact: Observation.Fact) {
      facts.add(role, fact, "FrontMatter:" + name, at: offset, into: &result)
    }
    if let role = Self.times[name] {
      if let time = WrittenTime.read(value) { add(role, .timestamp(time)) }
      return
    }
    switch name {
    case "author", "authors", "creator", "by":
      let names = value.filter { !"[]".contains($0) }.split(separator: ",")
      for person in names.map(\.trimmedASCII) where person.contains(where: \.isLetter) {
        add(.author, .person(person))
      }
    case "email": if let address = AddressText.email(value) { add(.email, .contact(address)) }
    case "title": add(.title, .text(value))
    case "tags", "keywords": add(.keywords, .text(value.filter { !"[]".contains($0) }))
    case "lat", "latitude": latitude = GeoText.number(value[...]).map { ($0, offset) }
    case "lon", "lng", "long", "longitude": longitude = GeoText.number(value[...])
    case "location", "place", "city", "coordinates", "geo", "gps":
      if let geo = GeoText(value.filter { !"[] ".contains($0) }) {
        (latitude, longitude) = ((geo.latitude, offset), geo.longitude)
      } else if value.contains(where: \.isLetter), name != "geo", name != "gps" {
        add(name == "city" ? .city : .landmark, .place(value))
      }
    default: break
    }
  }

  /// Adds the position, which may stand in two lines.
  func finish(into result: inout ReadResult) {
    guard let latitude, let longitude,
      let coordinate = CheckedPlace.coordinate(latitude.value, longitude, at: latitude.offset, into: &result)
    else { return }
    result.add(
      .saved, .location(Location(coordinate: coordinate)), "FrontMatter:location", at: latitude.offset)
  }
}
