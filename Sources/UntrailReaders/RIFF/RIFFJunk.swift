internal import UntrailBytes
internal import UntrailModel

/// Chunks that are said to be filling: makers keep things of their own there, and programs leave what stood there
/// before.
///
///     "QVMI" ... | IFD0 at 10, big-endian        Casio
///     "OLYMDigital Camera" "PENTDigital Camera"  make at 18, model at 44 (24 bytes), times at 131 and 157
///     "IIII" 01 00                               Pentax: model at 12 (32 bytes)
///     "ucmt" LL LL LL LL ...                     Ricoh: chunks
///     "0GPS"                                     Lucas: positions
///
/// Source: ExifTool's RIFF.pm, Olympus.pm, Pentax.pm, Ricoh.pm.
enum RIFFJunk {
  static func decode(
    _ body: ByteView, _ order: ByteOrder, into result: inout ReadResult, _ tools: ReaderTools
  ) {
    guard body.count >= 8, let word = try? body.u32(at: 0, .big) else { return }
    switch FourCC(word) {
    case "QVMI": CameraDirectory.decode(body, at: 10, .big, into: &result, tools)
    case "OLYM": observeCamera(body, "Olympus", into: &result)
    case "PENT": observeCamera(body, "Pentax", into: &result)
    case "IIII":
      addDevice("Pentax", nil, MakerNoteText.text(body, at: 12, count: 32), body.place(12), into: &result)
    case "ucmt": readRicoh(body, order, into: &result, tools)
    case "0GPS", "0GDA":
      result.notRead(
        "dash-camera-not-read", "positions of a dash camera are there; this version does not read them",
        at: body.start)
    default: noteLeftover(body, into: &result)
    }
  }

  private static func observeCamera(_ body: ByteView, _ group: String, into result: inout ReadResult) {
    guard body.count >= 0xB5 else { return }
    let make = MakerNoteText.text(body, at: 0x12, count: 24)
    addDevice(group, make, MakerNoteText.text(body, at: 0x2C, count: 24), body.place(0x12), into: &result)
    for (offset, name) in [(0x83, "DateTime1"), (0x9D, "DateTime2")] {
      guard let text = MakerNoteText.text(body, at: offset, count: 24), let time = RIFFTime.read(text) else {
        continue
      }
      result.add(.original, .timestamp(time), "\(group):\(name)", at: body.place(offset))
    }
  }

  private static func addDevice(
    _ group: String, _ make: String?, _ model: String?, _ place: Int?, into result: inout ReadResult
  ) {
    let device = Device(make: make ?? "", model: model ?? "")
    if !device.name.isEmpty { result.add(.camera, .device(device), group + ":Model", at: place) }
  }

  private static func readRicoh(
    _ body: ByteView, _ order: ByteOrder, into result: inout ReadResult, _ tools: ReaderTools
  ) {
    var chunks = RIFFChunks(body, order, tools.limits)
    while let chunk = try? chunks.next() {
      switch chunk.type {
      case "ucmt":
        let text = try? chunk.body.withBytes(at: 0, count: min(chunk.body.count, tools.limits.text)) {
          run throws(ParseError) in
          ExifText.ascii(run.dropFirst(8).filter { $0 != 0 })
        }
        guard let text, let comment = MakerNoteText.readable(text) else { continue }
        result.add(.comment, .text(comment), "Ricoh:Comment", at: chunk.body.place(0))
      case "mnrt":
        let note = MakerNote(
          block: chunk.body, range: 0..<chunk.body.count, order: .big, make: "RICOH", model: "",
          limits: tools.limits)
        _ = MakerNotes.decode(note, into: &result)
      case "thum":
        result.add(
          .thumbnail, .hidden(HiddenContent(byteCount: chunk.body.count)), "Ricoh:ThumbnailImage",
          at: chunk.body.place(0))
      default: break
      }
    }
  }

  /// Bytes of a chunk that are looked at for something else than filling.
  private static let look = 2048

  /// Zeros, or one byte again and again, are what should stand there; a text is told, other bytes are noted.
  private static func noteLeftover(_ body: ByteView, into result: inout ReadResult) {
    guard let bytes = try? body.source.bytes(at: body.start, count: min(body.count, look)),
      let first = bytes.first(where: { $0 != 0 }), bytes.contains(where: { $0 != 0 && $0 != first })
    else { return }
    if let text = ExifText.ascii(bytes), text.utf8.count >= 8, let said = MakerNoteText.readable(text) {
      return result.add(.comment, .text(said), "RIFF:TextJunk", at: body.place(0))
    }
    // The head of an index that was never filled.
    guard bytes.count(where: { $0 != 0 }) >= 32 else { return }
    result.add(.leftover, .hidden(HiddenContent(byteCount: body.count)), "RIFF:Junk", at: body.place(0))
  }
}
