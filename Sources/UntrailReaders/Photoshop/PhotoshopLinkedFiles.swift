internal import UntrailBytes
internal import UntrailModel

/// Files that a Photoshop document holds or leads to: its smart objects.
///
///     8 bytes                         length of what follows, filled up to 4
///     "liFD", "liFE", "liFA"          inside, outside, other
///     4 bytes version, unique id as a Pascal string, name as "NN NN NN NN" and UTF-16
///     4 bytes type, 4 bytes creator, 8 bytes length of the file, ...
///     outside: a descriptor with "fullPath"
///
/// Source: Adobe Photoshop File Formats Specification (2019), Linked Layer.
enum PhotoshopLinkedFiles {
  private static let fileLimit = 256

  static func observe(
    _ value: ByteView, into result: inout ReadResult, _ limits: Limits
  ) throws(ParseError) {
    var offset = 0
    for _ in 0..<fileLimit {
      guard value.count - offset >= 24 else { return }
      let size = Int(clamping: try value.u64(at: offset, .big))
      guard size >= 16, size <= value.count - offset - 8 else { return }
      let entry = ByteView(value.source, start: value.start + offset + 8, count: size)
      let type = FourCC(try entry.u32(at: 0, .big))
      let nameStart = 9 + Int(try entry.u8(at: 8))
      guard let name = try PhotoshopText.unicode(entry, at: nameStart, limits) else { return }
      if let text = name.text {
        result.add(.originalFileName, .link(text), "Photoshop:LinkedFileName", at: entry.place(nameStart + 4))
      }
      if type == "liFD" {
        let byteCount = Int(clamping: try entry.u64(at: name.end + 8, .big))
        result.add(
          .embeddedFile, .hidden(HiddenContent(byteCount: min(byteCount, size))), "Photoshop:LinkedFileData",
          at: entry.place(0))
      } else if let path = try PhotoshopText.find("fullPathTEXT", in: entry.dropping(name.end)) {
        let start = name.end + path
        guard let text = try PhotoshopText.unicode(entry, at: start, limits)?.text else { return }
        result.add(.path, .link(text), "Photoshop:LinkedFilePath", at: entry.place(start + 4))
      }
      offset += 8 + (size + 3) / 4 * 4
    }
  }
}
