internal import UntrailBytes
internal import UntrailModel

/// Records of the trash of Linux desktops: NAME.trashinfo in "info", beside the file in "files".
///
///     [Trash Info]
///     Path=/home/mara/notes%20of%20july.txt
///     DeletionDate=2026-07-29T11:12:44          local time
///
/// Source: freedesktop.org, Trash specification 1.0.
struct TrashInfoReader: MetadataReader {
  var name: String { "trash record" }
  var mediaTypes: [String] { ["application/x-trash-info"] }
  var channels: String { "path of a deleted file, when it was deleted" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var found: [Observation] = []
    try IniLines.read(source, tools.limits) { setting in
      switch setting.key {
      case "path":
        let path = PercentText.decode(setting.value)
        found.append(Observation(.path, .link(path), field: "TrashInfo:Path", offset: setting.offset))
        found.append(
          Observation(
            .deleted, .hidden(HiddenContent(byteCount: nil)), field: "TrashInfo:Path", offset: setting.offset)
        )
      case "deletiondate":
        guard let time = WrittenTime.read(setting.value) else { break }
        found.append(
          Observation(.deleted, .timestamp(time), field: "TrashInfo:DeletionDate", offset: setting.offset))
      default: break
      }
    }
    result.observations += found
  }
}

/// Texts in which bytes stand as a percent sign and two hexadecimal digits.
///
/// Source: RFC 3986, section 2.1.
enum PercentText {
  static func decode(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var plain: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let high = Hexadecimal.digit(bytes[index + 1]), let low = Hexadecimal.digit(bytes[index + 2]),
        high > 0 || low > 0
      {
        plain.append(high << 4 | low)
        index += 3
      } else {
        plain.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: plain, as: UTF8.self)
  }
}
