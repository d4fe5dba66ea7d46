internal import UntrailBytes
internal import UntrailModel

/// Values of Canon's directory that are no texts, or mean different things on different cameras.
///
///     TimeInfo, 0035          int32: bytes | minutes east of UTC, summer time included | city | minutes of summer time
///     PreviewImageInfo, 00B6  int32: bytes | quality | length | width | height | offset
///     FileInfo, 0093          int16: bytes | file number or count of shots, in 32 bits
///     LensInfo, 4019          5 bytes of the lens's own serial number
///
/// Source: ExifTool's Canon.pm.
struct CanonLists {
  private typealias Entry = MakerNoteDirectories.Entry

  private let directories: MakerNoteDirectories
  private let model: String

  init(_ directories: MakerNoteDirectories, _ model: String) {
    self.directories = directories
    self.model = model
  }

  func observe(_ directory: MakerNoteDirectories.Directory, into result: inout ReadResult) {
    if let entry = directory[0x000C] { observeSerial(entry, into: &result) }
    if let entry = directory[0x0096] { observeInternalSerial(entry, into: &result) }
    if let entry = directory[0x0008], let number = directories.reader.integer(entry) {
      observeFileNumber(number, entry, into: &result)
    }
    if let entry = directory[0x000D] { observeCameraInfo(entry, into: &result) }
    if let entry = directory[0x0093] { observeFileInfo(entry, into: &result) }
    if let entry = directory[0x0035] { observeTime(entry, into: &result) }
    if let entry = directory[0x4019] { observeLens(entry, into: &result) }
    if let entry = directory[0x00B6] { observePreview(entry, into: &result) }
  }

  private func isModel(_ names: String...) -> Bool { names.contains { model.contains($0) } }

  private func observeSerial(_ entry: Entry, into result: inout ReadResult) {
    guard let number = directories.reader.integer(entry), number > 0, number < 0xFFFF_FFFF else { return }
    let text =
      if isModel("EOS D30") {
        MakerNoteText.padded(number >> 16, digits: 4, radix: 16)
          + MakerNoteText.padded(number & 0xFFFF, digits: 5)
      } else {
        MakerNoteText.padded(number, digits: isModel("EOS-1D") ? 6 : 10)
      }
    directories.add(.body, .serial(text), "SerialNumber", entry, into: &result)
  }

  /// The number of the sensor or main board. The EOS 5D family has it inside a longer value.
  private func observeInternalSerial(_ entry: Entry, into result: inout ReadResult) {
    let skipped = isModel("EOS 5D") ? 9 : 0
    guard entry.byteCount > skipped,
      let bytes = directories.bytes(entry, limit: 256)?.dropFirst(skipped),
      let text = ExifText.ascii(bytes.prefix { $0 != 0xFF }), let serial = MakerNoteText.serial(text)
    else { return }
    directories.add(
      .internalSerial, .serial(serial), "InternalSerialNumber", entry, skipping: skipped, into: &result)
  }

  /// The number of folder and file that the camera counts on, as `100-0042`.
  private func observeFileNumber(_ number: Int, _ entry: Entry, into result: inout ReadResult) {
    guard (1_000_000...99_999_999).contains(number), number % 10_000 != 0 else { return }
    let file = MakerNoteText.padded(number % 10_000, digits: 4)
    directories.add(.imageCounter, .link("\(number / 10_000)-\(file)"), "FileNumber", entry, into: &result)
  }

  private func observeFileInfo(_ entry: Entry, into result: inout ReadResult) {
    guard entry.byteCount >= 6,
      let stated = try? directories.view.u32(at: entry.offset + 2, directories.order)
    else { return }
    let word = Int(stated)
    if isModel("EOS 20D", "350D", "REBEL XT", "Kiss Digital N"), !isModel("REBEL XTi") {
      let file = (word >> 16 & 0xFF) + (word & 0x3F) << 8
      observeFileNumber((word & 0xFFC0) >> 6 * 10_000 + file, entry, into: &result)
    } else if isModel("EOS 30D", "400D", "REBEL XTi", "Kiss Digital X", "K236") {
      // The camera drops the highest bits of the folder, which is never below 100.
      var folder = (word & 0xFFC00) >> 10
      if folder < 100 { folder += (100 - folder + 63) / 64 * 64 }
      observeFileNumber(folder * 10_000 + (word & 0x3FF) << 4 + word >> 20 & 0x0F, entry, into: &result)
    } else if isModel("EOS-1D Mark II", "EOS-1Ds Mark II"), !isModel("Mark III") {
      observeShots(word >> 16 | (word & 0xFFFF) << 16, entry, skipping: 2, into: &result)
    } else if directories.order.isBig, model.hasSuffix("EOS-1D") || model.hasSuffix("EOS-1DS") {
      observeShots(word, entry, skipping: 2, into: &result)
    }
  }

