internal import UntrailBytes
internal import UntrailModel

/// Ogg: Vorbis, Opus, Speex, FLAC and Theora; of each stream the packets in front of the sound.
///
///     01 "vorbis", 03 "vorbis" comments 01        Vorbis
///     "OpusHead", "OpusTags" comments             Opus
///     80 "theora", 81 "theora" comments           Theora; "kate" and "daala" alike
///     "Speex   ", comments                        Speex; CELT and PCM alike
///     7F "FLAC" 01 00 NN NN "fLaC" block, blocks   FLAC
///
/// Source: Vorbis I specification, section 4.2; RFC 7845, section 5; Theora specification, section 6.3; Speex manual,
/// section 5; RFC 9639, section 10.1.
struct OggReader: MetadataReader {
  var name: String { "Ogg" }
  var mediaTypes: [String] {
    ["audio/ogg", "application/ogg", "video/ogg", "audio/x-vorbis+ogg", "audio/opus"]
  }
  var channels: String { "Vorbis comments of every stream, pictures" }

  private enum Codec {
    /// Comments behind so many bytes of the second packet.
    case comments(behind: Int)
    case flac
    /// Says nothing.
    case other
  }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    if source.count >= ID3.headSize { _ = try AudioTags.read(source, into: &result, tools) }
    var pages = OggPages(source, tools.limits)
    var streams: [UInt32: Codec] = [:]
    while let packets = try pages.next() {
      for packet in packets {
        if packet.number == 0 {
          guard streams.count < tools.limits.members else { continue }
          streams[packet.stream] = try Self.codec(packet)
        } else if let codec = streams[packet.stream],
          try !take(packet, codec, into: &result, tools)
        {
          streams[packet.stream] = .other
        }
      }
      let isDone = streams.values.allSatisfy { if case .other = $0 { true } else { false } }
      if isDone, !streams.isEmpty { return }
    }
  }

  private static func codec(_ packet: OggPages.Packet) throws(ParseError) -> Codec {
    guard let head = try packet.pieces.first?.head(16), head.count >= 7 else { return .other }
    func stands(_ word: String, _ offset: Int) -> Bool { head.dropFirst(offset).starts(with: word.utf8) }
    if stands("vorbis", 1) || stands("theora", 1) { return .comments(behind: 7) }
    if stands("OpusHead", 0) { return .comments(behind: 8) }
    if stands("Speex  ", 0) || stands("CELT  ", 0) || stands("PCM    ", 0) { return .comments(behind: 0) }
    if stands("daala", 1) { return .comments(behind: 6) }
    if stands("kate", 1) { return .comments(behind: 9) }
    if stands("OVP80", 0) { return .comments(behind: 7) }
    return stands("FLAC", 1) || stands("fLaC", 0) ? .flac : .other
  }

  /// - Returns: whether more packets of the stream are to be read.
  private func take(
    _ packet: OggPages.Packet, _ codec: Codec, into result: inout ReadResult, _ tools: ReaderTools
  ) throws(ParseError) -> Bool {
    guard !packet.pieces.isEmpty else { return false }
    switch codec {
    case .other: return false
    case .comments(let start):
      let body = try ByteView.joined(packet.pieces, limit: tools.limits.bytes)
      VorbisComments.decode(body.dropping(start), into: &result, tools)
      return false
    case .flac:
      let body = try ByteView.joined(packet.pieces, limit: tools.limits.bytes)
      let head = try body.u8(at: 0)
      guard head != 0xFF else { return false }
      FLACBlocks.decode(head & 0x7F, body.dropping(4), into: &result, tools)
      return head & 0x80 == 0
    }
  }
}
