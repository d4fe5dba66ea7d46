internal import UntrailBytes
internal import UntrailModel

/// Says in plain sentences what the files reveal together, most telling first.
struct JoinedText {
  let redactor: Redactor
  let phrases: ObservationText
  let messages: Messages
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
        messages.text(.regularPlace, ["place": .text(shown(place)), "count": .count(place.days)])
      }
      sentences.append(counted(.regularPlaces, regular.count, named))
    }
    sentences += meetings(movement)
    sentences += devices(facts.devices)
    sentences += identities(facts.identities)
    sentences += weakLocations(facts.weakLocations)
    if movement.distinctPoints >= 4, let start = movement.start, let end = movement.end {
      sentences.append(
        messages.text(
          .uniqueness,
          ["count": .count(movement.distinctPoints), "start": .text(day(start)), "end": .text(day(end))]))
    }
    if movement.droppedCount > 0 {
      sentences.append(messages.text(.droppedPositions, ["count": .count(movement.droppedCount)]))
    }
    return sentences
  }

  private func place(_ place: Place, _ role: Place.Role) -> String {
    let values: [String: Messages.Value] = [
      "place": .text(shown(place)), "sureness": .text(sureness(place.confidence)),
    ]
    return switch role {
    case .home: messages.text(.home, values.merging(["count": .count(place.nights)]) { one, _ in one })
    case .work: messages.text(.work, values.merging(["count": .count(place.workdays)]) { one, _ in one })
    }
  }

  private func shown(_ place: Place) -> String {
    let text = phrases.coordinate(place.coordinate)
    var names: [String] = []
    if !place.town.isEmpty {
      names.append(TerminalText.escaped(messages.town(place.town, country: place.country)))
    }
    if !place.country.isEmpty { names.append(phrases.country(place.country)) }
    if !place.nearBorderOf.isEmpty {
      let countries = messages.list(place.nearBorderOf.map(phrases.country))
      names.append(messages.text(.nearBorder, ["countries": .text(countries)]))
    }
    if !place.disputedArea.isEmpty {
      names.append(messages.text(.disputed, ["area": .text(TerminalText.escaped(place.disputedArea))]))
    }
    guard !names.isEmpty, redactor.level != .share else { return text }
    return messages.text(.placeWithNames, ["place": .text(text), "names": .text(messages.list(names))])
  }

  private func upcoming(_ upcoming: [JoinedFacts.Upcoming]) -> [String] {
    guard !upcoming.isEmpty else { return [] }
    let named = upcoming.prefix(Self.limit).map { upcoming in
      let booking = phrases.reservation(upcoming.reservation)
      guard !upcoming.country.isEmpty, redactor.level != .share else { return booking }
      return messages.text(
        .inCountry, ["booking": .text(booking), "country": .text(phrases.country(upcoming.country))])
    }
    return [counted(.upcoming, upcoming.count, named)]
  }

  private func journeys(_ movement: Movement) -> [String] {
    let journeys = movement.journeys
    var sentences: [String] = []
    if !journeys.isEmpty {
      let named = journeys.suffix(Self.limit).reversed().map { journey in
        let places =
          journey.countries.isEmpty || redactor.level == .share
          ? [phrases.coordinate(journey.farthest)] : listed(journey.countries)
        return messages.list([period(journey.start, journey.end)] + places)
      }
      sentences.append(counted(.journeys, journeys.count, named))
    }
    if !movement.crossings.isEmpty, redactor.level != .share {
      let named = movement.crossings.suffix(Self.limit).map { crossing in
        messages.text(
          .crossing,
          [
            "from": .text(phrases.country(crossing.from)), "to": .text(phrases.country(crossing.to)),
            "date": .text(day(crossing.before)),
          ])
      }
      sentences.append(counted(.crossings, movement.crossings.count, named))
    }
    return sentences
  }

  /// Countries by name; of very many the first.
  private func listed(_ countries: [String]) -> [String] {
    let first = messages.list(countries.prefix(Self.limit).map(phrases.country))
    let rest = countries.count - Self.limit
    return [rest > 0 ? messages.text(.listMore, ["list": .text(first), "count": .count(rest)]) : first]
  }

  private func meetings(_ movement: Movement) -> [String] {
    movement.coPresences.filter { !$0.isOnePerson }.prefix(Self.limit).compactMap { meeting -> String? in
      guard let last = meeting.times.last else { return nil }
      return messages.text(
        .meeting,
        [
          "devices": .text(
            meeting.devices.map { messages.language.number(Int($0)) }.joined(
              separator: messages.text(.listAnd))),
          "count": .count(meeting.times.count), "place": .text(phrases.coordinate(meeting.coordinate)),
          "date": .text(day(last)),
        ])
    }
  }

  private func devices(_ devices: [DeviceGroup]) -> [String] {
    let linked = devices.filter { $0.fileCount >= 2 }
    guard !linked.isEmpty else { return [] }
    let named = linked.prefix(Self.limit).map { device in
      let values: [String: Messages.Value] = [
        "count": .count(device.fileCount), "device": .count(Int(device.number)),
        "name": .text(redactor.deviceName(device.name, messages)),
      ]
      return messages.text(device.name.isEmpty ? .ownDevice : .ownDeviceNamed, values)
    }
    return [messages.text(.ownDevices, ["list": .text(more(named, of: linked.count))])]
  }

  private func identities(_ identities: [SharedIdentity]) -> [String] {
    identities.prefix(Self.limit).map { identity in
      let accounts = identity.accounts.prefix(Self.limit).map { account in
        redactor.text(account.value, kind: account.kind, role: account.role, messages)
      }
      let list = more([messages.list(accounts)], of: identity.accounts.count, shown: accounts.count)
      return messages.text(
        .sharedIdentity, ["device": .count(Int(identity.device)), "list": .text(list)])
    }
  }

  private func weakLocations(_ locations: [WeakLocation]) -> [String] {
    guard !locations.isEmpty else { return [] }
    let surest = locations.enumerated().sorted {
      ($1.element.confidence, $0.offset) < ($0.element.confidence, $1.offset)
    }
    let shown = surest.prefix(Self.limit).sorted { $0.offset < $1.offset }.map(\.element)
    let named = shown.map { location in
      var parts = [period(location.firstDay * 86_400, location.lastDay * 86_400)]
      if let minutes = location.utcOffsetMinutes, redactor.showsTimeZones {
        parts.append("UTC" + written { $0.utcOffset(minutes) })
      }
      let countries = location.countries.prefix(3).map(phrases.country)
      if !countries.isEmpty {
        parts.append(messages.text(.perhaps, ["countries": .text(messages.alternatives(countries))]))
      }
      return messages.text(
        .weakLocation,
        [
          "what": .text(messages.list(parts)), "count": .count(location.fileCount),
          "sureness": .text(sureness(location.confidence)),
        ])
    }
    return [messages.text(.weakLocations, ["list": .text(more(named, of: locations.count))])]
  }

  // MARK: Words

  private func counted(_ message: Message, _ count: Int, _ named: [String]) -> String {
    messages.text(message, ["count": .count(count), "list": .text(more(named, of: count))])
  }

  /// The things that are named, and how many there are besides.
  private func more(_ named: [String], of count: Int, shown: Int? = nil) -> String {
    let list = messages.longList(named)
    let rest = count - (shown ?? named.count)
    return rest > 0 ? messages.text(.listMore, ["list": .text(list), "count": .count(rest)]) : list
  }

  private func day(_ seconds: Int64) -> String {
    messages.dated(written { $0.timestamp(Timestamp(civilSeconds: seconds), toDay: true) })
  }

  private func period(_ start: Int64, _ end: Int64) -> String {
    let (first, last) = (day(start), day(end))
    return first == last ? first : phrases.period(first, last)
  }

  private func written(_ body: (ByteBuffer) -> Void) -> String {
    let buffer = ByteBuffer(capacity: 32)
    body(buffer)
    return buffer.withBytes { String(decoding: $0, as: UTF8.self) }
  }

  private func sureness(_ confidence: Double) -> String {
    switch confidence {
    case 0.75...: messages.text(.surenessVery)
    case 0.5...: messages.text(.surenessRather)
    default: messages.text(.surenessLittle)
    }
  }
}
