internal import UntrailModel

/// What a field of a pass is about, by its key and label, in the languages of airlines and railways.
enum PassFieldMeaning {
  case traveller
  case reference
  case seat
  case number
  case from
  case to
  case start
  case end
  case venue
  case password
  case other

  init(key: String, label: String) {
    let words = [key, label].map { Self.words($0) }
    let joined = words.flatMap { $0 }
    func has(_ wanted: Set<String>) -> Bool { joined.contains { wanted.contains($0) } }
    func hasPart(_ parts: [String]) -> Bool {
      joined.contains { word in parts.contains { word.hasPrefix($0) } }
    }
    if has([
      "password", "pin", "passcode", "passwort", "pincode", "kennwort", "contraseña", "clave", "wachtwoord",
      "passe",
    ]) {
      self = .password
    } else if hasPart([
      "passeng", "passag", "travel", "reisend", "fahrgast", "pasaj", "pasaż", "viajer", "guest", "attendee",
      "voyageur", "viaggiat", "holder", "inhaber", "titulaire", "titular", "resenär", "matkustaja", "乗客",
      "旅客",
    ])
      && !has(["class", "status"])
    {
      self = .traveller
    } else if hasPart([
      "pnr", "confirmation", "booking", "reservation", "locator", "reference", "buchung", "réserv", "reserva",
      "prenotaz", "bokning", "auftrag", "boeking", "rezerwac",
    ]) {
      self = .reference
    } else if hasPart([
      "seat", "sitz", "platz", "asiento", "siège", "posto", "zitplaats", "stoel", "座席", "座位",
    ]) {
      self = .seat
    } else if hasPart([
      "flight", "flug", "vol", "vuelo", "volo", "vlucht", "train", "zug", "treno", "tren", "便",
    ]) {
      self = .number
    } else if hasPart([
      "origin", "depart", "from", "abflug", "abfahrt", "von", "départ", "salida", "partenza",
    ]) {
      self = hasPart(["time", "date", "zeit", "hora", "heure"]) ? .start : .from
    } else if hasPart(["destin", "arriv", "ankunft", "nach", "llegada", "arrivo", "ziel"]) || has(["to"]) {
      self = hasPart(["time", "date", "zeit", "hora", "heure"]) ? .end : .to
    } else if hasPart([
      "venue", "location", "place", "address", "ort", "lieu", "lugar", "luogo", "hotel", "adresse",
    ]) {
      self = .venue
    } else if hasPart([
      "boarding", "start", "begin", "date", "datum", "time", "zeit", "check", "event", "einlass", "doors",
    ]) {
      self = .start
    } else if hasPart(["end", "expir", "until", "bis"]) {
      self = .end
    } else if has(["name", "nombre", "nom", "nome", "naam", "member", "mitglied", "kunde", "customer"]) {
      self = .traveller
    } else {
      self = .other
    }
  }

  var timeRole: Role {
    switch self {
    case .end, .to: .end
    case .start, .from: .start
    default: .planned
    }
  }

  /// "prim_origin", "flightNumber", "NAME OF PASSENGER".
  private static func words(_ text: String) -> [String] {
    var words: [String] = [""]
    var wasSmall = false
    for character in text.prefix(80) {
      guard character.isLetter else {
        if words.last != "" { words.append("") }
        wasSmall = false
        continue
      }
      if character.isUppercase, wasSmall { words.append("") }
      words[words.count - 1] += character.lowercased()
      wasSmall = character.isLowercase
    }
    return words.filter { !$0.isEmpty }
  }
}

/// The journey or event that a pass is for, put together from what is found in it.
struct PassTravel {
  var start: Timestamp?
  var end: Timestamp?
  var coordinate: Coordinate?
  /// What the tags of the pass say: more than its fields do.
  var tags = Reservation(.other)
  private var shown = Reservation(.other)
  private var venue = ""
  private var title = ""
  private var leg: BoardingPassLeg?
  private let style: String
  private let category: Reservation.Category

  var isTicket: Bool { style == "boardingPass" || style == "eventTicket" }

  init(style: String, transitType: String?) {
    self.style = style
    let types: [String: Reservation.Category] = [
      "PKTransitTypeAir": .flight, "PKTransitTypeTrain": .train, "PKTransitTypeBus": .bus,
      "PKTransitTypeBoat": .ferry,
    ]
    switch style {
    case "boardingPass": category = transitType.flatMap { types[$0] } ?? .other
    case "eventTicket": category = .event
    default: category = .other
    }
  }

  mutating func take(_ leg: BoardingPassLeg) { if self.leg == nil { self.leg = leg } }

  mutating func take(_ text: String, label: String, _ meaning: PassFieldMeaning, group: String, index: Int) {
    func set(_ path: WritableKeyPath<Reservation, String>, _ value: String) {
      if shown[keyPath: path].isEmpty { shown[keyPath: path] = value }
    }
    let isPrimary = group == "primaryFields"
    if isPrimary, style == "boardingPass", index < 2 {
      return set(index == 0 ? \.from : \.to, text)
    }
    if isPrimary, title.isEmpty { title = text }
    guard group != "backFields" || meaning == .reference || meaning == .traveller else { return }
    switch meaning {
    case .traveller: set(\.traveller, text)
    case .reference: set(\.reference, text)
    case .seat: set(\.seat, text)
    case .number: if text.contains(where: \.isNumber) { set(\.name, text) }
    case .from: if PassTime.read(text) == nil { set(\.from, text) }
    case .to: if PassTime.read(text) == nil { set(\.to, text) }
    case .venue: if venue.isEmpty { venue = text }
    case .start: start = start ?? PassTime.read(text)
    case .end: end = end ?? PassTime.read(text)
    case .password, .other: break
    }
  }

  /// Adds the journey or event.
  func finish(_ pass: DataValue, _ facts: inout PassFacts) {
    let tagged = tags.start ?? start
    guard isTicket || tags.category != .other || style == "generic" && tagged != nil else { return }
    var booked = Reservation(category == .other ? tags.category : category)
    let coded = leg.map { $0.reservation() } ?? Reservation(.other)
    for (_, path) in Reservation.texts {
      let candidates = [tags[keyPath: path], shown[keyPath: path], coded[keyPath: path]]
      booked[keyPath: path] = candidates.first { !$0.isEmpty } ?? ""
    }
    // The name as it is shown is the one that people have.
    if booked.provider.utf8.count <= 3, let issuer = pass["organizationName"]?.label {
      booked.provider = issuer
    }
    if booked.name.isEmpty { booked.name = title.isEmpty ? pass["description"]?.label ?? "" : title }
    if booked.to.isEmpty { booked.to = venue }
    booked.start = tagged
    booked.end = tags.end ?? end
    booked.coordinate = tags.coordinate ?? (category == .event ? coordinate : nil)
    let role: Role = style == "boardingPass" ? .boardingPass : style == "eventTicket" ? .ticket : .reservation
    facts.add(role, .travel(booked), style, pass[style])
  }
}
