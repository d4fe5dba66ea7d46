internal import UntrailBytes
internal import UntrailModel

/// Nikon's tags in a film: records one after another, big-endian.
///
///     TT TT TT TT FF FF CC CC value     tag, format and number of items as in TIFF
///     0110xxxx: EXIF tag xxxx; 0120xxxx: GPS tag xxxx; 0200xxxx: tag xxxx of the maker note
///
/// Source: ExifTool's Nikon.pm.
struct NikonMovieTags {
  private struct Value {
    var format: UInt16
    var bytes: ByteView
  }

  private let session: MovieSession
  private var values: [UInt32: Value] = [:]

  static func read(_ body: ByteView, _ session: MovieSession) {
    var tags = NikonMovieTags(session: session)
    do throws(ParseError) {
      try tags.collect(body)
    } catch {
      session.result.damage(error)
    }
    tags.observe()
  }

  private init(session: MovieSession) { self.session = session }

  /// Bytes of one item, by format.
  private static let sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]

  private mutating func collect(_ body: ByteView) throws(ParseError) {
    var offset = 0
    while offset + 8 <= body.count, values.count < 1024 {
      let tag = try body.u32(at: offset, .big)
      let format = try body.u16(at: offset + 4, .big)
      guard Self.sizes.indices.contains(Int(format)), format > 0 else { return }
      let size = Self.sizes[Int(format)] * Int(try body.u16(at: offset + 6, .big))
      offset += 8
      guard size <= body.count - offset else {
        throw ParseError(.truncated, at: body.start + offset, "a tag that is longer than its list")
      }
      values[tag] = Value(format: format, bytes: body.dropping(offset).prefix(size))
      offset += size
    }
  }

  private func text(_ tag: UInt32) -> (text: String, offset: Int?)? {
    guard let value = values[tag], value.format == 2,
      let text = MovieText.fixed(value.bytes, at: 0, count: min(value.bytes.count, 256))
    else { return nil }
    return (text, value.bytes.place(0))
  }

  private func rationals(_ tag: UInt32) -> [Double]? {
    guard let value = values[tag], value.format == 5 else { return nil }
    var numbers: [Double] = []
    for offset in stride(from: 0, to: value.bytes.count - 7, by: 8) {
      guard let over = try? value.bytes.u32(at: offset, .big),
        let under = try? value.bytes.u32(at: offset + 4, .big), under > 0
      else { return nil }
      numbers.append(Double(over) / Double(under))
    }
    return numbers
  }

  private func observe() {
    if let make = text(1) { session.addDevice(make: make.text, at: make.offset) }
    if let model = text(2) { session.addDevice(model: model.text, at: model.offset) }
    if let software = text(3) {
      session.add(.firmware, .software(software.text), "Nikon:Software", at: software.offset)
    }
    for (tag, role, name) in [(0x11, Role.created, "CreateDate"), (0x12, .original, "DateTimeOriginal")] {
      guard let time = text(UInt32(tag)) else { continue }
      session.addTime(time.text, role, "Nikon:" + name, at: time.offset)
    }
    if let zone = text(0x19) {
      let minutes = Array(zone.text.utf8).withUnsafeBufferPointer { ExifTime.offset($0) }
      if let minutes { session.add(.zone, .utcOffset(minutes), "Nikon:TimeZone", at: zone.offset) }
    }
    for (tag, role, name) in [
      (0x110_A431, Role.body, "SerialNumber"), (0x200_001D, .body, "SerialNumber"),
      (0x110_A435, .lens, "LensSerialNumber"),
    ] {
      guard let found = text(UInt32(tag)), let serial = MakerNoteText.serial(found.text) else { continue }
      session.add(role, .serial(serial), "Nikon:" + name, at: found.offset)
    }
    if let lens = text(0x110_A434) {
      let make = text(0x110_A433)?.text ?? ""
      session.add(
        .lens, .device(Device(make: make, model: lens.text)), "Nikon:LensModel", at: lens.offset)
    }
    observePlace()
  }

  private func observePlace() {
    guard let north = text(0x120_0001)?.text.first, let east = text(0x120_0003)?.text.first,
      "NS".contains(north),
      "EW".contains(east), let latitude = degrees(0x120_0002), let longitude = degrees(0x120_0004)
    else { return }
    var altitude = rationals(0x120_0006)?.first
    if let reference = values[0x120_0005], (try? reference.bytes.u8(at: 0)) == 1 {
      altitude = altitude.map { -$0 }
    }
    session.addPlace(
      north == "S" ? -latitude : latitude, east == "W" ? -longitude : longitude, altitude, "GPS:GPSLatitude",
      at: values[0x120_0002]?.bytes.place(0))
    guard let day = text(0x120_001D)?.text, let clock = rationals(0x120_0007), clock.count == 3,
      clock.allSatisfy({ (0..<60).contains($0) })
    else { return }
    let written = clock.map { MakerNoteText.padded(Int($0), digits: 2) }.joined(separator: ":")
    session.placeDetails.time = WrittenTime.read("\(day) \(written)+00:00")
  }

  private func degrees(_ tag: UInt32) -> Double? {
    guard let parts = rationals(tag), parts.count == 3 else { return nil }
    return parts[0] + parts[1] / 60 + parts[2] / 3600
  }
}
