internal import UntrailBytes
internal import UntrailModel

/// The properties of an X3F: names and values in UTF-16 (see `X3FReader` for the bytes).
struct X3FProperties {
  private let section: ByteView
  /// Bytes from the start of the section to the texts.
  private let texts: Int
  private let characterCount: Int
  /// Properties of one file: there are about fifty, and each is a word or a number.
  private static let countLimit = 1024
  /// Characters of one text that are looked at.
  private static let textLimit = 256

  /// Adds what the section says.
  static func read(_ section: ByteView, into result: inout ReadResult) throws(ParseError) {
    guard try section.u32(at: 0, .big) == 0x5345_4370 else {  // "SECp"
      throw ParseError(.malformed, at: section.start, "no properties where they must stand")
    }
    let count = Int(try section.u32(at: 8, .little))
    guard count <= countLimit else {
      throw ParseError(.limit, at: section.start + 8, "more than \(countLimit) properties")
    }
    guard try section.u32(at: 12, .little) == 0 else {
      throw ParseError(.malformed, at: section.start + 12, "properties in an unknown character set")
    }
    let properties = X3FProperties(
      section: section, texts: 24 + 8 * count, characterCount: Int(try section.u32(at: 20, .little)))
    var camera = Device()
    var cameraOffset: Int?
    for index in 0..<count {
      let name = Int(try section.u32(at: 24 + 8 * index, .little))
      let value = Int(try section.u32(at: 28 + 8 * index, .little))
      guard let key = try properties.text(at: name), let text = try properties.text(at: value)
      else { continue }
      let offset = section.place(properties.texts + 2 * value)
      switch key {
      case "CAMMANUF": camera.make = text
      case "CAMMODEL":
        camera.model = text
        cameraOffset = offset
      default: observe(key, text, at: offset, into: &result)
      }
    }
    guard !camera.name.isEmpty else { return }
    result.add(.camera, .device(camera), "SigmaRaw:Model", at: cameraOffset)
  }

  private static func observe(
    _ key: String, _ text: String, at offset: Int?, into result: inout ReadResult
  ) {
    switch key {
    case "CAMNAME": result.add(.body, .device(Device(model: text)), "SigmaRaw:CameraName", at: offset)
    case "CAMSERIAL": result.add(.body, .serial(text), "SigmaRaw:SerialNumber", at: offset)
    case "IMAGERBOARDID":
      result.add(.internalSerial, .serial(text), "SigmaRaw:ImagerBoardID", at: offset)
    case "IMAGEBOARDID": result.add(.internalSerial, .serial(text), "SigmaRaw:ImageBoardID", at: offset)
    case "SENSORID": result.add(.internalSerial, .serial(text), "SigmaRaw:SensorID", at: offset)
    case "FIRMVERS": result.add(.firmware, .software(text), "SigmaRaw:FirmwareVersion", at: offset)
    case "TIME":
      // The camera's clock, counted as if it were UTC.
      guard let seconds = Int64(text), seconds > 0, seconds <= Timestamp.lastSecond else { return }
      result.add(
        .original, .timestamp(Timestamp(civilSeconds: seconds)), "SigmaRaw:DateTimeOriginal", at: offset)
    default: break
    }
  }

  /// The text at a place, counted in characters; nil where there is none.
  private func text(at character: Int) throws(ParseError) -> String? {
    guard character < characterCount else {
      throw ParseError(.malformed, at: section.start + texts, "a property that stands behind the texts")
    }
    let count = min(Self.textLimit, characterCount - character)
    let start = texts + 2 * character
    let room = max(0, section.count - start)
    return try section.withBytes(at: min(start, section.count), count: min(2 * count, room)) {
      run throws(ParseError) in
      ExifText.utf16(run, isLittleEndian: true)
    }
  }
}
