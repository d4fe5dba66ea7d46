internal import UntrailBytes
internal import UntrailModel

/// Boxes of films in which dash-cams keep all their positions together. Each takes the bytes of such a box, so that
/// readers of other containers can use them.
enum DashcamBoxes {
  static let stream = TelemetryLog.Stream(field: "QuickTime:GPSLatitude", device: "box")

  /// `gps0` of DuDuBell M1 and VSYS M6L: records of 32 bytes, little-endian.
  ///
  ///     latitude, longitude (doubles, DDDMM.MMMM), metres (32 bits), speed (16 bits), year since 2000, month, day,
  ///     hour, minute, second, degrees / 2, 3 bytes
  ///
  /// Lamax S9 has 311 bytes with an enciphered record; see EncipheredRecord.
  ///
  /// Source: ExifTool's QuickTimeStream.pl, `Process_gps0`.
  static func ambarella(_ box: SampleBytes, _ log: inout TelemetryLog, into result: inout ReadResult) {
    guard !EncipheredRecord.isPlace(box) else {
      for offset in stride(from: 0, to: box.count, by: 311) {
        EncipheredRecord.add(box, at: offset, &log, into: &result)
      }
      return
    }
    for offset in stride(from: 0, to: box.count - 31, by: 32) {
      guard let latitude = box.f64(offset, .little), let longitude = box.f64(offset + 8, .little),
        let date = box.array(offset + 22, 6)
      else { return }
      guard abs(latitude) <= 9000, abs(longitude) <= 18_000, latitude != 0 || longitude != 0 else { continue }
      let parts = date.map { Int($0) }
      let time = MakerNoteTime.timestamp(
        2000 + parts[0], parts[1], parts[2], parts[3], parts[4], parts[5])
      log.add(
        FreeGPS.degrees(latitude), FreeGPS.degrees(longitude), time: time?.civilSeconds, stream,
        at: box.place(offset), into: &result)
    }
  }

  /// `GPS ` of 70mai: records of 36 bytes, little-endian.
  ///
  ///     8 bytes, seconds of the film, speed, N or S, latitude, E or W, longitude, 10 bytes
  ///
  /// Positions are DDDMM.MMM in thousandths.
  ///
  /// Source: ExifTool's QuickTimeStream.pl, `ParseTag`.
  static func seventyMai(_ box: SampleBytes, _ log: inout TelemetryLog, into result: inout ReadResult) {
    for offset in stride(from: 0, to: box.count - 36, by: 36) {
      guard let record = box.slice(offset, 36), let north = record.u8(16),
        let latitude = record.u32(17, .little),
        let east = record.u8(21), let longitude = record.u32(22, .little)
      else { return }
      guard "NS".utf8.contains(north), "EW".utf8.contains(east) else { return }
      let degrees = (FreeGPS.degrees(Double(latitude) / 1000), FreeGPS.degrees(Double(longitude) / 1000))
      log.add(
        north == UInt8(ascii: "S") ? -degrees.0 : degrees.0,
        east == UInt8(ascii: "W") ? -degrees.1 : degrees.1,
        time: nil, stream, at: record.place(17), into: &result)
    }
  }

  /// The `uuid` box by which Garmin's positions are known.
  static let garminID: [UInt8] = [
    0x9B, 0x63, 0x0F, 0x8D, 0x63, 0x74, 0x40, 0xEC, 0x82, 0x04, 0xBC, 0x5F, 0xF5, 0x09, 0x17, 0x28,
  ]

  /// Garmin DriveAssist 51: 33 bytes, then records of 20, big-endian.
  ///
  ///     seconds since 1904, UTC, miles an hour (16 bits), 6 bytes, latitude, longitude in parts of half a circle
  ///
  /// Source: ExifTool's QuickTimeStream.pl, `ProcessGarminGPS`.
  static func garmin(_ box: SampleBytes, _ log: inout TelemetryLog, into result: inout ReadResult) {
    let stream = TelemetryLog.Stream(field: "Garmin:GPSLatitude")
    let unit = 180 / 2_147_483_648.0
    for offset in stride(from: 33, to: box.count - 19, by: 20) {
      guard let seconds = box.u32(offset, .big), let latitude = box.i32(offset + 12, .big),
        let longitude = box.i32(offset + 16, .big)
      else { return }
      let time = Int64(seconds) - 2_082_844_800
      log.add(
        Double(latitude) * unit, Double(longitude) * unit, time: time > 0 ? time : nil, stream,
        at: box.place(offset + 12), into: &result)
    }
  }

  /// A `udta` box of Kenwood: records as in EncipheredRecord, not enciphered, each behind FE FE.
  ///
  /// Source: ExifTool's QuickTimeStream.pl, `ProcessKenwood`.
  static func kenwood(_ box: SampleBytes, _ log: inout TelemetryLog, into result: inout ReadResult) {
    for offset in stride(from: 6, to: box.count - EncipheredRecord.length, by: 1)
    where box.bytes[offset] == 0xFE && box.bytes[offset + 1] == 0xFE {
      EncipheredRecord.add(box, at: offset - 6, key: 0, &log, into: &result)
    }
  }

  /// A log in text: `gps ` of BlackVue, `udat` of DataKam, with sentences of NMEA, some behind [milliseconds]; or
  /// Denver's lines.
  ///
  ///     210318073213[1][N][52200970][E][006362321][+00152][100][00140][C000000]+000...
  ///     YYMMDDHHMMSS, fix, N or S, DDMMMMMM, E or W, DDDMMMMMM (minutes with four decimals), UTC
  ///
  /// Source: ExifTool's QuickTimeStream.pl, `ProcessGPSLog`.
  static func textLog(_ box: SampleBytes, _ log: inout TelemetryLog, into result: inout ReadResult) {
    guard let bytes = box.array(0, box.count) else { return }
    var sentences = SentenceStream(stream)
    let isKnown = sentences.add(bytes, at: box.place(0), &log, into: &result)
    sentences.finish(&log, into: &result)
    guard !isKnown else { return }
    for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D || $0 == 0 }) {
      let parts = line.split(maxSplits: 8) { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") }
      guard parts.count >= 6, parts[0].count >= 12, parts[1].elementsEqual("1".utf8), parts[3].count == 8,
        parts[5].count == 9, let north = parts[2].first, let east = parts[4].first, "NS".utf8.contains(north),
        "EW".utf8.contains(east), let latitude = WrittenNumber.whole(parts[3]),
        let longitude = WrittenNumber.whole(parts[5])
      else { continue }
      let degrees = (FreeGPS.degrees(Double(latitude) / 10_000), FreeGPS.degrees(Double(longitude) / 10_000))
      log.add(
        north == UInt8(ascii: "S") ? -degrees.0 : degrees.0,
        east == UInt8(ascii: "W") ? -degrees.1 : degrees.1,
        time: WrittenMoment.seconds(Array("20".utf8) + parts[0].suffix(12)), stream,
        at: box.place(parts[0].startIndex), into: &result)
    }
  }
}
