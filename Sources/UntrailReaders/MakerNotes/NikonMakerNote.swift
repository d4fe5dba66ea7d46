internal import UntrailBytes
internal import UntrailModel

/// Nikon, in its three forms.
///
///     "Nikon" 00 02 VV 00 00 | TIFF structure     offsets count from the start of this structure
///     "Nikon" 00 01 00 | directory                first Coolpix cameras; it says nothing of interest
///     directory                                   D1 and some Coolpix cameras; offsets as in the structure around
///
/// From 2004 on, cameras encipher parts of the note with their serial number and the count of shots; what is read
/// here stands outside of them.
///
/// Source: tag numbers as in ExifTool's Nikon.pm.
struct NikonMakerNote: MakerNoteDecoder {
  private static let tags: [MakerNoteTag] = [
    MakerNoteTag(0x001D, "SerialNumber", .serial, .body, .serial),
    MakerNoteTag(0x00A0, "SerialNumber", .serial, .body, .serial),
    MakerNoteTag(0x0037, "MechanicalShutterCount", .link, .shutterCount, .number(digits: 1)),
    MakerNoteTag(0x00A5, "ImageCount", .link, .imageCounter, .number(digits: 1)),
    MakerNoteTag(0x0E09, "NikonCaptureVersion", .software, .processing),
  ]
  private static let others: [UInt16] = [
    0x0011, 0x0024, 0x0039, 0x0084, 0x0091, 0x00A7, 0x00B6, 0x00B8,
  ]
  private static let previewTags: [UInt16] = [0x0201, 0x0202]

  func claims(_ note: MakerNote) -> Bool {
    note.begins(with: "Nikon\0") || note.make.uppercased().hasPrefix("NIKON")
  }

  func decode(_ note: MakerNote, into result: inout ReadResult) {
    guard note.begins(with: "Nikon\0") else {
      var directories = MakerNoteDirectories(note, group: "Nikon", directoryAt: 0)
      decode(&directories, at: note.range.lowerBound, into: &result)
      return
    }
    guard note.begins(with: "Nikon\0\u{2}") else { return }
    let start = note.range.lowerBound + 10
    do throws(ParseError) {
      let order: ByteOrder = try note.block.u16(at: start, .big) == 0x4D4D ? .big : .little
      let first = Int(try note.block.u32(at: start + 4, order))
      var directories = MakerNoteDirectories(note, group: "Nikon", order: order, base: start)
      decode(&directories, at: start + first, into: &result)
    } catch {
      result.damage(error)
    }
  }

  private func decode(
    _ directories: inout MakerNoteDirectories, at offset: Int, into result: inout ReadResult
  ) {
    guard let directory = directories.directory(at: offset, Self.tags, and: Self.others, into: &result) else {
      return
    }
    directories.observe(directory, Self.tags, into: &result)
    let values = NikonValues(directories)
    if let entry = directory[0x00A7] { values.observeShots(entry, into: &result) }
    if let entry = directory[0x0084] { values.observeLens(entry, into: &result) }
    if let entry = directory[0x0024] { values.observeWorldTime(entry, into: &result) }
    if let entry = directory[0x0039] { values.observeLocation(entry, into: &result) }
    if let entry = directory[0x00B6] { values.observePowerUp(entry, into: &result) }
    if let entry = directory[0x00B8] { values.observeFile(entry, into: &result) }
    if let entry = directory[0x0091] { values.observeFirmware(entry, into: &result) }
    if let preview = directories.quietDirectory(directory[0x0011], Self.previewTags) {
      directories.observePreview(
        preview[0x0201], preview[0x0202], "PreviewImageStart", group: "PreviewIFD", into: &result)
    }
  }
}

/// Values of Nikon's directory that are no texts.
///
///     WorldTime, 0024     int16 minutes east of UTC | 01 in summer time | format of dates
///     LocationInfo, 0039  "0100" | encoding | country code, 3 bytes | level | name of the place, 70 bytes
///     PowerUpTime, 00B6   int16 year | month | day | hour | minute | second
///     FileInfo, 00B8      "0100" | int16 memory card | int16 folder | int16 file
///     Lens, 0084          4 fractions: shortest and longest focal length, widest apertures at both
private struct NikonValues {
  private typealias Entry = MakerNoteDirectories.Entry

  private let directories: MakerNoteDirectories

  init(_ directories: MakerNoteDirectories) { self.directories = directories }

  func observeShots(_ entry: MakerNoteDirectories.Entry, into result: inout ReadResult) {
    // FFFFF7FF is what some cameras write that do not count.
    guard let count = directories.reader.integer(entry), (1..<100_000_000).contains(count) else { return }
    directories.add(.shutterCount, .link(String(count)), "ShutterCount", entry, into: &result)
  }

  func observeLens(_ entry: MakerNoteDirectories.Entry, into result: inout ReadResult) {
    guard let text = LensText.text(directories.reader, entry) else { return }
    directories.add(.lens, .device(Device(model: text)), "Lens", entry, into: &result)
  }

