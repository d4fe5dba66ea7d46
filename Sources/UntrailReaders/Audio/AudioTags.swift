internal import UntrailBytes
internal import UntrailModel

/// The tags that stand in front of a sound and behind it, whatever kind of sound it is.
///
///     ID3 version 2, again and again; APE     in front
///     ID3 version 2 with a foot, APE, "LYRICS200", "LYRICSEND", "TAG"    behind, in any order
///
/// Only the head and the tail of the file are read.
enum AudioTags {
  /// Tags on one side.
  private static let most = 16

  /// Reads the tags on both sides.
  ///
  /// - Returns: bytes from the start of the file to the sound.
  static func read(
    _ source: ByteSource, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) -> Int {
    let start = front(source, into: &result, tools)
    try back(source, from: start, into: &result, tools)
    return start
  }

  private static func front(_ source: ByteSource, into result: inout ReadResult, _ tools: ReaderTools) -> Int
  {
    var offset = 0
    for _ in 0..<most {
      let view = ByteView(source, start: offset, count: source.count - offset)
      if let size = ID3.size(view) {
        ID3.decode(view, into: &result, tools)
        offset = min(offset + size, source.count)
      } else if let tag = APETag.extent(source, at: offset), tag.start == offset {
        APETag.decode(tag.items, into: &result, tools)
        offset = min(offset + tag.size, source.count)
      } else {
        break
      }
    }
    return offset
  }

  private static func back(
    _ source: ByteSource, from start: Int, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    var end = source.count
    for _ in 0..<most {
      guard let next = try tag(source, from: start, end: end, into: &result, tools), next >= start, next < end
      else {
        return
      }
      end = next
    }
  }

  /// Reads the tag that ends at a place.
  ///
  /// - Returns: where it starts; nil where none ends there.
  private static func tag(
    _ source: ByteSource, from start: Int, end: Int, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) -> Int? {
    func stands(_ word: StaticString, _ back: Int) throws(ParseError) -> Bool {
      guard end - back >= start else { return false }
      return ByteView(source, start: end - back, count: back)
        .begins(with: word.withUTF8Buffer { Array($0) })
    }
    if try stands("TAG", ID3v1.size) {
      let view = ByteView(source, start: end - ID3v1.size, count: ID3v1.size)
      try ID3v1.decode(view, into: &result, tools.limits)
      guard try stands("TAG+", ID3v1.size + ID3v1.extensionSize) else { return view.start }
      let more = ByteView(source, start: view.start - ID3v1.extensionSize, count: ID3v1.extensionSize)
      try ID3v1.decodeExtension(more, into: &result, tools.limits)
      return more.start
    }
    if let found = APETag.extent(source, at: end - APETag.headSize) {
      APETag.decode(found.items, into: &result, tools)
      return found.start
    }
    if try stands("3DI", ID3.headSize) {
      let foot = try source.bytes(at: end - 4, count: 4)
      guard let size = ID3.synchsafe(foot[...]), end - 2 * ID3.headSize - size >= start else { return nil }
      let view = ByteView(source, start: end - 2 * ID3.headSize - size, count: size + 2 * ID3.headSize)
      ID3.decode(view, into: &result, tools)
      return view.start
    }
    if try stands("LYRICS200", 9), end - 15 >= start {
      let digits = String(decoding: try source.bytes(at: end - 15, count: 6), as: UTF8.self)
      return Int(digits).map { end - 15 - $0 }
    }
    if try stands("LYRICSEND", 9) { return try songStart(source, end) }
    return nil
  }

  /// Where "LYRICSBEGIN" stands in front of at most 5100 bytes of a song.
  ///
  /// Source: P. Strnad, Lyrics3 made easy (1997).
  private static func songStart(_ source: ByteSource, _ end: Int) throws(ParseError) -> Int? {
    let count = min(5120, end)
    let bytes = try source.bytes(at: end - count, count: count)
    let word = Array("LYRICSBEGIN".utf8)
    guard count > word.count else { return nil }
    return (0...(count - word.count)).first { bytes[$0..<($0 + word.count)].elementsEqual(word) }
      .map { end - count + $0 }
  }
}
