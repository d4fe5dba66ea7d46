internal import UntrailBytes
internal import UntrailModel

/// Positions that dash cameras keep in an AVI file.
///
///     32 bytes: latitude, longitude (64-bit numbers, degrees and minutes as DDMM.MMMM), altitude in metres, speed in
///     km/h (16 bits), 22 year from 2000, month, day, hour, minute, second, course / 2
///
/// Source: ExifTool's QuickTimeStream.pl, gps0.
enum DashCamRecords {
  private static let size = 32

  static func decode(_ body: ByteView, into result: inout ReadResult, _ limits: Limits) {
    var recorder = TrackRecorder(limits)
    var first: Location?
    var offset = 0
    // The bytes of one structure that are looked at.
    let end = min(body.count, limits.structure)
    while end - offset >= size {
      guard let location = try? location(body, offset) else { break }
      recorder.add(location.coordinate, time: location.time?.civilSeconds)
      first = first ?? location
      offset += size
    }
    guard let first else {
      return result.notRead(
        "dash-camera-not-read", "records of a dash camera are there; this version does not read their form",
        at: body.start)
    }
    result.add(.camera, .location(first), "RIFF:GPSLatitude", at: body.place(0))
    if let track = recorder.track(), track.pointCount > 1 {
      result.add(.recorded, .track(track), "RIFF:GPSTrack", at: body.place(0))
    }
  }

  /// - Returns: nil where the numbers are not what they are in every such record: a position on Earth and a time.
  private static func location(_ body: ByteView, _ offset: Int) throws(ParseError) -> Location? {
    func degrees(_ at: Int) throws(ParseError) -> Double? {
      let value = Double(bitPattern: try body.u64(at: at, .little))
      guard value.isFinite, abs(value) < 18_060 else { return nil }
      let whole = (abs(value) / 100).rounded(.down)
      let minutes = abs(value) - whole * 100
      guard minutes < 60 else { return nil }
      return value < 0 ? -(whole + minutes / 60) : whole + minutes / 60
    }
    guard let latitude = try degrees(offset), let longitude = try degrees(offset + 8),
      let coordinate = Coordinate(latitude: latitude, longitude: longitude)
    else { return nil }
    var clock: [Int] = []
    for index in 0..<6 { clock.append(Int(try body.u8(at: offset + 22 + index))) }
    guard
      let time = MakerNoteTime.timestamp(
        2000 + clock[0], clock[1], clock[2], clock[3], clock[4], clock[5])
    else { return nil }
    var location = Location(coordinate: coordinate)
    location.time = time
    location.time?.utcOffsetMinutes = 0
    location.altitude = Double(Int32(bitPattern: try body.u32(at: offset + 16, .little)))
    location.speed = Double(try body.u16(at: offset + 20, .little)) / 3.6
    return location
  }
}
