internal import UntrailBytes
internal import UntrailModel

/// A `camm` track: where and how a camera for street views moved.
///
///     00 00, type of 16 bits, then
///     5   latitude, longitude, metres                                          doubles
///     6   time, fix (32 bits), latitude, longitude (doubles), metres, accuracies and speeds (floats)
///     0 to 4, 7: angles, exposure, gyroscope, acceleration, place in the room, magnetic field
///
/// Numbers are little-endian. Time counts from the beginning of GPS time; some writers count from 1970, which is told
/// by the time at which the film was begun. A sample of the first kind has the time at which it is shown.
///
/// Source: Google, "Camera Motion Metadata Spec"; ExifTool's QuickTimeStream.pl on several packets in one sample.
struct CAMMDecoder: SampleDecoder {
  private static let sizes = [8 + 4 + 4, 12, 16, 16, 16, 28, 60, 16]
  private static let stream = TelemetryLog.Stream(field: "camm:GPSLatitude")
  /// Seconds from 1970-01-01 to 1980-01-06.
  private static let gpsEpoch: Double = 315_964_800
  /// What GPS time is ahead of UTC, in seconds, since 2017-01-01.
  ///
  /// Source: IERS, Bulletin C 52.
  private static let leapSeconds: Double = 18

  mutating func decode(
    _ sample: SampleBytes, at time: SampleTime, _ log: inout TelemetryLog, into result: inout ReadResult
  ) {
    var offset = 0
    while let type = sample.u16(offset + 2, .little).map(Int.init), Self.sizes.indices.contains(type) {
      let size = Self.sizes[type]
      guard let packet = sample.slice(offset, size) else { return }
      switch type {
      case 5:
        guard let latitude = packet.f64(4, .little), let longitude = packet.f64(12, .little) else { return }
        log.add(
          latitude, longitude, time: time.seconds(after: log.created), Self.stream, at: packet.place(4),
          into: &result)
      case 6: addFix(packet, &log, into: &result)
      default: break
      }
      offset += size
    }
  }

  private func addFix(_ packet: SampleBytes, _ log: inout TelemetryLog, into result: inout ReadResult) {
    guard let time = packet.f64(4, .little), let fix = packet.u32(12, .little),
      let latitude = packet.f64(16, .little), let longitude = packet.f64(24, .little), fix != 0
    else { return }
    log.add(
      latitude, longitude, time: Self.utc(time, created: log.created), Self.stream, at: packet.place(16),
      into: &result)
  }

  private static func utc(_ time: Double, created: Int64?) -> Int64? {
    guard time > 0, time < 4e9 else { return nil }
    let counted = time + gpsEpoch - leapSeconds
    if let created, abs(Double(created) - time) < abs(Double(created) - counted) { return Int64(time) }
    return Int64(counted)
  }
}
