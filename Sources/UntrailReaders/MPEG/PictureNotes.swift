internal import UntrailModel

/// What a camcorder notes beside a picture of H.264.
///
///     00 00 01 06 | type length | ... 05 LL | 17EE8C60 F84D11D9 8CD60800 200C9A66 "MDPM" NN
///     NN times: tag, four bytes; a longer value goes on in the next tags
///     13 time code   18, 19 day and time, as decimal digits, with the zone before
///     B0..C6 position, as in EXIF: ratios of 16 bits   C7, C8 datum   CA..CC day
///     E0 maker   E4..E6 model
///
/// In the stream, 00 00 03 stands for 00 00.
///
/// Source: ITU-T H.264, annex D.1.6 and section 7.4.1; tags as in ExifTool's H264.pm.
struct PictureNotes {
  private var values: [UInt8: [UInt8]] = [:]
  /// Bytes from the start of the file to the unit of the stream; the note itself is spread over packets.
  let place: Int

  private static let identifier: [UInt8] = [
    0x17, 0xEE, 0x8C, 0x60, 0xF8, 0x4D, 0x11, 0xD9, 0x8C, 0xD6, 0x08, 0x00, 0x20, 0x0C, 0x9A, 0x66, 0x4D,
    0x44, 0x50, 0x4D,
  ]

  /// The notes in a unit of a stream; nil where there are none.
  static func find(in bytes: [UInt8], at place: Int) -> PictureNotes? {
    var index = 0
    while index + 4 < bytes.count {
      guard bytes[index] == 0, bytes[index + 1] == 0, bytes[index + 2] == 1, bytes[index + 3] & 0x1F == 6
      else {
        index += 1
        continue
      }
      if let notes = PictureNotes(message: Array(unescaped(bytes[(index + 4)...])), at: place) {
        return notes
      }
      index += 4
    }
    return nil
  }

  /// Up to the next start of a unit, without the bytes that keep such starts out of it.
  private static func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var zeros = 0
    // Longer messages are no notes of a camera.
    for byte in bytes.prefix(1 << 16) {
      if zeros >= 2, byte == 1 { break }
      if zeros >= 2, byte == 3 {
        zeros = 0
        continue
      }
      zeros = byte == 0 ? zeros + 1 : 0
      result.append(byte)
    }
    return result
  }

  private init?(message: [UInt8], at place: Int) {
    self.place = place
    var index = 0
    func number() -> Int? {
      var value = 0
      while index < message.count {
        let byte = message[index]
        index += 1
        value += Int(byte)
        if byte != 0xFF { return value }
      }
      return nil
    }
    while let type = number(), type != 0x80, let size = number(), size <= message.count - index {
      let body = message[index..<(index + size)]
      index += size
      guard type == 5, body.starts(with: Self.identifier), body.count > Self.identifier.count else {
        continue
      }
      read(Array(body.dropFirst(Self.identifier.count)))
      return
    }
    return nil
  }

  private mutating func read(_ bytes: [UInt8]) {
    var index = 1
    var last = -1
    for _ in 0..<Int(bytes[0]) where index + 5 <= bytes.count {
      // The tags stand in their order.
      guard Int(bytes[index]) > last else { return }
      last = Int(bytes[index])
      values[bytes[index]] = Array(bytes[(index + 1)..<(index + 5)])
      index += 5
    }
  }

  /// The four bytes of a tag.
  func value(_ tag: UInt8) -> [UInt8]? { values[tag] }

  /// The bytes of so many tags, one behind the other; nil where one is missing.
  private func joined(_ first: UInt8, _ count: UInt8) -> [UInt8]? {
    var bytes: [UInt8] = []
    for tag in first..<(first + count) {
      guard let value = values[tag] else { return nil }
      bytes += value
    }
    return bytes
  }

  func observe(into result: inout ReadResult) {
    if let time { result.add(.original, .timestamp(time), "H264:DateTimeOriginal", at: place) }
    let device = Device(make: make, model: model)
    if !device.name.isEmpty {
      result.add(.camera, .device(device), model.isEmpty ? "H264:Make" : "H264:Model", at: place)
    }
    observePosition(into: &result)
  }

  private static let makers: [Int: String] = [
    0x0103: "Panasonic", 0x0108: "Sony", 0x1011: "Canon", 0x1104: "JVC",
  ]

  private var make: String {
    guard let value = values[0xE0] else { return "" }
    return Self.makers[Int(value[0]) << 8 | Int(value[1])] ?? ""
  }

  private var model: String {
    guard make == "Sony", let start = values[0xE4] else { return "" }
    let bytes = start + (values[0xE5] ?? []) + (values[0xE6] ?? [])
    return ExifText.ascii(bytes).flatMap(MakerNoteText.readable) ?? ""
  }

  /// Zone: 40 summer time, 20 west, 1E hours, 01 half an hour; then century, year, month, day, hour, minute, second.
  private var time: Timestamp? {
    guard let bytes = joined(0x18, 2) else { return nil }
    let digits = bytes.dropFirst().map { Int($0 >> 4) * 10 + Int($0 & 15) }
    guard bytes.dropFirst().allSatisfy({ $0 >> 4 < 10 && $0 & 15 < 10 }),
      var time = MakerNoteTime.timestamp(
        digits[0] * 100 + digits[1], digits[2], digits[3], digits[4], digits[5], digits[6])
    else { return nil }
    let zone = bytes[0]
    // All ones: the camera has no zone.
    guard zone & 0x3F != 0x3F else { return time }
    let minutes = Int(zone >> 1 & 15) * 60 + (zone & 1 == 1 ? 30 : 0)
    time.utcOffsetMinutes = MakerNoteTime.offset(minutes: zone & 0x20 != 0 ? -minutes : minutes)
    return time
  }
}
