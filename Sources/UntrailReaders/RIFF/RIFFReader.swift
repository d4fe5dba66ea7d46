internal import UntrailBytes
internal import UntrailModel

/// WAV and AVI: the chunks of RIFF files.
///
///     "RIFF" LL LL LL LL "WAVE"       length of all that follows; "AVI " and, for its further segments, "AVIX"
///     "RF64" FF FF FF FF "WAVE"       "ds64": the length, and that of "data", in 64 bits; "BW64" the same
///     "LIST" LL LL LL LL "INFO" ...   chunks in a list: INFO, exif, hdrl, adtl, what makers have of their own
///     "movi", "data"                  the film and the sound, which are skipped
///
/// Source: IBM and Microsoft, Multimedia Programming Interface and Data Specifications 1.0 (1991); EBU Tech 3306
/// (RF64); OpenDML AVI File Format Extensions 1.02.
struct RIFFReader: MetadataReader {
  var name: String { "WAV, AVI" }
  var mediaTypes: [String] { ["audio/x-wav", "audio/wav", "audio/vnd.wave", "video/x-msvideo"] }
  var channels: String {
    "recorder, camera, serial numbers, times, people, software, production notes, EXIF, XMP, what makers hide in JUNK"
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    guard source.count >= 12 else {
      throw ParseError(.truncated, at: source.count, "the file ends inside its head")
    }
    let order: ByteOrder = try source.u32(at: 0, .big) == 0x5249_4658 ? .big : .little  // "RIFX"
    var session = RIFFSession(order: order, isSound: try source.u32(at: 8, .big) == 0x5741_5645)  // "WAVE"
    try noteLength(source, order, into: &result)
    let whole = ByteView(source, start: 0, count: source.count)
    var chunks = RIFFChunks(whole, from: 12, order, tools.limits)
    while true {
      let start = chunks.offset
      guard let chunk = try chunks.next(longer: { session.longLengths[$0.value] }) else { break }
      if Self.segments.contains(chunk.type) {
        // A further segment: its chunks follow the name of its form.
        chunks = RIFFChunks(whole, from: start + 12, order, tools.limits)
        continue
      }
      session.read(chunk, into: &result, tools)
      if chunk.isCut { noteCut(chunk, source, into: &result) }
    }
    try TrailingData.note(source, behind: chunks.offset, "RIFF:Trailer", into: &result)
  }

  private static let segments: [FourCC] = ["RIFF", "RIFX"]

  private func noteLength(
    _ source: ByteSource, _ order: ByteOrder, into result: inout ReadResult
  ) throws(ParseError) {
    let stated = try source.u32(at: 4, order)
    // Programs that write into a pipe do not know the length.
    guard stated != 0, stated < 0xFFFF_FF00, Int(stated) + 8 > source.count + 1 else { return }
    result.damage("truncated", "the file is shorter than its head says", at: source.count)
  }

  private func noteCut(_ chunk: RIFFChunk, _ source: ByteSource, into result: inout ReadResult) {
    guard chunk.type != "data", !result.codes(contain: "truncated") else { return }
    result.damage("truncated", "the file ends inside a chunk", at: source.count)
  }
}

extension ReadResult {
  fileprivate func codes(contain code: String) -> Bool { diagnostics.contains { $0.code == code } }
}
