internal import UntrailBytes
internal import UntrailModel

/// Reconyx, cameras that animals and people release: little-endian values at fixed places, in three forms.
///
///     01 F1 ...           HyperFire: version | int16 firmware 3 times, at 2 | time at 16 | serial number at 2A
///     "RECONYXUF" 00 ...  UltraFire: firmware at 18 | time at 3B | serial number at 4B | label at 5A
///     "RECONYXH2" 00 ...  HyperFire 2: firmware at 2A | time at 3E | label at 68 | serial number at 7E
///
/// Source: ExifTool's Reconyx.pm.
struct ReconyxMakerNote: MakerNoteDecoder {
  func claims(_ note: MakerNote) -> Bool {
    note.begins(with: "RECONYX") || isHyperFire(note)
  }

  private func isHyperFire(_ note: MakerNote) -> Bool {
    guard let version = try? note.view.u32(at: 0, .big) else { return false }
    return version >> 16 == 0x01F1
      && (note.make.hasPrefix("RECONYX") || version & 0xFFFF == 0x0200 || version & 0xFFFF == 0x0300)
  }

  func decode(_ note: MakerNote, into result: inout ReadResult) {
    let view = note.view
    do throws(ParseError) {
      if note.begins(with: "RECONYXUF\0") {
        try decodeUltraFire(view, into: &result)
      } else if note.begins(with: "RECONYXH2\0") {
        try decodeHyperFire2(view, into: &result)
      } else if isHyperFire(note) {
        try decodeHyperFire(view, into: &result)
      }
    } catch {
      result.damage(error)
    }
  }

  private func decodeHyperFire(_ view: ByteView, into result: inout ReadResult) throws(ParseError) {
    let version = try numbers(view, at: 2, count: 3, .little)
    if version.contains(where: { $0 != 0 }) {
      addFirmware(version.map(String.init).joined(separator: "."), view, at: 2, into: &result)
    }
    var time = try numbers(view, at: 0x16, count: 6, .little)
    // Some write these six in the other order of bytes.
    if time[0] > 0xFF { time = try numbers(view, at: 0x16, count: 6, .big) }
    addTime(
      MakerNoteTime.timestamp(time[5], time[3], time[4], time[2], time[1], time[0]), view, at: 0x16,
      into: &result)
    try addWideText(view, at: 0x2A, count: 30, into: &result)
    try addLabel(view, at: 0x56, count: 22, into: &result)
  }

  private func decodeUltraFire(_ view: ByteView, into result: inout ReadResult) throws(ParseError) {
    // Number before and behind the point, then the revision as a letter.
    if let major = try? view.u8(at: 0x18), let minor = try? view.u8(at: 0x19),
      let letter = try? view.u8(at: 0x1E), (0x41...0x7A).contains(letter)
    {
      addFirmware(
        "\(major).\(minor)\(Unicode.Scalar(letter))", view, at: 0x18, into: &result)
    }
    let time = try view.withBytes(at: 0x3B, count: 7) { run throws(ParseError) in run.map { Int($0) } }
    addTime(
      MakerNoteTime.timestamp(time[5] | time[6] << 8, time[4], time[3], time[2], time[1], time[0]), view,
      at: 0x3B, into: &result)
    _ = try view.u8(at: 0x59)
    if let serial = MakerNoteText.text(view, at: 0x4B, count: 15).flatMap(MakerNoteText.serial) {
      result.add(.body, .serial(serial), "Reconyx:SerialNumber", at: view.place(0x4B))
    }
    try addLabel(view, at: 0x5A, count: 21, into: &result)
  }

  private func decodeHyperFire2(_ view: ByteView, into result: inout ReadResult) throws(ParseError) {
    let version = try numbers(view, at: 0x2A, count: 3, .little)
    if (0x41...0x7A).contains(version[2]), let letter = Unicode.Scalar(version[2]) {
      addFirmware("\(version[0]).\(version[1])\(letter)", view, at: 0x2A, into: &result)
    }
    let time = try numbers(view, at: 0x3E, count: 6, .little)
    addTime(
      MakerNoteTime.timestamp(time[5], time[4], time[3], time[2], time[1], time[0]), view, at: 0x3E,
      into: &result)
    try addLabel(view, at: 0x68, count: 22, into: &result)
    try addWideText(view, at: 0x7E, count: 30, into: &result)
  }

  // MARK: Values

  private func numbers(
    _ view: ByteView, at offset: Int, count: Int, _ order: ByteOrder
  ) throws(ParseError) -> [Int] {
    var numbers: [Int] = []
    for index in 0..<count { numbers.append(Int(try view.u16(at: offset + 2 * index, order))) }
    return numbers
  }

  private func addFirmware(_ text: String, _ view: ByteView, at offset: Int, into result: inout ReadResult) {
    result.add(.firmware, .software(text), "Reconyx:FirmwareVersion", at: view.place(offset))
  }

  private func addTime(
    _ time: Timestamp?, _ view: ByteView, at offset: Int, into result: inout ReadResult
  ) {
    guard let time else { return }
    result.add(.original, .timestamp(time), "Reconyx:DateTimeOriginal", at: view.place(offset))
  }

  /// What the owner calls the camera, often its place.
  private func addLabel(
    _ view: ByteView, at offset: Int, count: Int, into result: inout ReadResult
  ) throws(ParseError) {
    guard let text = MakerNoteText.text(view, at: offset, count: count) else { return }
    result.add(.label, .text(text), "Reconyx:UserLabel", at: view.place(offset))
  }

  /// The serial number, two bytes a character.
  private func addWideText(
    _ view: ByteView, at offset: Int, count: Int, into result: inout ReadResult
  ) throws(ParseError) {
    let text = try view.withBytes(at: offset, count: min(count, max(0, view.count - offset))) {
      run throws(ParseError) in
      ExifText.utf16(run.bindMemory(to: UInt8.self), isLittleEndian: true)
    }
    guard let serial = text.flatMap(MakerNoteText.serial) else { return }
    result.add(.body, .serial(serial), "Reconyx:SerialNumber", at: view.place(offset))
  }
}
