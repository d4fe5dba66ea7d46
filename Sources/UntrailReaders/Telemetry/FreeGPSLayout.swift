internal import UntrailBytes
internal import UntrailModel

/// Where the parts of a position stand in a "freeGPS " block, for the cameras that write one in each block.
struct FreeGPSLayout {
  private enum Number {
    case float
    case double
    /// 1e-7 degree, which is no DDDMM.MMMM.
    case whole
  }

  private var name: StaticString
  /// A, N or S, E or W.
  private var status: Int
  private var north: Int
  private var east: Int
  private var latitude: Int
  private var longitude: Int
  private var number = Number.float
  /// Hour, minute, second; and year, month, day.
  private var time: Int
  private var date: Int
  /// What must stand at a place besides.
  private var mark: (text: StaticString, offset: Int)?

  /// In the order in which they are asked: those that demand more stand before others.
  static let all = [
    FreeGPSLayout(
      name: "Transcend 2", status: 60, north: 72, east: 88, latitude: 64, longitude: 80, number: .double,
      time: 48, date: 112),
    FreeGPSLayout(
      name: "Akaso", status: 60, north: 68, east: 76, latitude: 64, longitude: 72, time: 48, date: 88),
    FreeGPSLayout(
      name: "Viofo A119 v3", status: 40, north: 41, east: 42, latitude: 44, longitude: 48, time: 16, date: 28),
    FreeGPSLayout(
      name: "IQS", status: 72, north: 73, east: 74, latitude: 76, longitude: 80, number: .whole, time: 48,
      date: 60, mark: ("IQS", 16)),
    FreeGPSLayout(
      name: "Novatek", status: 72, north: 73, east: 74, latitude: 76, longitude: 80, time: 48, date: 60),
    // Its numbers stand in the order longitude, latitude.
    FreeGPSLayout(
      name: "Vantrue S1", status: 64, north: 65, east: 66, latitude: 96, longitude: 92, time: 80, date: 68),
    FreeGPSLayout(
      name: "Vantrue N4", status: 28, north: 40, east: 56, latitude: 32, longitude: 48, number: .double,
      time: 16, date: 80),
  ]

  /// Whether a block has a valid position in this layout.
  func fits(_ block: SampleBytes) -> Bool {
    block.has("A", at: status) && FreeGPS.isHemispheres(block, north, east)
      && (mark.map { block.has($0.text, at: $0.offset) } ?? true) && moment(block) != nil
  }

  func add(_ block: SampleBytes, _ log: inout TelemetryLog, into result: inout ReadResult) {
    guard var north = degrees(block, latitude), var east = degrees(block, longitude) else { return }
    // Transcend's Driver Pro 230 writes them once more, as doubles.
    if number == .float, status == 72, let fineNorth = block.f64(0x70, .little),
      let fineEast = block.f64(0x80, .little)
    {
      let (latitude, longitude) = (FreeGPS.degrees(fineNorth), FreeGPS.degrees(fineEast))
      if abs(latitude - north) < 1e-4, abs(longitude - east) < 1e-4 { (north, east) = (latitude, longitude) }
    }
    log.add(
      block.has("S", at: self.north) ? -north : north, block.has("W", at: self.east) ? -east : east,
      time: moment(block), FreeGPS.stream, at: block.place(latitude), into: &result)
  }

  private func degrees(_ block: SampleBytes, _ offset: Int) -> Double? {
    switch number {
    case .float: block.f32(offset, .little).map { FreeGPS.degrees(abs($0)) }
    case .double: block.f64(offset, .little).map { FreeGPS.degrees(abs($0)) }
    case .whole: block.i32(offset, .little).map { abs(Double($0)) / 1e7 }
    }
  }

  private func moment(_ block: SampleBytes) -> Int64? {
    guard let hour = block.small(time), let minute = block.small(time + 4),
      let second = block.small(time + 8),
      let year = block.small(date), let month = block.small(date + 4), let day = block.small(date + 8)
    else { return nil }
    return MakerNoteTime.timestamp(year < 2000 ? year + 2000 : year, month, day, hour, minute, second)?
      .civilSeconds
  }
}

/// The block in which a camera repeats what it keeps of the last positions, each encrypted with two of its own bytes.
///
///     from 48, records of 52 bytes, as they are when decrypted:
///     0D hour less 1, minute, second      10 latitude     14 key, "ATC"     18 longitude     1C key, "001"
///     2C year of 16 bits, month, day      positions in 1e-7 degree
///
/// Source: ExifTool's QuickTimeStream.pl, type 2A.
enum FreeGPSRing {
  static func decode(
    _ block: SampleBytes, lastTime: inout Int64?, _ log: inout TelemetryLog, into result: inout ReadResult
  ) {
    for offset in stride(from: 0x30, to: block.count - 52, by: 52) {
      guard var bytes = block.array(offset, 52) else { return }
      let (first, second) = (bytes[0x14], bytes[0x1C])
      for index in Array(0...0x14) + Array(0x18...0x1B) { bytes[index] ^= first }
      for index in [0x1C] + Array(0x20...0x32) { bytes[index] ^= second }
      let found: (latitude: Int32, longitude: Int32, time: Int64)? = bytes.withUnsafeBytes { raw in
        let record = SampleBytes(raw, start: nil)
        guard let latitude = record.i32(0x10, .little), let longitude = record.i32(0x18, .little),
          let year = record.u16(0x2C, .little),
          let time = MakerNoteTime.timestamp(
            Int(year), Int(raw[0x2E]), Int(raw[0x2F]), Int(raw[0x0D] &+ 1), Int(raw[0x0E]), Int(raw[0x0F]))
        else { return nil }
        return (latitude, longitude, time.civilSeconds)
      }
      guard let found, lastTime.map({ found.time > $0 }) ?? true else { continue }
      lastTime = found.time
      log.add(
        Double(found.latitude) / 1e7, Double(found.longitude) / 1e7, time: found.time, FreeGPS.stream,
        at: block.place(offset), into: &result)
    }
  }
}
