internal import UntrailBytes
internal import UntrailModel

/// Goes through one segment.
struct MatroskaSegment {
  private let body: ByteView
  private let tools: ReaderTools
  /// Where elements stand, as a SeekHead says; bytes from the start of the segment's data.
  private var positions: [Int] = []
  private var seen: Set<Int> = []
  private var clusters = 0
  /// Elements of clusters without a length that were stepped through.
  private var blocks = 0
  private static let blockLimit = 4096

  init(_ body: ByteView, _ tools: ReaderTools) {
    self.body = body
    self.tools = tools
  }

  mutating func read(into result: inout ReadResult, clusterLimit: Int) throws(ParseError) {
    try walk(from: 0, into: &result, clusterLimit: clusterLimit)
    // A SeekHead can name another one.
    var next = 0
    while next < positions.count, next < tools.limits.entries {
      let position = positions[next]
      next += 1
      guard position < body.count, !seen.contains(position) else { continue }
      var elements = EBMLElements(body, from: position, tools.limits)
      guard let element = try? elements.next(), MatroskaID.level1.contains(element.id) else {
        result.damage("malformed", "a place that names another element", at: body.start + position)
        continue
      }
      read(element, into: &result)
    }
    // What a program added behind the last element that is named.
    guard let last = positions.filter({ $0 < body.count }).max(), clusters > 0 else { return }
    var elements = EBMLElements(body, from: last, tools.limits)
    guard (try? elements.next()) != nil else { return }
    try walk(from: elements.offset, into: &result, clusterLimit: 1)
  }

  /// Reads one element after another, until the film begins and the rest is known.
  private mutating func walk(
    from start: Int, into result: inout ReadResult, clusterLimit: Int
  ) throws(ParseError) {
    var elements = EBMLElements(body, from: start, tools.limits)
    while let element = try elements.next() {
      guard MatroskaID.level1.contains(element.id) else {
        // Zeros, or what an editor left.
        if element.isCut || element.isOpen { return }
        continue
      }
      guard element.id == MatroskaID.cluster else {
        read(element, into: &result)
        continue
      }
      clusters += 1
      if !positions.isEmpty { return }
      guard clusters < clusterLimit else {
        return result.notRead(
          "film-not-read", "what stands behind the first \(clusterLimit) parts of the film was not looked at",
          at: element.start)
      }
      if element.isOpen {
        guard let end = try endOfOpenCluster(element, into: &result) else { return }
        elements = EBMLElements(body, from: end, tools.limits)
      }
    }
  }

  /// Steps through a cluster without a length, until an element that cannot be in it.
  ///
  /// - Returns: bytes from the start of the segment's data; nil where there is too much of it.
  private mutating func endOfOpenCluster(
    _ cluster: EBMLElement, into result: inout ReadResult
  ) throws(ParseError) -> Int? {
    var elements = EBMLElements(cluster.body, tools.limits)
    while let element = try elements.next() {
      if MatroskaID.level1.contains(element.id), element.id != MatroskaID.void,
        element.id != MatroskaID.checksum
      {
        return element.start - body.start
      }
      blocks += 1
      guard blocks < Self.blockLimit else {
        result.notRead(
          "film-not-read", "what stands behind the first \(Self.blockLimit) frames was not looked at",
          at: element.start)
        return nil
      }
    }
    return body.count
  }

  private mutating func read(_ element: EBMLElement, into result: inout ReadResult) {
    guard seen.insert(element.start - body.start).inserted else { return }
    do throws(ParseError) {
      switch element.id {
      case MatroskaID.seekHead: try readPositions(element.body)
      case MatroskaID.info: try MatroskaInfo.decode(element.body, into: &result, tools.limits)
      case MatroskaID.tracks: try MatroskaTracks.decode(element.body, into: &result, tools.limits)
      case MatroskaID.tags: try MatroskaTags.decode(element.body, into: &result, tools.limits)
      case MatroskaID.attachments: try MatroskaAttachments.decode(element.body, into: &result, tools)
      case MatroskaID.chapters: try MatroskaChapters.decode(element.body, into: &result, tools.limits)
      default: break
      }
    } catch {
      result.damage(error)
    }
  }

  private mutating func readPositions(_ body: ByteView) throws(ParseError) {
    var entries = EBMLElements(body, tools.limits)
    while let entry = try entries.next() {
      guard entry.id == MatroskaID.seek else { continue }
      var id: UInt64?
      var position: UInt64?
      var parts = EBMLElements(entry.body, tools.limits)
      while let part = try parts.next() {
        if part.id == MatroskaID.seekID { id = part.body.number }
        if part.id == MatroskaID.seekPosition { position = part.body.number }
      }
      if let id, let position, MatroskaID.level1.contains(UInt32(clamping: id)),
        id != UInt64(MatroskaID.cluster)
      {
        positions.append(Int(clamping: position))
      }
    }
  }
}
