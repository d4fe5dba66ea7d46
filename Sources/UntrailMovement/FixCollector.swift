package import UntrailModel

/// Takes the position fixes out of the files of a run: every position with a time, whatever channel it is from.
package struct FixCollector {
  /// Fixes beyond this are counted and not kept: 40 bytes each.
  package static let limit = 4_000_000

  package private(set) var fixes: [PositionFix] = []
  /// Fixes that were not kept.
  package private(set) var droppedCount = 0
  /// Fixes of times at which nobody can have been anywhere: before satellites, or behind the day of the audit.
  package private(set) var doubtfulCount = 0

  private let utcOffset: @Sendable (Coordinate, Int64) -> Int16?
  private let day: Int64

  /// - Parameter context: its clocks are for times that the file gives without a zone; what is agreed or booked for
  ///   its day or later is no fix yet.
  package init(_ context: AuditContext) {
    utcOffset = context.utcOffset
    day = context.day
  }

  /// - Parameter device: the number of the file's device; 0 where unknown.
  package mutating func add(_ file: JudgedFile, device: UInt32) {
    let observations = file.examination.observations
    let start = fixes.count
    for (place, entry) in file.index.entries.enumerated() {
      switch entry.kind {
      case .location:
        guard case .location(let location) = observations[place].fact,
          let time = time(of: location, observations[place].role, observations)
        else { continue }
        let isHistory = Self.historyRoles.contains(observations[place].role)
        add(
          PositionFix(
            coordinate: location.coordinate, time: time,
            accuracy: location.accuracy.map { Float($0) } ?? .nan,
            source: isHistory ? .history : .photo, file: UInt32(clamping: file.ordinal), device: device),
          since: start)
      case .track:
        guard case .track(let track) = observations[place].fact, observations[place].role == .recorded else {
          continue
        }
        for point in track.points {
          guard let time = point.time else { continue }
          add(
            PositionFix(
              coordinate: point.coordinate, time: track.isLocalTime ? utc(time, point.coordinate) : time,
              source: .track, file: UInt32(clamping: file.ordinal), device: device), since: start)
        }
      case .travel:
        guard case .travel(let travel) = observations[place].fact, let coordinate = travel.coordinate,
          let first = travel.start, first.precision != .day, (travel.end ?? first).civilDay < day
        else { continue }
        for time in [first, travel.end].compactMap(\.self) where time.precision != .day {
          add(
            PositionFix(
              coordinate: coordinate, time: utc(time, coordinate), source: .calendar,
              file: UInt32(clamping: file.ordinal), device: 0), since: start)
        }
      default: continue
      }
    }
  }

  /// Gives the fixes away: they are needed once, and are the largest thing that a run keeps.
  ///
  /// - Parameter device: the final number of a device for the one that was given.
  package mutating func takeFixes(device: (UInt32) -> UInt32 = { $0 }) -> [PositionFix] {
    var taken = fixes
    fixes = []
    for index in taken.indices where taken[index].device != 0 {
      taken[index].device = device(taken[index].device)
    }
    return taken
  }

  /// 1980-01-06T00:00:00 UTC, where the time of GPS starts.
  private static let firstTime: Int64 = 315_964_800

  private static let historyRoles: Set<Role> = [.visit, .home, .work, .waypoint]

  private mutating func add(_ fix: PositionFix, since start: Int) {
    // The same position stands in a file twice and more: in EXIF, in XMP, in its preview.
    if fix.source == .photo,
      fixes[start...].contains(where: { $0.coordinate == fix.coordinate && $0.time == fix.time })
    {
      return
    }
    guard fix.time >= Self.firstTime, CivilDate.floorDivide(fix.time, 86_400) <= day + 1 else {
      doubtfulCount += 1
      return
    }
    guard fixes.count < Self.limit else {
      droppedCount += 1
      return
    }
    fixes.append(fix)
  }

  /// When somebody was at a position: as stated with it, else when the picture was taken.
  private func time(of location: Location, _ role: Role, _ observations: [Observation]) -> Int64? {
    if let time = location.time, time.precision != .day { return utc(time, location.coordinate) }
    guard role == .camera else { return nil }
    for wanted in [Role.original, .digitized, .created] {
      for observation in observations where observation.role == wanted {
        // Of pictures, when a file was created is when it was edited; of films it is when they were made.
        if wanted == .created, observation.field != "QuickTime:CreateDate" { continue }
        if case .timestamp(let time) = observation.fact, time.precision != .day {
          return utc(time, location.coordinate)
        }
      }
    }
    return nil
  }

  private func utc(_ time: Timestamp, _ coordinate: Coordinate) -> Int64 {
    if let minutes = time.utcOffsetMinutes { return time.civilSeconds - Int64(minutes) * 60 }
    return utc(time.civilSeconds, coordinate)
  }

  private func utc(_ civilSeconds: Int64, _ coordinate: Coordinate) -> Int64 {
    let minutes =
      utcOffset(coordinate, civilSeconds).map(Double.init)
      ?? (coordinate.longitude / 15).rounded() * 60
    return civilSeconds - Int64(minutes) * 60
  }
}
