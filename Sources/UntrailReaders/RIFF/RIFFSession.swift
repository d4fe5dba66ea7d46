internal import UntrailBytes
internal import UntrailModel

/// What is known of one RIFF file while its chunks are read.
struct RIFFSession {
  let order: ByteOrder
  /// Whether it is a WAV file.
  let isSound: Bool
  /// Lengths of 64 bits, by type.
  private(set) var longLengths: [UInt32: Int] = [:]

  init(order: ByteOrder, isSound: Bool) {
    self.order = order
    self.isSound = isSound
  }

  mutating func read(_ chunk: RIFFChunk, into result: inout ReadResult, _ tools: ReaderTools) {
    do throws(ParseError) {
      switch chunk.type {
      case "LIST": try RIFFLists(order: order).read(chunk, depth: 0, into: &result, tools)
      case "ds64": try readLengths(chunk.body, tools.limits)
      case "bext": try BroadcastExtension.decode(chunk.body, into: &result, tools.limits)
      case "cart": try CartChunk.decode(chunk.body, into: &result, tools.limits)
      case "iXML": ProductionMarkup.decode(chunk.body, into: &result, tools.limits)
      case "aXML", "axml": AudioMarkup.decode(chunk.body, into: &result, tools.limits)
      case "_PMX": EmbeddedBlocks.xmp(chunk.body, into: &result, tools)
      case "EXIF": EmbeddedBlocks.exif(chunk.body, into: &result, tools)
      case "C2PA": EmbeddedBlocks.jumbf(chunk.body, into: &result, tools)
      case "id3 ", "ID3 ", "ID32": ID3.decode(chunk.body, into: &result, tools)
      case "olym": OlympusRecorder.decode(chunk.body, into: &result)
      case "IDIT": try RIFFTime.add(chunk.body, "RIFF:DateTimeOriginal", into: &result, tools.limits)
      case "DISP": try readDisplay(chunk.body, into: &result, tools.limits)
      case "gps0", "GPS ", "gps ": DashCamRecords.decode(chunk.body, into: &result, tools.limits)
      case "JUNK", "junk", "PAD ", "FLLR": RIFFJunk.decode(chunk.body, order, into: &result, tools)
      case "INFO": try InfoList.decode(chunk.body, order, into: &result, tools.limits)
      default: break
      }
    } catch {
      result.damage(error)
    }
  }

  /// `ds64`: lengths of the file, of `data` and of the samples; a table of others.
  private mutating func readLengths(_ body: ByteView, _ limits: Limits) throws(ParseError) {
    longLengths[FourCC("data").value] = Int(clamping: try body.u64(at: 8, order))
    guard body.count >= 28 else { return }
    let count = min(Int(try body.u32(at: 24, order)), (body.count - 28) / 12, limits.entries)
    for index in 0..<count {
      let type = try body.u32(at: 28 + 12 * index, .big)
      longLengths[type] = Int(clamping: try body.u64(at: 32 + 12 * index, order))
    }
  }

  /// `DISP`: the number of a clipboard format, and what is in it; 1 is text.
  private func readDisplay(
    _ body: ByteView, into result: inout ReadResult, _ limits: Limits
  ) throws(ParseError) {
    guard body.count > 4, try body.u32(at: 0, order) == 1,
      let text = try BoundedText.printable(body.dropping(4), limits)
    else { return }
    result.add(.title, .text(text), "RIFF:SoundSchemeTitle", at: body.place(4))
  }
}
