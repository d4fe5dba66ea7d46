internal import UntrailBytes
internal import UntrailModel

/// Observations as JSON, in the shape of `schemas/observation.schema.json`.
extension RecordEncoding {
  func observation(_ observation: borrowing Observation, into buffer: ByteBuffer) {
    buffer.append("{\"kind\":\"")
    buffer.append(utf8: observation.kind.name)
    buffer.append("\",\"role\":\"")
    buffer.append(utf8: observation.role.name)
    buffer.append(UInt8(ascii: "\""))
    fact(observation, into: buffer)
    buffer.key("field")
    buffer.json(observation.field)
    if let offset = observation.offset {
      buffer.key("offset")
      buffer.append(offset)
    }
    buffer.append(UInt8(ascii: "}"))
  }

  private func fact(_ observation: borrowing Observation, into buffer: ByteBuffer) {
    switch observation.fact {
    case .location(let location): self.location(location, into: buffer)
    case .track(let track): self.track(track, into: buffer)
    case .travel(let reservation): self.reservation(reservation, into: buffer)
    case .movement(let inference): self.inference(inference, into: buffer)
    case .device(let device): self.device(device, observation.role, into: buffer)
    case .timestamp(let timestamp): self.timestamp(timestamp, observation.role, into: buffer)
    case .utcOffset(let minutes):
      buffer.key("value")
      buffer.append(UInt8(ascii: "\""))
      if let pseudonym = redactor.timeZone(minutes) {
        buffer.append("time zone ")
        buffer.append(utf8: pseudonym.text)
      } else {
        buffer.utcOffset(minutes)
      }
      buffer.append(UInt8(ascii: "\""))
    case .hidden(let content):
      guard redactor.isExact, let byteCount = content.byteCount else { return }
      buffer.key("byteCount")
      buffer.append(byteCount)
    case .place(let text), .software(let text), .serial(let text), .person(let text), .link(let text),
      .text(let text), .contact(let text), .network(let text):
      buffer.key("value")
      buffer.json(redactor.text(text, kind: observation.kind, role: observation.role))
    }
  }

  private func location(_ location: Location, into buffer: ByteBuffer) {
    let isExact = redactor.isExact
    coordinate(location.coordinate, into: buffer)
    if isExact {
      let parts: [(StaticString, Double?)] = [
        ("altitude", location.altitude), ("accuracy", location.accuracy), ("speed", location.speed),
        ("course", location.course), ("direction", location.direction),
      ]
      for (name, value) in parts {
        guard let value else { continue }
        buffer.key(name)
        buffer.append(value, decimals: 3)
      }
    }
    if let time = location.time {
      buffer.key("time")
      stated(time, into: buffer)
    }
  }

  func coordinate(_ coordinate: Coordinate, into buffer: ByteBuffer, first: Bool = false) {
    buffer.key("latitude", first: first)
    degrees(coordinate.latitude, into: buffer)
    buffer.key("longitude")
    degrees(coordinate.longitude, into: buffer)
  }

  private func degrees(_ value: Double, into buffer: ByteBuffer) {
    buffer.append(redactor.degrees(value), decimals: 9, minimumDecimals: 1)
  }

  /// A time in one text, with its zone as far as that is known.
  private func stated(_ time: Timestamp, into buffer: ByteBuffer) {
    buffer.append(UInt8(ascii: "\""))
    buffer.timestamp(time, toDay: !redactor.isExact)
    if redactor.isExact, time.precision != .day, let minutes = time.utcOffsetMinutes {
      if minutes == 0 { buffer.append(UInt8(ascii: "Z")) } else { buffer.utcOffset(minutes) }
    }
    buffer.append(UInt8(ascii: "\""))
  }

