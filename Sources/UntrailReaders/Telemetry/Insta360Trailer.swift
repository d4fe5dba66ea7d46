internal import UntrailBytes
internal import UntrailModel

/// What Insta360 cameras put behind a film or a picture: records, the last one first, since each stands before its head.
///
///     value | type (16 bits), length (32 bits)      again and again, up to the start of the trailer
///     type, length, 32 bytes, length of the trailer (32 bits), 4 bytes, 32 letters that are always the same
///
///     0101  1-byte keys and lengths: 0A serial number, 12 model, 1A firmware
///     0200  a picture
///     0700  records of 53 bytes: seconds since 1970 (UTC), milliseconds (32 and 16 bits), A or V, latitude, N or S,
///           longitude, E or W (or O), speed, degrees, metres
///
/// Numbers are little-endian, positions, speed and metres doubles.
///
/// Source: ExifTool's QuickTimeStream.pl, `ProcessInsta360`.
struct Insta360Trailer {
  static let magic: StaticString = "8db42d694ccc418790edff439fe026bf"
  private static let tailSize = 78
  private static let positionSize = 53
  private static let stream = TelemetryLog.Stream(field: "Insta360:GPSLatitude")

  private let source: ByteSource
  /// Bytes from the start of the source to the trailer's first and behind its last record.
  private let start: Int
  private let end: Int

  /// Nil where the source does not end with one.
  init?(_ source: ByteSource) throws(ParseError) {
    guard source.count >= Self.tailSize else { return nil }
    let tail = ByteView(source, start: source.count - Self.tailSize, count: Self.tailSize)
    guard tail.dropping(46).begins(with: Self.magic.withUTF8Buffer { Array($0) }) else { return nil }
    let length = Int(try tail.u32(at: 38, .little))
    guard length <= source.count, length >= Self.tailSize else {
      throw ParseError(.malformed, at: tail.start + 38, "a trailer that is longer than the file")
    }
    self.source = source
    start = source.count - length
    end = source.count - Self.tailSize
  }

  /// Adds what the records say.
  func decode(
    _ feed: inout SampleFeed, _ log: inout TelemetryLog, into result: inout ReadResult
  ) throws(ParseError) {
    var head = end
    while head >= start {
      let type = try source.u16(at: head, .little)
      let length = Int(try source.u32(at: head + 2, .little))
      guard length <= head - start else { return }
      let place = head - length
      switch type {
      case 0x101:
        try feed.withSample(at: place, count: min(length, 1024)) { Self.observe($0, &log, into: &result) }
      case 0x200:
        result.add(
          .preview, .hidden(HiddenContent(byteCount: length)), "Insta360:PreviewImage",
          at: source.hasPlaces ? place : nil)
      case 0x700: try addPositions(place, length, &feed, &log, into: &result)
      default: break
      }
      head = place - 6
    }
  }

  private static func observe(_ record: SampleBytes, _ log: inout TelemetryLog, into result: inout ReadResult)
  {
    var offset = 0
    while let key = record.u8(offset), let length = record.u8(offset + 1), key != 0 {
      let text = record.text(offset + 2, Int(length))
      let place = record.place(offset + 2)
      offset += 2 + Int(length)
      guard let text else { continue }
      switch key {
      case 0x0A:
        guard let serial = MakerNoteText.serial(text) else { continue }
        log.add(.body, .serial(serial), "Insta360:SerialNumber", at: place, into: &result)
      case 0x12:
        let make = text.lowercased().hasPrefix("insta360") ? "" : "Insta360"
        log.add(
          .camera, .device(Device(make: make, model: text)), "Insta360:Model", at: place, into: &result)
      case 0x1A: log.add(.firmware, .software(text), "Insta360:Firmware", at: place, into: &result)
      default: return
      }
    }
  }

  private func addPositions(
    _ start: Int, _ length: Int, _ feed: inout SampleFeed, _ log: inout TelemetryLog,
    into result: inout ReadResult
  ) throws(ParseError) {
    let piece = Self.positionSize * 1024
    for offset in stride(from: 0, to: length, by: piece) {
      try feed.withSample(at: start + offset, count: min(piece, length - offset)) { records in
        for place in stride(from: 0, to: records.count - Self.positionSize + 1, by: Self.positionSize) {
          guard let record = records.slice(place, Self.positionSize) else { return }
          Self.add(record, &log, into: &result)
        }
      }
    }
  }

  private static func add(_ record: SampleBytes, _ log: inout TelemetryLog, into result: inout ReadResult) {
    guard record.has("A", at: 10), let seconds = record.u32(0, .little),
      let latitude = record.f64(11, .little), let north = record.u8(19),
      let longitude = record.f64(20, .little), let east = record.u8(28), "NS".utf8.contains(north),
      // O for ouest, where the camera speaks French.
      "EWO".utf8.contains(east)
    else { return }
    log.add(
      north == UInt8(ascii: "S") ? -abs(latitude) : latitude,
      east == UInt8(ascii: "E") ? longitude : -abs(longitude), time: seconds > 0 ? Int64(seconds) : nil,
      stream,
      at: record.place(11), into: &result)
  }
}
