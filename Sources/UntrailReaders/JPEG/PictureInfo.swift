internal import UntrailBytes
internal import UntrailModel

/// What cameras of the nineties wrote into APP12 of JPEG files: lines of text.
///
///     [picture info]
///     TimeDate=909697624              seconds since 1970, by a clock without zone
///     [camera info]
///     Serial#=#00000001
///     Version=v55-76
///     ID=OLYMPUS DIGITAL CAMERA
///
/// Source: ExifTool's APP12.pm.
enum PictureInfo {
  static func decode(_ body: ByteView, into result: inout ReadResult, _ limits: Limits) {
    let length = min(body.count, limits.text, 8192)
    guard let run = try? body.source.bytes(at: body.start, count: length), run.contains(UInt8(ascii: "["))
    else {
      return
    }
    var place = 0
    for line in run.split(maxSplits: 1024, omittingEmptySubsequences: false, whereSeparator: { isBreak($0) })
    {
      observe(line, at: body.place(place), into: &result)
      place += line.count + 1
    }
  }

  private static func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D || byte == 0 }

  private static func observe(_ line: ArraySlice<UInt8>, at place: Int?, into result: inout ReadResult) {
    let parts = line.split(separator: UInt8(ascii: "="), maxSplits: 1)
    guard parts.count == 2, let key = ExifText.ascii(parts[0]), let value = ExifText.ascii(parts[1]),
      BoundedText.isPrintable(value)
    else { return }
    switch key {
    case "Serial#":
      guard value.contains(where: { $0 != "#" && $0 != "0" }) else { return }
      result.add(.body, .serial(value), "PictureInfo:SerialNumber", at: place)
    case "TimeDate":
      guard let seconds = Int64(value), seconds > 0, seconds <= Timestamp.lastSecond else { return }
      result.add(
        .original, .timestamp(Timestamp(civilSeconds: seconds)), "PictureInfo:DateTimeOriginal", at: place)
    case "FWare", "Version": result.add(.firmware, .software(value), "PictureInfo:\(key)", at: place)
    case "ID": result.add(.camera, .device(Device(make: value)), "PictureInfo:ID", at: place)
    default: break
    }
  }
}
