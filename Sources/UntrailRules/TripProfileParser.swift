package import UntrailModel

/// Reads a trip profile from its YAML file.
package enum TripProfileParser {
  /// What the file says.
  package struct Result: Sendable, Equatable {
    package var profile: TripProfile
    /// Names of shipped calendars; nil where the file names none, which means those of the trip's countries.
    package var calendars: [String]?
  }

  /// - Throws: where the file cannot be read, and the first mistake in it, with its place.
  package static func load(_ path: String) throws(RuleError) -> Result {
    let text = try RuleFolder.text(ofFile: path)
    return try parse(text, path: path)
  }

  /// - Parameters:
  ///   - yaml: the file's text.
  ///   - path: the file's path, for messages.
  /// - Throws: the first mistake, with its place.
  package static func parse(_ yaml: String, path: String) throws(RuleError) -> Result {
    let top = try YAMLMapping(
      try YAMLComposer.compose(yaml, path: path, sizeLimit: RuleParser.sizeLimit), file: path, keyPath: "")
    try top.allowOnly([
      "name", "countries", "transit", "from", "to", "sensitiveDates", "calendars", "protectedPlaces",
      "protectedNames", "devices",
    ])
    var trip = TripProfile()
    if top.has("name") { trip.name = try top.text("name") }
    trip.countries = try countries(top, "countries")
    trip.transit = try countries(top, "transit")
    if top.has("from") || top.has("to") { trip.days = try days(top) }
    if top.has("sensitiveDates") {
      for map in try top.mappings("sensitiveDates") { trip.sensitiveDates.append(try sensitiveDate(map)) }
    }
    if top.has("protectedPlaces") {
      for map in try top.mappings("protectedPlaces") { trip.protectedPlaces.append(try place(map)) }
    }
    trip.protectedNames = try filled(top, "protectedNames")
    trip.devices = try filled(top, "devices")
    return Result(profile: trip, calendars: top.has("calendars") ? try filled(top, "calendars") : nil)
  }

  private static func filled(_ map: YAMLMapping, _ key: String) throws(RuleError) -> [String] {
    let texts = try map.texts(key)
    guard !texts.contains("") else { throw map.error(key, "must not be empty") }
    return texts
  }

  private static func countries(_ map: YAMLMapping, _ key: String) throws(RuleError) -> [String] {
    let texts = try map.texts(key)
    for text in texts where !Country.codes.contains(text) {
      let code = Country.code(for: text).map { "; did you mean \($0)?" } ?? ""
      throw map.error(key, "\"\(text)\" is not a country code of ISO 3166-1, such as FR\(code)")
    }
    return texts
  }

  private static func days(_ map: YAMLMapping) throws(RuleError) -> ClosedRange<Int64> {
    let (first, last) = (try day(map, "from"), try day(map, "to"))
    guard first <= last else { throw map.error("to", "lies before from") }
    return first...last
  }

  private static func day(_ map: YAMLMapping, _ key: String) throws(RuleError) -> Int64 {
    let text = Array(try map.text(key).utf8)
    let hyphen = UInt8(ascii: "-")
    guard text.count == 10, text[4] == hyphen, text[7] == hyphen, let year = number(text[0..<4]),
      let month = number(text[5..<7]), let day = number(text[8..<10]),
      CivilDate.isValid(year: year, month: month, day: day)
    else { throw map.error(key, "must be a date that exists, such as 2026-07-14") }
    return CivilDate.days(year: year, month: month, day: day)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for byte in digits {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }

  private static func sensitiveDate(_ map: YAMLMapping) throws(RuleError) -> SensitiveDate {
    try map.allowOnly(["date", "from", "to", "name", "country"])
    if map.has("date"), map.has("from") || map.has("to") {
      throw map.error("date", "stands beside from or to; give one or the other")
    }
    var range: ClosedRange<Int64>
    if map.has("date") {
      let day = try day(map, "date")
      range = day...day
    } else {
      range = try days(map)
    }
    let codes = try countries(map, "country")
    guard codes.count <= 1 else { throw map.error("country", "must be one country") }
    return SensitiveDate(
      days: range, country: codes.first ?? "", name: try map.text("name"), confidence: 1, source: "")
  }

  private static func place(_ map: YAMLMapping) throws(RuleError) -> ProtectedPlace {
    try map.allowOnly(["name", "latitude", "longitude", "radius"])
    let latitude = try decimal(map, "latitude", -90...90)
    let longitude = try decimal(map, "longitude", -180...180)
    guard let coordinate = Coordinate(latitude: latitude, longitude: longitude) else {
      throw map.error("0, 0 is what stands where no place is known")
    }
    return ProtectedPlace(
      name: try map.text("name"), coordinate: coordinate,
      radius: map.has("radius") ? try decimal(map, "radius", 10...50_000) : 300)
  }

  private static func decimal(
    _ map: YAMLMapping, _ key: String, _ range: ClosedRange<Double>
  ) throws(RuleError) -> Double {
    guard let value = Double(try map.text(key)), range.contains(value) else {
      throw map.error(key, "must be a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))")
    }
    return value
  }
}

/// Codes of ISO 3166-1 alpha-2.
enum Country {
  static let codes = Set(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY
    BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK
    FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR
    IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK
    ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM
    PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF
    TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """.split { $0 == " " || $0 == "\n" }.map(String.init))

  private static let names = [
    "China": "CN", "Hong Kong": "HK", "Iran": "IR", "Russia": "RU", "Belarus": "BY", "Myanmar": "MM",
    "Turkey": "TR", "Egypt": "EG", "Ethiopia": "ET", "Venezuela": "VE", "Nicaragua": "NI", "Rwanda": "RW",
    "Saudi Arabia": "SA", "Vietnam": "VN", "Cuba": "CU", "North Korea": "KP", "Thailand": "TH",
    "Cambodia": "KH", "Uganda": "UG", "Zimbabwe": "ZW", "Kazakhstan": "KZ", "Tajikistan": "TJ",
    "France": "FR", "Germany": "DE", "Italy": "IT", "Spain": "ES", "Japan": "JP", "United Kingdom": "GB",
    "United States": "US", "India": "IN", "Ukraine": "UA", "Czechia": "CZ", "Australia": "AU",
  ]

  static func code(for text: String) -> String? {
    let upper = text.uppercased()
    if codes.contains(upper) { return upper }
    if upper == "UK" { return "GB" }
    return Suggestion.nearest(to: text, among: names.keys.sorted()).flatMap { names[$0] }
  }
}
