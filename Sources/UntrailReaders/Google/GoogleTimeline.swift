internal import UntrailModel

/// The timeline that phones keep and export since 2024.
///
/// Android, Timeline.json:
///
///     {"semanticSegments": [
///        {"startTime": "2024-04-28T23:09:02.000+02:00", "endTime": "", "startTimeTimezoneUtcOffsetMinutes": 120,
///         "visit": {"topCandidate": {"placeId": "", "semanticType": "HOME",
///                                    "placeLocation": {"latLng": "50.0506312°, 14.3439906°"}}}},
///        {"startTime": "", "endTime": "", "activity": {"start": {"latLng": ""}, "end": {"latLng": ""},
///                                                      "parking": {"location": {"latLng": ""}}}},
///        {"startTime": "", "endTime": "", "timelinePath": [{"point": "", "time": ""}]},
///        {"startTime": "", "endTime": "", "timelineMemory": {"trip": {"destinations": [{"identifier": {}}]}}}],
///      "rawSignals": [{"position": {"LatLng": "", "timestamp": ""}},
///                     {"wifiScan": {"devicesRecords": [{"mac": 0}]}}, {"activityRecord": {}}],
///      "userLocationProfile": {"frequentPlaces": [{"placeLocation": "", "label": "HOME"}],
///                              "frequentTrips": [{"commuteDirection": ""}],
///                              "persona": {"travelModeAffinities": [{"mode": ""}]}}}
///
/// iPhone, location-history.json: a list of such segments, with "geo:50.050631,14.343991" for positions, and minutes
/// from the start of the segment for times of a path.
///
/// Source: published exports; C. Bergillos, "Location History Format", Timeline Edits (2024).
struct GoogleTimeline {
  /// A stay, as far as it is told.
  struct Visit {
    var coordinate: Coordinate?
    var start: JSONTime?
    var end: JSONTime?
    var semanticType: String?
    var name: JSONValue?
    var address: JSONValue?
    var placeID: JSONValue?
    var offset: Int?
  }

  let facts: ExportFacts
  private var addresses: Set<UInt64> = []
  private var phones: Set<Int64> = []
  private var systems: Set<Int64> = []

  init(_ facts: ExportFacts) { self.facts = facts }

  // MARK: Segments

  /// - Returns: false where the record is no segment of a timeline.
  mutating func takeSegment(_ segment: JSONValue) -> Bool {
    let parts: [JSONKey] = [.visit, .activity, .timelinePath, .timelineMemory]
    guard segment[.startTime] != nil, segment[.endTime] != nil, segment.first(parts) != nil else {
      return false
    }
    let start = JSONTime(segment[.startTime])
    let end = JSONTime(segment[.endTime])
    takeOffset(segment, start)
    if let visit = segment[.visit], let candidate = visit[.topCandidate] {
      takeVisit(
        Visit(
          coordinate: coordinate(candidate[.placeLocation]), start: start, end: end,
          semanticType: candidate[.semanticType]?.text, placeID: candidate[.placeID],
          offset: candidate[.placeLocation]?.offset ?? candidate.offset), "GoogleTimeline:visit")
    }
    if let activity = segment[.activity] {
      takePosition(activity[.start], start, "GoogleTimeline:activity")
      takePosition(activity[.end], end, "GoogleTimeline:activity")
      if let parking = activity[.parking] {
        takePosition(parking[.location], JSONTime(parking[.startTime]) ?? end, "GoogleTimeline:parking")
      }
    }
    for point in segment[.timelinePath]?.children ?? [] {
      var time = JSONTime(point[.time])
      if let minutes = point[.minutesOffset]?.whole, (0...100_000).contains(minutes), var shifted = start {
        shifted.seconds += minutes * 60
        time = time ?? shifted
      }
      takePosition(point[.point], time, "GoogleTimeline:timelinePath")
    }
    let memory = segment[.timelineMemory]
    for destination in (memory?[.trip] ?? memory)?[.destinations]?.children ?? [] {
      let place = destination[.identifier]
      facts.add(.visit, place?[.placeID] ?? place, "GoogleTimeline:destinations") { .link($0) }
    }
    return true
  }

  /// Offsets from UTC that the phone had: where it was, roughly.
  private func takeOffset(_ segment: JSONValue, _ start: JSONTime?) {
    let minutes = segment[.startOffset]?.whole ?? start?.offset.flatMap { $0 == 0 ? nil : Int64($0) }
    guard let minutes, (-720...840).contains(minutes) else { return }
    let place = segment[.startOffset]?.offset ?? segment[.startTime]?.offset
    facts.add(
      .zone, .utcOffset(Int16(minutes)), "GoogleTimeline:startTime", at: place, once: String(minutes))
  }

  mutating func takeVisit(_ visit: Visit, _ field: String) {
    let role = Self.role(visit.semanticType) ?? .visit
    if let coordinate = visit.coordinate {
      facts.addHistory(coordinate, visit.start, field, at: visit.offset)
      if visit.end != nil { facts.addHistory(coordinate, visit.end, field, at: visit.offset) }
      var location = Location(coordinate: coordinate)
      location.time = visit.start?.timestamp
      facts.addPlace(role, location, field, at: visit.offset)
    }
    facts.add(role, visit.name, field) { .place($0) }
    facts.add(role, visit.address, field) { .place($0) }
    facts.add(role, visit.placeID, field) { .link($0) }
  }

