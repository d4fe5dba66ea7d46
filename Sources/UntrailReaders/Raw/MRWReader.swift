internal import UntrailBytes
internal import UntrailModel

/// MRW of Minolta: a list of blocks, then the raw data.
///
///     00 "MRM" LL LL LL LL            signature, bytes of all blocks; big-endian ("MRI": little-endian)
///     00 "PRD" LL LL LL LL ...        block: name, bytes, data; begins with 8 digits of the firmware
///     00 "TTW" LL LL LL LL ...        a TIFF structure with the EXIF data
///
/// Source: D. Coffin, "Minolta raw format"; ExifTool's MinoltaRaw.pm.
struct MRWReader: MetadataReader {
  var name: String { "Minolta MRW" }
  var mediaTypes: [String] { ["image/x-minolta-mrw"] }
  var channels: String { "EXIF" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let order: ByteOrder = try source.u8(at: 3) == UInt8(ascii: "M") ? .big : .little
    let end = 8 + Int(try source.u32(at: 4, order))
    if end > source.count {
      result.damage("truncated", "the file ends inside its list of blocks", at: source.count)
    }
    var offset = 8
    for _ in 0..<tools.limits.entries {
      guard offset < min(end, source.count) else { return }
      let name = try source.u32(at: offset, .big)
      let length = Int(try source.u32(at: offset + 4, order))
      let body = ByteView(source, start: offset + 8, count: length)
      switch name {
      case 0x0054_5457: tools.exif.decode(body, into: &result, with: tools)  // "TTW"
      case 0x0050_5244: try readDimensions(body, into: &result)  // "PRD"
      default: break
      }
      offset += 8 + length
    }
    throw ParseError(.limit, at: offset, "more than \(tools.limits.entries) blocks")
  }

  private func readDimensions(_ body: ByteView, into result: inout ReadResult) throws(ParseError) {
    let text = try body.withBytes(at: 0, count: min(8, body.count)) { run throws(ParseError) in
      ExifText.ascii(run.bindMemory(to: UInt8.self))
    }
    guard let text else { return }
    result.add(.firmware, .software(text), "MinoltaRaw:FirmwareID", at: body.place(0))
  }
}
