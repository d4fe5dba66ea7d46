internal import UntrailBytes
internal import UntrailModel

/// Puts together the first packets of the streams in an Ogg file.
///
///     "OggS" 00 FF + 8 position SSSS NNNN CCCC KK    flags (1 goes on, 2 first, 4 last), stream, number, checksum, and
///     K lengths                                      how many parts of at most 255 bytes; a packet ends with a shorter one
///     the parts
///
/// Source: RFC 3533, section 6.
struct OggPages {
  /// One packet of a stream.
  struct Packet {
    var stream: UInt32
    /// Its number in its stream, from 0.
    var number: Int
    var pieces: [ByteView]
  }

  private let source: ByteSource
  private let limit: Int
  private var offset = 0
  private var pagesRead = 0
  private var unfinished: [UInt32: [ByteView]] = [:]
  private var counts: [UInt32: Int] = [:]
  private var ready: [Packet] = []

  init(_ source: ByteSource, _ limits: Limits) {
    self.source = source
    limit = limits.entries
  }

  /// The packets that end on the next page; nil at the end.
  ///
  /// - Throws: `malformed` where no page starts, `truncated` where the file ends inside one.
  mutating func next() throws(ParseError) -> [Packet]? {
    guard offset < source.count else { return nil }
    guard pagesRead < limit else { throw ParseError(.limit, at: offset, "more than \(limit) pages") }
    pagesRead += 1
    let head = try source.bytes(at: offset, count: 27)
    guard head.starts(with: "OggS".utf8) else {
      throw ParseError(.malformed, at: offset, "no page where one must start")
    }
    let lengths = try source.bytes(at: offset + 27, count: Int(head[26]))
    let stream = head[14..<18].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    var start = offset + 27 + lengths.count
    let end = start + lengths.reduce(0) { $0 + Int($1) }
    guard end <= source.count else {
      throw ParseError(.truncated, at: source.count, "the file ends inside a page")
    }
    ready = []
    var size = 0
    for (index, length) in lengths.enumerated() {
      size += Int(length)
      let isEnd = length < 255
      guard isEnd || index == lengths.count - 1 else { continue }
      unfinished[stream, default: []].append(ByteView(source, start: start, count: size))
      start += size
      size = 0
      if isEnd { finish(stream) }
    }
    offset = end
    return ready
  }

  private mutating func finish(_ stream: UInt32) {
    let number = counts[stream, default: 0]
    counts[stream] = number + 1
    ready.append(Packet(stream: stream, number: number, pieces: unfinished.removeValue(forKey: stream) ?? []))
  }
}
