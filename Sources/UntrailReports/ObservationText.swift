internal import UntrailBytes
internal import UntrailModel

/// Says an observation in words, for people, at the privacy level of the report.
struct ObservationText {
  let redactor: Redactor

  /// What the fact is, without its kind and field.
  func phrase(_ observation: Observation) -> String {
    switch observation.fact {
    case .location(let location): self.location(location)
    case .track(let track): self.track(track)
    case .travel(let reservation): self.reservation(reservation)
    case .movement(let inference): self.inference(inference, observation.role)
    case .device(let device): self.device(device, observation.role)
    case .timestamp(let timestamp): self.timestamp(timestamp)
    case .utcOffset(let minutes): "UTC" + written { $0.utcOffset(minutes) }
    case .hidden(let content):
      redactor.isExact ? content.byteCount.map { "\($0) bytes" } ?? "size not stated" : "present"
    case .place(let text), .software(let text), .serial(let text), .person(let text), .link(let text),
      .text(let text), .contact(let text), .network(let text):
      TerminalText.escaped(redactor.text(text, kind: observation.kind, role: observation.role))
    }
  }

  private func device(_ device: Device, _ role: Role) -> String {
    guard !device.hostName.isEmpty else { return TerminalText.escaped(device.name) }
    let name = TerminalText.escaped(redactor.text(device.hostName, kind: .device, role: role))
    let type = Device(make: device.make, model: device.model).name
    return type.isEmpty ? name : "\(name) (\(TerminalText.escaped(type)))"
  }

  private func degrees(_ value: Double) -> String {
    let isExact = redactor.isExact
    return written {
      $0.append(redactor.degrees(value), decimals: isExact ? 6 : 1, minimumDecimals: isExact ? 5 : 1)
    }
  }

  func coordinate(_ coordinate: Coordinate) -> String {
    (redactor.isExact ? "" : "near ") + degrees(coordinate.latitude) + ", "
      + degrees(coordinate.longitude)
  }

  private func track(_ track: Track) -> String {
    var phrase = track.pointCount == 1 ? "1 position" : "\(track.pointCount) positions"
    let corners = (
      "\(degrees(track.south)), \(degrees(track.west))", "\(degrees(track.north)), \(degrees(track.east))"
    )
    phrase += corners.0 == corners.1 ? " near \(corners.0)" : " between \(corners.0) and \(corners.1)"
    func time(_ seconds: Int64) -> String {
      timestamp(Timestamp(civilSeconds: seconds, utcOffsetMinutes: track.isLocalTime ? nil : 0))
    }
    if let start = track.start.map(time), let end = track.end.map(time) {
      phrase += ", " + (start == end ? start : "\(start) to \(end)")
    }
    return phrase
  }

  func reservation(_ reservation: Reservation) -> String {
    var parts = [reservation.category.name]
    if redactor.isExact {
      parts[0] += reservation.name.isEmpty ? "" : " " + reservation.name
      if !reservation.from.isEmpty { parts.append("from " + reservation.from) }
      if !reservation.to.isEmpty { parts.append("to " + reservation.to) }
      for (label, text) in [
        ("by", reservation.provider), ("reference", reservation.reference), ("for", reservation.traveller),
        ("seat", reservation.seat),
      ] where !text.isEmpty {
        parts.append(label + " " + text)
      }
    }
    if let start = reservation.start { parts.append("starts " + timestamp(start)) }
    if let end = reservation.end { parts.append("ends " + timestamp(end)) }
    if let place = reservation.coordinate { parts.append(coordinate(place)) }
    return TerminalText.escaped(parts.joined(separator: ", "))
  }

  private func inference(_ inference: Inference, _ role: Role) -> String {
    var parts = [role.name]
    if redactor.isExact, !inference.text.isEmpty { parts.append(TerminalText.escaped(inference.text)) }
    if let place = inference.coordinate { parts.append(coordinate(place)) }
    if !inference.country.isEmpty { parts.append(TerminalText.escaped(inference.country)) }
    for (count, one) in [(inference.days, "day"), (inference.nights, "night")] where count > 0 {
      parts.append("\(count) \(one)\(count == 1 ? "" : "s")")
    }
    for (word, seconds) in [("from", inference.start), ("to", inference.end)] {
      guard let seconds else { continue }
      parts.append(word + " " + timestamp(Timestamp(civilSeconds: seconds, utcOffsetMinutes: 0)))
    }
    return parts.joined(separator: ", ")
  }

  private func location(_ location: Location) -> String {
    let isExact = redactor.isExact
    var phrase = coordinate(location.coordinate)
    if isExact {
      func metres(_ value: Double) -> String { written { $0.append(value, decimals: 1) } + " m" }
      if let accuracy = location.accuracy { phrase += " (within \(metres(accuracy)))" }
      if let altitude = location.altitude { phrase += ", altitude \(metres(altitude))" }
      if let speed = location.speed {
        phrase += ", moving at \(written { $0.append(speed * 3.6, decimals: 1) }) km/h"
      }
      if let course = location.course {
        phrase += " towards \(written { $0.append(course, decimals: 0) }) degrees"
      }
      if let direction = location.direction {
        phrase += ", camera pointing to \(written { $0.append(direction, decimals: 0) }) degrees"
      }
    }
    if let time = location.time { phrase += ", " + timestamp(time) }
    return phrase
  }

  func timestamp(_ timestamp: Timestamp) -> String {
    var phrase = written { $0.timestamp(timestamp, toDay: !redactor.isExact) }
    if let time = phrase.firstIndex(of: "T") { phrase.replaceSubrange(time...time, with: " ") }
    if redactor.isExact, !timestamp.subseconds.isEmpty { phrase += "." + timestamp.subseconds }
    if let minutes = timestamp.utcOffsetMinutes {
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
