internal import UntrailBytes
internal import UntrailModel

/// Shortcuts of Windows (.lnk): the file that they lead to, and the computer and volume that it was on.
///
///     4C 00 00 00 class, 16 bytes; FF * 4 what follows; attributes; 28: created, 36: read, 44: changed; 52: bytes
///     76: LL LL list of items                        where flag 0 is set
///     SS SS SS SS HH HH HH HH FF FF FF FF ...        where it is, where flag 1 is set; offsets from its start:
///       12: volume, 16: path, 20: share, 24: the rest of the path; 28, 32: in UTF-16, where the head is longer
///       volume: bytes, kind, serial number, offset of the label
///     NN NN text                                     five texts, where flags 2 to 6 are set; units of UTF-16 by flag 7
///     SS SS SS SS ID ID ID ID ...                    further blocks; A0000001: 268: path; A0000003: tracker:
///       16: name of the computer, 16 bytes; 32: ids of volume and file, twice, 16 bytes each
///
/// The id of a file is a UUID of version 1: its last six bytes are the computer's MAC address.
///
/// Source: Microsoft, MS-SHLLINK; MS-DLTW section 2.2.4; RFC 9562, section 5.1.
struct ShortcutReader: MetadataReader {
  var name: String { "Windows shortcut" }
  var mediaTypes: [String] { ["application/x-ms-shortcut"] }
  var channels: String { "path, computer, MAC address, volume, times of the file that it leads to" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let flags = try source.u32(at: 20, .little)
    try addTime(.created, 28, "LNK:CreationTime", source, into: &result)
    try addTime(.lastUsed, 36, "LNK:AccessTime", source, into: &result)
    try addTime(.modified, 44, "LNK:WriteTime", source, into: &result)
    var offset = 76
    if flags & 1 != 0 { offset += 2 + Int(try source.u16(at: offset, .little)) }
    if flags & 2 != 0 {
      let length = Int(try source.u32(at: offset, .little))
      do throws(ParseError) {
        try readPlace(ByteView(source, start: offset, count: length), into: &result, tools.limits)
      } catch {
        result.damage(error)
      }
      offset += max(length, 4)
    }
    let isWide = flags & 0x80 != 0
    for (bit, field) in Self.texts where flags & bit != 0 {
      let count = Int(try source.u16(at: offset, .little)) * (isWide ? 2 : 1)
      let bytes = try source.bytes(at: offset + 2, count: count)
      let text = isWide ? ExifText.utf16(bytes, isLittleEndian: true) : ExifText.ascii(bytes)
      if let text { add(text, bit, field, at: offset + 2, into: &result) }
      offset += 2 + count
    }
    try readBlocks(source, from: offset, into: &result, tools.limits)
  }

  private static let texts: [(UInt32, String)] = [
    (4, "LNK:NameString"), (8, "LNK:RelativePath"), (16, "LNK:WorkingDir"),
    (32, "LNK:CommandLineArguments"), (64, "LNK:IconLocation"),
  ]

  private func add(
    _ text: String, _ bit: UInt32, _ field: String, at offset: Int, into result: inout ReadResult
  ) {
    switch bit {
    case 4: result.add(.comment, .text(text), field, at: offset)
    case 32: result.add(.instructions, .text(text), field, at: offset)
    case 64: if FolderSettingsReader.isOfSomebody(text) { result.add(.path, .link(text), field, at: offset) }
    default: result.add(.path, .link(text), field, at: offset)
    }
  }

  private func addTime(
    _ role: Role, _ offset: Int, _ field: String, _ source: ByteSource, into result: inout ReadResult
  ) throws(ParseError) {
    guard let time = WindowsTime.timestamp(try source.u64(at: offset, .little)) else { return }
    result.add(role, .timestamp(time), field, at: offset)
  }

