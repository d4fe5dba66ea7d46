internal import UntrailBytes
internal import UntrailModel

/// What the values of a CIFF block say.
///
/// Source: ExifTool's CanonRaw.pm.
struct CIFFFacts {
  let order: ByteOrder
  private var model = ""
  /// Shown as the model shows it, which may be stated later.
  private var serial: (number: UInt32, offset: Int)?

  /// The heap of what the picture is called, beside that of the camera.
  private static let imageDescription: UInt16 = 0x2804

  init(order: ByteOrder) { self.order = order }

  /// Adds what one value says.
  ///
  /// - Parameters:
  ///   - tag: without the bits that say where the value stands.
  ///   - heap: the tag of the heap around it.
  mutating func observe(
    _ tag: UInt16, _ value: ByteView, in heap: UInt16, into result: inout ReadResult
  ) throws(ParseError) {
    switch tag {
    case 0x0805:
      let isDescription = heap == Self.imageDescription
      try addTexts(
        value, isDescription ? .description : .userComment,
        isDescription ? "CIFF:CanonFileDescription" : "CIFF:UserComment", into: &result
      ) { .text($0) }
    case 0x080A:
      let parts = try texts(value)
      guard !parts.isEmpty else { return }
      let device = Device(make: parts[0], model: parts.count > 1 ? parts[1] : "")
      model = device.model
      result.add(.camera, .device(device), "CIFF:Model", at: value.place(0))
    case 0x080B: try addTexts(value, .firmware, "CIFF:CanonFirmwareVersion", into: &result) { .software($0) }
    case 0x0810: try addTexts(value, .owner, "CIFF:OwnerName", into: &result) { .person($0) }
    case 0x0816: try addTexts(value, .originalFileName, "CIFF:OriginalFileName", into: &result) { .link($0) }
    case 0x0817: try addTexts(value, .originalFileName, "CIFF:ThumbnailFileName", into: &result) { .link($0) }
    case 0x1804 where value.count >= 4: try addNumber(value, "CIFF:RecordID", into: &result)
    case 0x180B where value.count >= 4: serial = (try value.u32(at: 0, order), value.start)
    case 0x180E where value.count >= 4: try observeTime(value, into: &result)
    case 0x1817 where value.count >= 4: try addNumber(value, "CIFF:FileNumber", into: &result)
    case 0x2007: addPicture(value, .preview, "CIFF:JpgFromRaw", into: &result)
    case 0x2008: addPicture(value, .thumbnail, "CIFF:ThumbnailImage", into: &result)
    default: break
    }
  }

  /// Adds what can be said when all values are known.
  func finish(into result: inout ReadResult) {
    // What PowerShots have there is no serial number.
    guard let serial, serial.number != 0, !model.holds("PowerShot") else { return }
    let text: String
    if model.hasSuffix("EOS D30") {
      text = String(serial.number >> 16, radix: 16) + "-" + Self.padded(serial.number & 0xFFFF, digits: 5)
    } else {
      text = model.holds("EOS") ? Self.padded(serial.number, digits: 10) : String(serial.number)
    }
    result.add(.body, .serial(text), "CIFF:SerialNumber", at: serial.offset)
  }

  private static func padded(_ number: UInt32, digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// Local time, counted as if it were UTC; then seconds east of UTC, and 80000000 where they are valid.
  private func observeTime(_ value: ByteView, into result: inout ReadResult) throws(ParseError) {
    let seconds = Int64(try value.u32(at: 0, order))
    guard seconds > 0 else { return }
    var timestamp = Timestamp(civilSeconds: seconds)
    if value.count >= 12, try value.u32(at: 8, order) == 0x8000_0000 {
      let east = Int32(bitPattern: try value.u32(at: 4, order))
      if abs(Int(east)) <= 14 * 3600 { timestamp.utcOffsetMinutes = Int16(east / 60) }
    }
    result.add(.original, .timestamp(timestamp), "CIFF:DateTimeOriginal", at: value.place(0))
  }

  private func addNumber(
    _ value: ByteView, _ field: String, into result: inout ReadResult
  ) throws(ParseError) {
    let number = try value.u32(at: 0, order)
    guard number > 0, number < .max else { return }
    var text = String(number)
    // Folder and picture, as the camera shows them.
    if field == "CIFF:FileNumber", text.count > 4 { text = text.dropLast(4) + "-" + text.suffix(4) }
    result.add(.imageCounter, .link(text), field, at: value.place(0))
  }

  private func addPicture(_ value: ByteView, _ role: Role, _ field: String, into result: inout ReadResult) {
    guard value.count > 0 else { return }
    result.add(role, .hidden(HiddenContent(byteCount: value.count)), field, at: value.place(0))
  }

  private func addTexts(
    _ value: ByteView, _ role: Role, _ field: String, into result: inout ReadResult,
    _ fact: (String) -> Observation.Fact
  ) throws(ParseError) {
    for text in try texts(value) { result.add(role, fact(text), field, at: value.place(0)) }
  }

  private func texts(_ value: ByteView) throws(ParseError) -> [String] {
    try value.withBytes(at: 0, count: min(value.count, 256)) { run throws(ParseError) in
      ExifText.parts(run.bindMemory(to: UInt8.self))
    }
  }
}
