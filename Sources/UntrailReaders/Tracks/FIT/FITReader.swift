internal import UntrailBytes
internal import UntrailModel

/// FIT: what watches, bicycle computers and trackers of many makers record and take.
///
///     0C | 0E  PP VV VV  SS SS SS SS  ".FIT"  [CC CC]   header: protocol, profile, bytes of data, its checksum
///     records  SS SS SS SS bytes of them
///     CC CC                                             checksum of header and data
///     another file, or the end
///
///     record: 1 bit  0: by number | 1: compressed time, then 2 bits local type, 5 bits seconds
///             by number: 1 bit 1: definition | 0: data, 1 bit developer fields, 1 bit, 4 bits local type
///
/// Messages have numbers; what those mean stands in `FITFacts`. What developers add is skipped by its length.
///
/// Source: Garmin, Flexible and Interoperable Data Transfer (FIT) Protocol.
struct FITReader: MetadataReader {
  var name: String { "FIT" }
  var mediaTypes: [String] { [Self.mediaType] }
  var channels: String { "tracks, times and zone, devices and sensors with serials, names, saved places" }

  static let mediaType = "application/vnd.ant.fit"

  func read(
    _ source: ByteSource, into result: inout ReadResult, with tools: ReaderTools
  ) throws(ParseError) {
    let feed = ByteFeed(source, limit: tools.limits.stream)
    var fileCount = 0
    var distinct = DistinctFacts(tools.limits)
    while try feed.fill(1) {
      var facts = FITFacts(tools.limits, distinct)
      var part = FITPart(feed)
      guard try part.begin(sourceCount: source.count, &result) else {
        if fileCount == 0 { throw ParseError(.malformed, at: 0, "no FIT file starts here") }
        return result.damage("malformed", "what stands behind the end is no FIT file", at: feed.offset)
      }
      fileCount += 1
      var failure: ParseError?
      var isWhole = false
      do throws(ParseError) {
        isWhole = try part.read(&facts, &result)
      } catch {
        failure = error
      }
      facts.finish(&result)
      distinct = facts.distinct
      if let failure { throw failure }
      if !isWhole { return }
    }
  }
}

/// One of the files that follow each other in a FIT file.
private struct FITPart {
  private let feed: ByteFeed
  private var checksum: UInt16 = 0
  private var definitions = [FITDefinition?](repeating: nil, count: 16)
  private var end = 0
  private var isOpenEnded = false

  init(_ feed: ByteFeed) { self.feed = feed }

  /// Reads the header.
  ///
  /// - Returns: whether there is one.
  mutating func begin(sourceCount: Int, _ result: inout ReadResult) throws(ParseError) -> Bool {
    let start = feed.offset
    guard try feed.fill(12), feed.bytes[0] >= 12, feed.bytes[8..<12].elementsEqual(".FIT".utf8) else {
      return false
    }
    let headerCount = Int(feed.bytes[0])
    let dataCount = (0..<4).reduce(0) { $0 | Int(feed.bytes[4 + $1]) << (8 * $1) }
    guard try feed.fill(headerCount) else {
      throw ParseError(.truncated, at: start, "the file ends inside its header")
    }
    if headerCount >= 14 {
      let stated = UInt16(feed.bytes[12]) | UInt16(feed.bytes[13]) << 8
      let actual = feed.bytes[..<12].reduce(0) { Self.checksum($0, $1) }
      if stated != 0, stated != actual {
        result.damage("checksum", "the header does not have the checksum that it states", at: start + 12)
      }
    }
    try advance(headerCount)
    end = feed.offset + dataCount
    if dataCount == 0, feed.offset + 2 < sourceCount {
      // The device did not come to write how much there is.
      isOpenEnded = true
      end = sourceCount
      result.damage(
        "unfinished", "the header says that there are no data; what is there is read", at: start + 4)
    } else if end + 2 > sourceCount {
      isOpenEnded = true
      end = min(end, sourceCount)
      result.damage("truncated", "the file is shorter than its header says", at: sourceCount)
    }
    return true
  }

  /// Reads the messages and checks the checksum.
  ///
  /// - Returns: whether it was read to its end, so that another one may follow.
  mutating func read(_ facts: inout FITFacts, _ result: inout ReadResult) throws(ParseError) -> Bool {
    while feed.offset < end {
      let start = feed.offset
      // The checksum of a file without a length looks like a message that is not defined.
      if isOpenEnded, end - start <= 2 { return false }
      guard try feed.fill(1) else { return false }
      let header = feed.bytes[0]
      if header & 0xC0 == 0x40 {
        guard try readDefinition(header) else {
          throw ParseError(.truncated, at: start, "the data end inside a definition")
        }
        continue
      }
      let local = header & 0x80 == 0 ? Int(header & 0x0F) : Int(header >> 5 & 3)
      guard let definition = definitions[local] else {
        throw ParseError(.malformed, at: start, "a message has no definition; the rest is not read")
      }
      let count = 1 + definition.byteCount
      guard count <= end - start, try feed.fill(count) else {
        throw ParseError(.truncated, at: start, "the data end inside a message")
      }
      let content = UnsafeRawBufferPointer(rebasing: feed.bytes[1..<count])
      facts.add(
        FITMessage(definition: definition, bytes: content, offset: start + 1),
        compressedTime: header & 0x80 == 0 ? nil : header & 0x1F, &result)
      try advance(count)
    }
    guard !isOpenEnded, try feed.fill(2) else { return false }
    let stated = UInt16(feed.bytes[0]) | UInt16(feed.bytes[1]) << 8
    if stated != checksum {
      result.damage("checksum", "the file does not have the checksum that it states", at: feed.offset)
    }
    feed.skip(2)
    return true
  }

  /// Reads a definition message.
  ///
  /// - Returns: false where the data end inside it.
  private mutating func readDefinition(_ header: UInt8) throws(ParseError) -> Bool {
    let room = end - feed.offset
    guard room >= 6, try feed.fill(6) else { return false }
    var count = 6 + 3 * Int(feed.bytes[5])
    guard room >= count, try feed.fill(count) else { return false }
    let hasDeveloperFields = header & 0x20 != 0
    if hasDeveloperFields {
      guard room > count, try feed.fill(count + 1) else { return false }
      count += 1 + 3 * Int(feed.bytes[count])
      guard room >= count, try feed.fill(count) else { return false }
    }
    let bytes = UnsafeRawBufferPointer(rebasing: feed.bytes[1..<count])
    definitions[Int(header & 0x0F)] = FITDefinition(bytes, hasDeveloperFields: hasDeveloperFields)
    try advance(count)
    return true
  }

  /// Goes on behind bytes that are there, and takes them into the checksum.
  private mutating func advance(_ count: Int) throws(ParseError) {
    for byte in feed.bytes.prefix(count) { checksum = Self.checksum(checksum, byte) }
    feed.skip(count)
  }

  private static func checksum(_ checksum: UInt16, _ byte: UInt8) -> UInt16 {
    checksum >> 8 ^ table[Int((checksum ^ UInt16(byte)) & 0xFF)]
  }

  /// CRC-16 with the polynomial 8005, bits in reverse.
  private static let table: [UInt16] = (0..<256).map { index in
    (0..<8).reduce(UInt16(index)) { value, _ in value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xA001 }
  }
}
