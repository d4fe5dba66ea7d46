internal import UntrailBytes
internal import UntrailModel

/// GoPro's metadata: elements inside elements.
///
///     KKKK T S CC CC value    key of 4 letters, type, bytes of one item, number of items; padded to 4 bytes
///     type 00: a list of elements
///
/// What says who and which device: MINF (model), CASN (serial number of the camera), FMWR (firmware), MUID (an id of
/// the recording, eight numbers of 32 bits).
///
/// Source: gopro/gpmf-parser, README.md; ExifTool's GoPro.pm.
struct GPMF {
  private let limits: Limits
  private var elementsLeft: Int

  /// - Parameter block: a list of elements.
  static func decode(_ block: ByteView, into result: inout ReadResult, _ limits: Limits) {
    var reader = GPMF(limits: limits, elementsLeft: limits.entries)
    do throws(ParseError) {
      try reader.read(block, depth: 0, into: &result)
    } catch {
      result.damage(error)
    }
  }

  private mutating func read(
    _ block: ByteView, depth: Int, into result: inout ReadResult
  ) throws(ParseError) {
    var offset = 0
    while block.count - offset >= 8 {
      elementsLeft -= 1
      guard elementsLeft > 0, depth < limits.nesting else {
        throw ParseError(.limit, at: block.start + offset, "more GPMF elements than the limits allow")
      }
      let key = try block.u32(at: offset, .big)
      let type = try block.u8(at: offset + 4)
      let size = Int(try block.u8(at: offset + 5)) * Int(try block.u16(at: offset + 6, .big))
      // Zeros fill the rest.
      if key == 0 { return }
      guard size <= block.count - offset - 8 else {
        throw ParseError(.truncated, at: block.start + offset, "a GPMF element is longer than what holds it")
      }
      let value = ByteView(block.source, start: block.start + offset + 8, count: size)
      if type == 0 {
        try read(value, depth: depth + 1, into: &result)
      } else {
        observe(key, value, into: &result)
      }
      offset += 8 + (size + 3) & ~3
    }
  }

  private func observe(_ key: UInt32, _ value: ByteView, into result: inout ReadResult) {
    switch key {
    case 0x4D49_4E46:  // "MINF"
      guard let model = MakerNoteText.text(value, at: 0, count: min(value.count, 64)) else { return }
      result.add(.camera, .device(Device(make: "GoPro", model: model)), "GoPro:Model", at: value.place(0))
    case 0x4341_534E:  // "CASN"
      guard let serial = MakerNoteText.text(value, at: 0, count: min(value.count, 64)) else { return }
      result.add(.body, .serial(serial), "GoPro:CameraSerialNumber", at: value.place(0))
    case 0x464D_5752:  // "FMWR"
      guard let version = MakerNoteText.text(value, at: 0, count: min(value.count, 64)) else { return }
      result.add(.firmware, .software(version), "GoPro:FirmwareVersion", at: value.place(0))
    case 0x4D55_4944:  // "MUID"
      var numbers: [UInt32] = []
      for index in 0..<min(value.count / 4, 8) {
        if let number = try? value.u32(at: 4 * index, .big) { numbers.append(number) }
      }
      guard numbers.contains(where: { $0 != 0 }) else { return }
      result.add(
        .contentIdentifier, .link(numbers.map(String.init).joined(separator: " ")), "GoPro:MediaUniqueID",
        at: value.place(0))
    default: break
    }
  }
}
