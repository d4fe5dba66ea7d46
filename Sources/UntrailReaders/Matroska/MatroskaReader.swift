internal import UntrailBytes
internal import UntrailModel

/// Matroska and WebM: a head, and a segment of elements.
///
///     EBML     kind and version
///     Segment
///       SeekHead     where the others stand
///       Info         times, programs, title, identifiers, names of the files before and behind
///       Tracks  Tags  Attachments  Chapters
///       Cluster      the film, which is skipped
///       Cues         where what time is
///
/// What stands behind the first cluster is found by the SeekHead: a long film has thousands of clusters.
///
/// Source: RFC 9559.
struct MatroskaReader: MetadataReader {
  var name: String { "Matroska, WebM" }
  var mediaTypes: [String] { ["video/x-matroska", "video/webm", "audio/x-matroska", "audio/webm"] }
  var channels: String {
    "position, places, times, people, software, device, identifiers, names of other files, attachments"
  }

  /// Clusters that are stepped over where no SeekHead says what stands behind them.
  private static let clusterLimit = 256

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    var elements = EBMLElements(ByteView(source, start: 0, count: source.count), tools.limits)
    var hasSegment = false
    while let element = try elements.next() {
      guard element.id == MatroskaID.segment else { continue }
      hasSegment = true
      var segment = MatroskaSegment(element.body, tools)
      try segment.read(into: &result, clusterLimit: Self.clusterLimit)
      if element.isCut {
        result.damage("truncated", "the file is shorter than its segment says", at: source.count)
      }
    }
    guard hasSegment else { throw ParseError(.truncated, at: source.count, "no segment") }
  }
}

/// The identifiers of the elements that are read.
enum MatroskaID {
  static let segment: UInt32 = 0x1853_8067
  static let seekHead: UInt32 = 0x114D_9B74
  static let seek: UInt32 = 0x4DBB
  static let seekID: UInt32 = 0x53AB
  static let seekPosition: UInt32 = 0x53AC
  static let info: UInt32 = 0x1549_A966
  static let tracks: UInt32 = 0x1654_AE6B
  static let tags: UInt32 = 0x1254_C367
  static let attachments: UInt32 = 0x1941_A469
  static let chapters: UInt32 = 0x1043_A770
  static let cluster: UInt32 = 0x1F43_B675
  static let cues: UInt32 = 0x1C53_BB6B
  static let void: UInt32 = 0xEC
  static let checksum: UInt32 = 0xBF

  /// What may stand in a segment.
  static let level1: Set<UInt32> = [
    seekHead, info, tracks, tags, attachments, chapters, cluster, cues, void, checksum,
  ]
}
