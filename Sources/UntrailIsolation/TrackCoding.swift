internal import UntrailBytes
internal import UntrailModel

/// Tracks and reservations as bytes.
extension ExaminationCoding {
  /// The most positions of one file's tracks.
  static let pointLimit = 200_000

  // MARK: Writing

  static func put(_ track: Track, _ buffer: ByteBuffer) {
    put(track.pointCount, buffer)
    for degrees in [track.south, track.west, track.north, track.east] { put(degrees, buffer) }
    put(track.start.map { Int($0) }, buffer)
    put(track.end.map { Int($0) }, buffer)
    buffer.append(UInt8(track.isLocalTime ? 1 : 0))
    put(min(track.points.count, pointLimit), buffer)
    for point in track.points.prefix(pointLimit) {
      put(point.coordinate, buffer)
      put(point.time.map { Int($0) }, buffer)
    }
  }

  static func put(_ reservation: Reservation, _ buffer: ByteBuffer) {
    buffer.append(reservation.category.rawValue)
    for (_, path) in Reservation.texts { put(reservation[keyPath: path], buffer) }
    for time in [reservation.start, reservation.end] {
      buffer.append(UInt8(time == nil ? 0 : 1))
      if let time { put(time, buffer) }
    }
    buffer.append(UInt8(reservation.coordinate == nil ? 0 : 1))
    if let coordinate = reservation.coordinate { put(coordinate, buffer) }
  }

  static func put(_ coordinate: Coordinate, _ buffer: ByteBuffer) {
    put(coordinate.latitude, buffer)
    put(coordinate.longitude, buffer)
  }

  // MARK: Reading

  static func track(_ reader: inout ResponseReader) -> Track? {
    guard let pointCount = reader.offset(), pointCount > 0, let south = reader.double(),
      let west = reader.double(), let north = reader.double(), let east = reader.double(),
      -90 <= south, south <= north, north <= 90, -180 <= west, west <= east, east <= 180,
      let start = reader.optional({ $0.seconds() }), let end = reader.optional({ $0.seconds() }),
      let isLocalTime = reader.byte(), isLocalTime <= 1,
      let count = reader.int(), (0...min(pointLimit, pointCount)).contains(count)
    else { return nil }
    var points: [TrackPoint] = []
    for _ in 0..<count {
      guard let coordinate = coordinate(&reader), let time = reader.optional({ $0.seconds() }) else {
        return nil
      }
      points.append(TrackPoint(coordinate: coordinate, time: time))
    }
    return Track(
      pointCount: pointCount, south: south, west: west, north: north, east: east, start: start, end: end,
      isLocalTime: isLocalTime == 1, points: points)
  }

  static func reservation(_ reader: inout ResponseReader) -> Reservation? {
    guard let category = reader.byte().flatMap(Reservation.Category.init(rawValue:)) else { return nil }
    var reservation = Reservation(category)
    for (_, path) in Reservation.texts {
      guard let text = reader.text() else { return nil }
      reservation[keyPath: path] = text
    }
    guard let start = reader.optional({ timestamp(&$0) }), let end = reader.optional({ timestamp(&$0) }),
      let place = reader.optional({ coordinate(&$0) })
    else { return nil }
    reservation.start = start
    reservation.end = end
    reservation.coordinate = place
    return reservation
  }

  static func coordinate(_ reader: inout ResponseReader) -> Coordinate? {
    guard let latitude = reader.double(), let longitude = reader.double() else { return nil }
    return Coordinate(latitude: latitude, longitude: longitude)
  }
}
