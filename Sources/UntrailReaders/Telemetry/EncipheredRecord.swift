internal import UntrailBytes
internal import UntrailModel

/// One position as cameras with a chip of Ambarella write it: in ASCII, mostly with every byte changed by AA.
///
///     00  8 bytes, of which the last two are FE FE
///     08  YYYYMMDDHHMMSS, a byte
///     17  15 bytes: another time, or a name that the owner gave the car
///     26  N or S, DDMMMMMM, E or W, DDDMMMMMM: minutes with four decimals
///
/// Times are of a zone that is not named.
///
/// Source: ExifTool's QuickTimeStream.pl, Azdome, EEEkit, BlueSkySea, Ambarella A12, Lamax and Kenwood.
enum EncipheredRecord {
  static let key: UInt8 = 0xAA
  /// Bytes of a record as far as it is read.
  static let length = 57

  /// Whether a record stands at the start of a sample, as its own or behind two zeros.
  static func isPlace(_ sample: SampleBytes) -> Bool {
    sample.has([0xF2, 0xE1, 0xF0, 0xEE], at: 2) && sample.has("TT", at: 6)
      || sample.has([0, 0]) && sample.has([0xAA, 0xAA], at: 4) && sample.has("TT", at: 6)
  }

  /// Adds the position of a record; where it has none, nothing.
  ///
  /// - Parameter key: 0 where the bytes are as they are.
  static func add(
    _ sample: SampleBytes, at offset: Int, key: UInt8 = key, _ log: inout TelemetryLog,
    into result: inout ReadResult
  ) {
    guard let bytes = sample.array(offset, length)?.map({ $0 ^ key }),
      let seconds = WrittenMoment.seconds(Array(bytes[8..<22])),
      let latitude = number(bytes[39..<47]), let longitude = number(bytes[48..<57]),
      "NS".utf8.contains(bytes[38]), "EW".utf8.contains(bytes[47])
    else { return }
    let north = degrees(latitude)
    let east = degrees(longitude)
    log.add(
      bytes[38] == UInt8(ascii: "S") ? -north : north, bytes[47] == UInt8(ascii: "W") ? -east : east,
      time: seconds, isLocal: true, FreeGPS.stream, at: sample.place(offset + 38), into: &result)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Double? {
    WrittenNumber.whole(digits).map(Double.init)
  }

  /// Degrees of DDDMMMMMM.
  private static func degrees(_ value: Double) -> Double { FreeGPS.degrees(value / 10_000) }
}
