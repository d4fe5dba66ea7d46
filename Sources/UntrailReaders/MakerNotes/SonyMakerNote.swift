internal import UntrailBytes
internal import UntrailModel

/// Sony, and the Hasselblad cameras that Sony makes.
///
///     "SONY DSC " 00 00 00 | directory    also "SONY CAM ", "SONY MOBILE", "VHAB     "
///     "SEMC MS" 00 ... | directory        Sony Ericsson, at byte 20; offsets count from byte 12
///     directory                           raw files and later cameras
///
/// Offsets count from the start of the TIFF structure. Some values are enciphered (`SonyCipher`).
///
/// Source: tag numbers as in ExifTool's Sony.pm.
struct SonyMakerNote: MakerNoteDecoder {
  private static let others: [UInt16] = [0x0020, 0x2031, 0x3000, 0x9050, 0xB028]
  private static let previewTag: UInt16 = 0x2001
  private static let heads: [StaticString] = [
    "SONY DSC", "SONY CAM", "SONY MOBILE", "\0\0SONY PIC\0", "VHAB     \0",
  ]

  func claims(_ note: MakerNote) -> Bool {
    if hasHead(note) || note.begins(with: "SEMC MS\0") { return true }
    let models = ["HV", "Stellar", "Lusso", "Lunar"]
    return note.make.uppercased().hasPrefix("SONY")
      || note.make.uppercased().hasPrefix("HASSELBLAD") && models.contains { note.model.hasPrefix($0) }
  }

  private func hasHead(_ note: MakerNote) -> Bool { Self.heads.contains { note.begins(with: $0) } }

  func decode(_ note: MakerNote, into result: inout ReadResult) {
    if note.begins(with: "SEMC MS\0") { return decodeEricsson(note, into: &result) }
    // Text, and the enciphered directory of the first raw files.
    if note.begins(with: "SONY PIC\0") || (try? note.view.u16(at: 0, .big)) == 0x0100 { return }
    let skipped = hasHead(note) ? 12 : 0
    let start = note.range.lowerBound + skipped
    var directories = MakerNoteDirectories(note, group: "Sony", directoryAt: skipped)
    guard let directory = directories.directory(at: start, and: Self.others, into: &result) else { return }
    let values = SonyValues(directories, note.model)
    if let entry = directory[0x2031] { values.observeSerial(entry, into: &result) }
    if let entry = directory[0x3000] { values.observeShot(entry, into: &result) }
    if let entry = directory[0x0020] { values.observeFocus(entry, into: &result) }
    if let entry = directory[0x9050] { values.observeCounts(entry, into: &result) }
    directories.observePreview(
      directories.entryInFile(Self.previewTag, at: start), "PreviewImage", into: &result)
    if let entry = directory[0xB028], let place = directories.reader.pointer(entry), place > note.base {
      MinoltaMakerNote.decode(note, at: place, order: directories.order, into: &result)
    }
  }

  private func decodeEricsson(_ note: MakerNote, into result: inout ReadResult) {
    let start = note.range.lowerBound + 20
    let order = MakerNoteDirectories.order(note, at: start)
    var directories = MakerNoteDirectories(
      note, group: "Sony", order: order, base: note.range.lowerBound + 12)
    guard let directory = directories.directory(at: start, and: [0x0201, 0x0202], into: &result) else {
      return
    }
    directories.observePreview(directory[0x0201], directory[0x0202], "PreviewImageStart", into: &result)
  }
}

/// Values of Sony's directory that are no texts.
///
///     SerialNumber, 2031   8 digits in pairs, the last pair first
///     ShotInfo, 3000       "II" | ... | time as text, 20 bytes at 6
///     FocusInfo, 0020      count of shots at 0846, in some cameras of 2008 to 2010
///     MoreInfo, 0020       in cameras of 2009 to 2011: parts, of which 0201 has the count of shots at 0125 or 014A
///     9050                 enciphered: counts of shots, and a number of the camera's own
private struct SonyValues {
  private let directories: MakerNoteDirectories
  private let model: String

  init(_ directories: MakerNoteDirectories, _ model: String) {
    self.directories = directories
    self.model = model
  }

  func observeSerial(_ entry: MakerNoteDirectories.Entry, into result: inout ReadResult) {
    guard let text = directories.reader.text(entry, limit: 64).flatMap(MakerNoteText.serial) else { return }
    var digits = Array(text.utf8)
    if digits.count >= 8, digits.prefix(8).allSatisfy({ (0x30...0x39).contains($0) }) {
      let pairs = stride(from: 6, through: 0, by: -2).flatMap { digits[$0..<($0 + 2)] }
      digits.replaceSubrange(0..<8, with: pairs)
      if digits.first == 0x30 { digits.removeFirst() }
    }
    directories.add(
      .body, .serial(String(decoding: digits, as: UTF8.self)), "SerialNumber", entry, into: &result)
  }

  func observeShot(_ entry: MakerNoteDirectories.Entry, into result: inout ReadResult) {
    guard entry.byteCount >= 26,
      let time = MakerNoteTime.timestamp(directories.reader.bytes(entry), at: 6, count: 20)
    else { return }
    directories.add(.original, .timestamp(time), "SonyDateTime", entry, skipping: 6, into: &result)
  }

