internal import UntrailModel

/// Positions in XMP: pairs of properties side by side, in whatever namespace: channel A10.
struct XMPPlaces {
  private let properties: [XMPProperty]
  /// Where a property stands in `properties`, by the way to it, with the numbers of array items.
  private var indices: [String: Int] = [:]
  /// The items of values that are written as arrays: degrees, minutes and seconds as EXIF has them.
  private var items: [String: String] = [:]

  /// Words in the names of what belongs to a position: three letters tell.
  private static let words = ["lat", "lon", "lng", "alt", "gps", "yaw", "spe"].map(word)
  private static let latitude = [word("lat")]

  private static func word(_ text: String) -> UInt32 { text.utf8.reduce(0) { $0 << 8 | UInt32($1) } }

  /// Whether one of the words stands in a name, in lower or upper case.
  private static func holds(_ name: String, _ words: [UInt32]) -> Bool {
    var last: UInt32 = 0
    for byte in name.utf8 {
      last = (last << 8 | UInt32(byte | 0x20)) & 0xFF_FFFF
      if words.contains(last) { return true }
    }
    return false
  }

  static func observe(_ properties: [XMPProperty], into observer: inout XMPObserver) {
    let places = XMPPlaces(properties)
    guard !places.indices.isEmpty else { return }
    for property in properties where property.leaf.index ?? 1 == 1 {
      let name = property.leaf.name
      guard Self.holds(name, Self.latitude), let half = Half(latitude: name),
        let latitude = places.beside(property, name)
      else { continue }
      places.observe(latitude, half, into: &observer)
    }
    let original = properties.first { $0.leaf.key == "exif:DateTimeOriginal" }.flatMap {
      if case .time(let time) = XMPTime.dateTime($0.value) { time } else { nil }
    }
    for property in properties where property.leaf.key == "exif:GPSTimeStamp" {
      places.observeTime(property, original: original, into: &observer)
    }
  }

  private init(_ properties: [XMPProperty]) {
    self.properties = properties
    for (index, property) in properties.enumerated() {
      guard Self.holds(property.leaf.name, Self.words) else { continue }
      let key = Self.key(property, property.leaf.name)
      if indices[key] == nil { indices[key] = index }
      if property.leaf.index != nil, (items[key]?.utf8.count ?? 0) < 256 {
        items[key, default: ""] += property.value + " "
      }
    }
  }

  /// How the names of the two halves of a position, and of the height, go together.
  private struct Half {
    /// Before and behind the word for the latitude.
    var before: String
    var behind: String
    var longitudes: [String]
    var altitudes: [String]

    init?(latitude name: String) {
      let lowercased = name.lowercased()
      guard let range = lowercased.lastRange(of: "latitude") ?? lowercased.lastRange(of: "lat") else {
        return nil
      }
      let word = lowercased[range]
      // Letters behind it make another word: "LatitudeRef", "LatLonBox", "Platform".
      behind = String(lowercased[range.upperBound...])
      before = String(lowercased[..<range.lowerBound])
      guard behind.isEmpty || behind.hasPrefix("_") || behind == "deg" || behind == "degrees" else {
        return nil
      }
      guard
        word == "latitude" || before.isEmpty || before.hasSuffix("gps") || before.hasSuffix("_")
          || before.hasSuffix("home") || before.hasSuffix("target")
      else { return nil }
      longitudes = word == "latitude" ? ["longitude", "longtitude"] : ["long", "lon", "lng"]
      altitudes = word == "latitude" ? ["altitude"] : ["alt"]
    }
  }

  /// A property beside another one, by the end of its name in lower case.
  private static func key(_ property: XMPProperty, _ name: String) -> String {
    var key = ""
    for step in property.parent { key += step.key + "[\(step.index ?? 0)]/" }
    return key + property.leaf.prefix + ":" + name.lowercased()
  }

  private func beside(_ property: XMPProperty, _ name: String) -> XMPProperty? {
    let key = Self.key(property, name)
    guard let index = indices[key] else { return nil }
    var found = properties[index]
    if let joined = items[key] { found.value = joined.trimmed }
    return found
  }

  private func number(_ property: XMPProperty, _ name: String) -> Double? {
    beside(property, name).flatMap { XMPNumber.value($0.value) }
  }

  // MARK: Position

  private func observe(_ latitude: XMPProperty, _ half: Half, into observer: inout XMPObserver) {
    let names = half.longitudes.map { half.before + $0 + half.behind }
    guard let longitude = names.lazy.compactMap({ beside(latitude, $0) }).first else {
      // In namespaces of their own, "lat" may be anything.
      if latitude.leaf.prefix == "exif" {
        observer.doubt("position-incomplete", "one half of a position is missing", latitude)
      }
      return
    }
    let isDestination =
      half.before.holds("dest") || half.before.holds("target")
      || latitude.path.contains { $0.name == "LocationShown" }
    guard
      let north = XMPCoordinate(
        latitude.value, reference: beside(latitude, latitude.leaf.name + "Ref")?.value ?? "",
        positive: "N", negative: "S"),
      let east = XMPCoordinate(
        longitude.value, reference: beside(latitude, longitude.leaf.name + "Ref")?.value ?? "",
        positive: "E", negative: "W")
    else {
      return observer.doubt("position-malformed", "the numbers of the position are none", latitude)
    }
    switch Coordinate.flaw(latitude: north.degrees, longitude: east.degrees) {
    case .notFinite:
      observer.doubt("position-malformed", "the numbers of the position are none", latitude)
    case .outOfRange:
      observer.doubt("position-out-of-range", "there is no such latitude or longitude on Earth", latitude)
    case .nullIsland:
      observer.doubt("null-island", "0, 0: what a device writes that has no position", latitude)
    case nil where !north.hasHemisphere || !east.hasHemisphere:
      observer.doubt(
        "hemisphere-missing", "a position without its hemisphere could be one of four places", latitude)
      observer.add(
        .ambiguousPosition, .place("\(north.degrees), \(east.degrees) (hemisphere not given)"), latitude)
    case nil:
      guard let coordinate = Coordinate(latitude: north.degrees, longitude: east.degrees) else { return }
      let location =
        isDestination
        ? destination(coordinate, latitude, half) : camera(coordinate, latitude, half)
      observer.add(isDestination ? .destination : .camera, .location(location), latitude)
    }
  }

