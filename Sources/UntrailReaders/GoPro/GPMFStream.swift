internal import UntrailBytes
internal import UntrailModel

/// One stream of GPMF, as far as it says where the device was.
///
///     TYPE    letters of the numbers of a structure
///     SCAL    what its numbers are divided by
///     GPSF    0 no fix, 2 or 3 dimensions; GPSU: time, YYMMDDHHMMSS.SSS, UTC
///     GPS5    (latitude, longitude, metres, speed, speed in space) several times a second
///     GPS9    (as GPS5, days since 2000, seconds of the day, dilution, fix)
///     GLPI    (milliseconds of the drone's clock, latitude, longitude, metres, ...), Karma
///     SYST    (seconds of the drone's clock, seconds since 1970)
///
/// Positions without a fix are none: the numbers are those of the last place, or of none.
///
/// Source: gopro/gpmf-parser, README.md, "GPS data"; ExifTool's GoPro.pm (GLPI and SYST).
struct GPMFStream {
  private var types: [UInt8] = []
  private var scales: [Double] = []
  private var fix: Double?
  /// Milliseconds since 1970.
  private var time: Int64?
  private var positions: [GPMFElement] = []
  private var clock: GPMFElement?

  /// More than any item has.
  private static let columnLimit = 64

  /// - Returns: whether the element is one of such a stream.
  mutating func take(_ element: GPMFElement) -> Bool {
    switch element.key {
    case "TYPE": types = Array((element.value.array(0, min(element.value.count, Self.columnLimit)) ?? []))
    case "SCAL": scales = element.numbers(limit: Self.columnLimit)
    case "GPSF": fix = element.numbers(limit: 1).first
    case "GPSU": time = Self.time(element.value)
    case "GPS5", "GPS9", "GLPI":
      guard positions.count < 4 else { return true }
      positions.append(element)
    case "SYST": clock = element
    default: return false
    }
    return true
  }

  func finish(
    _ device: inout GPMFDevice, at time: SampleTime, _ log: inout TelemetryLog, into result: inout ReadResult
  ) {
    device.noteStream()
    if let clock {
      let rows = GPMFRows(clock, types: types, scales: scales)
      if let own = rows.value(0, 0), let utc = rows.value(0, 1), utc > 0 { device.clockOffset = utc - own }
    }
    for element in positions {
      let rows = GPMFRows(element, types: types, scales: scales)
      switch element.key {
      case "GPS5": addPositions(rows, device.identity, duration: time.duration, &log, into: &result)
      case "GPS9": addTimedPositions(rows, device.identity, &log, into: &result)
      default: addPositionsOfDrone(rows, device, &log, into: &result)
      }
    }
  }

  private func addPositions(
    _ rows: GPMFRows, _ device: String, duration: Double, _ log: inout TelemetryLog,
    into result: inout ReadResult
  ) {
    guard rows.width >= 2, fix != 0 else { return }
    let stream = TelemetryLog.Stream(field: "GoPro:GPS5", device: device)
    // A sample has the positions of a second or so, and one time.
    let span = duration > 0 && duration < 60 ? duration * 1000 : 1000
    for row in 0..<rows.count {
      guard let latitude = rows.value(row, 0), let longitude = rows.value(row, 1) else { return }
      let seconds = time.map {
        CivilDate.floorDivide($0 + Int64(span * Double(row) / Double(rows.count)), 1000)
      }
      log.add(latitude, longitude, time: seconds, stream, at: rows.place(row), into: &result)
    }
  }

  private func addTimedPositions(
    _ rows: GPMFRows, _ device: String, _ log: inout TelemetryLog, into result: inout ReadResult
  ) {
    guard rows.width >= 9 else { return }
    let stream = TelemetryLog.Stream(field: "GoPro:GPS9", device: device)
    for row in 0..<rows.count {
      guard let latitude = rows.value(row, 0), let longitude = rows.value(row, 1),
        let day = rows.value(row, 5), let second = rows.value(row, 6), let fix = rows.value(row, 8)
      else { return }
      guard fix >= 2 else { continue }
      var time: Int64?
      if day > 0, day < 100_000, second >= 0, second < 86_401 {
        time = (Int64(day) + Self.daysTo2000) * 86_400 + Int64(second)
      }
      log.add(latitude, longitude, time: time, stream, at: rows.place(row), into: &result)
    }
  }

  /// Days from 1970-01-01 to 2000-01-01.
  private static let daysTo2000: Int64 = 10_957

  private func addPositionsOfDrone(
    _ rows: GPMFRows, _ device: GPMFDevice, _ log: inout TelemetryLog, into result: inout ReadResult
  ) {
    guard rows.width >= 3 else { return }
    let stream = TelemetryLog.Stream(field: "GoPro:GLPI", device: device.identity)
    for row in 0..<rows.count {
      guard let own = rows.value(row, 0), let latitude = rows.value(row, 1),
        let longitude = rows.value(row, 2)
      else { return }
      let seconds = device.clockOffset.map { $0 + own }.flatMap { $0 > 0 && $0 < 4e9 ? Int64($0) : nil }
      log.add(latitude, longitude, time: seconds, stream, at: rows.place(row), into: &result)
    }
  }

  /// Milliseconds since 1970 of YYMMDDHHMMSS.SSS.
  private static func time(_ value: SampleBytes) -> Int64? {
    func part(_ offset: Int, _ length: Int) -> Int? {
      value.array(offset, length).flatMap { WrittenNumber.whole($0) }
    }
    guard let year = part(0, 2), let month = part(2, 2), let day = part(4, 2), let hour = part(6, 2),
      let minute = part(8, 2), let second = part(10, 2),
      let timestamp = MakerNoteTime.timestamp(2000 + year, month, day, hour, minute, second)
    else { return nil }
    return timestamp.civilSeconds * 1000 + Int64(part(13, 3) ?? 0)
  }
}
