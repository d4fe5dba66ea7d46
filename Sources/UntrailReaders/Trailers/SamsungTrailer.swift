internal import UntrailBytes
internal import UntrailModel

/// The data that Samsung's camera program puts behind a picture: channel A7.
///
///     entries: 00 00 TT TT NN NN NN NN name, data          type, length of the name
///     "SEFH" version, count, then per entry: 00 00 TT TT OO OO OO OO LL LL LL LL
///                                             how far before "SEFH" it starts, its length
///     SS SS SS SS "SEFT"                      length of the directory
///
/// All numbers are little-endian. Source: ExifTool's Samsung.pm (trailer).
enum SamsungTrailer {
  /// - Returns: false where the block does not end as such a trailer does.
  static func decode(
    _ view: ByteView, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) -> Bool {
    // "SEFT"
    guard view.count >= 20, try view.u32(at: view.count - 4, .big) == 0x5345_4654 else { return false }
    let length = Int(try view.u32(at: view.count - 8, .little))
    let start = view.count - 8 - length
    guard start >= 0, try view.u32(at: start, .big) == 0x5345_4648 else { return false }  // "SEFH"
    let count = min(Int(try view.u32(at: start + 8, .little)), tools.limits.entries)
    for index in 0..<count {
      let entry = start + 12 + 12 * index
      guard entry + 12 <= view.count - 8 else { break }
      let type = try view.u16(at: entry + 2, .little)
      let before = Int(try view.u32(at: entry + 4, .little))
      let size = Int(try view.u32(at: entry + 8, .little))
      guard before <= start, size >= 8, size <= before else {
        result.damage(
          "malformed", "an entry of Samsung's trailer that stands elsewhere", at: view.start + entry)
        continue
      }
      let name = Int(try view.u32(at: start - before + 4, .little))
      guard name <= size - 8 else { continue }
      let data = ByteView(view.source, start: view.start + start - before + 8 + name, count: size - 8 - name)
      try observe(type, data, into: &result, tools)
    }
    return true
  }

  private static func observe(
    _ type: UInt16, _ data: ByteView, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    switch type {
    case 0x0A01:
      guard let text = try text(data), let milliseconds = Int64(text), milliseconds > 0,
        milliseconds / 1000 <= Timestamp.lastSecond
      else { return }
      let timestamp = Timestamp(civilSeconds: milliseconds / 1000, utcOffsetMinutes: 0)
      result.add(.created, .timestamp(timestamp), "Samsung:TimeStamp", at: data.place(0))
    case 0x0AA1:
      guard let text = try text(data), let code = Int(text) else { return }
      let country = MobileCountryCode.country(code) ?? "mobile country code \(code)"
      result.add(.networkCountry, .place(country), "Samsung:MCCData", at: data.place(0))
    case 0x0A30:
      result.add(
        .motionVideo, .hidden(HiddenContent(byteCount: data.count)), "Samsung:EmbeddedVideoFile",
        at: data.place(0))
      MovieDecoder.decode(data, into: &result, tools)
    case 0x0001, 0x0100, 0x0201:
      // Sound, a second picture, a picture around.
      let role: Role = type == 0x0100 ? .embeddedFile : .secondPicture
      result.add(
        role, .hidden(HiddenContent(byteCount: data.count)), "Samsung:EmbeddedFile", at: data.place(0))
    case 0x0A20:
      result.add(
        .secondPicture, .hidden(HiddenContent(byteCount: data.count)), "Samsung:DualCameraImage",
        at: data.place(0))
    default: break
    }
  }

  private static func text(_ data: ByteView) throws(ParseError) -> String? {
    try data.withBytes(at: 0, count: min(data.count, 64)) { run throws(ParseError) in
      ExifText.ascii(run.bindMemory(to: UInt8.self))
    }
  }
}
