internal import UntrailBytes
internal import UntrailModel

/// What one table of a database says: where, when, who.
struct DatabaseTable {
  private let table: Database.Table
  private let limits: Limits
  /// The columns that are read, in their order.
  private var columns: [String] = []
  private var positions: [(degrees: DatabaseDegrees, field: String)] = []
  private var time: Int?
  private var texts: [(index: Int, meaning: DatabaseMeaning, field: String)] = []
  /// Columns in which a value may be a mail address.
  private var loose: [(index: Int, field: String)] = []

  init(_ table: Database.Table, _ limits: Limits) {
    self.table = table
    self.limits = limits
    for position in DatabasePosition.find(in: table.columns) {
      let degrees = DatabaseDegrees(
        position, latitude: index(of: position.latitude), longitude: index(of: position.longitude))
      positions.append((degrees, Self.field(table.name, position.latitude)))
    }
    if !positions.isEmpty { time = DatabaseTime.column(of: table.columns).map { index(of: $0) } }
    for column in table.columns where !columns.contains(column.name) {
      let field = Self.field(table.name, column.name)
      if let meaning = DatabaseMeaning.of(column.name, in: table.name) {
        texts.append((index(of: column.name), meaning, field))
      }
      if column.type.isEmpty || ["CHAR", "TEXT", "CLOB", "STRING"].contains(where: column.type.contains) {
        loose.append((index(of: column.name), field))
      }
    }
  }

  /// Whether there is nothing to read.
  var isEmpty: Bool { columns.isEmpty }

  private mutating func index(of column: String) -> Int {
    if let index = columns.firstIndex(of: column) { return index }
    columns.append(column)
    return columns.count - 1
  }

  /// The table and the column, as far as they are of letters of ASCII.
  private static func field(_ table: String, _ column: String) -> String {
    let name = (table + "-" + column).prefix(80).map { character in
      character.isASCII && (character.isLetter || character.isNumber || character == "_") ? character : "-"
    }
    return "SQLite:" + String(name.drop { $0 == "-" || $0 == "_" })
  }

  // MARK: Rows

  mutating func read(
    _ database: borrowing Database, _ facts: inout DistinctFacts, into result: inout ReadResult
  ) throws(ParseError) {
    var places = positions.map { PlacesOfTable(table.name, field: $0.field, limits) }
    var links = MarkedPlaces(.searched, "SQLite:url", limits)
    var (degrees, added, told) = (positions.map(\.degrees), result, facts)
    defer {
      for index in places.indices { places[index].finish(into: &added) }
      links.finish(into: &added)
      if degrees.contains(where: \.isUnclear) {
        added.doubtOnce(
          "position-scale", "positions are whole numbers of which it is not said what they count", at: nil)
      }
      (result, facts) = (added, told)
    }
    let (time, texts, loose, limit) = (time, texts, loose, limits.text)
    try database.rows(of: table, columns) { row in
      let moment = time.flatMap { DatabaseTime.read(row, $0) }
      for index in degrees.indices {
        degrees[index].take(row, moment) { latitude, longitude, moment in
          guard let coordinate = CheckedPlace.coordinate(latitude, longitude, at: nil, into: &added) else {
            return
          }
          places[index].add(coordinate, moment, into: &added)
        }
      }
      for (index, meaning, field) in texts {
        guard let text = row.text(index, limit: limit) else { continue }
        if let (role, fact) = meaning.fact(text) {
          told.add(role, fact, field, at: nil, into: &added)
        } else if case .web = meaning, let link = MapLink(text),
          let coordinate = CheckedPlace.coordinate(link.latitude, link.longitude, at: nil, into: &added)
        {
          links.add(Location(coordinate: coordinate), at: nil, into: &added)
        }
      }
      for (index, field) in loose where row.has(UInt8(ascii: "@"), in: index) {
        guard let text = row.text(index, limit: 320), !DatabaseMeaning.isAddressOfMessenger(text),
          let (role, fact) = DatabaseMeaning.email.fact(text), AddressText.email(text) == text
        else { continue }
        told.add(role, fact, field, at: nil, into: &added)
      }
      return true
    }
  }
}

/// The positions of one table: a way where somebody was, or places.
private struct PlacesOfTable {
  private let field: String
  private var track: HistoryTrack
  private var marks: MarkedPlaces
  private let isHistory: Bool
  /// What was seen before, for places that are told one by one.
  private var seen: Set<Coordinate> = []
  private static let seenLimit = 10_000

  init(_ table: String, field: String, _ limits: Limits) {
    self.field = field
    track = HistoryTrack(limits)
    let role = Self.role(of: table)
    isHistory = role == nil
    marks = MarkedPlaces(role ?? .saved, field, limits)
  }

  mutating func add(_ coordinate: Coordinate, _ time: JSONTime?, into result: inout ReadResult) {
    if isHistory, time != nil { return track.add(coordinate, time, field, at: nil) }
    guard seen.count >= Self.seenLimit || seen.insert(coordinate).inserted else { return }
    var location = Location(coordinate: coordinate)
    location.time = time?.timestamp
    marks.add(location, at: nil, into: &result)
  }

  mutating func finish(into result: inout ReadResult) {
    if let track = track.track { result.add(.history, .track(track), field, at: nil) }
    marks.finish(into: &result)
  }

  /// The role of the places of a table that says that nobody need have been there; nil for the others.
  private static func role(of table: String) -> Role? {
    let name = table.lowercased()
    if ["message", "zwamediaitem", "chat"].contains(where: name.contains) { return .shared }
    if ["search", "recent", "query", "suggest"].contains(where: name.contains) { return .searched }
    if name.contains("locationofinterest") { return .visit }
    let isSaved = [
      "poi", "bookmark", "favorite", "favourite", "waypoint", "destination", "cities", "city", "airport",
      "station",
      "geoname", "countr", "landmark",
    ].contains { name.contains($0) && !name.contains("point_of_track") }
    return isSaved && !name.contains("trackpoint") ? .saved : nil
  }
}
