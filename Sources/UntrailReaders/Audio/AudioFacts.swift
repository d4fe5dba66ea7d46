internal import UntrailModel

/// Adds what tags of sound files say, by its meaning.
struct AudioFacts {
  private let limits: Limits
  private var once: DistinctFacts
  private var latitude: Double?
  private var longitude: (degrees: Double, field: String, offset: Int?)?
  private var make: (text: String, field: String, offset: Int?)?
  private var model: (text: String, field: String, offset: Int?)?

  init(_ limits: Limits) {
    self.limits = limits
    once = DistinctFacts(limits)
  }

  mutating func add(
    _ role: Role, _ fact: Observation.Fact, _ field: String, at offset: Int?, into result: inout ReadResult
  ) {
    once.add(role, fact, field, at: offset, into: &result)
  }

  mutating func take(
    _ text: String, as meaning: AudioMeaning, _ field: String, at offset: Int?, into result: inout ReadResult
  ) {
    let text = text.trimmedText
    // Programs fill what must not be empty with signs.
    guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return }
    switch meaning {
    case .person(let role): person(text, role, field, at: offset, into: &result)
    case .encodedBy:
      if Self.isProgram(text) {
        add(.processing, .software(text), field, at: offset, into: &result)
      } else {
        person(text, .creator, field, at: offset, into: &result)
      }
    case .software: add(.processing, .software(text), field, at: offset, into: &result)
    case .time(let role): time(text, role, field, at: offset, into: &result)
    case .place(let role): add(role, .place(text), field, at: offset, into: &result)
    case .location: location(text, field, at: offset, into: &result)
    case .latitude: latitude = WrittenCoordinate.read(text.utf8)?.degrees
    case .longitude:
      longitude = WrittenCoordinate.read(text.utf8).map { ($0.degrees, field, offset) }
    case .contact: add(ContactText.role(of: text), .contact(text), field, at: offset, into: &result)
    case .url: url(text, field, at: offset, into: &result)
    case .link(.originalFileName) where text.contains("/") || text.contains("\\"):
      add(.path, .link(text), field, at: offset, into: &result)
    case .link(let role): add(role, .link(text), field, at: offset, into: &result)
    case .text(let role): add(role, .text(text), field, at: offset, into: &result)
    case .make: make = (text, field, offset)
    case .model: model = (text, field, offset)
    case .technical: break
    }
  }

  /// Adds what stands in more tags than one.
  mutating func finish(into result: inout ReadResult) {
    if let latitude, let longitude {
      position(latitude, longitude.degrees, nil, longitude.field, at: longitude.offset, into: &result)
    }
    if let last = model ?? make {
      let device = Device(make: make?.text ?? "", model: model?.text ?? "")
      add(.recorder, .device(device), last.field, at: last.offset, into: &result)
    }
    (latitude, longitude, make, model) = (nil, nil, nil, nil)
  }

  // MARK: Meanings

  private mutating func person(
    _ text: String, _ role: Role, _ field: String, at offset: Int?, into result: inout ReadResult
  ) {
    add(role, .person(text), field, at: offset, into: &result)
    if let address = AddressText.email(text) {
      add(.email, .contact(address), field, at: offset, into: &result)
    }
  }

  private mutating func url(_ text: String, _ field: String, at offset: Int?, into result: inout ReadResult) {
    if let link = MapLink(text) {
      position(link.latitude, link.longitude, nil, field, at: offset, into: &result)
    }
    add(
      ContactText.role(of: text) == .email ? .email : .url, .contact(text), field, at: offset, into: &result)
  }

  /// A year alone is no point in time.
  private mutating func time(
    _ text: String, _ role: Role, _ field: String, at offset: Int?, into result: inout ReadResult
  ) {
    guard let timestamp = WrittenTime.read(text) else { return }
    add(role, .timestamp(timestamp), field, at: offset, into: &result)
  }

  private mutating func location(
    _ text: String, _ field: String, at offset: Int?, into result: inout ReadResult
  ) {
    if text.hasPrefix("+") || text.hasPrefix("-"), let found = ISO6709.position(text) {
      position(found.latitude, found.longitude, found.altitude, field, at: offset, into: &result)
    } else if let found = WrittenCoordinate.pair(text, isLongitudeFirst: false) {
      position(found.latitude, found.longitude, nil, field, at: offset, into: &result)
    } else if let found = GeoText(text) {
      position(found.latitude, found.longitude, found.altitude, field, at: offset, into: &result)
    } else if let found = MapLink(text) {
      position(found.latitude, found.longitude, nil, field, at: offset, into: &result)
    } else if text.contains(where: \.isLetter) {
      add(.landmark, .place(text), field, at: offset, into: &result)
    }
  }

  private mutating func position(
    _ latitude: Double, _ longitude: Double, _ altitude: Double?, _ field: String, at offset: Int?,
    into result: inout ReadResult
  ) {
    guard let coordinate = CheckedPlace.coordinate(latitude, longitude, at: offset, into: &result) else {
      return
    }
    var location = Location(coordinate: coordinate)
    location.altitude = altitude
    add(.camera, .location(location), field, at: offset, into: &result)
  }

  /// Whether a text names a program rather than a person: it has a version, or a word that programs are called by.
  static func isProgram(_ text: String) -> Bool {
    let lower = text.lowercased()
    if lower.contains("@") || BoundedText.isWebAddress(lower) { return false }
    if programs.contains(where: { lower.contains($0) }) { return true }
    // A version: 3.100, v12.
    let words = lower.split { $0 == " " || $0 == "(" || $0 == ")" || $0 == "/" }
    return words.contains { word in
      let rest = word.hasPrefix("v") ? word.dropFirst() : word
      return rest.first.map { "0123456789".contains($0) } ?? false
        && rest.allSatisfy { "0123456789.".contains($0) } && (rest.contains(".") || rest.count < word.count)
    }
  }

  private static let programs = [
    "lame", "itunes", "lavf", "lavc", "ffmpeg", "encoder", "codec", "audacity", "exact audio copy", "eac",
    "dbpoweramp", "foobar", "fre:ac", "winamp", "windows media", "audition", "wavelab", "reaper",
    "garageband",
    "logic pro", "pro tools", "xing", "fraunhofer", "fhg", "gogo", "blade", "helix", "musicmatch",
    "realplayer",
    "jetaudio", "nero", "sound forge", "voice recorder", "cdex", "ripper", "media player", "media center",
    "software", "soundbooth", "youtube", "hindenburg", "auphonic", "switch sound",
  ]
}
