internal import UntrailBytes
internal import UntrailModel

/// Says in plain sentences what the files reveal together, most telling first.
struct JoinedText {
  let redactor: Redactor
  let phrases: ObservationText
  /// Bookings, journeys and devices that are named one by one.
  private static let limit = 5

  /// One sentence each; empty where the files say nothing together.
  func sentences(_ facts: JoinedFacts) -> [String] {
    let movement = facts.movement
    var sentences: [String] = []
    for place in movement.places {
      guard let role = place.role else { continue }
      sentences.append(self.place(place, role))
    }
    sentences += upcoming(facts.upcoming)
    sentences += journeys(movement)
    let regular = movement.places.filter { $0.role == nil && $0.days >= 3 }
    if !regular.isEmpty {
      let named = regular.prefix(Self.limit).map { place in
        "\(shown(place)) (\(Self.count(place.days, "day")))"
      }
      sentences.append(
        "\(Self.count(regular.count, "more place")) where you were on three days or more: "
          + named.joined(separator: "; ") + Self.more(regular.count) + ".")
    }
    sentences += meetings(movement)
    sentences += devices(facts.devices)
    sentences += identities(facts.identities)
    sentences += weakLocations(facts.weakLocations)
    if movement.distinctPoints >= 4, let start = movement.start, let end = movement.end {
      sentences.append(
        "\(movement.distinctPoints) different hours at places from \(day(start)) to \(day(end)). Four are enough to "
          + "tell 95 of 100 people from all others.")
    }
    if movement.droppedCount > 0 {
      sentences.append(
        "\(movement.droppedCount) more positions were too many to be looked at together.")
    }
    return sentences
  }

  private func place(_ place: Place, _ role: Place.Role) -> String {
    let what =
      switch role {
      case .home:
        "Where you probably live: \(shown(place)). You were there on \(Self.count(place.nights, "night"))"
      case .work:
        "Where you probably work: \(shown(place)). You were there on \(Self.count(place.workdays, "working day"))"
      }
    return "\(what); how sure: \(Self.sureness(place.confidence))."
  }

  private func shown(_ place: Place) -> String {
    var text = phrases.coordinate(place.coordinate)
    var names = [place.town, place.country].filter { !$0.isEmpty }.map { TerminalText.escaped($0) }
    if !place.nearBorderOf.isEmpty {
      names.append("near the border of " + place.nearBorderOf.joined(separator: ", "))
    }
    if !place.disputedArea.isEmpty { names.append("disputed: " + TerminalText.escaped(place.disputedArea)) }
    if !names.isEmpty, redactor.level != .share { text += " (\(names.joined(separator: ", ")))" }
    return text
  }

  private func upcoming(_ upcoming: [JoinedFacts.Upcoming]) -> [String] {
    guard !upcoming.isEmpty else { return [] }
    let named = upcoming.prefix(Self.limit).map { upcoming in
      phrases.reservation(upcoming.reservation)
        + (upcoming.country.isEmpty || redactor.level == .share ? "" : ", in \(upcoming.country)")
    }
    return [
      "Where you will be: \(Self.count(upcoming.count, "booking or appointment", "bookings and appointments")) to "
        + "come: " + named.joined(separator: "; ") + Self.more(upcoming.count) + "."
    ]
  }

  private func journeys(_ movement: Movement) -> [String] {
    let journeys = movement.journeys
    var sentences: [String] = []
    if !journeys.isEmpty {
      let named = journeys.suffix(Self.limit).reversed().map { journey in
        var text = day(journey.start)
        if day(journey.end) != text { text += " to " + day(journey.end) }
        if journey.countries.isEmpty || redactor.level == .share {
          text += ", \(phrases.coordinate(journey.farthest))"
        } else {
          text += ", " + journey.countries.joined(separator: ", ")
        }
        return text
      }
      sentences.append(
        "\(Self.count(journeys.count, "journey")): " + named.joined(separator: "; ")
          + Self.more(journeys.count)
          + ".")
    }
    if !movement.crossings.isEmpty, redactor.level != .share {
      let named = movement.crossings.suffix(Self.limit).map { crossing in
        "\(crossing.from) to \(crossing.to) (\(day(crossing.before)))"
      }
      sentences.append(
        "\(Self.count(movement.crossings.count, "border crossing")): " + named.joined(separator: "; ")
          + Self.more(movement.crossings.count) + ".")
    }
    return sentences
  }

