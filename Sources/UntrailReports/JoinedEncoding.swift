internal import UntrailBytes
internal import UntrailModel

/// What the files say together, in JSON. At `coarse` and `share` stays and trips are only counted.
extension RecordEncoding {
  /// The keys "movement", "devices", "weakLocations" and "upcoming".
  func joined(_ facts: JoinedFacts, into buffer: ByteBuffer) {
    buffer.append(",\"movement\":{")
    movement(facts.movement, into: buffer)
    buffer.append("}")
    buffer.key("devices")
    list(facts.devices, into: buffer) { device($0, into: buffer) }
    buffer.key("identities")
    list(facts.identities, into: buffer) { identity in
      buffer.append("{")
      count("device", Int(identity.device), into: buffer, first: true)
      buffer.key("accounts")
      list(identity.accounts, into: buffer) { self.identifier($0, into: buffer) }
      count("fileCount", identity.fileCount, into: buffer)
      buffer.append("}")
    }
    buffer.key("documents")
    list(facts.documents, into: buffer) { document in
      buffer.append("{")
      count("fileCount", document.fileCount, into: buffer, first: true)
      buffer.key("examples")
      list(document.examples, into: buffer) { file($0, into: buffer) }
      buffer.append("}")
    }
    buffer.key("weakLocations")
    list(facts.weakLocations, into: buffer) { weakLocation($0, into: buffer) }
    buffer.key("upcoming")
    list(facts.upcoming, into: buffer) { upcoming in
      buffer.append("{")
      buffer.path(redactor.path(upcoming.file.path, ordinal: upcoming.file.ordinal), first: true)
      reservation(upcoming.reservation, into: buffer)
      if !upcoming.country.isEmpty {
        buffer.key("country")
        buffer.json(upcoming.country)
      }
      buffer.append("}")
    }
  }

  private func movement(_ movement: Movement, into buffer: ByteBuffer) {
    count("fixCount", movement.fixCount, into: buffer, first: true)
    count("outlierCount", movement.outlierCount, into: buffer)
    count("droppedCount", movement.droppedCount, into: buffer)
    count("distinctPoints", movement.distinctPoints, into: buffer)
    if let start = movement.start, let end = movement.end {
      time("start", start, into: buffer)
      time("end", end, into: buffer)
    }
    count("stayPointCount", movement.stayPoints.count, into: buffer)
    buffer.key("stayPoints")
    list(redactor.isExact ? movement.stayPoints : [], into: buffer) { stay in
      buffer.append("{")
      coordinate(stay.coordinate, into: buffer, first: true)
      time("arrived", stay.arrived, into: buffer)
      time("left", stay.left, into: buffer)
      optional("place", stay.place, into: buffer)
      count("fixCount", stay.fixCount, into: buffer)
      buffer.append("}")
    }
    buffer.key("places")
    list(movement.places, into: buffer) { place($0, into: buffer) }
    count("tripCount", movement.trips.count, into: buffer)
    buffer.key("trips")
    list(redactor.isExact ? movement.trips : [], into: buffer) { trip in
      buffer.append("{")
      time("start", trip.start, into: buffer, first: true)
      time("end", trip.end, into: buffer)
      optional("from", trip.from, into: buffer)
      optional("to", trip.to, into: buffer)
      metres("distance", trip.distance, into: buffer)
      buffer.append("}")
    }
    buffer.key("journeys")
    list(movement.journeys, into: buffer) { journey($0, into: buffer) }
    buffer.key("crossings")
    list(movement.crossings, into: buffer) { crossing in
      buffer.append("{")
      buffer.key("from", first: true)
      buffer.json(crossing.from)
      buffer.key("to")
      buffer.json(crossing.to)
      time("after", crossing.after, into: buffer)
      time("before", crossing.before, into: buffer)
      buffer.append("}")
    }
    buffer.key("gaps")
    list(movement.gaps, into: buffer) { gap in
      buffer.append("{")
      time("start", gap.start, into: buffer, first: true)
      time("end", gap.end, into: buffer)
      buffer.append("}")
    }
    buffer.key("coPresences")
    list(movement.coPresences, into: buffer) { meeting in
      buffer.append("{")
      coordinate(meeting.coordinate, into: buffer, first: true)
      buffer.key("devices")
      list(meeting.devices.map { Int($0) }, into: buffer) { buffer.append($0) }
      count("times", meeting.times.count, into: buffer)
      if let last = meeting.times.last { time("last", last, into: buffer) }
      fraction("share", meeting.share, into: buffer)
      count("placeCount", meeting.placeCount, into: buffer)
      buffer.append("}")
    }
    buffer.key("hoursOfWeek")
    list(redactor.level == .share ? [] : movement.hoursOfWeek, into: buffer) { buffer.append($0) }
  }