  private func destination(_ coordinate: Coordinate, _ latitude: XMPProperty, _ half: Half) -> Location {
    var location = Location(coordinate: coordinate)
    location.course = number(latitude, "GPSDestBearing").flatMap(Self.angle)
    location.altitude = altitude(latitude, half)
    return location
  }

  private func camera(_ coordinate: Coordinate, _ latitude: XMPProperty, _ half: Half) -> Location {
    var location = Location(coordinate: coordinate)
    location.altitude = altitude(latitude, half)
    location.accuracy = number(latitude, "GPSHPositioningError")
      .flatMap { (0.001...40_000_000).contains($0) ? $0 : nil }
    location.course = number(latitude, "GPSTrack").flatMap(Self.angle)
    location.direction = number(latitude, "GPSImgDirection").flatMap(Self.angle)
    location.speed = speed(latitude)
    location.time = beside(latitude, "GPSTimeStamp").flatMap(time)
    if latitude.leaf.prefix == "drone-dji" {
      location.direction = number(latitude, "GimbalYawDegree").flatMap(Self.turn)
      location.course = number(latitude, "FlightYawDegree").flatMap(Self.turn)
    }
    return location
  }

  /// Metres above sea level; a height above the start says nothing without it.
  private func altitude(_ latitude: XMPProperty, _ half: Half) -> Double? {
    if let metres = number(latitude, "AbsoluteAltitude") { return Self.height(metres) }
    for word in half.altitudes {
      let name = half.before + word + half.behind
      guard let metres = number(latitude, name) ?? number(latitude, "GPSAltitude") else { continue }
      let reference = beside(latitude, name + "Ref")?.value.trimmed.lowercased() ?? ""
      let isBelow = reference == "1" || reference == "3" || reference.hasPrefix("below")
      return Self.height(isBelow ? -abs(metres) : metres)
    }
    return nil
  }

  private static func height(_ metres: Double) -> Double? { abs(metres) < 1_000_000 ? metres : nil }

  private func speed(_ latitude: XMPProperty) -> Double? {
    if let east = number(latitude, "FlightXSpeed"), let north = number(latitude, "FlightYSpeed"),
      abs(east) < 1000, abs(north) < 1000
    {
      return (east * east + north * north).squareRoot()
    }
    guard let stated = number(latitude, "GPSSpeed"), (0...40_000).contains(stated) else { return nil }
    return switch beside(latitude, "GPSSpeedRef")?.value.first {
    case "M": stated * 0.44704
    case "N": stated * 1852 / 3600
    default: stated / 3.6
    }
  }

  private static func angle(_ degrees: Double) -> Double? { (0...360).contains(degrees) ? degrees : nil }

  /// An angle from north that is counted both ways, clockwise.
  private static func turn(_ degrees: Double) -> Double? {
    guard (-180...360).contains(degrees) else { return nil }
    return degrees < 0 ? degrees + 360 : degrees
  }

  // MARK: Time

  /// The satellites' time; nil where the property names no day and none stands beside it.
  private func time(_ property: XMPProperty) -> Timestamp? {
    if case .time(var time) = XMPTime.dateTime(property.value) {
      if time.utcOffsetMinutes == nil { time.utcOffsetMinutes = 0 }
      return time
    }
    guard let day = beside(property, "GPSDateStamp"), case .time(let date) = XMPTime.dateTime(day.value),
      date.precision == .day
    else { return nil }
    let parts = property.value.split { $0 == ":" || $0 == "," || $0 == " " }.prefix(3)
    let clock = parts.map { XMPNumber.value(String($0.prefix { $0 != "Z" && $0 != "+" })) ?? -1 }
    guard clock.count == 3, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]),
      (0..<61).contains(clock[2])
    else { return nil }
    let seconds = clock[0] * 3600 + clock[1] * 60 + clock[2]
    return Timestamp(civilSeconds: date.civilSeconds + Int64(seconds), utcOffsetMinutes: 0)
  }

  /// - Parameter original: the picture's own time, to tell the zone from the gap between the two.
  private func observeTime(
    _ property: XMPProperty, original: Timestamp?, into observer: inout XMPObserver
  ) {
    guard let time = time(property) else { return }
    observer.add(.gps, .timestamp(time), property)
    if let original, let minutes = ExifTime.derivedOffset(local: original, utc: time) {
      observer.add(.derived, .utcOffset(minutes), property)
    }
  }
}

extension String {
  /// Where a text stands last in this one.
  fileprivate func lastRange(of word: String) -> Range<String.Index>? {
    guard word.utf8.count <= utf8.count else { return nil }
    var start = utf8.index(endIndex, offsetBy: -word.utf8.count)
    while true {
      if utf8[start...].starts(with: word.utf8) {
        return start..<utf8.index(start, offsetBy: word.utf8.count)
      }
      guard start > startIndex else { return nil }
      start = utf8.index(before: start)
    }
  }
}