  private func meetings(_ movement: Movement) -> [String] {
    movement.coPresences.filter { !$0.isOnePerson }.prefix(Self.limit).map { meeting in
      "Device \(meeting.devices.map { "\($0)" }.joined(separator: " and device ")) were at one place in the same "
        + "hour \(meeting.times.count) times, last at \(phrases.coordinate(meeting.coordinate))"
        + (meeting.times.last.map { " on \(day($0))" } ?? "") + ": that can show a meeting."
    }
  }

  private func devices(_ devices: [DeviceGroup]) -> [String] {
    let linked = devices.filter { $0.fileCount >= 2 }
    guard !linked.isEmpty else { return [] }
    let named = linked.prefix(Self.limit).map { device in
      "\(Self.count(device.fileCount, "file")) from device \(device.number)"
        + (device.name.isEmpty ? "" : ", \(TerminalText.escaped(device.name))")
    }
    return [
      "Which devices are yours: " + named.joined(separator: "; ") + Self.more(linked.count) + "."
    ]
  }

  private func identities(_ identities: [SharedIdentity]) -> [String] {
    identities.prefix(Self.limit).map { identity in
      let accounts = identity.accounts.prefix(Self.limit).map { account in
        TerminalText.escaped(redactor.text(account.value, kind: account.kind, role: account.role))
      }
      return "These accounts were used with one device, \(identity.device): "
        + accounts.joined(separator: ", ")
        + Self.more(identity.accounts.count) + "."
    }
  }

  private func weakLocations(_ locations: [WeakLocation]) -> [String] {
    guard !locations.isEmpty else { return [] }
    let surest = locations.enumerated().sorted {
      ($1.element.confidence, $0.offset) < ($0.element.confidence, $1.offset)
    }
    let shown = surest.prefix(Self.limit).sorted { $0.offset < $1.offset }.map(\.element)
    let named = shown.map { location in
      let first = day(location.firstDay * 86_400)
      let last = day(location.lastDay * 86_400)
      var text = first + (last == first ? "" : " to \(last)")
      if let minutes = location.utcOffsetMinutes { text += ", UTC" + written { $0.utcOffset(minutes) } }
      let countries = location.countries.map { TerminalText.escaped($0) }
      if !countries.isEmpty { text += ", perhaps \(countries.prefix(3).joined(separator: " or "))" }
      return text
        + " (\(Self.count(location.fileCount, "file")), how sure: \(Self.sureness(location.confidence)))"
    }
    return [
      "Even without places, clocks and networks say where you were: " + named.joined(separator: "; ")
        + Self.more(locations.count) + "."
    ]
  }

  // MARK: Words

  private func day(_ seconds: Int64) -> String {
    written { $0.timestamp(Timestamp(civilSeconds: seconds), toDay: true) }
  }

  private func written(_ body: (ByteBuffer) -> Void) -> String {
    let buffer = ByteBuffer(capacity: 32)
    body(buffer)
    return buffer.withBytes { String(decoding: $0, as: UTF8.self) }
  }

  private static func count(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    count == 1 ? "1 \(one)" : "\(count) \(many ?? one + "s")"
  }

  private static func more(_ count: Int) -> String {
    count > limit ? "; and \(count - limit) more" : ""
  }

  private static func sureness(_ confidence: Double) -> String {
    switch confidence {
    case 0.75...: "very"
    case 0.5...: "rather"
    default: "a little"
    }
  }
}
