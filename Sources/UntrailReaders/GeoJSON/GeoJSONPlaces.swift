internal import UntrailModel

/// The points of GeoJSON: places that somebody keeps, and positions with times.
final class GeoJSONPlaces {
  private struct Place {
    var role: Role
    var location: Location
    var offset: Int?
    var field: String
  }

  private struct Text {
    var role: Role
    var fact: Observation.Fact
    var field: String
    var offset: Int?
    var text: String
  }

  private let facts: ExportFacts
  private var places: [Place] = []
  private var texts: [Text] = []
  /// Points with times.
  private var track: HistoryTrack
  private var firstTimed: Place?
  /// Points without times that are too many to be listed.
  private var surplus: HistoryTrack

  private static let timeKeys: [JSONKey] = [
    .time, .timestamp, .date, .otherTime, .timestampMs, .published, .startTime, .updated,
  ]

  init(_ facts: ExportFacts, _ limits: Limits) {
    self.facts = facts
    track = HistoryTrack(limits)
    surplus = HistoryTrack(limits)
  }

  private var limit: Int { max(1, facts.limits.observations / 10) }

  func take(_ position: JSONTape.Position, _ properties: JSONValue?, at offset: Int?) {
    let role = Self.role(properties)
    guard let coordinate = coordinate(position, properties, at: offset) else {
      return takeTexts(properties, role)
    }
    var location = Location(coordinate: coordinate)
    location.altitude = position.z ?? properties?[.altitude]?.looseNumber
    location.accuracy = properties?[.accuracy]?.looseNumber.flatMap { $0 > 0 ? $0 : nil }
    let time =
      Self.timeKeys.lazy.compactMap { JSONTime(properties?[$0]) }.first
      ?? position.extra.flatMap { JSONTime(epoch: $0) }
    location.time = time?.timestamp
    let place = Place(role: role, location: location, offset: offset, field: "GeoJSON:Point")
    takeTexts(properties, role)
    if let time, role == .waypoint {
      if track.count == 0 { firstTimed = place }
      track.add(coordinate, time, "GeoJSON:Point", at: offset)
    } else if places.count < limit {
      places.append(place)
    } else {
      surplus.add(coordinate, nil, "GeoJSON:Point", at: offset)
    }
  }

  /// What is written of a place.
  func takeTexts(_ properties: JSONValue?, _ role: Role) {
    guard let properties else { return }
    func keep(_ role: Role, _ value: JSONValue?, _ field: String, _ fact: (String) -> Observation.Fact) {
      guard texts.count < 4 * limit, let value, let text = value.text else { return }
      texts.append(Text(role: role, fact: fact(text), field: field, offset: value.offset, text: text))
    }
    let details = properties.first([.placeDetails, .location])
    for value in [
      properties[.name], properties[.title], properties[.placeTitle], details?[.name], details?[.placeName],
    ] {
      keep(role, value, "GeoJSON:name") { .place($0) }
    }
    for value in [
      properties[.address], properties[.placeAddress], details?[.address], details?[.placeAddress],
    ] {
      keep(role, value, "GeoJSON:address") { .place($0) }
    }
    keep(.comment, properties[.reviewText], "GeoJSON:review_text_published") { .text($0) }
    keep(.description, properties[.description], "GeoJSON:description") { .text($0) }
  }

  func finish() {
    for place in places { facts.addPlace(place.role, place.location, place.field, at: place.offset) }
    for text in texts { facts.add(text.role, text.fact, text.field, at: text.offset, once: text.text) }
    if track.count == 1, let firstTimed {
      facts.addPlace(firstTimed.role, firstTimed.location, firstTimed.field, at: firstTimed.offset)
    } else if let track = track.track {
      facts.addTrack(.recorded, track, self.track.field, at: self.track.offset)
    }
    if let track = surplus.track { facts.addTrack(.planned, track, surplus.field, at: surplus.offset) }
  }

  /// The point, or where that is 0, 0, what else is said of the place.
  private func coordinate(
    _ position: JSONTape.Position, _ properties: JSONValue?, at offset: Int?
  ) -> Coordinate? {
    if position.x == 0, position.y == 0, let properties {
      let numbers = properties[.placeDetails]?[.geoCoordinates]
      if let latitude = numbers?[.latitude]?.looseNumber, let longitude = numbers?[.longitude]?.looseNumber {
        return facts.coordinate(latitude, longitude, at: offset)
      }
      if let link = properties[.googleMapsURL]?.text {
        guard let position = MapsLink(link) else { return nil }
        return facts.coordinate(position.latitude, position.longitude, at: offset)
      }
    }
    return facts.coordinate(position.y, position.x, at: offset)
  }

  // MARK: Roles

  private static func role(_ properties: JSONValue?) -> Role {
    guard let properties else { return .waypoint }
    if properties.first([.googleMapsURL, .placeDetails]) != nil { return .saved }
    guard let name = properties[.name]?.text else { return .waypoint }
    let isLabelled = properties[.address] != nil
    if name == "Home" || isLabelled && homes.contains(name) { return .home }
    if name == "Work" || isLabelled && works.contains(name) { return .work }
    return isLabelled ? .saved : .waypoint
  }

  /// What Google labels a home, in the languages of accounts.
  private static let homes: Set<String> = [
    "Zuhause", "Domicile", "Maison", "Casa", "Início", "Inicio", "Дом", "Дім", "家", "自宅", "住家", "住宅", "집",
    "Hjem", "Hem", "Koti", "Dom", "Domov", "Thuis", "Otthon", "Acasă", "Ev", "المنزل", "منزل", "בית", "Σπίτι",
    "Nhà", "Rumah", "บ้าน", "घर", "Kuća", "Namai", "Kodu", "Mājas", "Начало", "Nyumbani",
  ]

  private static let works: Set<String> = [
    "Arbeit", "Travail", "Bureau", "Trabajo", "Trabalho", "Lavoro", "Работа", "Робота", "公司", "工作", "单位",
    "工作地點", "職場", "勤務先", "회사", "직장", "Werk", "Arbete", "Arbejde", "Jobb", "Työ", "Praca", "Práce",
    "Práca", "Munkahely", "Munka", "Serviciu", "İş", "İşyeri", "العمل", "محل کار", "עבודה", "Εργασία",
    "Cơ quan", "Kantor", "ที่ทำงาน", "कार्यालय", "Posao", "Darbas", "Töö", "Darbs", "Kazini",
  ]
}