  private func place(_ place: Place, into buffer: ByteBuffer) {
    buffer.append("{")
    coordinate(place.coordinate, into: buffer, first: true)
    count("stays", place.stays, into: buffer)
    count("days", place.days, into: buffer)
    count("nights", place.nights, into: buffer)
    count("workdays", place.workdays, into: buffer)
    time("first", place.first, into: buffer)
    time("last", place.last, into: buffer)
    buffer.key("role")
    if let role = place.role { buffer.json(role.rawValue) } else { buffer.append("null") }
    fraction("confidence", place.confidence, into: buffer)
    if !place.country.isEmpty {
      buffer.key("country")
      buffer.json(place.country)
    }
    if !place.nearBorderOf.isEmpty {
      buffer.key("nearBorderOf")
      list(place.nearBorderOf, into: buffer) { buffer.json($0) }
    }
    if !place.disputedArea.isEmpty {
      buffer.key("disputedArea")
      buffer.json(place.disputedArea)
    }
    if !place.town.isEmpty, redactor.level != .share {
      buffer.key("town")
      buffer.json(place.town)
    }
    buffer.append("}")
  }

  private func journey(_ journey: Journey, into buffer: ByteBuffer) {
    buffer.append("{")
    coordinate(journey.farthest, into: buffer, first: true)
    time("start", journey.start, into: buffer)
    time("end", journey.end, into: buffer)
    count("nights", journey.nights, into: buffer)
    optional("place", journey.place, into: buffer)
    metres("distance", journey.distance, into: buffer)
    buffer.key("countries")
    list(journey.countries, into: buffer) { buffer.json($0) }
    count("fixCount", journey.fixCount, into: buffer)
    buffer.append("}")
  }

  private func device(_ device: DeviceGroup, into buffer: ByteBuffer) {
    buffer.append("{")
    count("number", Int(device.number), into: buffer, first: true)
    buffer.key("name")
    buffer.json(redactor.deviceName(device.name))
    buffer.key("identifiers")
    list(device.identifiers, into: buffer) { identifier($0, into: buffer) }
    count("fileCount", device.fileCount, into: buffer)
    buffer.key("examples")
    list(device.examples, into: buffer) { file($0, into: buffer) }
    if let first = device.firstDay, let last = device.lastDay {
      time("first", first * 86_400, into: buffer, toDay: true)
      time("last", last * 86_400, into: buffer, toDay: true)
    }
    fraction("confidence", device.confidence, into: buffer)
    buffer.key("reason")
    buffer.json(device.reason)
    buffer.append("}")
  }

  private func weakLocation(_ location: WeakLocation, into buffer: ByteBuffer) {
    buffer.append("{")
    buffer.key("basis", first: true)
    buffer.json(location.basis.rawValue)
    time("first", location.firstDay * 86_400, into: buffer, toDay: true)
    time("last", location.lastDay * 86_400, into: buffer, toDay: true)
    if let minutes = location.utcOffsetMinutes, redactor.showsTimeZones {
      buffer.key("utcOffset")
      buffer.append("\"")
      buffer.utcOffset(minutes)
      buffer.append("\"")
    }
    buffer.key("countries")
    list(location.countries, into: buffer) { buffer.json($0) }
    buffer.key("names")
    list(redactor.isExact ? location.names : [], into: buffer) { buffer.json($0) }
    count("fileCount", location.fileCount, into: buffer)
    fraction("confidence", location.confidence, into: buffer)
    if redactor.showsTimeZones {
      buffer.key("reason")
      buffer.json(location.reason)
    }
    buffer.append("}")
  }

  // MARK: Parts

  private func identifier(_ identifier: DeviceGroup.Identifier, into buffer: ByteBuffer) {
    buffer.append("{")
    buffer.key("kind", first: true)
    buffer.json(identifier.kind.name)
    buffer.key("role")
    buffer.json(identifier.role.name)
    buffer.key("value")
    buffer.json(redactor.text(identifier.value, kind: identifier.kind, role: identifier.role))
    buffer.append("}")
  }

  private func file(_ file: FileReference, into buffer: ByteBuffer) {
    buffer.append("{")
    buffer.path(redactor.path(file.path, ordinal: file.ordinal), first: true)
    buffer.append("}")
  }

  private func count(_ key: StaticString, _ value: Int, into buffer: ByteBuffer, first: Bool = false) {
    buffer.key(key, first: first)
    buffer.append(value)
  }

  private func optional(_ key: StaticString, _ value: Int?, into buffer: ByteBuffer) {
    buffer.key(key)
    if let value { buffer.append(value) } else { buffer.append("null") }
  }

  private func metres(_ key: StaticString, _ value: Double, into buffer: ByteBuffer) {
    let unit = redactor.isExact ? 1.0 : 10_000
    count(key, Int((value / unit).rounded() * unit), into: buffer)
  }

  private func fraction(_ key: StaticString, _ value: Double, into buffer: ByteBuffer) {
    buffer.key(key)
    let hundredths = Int((min(max(value, 0), 1) * 100).rounded())
    buffer.append(hundredths == 100 ? "1" : "0.")
    if hundredths < 100 { buffer.append(hundredths, width: 2) }
  }

  /// A time in UTC; to the day unless the report is exact.
  private func time(
    _ key: StaticString, _ seconds: Int64, into buffer: ByteBuffer, first: Bool = false, toDay: Bool = false
  ) {
    buffer.key(key, first: first)
    buffer.append("\"")
    let isDay = toDay || !redactor.isExact
    buffer.timestamp(Timestamp(civilSeconds: seconds), toDay: isDay)
    buffer.append(isDay ? "\"" : "Z\"")
  }
}
