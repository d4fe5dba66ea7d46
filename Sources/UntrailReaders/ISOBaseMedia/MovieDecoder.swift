internal import UntrailBytes
internal import UntrailModel

/// A film in MP4 or QuickTime: its place, times and device, as far as its head says them.
///
///     moov
///       mvhd: version and flags, creation and modification time in seconds since 1904
///       udta: ©xyz (a text with two bytes of length and two of language), ©mak, ©mod, ©swr, ©day; or meta
///       meta: hdlr, keys (names), ilst (values by the number of the name, each with a data box)
///
/// Source: ISO/IEC 14496-12:2022, section 8.2; Apple, QuickTime File Format, Metadata.
struct MovieDecoder {
  private let tools: ReaderTools

  /// Adds what the film says to `result`. Damage becomes diagnostics.
  static func decode(_ view: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    do throws(ParseError) {
      var boxes = BoxWalker(view, tools.limits)
      while let box = try boxes.next() {
        if box.type == "moov" { try MovieDecoder(tools: tools).readMovie(box.body, into: &result) }
      }
    } catch {
      result.damage(error)
    }
    Telemetry.read(film: view, into: &result, tools)
  }

  private func readMovie(_ body: ByteView, into result: inout ReadResult) throws(ParseError) {
    var boxes = BoxWalker(body, tools.limits)
    while let box = try boxes.next() {
      switch box.type {
      case "mvhd": try readTimes(box.body, into: &result)
      case "udta": try readUserData(box.body, into: &result)
      case "meta": try readMeta(box.body, into: &result)
      default: break
      }
    }
  }

  /// Seconds from 1904-01-01 to 1970-01-01.
  private static let epoch: Int64 = 2_082_844_800

  private func readTimes(_ body: ByteView, into result: inout ReadResult) throws(ParseError) {
    let isLong = try body.u8(at: 0) == 1
    for (index, name) in ["CreateDate", "ModifyDate"].enumerated() {
      let offset = isLong ? 4 + 8 * index : 4 + 4 * index
      let stated =
        isLong ? Int64(clamping: try body.u64(at: offset, .big)) : Int64(try body.u32(at: offset, .big))
      // Some writers count from 1970.
      guard stated > 0 else { continue }
      let seconds = stated >= Self.epoch ? stated - Self.epoch : stated
      guard seconds <= Timestamp.lastSecond else { continue }
      let timestamp = Timestamp(civilSeconds: seconds, utcOffsetMinutes: 0)
      result.add(
        index == 0 ? .created : .modified, .timestamp(timestamp), "QuickTime:" + name, at: body.place(offset))
    }
  }

  private func readUserData(_ body: ByteView, into result: inout ReadResult) throws(ParseError) {
    var boxes = BoxWalker(body, tools.limits)
    while let box = try boxes.next() {
      // QuickTime ends the list with four zeros.
      guard box.type != FourCC(0) else { return }
      if box.type == "meta" {
        try readMeta(box.body, into: &result)
      } else if box.type == "loci" {
        try readLocationInformation(box.body, into: &result)
      } else if box.type.value >> 24 == 0xA9, let text = try text(box.body, from: 4) {
        observe(box.type, text, into: &result, at: box.body.place(4))
      }
    }
  }

  /// The texts whose types begin with ©.
  private func observe(_ type: FourCC, _ text: String, into result: inout ReadResult, at place: Int?) {
    switch type.value & 0xFF_FFFF {
    case 0x78797A: addPlace(text, "QuickTime:GPSCoordinates", into: &result, at: place)  // xyz
    case 0x6D616B: result.add(.camera, .device(Device(make: text)), "QuickTime:Make", at: place)  // mak
    case 0x6D6F64: result.add(.camera, .device(Device(model: text)), "QuickTime:Model", at: place)  // mod
    // swr, too
    case 0x737772, 0x746F6F: result.add(.processing, .software(text), "QuickTime:Software", at: place)
    case 0x646179: addTime(text, "QuickTime:ContentCreateDate", into: &result, at: place)  // day
    case 0x617574, 0x415254: result.add(.author, .person(text), "QuickTime:Author", at: place)  // aut, ART
    case 0x636D74: result.add(.comment, .text(text), "QuickTime:Comment", at: place)  // cmt
    default: break
    }
  }

  private func addPlace(_ text: String, _ field: String, into result: inout ReadResult, at place: Int?) {
    guard let position = ISO6709.position(text) else {
      return result.doubt("position-malformed", "\(field) is no position", at: place)
    }
    add(position.latitude, position.longitude, position.altitude, field, into: &result, at: place)
  }

  private func add(
    _ latitude: Double, _ longitude: Double, _ altitude: Double?, _ field: String,
    into result: inout ReadResult,
    at place: Int?
  ) {
    guard let coordinate = Coordinate(latitude: latitude, longitude: longitude) else {
      let isNull = latitude == 0 && longitude == 0
      return result.doubt(
        isNull ? "null-island" : "position-out-of-range", "\(field) is a position that does not exist",
        at: place)
    }
    var location = Location(coordinate: coordinate)
    location.altitude = altitude
    result.add(.camera, .location(location), field, at: place)
  }

