internal import UntrailBytes
internal import UntrailModel

/// Swap files of vim and nano: who edits which file on which computer; and what of the text was not saved.
///
///     "b0" version, 10 bytes; vim: PP PP PP PP page size, TT TT TT TT change of the file, II * 4 inode,
///     NN * 4 process; nano: 12 bytes, PP PP PP process, 00
///     user, 40 bytes; host, 40; path, 900 (nano: 768)
///
/// Source: vim, memline.c (struct block0); nano, files.c (write_lockfile).
struct EditorSwapReader: MetadataReader {
  var name: String { "editor swap file" }
  var mediaTypes: [String] { ["application/x-vim-swap"] }
  var channels: String { "user, computer and path of the file that was edited, when it was changed" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let isNano = try source.bytes(at: 2, count: 4).elementsEqual("nano".utf8)
    if let version = ExifText.ascii(try source.bytes(at: 2, count: 10)) {
      result.add(.application, .software(version), "Swap:Version", at: 2)
    }
    if !isNano {
      // Little-endian on all computers of today; vim's old swap files say so nowhere.
      let seconds = try source.u32(at: 16, .little)
      if seconds > 315_532_800 {
        let timestamp = Timestamp(civilSeconds: Int64(seconds), utcOffsetMinutes: 0)
        result.add(.modified, .timestamp(timestamp), "Swap:FileTime", at: 16)
      }
    }
    if let user = try text(source, 28, 40) { result.add(.account, .person(user), "Swap:User", at: 28) }
    if let host = try text(source, 68, 40) {
      result.add(.host, .device(Device(hostName: host)), "Swap:Host", at: 68)
    }
    if let path = try text(source, 108, isNano ? 768 : 898) {
      result.add(.path, .link(path), "Swap:Path", at: 108)
    }
    if source.count > 4096, !isNano {
      result.add(
        .copy, .hidden(HiddenContent(byteCount: source.count - 4096)), "Swap:Text", at: 4096)
    }
  }

  private func text(_ source: ByteSource, _ offset: Int, _ length: Int) throws(ParseError) -> String? {
    let text = ExifText.ascii(try source.bytes(at: offset, count: min(length, max(0, source.count - offset))))
    return text.flatMap { BoundedText.isPrintable($0) ? $0 : nil }
  }
}
