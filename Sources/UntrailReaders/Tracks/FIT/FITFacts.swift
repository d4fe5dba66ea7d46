internal import UntrailModel

/// What the messages of one FIT file mean, by their numbers in the public profile.
///
/// Positions are in semicircles: 2^31 of them are 180 degrees. Times are seconds since 1989-12-31T00:00:00Z; smaller
/// numbers than 10000000 (hexadecimal) count from when the device was switched on.
///
/// Source: Garmin, FIT SDK 21.205, Profile, "Messages".
struct FITFacts {
  private(set) var distinct: DistinctFacts
  private var records: TrackRecorder
  private var frames: TrackRecorder
  private var segment: TrackRecorder
  private var sentences: TrackRecorder
  private var recordPlace: Int?
  private var framePlace: Int?
  private var segmentPlace: Int?
  private var time: Int64?
  private var first: (time: Int64, place: Int?)?
  private var last: (time: Int64, place: Int?)?
  /// What the file is for: 4 an activity, 6 a course.
  private var fileType: Int64 = 0

  init(_ limits: Limits, _ distinct: DistinctFacts) {
    self.distinct = distinct
    records = TrackRecorder(limits)
    frames = TrackRecorder(limits)
    segment = TrackRecorder(limits)
    sentences = TrackRecorder(limits)
  }

  private static let epoch: Int64 = 631_065_600

  /// Adds what a message says.
  ///
  /// - Parameter compressedTime: the lowest five bits of its time, where its header has them.
  mutating func add(_ message: FITMessage, compressedTime: UInt8?, _ result: inout ReadResult) {
    if let compressedTime, let time {
      self.time = time + (Int64(compressedTime) - time) & 0x1F
    } else if let stated = message.number(253) {
      time = stated
    }
    noteTime(message)
    switch message.definition.message {
    case 20: addRecord(message, &result)
    case 160:
      addPoint(message, 1, 2, to: \.frames, at: \.framePlace, time: unixTime, &result)
    case 150:
      addPoint(message, 1, 2, to: \.segment, at: \.segmentPlace, time: nil, &result)
    default:
      addIdentity(message, &result)
      addEvent(message, &result)
      for position in Self.positions where position.message == message.definition.message {
        addPlace(message, position, &result)
      }
    }
  }

  /// Adds what is known when all messages are read.
  mutating func finish(_ result: inout ReadResult) {
    let role: Role = fileType == 6 ? .planned : .recorded
    if let track = records.track() {
      result.add(role, .track(track), "FIT:record-position_lat", at: recordPlace)
    }
    if let track = frames.track() {
      result.add(.recorded, .track(track), "FIT:gps_metadata-position_lat", at: framePlace)
    }
    if let track = segment.track() {
      result.add(.planned, .track(track), "FIT:segment_point-position_lat", at: segmentPlace)
    }
    if role == .planned { return }
    add(.start, first?.time, "FIT:timestamp", at: first?.place, &result)
    if last?.time != first?.time { add(.end, last?.time, "FIT:timestamp", at: last?.place, &result) }
  }

  // MARK: Positions

  private mutating func addRecord(_ message: FITMessage, _ result: inout ReadResult) {
    addPoint(message, 0, 1, to: \.records, at: \.recordPlace, time: unixTime, &result)
  }

  private mutating func addPoint(
    _ message: FITMessage, _ latitude: UInt8, _ longitude: UInt8,
    to recorder: WritableKeyPath<Self, TrackRecorder>, at place: WritableKeyPath<Self, Int?>, time: Int64?,
    _ result: inout ReadResult
  ) {
    guard let coordinate = coordinate(message, latitude, longitude, &result) else { return }
    self[keyPath: recorder].add(coordinate, time: time)
    if self[keyPath: place] == nil { self[keyPath: place] = message.place(latitude) }
  }

  private func coordinate(
    _ message: FITMessage, _ latitude: UInt8, _ longitude: UInt8, _ result: inout ReadResult
  ) -> Coordinate? {
    guard let north = message.number(latitude), let east = message.number(longitude) else { return nil }
    func degrees(_ semicircles: Int64) -> Double { Double(semicircles) * (180 / 2_147_483_648) }
    return CheckedPlace.coordinate(
      degrees(north), degrees(east), at: message.place(latitude), into: &result)
  }

  private struct Position {
    var message: UInt16
    var latitude: UInt8
    var longitude: UInt8
    var role: Role
    var field: String
  }

  /// Single places, by message and field.
  private static let positions = [
    Position(
      message: 18, latitude: 3, longitude: 4, role: .waypoint, field: "FIT:session-start_position_lat"),
    Position(
      message: 18, latitude: 38, longitude: 39, role: .waypoint, field: "FIT:session-end_position_lat"),
    Position(message: 18, latitude: 29, longitude: 30, role: .area, field: "FIT:session-nec_lat"),
    Position(message: 18, latitude: 31, longitude: 32, role: .area, field: "FIT:session-swc_lat"),
    Position(message: 19, latitude: 3, longitude: 4, role: .waypoint, field: "FIT:lap-start_position_lat"),
    Position(message: 19, latitude: 5, longitude: 6, role: .waypoint, field: "FIT:lap-end_position_lat"),
    Position(
      message: 142, latitude: 3, longitude: 4, role: .waypoint, field: "FIT:segment_lap-start_position_lat"),
    Position(
      message: 142, latitude: 5, longitude: 6, role: .waypoint, field: "FIT:segment_lap-end_position_lat"),
    Position(
      message: 312, latitude: 21, longitude: 22, role: .waypoint, field: "FIT:split-start_position_lat"),
    Position(message: 312, latitude: 23, longitude: 24, role: .waypoint, field: "FIT:split-end_position_lat"),
    Position(message: 285, latitude: 5, longitude: 6, role: .waypoint, field: "FIT:jump-position_lat"),
    Position(message: 317, latitude: 0, longitude: 1, role: .waypoint, field: "FIT:climb_pro-position_lat"),
    Position(message: 32, latitude: 2, longitude: 3, role: .waypoint, field: "FIT:course_point-position_lat"),
    Position(message: 29, latitude: 1, longitude: 2, role: .waypoint, field: "FIT:location-position_lat"),
    Position(
      message: 128, latitude: 10, longitude: 11, role: .area,
      field: "FIT:weather_conditions-observed_location_lat"),
  ]

