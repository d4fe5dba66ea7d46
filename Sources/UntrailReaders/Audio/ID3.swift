internal import UntrailBytes
internal import UntrailModel

/// ID3 tags of version 2: what players show of a sound, and what programs note in it.
///
///     "ID3" VV RR FF SS SS SS SS     version 2 to 4, revision, flags, size behind the head (7 bits a byte)
///     extended head                  flag 40 (versions 3 and 4)
///     frames                         as in `ID3Frame`
///     zeros                          padding
///     "3DI" VV RR FF SS SS SS SS     the head again, flag 10 (version 4), so that a tag can stand at the end
///
/// With flag 80 a zero stands behind every FF that could be taken for the start of sound: in versions 2 and 3 in the
/// whole tag, in version 4 in each frame.
///
/// Source: M. Nilsson, ID3 tag version 2 (1998), 2.3.0 (1999), 2.4.0 - Main Structure (2000).
enum ID3 {
  /// Bytes of the head, and of the foot.
  static let headSize = 10

  /// Bytes of the tag with its head and foot, by its first ten bytes; nil where they are none.
  static func size(_ view: ByteView) -> Int? {
    guard let head = try? view.head(headSize), head.count == headSize, head.starts(with: "ID3".utf8),
      head[3] != 0xFF, head[4] != 0xFF, let size = synchsafe(head[6..<10])
    else { return nil }
    return headSize + size + (head[3] >= 4 && head[5] & 0x10 != 0 ? headSize : 0)
  }

  /// Adds what the tag at the start of a block says. Damage becomes diagnostics; a block that is no tag adds nothing.
  static func decode(_ view: ByteView, into result: inout ReadResult, _ tools: ReaderTools) {
    guard let size = size(view) else { return }
    do throws(ParseError) {
      let version = try view.u8(at: 3)
      let flags = try view.u8(at: 5)
      guard (2...4).contains(version), !(version == 2 && flags & 0x40 != 0) else {
        return result.notRead("id3-version", "an ID3 tag of a version that is not read", at: view.start)
      }
      if size > view.count {
        result.damage("truncated", "the file ends inside an ID3 tag", at: view.source.count)
      }
      let isWhollySplit = flags & 0x80 != 0 && version < 4
      var body = view.prefix(size - (flags & 0x10 != 0 && version == 4 ? headSize : 0)).dropping(headSize)
      if isWhollySplit { body = try rejoined(body, tools.limits) }
      if flags & 0x40 != 0 { body = body.dropping(try extendedHead(body, version)) }
      var decoder = ID3Decoder(tools, version: version, isSplit: flags & 0x80 != 0 && version == 4)
      defer { decoder.facts.finish(into: &result) }
      try decoder.read(body, into: &result)
    } catch {
      result.damage(error)
    }
  }

  /// Bytes of the extended head.
  private static func extendedHead(_ body: ByteView, _ version: UInt8) throws(ParseError) -> Int {
    if version == 3 { return 4 + Int(try body.u32(at: 0, .big)) }
    return synchsafe(try body.head(4)[...]) ?? 0
  }

  /// A number of four bytes with seven bits each; nil where one has eight.
  static func synchsafe(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.count == 4, bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
    return bytes.reduce(0) { $0 << 7 | Int($1) }
  }

  /// A block without the zeros behind FF, as a copy in memory.
  static func rejoined(_ view: ByteView, _ limits: Limits) throws(ParseError) -> ByteView {
    let split = try view.allBytes(limit: limits.bytes)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(split.count)
    var last: UInt8 = 0
    for byte in split {
      if !(last == 0xFF && byte == 0) { bytes.append(byte) }
      last = byte
    }
    return ByteView(ByteSource(bytes: bytes, isJoined: true), start: 0, count: bytes.count)
  }
}
