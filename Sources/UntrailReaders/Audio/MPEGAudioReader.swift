internal import UntrailBytes
internal import UntrailModel

/// MP3 and AAC: tags on both sides, and the program that made the sound.
struct MPEGAudioReader: MetadataReader {
  var name: String { "MP3, AAC" }
  var mediaTypes: [String] { ["audio/mpeg", "audio/x-hx-aac-adts", "audio/x-hx-aac-adif", "audio/aac"] }
  var channels: String {
    "ID3, APE tags, cover pictures and other files inside, identifiers, mail addresses, the encoder"
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let start = try AudioTags.read(source, into: &result, tools)
    let sound = ByteView(source, start: start, count: source.count - start)
    if sound.begins(with: "fLaC".utf8) { return try FLACBlocks.read(sound.dropping(4), into: &result, tools) }
    guard sound.count > 0, let (text, offset) = EncoderMark.find(try sound.head(ByteSource.pageSize)) else {
      return
    }
    result.add(.processing, .software(text), "MPEG:Encoder", at: sound.place(offset))
  }
}

/// The name that an encoder writes into the first frame of its sound.
///
///     "Xing" or "Info", flags, what the flags say, then the encoder: nine characters
///
/// Source: G. Bouvigne, Mp3 Info Tag revision 1 specification (LAME).
enum EncoderMark {
  /// How the names of encoders begin that write them there.
  private static let names = ["LAME", "Lavc", "Lavf", "GOGO", "libfaac ", "L3."].map { Array($0.utf8) }

  static func find(_ bytes: [UInt8]) -> (text: String, offset: Int)? {
    if let start = header(bytes), let text = text(bytes, at: start) { return (text, start) }
    // Some write it where a frame has bytes left over.
    for start in bytes.indices.dropLast(8) {
      guard names.prefix(5).contains(where: { bytes[start...].starts(with: $0) }) else { continue }
      let next = bytes[start + 4]
      guard next >= 0x30 && next <= 0x39 || next == 0x61, let text = text(bytes, at: start) else { continue }
      return (text, start)
    }
    return nil
  }

  /// Where the encoder stands behind "Xing" or "Info".
  private static func header(_ bytes: [UInt8]) -> Int? {
    let words = ["Xing", "Info"].map { Array($0.utf8) }
    guard
      let start = bytes.indices.dropLast(8).first(where: { index in
        words.contains { bytes[index...].starts(with: $0) }
      })
    else { return nil }
    let flags = bytes[start + 7]
    return start + 8 + (flags & 1 != 0 ? 4 : 0) + (flags & 2 != 0 ? 4 : 0) + (flags & 4 != 0 ? 100 : 0)
      + (flags & 8 != 0 ? 4 : 0)
  }

  private static func text(_ bytes: [UInt8], at start: Int) -> String? {
    guard start < bytes.count, names.contains(where: { bytes[start...].starts(with: $0) }) else { return nil }
    // Before 3.90 LAME had no numbers behind its name, and twenty characters for it.
    let isOld = bytes[start...].starts(with: "LAME3.8".utf8) || bytes[start...].starts(with: "LAME3.7".utf8)
    let isShort = bytes[start...].starts(with: "LAME".utf8) && !isOld
    let letters = bytes[start...].prefix(isShort ? 9 : 20).prefix { $0 >= 0x20 && $0 < 0x7F }
    let name = BoundedText.decode(letters, Limits())
    // A number may be cut in the middle.
    return name.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
  }
}