  /// Home or work; nil for other places.
  static func role(_ semanticType: String?) -> Role? {
    guard var word = semanticType?.uppercased() else { return nil }
    for start in ["TYPE_", "INFERRED_", "INFERRED "] where word.hasPrefix(start) {
      word.removeFirst(start.count)
    }
    return word == "HOME" ? .home : word == "WORK" ? .work : nil
  }

  // MARK: Signals and profile

  mutating func takeSignal(_ record: JSONValue) {
    if let position = record[.position] {
      takePosition(
        position[.latLng] ?? position[.point], JSONTime(position[.timestamp]), "GoogleTimeline:rawSignals")
    }
    takeAccessPoints(
      record[.wifiScan]?.first([.devicesRecords, .devices]), "GoogleTimeline:devicesRecords")
  }

  mutating func takeEdit(_ record: JSONValue) {
    if let signal = record[.rawSignal]?[.signal] { takeSignal(signal) }
    if let device = record[.deviceID], device.whole != 0 {
      facts.add(.handset, device, "GoogleTimeline:deviceId") { .serial($0) }
    }
    for place in record[.placeAggregates]?[.placeAggregateInfo]?.children ?? [] {
      guard let point = place[.point], let coordinate = coordinate(point) else { continue }
      facts.addPlace(
        .visit, Location(coordinate: coordinate), "GoogleTimeline:placeAggregates", at: point.offset)
    }
  }

  func takeFrequentPlace(_ record: JSONValue) {
    let role = Self.role(record[.label]?.text) ?? .visit
    let field = "GoogleTimeline:frequentPlaces"
    if let coordinate = coordinate(record[.placeLocation]) {
      facts.addPlace(role, Location(coordinate: coordinate), field, at: record[.placeLocation]?.offset)
    }
    facts.add(role, record[.placeID], field) { .link($0) }
  }

  /// The way to work and back, and when.
  func takeFrequentTrip(_ record: JSONValue) {
    func clock(_ key: JSONKey) -> String? {
      guard let minutes = record[key]?.whole, (0..<2880).contains(minutes) else { return nil }
      func digits(_ number: Int64) -> String { number < 10 ? "0\(number)" : String(number) }
      return digits(minutes / 60 % 24) + ":" + digits(minutes % 60)
    }
    guard let direction = record[.commuteDirection], var text = direction.text else { return }
    if let start = clock(.startTimeMinutes), let end = clock(.endTimeMinutes) { text += " \(start) - \(end)" }
    facts.add(.history, .text(text), "GoogleTimeline:frequentTrips", at: direction.offset, once: text)
  }

  func takeTravelMode(_ record: JSONValue) {
    facts.add(.category, record[.mode], "GoogleTimeline:travelModeAffinities") { .text($0) }
  }

  // MARK: What the forms have in common

  /// The position of a text, of an object with one, or of two numbers.
  func coordinate(_ value: JSONValue?) -> Coordinate? {
    guard let value else { return nil }
    if let latitude = value[.latitudeE7], let longitude = value[.longitudeE7] {
      return coordinate(latitude, longitude)
    }
    let text = value[.latLng] ?? value
    return GoogleNumbers.pair(text).flatMap { facts.coordinate($0.latitude, $0.longitude, at: text.offset) }
  }

  /// The position of two numbers of ten-millionths of a degree.
  func coordinate(_ latitude: JSONValue, _ longitude: JSONValue) -> Coordinate? {
    guard let north = GoogleNumbers.degrees(latitude, upTo: 90),
      let east = GoogleNumbers.degrees(longitude, upTo: 180)
    else { return nil }
    return facts.coordinate(north, east, at: latitude.offset)
  }

  func takePosition(_ value: JSONValue?, _ time: JSONTime?, _ field: String) {
    guard let coordinate = coordinate(value) else { return }
    facts.addHistory(coordinate, time, field, at: value?.offset)
  }

  /// The number that the history has for a phone.
  mutating func takeDevice(_ tag: JSONValue?) {
    guard let tag, let number = tag.whole, number != 0, phones.count < facts.limits.entries,
      phones.insert(number).inserted
    else { return }
    facts.add(.handset, tag, "GoogleLocationHistory:deviceTag") { .serial($0) }
  }

  /// The system of a phone.
  mutating func takeSystem(_ platform: JSONValue?, _ level: JSONValue?) {
    guard let platform, let level = level?.whole, systems.count < facts.limits.entries,
      systems.insert(level &* 256 &+ Int64(platform.withBytes { $0.first ?? 0 })).inserted,
      let name = platform.text
    else { return }
    let text = "\(name) \(level)"
    facts.add(
      .firmware, .software(text), "GoogleLocationHistory:osLevel", at: platform.offset, once: text)
  }

  mutating func takeAccessPoints(_ list: JSONValue?, _ field: String) {
    for point in list?.children ?? [] {
      guard let mac = point[.mac], let address = GoogleNumbers.hardwareAddress(mac),
        addresses.count < facts.limits.entries, addresses.insert(address).inserted
      else { continue }
      let text = GoogleNumbers.text(ofAddress: address)
      facts.add(.bssid, .network(text), field, at: mac.offset, once: text)
    }
  }
}
