internal import UntrailBytes
internal import UntrailModel

/// Monkey's Audio, Musepack, WavPack, True Audio, OptimFROG: sounds that say nothing themselves, and have tags of
/// ID3 and APE on both sides.
struct TaggedSoundReader: MetadataReader {
  var name: String { "Monkey's Audio, Musepack, WavPack, TTA" }
  var mediaTypes: [String] {
    ["audio/x-ape", "audio/x-musepack", "audio/x-wavpack", "audio/x-tta", "audio/x-ofr"]
  }
  var channels: String { "APE tags, ID3, cover pictures" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    _ = try AudioTags.read(source, into: &result, tools)
  }
}

/// AMR: the sound of telephone calls and voice messages. There is nothing beside it.
///
/// Source: RFC 4867, section 5.
struct AMRReader: MetadataReader {
  var name: String { "AMR" }
  var mediaTypes: [String] { ["audio/amr", "audio/amr-wb"] }
  var channels: String { "none: only its name says something" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {}
}

/// DSF: a head, the sound, and an ID3 tag to which the head points.
///
///     "DSD " 1C 00.. SSSSSSSS PPPPPPPP    size of this head, of the file, and where the tag is; little-endian
///
/// Source: Sony, DSF File Format Specification 1.01 (2005).
struct DSFReader: MetadataReader {
  var name: String { "DSF" }
  var mediaTypes: [String] { ["audio/x-dsf"] }
  var channels: String { "ID3" }

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let start = Int(clamping: try source.u64(at: 20, .little))
    guard start > 0 else { return }
    guard start < source.count else {
      throw ParseError(.truncated, at: source.count, "the file ends before its tag")
    }
    ID3.decode(ByteView(source, start: start, count: source.count - start), into: &result, tools)
  }
}
