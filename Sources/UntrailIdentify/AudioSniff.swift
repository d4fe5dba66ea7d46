/// Tells sounds apart that libmagic takes for nothing but bytes.
enum AudioSniff {
  /// MP3 or AAC: an ID3 tag; or, also behind zeros, two frames one behind the other.
  static func isMPEG(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if isTag(bytes) { return true }
    guard let start = bytes.firstIndex(where: { $0 != 0 }), let size = frameSize(bytes, at: start),
      let next = frameSize(bytes, at: start + size)
    else { return false }
    return next > 0 && (bytes[start + 1] == bytes[start + size + 1])
  }

  /// Source: M. Nilsson, ID3 tag version 2.4.0 - Main Structure, section 3.1.
  private static func isTag(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count > 20 && bytes.starts(with: "ID3".utf8) && (2...4).contains(bytes[3]) && bytes[4] < 0xFF
      && bytes[6..<10].allSatisfy { $0 < 0x80 }
  }

  /// Bytes of the frame of layer III that starts at a place; nil where none does.
  ///
  ///     1111 1111 111V VLLP BBBB SSxG    version (3: 1, 2: 2, 0: 2.5), layer (1: III), bits and samples a second
  ///
  /// Source: ISO/IEC 11172-3:1993, section 2.4.1.3.
  private static func frameSize(_ bytes: UnsafeRawBufferPointer, at start: Int) -> Int? {
    guard start >= 0, start + 4 <= bytes.count, bytes[start] == 0xFF, bytes[start + 1] & 0xE6 == 0xE2 else {
      return nil
    }
    let version = bytes[start + 1] >> 3 & 3
    let rate = Int(bytes[start + 2] >> 4)
    let samples = Int(bytes[start + 2] >> 2 & 3)
    guard version != 1, samples < 3, rate > 0, rate < 15 else { return nil }
    let isFirst = version == 3
    let kilobits = isFirst ? firstRates[rate] : secondRates[rate]
    let hertz = [44_100, 48_000, 32_000][samples] / (isFirst ? 1 : version == 2 ? 2 : 4)
    return (isFirst ? 144_000 : 72_000) * kilobits / hertz + Int(bytes[start + 2] >> 1 & 1)
  }

  /// Kilobits a second by their number in a frame.
  private static let firstRates = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
  private static let secondRates = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]

  /// Core Audio Format. Source: Apple, Core Audio Format Specification 1.0, "CAF File Header".
  static func isCAF(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count >= 20 && bytes.starts(with: "caff".utf8) && bytes[4] == 0 && bytes[5] > 0 && bytes[5] < 10
  }

  /// WavPack. Source: WavPack 4 & 5 Binary File / Block Format (2020).
  static func isWavPack(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count >= 32 && bytes.starts(with: "wvpk".utf8) && bytes[9] == 4
  }

  /// True Audio. Source: Hydrogenaudio, TTA file format.
  static func isTTA(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.starts(with: "TTA1".utf8) || bytes.starts(with: "TTA2".utf8)
  }

  /// Ogg whose first stream libmagic does not know. Source: RFC 3533, section 6.
  static func isOgg(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count >= 27 && bytes.starts(with: "OggS".utf8) && bytes[4] == 0
  }
}