  private func track(_ track: Track, into buffer: ByteBuffer) {
    buffer.key("pointCount")
    buffer.append(track.pointCount)
    buffer.key("bounds")
    list([track.south, track.west, track.north, track.east], into: buffer) { degrees($0, into: buffer) }
    func time(_ seconds: Int64) {
      stated(
        Timestamp(civilSeconds: seconds, utcOffsetMinutes: track.isLocalTime ? nil : 0), into: buffer)
    }
    for (name, seconds) in [("start", track.start), ("end", track.end)] as [(StaticString, Int64?)] {
      guard let seconds else { continue }
      buffer.key(name)
      time(seconds)
    }
    guard redactor.isExact, !track.points.isEmpty else { return }
    buffer.key("points")
    list(track.points, into: buffer) { point in
      buffer.append(UInt8(ascii: "["))
      degrees(point.coordinate.latitude, into: buffer)
      buffer.append(UInt8(ascii: ","))
      degrees(point.coordinate.longitude, into: buffer)
      if let seconds = point.time {
        buffer.append(UInt8(ascii: ","))
        time(seconds)
      }
      buffer.append(UInt8(ascii: "]"))
    }
  }

  func reservation(_ reservation: Reservation, into buffer: ByteBuffer) {
    buffer.key("category")
    buffer.json(reservation.category.name)
    if redactor.isExact {
      for (name, path) in Reservation.texts where !reservation[keyPath: path].isEmpty {
        buffer.key(name)
        buffer.json(reservation[keyPath: path])
      }
    }
    for (name, time) in [("start", reservation.start), ("end", reservation.end)]
      as [(StaticString, Timestamp?)]
    {
      guard let time else { continue }
      buffer.key(name)
      stated(time, into: buffer)
    }
    if let coordinate = reservation.coordinate { self.coordinate(coordinate, into: buffer) }
  }

  private func inference(_ inference: Inference, into buffer: ByteBuffer) {
    if redactor.isExact, !inference.text.isEmpty {
      buffer.key("text")
      buffer.json(inference.text)
    }
    if let coordinate = inference.coordinate { self.coordinate(coordinate, into: buffer) }
    if !inference.country.isEmpty {
      buffer.key("country")
      buffer.json(inference.country)
    }
    let counts: [(StaticString, Int)] = [
      ("count", inference.count), ("days", inference.days), ("nights", inference.nights),
    ]
    for (name, count) in counts where count > 0 {
      buffer.key(name)
      buffer.append(count)
    }
    if inference.confidence > 0 {
      buffer.key("confidence")
      buffer.append(min(1, inference.confidence), decimals: 2)
    }
    for (name, seconds) in [("start", inference.start), ("end", inference.end)] as [(StaticString, Int64?)] {
      guard let seconds else { continue }
      buffer.key(name)
      stated(Timestamp(civilSeconds: seconds, utcOffsetMinutes: 0), into: buffer)
    }
    if let distance = inference.distance, distance.isFinite, distance >= 0 {
      buffer.key("distance")
      buffer.append(redactor.isExact ? distance : (distance / 10_000).rounded() * 10_000, decimals: 0)
    }
  }

  private func device(_ device: Device, _ role: Role, into buffer: ByteBuffer) {
    let shown = redactor.device(device)
    if !shown.make.isEmpty {
      buffer.key("make")
      buffer.json(shown.make)
    }
    if !shown.model.isEmpty {
      buffer.key("model")
      buffer.json(shown.model)
    }
    if !device.hostName.isEmpty {
      buffer.key("value")
      buffer.json(redactor.text(device.hostName, kind: .device, role: role))
    }
  }

  private func timestamp(_ timestamp: Timestamp, _ role: Role, into buffer: ByteBuffer) {
    buffer.key("value")
    buffer.append(UInt8(ascii: "\""))
    buffer.timestamp(timestamp, toDay: !redactor.isExact)
    // Satellite time is stated in UTC; for other times an offset of 0 is a fact of its own.
    let isUTC = role == .gps
    let showsTime = redactor.isExact && timestamp.precision != .day
    if showsTime, isUTC { buffer.append(UInt8(ascii: "Z")) }
    buffer.append(UInt8(ascii: "\""))
    if redactor.isExact, !timestamp.subseconds.isEmpty {
      buffer.key("subseconds")
      buffer.json(timestamp.subseconds)
    }
    if let minutes = timestamp.utcOffsetMinutes, !(showsTime && isUTC), redactor.showsTimeZones {
      buffer.key("utcOffset")
      buffer.append(UInt8(ascii: "\""))
      buffer.utcOffset(minutes)
      buffer.append(UInt8(ascii: "\""))
    }
  }
}
