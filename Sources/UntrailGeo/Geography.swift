internal import Synchronization
package import UntrailModel

/// Countries, towns, airports and time zones without a network. Sources: data/SOURCES.md.
///
/// Nothing is read before it is asked for; what is asked for is unpacked once and kept.
package final class Geography: Sendable {
  package static let shared = Geography(.embedded)
  /// What the data were made of; data/SOURCES.md says more.
  package static let edition = "Natural Earth 5.1.1 and November 2017, tzdata 2025b"

  let data: GeographyData
  let countries: PolygonLayer
  private let disputed: PolygonLayer
  /// By number of a country: its code, its names, its zone.
  private let countryLines: [[String]]
  private let codes: [String]
  private let zones: [[String]]
  /// By number of a country: the number of its zone, where it has only one.
  private let onlyZones: [Int?]
  /// Codes of countries by names in small letters; made when it is first needed.
  private let codesOfNames = Mutex<[String: [String]]?>(nil)
  private let zoneOfCell = Mutex<[Int: Int]>([:])

  init(_ data: GeographyData) {
    self.data = data
    countries = PolygonLayer(
      cells: data[.countryCells], lists: data[.countryLists], polygons: data[.countryPolygons])
    disputed = PolygonLayer(
      cells: data[.disputedCells], lists: data[.disputedLists], polygons: data[.disputedPolygons])
    let lines = data[.countries].lines()
    countryLines = lines
    codes = lines.map { $0.first ?? "" }
    let zones = data[.zones].lines()
    self.zones = zones
    onlyZones = lines.map { words in
      words.count > Self.zoneColumn ? zones.firstIndex { $0.first == words[Self.zoneColumn] } : nil
    }
  }

  // MARK: Countries

  /// The country of a position, and how sure that is.
  package struct CountryAnswer: Sendable, Equatable {
    /// ISO 3166-1 alpha-2; empty at sea, and for land without a code.
    package var code: String
    /// False where the position lies outside all countries and this one is within 30 km.
    package var isContained: Bool
    /// Codes of other countries within 5 km.
    package var neighbours: [String]
    /// The name of a disputed area that holds the position.
    package var disputedArea: String?
  }

  /// The place of a country's only zone in its line.
  private static let zoneColumn = 10
  private static let coastReach = 30_000.0
  private static let borderReach = 5_000.0

  /// The country's code only: empty at sea.
  package func countryCode(at position: Coordinate) -> String {
    guard let number = country(position)?.number else { return "" }
    return code(number)
  }

  package func country(at position: Coordinate) -> CountryAnswer {
    guard let found = country(position) else {
      return CountryAnswer(code: "", isContained: false, neighbours: [], disputedArea: disputedArea(position))
    }
    var neighbours: [String] = []
    for number in near(position) where number != found.number {
      let distance = distance(to: number, from: position, limit: Self.borderReach)
      if distance.isFinite, !code(number).isEmpty, !neighbours.contains(code(number)) {
        neighbours.append(code(number))
      }
    }
    return CountryAnswer(
      code: code(found.number), isContained: found.isContained,
      neighbours: neighbours.filter { $0 != code(found.number) }.sorted(),
      disputedArea: disputedArea(position))
  }

  /// The name of a country in a language (ar de en es fa fr ru zh); nil where the source has none.
  package func countryName(_ code: String, language: String) -> String? {
    guard let number = codes.firstIndex(of: code), !code.isEmpty,
      let column = ["ar", "de", "en", "es", "fa", "fr", "ru", "zh"].firstIndex(of: language)
    else { return nil }
    let words = countryLines[number]
    guard words.count > column + 2, !words[column + 2].isEmpty else { return nil }
    return words[column + 2]
  }

  /// The codes of the countries that are called so, in any of the languages, whatever the case.
  package func countries(named name: String) -> [String] {
    codesOfNames.withLock { known in
      let names = known ?? namedCountries()
      known = names
      return names[name.lowercased()] ?? []
    }
  }

  private func namedCountries() -> [String: [String]] {
    countryLines.reduce(into: [:]) { names, words in
      guard let code = words.first, !code.isEmpty else { return }
      for name in Set(words.prefix(Self.zoneColumn).map { $0.lowercased() }) {
        names[name, default: []].append(code)
      }
    }
  }

  private func code(_ number: Int) -> String { codes.indices.contains(number) ? codes[number] : "" }

  private func country(_ position: Coordinate) -> (number: Int, isContained: Bool)? {
    let (row, column) = Self.cell(position)
    switch countries.content(row: row, column: column) {
    case .whole(let number): return (number, true)
    case .several(let numbers):
      let (x, y) = Self.grain(position)
      for number in numbers where countries.contains(number, x: x, y: y) { return (number, true) }
    case .nothing: break
    }
    var nearest: (number: Int, distance: Double)?
    for number in near(position) {
      let distance = distance(to: number, from: position, limit: Self.coastReach)
      if distance < nearest?.distance ?? .infinity { nearest = (number, distance) }
    }
    return nearest.map { ($0.number, false) }
  }

  /// The countries in the cells around a position.
  private func near(_ position: Coordinate) -> [Int] {
    let (row, column) = Self.cell(position)
    let width = abs(position.latitude) > 70 ? 3 : 1
    var numbers: [Int] = []
    for nearRow in row - 1...row + 1 {
      for nearColumn in column - width...column + width {
        switch countries.content(row: nearRow, column: nearColumn) {
        case .nothing: continue
        case .whole(let number): if !numbers.contains(number) { numbers.append(number) }
        case .several(let several):
          for number in several where !numbers.contains(number) { numbers.append(number) }
        }
      }
    }
    return numbers
  }

  private func distance(to number: Int, from position: Coordinate, limit: Double) -> Double {
    let (x, y) = Self.grain(position)
    let metresPerX = PolygonLayer.metresPerY * position.shrinking
    // Polygons end at 180 degrees; what lies behind is looked at from the other side.
    let other = x > 0 ? x - 360 * PolygonLayer.grain : x + 360 * PolygonLayer.grain
    return min(
      countries.distance(number, x: x, y: y, limit: limit, metresPerX: metresPerX),
      countries.distance(number, x: other, y: y, limit: limit, metresPerX: metresPerX))
  }

  private func disputedArea(_ position: Coordinate) -> String? {
    let (row, column) = Self.cell(position)
    let (x, y) = Self.grain(position)
    let number: Int
    switch disputed.content(row: row, column: column) {
    case .nothing: return nil
    case .whole(let only): number = only
    case .several(let several):
      guard let found = several.first(where: { disputed.contains($0, x: x, y: y) }) else {
        return nil
      }
      number = found
    }
    let names = data[.disputed].lines()
    return names.indices.contains(number) ? names[number].first : nil
  }

  private static func cell(_ position: Coordinate) -> (row: Int, column: Int) {
    (
      min(Int((position.latitude + 90).rounded(.down)), 179),
      min(Int((position.longitude + 180).rounded(.down)), 359)
    )
  }

  private static func grain(_ position: Coordinate) -> (x: Double, y: Double) {
    (position.longitude * PolygonLayer.grain, position.latitude * PolygonLayer.grain)
  }

  // MARK: Towns

  package struct Town: Sendable, Equatable {
    package var name: String
    package var region: String
    /// ISO 3166-1 alpha-2; empty where unknown.
    package var country: String
    /// People in the town and what belongs to it; 0 where unknown.
    package var population: Int
    /// IANA name; empty where unknown.
    package var zone: String
    package var coordinate: Coordinate
    /// Names by language: de en es fr ru zh, as far as the source has them.
    package var names: [String: String]
  }

  static let townSize = 20

  package var townCount: Int { data[.towns].u32(0) }

  package func town(_ number: Int) -> Town? {
    let towns = data[.towns]
    guard number >= 0, number < townCount, let coordinate = townPosition(number) else { return nil }
    let base = 4 + Self.townSize * number
    let words = data[.townNames].words(at: towns.u32(base + 8))
    guard let name = words.first else { return nil }
    var names: [String: String] = [:]
    for (language, word) in zip(["de", "en", "es", "fr", "ru", "zh"], words.dropFirst(3)) where !word.isEmpty
    {
      names[language] = word
    }
    return Town(
      name: name, region: words.count > 1 ? words[1] : "", country: code(towns.u16(base + 14)),
      population: towns.u32(base + 16), zone: zoneName(towns.u16(base + 12)), coordinate: coordinate,
      names: names)
  }

  func townPosition(_ number: Int) -> Coordinate? {
    let towns = data[.towns]
    let base = 4 + Self.townSize * number
    return Coordinate(
      latitude: Double(towns.i32(base)) / 100_000, longitude: Double(towns.i32(base + 4)) / 100_000)
  }

  /// The nearest town of the same country within about 300 km, else of any, and metres to it.
  package func nearestTown(to position: Coordinate) -> (town: Town, distance: Double)? {
    nearestTownNumber(to: position, in: country(position)?.number)
      .flatMap { found in town(found.number).map { ($0, found.distance) } }
  }

  private func nearestTownNumber(
    to position: Coordinate, in country: Int?
  ) -> (number: Int, distance: Double)? {
    country.flatMap { nearestTown(to: position, country: $0) } ?? nearestTown(to: position, country: nil)
  }

  /// - Parameter country: where given, the number of the country in which it must lie.
  private func nearestTown(to position: Coordinate, country: Int?) -> (number: Int, distance: Double)? {
    let (row, column) = Self.cell(position)
    let (cells, towns) = (data[.townCells], data[.towns])
    let cellCount = cells.u32(0)
    var nearest: (number: Int, distance: Double)?
    for reach in [1, 3] {
      let width = min(180, Int((Double(reach) / max(0.02, position.shrinking)).rounded(.up)))
      for nearRow in max(0, row - reach)...min(179, row + reach) {
        for nearColumn in column - width...column + width {
          let cell = nearRow * 360 + (nearColumn % 360 + 360) % 360
          guard let place = cells.index(of: cell, from: 4, count: cellCount) else { continue }
          let start = cells.u16(4 + 2 * cellCount + 2 * place)
          let end = place + 1 < cellCount ? cells.u16(6 + 2 * cellCount + 2 * place) : townCount
          guard start <= end else { continue }
          for number in start..<end {
            if let country, towns.u16(4 + Self.townSize * number + 14) != country { continue }
            guard let other = townPosition(number) else { continue }
            let distance = position.distance(to: other)
            if distance < nearest?.distance ?? .infinity { nearest = (number, distance) }
          }
        }
      }
      // A town in a cell farther away cannot be nearer than this.
      if let nearest, nearest.distance < Double(reach) * 100_000 { return nearest }
    }
    return nearest
  }

  /// The towns of a name in any language, with or without marks on letters, the most people first.
  package func towns(named name: String) -> [Town] {
    let wanted = name.lowercased()
    let (hashes, towns, names) = (data[.townHashes], data[.towns], data[.townNames])
    let count = hashes.u32(0)
    let hash = Self.hash(wanted)
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if hashes.u32(4 + 4 * middle) < hash { low = middle + 1 } else { high = middle }
    }
    var found: [Town] = []
    while low < count, hashes.u32(4 + 4 * low) == hash {
      let number = hashes.u16(4 + 4 * count + 2 * low)
      let words = names.words(at: towns.u32(4 + Self.townSize * number + 8))
      // Two names may share a hash; the region is no name.
      if words.enumerated().contains(where: { $0.offset != 1 && $0.element.lowercased() == wanted }),
        let town = town(number)
      {
        found.append(town)
      }
      low += 1
    }
    return found.sorted { $0.population > $1.population }
  }

  /// FNV-1a with 32 bits, over UTF-8.
  private static func hash(_ text: String) -> Int {
    Int(text.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 })
  }

  // MARK: Airports

  package struct Airport: Sendable, Equatable {
    package var code: String
    package var name: String
    /// ISO 3166-1 alpha-2; empty where unknown.
    package var country: String
    package var coordinate: Coordinate
  }

  /// - Parameter iata: three letters, as on a boarding pass.
  package func airport(iata: String) -> Airport? {
    let airports = data[.airports]
    let wanted = Array(iata.uppercased().utf8)
    guard wanted.count == 3 else { return nil }
    let key = Int(wanted[0]) << 16 | Int(wanted[1]) << 8 | Int(wanted[2])
    var (low, high) = (0, airports.u32(0))
    while low < high {
      let middle = (low + high) / 2
      let base = 4 + 20 * middle
      let found = airports.u8(base) << 16 | airports.u8(base + 1) << 8 | airports.u8(base + 2)
      if found == key {
        guard
          let coordinate = Coordinate(
            latitude: Double(airports.i32(base + 4)) / 100_000,
            longitude: Double(airports.i32(base + 8)) / 100_000),
          let name = data[.airportNames].words(at: airports.u32(base + 12)).first
        else { return nil }
        return Airport(
          code: iata.uppercased(), name: name, country: code(airports.u16(base + 16)), coordinate: coordinate)
      }
      if found < key { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  // MARK: Zones

  /// The IANA name of the zone at a position: that of the country where it has only one, else that of the nearest town
  /// in the same country, else of the nearest town; empty at sea. The same within cells of 0.02 degree.
  package func zone(at position: Coordinate) -> String { zoneName(zoneNumber(at: position)) }

  /// Minutes east of UTC at a position and a time in seconds since 1970-01-01T00:00:00 UTC; nil where no town is near.
  package func utcOffset(at position: Coordinate, _ time: Int64) -> Int16? {
    offset(zoneNumber(at: position), time)
  }

  /// Minutes east of UTC in a zone; nil for a zone that the data do not have. Exact from 1990 to 2037.
  package func utcOffset(zone name: String, _ time: Int64) -> Int16? {
    zones.firstIndex { $0.first == name }.flatMap { offset($0, time) }
  }

  /// The number of a zone that no position has.
  private static let noZone = 0xFFFF
  /// Cells of which the zone is kept.
  private static let zoneLimit = 20_000

  private func zoneNumber(at position: Coordinate) -> Int {
    let cell = position.cell(cellsPerDegree: 50)
    if let known = zoneOfCell.withLock({ $0[cell] }) { return known }
    let country = country(position)?.number
    let only = country.flatMap { onlyZones.indices.contains($0) ? onlyZones[$0] : nil }
    let zone =
      only
      ?? nearestTownNumber(to: position, in: country)
      .map { data[.towns].u16(4 + Self.townSize * $0.number + 12) }
      ?? Self.noZone
    zoneOfCell.withLock { known in
      if known.count >= Self.zoneLimit { known.removeAll(keepingCapacity: true) }
      known[cell] = zone
    }
    return zone
  }

  /// The zones with an offset at a time, the most people first.
  package func zones(utcOffset: Int16, at time: Int64) -> [ZoneNames.Candidate] {
    zones.indices.compactMap { number in
      guard offset(number, time) == utcOffset, let name = zones[number].first else { return nil }
      let words = zones[number]
      return ZoneNames.Candidate(
        zone: name, countries: words.count > 1 ? words[1].split(separator: ",").map(String.init) : [],
        population: words.count > 2 ? Int(words[2]) ?? 0 : 0)
    }.sorted { ($1.population, $0.zone) < ($0.population, $1.zone) }
  }

  private func zoneName(_ number: Int) -> String {
    zones.indices.contains(number) ? zones[number].first ?? "" : ""
  }

  private func offset(_ zone: Int, _ time: Int64) -> Int16? {
    let changes = data[.zoneChanges]
    let count = changes.u32(0)
    guard zone >= 0, zone < count else { return nil }
    let base = 4 + 4 * (count + 1)
    var (low, high) = (changes.u32(4 + 4 * zone), changes.u32(8 + 4 * zone))
    guard low < high else { return nil }
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int64(changes.i32(base + 6 * middle)) <= time { low = middle } else { high = middle }
    }
    return changes.i16(base + 6 * low + 4)
  }
}

extension Coordinate {
  /// How much shorter a degree of longitude is here than at the equator, 0 to 1.
  fileprivate var shrinking: Double {
    let radians = latitude * .pi / 180
    let square = radians * radians
    // The series of the cosine: good to a thousandth up to 90 degrees.
    return max(
      0,
      1 - square / 2 + square * square / 24 - square * square * square / 720 + square * square * square
        * square / 40_320)
  }
}
