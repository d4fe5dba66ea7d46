internal import UntrailModel

/// Positions written as text: two numbers, or a geo: URI.
///
///     48.8582;2.2945          calendars, contacts of version 3.0: latitude first
///     48.8582,2.2945
///     geo:48.8582,2.2945,35;crs=wgs84;u=20
///
/// Source: RFC 5545, section 3.8.1.6; RFC 6350, section 6.5.2; RFC 5870.
struct GeoText {
  var latitude: Double
  var longitude: Double
  /// Metres.
  var altitude: Double?
  /// Radius of the error in metres.
  var accuracy: Double?

  /// Nil where the text is no position.
  init?(_ text: String) {
    var rest = Substring(text.prefix(200))
    let isURI = rest.prefix(4).lowercased() == "geo:"
    if isURI { rest = rest.dropFirst(4) }
    var parameters: [Substring] = []
    var numbers: [Substring]
    if isURI || !rest.contains(";") {
      let parts = rest.split(separator: ";", omittingEmptySubsequences: false)
      parameters = Array(parts.dropFirst())
      numbers = (parts.first ?? "").split(separator: ",", omittingEmptySubsequences: false)
      // A map's link writes the question behind it.
      if let last = numbers.last, let end = last.firstIndex(of: "?") {
        numbers[numbers.count - 1] = last[..<end]
      }
      // Some write the semicolon of a calendar into the URI.
      if numbers.count == 1, let second = parameters.first { numbers.append(second) }
    } else {
      numbers = rest.split(separator: ";", omittingEmptySubsequences: false)
    }
    guard (2...3).contains(numbers.count), let latitude = Self.number(numbers[0]),
      let longitude = Self.number(numbers[1])
    else { return nil }
    self.latitude = latitude
    self.longitude = longitude
    if numbers.count == 3 { altitude = Self.number(numbers[2]) }
    for parameter in parameters where parameter.lowercased().hasPrefix("u=") {
      accuracy = Self.number(parameter.dropFirst(2)).flatMap { $0 > 0 ? $0 : nil }
    }
  }

  /// A decimal number without an exponent.
  static func number(_ text: Substring) -> Double? {
    let plain = text.trimmedASCII
    let isPlain = plain.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.".utf8.contains($0) }
    guard isPlain, plain.utf8.count <= 32, let number = Double(plain), number.isFinite else { return nil }
    return number
  }

  var coordinate: Coordinate? { Coordinate(latitude: latitude, longitude: longitude) }

  /// The position with what is said beside it; nil where there is no such position, which `result` then says once.
  func location(_ field: String, at offset: Int?, into result: inout ReadResult) -> Location? {
    guard let coordinate else {
      let isNull = Coordinate.flaw(latitude: latitude, longitude: longitude) == .nullIsland
      result.doubtOnce(
        isNull ? "null-island" : "position-out-of-range", "\(field) is a position that does not exist",
        at: offset)
      return nil
    }
    var location = Location(coordinate: coordinate)
    location.altitude = altitude
    location.accuracy = accuracy
    return location
  }
}

extension ReadResult {
  /// Says once per file and reason that a value was not believed.
  mutating func doubtOnce(_ code: String, _ message: String, at offset: Int?) {
    guard !diagnostics.contains(where: { $0.code == code && $0.message == message }) else { return }
    doubt(code, message, at: offset)
  }
}
