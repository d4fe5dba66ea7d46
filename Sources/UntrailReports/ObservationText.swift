internal import UntrailBytes
internal import UntrailModel

/// Says an observation in words, for people, at the privacy level of the report.
struct ObservationText {
  let redactor: Redactor
  let messages: Messages

  /// What the fact is, without its kind and field.
  func phrase(_ observation: Observation) -> String {
    switch observation.fact {
    case .location(let location): self.location(location)
    case .track(let track): self.track(track)
    case .travel(let reservation): self.reservation(reservation)
    case .movement(let inference): self.inference(inference, observation.role)
    case .device(let device): self.device(device, observation.role)
    case .timestamp(let timestamp): self.timestamp(timestamp)
    case .utcOffset(let minutes):
      redactor.timeZone(minutes).map { messages.label(.timeZone, $0) }
        ?? "UTC" + written { $0.utcOffset(minutes) }
    case .hidden(let content):
      !redactor.isExact
        ? messages.text(.present)
        : content.byteCount.map { messages.text(.byteCount, ["count": .count($0)]) }
          ?? messages.text(.sizeUnknown)
    case .place(let text), .software(let text), .serial(let text), .person(let text), .link(let text),
      .text(let text), .contact(let text), .network(let text):
      redactor.text(text, kind: observation.kind, role: observation.role, messages)
    }
  }

  private func device(_ device: Device, _ role: Role) -> String {
    let type = redactor.deviceName(Device(make: device.make, model: device.model).name, messages)
    guard !device.hostName.isEmpty else { return type }
    let name = redactor.text(device.hostName, kind: .device, role: role, messages)
    return type.isEmpty ? name : "\(name) (\(type))"
  }

  private func degrees(_ value: Double) -> String {
    let isExact = redactor.isExact
    return written {
      $0.append(redactor.degrees(value), decimals: isExact ? 6 : 1, minimumDecimals: isExact ? 5 : 1)
    }
  }

  func coordinate(_ coordinate: Coordinate) -> String {
    let place = degrees(coordinate.latitude) + ", " + degrees(coordinate.longitude)
    return redactor.isExact ? messages.isolated(place) : messages.text(.near, ["place": .text(place)])
  }

  private func track(_ track: Track) -> String {
    let corners = (
      "\(degrees(track.south)), \(degrees(track.west))", "\(degrees(track.north)), \(degrees(track.east))"
    )
    var phrase =
      corners.0 == corners.1
      ? messages.text(.positionsNear, ["count": .count(track.pointCount), "place": .text(corners.0)])
      : messages.text(
        .positionsBetween,
        ["count": .count(track.pointCount), "first": .text(corners.0), "second": .text(corners.1)])
    func time(_ seconds: Int64) -> String {
      timestamp(Timestamp(civilSeconds: seconds, utcOffsetMinutes: track.isLocalTime ? nil : 0))
    }
    if let start = track.start.map(time), let end = track.end.map(time) {
      phrase = messages.list([phrase, start == end ? start : period(start, end)])
    }
    return phrase
  }

  /// From when to when, or from where to where.
  func period(_ start: String, _ end: String) -> String {
    messages.text(.period, ["start": .text(start), "end": .text(end)])
  }

  func reservation(_ reservation: Reservation) -> String {
    var parts = [category(reservation.category)]
    if redactor.isExact {
      if !reservation.name.isEmpty {
        parts[0] += " " + messages.isolated(TerminalText.escaped(reservation.name))
      }
      let texts: [(Message, name: String, String)] = [
        (.from, "place", reservation.from), (.to, "place", reservation.to),
        (.by, "name", reservation.provider),
        (.reference, "code", reservation.reference), (.for, "name", reservation.traveller),
        (.seat, "seat", reservation.seat),
      ]
      for (message, name, text) in texts where !text.isEmpty {
        parts.append(messages.text(message, [name: .text(TerminalText.escaped(text))]))
      }
    }
    if let start = reservation.start {
      parts.append(messages.text(.starts, ["time": .text(timestamp(start))]))
    }
    if let end = reservation.end { parts.append(messages.text(.ends, ["time": .text(timestamp(end))])) }
    if let place = reservation.coordinate { parts.append(coordinate(place)) }
    return messages.list(parts)
  }

