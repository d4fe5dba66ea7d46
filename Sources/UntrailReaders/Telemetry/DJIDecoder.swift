internal import UntrailBytes
internal import UntrailModel

/// A `djmd` track: what a camera or drone of DJI says of each of its pictures, in Protocol Buffers.
///
///     1.1.1   name of the protocol, by which the rest is known; in the first sample
///     1.1.5   serial number       1.1.10   model
///     GPS, where `paths` says: 1 units (0 radians, 1 degrees), 2 latitude, 3 longitude (doubles)
///     3.4.2.6.1   time of the position, on Osmo cameras
///
/// Source: ExifTool's tables "DJI Protobuf Tags"; Protocol Buffers, "Encoding".
struct DJIDecoder: SampleDecoder {
  private static let stream = TelemetryLog.Stream(field: "DJI:GPSLatitude")
  /// Where the position stands, by the name of the protocol.
  private static let paths: [String: [UInt64]] = [
    "dvtm_Air3s": [3, 3, 4, 1], "dvtm_Air3": [3, 3, 4, 1], "dvtm_Mini4_Pro": [3, 3, 4, 1],
    "dvtm_wm265e": [3, 3, 4, 1], "dvtm_pm320": [3, 3, 4, 1], "dvtm_wa345e": [3, 3, 4, 1],
    "dvtm_wm261": [3, 3, 4, 1], "dvtm_Mavic4": [3, 3, 4, 1], "dvtm_Mini5Pro": [3, 3, 4, 1],
    "dvtm_AVATA2": [3, 4, 4, 1], "dvtm_dji_neo": [3, 4, 4, 1], "dvtm_ac203": [3, 4, 2, 1],
    "dvtm_ac204": [3, 4, 2, 1], "dvtm_ac206": [3, 4, 2, 1], "dvtm_oq101": [3, 4, 2, 1],
    // It has no receiver.
    "dvtm_PP-101": [],
  ]
  /// Those that write degrees and say nothing of units.
  private static let inDegrees: Set<String> = ["dvtm_Mavic4", "dvtm_Mini5Pro"]

  private var name = ""
  private var path: [UInt64] = []
  private(set) var isDone = false

  mutating func decode(
    _ sample: SampleBytes, at time: SampleTime, _ log: inout TelemetryLog, into result: inout ReadResult
  ) {
    if name.isEmpty {
      begin(sample, &log, into: &result)
      guard !isDone else { return }
    }
    guard let place = Protobuf.message(sample, path), let latitude = Protobuf.double(place, 2),
      let longitude = Protobuf.double(place, 3),
      // Without a fix both are 0, or left out.
      abs(latitude) > 1e-9 || abs(longitude) > 1e-9
    else { return }
    let isDegrees = Protobuf.varint(place, 1) == 1 || Self.inDegrees.contains(name)
    let unit = isDegrees ? 1 : 180 / Double.pi
    let date = Protobuf.message(sample, [3, 4, 2, 6, 1]).flatMap { $0.array(0, $0.count) }
    log.add(
      latitude * unit, longitude * unit,
      time: path == [3, 4, 2, 1] ? date.flatMap(WrittenMoment.seconds) : nil,
      Self.stream, at: place.place(0), into: &result)
  }

  private mutating func begin(
    _ sample: SampleBytes, _ log: inout TelemetryLog, into result: inout ReadResult
  ) {
    guard let stated = Protobuf.message(sample, [1, 1, 1]), let text = stated.text(0, stated.count) else {
      return isDone = true
    }
    name = text.hasSuffix(".proto") ? String(text.dropLast(6)) : text
    if let value = Protobuf.message(sample, [1, 1, 5]),
      let serial = value.text(0, value.count).flatMap(MakerNoteText.serial)
    {
      log.add(.body, .serial(serial), "DJI:SerialNumber", at: value.place(0), into: &result)
    }
    if let value = Protobuf.message(sample, [1, 1, 10]), let model = value.text(0, min(value.count, 64)) {
      log.add(
        .camera, .device(Device(make: "DJI", model: model)), "DJI:Model", at: value.place(0), into: &result)
    }
    if let known = Self.paths[name] {
      path = known
      isDone = known.isEmpty
    } else {
      result.notRead(
        "telemetry-not-read", "telemetry of a DJI device that this version does not know",
        at: stated.place(0) ?? 0)
      isDone = true
    }
  }
}

/// Fields of a message in Protocol Buffers.
///
///     varint: number << 3 | type      0 varint, 1 of 64 bits, 2 length and bytes, 5 of 32 bits
///
/// Source: Protocol Buffers, "Encoding".
enum Protobuf {
  private struct Field {
    var number: UInt64
    var type: UInt64
    /// The bytes of the value; of a varint, those that follow it too.
    var value: SampleBytes
    var varint: UInt64 = 0
  }

  /// The bytes at the end of a way through messages; nil where there are none.
  static func message(_ bytes: SampleBytes, _ path: [UInt64]) -> SampleBytes? {
    var bytes = bytes
    for number in path {
      guard let field = first(bytes, number, type: 2) else { return nil }
      bytes = field.value
    }
    return path.isEmpty ? nil : bytes
  }

  static func double(_ bytes: SampleBytes, _ number: UInt64) -> Double? {
    first(bytes, number, type: 1)?.value.f64(0, .little)
  }

  static func varint(_ bytes: SampleBytes, _ number: UInt64) -> UInt64? {
    first(bytes, number, type: 0)?.varint
  }

  private static func first(_ bytes: SampleBytes, _ number: UInt64, type: UInt64) -> Field? {
    var offset = 0
    while let field = field(bytes, &offset) {
      if field.number == number, field.type == type { return field }
    }
    return nil
  }

  private static func field(_ bytes: SampleBytes, _ offset: inout Int) -> Field? {
    guard let key = varint(bytes, at: &offset) else { return nil }
    var field = Field(number: key >> 3, type: key & 7, value: bytes)
    let length: Int
    switch field.type {
    case 0:
      guard let value = varint(bytes, at: &offset) else { return nil }
      field.varint = value
      return field
    case 1: length = 8
    case 2:
      guard let stated = varint(bytes, at: &offset), stated <= UInt64(bytes.count) else { return nil }
      length = Int(stated)
    case 5: length = 4
    default: return nil
    }
    guard let value = bytes.slice(offset, length) else { return nil }
    field.value = value
    offset += length
    return field
  }

  private static func varint(_ bytes: SampleBytes, at offset: inout Int) -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = bytes.u8(offset) else { return nil }
      offset += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }
}

/// Dates with times in digits, whatever stands between them: 2024-05-01 10:20:30, 20240501102030.
enum WrittenMoment {
  /// Seconds since 1970 of the first fourteen digits; nil where they are no time.
  static func seconds(_ bytes: [UInt8]) -> Int64? {
    let digits = bytes.prefix(32).filter { $0 >= 0x30 && $0 <= 0x39 }
    guard digits.count >= 14 else { return nil }
    func part(_ start: Int, _ length: Int) -> Int? { WrittenNumber.whole(digits[start..<(start + length)]) }
    guard let year = part(0, 4), let month = part(4, 2), let day = part(6, 2), let hour = part(8, 2),
      let minute = part(10, 2), let second = part(12, 2)
    else { return nil }
    return MakerNoteTime.timestamp(year, month, day, hour, minute, second)?.civilSeconds
  }
}
