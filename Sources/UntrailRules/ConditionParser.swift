internal import UntrailModel

/// Reads conditions and what they say of an observation.
struct ConditionParser {
  /// The list of the trip profile that a text can be held against.
  static let protectedNames = "protected-names"
  private static let protectedPlaces = "protected-places"

  /// By their names, as small letters.
  let lists: [String: [String]]
  /// Whether what is derived from the run is judged, not what stands in files.
  let isRun: Bool

  func condition(_ map: YAMLMapping) throws(RuleError) -> Condition { try condition(map, depth: 0) }

  private func condition(_ map: YAMLMapping, depth: Int) throws(RuleError) -> Condition {
    guard depth < 16 else { throw map.error("conditions stand more than 16 deep") }
    let combining = ["all", "any", "not"].filter(map.has)
    guard let key = combining.first else { return .observation(try pattern(map)) }
    try map.allowOnly([key])
    if key == "not" { return .not(try condition(try map.mapping(key), depth: depth + 1)) }
    var parts: [Condition] = []
    for part in try map.mappings(key) { parts.append(try condition(part, depth: depth + 1)) }
    return key == "all" ? .all(parts) : .any(parts)
  }

  func pattern(_ map: YAMLMapping) throws(RuleError) -> ObservationPattern {
    try map.allowOnly([
      "observation", "role", "field", "precision", "has", "text", "where", "near", "within", "when",
    ])
    let kind = try map.choice("observation", Kind.allCases.map(\.name)) { Kind(name: $0) }
    if isRun, kind != .movement {
      throw map.error("observation", "of the run as a whole there are only observations of the kind movement")
    }
    if !isRun, kind == .movement {
      throw map.error(
        "observation", "movement is known behind the last file: only a rule with scope: run sees it")
    }
    let roles = try map.choices("role", Role.allCases.map(\.name)) { Role(name: $0) }
    var precision: ObservationPattern.Precision?
    if map.has("precision") {
      guard kind == .location else { throw map.error("precision", "only a location has a precision") }
      let names = ObservationPattern.Precision.allCases.map(\.rawValue)
      precision = try map.choice("precision", names) { ObservationPattern.Precision(rawValue: $0) }
    }
    let attributes = try map.choices("has", ObservationPattern.Attribute.allCases.map(\.rawValue)) {
      ObservationPattern.Attribute(rawValue: $0)
    }
    guard attributes.isEmpty || [.location, .timestamp, .track, .travel].contains(kind) else {
      throw map.error("has", "only a location, a timestamp, a track or travel has more to state")
    }
    guard !map.has("text") || kind.isText else {
      throw map.error("text", "a \(kind.name) is no text")
    }
    return ObservationPattern(
      kind: kind, roles: roles.isEmpty ? .all : RoleSet(roles), fields: try map.texts("field"),
      precision: precision, attributes: attributes,
      text: map.has("text") ? try textTest(try map.mapping("text")) : nil,
      numbers: map.has("where") ? try numbers(try map.mapping("where"), kind) : [],
      places: try places(map, kind), times: try times(map, kind))
  }

  // MARK: Text

  private func textTest(_ map: YAMLMapping) throws(RuleError) -> ObservationPattern.TextTest {
    let keys = ["equals", "contains", "startsWith", "endsWith", "pattern", "in", "hasDigit"]
    try map.allowOnly(keys)
    guard keys.contains(where: map.has) else { throw map.error("nothing is asked of the text") }
    for key in ["equals", "contains", "startsWith", "endsWith"] where map.has(key) {
      let texts = try map.texts(key)
      guard !texts.isEmpty else { throw map.error(key, "an empty list") }
      if let index = texts.firstIndex(of: "") {
        throw map.error(key, at: index, "an empty text is in every text")
      }
    }
    func folded(_ key: String) throws(RuleError) -> [String] { try map.texts(key).map { $0.lowercased() } }
    var test = ObservationPattern.TextTest(
      equals: try folded("equals"), contains: try folded("contains"),
      hasDigit: map.has("hasDigit") ? try map.flag("hasDigit") : false,
      startsWith: try folded("startsWith"), endsWith: try folded("endsWith"))
    if map.has("pattern") {
      let pattern = try map.text("pattern")
      do { _ = try LinearPattern(pattern) } catch {
        throw map.error("pattern", character: error.offset, error.message)
      }
      test.pattern = pattern
    }
    if map.has("in") {
      let name = try map.choice("in", (lists.keys + [Self.protectedNames]).sorted()) { name in
        name == Self.protectedNames || lists[name] != nil ? name : nil
      }
      test.isProtectedName = name == Self.protectedNames
      test.list = lists[name]
    }
    return test
  }

  // MARK: Numbers

  /// Which numbers an observation of a kind can state.
  static func attributes(of kind: Kind) -> [NumberTest.Attribute] {
    switch kind {
    case .location: [.accuracy, .altitude, .speed, .course, .direction, .utcOffset, .year, .hour]
    case .timestamp: [.utcOffset, .year, .hour]
    case .utcOffset: [.utcOffset]
    case .track: [.pointCount, .year, .hour, .days]
    case .travel: [.year, .hour, .days]
    case .hidden: [.byteCount]
    case .movement: [.count, .days, .nights, .confidence, .distance, .year, .hour]
    case .place, .device, .software, .serial, .person, .link, .text, .contact, .network: []
    }
  }