  private mutating func addPlace(_ message: FITMessage, _ position: Position, _ result: inout ReadResult) {
    guard let coordinate = coordinate(message, position.latitude, position.longitude, &result) else { return }
    var location = Location(coordinate: coordinate)
    if position.message == 29 { location.altitude = message.number(4).map { Double($0) / 5 - 500 } }
    // A session has its own time where it ends, and another field for where it starts.
    location.time = unixTime.map { Timestamp(civilSeconds: $0, utcOffsetMinutes: 0) }
    if position.field.holds("-start_") || position.role == .area { location.time = nil }
    distinct.add(
      position.role, .location(location), position.field, at: message.place(position.latitude), into: &result)
  }

  // MARK: Times

  /// Seconds since 1970 of the message at hand.
  private var unixTime: Int64? { Self.unix(time) }

  private static func unix(_ seconds: Int64?) -> Int64? {
    guard let seconds, seconds >= 0x1000_0000, seconds < 0xFFFF_FFFF else { return nil }
    return seconds + epoch
  }

  /// Takes the time of a message into the span of all of them.
  private mutating func noteTime(_ message: FITMessage) {
    guard let time = unixTime else { return }
    if time < first?.time ?? .max { first = (time, message.place(253)) }
    if time >= last?.time ?? .min { last = (time, message.place(253)) }
  }

  private mutating func add(
    _ role: Role, _ time: Int64?, _ field: String, at place: Int?, _ result: inout ReadResult
  ) {
    guard let time else { return }
    distinct.add(
      role, .timestamp(Timestamp(civilSeconds: time, utcOffsetMinutes: 0)), field, at: place, into: &result)
  }

  /// Adds the time of a field.
  private mutating func addTime(
    _ role: Role, _ message: FITMessage, _ number: UInt8, _ field: String, _ result: inout ReadResult
  ) {
    add(role, Self.unix(message.number(number)), field, at: message.place(number), &result)
  }

  /// Adds the local time that stands beside the message's own, and the gap between them.
  private mutating func addLocalTime(
    _ message: FITMessage, _ number: UInt8, _ field: String, _ result: inout ReadResult
  ) {
    guard let local = Self.unix(message.number(number)) else { return }
    var timestamp = Timestamp(civilSeconds: local)
    if let utc = Self.unix(message.number(253)) {
      timestamp.utcOffsetMinutes = ExifTime.derivedOffset(
        local: timestamp, utc: Timestamp(civilSeconds: utc, utcOffsetMinutes: 0))
    }
    let place = message.place(number)
    distinct.add(.end, .timestamp(timestamp), field, at: place, into: &result)
    if let offset = timestamp.utcOffsetMinutes {
      distinct.add(.zone, .utcOffset(offset), field, at: place, into: &result)
    }
  }

  private mutating func addEvent(_ message: FITMessage, _ result: inout ReadResult) {
    switch message.definition.message {
    case 0: addTime(.created, message, 4, "FIT:file_id-time_created", &result)
    case 72: addTime(.created, message, 4, "FIT:training_file-time_created", &result)
    case 28:
      addTime(.created, message, 3, "FIT:schedule-time_created", &result)
      addTime(.start, message, 6, "FIT:schedule-scheduled_time", &result)
    case 18:
      addTime(.start, message, 2, "FIT:session-start_time", &result)
      addTime(.end, message, 253, "FIT:session-timestamp", &result)
    case 34:
      addTime(.end, message, 253, "FIT:activity-timestamp", &result)
      addLocalTime(message, 5, "FIT:activity-local_timestamp", &result)
    case 103: addLocalTime(message, 0, "FIT:monitoring_info-local_timestamp", &result)
    case 162: addLocalTime(message, 3, "FIT:timestamp_correlation-local_timestamp", &result)
    case 2:
      // Quarters of an hour, for each of the time zones that the device knows.
      let zones = message.numbers(5)
      let active = message.number(0) ?? 0
      guard zones.indices.contains(Int(active)), abs(zones[Int(active)]) <= 56 else { return }
      let minutes = Int16(zones[Int(active)] * 15)
      distinct.add(
        .zone, .utcOffset(minutes), "FIT:device_settings-time_zone_offset", at: message.place(5),
        into: &result)
    default: break
    }
  }

  // MARK: Devices and people

  private mutating func addIdentity(_ message: FITMessage, _ result: inout ReadResult) {
    var identity = FITIdentity(message: message)
    identity.read()
    if let type = identity.fileType { fileType = type }
    for fact in identity.facts {
      distinct.add(fact.role, fact.fact, fact.field, at: fact.offset, into: &result)
    }
    if identity.hasSentence {
      result.notRead(
        "sentences-not-read", "NMEA sentences stand in the file, which are not read", at: message.offset)
    }
  }
}