  private func addTime(_ text: String, _ field: String, into result: inout ReadResult, at place: Int?) {
    let reading = Array(text.utf8).withUnsafeBufferPointer { ExifTime.dateTime($0) }
    if case .time(let timestamp) = reading { result.add(.original, .timestamp(timestamp), field, at: place) }
  }

  /// `loci`: version and flags, language, name, role, longitude, latitude, altitude as 16.16 numbers.
  ///
  /// Source: 3GPP TS 26.244, section 8.2.
  private func readLocationInformation(_ body: ByteView, into result: inout ReadResult) throws(ParseError) {
    let count = min(body.count, 512)
    let end = try body.withBytes(at: 0, count: count) { run throws(ParseError) -> Int? in
      run.count > 6 ? run[6...].firstIndex(of: 0) : nil
    }
    guard let end, end + 14 <= body.count else { return }
    func number(_ offset: Int) throws(ParseError) -> Double {
      Double(Int32(bitPattern: try body.u32(at: offset, .big))) / 65_536
    }
    let longitude = try number(end + 2)
    let latitude = try number(end + 6)
    add(
      latitude, longitude, try number(end + 10), "QuickTime:LocationInformation", into: &result,
      at: body.place(end + 2))
  }

  private func readMeta(_ body: ByteView, into result: inout ReadResult) throws(ParseError) {
    // In QuickTime the box has no version.
    let isPlain = try body.count >= 8 ? body.u32(at: 4, .big) == 0x6864_6C72 : false  // "hdlr"
    var boxes = BoxWalker(body.dropping(isPlain ? 0 : 4), tools.limits)
    var names: [String] = []
    while let box = try boxes.next() {
      if box.type == "keys" { names = try keys(box.body) }
      if box.type == "ilst" { try readItems(box.body, names, into: &result) }
    }
  }

  private func keys(_ body: ByteView) throws(ParseError) -> [String] {
    var names: [String] = []
    var offset = 8
    let count = min(Int(try body.u32(at: 4, .big)), tools.limits.entries)
    while names.count < count, offset + 8 <= body.count {
      let size = Int(try body.u32(at: offset, .big))
      guard size > 8 else { break }
      names.append(try text(body, at: offset + 8, count: size - 8) ?? "")
      offset += size
    }
    return names
  }

  private func readItems(_ body: ByteView, _ names: [String], into result: inout ReadResult)
    throws(ParseError)
  {
    var items = BoxWalker(body, tools.limits)
    while let item = try items.next() {
      var values = BoxWalker(item.body, tools.limits)
      guard let value = try values.next(), value.type == "data", value.body.count > 8 else { continue }
      guard let text = try text(value.body, at: 8, count: value.body.count - 8) else { continue }
      let place = value.body.place(8)
      let index = Int(item.type.value) - 1
      if names.indices.contains(index) {
        observe(names[index], text, into: &result, at: place)
      } else {
        observe(item.type, text, into: &result, at: place)
      }
    }
  }

  /// The values of `keys`, by the last words of their names: com.apple.quicktime.location.ISO6709 and the like.
  private func observe(_ name: String, _ text: String, into result: inout ReadResult, at place: Int?) {
    if name.hasSuffix("location.ISO6709") {
      addPlace(text, "QuickTime:GPSCoordinates", into: &result, at: place)
    } else if name.hasSuffix(".location.name") {
      result.add(.landmark, .place(text), "QuickTime:LocationName", at: place)
    } else if name.hasSuffix(".make") || name.hasSuffix("android.manufacturer") {
      result.add(.camera, .device(Device(make: text)), "QuickTime:Make", at: place)
    } else if name.hasSuffix(".model") {
      result.add(.camera, .device(Device(model: text)), "QuickTime:Model", at: place)
    } else if name.hasSuffix(".software") || name.hasSuffix("android.version") {
      result.add(.processing, .software(text), "QuickTime:Software", at: place)
    } else if name.hasSuffix(".creationdate") {
      addTime(text, "QuickTime:CreationDate", into: &result, at: place)
    } else if name.hasSuffix("content.identifier") {
      result.add(.contentIdentifier, .link(text), "QuickTime:ContentIdentifier", at: place)
    } else if name.hasSuffix(".author") || name.hasSuffix(".artist") {
      result.add(.author, .person(text), "QuickTime:Author", at: place)
    } else if name.hasSuffix("camera.identifier") {
      result.add(.body, .serial(text), "QuickTime:CameraIdentifier", at: place)
    }
  }

  /// A text behind two bytes of length and two of language; or, from other writers, just the text.
  private func text(_ body: ByteView, from offset: Int) throws(ParseError) -> String? {
    guard body.count > offset else { return nil }
    let stated = Int(try body.u16(at: 0, .big))
    if stated == body.count - 4 || stated > 0 && stated < body.count - 3 {
      return try text(body, at: 4, count: stated)
    }
    // A data box, as iTunes has it.
    if body.count > 16, try body.u32(at: 4, .big) == 0x6461_7461 {
      return try text(body, at: 16, count: body.count - 16)
    }
    return try text(body, at: 0, count: body.count)
  }

  private func text(_ body: ByteView, at offset: Int, count: Int) throws(ParseError) -> String? {
    try body.withBytes(at: offset, count: min(count, tools.limits.text, max(0, body.count - offset))) {
      run throws(ParseError) in
      ExifText.ascii(run.bindMemory(to: UInt8.self))
    }
  }
}
