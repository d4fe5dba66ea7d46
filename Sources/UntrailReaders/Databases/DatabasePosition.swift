internal import UntrailModel

/// Two columns of a table that are a latitude and a longitude.
///
///     latitude longitude   ZLATITUDE ZLONGITUDE   gps_lat gps_lng   trkptlat trkptlon   latE7 lonE7
struct DatabasePosition {
  let latitude: String
  let longitude: String
  /// What a number is divided by, where the names say so.
  let scale: Double?

  private init(_ latitude: String, _ longitude: String) {
    (self.latitude, self.longitude) = (latitude, longitude)
    let name = latitude.lowercased()
    scale = name.contains("e7") ? 1e7 : name.contains("e6") || name.contains("micro") ? 1e6 : nil
  }

  /// More of them in one table are no places where somebody was.
  private static let limit = 4

  /// The pairs among the columns of a table: names that are alike but for the one word.
  static func find(in columns: [Database.Column]) -> [DatabasePosition] {
    let names = columns.map(\.name)
    let lower = Dictionary(names.map { ($0.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    var found: [DatabasePosition] = []
    for name in names where found.count < limit && !isOther(name) {
      let text = name.lowercased()
      for (north, east) in words {
        guard let range = text.ranges(of: north).last else { continue }
        let partner = text[..<range.lowerBound] + east + text[range.upperBound...]
        guard let longitude = lower[String(partner)] else { continue }
        found.append(DatabasePosition(name, longitude))
        break
      }
    }
    return found.isEmpty ? ofOtherLanguages(names) : found
  }

  private static func ofOtherLanguages(_ names: [String]) -> [DatabasePosition] {
    func column(_ meaning: CoordinateName.Meaning) -> String? {
      let columns = names.filter { CoordinateName($0)?.meaning == meaning && !isOther($0) }
      return columns.count == 1 ? columns.first : nil
    }
    guard let latitude = column(.latitude), let longitude = column(.longitude) else { return [] }
    return [DatabasePosition(latitude, longitude)]
  }

  private static let words = [
    ("latitude", "longitude"), ("lat", "lon"), ("lat", "lng"), ("lat", "long"), ("latitude", "lon"),
  ]

  /// Whether a name is of the edge of an area, or of what is no position.
  private static func isOther(_ name: String) -> Bool {
    let name = name.lowercased().filter { $0 != "_" }
    return [
      "minlat", "maxlat", "latmin", "latmax", "latitudemin", "latitudemax", "delta", "span", "accuracy",
      "error",
      "swlat", "nelat", "nwlat", "selat", "northlat", "southlat", "toplat", "bottomlat", "bound",
    ].contains { name.contains($0) }
  }
}

/// The numbers of two such columns, row by row.
struct DatabaseDegrees {
  private let latitude: Int
  private let longitude: Int
  private var scale: Double?
  /// Whole numbers, until one of them tells what they are parts of.
  private var waiting: [(latitude: Double, longitude: Double, time: JSONTime?)] = []
  private static let waitingLimit = 10_000

  init(_ position: DatabasePosition, latitude: Int, longitude: Int) {
    (self.latitude, self.longitude, scale) = (latitude, longitude, position.scale)
  }

  /// Whether there are numbers of which it was not found out what they are parts of.
  var isUnclear: Bool { scale == nil && !waiting.isEmpty }

  /// Hands out what a row says, and what had to wait for it.
  mutating func take(_ row: DatabaseRow, _ time: JSONTime?, _ body: (Double, Double, JSONTime?) -> Void) {
    guard let north = row.number(latitude), let east = row.number(longitude) else { return }
    // What Apple writes where there is no position.
    if north == -180, east == -180 { return }
    if let scale { return body(north / scale, east / scale, time) }
    guard row.isWhole(latitude), row.isWhole(longitude), abs(north) > 90 || abs(east) > 180 else {
      return body(north, east, time)
    }
    guard abs(north) <= 90e7, abs(east) <= 180e7 else { return }
    if abs(north) > 90e6 || abs(east) > 180e6 {
      scale = 1e7
      for early in waiting { body(early.latitude / 1e7, early.longitude / 1e7, early.time) }
      waiting = []
      body(north / 1e7, east / 1e7, time)
    } else if waiting.count < Self.waitingLimit {
      waiting.append((north, east, time))
    }
  }
}
