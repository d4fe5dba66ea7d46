internal import UntrailBytes
internal import UntrailModel

/// Finds XMP packets in files that do not say where they stand.
///
///     <?xpacket begin=... ?> ... <?xpacket end="w"?>
///
/// Source: Adobe, XMP Specification Part 1 (2012), section 7.3.
enum PacketScan {
  private static let start = Array("<?xpacket begin".utf8)
  private static let end = Array("<?xpacket end".utf8)
  private static let packetLimit = 16

  /// The packets of a block, in its order: from their beginning to the mark of their end.
  ///
  /// - Parameter block: at most as long as one read may be.
  static func packets(in block: ByteView) throws(ParseError) -> [ByteView] {
    let ranges = try block.withBytes(at: 0, count: block.count) { run throws(ParseError) in
      var ranges: [Range<Int>] = []
      var from: Int?
      var at = 0
      while at + start.count <= run.count, ranges.count < packetLimit {
        // Both marks begin alike: a scan for the first byte is quick.
        guard run[at] == start[0], run[at + 1] == start[1] else {
          at += 1
          continue
        }
        let rest = run[at...]
        if rest.starts(with: start) {
          from = at
        } else if let first = from, rest.starts(with: end) {
          ranges.append(first..<at)
          from = nil
        }
        at += 2
      }
      return ranges
    }
    return ranges.map { block.dropping($0.lowerBound).prefix($0.count) }
  }
}
