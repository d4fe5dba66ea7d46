internal import UntrailBytes
internal import UntrailModel

/// FLIR, thermal cameras: a file of records that is cut into APP1 segments.
///
///     segment: "FLIR" 00 01 NN TT | piece NN of TT + 1
///     file:    "FFF" 00 | 16 bytes name | int32 version, 100 to 199, at 14 | int32 place and number of records
///     record:  int16 kind | ... | int32 place at 0C | int32 bytes at 10; 32 bytes each
///     kind 20: the camera: serial number at 0104, lens at 0170, time at 0384
///     kind 2B: satellites: int32 valid | ... | degrees as doubles at 10 and 18 | metres at 20; little-endian
///
/// The pictures in other records are skipped: only what is asked for is put together from the pieces.
///
/// Source: ExifTool's FLIR.pm.
struct FLIRRecords {
  private var pieces: [(number: UInt8, body: ByteView)] = []

  /// Takes the body of a segment.
  mutating func add(_ body: ByteView) {
    // A byte counts them.
    guard pieces.count < 256, let number = try? body.u8(at: 6) else { return }
    pieces.append((number, body.dropping(8)))
  }

  func decode(into result: inout ReadResult, _ limits: Limits) {
    guard !pieces.isEmpty else { return }
    let file = JoinedPieces(pieces.sorted { $0.number < $1.number }.map(\.body))
    do throws(ParseError) {
      try decode(file, into: &result, limits)
    } catch {
      result.damage(error)
    }
  }

  private func decode(
    _ file: JoinedPieces, into result: inout ReadResult, _ limits: Limits
  ) throws(ParseError) {
    let head = try file.view(at: 0, count: 0x40)
    guard head.begins(with: "FFF\0".utf8) || head.begins(with: "AFF\0".utf8) else { return }
    let order: ByteOrder = try (100..<200).contains(head.u32(at: 0x14, .big)) ? .big : .little
    let directory = Int(try head.u32(at: 0x18, order))
    let count = Int(try head.u32(at: 0x1C, order))
    guard count <= min(limits.entries, 1024) else {
      throw ParseError(.limit, at: head.start, "a list of \(count) FLIR records")
    }
    for index in 0..<count {
      let entry = try file.view(at: directory + 0x20 * index, count: 0x20)
      let kind = try entry.u16(at: 0, order)
      let place = Int(try entry.u32(at: 0x0C, order))
      let length = Int(try entry.u32(at: 0x10, order))
      switch kind {
      case 0x20: decodeCamera(try file.view(at: place, count: min(length, 0x400)), order, into: &result)
      case 0x2B: decodePlace(try file.view(at: place, count: min(length, 0x100)), into: &result)
      default: break
      }
    }
  }

  private func decodeCamera(_ view: ByteView, _ stated: ByteOrder, into result: inout ReadResult) {
    // A small number stands first; the record has an order of its own.
    guard let first = try? view.u16(at: 0, stated) else { return }
    let order: ByteOrder = first < 0x100 ? stated : stated.isBig ? .little : .big
    func text(_ offset: Int, _ count: Int) -> String? { MakerNoteText.text(view, at: offset, count: count) }
    func addSerial(_ role: Role, _ offset: Int, _ count: Int, _ name: String) {
      guard let serial = text(offset, count).flatMap(MakerNoteText.serial) else { return }
      result.add(role, .serial(serial), "FLIR:\(name)", at: view.place(offset))
    }
    if let model = text(0xD4, 32) {
      result.add(.camera, .device(Device(model: model)), "FLIR:CameraModel", at: view.place(0xD4))
    }
    addSerial(.body, 0x104, 16, "CameraSerialNumber")
    if let software = text(0x114, 16) {
      result.add(.firmware, .software(software), "FLIR:CameraSoftware", at: view.place(0x114))
    }
    if let lens = text(0x170, 32) {
      result.add(.lens, .device(Device(model: lens)), "FLIR:LensModel", at: view.place(0x170))
    }
    addSerial(.lens, 0x1A0, 16, "LensSerialNumber")
    addSerial(.accessory, 0x21C, 32, "FilterSerialNumber")
    if let time = time(view, order) {
      result.add(.original, .timestamp(time), "FLIR:DateTimeOriginal", at: view.place(0x384))
    }
  }

  /// Seconds since 1970 in UTC, thousandths, and minutes west of UTC.
  private func time(_ view: ByteView, _ order: ByteOrder) -> Timestamp? {
    guard let seconds = try? view.u32(at: 0x384, order), let fraction = try? view.u32(at: 0x388, order),
      let west = try? view.u16(at: 0x38C, order), seconds > 0
    else { return nil }
    let minutes = -Int(Int16(bitPattern: west))
    guard let offset = MakerNoteTime.offset(minutes: minutes) else { return nil }
    let thousandths = Int(fraction & 0xFFFF)
    return Timestamp(
      civilSeconds: Int64(seconds) + Int64(minutes) * 60,
      subseconds: thousandths < 1000 ? MakerNoteText.padded(thousandths, digits: 3) : "",
      utcOffsetMinutes: offset)
  }

  private func decodePlace(_ view: ByteView, into result: inout ReadResult) {
    func double(_ offset: Int) -> Double? {
      (try? view.u64(at: offset, .little)).map { Double(bitPattern: $0) }
    }
    func float(_ offset: Int) -> Double? {
      (try? view.u32(at: offset, .little)).map { Double(Float(bitPattern: $0)) }
    }
    guard (try? view.u32(at: 0, .little)) == 1, let latitude = double(0x10), let longitude = double(0x18)
    else {
      return
    }
    guard let coordinate = Coordinate(latitude: latitude, longitude: longitude) else {
      let isUnset = Coordinate.flaw(latitude: latitude, longitude: longitude) == .nullIsland
      result.doubt(
        isUnset ? "null-island" : "position-out-of-range", "FLIR:GPSLatitude: no position on Earth",
        at: view.place(0x10))
      return
    }
    var location = Location(coordinate: coordinate)
    location.altitude = float(0x20).flatMap { abs($0) < 100_000 ? $0 : nil }
    location.direction = float(0x54).flatMap { (0...360).contains($0) ? $0 : nil }
    result.add(.camera, .location(location), "FLIR:GPSLatitude", at: view.place(0x10))
  }
}

/// Pieces of one block, of which runs are read without the rest.
private struct JoinedPieces {
  private let pieces: [ByteView]

  init(_ pieces: [ByteView]) { self.pieces = pieces }

  /// A run of bytes: a part of one piece where it lies in one, else a copy without places.
  func view(at offset: Int, count: Int) throws(ParseError) -> ByteView {
    var parts: [ByteView] = []
    var start = 0
    var left = count
    for piece in pieces where left > 0 {
      let skipped = offset + (count - left) - start
      if skipped >= 0, skipped < piece.count {
        let taken = min(left, piece.count - skipped)
        parts.append(ByteView(piece.source, start: piece.start + skipped, count: taken))
        left -= taken
      }
      start += piece.count
    }
    guard left == 0, !parts.isEmpty else {
      throw ParseError(
        .truncated, at: pieces.first?.start ?? 0, "FLIR's segments end inside a record")
    }
    return try ByteView.joined(parts, limit: count)
  }
}
