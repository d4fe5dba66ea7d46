internal import UntrailBytes
internal import UntrailModel

/// PNG: the chunks.
///
///     89 50 4E 47 0D 0A 1A 0A         signature
///     LL LL LL LL TT TT TT TT ...     chunk: length of the data, type, data, 4 bytes of CRC
///     eXIf                            a TIFF structure, without "Exif\0\0"; zxIf: compressed
///     tEXt, zTXt, iTXt                see PNGText
///     tIME                            year (2 bytes), month, day, hour, minute, second
///     iCCP, caBX                      colour profile, JUMBF
///     IEND                            nothing may follow
///
/// Source: W3C PNG specification (third edition), sections 5 and 11.3.4; C2PA specification, section A.3.
struct PNGReader: MetadataReader {
  var name: String { "PNG" }
  var mediaTypes: [String] { ["image/png", "image/apng", "image/vnd.mozilla.apng"] }
  var channels: String {
    "EXIF, texts, raw profiles, XMP, IPTC, time, colour profile, C2PA, what stands behind the end"
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var text = PNGText(tools.limits)
    defer { text.finish(into: &result) }
    var offset = 8
    for _ in 0..<tools.limits.entries {
      guard offset + 8 <= source.count else {
        throw ParseError(.truncated, at: min(offset, source.count), "the picture ends before its IEND chunk")
      }
      let (length, type) = try source.withShortRun(at: offset, count: 8) { run throws(ParseError) in
        let head = UInt64(bigEndian: run.loadUnaligned(as: UInt64.self))
        return (Int(head >> 32), FourCC(UInt32(truncatingIfNeeded: head)))
      }
      switch type {
      case "IDAT":
        offset = try Self.lastOfRun(source, at: offset, length: length)
      case "IEND":
        return try TrailingData.note(source, behind: offset + 12 + length, "PNG:Trailer", into: &result) {
          Self.kind(ofTrailer: $0, $1)
        }
      default:
        let chunk = ByteView(source, start: offset + 8, count: length)
        readChunk(type, chunk, isCut: chunk.count < length, into: &result, &text, tools)
      }
      offset += 12 + length
    }
    throw ParseError(.limit, at: offset, "more than \(tools.limits.entries) chunks")
  }

  private func readChunk(
    _ type: FourCC, _ chunk: ByteView, isCut: Bool, into result: inout ReadResult, _ text: inout PNGText,
    _ tools: ReaderTools
  ) {
    switch type {
    case "eXIf", "exIf":
      if isCut { result.damage("truncated", "the file ends inside an eXIf chunk", at: chunk.source.count) }
      tools.exif.decode(chunk, into: &result, with: tools)
    case "zxIf", "zXIf": text.decodeExif(chunk, into: &result, tools)
    case "tEXt", "zTXt", "iTXt": text.decode(type, chunk, into: &result, tools)
    case "tIME": readTime(chunk, into: &result)
    case "iCCP": text.decodeProfile(chunk, into: &result, tools)
    case "caBX": EmbeddedBlocks.jumbf(chunk, into: &result, tools)
    case "tXMP": EmbeddedBlocks.xmp(chunk, into: &result, tools)
    default: break
    }
  }

  /// When the picture was last changed. It should be UTC, and is often local time: the zone stays open.
  private func readTime(_ chunk: ByteView, into result: inout ReadResult) {
    do throws(ParseError) {
      let year = Int(try chunk.u16(at: 0, .big))
      let parts = try chunk.withBytes(at: 2, count: 5) { run throws(ParseError) in run.map { Int($0) } }
      guard year > 0, parts[0] > 0 else { return }
      guard CivilDate.isValid(year: year, month: parts[0], day: parts[1]), parts[2] < 24, parts[3] < 60,
        parts[4] <= 60
      else {
        return result.doubt("time-malformed", "PNG:ModifyDate is not a date", at: chunk.start)
      }
      let days = CivilDate.days(year: year, month: parts[0], day: parts[1])
      let seconds = days * 86_400 + Int64(parts[2] * 3600 + parts[3] * 60 + parts[4])
      guard seconds <= Timestamp.lastSecond else { return }
      result.add(
        .modified, .timestamp(Timestamp(civilSeconds: seconds)), "PNG:ModifyDate", at: chunk.start)
    } catch {
      result.damage(error)
    }
  }

  /// What is left of a longer picture that was written over in place, as screenshot editors have done, ends like a
  /// picture.
  private static func kind(
    ofTrailer start: UnsafeRawBufferPointer, _ end: UnsafeRawBufferPointer
  ) -> Role {
    if start.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .secondPicture }
    let mark: [UInt8] = [0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82]  // an IEND chunk
    return end.suffix(mark.count).elementsEqual(mark) ? .leftover : .trailer
  }

  /// Skips a run of IDAT chunks of one length, as encoders write them by the hundred, in a few reads: in
  /// strides that double while a chunk of the same length stands where it must, then halve.
  ///
  /// IDAT chunks stand together, so nothing can be between two of them.
  ///
  /// - Returns: the offset of the last chunk of the run.
  private static func lastOfRun(
    _ source: ByteSource, at start: Int, length: Int
  ) throws(ParseError) -> Int {
    let head = UInt64(length) << 32 | 0x4944_4154  // "IDAT"
    func isOfRun(_ offset: Int) throws(ParseError) -> Bool {
      guard offset + 8 <= source.count else { return false }
      return try source.withShortRun(at: offset, count: 8) { run throws(ParseError) in
        UInt64(bigEndian: run.loadUnaligned(as: UInt64.self)) == head
      }
    }
    var offset = start
    var stride = 12 + length
    while try isOfRun(offset + stride) {
      offset += stride
      stride *= 2
    }
    while stride > 12 + length {
      stride /= 2
      if try isOfRun(offset + stride) { offset += stride }
    }
    return offset
  }
}
