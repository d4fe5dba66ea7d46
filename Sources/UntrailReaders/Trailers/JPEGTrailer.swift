internal import UntrailBytes
internal import UntrailModel

/// What stands behind a JPEG picture: channels A7, A8 and A9.
///
/// The picture's own data is not read to find its end: a file that ends with the end marker FF D9, perhaps with zeros
/// behind it, is taken to be nothing but the picture. Only where something else ends it is the end looked for.
struct JPEGTrailer {
  private let source: ByteSource
  private let tools: ReaderTools

  /// Bytes that are looked at behind the picture's data, and those that tell it of most files.
  private static let tailSize = 4096
  private static let shortTailSize = 256

  /// - Parameter start: where the coded picture data starts.
  static func read(
    _ source: ByteSource, from start: Int, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) {
    try JPEGTrailer(source: source, tools: tools).read(from: start, into: &result)
  }

  private func read(from start: Int, into result: inout ReadResult) throws(ParseError) {
    let size = min(Self.tailSize, source.count - start)
    guard size >= 2 else { return }
    let shortSize = min(Self.shortTailSize, size)
    let short = try source.withShortRun(at: source.count - shortSize, count: shortSize) {
      run throws(ParseError) in Self.ending(run)
    }
    if short == .picture { return }
    if short == .zeros {
      let long = try source.withBytes(at: source.count - size, count: size) { run throws(ParseError) in
        Self.ending(run)
      }
      if long != .other { return }
    }
    guard let end = try endOfPicture(from: start) else {
      return result.damage("truncated", "the picture ends before its end marker", at: source.count)
    }
    guard end < source.count else { return }
    try describe(ByteView(source, start: end, count: source.count - end), into: &result)
  }

  private enum Ending {
    /// The end marker, perhaps with zeros behind it.
    case picture
    case zeros
    case other
  }

  private static func ending(_ run: UnsafeRawBufferPointer) -> Ending {
    guard let last = run.lastIndex(where: { $0 != 0 }) else { return .zeros }
    return last > 0 && run[last] == 0xD9 && run[last - 1] == 0xFF ? .picture : .other
  }

  /// Bytes from the start of the file to what is behind the end marker; nil where there is none.
  ///
  /// In coded data FF is followed by 00 or by a restart marker; any other marker is a segment or the end.
  ///
  /// Source: ITU-T T.81, section B.1.1.5.
  private func endOfPicture(from start: Int) throws(ParseError) -> Int? {
    var offset = start
    while offset + 2 <= source.count {
      let length = min(tools.limits.structure, 1 << 16, source.count - offset)
      let step = try source.withBytes(at: offset, count: length) { run throws(ParseError) in
        Self.nextMarker(run)
      }
      switch step {
      case .none(let count): offset += max(1, count)
      case .end(let count): return offset + count
      case .segment(let at):
        offset += at
        guard offset + 4 <= source.count else { return nil }
        offset += 2 + Int(try source.u16(at: offset + 2, .big))
      }
    }
    return nil
  }

  private enum Step {
    /// No marker in these bytes.
    case none(Int)
    /// The end marker ends here.
    case end(Int)
    /// A segment starts here.
    case segment(Int)
  }

  private static func nextMarker(_ run: UnsafeRawBufferPointer) -> Step {
    var index = 0
    while index + 1 < run.count {
      guard run[index] == 0xFF else {
        index += 1
        continue
      }
      switch run[index + 1] {
      case 0x00, 0xD0...0xD7: index += 2
      case 0xFF: index += 1
      case 0xD9: return .end(index + 2)
      default: return .segment(index)
      }
    }
    return .none(index)
  }

  /// Names what is behind the picture, and reads what is known.
  private func describe(_ trailer: ByteView, into result: inout ReadResult) throws(ParseError) {
    let content = HiddenContent(byteCount: trailer.count)
    if try SamsungTrailer.decode(trailer, into: &result, tools) {
      return result.add(.trailer, .hidden(content), "Trailer:Samsung", at: trailer.start)
    }
    if let film = try film(in: trailer) {
      result.add(.motionVideo, .hidden(HiddenContent(byteCount: film.count)), "Trailer:MP4", at: film.start)
      MovieDecoder.decode(film, into: &result, tools)
      return
    }
    result.add(.trailer, .hidden(content), "Trailer:" + Self.name(trailer), at: trailer.start)
  }

  /// A film at the start of the trailer, or a little behind it.
  private func film(in trailer: ByteView) throws(ParseError) -> ByteView? {
    let count = min(trailer.count, Self.tailSize)
    let start = try trailer.withBytes(at: 0, count: count) { run throws(ParseError) -> Int? in
      guard run.count >= 12 else { return nil }
      for index in 4..<(run.count - 4) where run[index..<(index + 4)].elementsEqual("ftyp".utf8) {
        return index - 4
      }
      return nil
    }
    return start.map { trailer.dropping($0) }
  }

  private static func name(_ trailer: ByteView) -> String {
    let heads: [(String, [UInt8])] = [
      ("JPEG", [0xFF, 0xD8, 0xFF]), ("PNG", [0x89, 0x50, 0x4E, 0x47]), ("ZIP", [0x50, 0x4B, 3, 4]),
      ("PDF", Array("%PDF".utf8)), ("RAR", Array("Rar!".utf8)), ("XML", Array("<?xml".utf8)),
    ]
    return heads.first { trailer.begins(with: $0.1) }?.0 ?? "Unknown"
  }
}