  private func observeShots(_ count: Int, _ entry: Entry, skipping: Int, into result: inout ReadResult) {
    guard (1..<100_000_000).contains(count) else { return }
    directories.add(
      .shutterCount, .link(String(count)), "ShutterCount", entry, skipping: skipping, into: &result)
  }

  /// A block that each camera arranges in its own way; only what stands plain in it.
  private func observeCameraInfo(_ entry: Entry, into result: inout ReadResult) {
    if model.hasSuffix("Mark III"), isModel("1D Mark", "1Ds Mark"), entry.byteCount >= 0x17A,
      let count = try? directories.view.u32(at: entry.offset + 0x176, directories.order), count > 0,
      count < 100_000_000
    {
      observeShots(Int(count) + 1, entry, skipping: 0x176, into: &result)
    }
    let lens: Int? =
      if model.hasSuffix("EOS 40D") {
        0x92B
      } else if isModel("450D", "REBEL XSi", "Kiss X2") {
        0x933
      } else if isModel("1000D", "REBEL XS", "Kiss F") {
        0x937
      } else {
        nil
      }
    guard let lens, entry.byteCount >= lens + 64,
      let text = MakerNoteText.text(directories.reader.bytes(entry), at: lens, count: 64)
    else { return }
    directories.add(
      .lens, .device(Device(model: text)), "LensModel", entry, skipping: lens, into: &result)
  }

  private func observeTime(_ entry: Entry, into result: inout ReadResult) {
    func number(_ index: Int) -> Int? {
      directories.reader.integer(entry, index).map { Int(Int32(truncatingIfNeeded: $0)) }
    }
    guard entry.byteCount >= 16, number(0) == 16, let minutes = number(1), let city = number(2) else {
      return
    }
    let name = Self.cities.indices.contains(city) ? Self.cities[city] : ""
    // 0 without a city is a clock whose zone was never set.
    if minutes != 0 || !name.isEmpty, let offset = MakerNoteTime.offset(minutes: minutes) {
      directories.add(.zone, .utcOffset(offset), "TimeZone", entry, skipping: 4, into: &result)
    }
    if !name.isEmpty {
      directories.add(.timeZoneCity, .place(name), "TimeZoneCity", entry, skipping: 8, into: &result)
    }
  }

  private func observeLens(_ entry: Entry, into result: inout ReadResult) {
    guard let bytes = directories.bytes(entry, limit: 4096)?.prefix(5), bytes.count == 5,
      bytes.prefix(4).contains(where: { $0 != 0 }), let serial = MakerNoteText.hexadecimal(bytes)
    else { return }
    directories.add(.lens, .serial(serial), "LensSerialNumber", entry, into: &result)
  }

  private func observePreview(_ entry: Entry, into result: inout ReadResult) {
    guard let length = directories.reader.integer(entry, 2), let start = directories.reader.integer(entry, 5)
    else { return }
    directories.observePreview(
      at: directories.reader.base + start, count: length, "PreviewImageStart", into: &result)
  }

  /// The cities that the camera's menu has for the time zones, by their numbers; empty for none.
  private static let cities = [
    "", "Chatham Islands", "Wellington", "Solomon Islands", "Sydney", "Adelaide", "Tokyo", "Hong Kong",
    "Bangkok", "Yangon", "Dhaka", "Kathmandu", "Delhi", "Karachi", "Kabul", "Dubai", "Tehran", "Moscow",
    "Cairo", "Paris", "London", "Azores", "Fernando de Noronha", "São Paulo", "Newfoundland", "Santiago",
    "Caracas", "New York", "Chicago", "Denver", "Los Angeles", "Anchorage", "Honolulu", "Samoa",
  ]
}