  private func numbers(_ map: YAMLMapping, _ kind: Kind) throws(RuleError) -> [NumberTest] {
    let attributes = Self.attributes(of: kind)
    guard !attributes.isEmpty else { throw map.error("a \(kind.name) states no number") }
    try map.allowOnly(attributes.map(\.rawValue))
    guard !map.keys.isEmpty else { throw map.error("no number is named") }
    var tests: [NumberTest] = []
    for name in map.keys {
      guard let attribute = NumberTest.Attribute(rawValue: name) else { continue }
      tests.append(try number(try map.mapping(name), attribute))
    }
    return tests
  }

  private func number(_ map: YAMLMapping, _ attribute: NumberTest.Attribute) throws(RuleError) -> NumberTest {
    let keys = ["equals", "atLeast", "atMost", "above", "below", "in"]
    try map.allowOnly(keys)
    guard keys.contains(where: map.has) else {
      throw map.error("no comparison: \(keys.joined(separator: ", "))")
    }
    func bound(_ key: String) throws(RuleError) -> Double? { map.has(key) ? try map.double(key) : nil }
    let test = NumberTest(
      attribute, equals: try bound("equals"), atLeast: try bound("atLeast"), atMost: try bound("atMost"),
      above: try bound("above"), below: try bound("below"), values: map.has("in") ? try map.doubles("in") : []
    )
    let low = max(test.atLeast ?? -.infinity, test.above ?? -.infinity)
    let high = min(test.atMost ?? .infinity, test.below ?? .infinity)
    guard low <= high else { throw map.error("no number is at least \(low) and at most \(high)") }
    return test
  }

  // MARK: Places and times

  private func places(_ map: YAMLMapping, _ kind: Kind) throws(RuleError) -> [PlaceTest] {
    for key in ["near", "within"] where map.has(key) {
      guard [.location, .track, .travel, .movement].contains(kind) else {
        throw map.error(key, "a \(kind.name) has no position")
      }
    }
    var places: [PlaceTest] = []
    if map.has("near") { places.append(try near(try map.mapping("near"))) }
    if map.has("within") {
      let within = try map.mapping("within")
      try within.allowOnly(["country", "box"])
      if within.has("country") {
        places.append(
          try within.texts("country") == ["trip"]
            ? .tripCountry : .countries(try Self.countries(within, "country")))
      }
      if within.has("box") { places.append(try box(within)) }
      guard within.has("country") || within.has("box") else {
        throw within.error("a country or a box must stand here")
      }
    }
    return places
  }

  private func near(_ map: YAMLMapping) throws(RuleError) -> PlaceTest {
    if map.has("list") {
      try map.allowOnly(["list"])
      return try map.choice("list", [Self.protectedPlaces]) { name in
        name == Self.protectedPlaces ? .nearProtectedPlace : nil
      }
    }
    try map.allowOnly(["place", "within", "list"])
    let place = try map.doubles("place")
    guard place.count == 2, Coordinate(latitude: place[0], longitude: place[1]) != nil else {
      throw map.error("place", "latitude and longitude in degrees must stand here, as [48.85, 2.29]")
    }
    let metres = try map.double("within")
    guard metres > 0, metres <= 20_100_000 else {
      throw map.error("within", "a distance in metres must stand here")
    }
    return .near(latitude: place[0], longitude: place[1], metres: metres)
  }

  private func box(_ map: YAMLMapping) throws(RuleError) -> PlaceTest {
    let box = try map.doubles("box")
    guard box.count == 4, box[0] <= box[2], abs(box[0]) <= 90, abs(box[2]) <= 90, abs(box[1]) <= 180,
      abs(box[3]) <= 180
    else { throw map.error("box", "[south, west, north, east] in degrees must stand here") }
    return .box(south: box[0], west: box[1], north: box[2], east: box[3])
  }

  /// ISO 3166-1 alpha-2 codes.
  static func countries(_ map: YAMLMapping, _ key: String) throws(RuleError) -> [String] {
    let countries = try map.texts(key)
    guard !countries.isEmpty else { throw map.error(key, "an empty list of countries") }
    for (index, country) in countries.enumerated() {
      let isCode =
        country.utf8.count == 2
        && country.utf8.allSatisfy { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }
      guard isCode else {
        throw map.error(key, at: index, "\"\(country)\" is no country: two capital letters, as CN")
      }
    }
    return countries
  }

  private func times(_ map: YAMLMapping, _ kind: Kind) throws(RuleError) -> [TimeTest] {
    guard map.has("when") else { return [] }
    guard [.location, .timestamp, .track, .travel, .movement].contains(kind) else {
      throw map.error("when", "a \(kind.name) has no time")
    }
    let times = try map.choices("when", TimeTest.allCases.map(\.rawValue)) { TimeTest(rawValue: $0) }
    guard !times.isEmpty else { throw map.error("when", "an empty list of times") }
    return times
  }
}