  func observeWorldTime(_ entry: MakerNoteDirectories.Entry, into result: inout ReadResult) {
    guard entry.byteCount >= 4,
      let stated = try? directories.view.u16(at: entry.offset, directories.order),
      let summer = try? directories.view.u8(at: entry.offset + 2), summer <= 1,
      // Greenwich, winter and year first: a clock that nobody set.
      (try? directories.view.u32(at: entry.offset, .big)) != 0
    else { return }
    let minutes = Int(Int16(bitPattern: stated))
    // The zone is that of winter.
    guard abs(minutes) <= 14 * 60, minutes % 15 == 0,
      let offset = MakerNoteTime.offset(minutes: minutes + 60 * Int(summer))
    else { return }
    directories.add(.zone, .utcOffset(offset), "TimeZone", entry, into: &result)
  }

  func observeLocation(_ entry: MakerNoteDirectories.Entry, into result: inout ReadResult) {
    guard let bytes = directories.bytes(entry, limit: 1024), bytes.count > 9 else { return }
    if let country = ExifText.ascii(bytes[5..<8]).flatMap(MakerNoteText.readable), country.utf8.count > 1 {
      directories.add(.country, .place(country), "CountryCode", entry, skipping: 5, into: &result)
    }
    let name = bytes[9..<min(bytes.count, 79)]
    let text = bytes[4] == 2 ? ExifText.utf16(name, isLittleEndian: false) : ExifText.ascii(name)
    if let text = text.flatMap(MakerNoteText.readable) {
      directories.add(.landmark, .place(text), "Location", entry, skipping: 9, into: &result)
    }
  }

  /// When the camera was switched on: the same in all pictures up to the next time.
  func observePowerUp(_ entry: MakerNoteDirectories.Entry, into result: inout ReadResult) {
    guard let bytes = directories.bytes(entry, limit: 64), bytes.count >= 7 else { return }
    let year =
      directories.order.isBig ? Int(bytes[0]) << 8 | Int(bytes[1]) : Int(bytes[1]) << 8 | Int(bytes[0])
    guard
      let time = MakerNoteTime.timestamp(
        year, Int(bytes[2]), Int(bytes[3]), Int(bytes[4]), Int(bytes[5]), Int(bytes[6]))
    else { return }
    directories.add(.uptime, .timestamp(time), "PowerUpTime", entry, into: &result)
  }

  /// Cameras disagree on the byte order of this value: that counts in which the folder is one.
  func observeFile(_ entry: MakerNoteDirectories.Entry, into result: inout ReadResult) {
    guard entry.byteCount >= 10 else { return }
    func numbers(_ order: ByteOrder) -> (folder: UInt16, file: UInt16)? {
      guard let folder = try? directories.view.u16(at: entry.offset + 6, order),
        let file = try? directories.view.u16(at: entry.offset + 8, order), (100...999).contains(folder),
        (1...9999).contains(file)
      else { return nil }
      return (folder, file)
    }
    let readings = [numbers(.little), numbers(.big)].compactMap { $0 }
    guard let reading = readings.count == 1 ? readings.first : numbers(directories.order) else { return }
    let file = MakerNoteText.padded(Int(reading.file), digits: 4)
    directories.add(
      .imageCounter, .link("\(reading.folder)-\(file)"), "FileNumber", entry, skipping: 6, into: &result)
  }

  /// Plain in the first versions of this block; enciphered from version 0200 on.
  func observeFirmware(_ entry: MakerNoteDirectories.Entry, into result: inout ReadResult) {
    guard entry.byteCount >= 9,
      let bytes = try? directories.view.withBytes(
        at: entry.offset, count: 9, { run throws(ParseError) in Array(run) }),
      bytes.starts(with: "01".utf8), bytes[5] == UInt8(ascii: "."),
      let text = ExifText.ascii(bytes[4..<9]).flatMap(MakerNoteText.readable)
    else { return }
    directories.add(.firmware, .software(text), "FirmwareVersion", entry, skipping: 4, into: &result)
  }
}

/// What a lens is called by its focal lengths and apertures.
enum LensText {
  /// "18-70mm f/3.5-4.5 (18 70 3.5 4.5)": in words, and the numbers as the file has them; nil where the four numbers
  /// are none of a lens.
  static func text(_ reader: ImageFileDirectoryReader, _ entry: ImageFileDirectoryReader.Entry) -> String? {
    guard let words = words(reader, entry) else { return nil }
    let numbers = (0..<4).compactMap { reader.number(entry, $0).map(decimal) }
    return numbers.count == 4 ? words + " (" + numbers.joined(separator: " ") + ")" : words
  }

  private static func words(_ reader: ImageFileDirectoryReader, _ entry: ImageFileDirectoryReader.Entry)
    -> String?
  {
    guard let shortest = reader.number(entry, 0), let longest = reader.number(entry, 1),
      (0.5...5000).contains(shortest), (shortest...5000).contains(longest)
    else { return nil }
    var text = decimal(shortest)
    if longest > shortest { text += "-" + decimal(longest) }
    text += "mm"
    guard let wide = reader.number(entry, 2), let far = reader.number(entry, 3), (0.5...100).contains(wide),
      (0.5...100).contains(far)
    else { return text }
    text += " f/" + decimal(wide)
    return far == wide ? text : text + "-" + decimal(far)
  }

  private static func decimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
  }
}
