internal import UntrailBytes
internal import UntrailModel

/// One frame of an ID3 tag, and how it is packed.
///
///     version 2   III SSS
///     version 3   IIII SSSS FF FF    flags 0080: compressed, 4 bytes of length; 0040: encrypted, 1; 0020: grouped, 1
///     version 4   IIII SSSS FF FF    7 bits a byte; 0040: grouped, 1; 0008: compressed; 0004: encrypted, 1;
///                                    0002: zeros behind FF; 0001: 4 bytes of length
///
/// Source: as of `ID3`, section 3.3 (version 3) and "Frame header" (version 4).
struct ID3Frame {
  /// The code of version 3 and 4, also where version 2 has another.
  var code: String
  /// The content, cut to what there is.
  var body: ByteView
  /// Bytes from the start of the block to the next frame.
  var end: Int
  var isCut = false
  var isEncrypted = false

  /// The frame at a place of a block; nil where padding starts.
  ///
  /// - Throws: `malformed` where something else stands there.
  static func read(
    _ view: ByteView, at offset: Int, version: UInt8, isSplit: Bool, _ limits: Limits,
    _ decompressor: inout Decompressor
  ) throws(ParseError) -> ID3Frame? {
    let headSize = version == 2 ? 6 : 10
    guard offset + headSize <= view.count, try view.u8(at: offset) != 0 else { return nil }
    let head = try view.withBytes(at: offset, count: headSize) { run throws(ParseError) in Array(run) }
    let codeSize = version == 2 ? 3 : 4
    guard let code = code(head[..<codeSize]) else {
      throw ParseError(.malformed, at: view.start + offset, "no frame where one must start in an ID3 tag")
    }
    let size =
      version == 2
      ? head[3..<6].reduce(0) { $0 << 8 | Int($1) } : Self.size(head[4..<8], view, offset, version)
    let start = offset + headSize
    var frame = ID3Frame(code: code, body: view.part(from: start, count: size), end: start + size)
    frame.isCut = size > view.count - start
    guard version > 2 else { return frame }
    try frame.unpack(head[9], version, isSplit: isSplit, limits, &decompressor)
    return frame
  }

  /// Version 4 has seven bits a byte, but some programs went on with eight: then the next frame stands elsewhere.
  private static func size(_ bytes: ArraySlice<UInt8>, _ view: ByteView, _ offset: Int, _ version: UInt8)
    -> Int
  {
    let plain = bytes.reduce(0) { $0 << 8 | Int($1) }
    guard version == 4 else { return plain }
    guard let size = ID3.synchsafe(bytes) else { return plain }
    guard size != plain, !isFrameStart(view, offset + 10 + size), isFrameStart(view, offset + 10 + plain)
    else {
      return size
    }
    return plain
  }

  private static func isFrameStart(_ view: ByteView, _ offset: Int) -> Bool {
    if offset == view.count { return true }
    guard offset + 4 <= view.count,
      let head = try? view.withBytes(at: offset, count: 4, { run throws(ParseError) in Array(run) })
    else { return false }
    return head[0] == 0 || code(head[...]) != nil
  }

  /// The code in version 3's letters; nil where it is none. Some programs write those of version 2 into version 3.
  private static func code(_ bytes: ArraySlice<UInt8>) -> String? {
    var letters = bytes
    if letters.count == 4, letters.last == 0 || letters.last == 0x20 { letters.removeLast() }
    guard letters.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A || $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    let text = String(decoding: letters, as: UTF8.self)
    return letters.count == 3 ? ID3Names.ofVersion2[text] ?? text : text
  }

  private mutating func unpack(
    _ flags: UInt8, _ version: UInt8, isSplit: Bool, _ limits: Limits, _ decompressor: inout Decompressor
  ) throws(ParseError) {
    let isCompressed = flags & (version == 3 ? 0x80 : 0x08) != 0
    isEncrypted = flags & (version == 3 ? 0x40 : 0x04) != 0
    let isGrouped = flags & (version == 3 ? 0x20 : 0x40) != 0
    let hasLength = version == 3 ? isCompressed : flags & 0x01 != 0
    body = body.dropping((hasLength ? 4 : 0) + (isEncrypted ? 1 : 0) + (isGrouped ? 1 : 0))
    if version == 4, isSplit || flags & 0x02 != 0 { body = try ID3.rejoined(body, limits) }
    guard isCompressed, !isEncrypted else { return }
    let output = decompressor.decompress(body, .zlib)
    if let flaw = output.flaw { throw flaw }
    body = output.view
  }
}
