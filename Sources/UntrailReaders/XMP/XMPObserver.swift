internal import UntrailBytes
internal import UntrailModel

/// Turns the properties of a packet into observations: channels A10 and A11, and what of A9 and A13 stands in XMP.
struct XMPObserver {
  private let packet: XMPPacket
  private let limits: Limits
  /// The field and value of what was added, so that nothing is added twice.
  private var known: Set<String> = []
  private(set) var result: ReadResult

  /// Beyond this many observations of a file, values that were there before the packet are not looked for.
  private static let knownLimit = 2000

  /// Adds what the packet says to `result`. Damage becomes diagnostics.
  static func observe(_ packet: XMPPacket, into result: inout ReadResult, _ limits: Limits) {
    // What is more is cut anyway.
    guard result.observations.count <= limits.observations else { return }
    var observer = XMPObserver(packet, result, limits)
    result = ReadResult()
    observer.observe()
    result = observer.result
    for flaw in packet.flaws { result.damage(flaw) }
  }

  private init(_ packet: XMPPacket, _ result: ReadResult, _ limits: Limits) {
    self.packet = packet
    self.limits = limits
    self.result = result
    if result.observations.count <= Self.knownLimit {
      for observation in result.observations where observation.field.hasPrefix("XMP-") {
        known.insert(Self.mark(observation.role, observation.fact, observation.field))
      }
    }
  }

  private mutating func observe() {
    XMPPlaces.observe(packet.properties, into: &self)
    XMPDevices.observe(packet.properties, into: &self)
    XMPRegions.observe(packet.properties, into: &self)
    XMPContainer.observe(packet.properties, into: &self)
    for property in packet.properties {
      if let meaning = XMPMeaning.of(property) {
        observe(property, meaning)
      } else if let meaning = XMPGuess.meaning(of: property) {
        observe(property, meaning)
      }
    }
  }

  /// Adds an observation, once.
  mutating func add(_ role: Role, _ fact: Observation.Fact, _ property: XMPProperty) {
    guard let field = XMPField.name(property), known.insert(Self.mark(role, fact, field)).inserted else {
      return
    }
    result.add(role, fact, field, at: property.place)
  }

  mutating func doubt(_ code: String, _ message: String, _ property: XMPProperty) {
    result.doubt(code, (XMPField.name(property) ?? "XMP") + ": " + message, at: property.place)
  }

  private static func mark(_ role: Role, _ fact: Observation.Fact, _ field: String) -> String {
    let value =
      switch fact {
      case .location(let location): "\(location.coordinate.latitude),\(location.coordinate.longitude)"
      case .timestamp(let time): "\(time.civilSeconds).\(time.subseconds)\(time.utcOffsetMinutes ?? .min)"
      case .utcOffset(let minutes): "\(minutes)"
      case .hidden(let content): "\(content.byteCount ?? -1)"
      default: fact.text ?? ""
      }
    return "\(field)\0\(role.rawValue)\0\(value)"
  }

  private mutating func observe(_ property: XMPProperty, _ meaning: XMPMeaning) {
    let value = property.value
    switch meaning {
    case .nothing: break
    case .time(let role): observeTime(property, role)
    case .clock(let role, let epoch, let units):
      if let time = XMPTime.clock(value, epoch: epoch, unitsPerSecond: units) {
        add(role, .timestamp(time), property)
      }
    case .zone:
      if let minutes = XMPTime.zone(ofTimeOfDay: value) { add(.zone, .utcOffset(minutes), property) }
    case .hidden(let role):
      // Four characters of base64 are three bytes.
      add(role, .hidden(HiddenContent(byteCount: property.byteCount / 4 * 3)), property)
    default:
      guard !XMPText.isUnset(value) else { return }
      observeText(property, meaning)
    }
  }

  private mutating func observeText(_ property: XMPProperty, _ meaning: XMPMeaning) {
    let value = property.value
    switch meaning {
    case .place(let role): add(role, .place(value), property)
    case .person(let role):
      if !XMPText.isNone(value) { add(role, .person(value), property) }
    case .contact(let role): add(role, .contact(value), property)
    case .network(let role): add(role, .network(value), property)
    case .serial(let role):
      if !XMPText.isUnsetNumber(value) { add(role, .serial(value), property) }
    case .link(let role):
      if !XMPText.isUnsetNumber(value) { add(role, .link(value), property) }
    case .software(let role): add(role, .software(value), property)
    case .text(let role): add(role, .text(value), property)
    case .keyword: observeKeyword(property)
    case .time, .clock, .zone, .hidden, .nothing: break
    }
  }

  private mutating func observeTime(_ property: XMPProperty, _ role: Role) {
    switch XMPTime.dateTime(property.value) {
    case .time(var time):
      // What counts by satellites is UTC.
      if role == .gps, time.utcOffsetMinutes == nil { time.utcOffsetMinutes = 0 }
      add(role, .timestamp(time), property)
    case .malformed where property.leaf.prefix != "dc":
      doubt("time-malformed", "this is not a date", property)
    case .malformed, .unset: break
    }
  }

  /// A keyword, and what its branch says of it: "People|Mara Example", "Places/Vienna".
  private mutating func observeKeyword(_ property: XMPProperty) {
    for keyword in XMPText.keywords(property.value) {
      var single = property
      single.value = keyword
      add(.keywords, .text(keyword), single)
      let branches = keyword.split { $0 == "|" || $0 == "/" }.map(String.init)
      guard branches.count > 1, let name = branches.last?.trimmed, !name.isEmpty else { continue }
      let root = branches[0].trimmed.lowercased()
      if XMPText.peopleBranches.contains(root) { add(.depicted, .person(name), single) }
      if XMPText.placeBranches.contains(root) { add(.area, .place(name), single) }
    }
  }
}
