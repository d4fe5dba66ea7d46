internal import UntrailModel

/// Positions in JSON of any program: a latitude and a longitude beside each other in one object.
///
///     {"lat": 48.8584, "lng": 2.2945, "time": "2024-04-28T23:09:02Z"}
///     {"Latitude": "48.8584", "Longitude": "2.2945"}
///     {"GPSLatitude": "48 deg 51' 30.24\" N", "GPSLongitude": "2 deg 17' 40.20\" E"}
///
/// Short names stand for other things too; there, one of the numbers must have a fraction.
struct OtherPlaces {
  private let facts: ExportFacts
  private var recorder: TrackRecorder
  private var isLocalTime = false
  /// The first position that has a time: alone, it is a place.
  private var first: (location: Location, offset: Int?)?

  private static let field = "JSON:latitude"
  private static let timeKeys: [JSONKey] = [.timestamp, .time, .timestampMs, .otherTime, .date, .startTime]

  init(_ facts: ExportFacts) {
    self.facts = facts
    recorder = TrackRecorder(facts.limits)
  }

  mutating func take(_ value: JSONValue) {
    // What was sent, or stands in a picture, was told as such.
    if AccountExport.tellsPlaces(of: value.key) { return }
    if value.isObject { takePosition(value) }
    for child in value.children where child.isObject || child.isList { take(child) }
  }

  mutating func finish() {
    if recorder.count == 1, let first {
      facts.addPlace(.saved, first.location, Self.field, at: first.offset)
    } else if let track = recorder.track(isLocalTime: isLocalTime) {
      facts.addTrack(.recorded, track, Self.field, at: first?.offset)
    }
  }

  private mutating func takePosition(_ value: JSONValue) {
    if let latitude = value[.gpsLatitude], let longitude = value[.gpsLongitude] {
      takeCameraPosition(value, latitude, longitude)
    }
    guard let (latitude, longitude, offset) = Self.numbers(value),
      let coordinate = facts.coordinate(latitude, longitude, at: offset)
    else { return }
    var location = Location(coordinate: coordinate)
    location.altitude = value[.altitude]?.looseNumber
    location.accuracy = value[.accuracy]?.looseNumber.flatMap { $0 > 0 ? $0 : nil }
    guard let time = Self.timeKeys.lazy.compactMap({ JSONTime(value[$0]) }).first else {
      return facts.addPlace(.saved, location, Self.field, at: offset)
    }
    location.time = time.timestamp
    if first == nil {
      first = (location, offset)
      isLocalTime = time.offset == nil
    }
    recorder.add(coordinate, time: time.seconds)
  }

  private static func numbers(_ value: JSONValue) -> (latitude: Double, longitude: Double, offset: Int?)? {
    if let latitude = value[.latitude] ?? value[.shortLatitude],
      let longitude = value[.longitude] ?? value[.shortLongitude],
      let north = latitude.looseNumber, let east = longitude.looseNumber
    {
      let isShort = latitude.key == .shortLatitude || longitude.key == .shortLongitude
      let isWhole = north == north.rounded() && east == east.rounded()
      return isShort && isWhole ? nil : (north, east, latitude.offset)
    }
    guard let latitude = value[.latitudeE7], let longitude = value[.longitudeE7],
      let north = GoogleNumbers.degrees(latitude, upTo: 90),
      let east = GoogleNumbers.degrees(longitude, upTo: 180)
    else { return nil }
    return (north, east, latitude.offset)
  }

  /// As ExifTool writes positions.
  private func takeCameraPosition(_ value: JSONValue, _ latitude: JSONValue, _ longitude: JSONValue) {
    guard let north = Self.degrees(latitude, value[.gpsLatitudeRef]),
      let east = Self.degrees(longitude, value[.gpsLongitudeRef]),
      let coordinate = facts.coordinate(north, east, at: latitude.offset)
    else { return }
    facts.addPlace(.camera, Location(coordinate: coordinate), "JSON:GPSLatitude", at: latitude.offset)
  }

  /// Degrees as a number, or as "48 deg 51' 30.24" N".
  private static func degrees(_ value: JSONValue, _ reference: JSONValue?) -> Double? {
    let side = reference?.text?.uppercased().first
    let isNegative = side == "S" || side == "W"
    if let number = value.looseNumber { return isNegative ? -abs(number) : number }
    guard let text = value.text, text.utf8.count < 64 else { return nil }
    let numbers = text.split { !($0.isNumber || $0 == "." || $0 == "-") }.compactMap { Double($0) }
    guard let whole = numbers.first, numbers.count <= 3 else { return nil }
    let minutes = numbers.count > 1 ? numbers[1] : 0
    let seconds = numbers.count > 2 ? numbers[2] : 0
    guard minutes >= 0, minutes < 60, seconds >= 0, seconds < 60 else { return nil }
    let size = abs(whole) + minutes / 60 + seconds / 3600
    // Without one of these it may be on the other side of the Earth.
    let letter = text.last.flatMap { "NSEW".contains($0) ? $0 : nil } ?? side
    guard letter != nil || whole < 0 else { return nil }
    return letter == "S" || letter == "W" || whole < 0 ? -size : size
  }
}
