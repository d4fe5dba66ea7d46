internal import UntrailBytes
internal import UntrailModel

/// A file that was dropped into a document (a package of the Object Packager), with the paths that it came from.
///
///     SS SS SS SS 02 00 label 00 path 00 00 00 03 00 LL LL LL LL path of a copy 00 SS SS SS SS file
///
/// Source: ExifTool, FlashPix.pm (Ole10Native); MS-OLEDS, section 2.3.6.
enum PackagedFile {
  static func examine(
    _ block: ByteView, _ facts: inout DocumentFacts, into result: inout ReadResult, _ tools: ReaderTools
  ) {
    do throws(ParseError) {
      var offset = 6
      func next() throws(ParseError) -> String {
        let bytes = block.slice(at: offset, count: min(tools.limits.text, 2048)).prefix { $0 != 0 }
        offset += bytes.count + 1
        return BoundedText.decode(Array(bytes), tools.limits) ?? ""
      }
      let label = try next()
      let path = try next()
      let copyLength = Int(try block.u32(at: offset + 4, .little))
      let copy = BoundedText.decode(block.slice(at: offset + 8, count: min(copyLength, 2048)), tools.limits)
      offset += 8 + copyLength
      let count = Int(try block.u32(at: offset, .little))
      facts.add(.link(.originalFileName), label, "EmbeddedFileName", into: &result)
      facts.add(.path, path, "EmbeddedFilePath", into: &result)
      facts.add(.path, copy, "EmbeddedFilePath", into: &result)
      facts.hidden(.embeddedFile, count, "EmbeddedFile", into: &result)
      let bytes = block.slice(at: offset + 4, count: count)
      if bytes.count < count {
        result.damage("truncated", "a file in a document ends too early", at: nil)
      }
      tools.examineMember(named: label.isEmpty ? "package" : label, bytes, into: &result)
    } catch {
      result.damage(error.code.rawValue, error.what, at: nil)
    }
  }
}