  /// Two blocks have this tag, by the year of the camera; both are plain.
  func observeFocus(_ entry: MakerNoteDirectories.Entry, into result: inout ReadResult) {
    let value = directories.reader.bytes(entry)
    let place: Int?
    if entry.byteCount == 19_154 || entry.byteCount == 19_148 {
      let models = ["230", "290", "330", "380", "390", "850", "900"].map { "DSLR-A" + $0 }
      place = models.contains(model) ? 0x846 : nil
    } else {
      let isFirst = ["DSLR-A450", "DSLR-A500", "DSLR-A550"].contains(model)
      place = Self.part(0x0201, of: value).map { $0 + (isFirst ? 0x14A : 0x125) }
    }
    guard let place, let count = try? value.u32(at: place, .little) else { return }
    observeShots(Int(count & 0xFF_FFFF), entry, place, into: &result)
  }

  /// Where a part of the block begins of which a list of int16 stands first: number of parts, bytes, then tag and
  /// place of each.
  private static func part(_ tag: UInt16, of value: ByteView) -> Int? {
    guard let count = try? value.u16(at: 0, .little), count <= 50 else { return nil }
    for index in 0..<Int(count) {
      guard let stated = try? value.u16(at: 4 + 4 * index, .little) else { return nil }
      if stated == tag { return (try? value.u16(at: 6 + 4 * index, .little)).map { Int($0) } }
    }
    return nil
  }

  func observeCounts(_ entry: MakerNoteDirectories.Entry, into result: inout ReadResult) {
    guard let block = SonyBlock9050.of(model) else { return }
    let value = directories.reader.bytes(entry)
    if let bytes = SonyCipher.bytes(value, at: block.shots, count: 3) {
      let count = bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
      observeShots(count, entry, block.shots, into: &result)
    }
    if let place = block.serial, let bytes = SonyCipher.bytes(value, at: place.offset, count: place.count),
      let serial = MakerNoteText.hexadecimal(bytes)
    {
      directories.add(
        .internalSerial, .serial(serial), "InternalSerialNumber", entry, skipping: place.offset,
        into: &result)
    }
  }

  private func observeShots(
    _ count: Int, _ entry: MakerNoteDirectories.Entry, _ offset: Int, into result: inout ReadResult
  ) {
    guard (1..<10_000_000).contains(count) else { return }
    directories.add(
      .shutterCount, .link(String(count)), "ShutterCount", entry, skipping: offset, into: &result)
  }
}

/// Where a camera keeps its counts in the value of tag 9050.
private struct SonyBlock9050 {
  var shots: Int
  var serial: (offset: Int, count: Int)?

  /// Nil where it is not known for a camera, or a camera has none.
  static func of(_ model: String) -> SonyBlock9050? {
    func begins(_ names: String...) -> Bool { names.contains { model.hasPrefix($0) } }
    // The latest count elsewhere, and only some of their pictures.
    if begins(
      "ILCE-6700", "ILCE-7CM2", "ILCE-7CR", "ILCE-1M2", "ILCE-7M5", "ILCE-9M3", "ILME-FX2", "ZV-E10M2")
    {
      return nil
    }
    if begins(
      "ILCE-61", "ILCE-63", "ILCE-64", "ILCE-65", "ILCE-66", "ILCE-7C", "ILCE-7M3", "ILCE-7RM2", "ILCE-7RM3",
      "ILCE-7RM4", "ILCE-7SM2", "ILCE-9", "ILCA-99M2", "ZV-E10")
    {
      return second
    }
    if begins("ILCE-7M4", "ILCE-7RM5", "ILCE-7SM3", "ILME-FX3") { return second }
    if begins("ILCE-1") { return SonyBlock9050(shots: 0x3A, serial: (0x8A, 6)) }
    // Compact cameras count nothing here.
    guard begins("ILCE-", "ILCA-", "NEX-", "SLT-", "Lunar", "HV") else { return nil }
    if begins("SLT-", "HV", "ILCA-") { return SonyBlock9050(shots: 0x32, serial: (0xF0, 5)) }
    if begins("Lunar", "NEX-5N", "NEX-7", "NEX-VG20E") { return SonyBlock9050(shots: 0x32, serial: nil) }
    return SonyBlock9050(shots: 0x32, serial: (0x7C, 4))
  }

  private static let second = SonyBlock9050(shots: 0x3A, serial: (0x88, 6))
}

/// Sony's cipher, which puts one byte for another: `b * b * b % 249`, and nothing else for the last seven.
private enum SonyCipher {
  private static let plain: [UInt8] = {
    var table = (0..<256).map { UInt8($0) }
    for byte in 0..<249 { table[byte * byte * byte % 249] = UInt8(byte) }
    return table
  }()

  static func bytes(_ value: ByteView, at offset: Int, count: Int) -> [UInt8]? {
    try? value.withBytes(at: offset, count: count) { run throws(ParseError) in run.map { plain[Int($0)] } }
  }
}
