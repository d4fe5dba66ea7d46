internal import UntrailBytes
internal import UntrailModel

/// RAW of the Contax N Digital: texts at fixed places, most of them backwards.
///
///     01  10 bytes, backwards         firmware
///     0C  12 bytes, backwards         model
///     19  "ARECOYK"                   make
///     21  20 bytes, backwards         "YYYY:MM:DD HH:MM:SS"
///     7C  32 bytes                    lens
///
/// Source: ExifTool's KyoceraRaw.pm.
struct KyoceraRawReader: MetadataReader {
  var name: String { "Kyocera raw" }
  var mediaTypes: [String] { ["image/x-kyocera-raw"] }
  var channels: String { "camera, lens, firmware, time" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let head = try source.bytes(at: 0, count: 0x9C)
    func backwards(_ range: Range<Int>) -> [UInt8] { head[range].reversed().filter { $0 != 0 } }
    result.add(
      .camera,
      .device(
        Device(
          make: ExifText.ascii(backwards(0x19..<0x20)) ?? "",
          model: ExifText.ascii(backwards(0x0C..<0x18)) ?? "")),
      "KyoceraRaw:Model", at: 0x0C)
    if let firmware = ExifText.ascii(backwards(0x01..<0x0B)) {
      result.add(.firmware, .software(firmware), "KyoceraRaw:FirmwareVersion", at: 0x01)
    }
    if let lens = ExifText.ascii(head[0x7C..<0x9C]) {
      result.add(.lens, .device(Device(model: lens)), "KyoceraRaw:Lens", at: 0x7C)
    }
    switch backwards(0x21..<0x35).withUnsafeBufferPointer({ ExifTime.dateTime($0) }) {
    case .time(let time): result.add(.original, .timestamp(time), "KyoceraRaw:DateTimeOriginal", at: 0x21)
    case .malformed:
      result.doubt("time-malformed", "KyoceraRaw:DateTimeOriginal is not a date", at: 0x21)
    case .unset: break
    }
  }
}
