internal import UntrailBytes
internal import UntrailModel

/// The times of a CR3: all headers repeat the same ones, so that each is said once.
struct CR3Times {
  private var created: Set<Timestamp> = []
  private var modified: Set<Timestamp> = []

  /// Adds the times of a header.
  ///
  /// - Parameters:
  ///   - group: `QuickTime`, `Track1` ...
  ///   - prefix: what stands before `CreateDate` in the field.
  mutating func observe(
    _ body: ByteView, _ group: String, _ prefix: String, into result: inout ReadResult
  ) throws(ParseError) {
    let header = try MovieHeader(body)
    if let time = header.created, created.insert(time).inserted {
      result.add(
        .created, .timestamp(time), "\(group):\(prefix)CreateDate", at: body.place(header.createdOffset))
    }
    if let time = header.modified, modified.insert(time).inserted {
      result.add(
        .modified, .timestamp(time), "\(group):\(prefix)ModifyDate", at: body.place(header.modifiedOffset))
    }
  }
}

/// One track of a CR3.
///
///     trak
///       tkhd                          times
///       mdia
///         mdhd                        times
///         minf | stbl
///           stsz | co64               bytes of the one sample, and where it stands
///
/// Source: ISO/IEC 14496-12:2022, sections 8.7.3 and 8.7.5.
struct CR3Track {
  private var size: Int?
  private var offset: Int?

  static func read(
    _ track: ByteView, number: Int, _ times: inout CR3Times, into result: inout ReadResult, _ limits: Limits
  ) throws(ParseError) {
    var reading = CR3Track()
    try reading.readBoxes(track, "Track\(number)", &times, into: &result, limits, depth: 0)
    // The other tracks have the raw picture and what was measured.
    guard number == 1, let size = reading.size, let offset = reading.offset, size > 0 else { return }
    guard ByteView(track.source, start: offset, count: size).begins(with: [0xFF, 0xD8, 0xFF]) else { return }
    result.add(
      .preview, .hidden(HiddenContent(byteCount: size)), "Track\(number):JpgFromRaw",
      at: track.source.hasPlaces ? offset : nil)
  }

  private mutating func readBoxes(
    _ view: ByteView, _ group: String, _ times: inout CR3Times, into result: inout ReadResult,
    _ limits: Limits, depth: Int
  ) throws(ParseError) {
    var boxes = BoxWalker(view, limits)
    while let box = try boxes.next() {
      switch box.type {
      case "tkhd": try times.observe(box.body, group, "Track", into: &result)
      case "mdhd": try times.observe(box.body, group, "Media", into: &result)
      case "mdia", "minf", "stbl":
        guard depth < limits.nesting else {
          throw ParseError(.limit, at: box.start, "boxes more than \(limits.nesting) deep")
        }
        try readBoxes(box.body, group, &times, into: &result, limits, depth: depth + 1)
      case "stsz":
        let common = Int(try box.body.u32(at: 4, .big))
        size = common > 0 ? common : (try? box.body.u32(at: 12, .big)).map { Int($0) }
      case "co64": offset = Int(clamping: try box.body.u64(at: 8, .big))
      case "stco": offset = Int(try box.body.u32(at: 8, .big))
      default: break
      }
    }
  }
}
