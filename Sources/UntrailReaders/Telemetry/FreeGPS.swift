internal import UntrailBytes
internal import UntrailModel

/// The blocks that dash-cams put between their pictures: "freeGPS " and one position, or some.
///
///     00  length of the block, big-endian          04  freeGPS
///     48  hour, minute, second, year, month, day; 72 A or V, N or S, E or W; 76 latitude, longitude, knots, degrees
///         (Novatek; more in FreeGPSLayout)
///
/// Numbers are little-endian, of 32 bits; latitude and longitude are DDDMM.MMMM. Times are UTC, but for those of
/// cameras with a chip of Ambarella.
///
/// Source: ExifTool's QuickTimeStream.pl, ProcessFreeGPS and ProcessFreeGPS2; sergei.nz, "Extracting GPS data from
/// Viofo A119 and other Novatek powered cameras".
enum FreeGPS {
  static let stream = TelemetryLog.Stream(field: "QuickTime:GPSLatitude", device: "freeGPS")
  /// Bytes of a block that are looked at.
  static let longest = 65_536

  static func isBlock(_ bytes: SampleBytes) -> Bool { bytes.has("freeGPS ", at: 4) }

  /// Adds what a block says.
  ///
  /// - Parameter lastTime: of the positions before, for blocks that repeat them.
  static func decode(
    _ block: SampleBytes, lastTime: inout Int64?, _ log: inout TelemetryLog, into result: inout ReadResult
  ) {
    guard isBlock(block), block.count >= 82 else { return }
    if block.has([0xAA, 0xAA, 0xF2, 0xE1, 0xF0, 0xEE, 0x54, 0x54], at: 18) {
      EncipheredRecord.add(block, at: 18, &log, into: &result)
    } else if block.has("ATC", at: 0x45) {
      FreeGPSRing.decode(block, lastTime: &lastTime, &log, into: &result)
    } else if block.has("4W`b]S<", at: 60) {
      addShifted(block, &log, into: &result)
    } else if isEncrypted(block) {
      noteEncrypted(at: block.place(0), into: &result)
    } else if let date = block.array(52, 14), date.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
      addSentences(block.array(0, min(block.count, 1024)) ?? [], at: block, &log, into: &result)
    } else if let layout = FreeGPSLayout.all.first(where: { $0.fits(block) }) {
      layout.add(block, &log, into: &result)
    } else if block.has("A", at: 16), isHemispheres(block, 17, 18) {
      addShortRecords(block, &log, into: &result)
    } else {
      addBigEndian(block, lastTime: &lastTime, &log, into: &result)
    }
  }

  /// Says that coordinates are there that nobody outside of the maker can read.
  static func noteEncrypted(at place: Int?, into result: inout ReadResult) {
    result.notRead(
      "telemetry-encrypted", "positions of a dash-cam that are encrypted in a way that is not known",
      at: place ?? 0)
  }

  /// Degrees of DDDMM.MMMM.
  static func degrees(_ value: Double) -> Double {
    let whole = (value / 100).rounded(.towardZero)
    return whole + (value - whole * 100) / 60
  }

  static func isHemispheres(_ block: SampleBytes, _ north: Int, _ east: Int) -> Bool {
    guard let north = block.u8(north), let east = block.u8(east) else { return false }
    return "NS".utf8.contains(north) && "EW".utf8.contains(east)
  }

  /// Akaso V1, Redtiger F7N and EACHPAI.
  private static func isEncrypted(_ block: SampleBytes) -> Bool {
    if block.has([0xAC, 0, 0, 0], at: 12), block.has("4W`b]S<AG", at: 60) { return true }
    guard let month = block.small(64), let day = block.small(68) else { return false }
    return (1...12).contains(month) && (1...31).contains(day) && block.has("A", at: 72)
      && isHemispheres(block, 73, 74) && block.has([0, 0, 0, 0, 0], at: 75)
  }

  /// A sentence of NMEA, each character made larger by 16.
  private static func addShifted(
    _ block: SampleBytes, _ log: inout TelemetryLog, into result: inout ReadResult
  ) {
    guard !block.has([0xAC, 0, 0, 0], at: 12) else { return noteEncrypted(at: block.place(0), into: &result) }
    let line = (block.array(60, min(80, block.count - 60)) ?? []).map { $0 >= 16 ? $0 - 16 : 0 }
    addSentences(line, at: block, &log, into: &result)
  }

  private static func addSentences(
    _ bytes: [UInt8], at block: SampleBytes, _ log: inout TelemetryLog, into result: inout ReadResult
  ) {
    var sentences = SentenceStream(stream)
    sentences.add(bytes, at: block.place(0), &log, into: &result)
    sentences.finish(&log, into: &result)
  }

  /// INNOVV: A, N or S, E or W, 00, latitude, longitude, knots, degrees, 12 bytes, again and again; no time.
  private static func addShortRecords(
    _ block: SampleBytes, _ log: inout TelemetryLog, into result: inout ReadResult
  ) {
    var offset = 16
    while block.has("A", at: offset), isHemispheres(block, offset + 1, offset + 2),
      let latitude = block.f32(offset + 4, .little), let longitude = block.f32(offset + 8, .little),
      block.slice(offset, 32) != nil
    {
      let north = degrees(abs(latitude))
      let east = degrees(abs(longitude))
      log.add(
        block.has("S", at: offset + 1) ? -north : north, block.has("W", at: offset + 2) ? -east : east,
        time: nil, stream, at: block.place(offset + 4), into: &result)
      offset += 32
    }
  }

  /// NextBase 512G: from byte 50, speed, heading, year (16 bits each), month, day, hour, minute, tenths of a second (16
  /// bits), a byte, latitude, longitude (1e-7 degree), 9 bytes, again and again; big-endian.
  private static func addBigEndian(
    _ block: SampleBytes, lastTime: inout Int64?, _ log: inout TelemetryLog, into result: inout ReadResult
  ) {
    var offset = 50
    while let year = block.u16(offset + 4, .big), let date = block.array(offset + 6, 4),
      let tenths = block.u16(offset + 10, .big), let latitude = block.i32(offset + 13, .big),
      let longitude = block.i32(offset + 17, .big), year >= 2000, tenths < 600,
      let time = MakerNoteTime.timestamp(
        Int(year), Int(date[0]), Int(date[1]), Int(date[2]), Int(date[3]), Int(tenths / 10))
    {
      if lastTime.map({ time.civilSeconds > $0 }) ?? true {
        lastTime = time.civilSeconds
        log.add(
          Double(latitude) / 1e7, Double(longitude) / 1e7, time: time.civilSeconds, stream,
          at: block.place(offset + 13), into: &result)
      }
      offset += 32
    }
  }
}
