internal import UntrailBytes
internal import UntrailModel

/// The directory of further pictures in a JPEG file: channel A8.
///
///     "MPF" 00, then a TIFF structure; offsets of pictures count from its start
///     tag B002: 16 bytes per picture: attributes, length, offset, numbers of two pictures it depends on
///
/// Source: CIPA DC-007-2021, section 5.2.
enum MultiPictureFormat {
  /// - Parameter body: the segment, from "MPF" on.
  static func decode(_ body: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    do throws(ParseError) {
      let structure = body.dropping(4)
      let order: ByteOrder = try structure.u16(at: 0, .big) == 0x4949 ? .little : .big
      var reader = ImageFileDirectoryReader(structure, order, tools.limits)
      let directory = try reader.directory(at: Int(try structure.u32(at: 4, order))) { $0 == 0xB002 }
      guard let entry = directory[0xB002] else { return }
      // The first is the picture itself.
      for index in 1..<max(1, min(entry.byteCount / 16, tools.limits.entries)) {
        let offset = entry.offset + 16 * index
        let size = Int(try structure.u32(at: offset + 4, order))
        let start = structure.start + Int(try structure.u32(at: offset + 8, order))
        guard size > 0 else { continue }
        guard start + size <= structure.source.count else {
          result.damage(
            "truncated", "the file ends before a further picture does", at: structure.source.count)
          continue
        }
        result.add(
          .secondPicture, .hidden(HiddenContent(byteCount: size)), "MPF:MPImage\(index + 1)", at: start)
      }
    } catch {
      result.damage(error)
    }
  }
}
