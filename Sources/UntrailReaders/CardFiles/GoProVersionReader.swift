internal import UntrailBytes
internal import UntrailModel

/// `MISC/version.txt` on the card of a GoPro:
///
///     { "info version":"2.0", "firmware version":"HD7.01.01.90.00", "wifi mac":"...",
///       "camera type":"HERO7 Black", "camera serial number":"C3221324500000", }
///
/// It is written as JSON with a comma too many.
///
/// Source: cards of GoPro cameras, HERO3 to HERO12.
struct GoProVersionReader: MetadataReader {
  var name: String { "GoPro version.txt" }
  var mediaTypes: [String] { ["application/x-gopro-version"] }
  var channels: String { "camera, serial number, firmware, hardware address" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let bytes = try source.bytes(at: 0, count: min(source.count, ByteSource.pageSize))
    // Quoted texts in pairs: a name and a value.
    let parts = bytes.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
    var index = 1
    while index + 2 < parts.count {
      let name = String(decoding: parts[index], as: UTF8.self)
      let value = parts[index + 2]
      let isPair = parts[index + 1].contains(UInt8(ascii: ":"))
      index += isPair ? 4 : 2
      guard isPair, let text = ExifText.ascii(value).flatMap(MakerNoteText.readable) else { continue }
      Self.observe(name, text, at: value.startIndex, into: &result)
    }
  }

  private static func observe(_ name: String, _ text: String, at place: Int, into result: inout ReadResult) {
    switch name {
    case "camera type":
      result.add(.camera, .device(Device(make: "GoPro", model: text)), "GoPro:Model", at: place)
    case "camera serial number":
      guard let serial = MakerNoteText.serial(text) else { return }
      result.add(.body, .serial(serial), "GoPro:CameraSerialNumber", at: place)
    case "firmware version": result.add(.firmware, .software(text), "GoPro:FirmwareVersion", at: place)
    case "wifi mac": result.add(.macAddress, .network(text), "GoPro:WifiMAC", at: place)
    default: break
    }
  }
}
