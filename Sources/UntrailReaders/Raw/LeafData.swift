internal import UntrailBytes
internal import UntrailModel

/// What Creo Leaf Capture keeps of a digital back in MOS files: packets, some with packets inside. All big-endian or
/// little-endian, as the structure around them.
///
///     "PKTS" VV VV VV VV              version
///     08  40 bytes                    name
///     30  LL LL LL LL                 bytes of the value
///     34  value
///
/// Source: ExifTool's Leaf.pm.
struct LeafData {
  private let order: ByteOrder
  private var packetsLeft = 1024
  private static let textLimit = 256

  /// Adds what a block says. Damage becomes diagnostics.
  static func decode(_ block: ByteView, _ order: ByteOrder, into result: inout ReadResult) {
    var data = LeafData(order: order)
    do throws(ParseError) {
      try data.readPackets(block, depth: 0, into: &result)
    } catch {
      result.damage(error)
    }
  }

  private init(order: ByteOrder) { self.order = order }

  private mutating func readPackets(
    _ block: ByteView, depth: Int, into result: inout ReadResult
  ) throws(ParseError) {
    var offset = 0
    while offset + 52 <= block.count, try block.u32(at: offset, .big) == 0x504B_5453 {  // "PKTS"
      guard packetsLeft > 0 else {
        throw ParseError(.limit, at: block.start + offset, "more than 1024 packets")
      }
      packetsLeft -= 1
      let name = try text(block, at: offset + 8, count: 40)
      let length = Int(try block.u32(at: offset + 48, order))
      let value = ByteView(block.source, start: block.start + offset + 52, count: length)
      guard offset + 52 + length <= block.count else {
        throw ParseError(.truncated, at: block.start + offset, "a packet that is longer than its block")
      }
      switch name {
      case "camera_profile", "CamProf_capture_profile":
        // A camera profile holds a capture profile, and nothing is deeper.
        if depth < 2 { try readPackets(value, depth: depth + 1, into: &result) }
      case "back_serial_number": try addSerial(value, "Leaf:BackSerial", into: &result)
      case "CaptProf_serial_number": try addSerial(value, "Leaf:CaptureSerial", into: &result)
      case "CamProf_name":
        if let text = try text(value, at: 0, count: min(length, Self.textLimit)) {
          result.add(.body, .device(Device(model: text)), "Leaf:CameraName", at: value.place(0))
        }
      case "JPEG_preview_data" where length > 0:
        result.add(
          .preview, .hidden(HiddenContent(byteCount: length)), "Leaf:PreviewImage", at: value.place(0))
      default: break
      }
      offset += 52 + length
    }
  }

  /// The number is the first word.
  private func addSerial(
    _ value: ByteView, _ field: String, into result: inout ReadResult
  ) throws(ParseError) {
    let text = try text(value, at: 0, count: min(value.count, Self.textLimit))
    guard let number = text?.split(separator: " ").first, number.contains(where: { $0 != "0" }) else {
      return
    }
    result.add(.body, .serial(String(number)), field, at: value.place(0))
  }

  private func text(_ view: ByteView, at offset: Int, count: Int) throws(ParseError) -> String? {
    try view.withBytes(at: offset, count: count) { run throws(ParseError) in
      ExifText.ascii(run.bindMemory(to: UInt8.self))
    }
  }
}
