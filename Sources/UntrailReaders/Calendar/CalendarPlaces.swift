internal import UntrailModel

/// The places of a calendar's entries.
extension CalendarSession {
  mutating func place(_ line: ContentLine, into result: inout ReadResult) {
    switch line.name {
    case "GEO": position(line.rawText(limits), line, into: &result)
    case "LOCATION", "X-LOCATION": location(line, into: &result)
    default: applePlace(line, into: &result)
    }
  }

  private mutating func location(_ line: ContentLine, into result: inout ReadResult) {
    guard let text = line.text(limits) else { return }
    // Meetings on line have their link as a place.
    if BoundedText.isWebAddress(text) {
      facts.add(.url, .link(text), "ICS:LOCATION", at: line.valueOffset, into: &result)
    }
    facts.add(.event, .place(text), "ICS:LOCATION", at: line.valueOffset, into: &result)
    changeEntry { $0.place = text }
  }

  /// Adds the position that a text says, and keeps it for the entry.
  private mutating func position(
    _ text: String?, _ line: ContentLine, accuracy: Double? = nil, isPlaceOfEntry: Bool = true,
    role: Role = .event, into result: inout ReadResult
  ) {
    // The last line may be cut, and a number that lost digits is another place.
    guard let text, !line.isLast else { return }
    let field = "ICS:" + line.name
    guard var said = GeoText(text) else {
      if line.name == "GEO" {
        result.doubtOnce("position-malformed", "\(field) is no position", at: line.valueOffset)
      }
      return
    }
    // Version 1.0 has the longitude first.
    if isOld, !text.contains(";"), line.name == "GEO" { swap(&said.latitude, &said.longitude) }
    said.accuracy = said.accuracy ?? accuracy
    guard let location = said.location(field, at: line.valueOffset, into: &result) else { return }
    facts.add(role, .location(location), field, at: line.valueOffset, into: &result)
    if isPlaceOfEntry { changeEntry { $0.coordinate = location.coordinate } }
  }

  /// X-APPLE-STRUCTURED-LOCATION, where an entry takes place, and X-APPLE-TRAVEL-START, where the way there starts:
  /// a geo: URI, with the name, the address and the radius as parameters.
  private mutating func applePlace(_ line: ContentLine, into result: inout ReadResult) {
    let field = "ICS:" + line.name
    let isTravel = line.name == "X-APPLE-TRAVEL-START"
    let name = line.parameter("X-TITLE") ?? ""
    let address = line.parameter("X-ADDRESS") ?? ""
    let isHome = Self.homeNames.contains(name.lowercased())
    let role: Role = isHome ? .home : isTravel ? .planned : .event
    for text in [name, address] where !text.isEmpty {
      facts.add(role, .place(text), field, at: line.offset, into: &result)
    }
    let accuracy = line.parameter("X-APPLE-RADIUS").flatMap { GeoText.number($0[...]) }.flatMap {
      $0 > 0 ? $0 : nil
    }
    position(
      line.rawText(limits), line, accuracy: accuracy, isPlaceOfEntry: !isTravel, role: role, into: &result)
    let whole = [name, address].filter { !$0.isEmpty }.joined(separator: ", ")
    changeEntry {
      if isTravel { $0.origin = whole } else if $0.place.isEmpty { $0.place = whole }
    }
    if line.parameter("X-APPLE-MAPKIT-HANDLE") != nil {
      result.notRead(
        "apple-mapkit-handle", "a place as Apple's maps keep it stands beside an entry", at: line.offset)
    }
  }

  /// What Apple's calendar calls the place where somebody lives, in the languages that we know it in.
  private static let homeNames: Set<String> = [
    "home", "my home", "zuhause", "privat", "domicile", "maison", "casa", "hogar", "thuis", "hem", "hjem",
    "koti",
    "dom", "domov", "дом", "ev", "casă", "otthon", "σπίτι", "自宅", "家", "住宅", "집",
  ]
}
