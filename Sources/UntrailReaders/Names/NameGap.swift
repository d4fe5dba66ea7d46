package import UntrailModel

/// The gap between a time of UTC and one of the local clock that mean the same moment, one of them in the file's name:
/// it is the zone in which the file was made, channel F5.
///
///     PXL_20260729_031244123.jpg     EXIF says 11:12:44: eight hours east
///     VID_20260729_111244.mp4        the film's header says 03:12:44 UTC: eight hours east
///
/// Names with the time at which a file was saved are left out: the gap is then how long somebody waited.
package enum NameGap {
  /// The difference between two clocks that were read for the same moment, in seconds.
  private static let tolerance: Int64 = 180

  /// Adds the zone where name and content together say it and the file itself does not.
  package static func observe(
    _ name: UnsafeBufferPointer<UInt8>, _ mediaType: String, into observations: inout [Observation]
  ) {
    guard let named = named(name, observations),
      !observations.contains(where: { $0.kind == .utcOffset })
    else { return }
    let isFilm = mediaType.utf8.starts(with: "video/".utf8) || mediaType.utf8.starts(with: "audio/".utf8)
    for observation in observations {
      guard case .timestamp(let other) = observation.fact, other.precision != .day else { continue }
      let minutes: Int16?
      switch observation.role {
      case .original where named.utcOffsetMinutes == 0 && other.utcOffsetMinutes == nil:
        minutes = offset(local: other, utc: named)
      case .gps where named.utcOffsetMinutes == nil,
        .created where isFilm && named.utcOffsetMinutes == nil && other.utcOffsetMinutes == 0:
        minutes = offset(local: named, utc: other)
      default: continue
      }
      guard let minutes else { continue }
      observations.append(
        Observation(.derived, .utcOffset(minutes), field: "FileName:UTCGap", offset: nil))
      return
    }
  }

  /// How names start that cameras give.
  private static let words: [StaticString] = [
    "IMG", "VID", "MVIMG_", "PANO_", "DJI_", "WP_", "WIN_", "P_", "V_", "20",
  ]

  /// The time at which the file was made, as its name says it.
  private static func named(
    _ name: UnsafeBufferPointer<UInt8>, _ observations: [Observation]
  ) -> Timestamp? {
    guard let last = observations.last(where: { $0.role == .fileName }),
      case .timestamp(let time) = last.fact,
      time.precision == .second
    else { return nil }
    let bytes = NameBytes(name)
    if time.utcOffsetMinutes == 0 {
      return bytes.has("PXL_", at: 0) || bytes.has("wx_camera_", at: 0) ? time : nil
    }
    return time.utcOffsetMinutes == nil && words.contains { bytes.has($0, at: 0) } ? time : nil
  }

  /// Minutes east of UTC, where some zone has them.
  private static func offset(local: Timestamp, utc: Timestamp) -> Int16? {
    let gap = local.civilSeconds - utc.civilSeconds
    guard abs(gap) <= 14 * 3600 + tolerance else { return nil }
    let quarters = Int64((Double(gap) / 900).rounded())
    guard abs(gap - quarters * 900) <= tolerance, inUse.contains(Int16(quarters * 15)) else { return nil }
    return Int16(quarters * 15)
  }

  /// Offsets of zones that are no whole hours stand apart: half an hour is often how long somebody waited.
  private static let inUse: Set<Int16> = Set(
    (-12...14).map { $0 * 60 } + [-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825])
}
