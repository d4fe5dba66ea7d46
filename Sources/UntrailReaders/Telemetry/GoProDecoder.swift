internal import UntrailBytes
internal import UntrailModel

/// A `gpmd` track: GoPro's metadata, and what dash-cams of other makers put under its name.
///
///     FMAS 00 00 00 00                             Vantrue; see VantrueRecord
///     00 00 F2 E1 F0 EE 54 54                      Rove; see EncipheredRecord
///     21 bytes, 00 00 00 A N|S E|W                 Kingslim: coordinates encrypted, in a way that is not known
///     others                                       GPMF
///
/// Source: ExifTool's QuickTimeStream.pl, `gpmd`.
struct GoProDecoder: SampleDecoder {
  mutating func decode(
    _ sample: SampleBytes, at time: SampleTime, _ log: inout TelemetryLog, into result: inout ReadResult
  ) {
    if sample.has("FMAS\0\0\0\0") {
      VantrueRecord.decode(sample, &log, into: &result)
    } else if EncipheredRecord.isPlace(sample) {
      EncipheredRecord.add(sample, at: 0, &log, into: &result)
    } else if sample.has("\0\0\0A", at: 21), let north = sample.u8(25), "NS".utf8.contains(north) {
      FreeGPS.noteEncrypted(at: sample.place(0), into: &result)
    } else {
      GPMF.decode(sample, at: time, &log, into: &result)
    }
  }
}

/// A `fdsc` track: serial numbers and model of a GoPro, at places that cameras since the Hero 5 share.
///
///     00  GPRO        08  firmware, 15    17  serial, 16    57  another serial, 15    66  model, 16
///
/// Source: ExifTool's GoPro.pm, `fdsc`.
struct GoProDescriptionDecoder: SampleDecoder {
  private(set) var isDone = false

  mutating func decode(
    _ sample: SampleBytes, at time: SampleTime, _ log: inout TelemetryLog, into result: inout ReadResult
  ) {
    guard sample.has("GPRO") else { return isDone = true }
    isDone = true
    for (name, offset, length) in [("SerialNumber", 0x17, 16), ("OtherSerialNumber", 0x57, 15)] {
      guard let serial = sample.text(offset, length).flatMap(MakerNoteText.serial) else { continue }
      log.add(.body, .serial(serial), "GoPro:\(name)", at: sample.place(offset), into: &result)
    }
    if let version = sample.text(0x08, 15) {
      log.add(.firmware, .software(version), "GoPro:FirmwareVersion", at: sample.place(0x08), into: &result)
    }
    if let model = sample.text(0x66, 16) {
      log.add(
        .camera, .device(Device(make: "GoPro", model: model)), "GoPro:Model", at: sample.place(0x66),
        into: &result)
    }
  }
}

/// What a Vantrue N2S writes.
///
///     00  FMAS                    50  SAMM
///     60  year, 16 bits, month, day, hour, minute, second
///     78  A, E or W, N or S       7B  longitude: degrees, minutes, 00, 1/6000 minute of 16 bits
///     80  latitude: degrees, minutes, 1/6000 minute of 16 bits
///
/// Numbers are little-endian, times of a zone that is not named.
///
/// Source: ExifTool's QuickTimeStream.pl, `ProcessFMAS`.
enum VantrueRecord {
  static func decode(_ sample: SampleBytes, _ log: inout TelemetryLog, into result: inout ReadResult) {
    guard sample.count >= 160, sample.has("SAMM", at: 0x50), sample.u8(0x78) == UInt8(ascii: "A"),
      let east = sample.u8(0x79), let north = sample.u8(0x7A), "EW".utf8.contains(east),
      "NS".utf8.contains(north), let bytes = sample.array(0x60, 0x30),
      let longitudeFraction = sample.u16(0x7E, .little), let latitudeFraction = sample.u16(0x82, .little),
      let year = sample.u16(0x60, .little)
    else { return }
    let longitude = Double(bytes[0x1B]) + (Double(bytes[0x1C]) + Double(longitudeFraction) / 6000) / 60
    let latitude = Double(bytes[0x20]) + (Double(bytes[0x21]) + Double(latitudeFraction) / 6000) / 60
    let time = MakerNoteTime.timestamp(
      Int(year), Int(bytes[2]), Int(bytes[3]), Int(bytes[4]), Int(bytes[5]), Int(bytes[6]))
    log.add(
      north == UInt8(ascii: "S") ? -latitude : latitude, east == UInt8(ascii: "W") ? -longitude : longitude,
      time: time?.civilSeconds, isLocal: true, FreeGPS.stream, at: sample.place(0x7B), into: &result)
  }
}
