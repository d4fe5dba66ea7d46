internal import UntrailBytes
internal import UntrailModel

/// Texts that say where a camera was.
///
///     $GPRMC,...                                            sentences of NMEA; also behind other words
///     gsensori,4,512,-67,-12,100;GNRMC,161313.00,A,...      without the sign before it (Thinkware)
///     A,270519,201555.000,3356.8925,N,08420.2071,W,000.0    (Mini 0806)
///     $G:2020-01-02 03:04:05-N48.8584-E2.2945-S10           local time
///     GPS (2.2945, 48.8584, 18), D 24.26m, ...              and other forms of TelemetryLine
///     Lat:48.8584 Lon:2.2945 Alt:35.1m                      (Yuneec)
///     48.8584,2.2945                                        latitude, longitude
///     characters replaced by others, with a * near the end  (Roadhawk, E-Prance)
///
/// Source: ExifTool's QuickTimeStream.pl, `Process_text`.
enum TimedText {
  struct Position {
    var latitude: Double
    var longitude: Double
    var time: Int64?
    var isLocal = false
  }

  // MARK: Sentences

  /// The text in the ways in which sentences may stand in it, the likeliest first.
  static func sentences(in bytes: [UInt8]) -> [[UInt8]] {
    var forms: [[UInt8]] = []
    if bytes.contains(UInt8(ascii: "$")) { forms.append(bytes) }
    if let signed = signed(bytes) { forms.append(signed) }
    if let replaced = replaced(bytes) { forms.append(replaced) }
    if let shifted = shifted(bytes) { forms.append(shifted) }
    return forms
  }

  /// A sentence that lacks its first sign.
  private static func signed(_ bytes: [UInt8]) -> [UInt8]? {
    guard let index = firstIndex(of: Array("RMC,".utf8), in: bytes), index >= 2,
      index < 3 || bytes[index - 3] != UInt8(ascii: "$"),
      bytes[(index - 2)..<index].allSatisfy({ $0 >= 0x41 && $0 <= 0x5A })
    else { return nil }
    let rest = bytes[(index - 2)...].prefix { $0 != UInt8(ascii: ";") && $0 >= 0x20 }
    return [UInt8(ascii: "$")] + rest
  }

  /// Roadhawk: each character stands for another one; the last ones are *, two digits and ~.
  private static func replaced(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count > 8, bytes.last == UInt8(ascii: "~"), bytes[bytes.count - 4] == UInt8(ascii: "*") else {
      return nil
    }
    let meanings = Array("-I8XQWRVNZOYPUTA0B1C2SJ9K.L,M$D3E4F5G6H7".utf8)
    return bytes.dropLast(4).map { byte in
      byte >= 43 && Int(byte) - 43 < meanings.count ? meanings[Int(byte) - 43] : byte
    }
  }

  /// E-Prance: between a zero and a line's end each character is moved as far as the * before the checksum is.
  private static func shifted(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count > 5, bytes.first == 0, bytes.last == 0x0A else { return nil }
    let distance = UInt8(ascii: "*") &- bytes[bytes.count - 4]
    guard distance != 0 else { return nil }
    return bytes.dropFirst().dropLast().map { $0 &+ distance }
  }

  private static func firstIndex(of pattern: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= pattern.count else { return nil }
    return (0...(bytes.count - pattern.count)).first {
      bytes[$0] == pattern[0] && bytes[$0..<($0 + pattern.count)].elementsEqual(pattern)
    }
  }

  // MARK: Others

  static func position(in bytes: [UInt8]) -> Position? {
    if let found = fields(bytes) ?? dashed(bytes) { return found }
    let line = TelemetryLine(bytes, isWhole: true)
    if let position = line.position {
      return Position(
        latitude: position.latitude, longitude: position.longitude, time: line.time?.seconds, isLocal: true)
    }
    return pair(bytes)
  }

  /// A,DDMMYY,HHMMSS,DDMM.MMMM,N,DDDMM.MMMM,E: what stands in an RMC sentence, in another order.
  private static func fields(_ bytes: [UInt8]) -> Position? {
    guard bytes.starts(with: "A,".utf8) else { return nil }
    let parts = bytes.split(separator: UInt8(ascii: ","), maxSplits: 8, omittingEmptySubsequences: false)
    guard parts.count >= 7,
      let sentence = NMEASentence(ArraySlice(Array("GPXXX,".utf8) + bytes.dropFirst(2))),
      let latitude = sentence.degrees(2), let longitude = sentence.degrees(4)
    else { return nil }
    let time = sentence.day(0).flatMap { day in sentence.secondsOfDay(1).map { day * 86_400 + $0 } }
    return Position(latitude: latitude, longitude: longitude, time: time)
  }

  /// $G:YYYY-MM-DD HH:MM:SS-N48.8584-E2.2945-S10
  private static func dashed(_ bytes: [UInt8]) -> Position? {
    guard let index = firstIndex(of: Array("$G:".utf8), in: bytes), index + 22 < bytes.count else {
      return nil
    }
    let body = bytes[(index + 3)...]
    let parts = body.dropFirst(19).split(separator: UInt8(ascii: "-"))
    guard parts.count >= 2, let latitude = WrittenNumber.read(parts[0].dropFirst()),
      let longitude = WrittenNumber.read(parts[1].dropFirst()), let north = parts[0].first,
      let east = parts[1].first, "NS".utf8.contains(north), "EW".utf8.contains(east)
    else { return nil }
    return Position(
      latitude: north == UInt8(ascii: "S") ? -latitude : latitude,
      longitude: east == UInt8(ascii: "W") ? -longitude : longitude,
      time: WrittenMoment.seconds(Array(body.prefix(19))), isLocal: true)
  }

  /// Two or three numbers and nothing else, the first two with four decimals or more.
  private static func pair(_ bytes: [UInt8]) -> Position? {
    guard bytes.count <= 64 else { return nil }
    let parts = bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { part in
      part.filter { $0 > 0x20 }
    }
    guard (2...3).contains(parts.count), parts.count == 2 || WrittenNumber.read(parts[2]) != nil else {
      return nil
    }
    for part in parts.prefix(2) {
      guard let point = part.firstIndex(of: UInt8(ascii: ".")), part.count - point > 4 else { return nil }
    }
    guard let latitude = WrittenNumber.read(parts[0]), let longitude = WrittenNumber.read(parts[1]) else {
      return nil
    }
    return Position(latitude: latitude, longitude: longitude)
  }
}