  private func category(_ category: Reservation.Category) -> String {
    switch category {
    case .flight: messages.text(.categoryFlight)
    case .train: messages.text(.categoryTrain)
    case .bus: messages.text(.categoryBus)
    case .ferry: messages.text(.categoryFerry)
    case .car: messages.text(.categoryCar)
    case .lodging: messages.text(.categoryLodging)
    case .event: messages.text(.categoryEvent)
    case .restaurant: messages.text(.categoryRestaurant)
    case .appointment: messages.text(.categoryAppointment)
    case .other: messages.text(.categoryOther)
    }
  }

  private func inferenceName(_ role: Role) -> String {
    switch role {
    case .home: messages.text(.inferenceHome)
    case .work: messages.text(.inferenceWork)
    case .frequentPlace: messages.text(.inferencePlace)
    case .stay: messages.text(.inferenceStay)
    case .trip: messages.text(.inferenceTrip)
    case .borderCrossing: messages.text(.inferenceBorderCrossing)
    case .gap: messages.text(.inferenceGap)
    case .coPresence: messages.text(.inferenceCoPresence)
    case .uniqueness: messages.text(.inferenceUniqueness)
    default: role.name
    }
  }

  private func inference(_ inference: Inference, _ role: Role) -> String {
    var parts = [inferenceName(role)]
    if redactor.isExact, !inference.text.isEmpty {
      parts.append(messages.isolated(TerminalText.escaped(inference.text)))
    }
    if let place = inference.coordinate { parts.append(coordinate(place)) }
    if !inference.country.isEmpty { parts.append(country(inference.country)) }
    if inference.days > 0 { parts.append(messages.text(.days, ["count": .count(inference.days)])) }
    if inference.nights > 0 { parts.append(messages.text(.nights, ["count": .count(inference.nights)])) }
    for (message, seconds) in [(Message.fromTime, inference.start), (.toTime, inference.end)] {
      guard let seconds else { continue }
      let time = timestamp(Timestamp(civilSeconds: seconds, utcOffsetMinutes: 0))
      parts.append(messages.text(message, ["time": .text(time)]))
    }
    return messages.list(parts)
  }

  /// The name of a country, by its code.
  func country(_ code: String) -> String { TerminalText.escaped(messages.country(code)) }

  private func location(_ location: Location) -> String {
    let isExact = redactor.isExact
    var phrase = coordinate(location.coordinate)
    if isExact {
      func number(_ value: Double, _ decimals: Int = 1) -> Messages.Value {
        .text(written { $0.append(value, decimals: decimals) })
      }
      if let accuracy = location.accuracy {
        phrase += " " + messages.text(.accuracy, ["metres": number(accuracy)])
      }
      var parts = [phrase]
      if let altitude = location.altitude {
        parts.append(messages.text(.altitude, ["metres": number(altitude)]))
      }
      if let speed = location.speed { parts.append(messages.text(.speed, ["speed": number(speed * 3.6)])) }
      if let course = location.course {
        parts.append(messages.text(.course, ["degrees": number(course, 0)]))
      }
      if let direction = location.direction {
        parts.append(messages.text(.direction, ["degrees": number(direction, 0)]))
      }
      phrase = messages.list(parts)
    }
    if let time = location.time { phrase = messages.list([phrase, timestamp(time)]) }
    return phrase
  }

  func timestamp(_ timestamp: Timestamp) -> String {
    var phrase = written { $0.timestamp(timestamp, toDay: !redactor.isExact) }
    phrase = messages.dated(phrase)
    if let time = phrase.firstIndex(of: "T") { phrase.replaceSubrange(time...time, with: " ") }
    if redactor.isExact, !timestamp.subseconds.isEmpty { phrase += "." + timestamp.subseconds }
    if let minutes = timestamp.utcOffsetMinutes, redactor.showsTimeZones {
      phrase += minutes == 0 ? " UTC" : " UTC" + written { $0.utcOffset(minutes) }
    }
    return phrase
  }

  private func written(_ write: (ByteBuffer) -> Void) -> String {
    let buffer = ByteBuffer(capacity: 64)
    write(buffer)
    return buffer.text
  }
}