  private func readPlace(
    _ place: ByteView, into result: inout ReadResult, _ limits: Limits
  ) throws(ParseError) {
    let head = Int(try place.u32(at: 4, .little))
    let flags = try place.u32(at: 8, .little)
    func text(_ field: Int, wide: Int) throws(ParseError) -> (String, Int)? {
      if head >= 0x24, wide > 0 {
        let offset = Int(try place.u32(at: wide, .little))
        let rest = place.dropping(offset)
        let units = try rest.withBytes(at: 0, count: min(rest.count, limits.text) & ~1) {
          run throws(ParseError) in ExifText.utf16(run, isLittleEndian: true)
        }
        if offset > 0, let units { return (units, place.start + offset) }
      }
      let offset = Int(try place.u32(at: field, .little))
      guard offset > 0, offset < place.count,
        let text = try BoundedText.decode(place.dropping(offset), limits)
      else { return nil }
      return (text, place.start + offset)
    }
    if flags & 1 != 0 {
      try readVolume(place.dropping(Int(try place.u32(at: 12, .little))), into: &result, limits)
      if let (path, offset) = try text(16, wide: 28) {
        result.add(.path, .link(path), "LNK:LocalBasePath", at: offset)
      }
    }
    if flags & 2 != 0 {
      let share = place.dropping(Int(try place.u32(at: 20, .little)))
      let name = Int(try share.u32(at: 8, .little))
      if name >= 20, name < share.count, let text = try BoundedText.decode(share.dropping(name), limits) {
        result.add(.path, .link(text), "LNK:NetName", at: share.start + name)
      }
    }
    if let (path, offset) = try text(24, wide: 32) {
      result.add(.path, .link(path), "LNK:CommonPathSuffix", at: offset)
    }
  }

  private func readVolume(
    _ volume: ByteView, into result: inout ReadResult, _ limits: Limits
  ) throws(ParseError) {
    let serial = try volume.u32(at: 8, .little)
    if serial != 0 {
      let digits = String(serial, radix: 16, uppercase: true)
      let number = String(repeating: "0", count: 8 - digits.count) + digits
      // As Windows shows it.
      let text = number.prefix(4) + "-" + number.suffix(4)
      result.add(.accessory, .serial(String(text)), "LNK:DriveSerialNumber", at: volume.place(8))
    }
    let label = Int(try volume.u32(at: 12, .little))
    // 20: the label is in UTF-16, at the offset that follows.
    if label == 20 {
      let wide = volume.dropping(Int(try volume.u32(at: 16, .little)))
      let text = try wide.withBytes(at: 0, count: min(wide.count, 128) & ~1) { run throws(ParseError) in
        ExifText.utf16(run, isLittleEndian: true)
      }
      if let text { result.add(.label, .text(text), "LNK:VolumeLabel", at: wide.start) }
    } else if label >= 16, label < volume.count,
      let text = try BoundedText.decode(volume.dropping(label).prefix(64), limits)
    {
      result.add(.label, .text(text), "LNK:VolumeLabel", at: volume.start + label)
    }
  }

  private func readBlocks(
    _ source: ByteSource, from start: Int, into result: inout ReadResult, _ limits: Limits
  ) throws(ParseError) {
    var offset = start
    for _ in 0..<limits.entries where offset + 8 <= source.count {
      let length = Int(try source.u32(at: offset, .little))
      guard length >= 8 else { return }
      let block = ByteView(source, start: offset, count: length)
      switch try source.u32(at: offset + 4, .little) {
      case 0xA000_0001: try readEnvironment(block, into: &result)
      case 0xA000_0003: try readTracker(block, into: &result)
      default: break
      }
      offset += length
    }
  }

  /// A path in which names of variables may stand.
  private func readEnvironment(_ block: ByteView, into result: inout ReadResult) throws(ParseError) {
    let path = try block.withBytes(at: 268, count: 520) { run throws(ParseError) in
      ExifText.utf16(run, isLittleEndian: true)
    }
    if let path, FolderSettingsReader.isOfSomebody(path) {
      result.add(.path, .link(path), "LNK:EnvironmentVariableTarget", at: block.place(268))
    }
  }

  private func readTracker(_ block: ByteView, into result: inout ReadResult) throws(ParseError) {
    let name = try block.withBytes(at: 16, count: 16) { run throws(ParseError) in ExifText.ascii(run) }
    if let name, BoundedText.isPrintable(name) {
      result.add(.host, .device(Device(hostName: name)), "LNK:MachineID", at: block.place(16))
    }
    var seen: [[UInt8]] = []
    for (offset, field) in [(48, "LNK:DroidFile"), (80, "LNK:BirthDroidFile")] {
      let id = try block.withBytes(at: offset, count: 16) { run throws(ParseError) in Array(run) }
      guard id.contains(where: { $0 != 0 }), !seen.contains(id) else { continue }
      seen.append(id)
      result.add(.documentID, .link(Self.uuid(id)), field, at: block.place(offset))
      // Version 1, and an address that is one device's.
      guard id[7] >> 4 == 1, id[10] & 1 == 0 else { continue }
      let address = id[10...].map(Self.hexadecimal).joined(separator: ":")
      result.add(.macAddress, .network(address), field, at: block.place(offset + 10))
    }
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }

  /// The first three parts are little-endian.
  private static func uuid(_ id: [UInt8]) -> String {
    let order = [3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15]
    return order.map { $0 < 0 ? "-" : hexadecimal(id[$0]) }.joined()
  }
}
