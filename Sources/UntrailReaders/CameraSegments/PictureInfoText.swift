internal import UntrailBytes
internal import UntrailModel

/// Text that cameras wrote before there was EXIF: Agfa, Epson, Olympus, Polaroid, Sanyo and others.
///
///     [picture info] CR LF
///     TimeDate=909698819 CR LF        seconds since 1970, of local time; or a time as text
///     Serial#=00012345 CR LF
///     [camera info] ...
///
/// Names and values are parted by line ends or by blanks.
///
/// Source: ExifTool's APP12.pm.
enum PictureInfoText {
  static func decode(_ body: ByteView, group: String, _ limits: Limits, into result: inout ReadResult) {
    let count = min(body.count, limits.text)
    guard let bytes = try? body.withBytes(at: 0, count: count, { run throws(ParseError) in Array(run) })
    else {
      return
    }
    var scanner = Scanner(bytes: bytes)
    // Other makers use the same segment for other things.
    guard scanner.hasSection else { return }
    while let (name, value, offset) = scanner.next() {
      observe(name, value, group, at: body.place(offset), into: &result)
    }
  }

  private static func observe(
    _ name: String, _ value: ArraySlice<UInt8>, _ group: String, at offset: Int?,
    into result: inout ReadResult
  ) {
    guard let text = ExifText.ascii(value).flatMap(MakerNoteText.readable) else { return }
    switch name.lowercased() {
    case "timedate":
      guard let time = time(text) else { return }
      result.add(.original, .timestamp(time), "\(group):DateTimeOriginal", at: offset)
    case "serial#":
      guard let serial = MakerNoteText.serial(text) else { return }
      result.add(.body, .serial(serial), "\(group):SerialNumber", at: offset)
    case "version": result.add(.firmware, .software(text), "\(group):Version", at: offset)
    case "fware": result.add(.firmware, .software(text), "\(group):FirmwareVersion", at: offset)
    default: break
    }
  }

  private static func time(_ text: String) -> Timestamp? {
    if let seconds = Int64(text) {
      // Before 1980 there was no such camera.
      return (315_532_800...4_000_000_000).contains(seconds) ? Timestamp(civilSeconds: seconds) : nil
    }
    let bytes = Array(text.utf8)
    guard case .time(let time) = bytes.withUnsafeBufferPointer({ ExifTime.dateTime($0) }) else { return nil }
    return time
  }

  /// Finds `name=value` one after another.
  private struct Scanner {
    let bytes: [UInt8]
    private var index = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Whether the text begins with a section's name in brackets, as it does where it is of this kind.
    var hasSection: Bool {
      let head = bytes.prefix(64)
      guard let open = head.firstIndex(of: UInt8(ascii: "[")),
        let close = head[open...].firstIndex(of: UInt8(ascii: "]"))
      else { return false }
      return String(decoding: head[open..<close], as: UTF8.self).lowercased().holds("info")
    }

    /// The next name with its value, which ends at a line end, at a bracket, or where the next name begins.
    mutating func next() -> (name: String, value: ArraySlice<UInt8>, offset: Int)? {
      guard let equals = bytes[index...].firstIndex(of: UInt8(ascii: "=")) else { return nil }
      var start = equals
      while start > index, Self.isName(bytes[start - 1]) { start -= 1 }
      let name = String(decoding: bytes[start..<equals], as: UTF8.self)
      let first = equals + 1
      var end = first
      while end < bytes.count, bytes[end] >= 0x20, bytes[end] < 0x7F, bytes[end] != UInt8(ascii: "["),
        bytes[end] != UInt8(ascii: "=")
      {
        end += 1
      }
      if end < bytes.count, bytes[end] == UInt8(ascii: "=") {
        var next = end
        while next > first, Self.isName(bytes[next - 1]) { next -= 1 }
        end = next
      }
      index = end
      return (name, bytes[first..<end], first)
    }

    private static func isName(_ byte: UInt8) -> Bool {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "#"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }
}
