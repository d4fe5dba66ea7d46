internal import UntrailBytes
internal import UntrailModel

/// A whole JPEG file inside a raw: a picture that shows what the raw shows, with EXIF data of its own.
enum EmbeddedJPEG {
  /// Adds the picture, and what its segments say. Damage becomes diagnostics.
  ///
  /// - Parameters:
  ///   - start: bytes from the start of the file to the picture.
  ///   - count: bytes of the picture, as the raw states them.
  static func read(
    _ source: ByteSource, at start: Int, count: Int, _ field: String, into result: inout ReadResult,
    _ tools: ReaderTools
  ) {
    guard count > 0 else { return }
    guard start >= 0, start < source.count else {
      return result.damage("truncated", "the file ends before its preview", at: source.count)
    }
    if count > source.count - start {
      result.damage("truncated", "the file ends inside its preview", at: source.count)
    }
    result.add(
      .preview, .hidden(HiddenContent(byteCount: count)), field, at: source.hasPlaces ? start : nil)
    guard ByteView(source, start: start, count: count).begins(with: [0xFF, 0xD8]) else { return }
    do throws(ParseError) {
      try JPEGReader().readSegments(source, at: start, into: &result, with: tools)
    } catch {
      result.damage(error)
    }
  }
}
