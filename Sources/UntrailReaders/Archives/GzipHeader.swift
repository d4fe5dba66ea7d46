internal import UntrailBytes
internal import UntrailModel

/// What gzip says of the file that it packed.
///
///     1F 8B, 1 method, 1 flags, 4 time (seconds since 1970, 0: not told), 1, 1 system,
///     [2 length, extra: flag 4] [name, 00: flag 8] [comment, 00: flag 10]
///
/// Source: RFC 1952, section 2.3.
struct GzipHeader {
  private(set) var name: String?
  private var comment: String?
  private let time: UInt32
  private let system: UInt8
  private var nameOffset = 10
  private var commentOffset = 10

  init(_ source: ByteSource, _ limits: Limits) throws(ParseError) {
    let flags = try source.u8(at: 3)
    time = try source.u32(at: 4, .little)
    system = try source.u8(at: 9)
    var position = 10
    if flags & 4 != 0 { position += 2 + Int(try source.u16(at: position, .little)) }
    func text() throws(ParseError) -> String? {
      let length = min(source.count - position, limits.text, ByteSource.pageSize)
      guard length > 0 else { return nil }
      let bytes = try source.bytes(at: position, count: length).prefix { $0 != 0 }
      position += bytes.count + 1
      return BoundedText.decode(bytes, limits).flatMap { BoundedText.isPrintable($0) ? $0 : nil }
    }
    nameOffset = position
    if flags & 8 != 0 { name = try text() }
    commentOffset = position
    if flags & 16 != 0 { comment = try text() }
  }

  func addFacts(to result: inout ReadResult, isAt hasPlaces: Bool) {
    func place(_ offset: Int) -> Int? { hasPlaces ? offset : nil }
    if time > 0 {
      result.add(
        .modified, .timestamp(Timestamp(civilSeconds: Int64(time), utcOffsetMinutes: 0)), "ZIP:ModifyDate",
        at: place(4))
    }
    if let name { result.add(.originalFileName, .link(name), "ZIP:ArchivedFileName", at: place(nameOffset)) }
    if let comment { result.add(.comment, .text(comment), "ZIP:Comment", at: place(commentOffset)) }
    if let made = Self.systems[system] {
      result.add(.generator, .software(made), "ZIP:OperatingSystem", at: place(9))
    }
  }

  /// Systems that not all writers name.
  private static let systems: [UInt8: String] = [7: "Macintosh", 11: "NTFS filesystem (NT)"]
}
