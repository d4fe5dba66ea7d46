internal import UntrailBytes
internal import UntrailModel

/// Pentax, and Ricoh's cameras that came from it.
///
///     "AOC" 00 "MM" | directory           offsets count from the start of the TIFF structure
///     "PENTAX " 00 "MM" | directory       offsets count from the start of the note
///     directory                           first cameras (Asahi)
///
/// Source: tag numbers as in ExifTool's Pentax.pm.
struct PentaxMakerNote: MakerNoteDecoder {
  private static let tags: [MakerNoteTag] = [
    MakerNoteTag(0x0229, "SerialNumber", .serial, .body, .serial),
    MakerNoteTag(0x022E, "Artist", .person, .artist),
    MakerNoteTag(0x022F, "Copyright", .person, .copyright),
    MakerNoteTag(0x0230, "FirmwareVersion", .software, .firmware),
  ]
  private static let others: [UInt16] = [
    0x0003, 0x0004, 0x0006, 0x0007, 0x0023, 0x0024, 0x005D, 0x0215,
  ]

  func claims(_ note: MakerNote) -> Bool {
    note.begins(with: "AOC\0") || note.begins(with: "PENTAX \0") || note.make.hasPrefix("Asahi")
  }

  func decode(_ note: MakerNote, into result: inout ReadResult) {
    var directories: MakerNoteDirectories
    let start: Int
    if note.begins(with: "PENTAX \0") {
      start = note.range.lowerBound + 10
      let order: ByteOrder = (try? note.view.u16(at: 8, .big)) == 0x4949 ? .little : .big
      directories = MakerNoteDirectories(note, group: "Pentax", order: order, base: note.range.lowerBound)
    } else {
      let head = note.begins(with: "AOC\0") ? 6 : 0
      start = note.range.lowerBound + head
      directories = MakerNoteDirectories(note, group: "Pentax", directoryAt: head)
    }
    guard let directory = directories.directory(at: start, Self.tags, and: Self.others, into: &result) else {
      return
    }
    directories.observe(directory, Self.tags, into: &result)
    observeCity(directory[0x0023], "HometownCity", .homeCity, directories, into: &result)
    observeCity(directory[0x0024], "DestinationCity", .timeZoneCity, directories, into: &result)
    observeTime(directory, directories, into: &result)
    observeCamera(directory[0x0215], directories, into: &result)
    observeShutterCount(directory, directories, into: &result)
    directories.observePreview(directory[0x0004], directory[0x0003], "PreviewImage", into: &result)
  }

  private func observeCity(
    _ entry: MakerNoteDirectories.Entry?, _ name: String, _ role: Role, _ directories: MakerNoteDirectories,
    into result: inout ReadResult
  ) {
    // Of a clock that was never set, the number is 0, which is a city too.
    guard let entry, entry.count == 1, let number = directories.reader.integer(entry), number > 0,
      Self.cities.indices.contains(number)
    else { return }
    directories.add(role, .place(Self.cities[number]), name, entry, into: &result)
  }

  /// Four bytes of day, and three of time in another entry.
  private func observeTime(
    _ directory: MakerNoteDirectories.Directory, _ directories: MakerNoteDirectories,
    into result: inout ReadResult
  ) {
    guard let entry = directory[0x0006], let date = directories.bytes(entry, limit: 4), date.count == 4 else {
      return
    }
    let time = directory[0x0007].flatMap { directories.bytes($0, limit: 4) } ?? []
    guard time.count >= 3,
      let timestamp = MakerNoteTime.timestamp(
        Int(date[0]) << 8 | Int(date[1]), Int(date[2]), Int(date[3]), Int(time[0]), Int(time[1]), Int(time[2])
      )
    else { return }
    directories.add(.original, .timestamp(timestamp), "Date", entry, into: &result)
  }

  /// Five numbers: model, day of manufacture, two others, and the number inside.
  private func observeCamera(
    _ entry: MakerNoteDirectories.Entry?, _ directories: MakerNoteDirectories, into result: inout ReadResult
  ) {
    guard let entry, entry.byteCount >= 20,
      let number = try? directories.view.u32(at: entry.offset + 16, directories.order), number != 0,
      number != .max
    else { return }
    directories.add(
      .internalSerial, .serial(String(number)), "InternalSerialNumber", entry, skipping: 16, into: &result)
  }

  /// The count is mixed with the day and the time.
  private func observeShutterCount(
    _ directory: MakerNoteDirectories.Directory, _ directories: MakerNoteDirectories,
    into result: inout ReadResult
  ) {
    guard let entry = directory[0x005D], let count = directories.bytes(entry, limit: 4), count.count == 4,
      let date = directory[0x0006].flatMap({ directories.bytes($0, limit: 4) }), date.count == 4,
      let time = directory[0x0007].flatMap({ directories.bytes($0, limit: 4) }), time.count >= 3
    else { return }
    func number(_ bytes: some Sequence<UInt8>) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }
    let clock = number(Array(time.prefix(3)) + [0])
    let value = ~(number(count) ^ number(date)) ^ clock
    guard (1..<10_000_000).contains(value) else { return }
    directories.add(.shutterCount, .link(String(value)), "ShutterCount", entry, into: &result)
  }

  /// The cities of the world clock, by their numbers.
  private static let cities: [String] = list.split(separator: "\n").map { String($0) }

  private static let list = """
    Pago Pago
    Honolulu
    Anchorage
    Vancouver
    San Francisco
    Los Angeles
    Calgary
    Denver
    Mexico City
    Chicago
    Miami
    Toronto
    New York
    Santiago
    Caracas
    Halifax
    Buenos Aires
    Sao Paulo
    Rio de Janeiro
    Madrid
    London
    Paris
    Milan
    Rome
    Berlin
    Johannesburg
    Istanbul
    Cairo
    Jerusalem
    Moscow
    Jeddah
    Tehran
    Dubai
    Karachi
    Kabul
    Male
    Delhi
    Colombo
    Kathmandu
    Dhaka
    Yangon
    Bangkok
    Kuala Lumpur
    Vientiane
    Singapore
    Phnom Penh
    Ho Chi Minh
    Jakarta
    Hong Kong
    Perth
    Beijing
    Shanghai
    Manila
    Taipei
    Seoul
    Adelaide
    Tokyo
    Guam
    Sydney
    Noumea
    Wellington
    Auckland
    Lima
    Dakar
    Algiers
    Helsinki
    Athens
    Nairobi
    Amsterdam
    Stockholm
    Lisbon
    Copenhagen
    Warsaw
    Prague
    Budapest
    """
}
