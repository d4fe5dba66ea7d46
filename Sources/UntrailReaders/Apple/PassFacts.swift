internal import UntrailModel

/// Adds what a pass says, each thing once.
struct PassFacts {
  var result = ReadResult()
  let limits: Limits
  private var facts: FactSet
  private let base: Int?
  private let group: String
  private let strings: [String: String]

  /// - Parameters:
  ///   - base: bytes from the start of the file to the JSON; nil where it is packed.
  ///   - strings: texts of a language by their keys.
  init(_ group: String, base: Int?, strings: [String: String] = [:], _ limits: Limits) {
    self.strings = strings
    self.group = group
    self.base = base
    self.limits = limits
    facts = FactSet(limit: limits.observations)
  }

  /// A text in the language that was chosen.
  func localized(_ text: String) -> String { strings[text] ?? text }

  mutating func add(_ role: Role, _ fact: Observation.Fact, _ name: String, _ value: DataValue?) {
    facts.add(role, fact, group + ":" + name, at: place(value), into: &result)
  }

  /// Adds the text of a value; nothing where it has none.
  ///
  /// - Returns: the text.
  @discardableResult
  mutating func add(
    _ role: Role, text value: DataValue?, _ name: String, as fact: (String) -> Observation.Fact
  ) -> String? {
    guard let text = value?.label.map(localized) else { return nil }
    add(role, fact(text), name, value)
    return text
  }

  @discardableResult
  mutating func add(_ role: Role, time value: DataValue?, _ name: String) -> Timestamp? {
    guard let text = value?.text, let time = PassTime.read(text) else { return nil }
    add(role, .timestamp(time), name, value)
    return time
  }

  /// Adds the position that an object with a latitude and a longitude is.
  @discardableResult
  mutating func add(_ role: Role, position value: DataValue?, _ name: String) -> Coordinate? {
    guard let value, let latitude = value["latitude"]?.looseNumber,
      let longitude = value["longitude"]?.looseNumber
    else { return nil }
    guard let coordinate = Coordinate(latitude: latitude, longitude: longitude) else {
      let isNull = Coordinate.flaw(latitude: latitude, longitude: longitude) == .nullIsland
      result.doubtOnce(
        isNull ? "null-island" : "position-out-of-range", "a pass has a position that does not exist",
        at: place(value))
      return nil
    }
    var location = Location(coordinate: coordinate)
    location.altitude = value["altitude"]?.looseNumber
    add(role, .location(location), name, value)
    return coordinate
  }

  func place(_ value: DataValue?) -> Int? {
    guard let base, let value else { return nil }
    return base + value.start
  }
}

extension DataValue {
  /// A text that is not blank, or the digits of a whole number.
  var label: String? {
    if let text {
      let trimmed = text.trimmedText
      return trimmed.isEmpty ? nil : trimmed
    }
    guard case .number(let number) = content, number == number.rounded(), abs(number) < 1e15 else {
      return nil
    }
    return String(Int64(number))
  }

  /// A number, written as one or as text of nothing else.
  var looseNumber: Double? {
    if case .number(let number) = content { return number }
    return text.flatMap { GeoText.number($0[...]) }
  }
}

/// Times of passes: ISO 8601, with or without seconds.
///
/// Source: W3C, Date and Time Formats (1997), as Apple's documentation names it.
enum PassTime {
  static func read(_ text: String) -> Timestamp? {
    let text = text.trimmedText
    guard text.utf8.count >= 16, text.utf8.count <= 40,
      text.utf8.prefix(4).allSatisfy({ (0x30...0x39).contains($0) }),
      var time = WrittenTime.read(text), time.precision != .day, time.civilSeconds > 86_400
    else { return nil }
    // Without seconds, the offset stands behind the minute.
    if time.utcOffsetMinutes == nil {
      let rest = Array(text.utf8)[16...]
      time.utcOffsetMinutes = rest.withUnsafeBufferPointer { ExifTime.offset($0) }
    }
    return time
  }
}
