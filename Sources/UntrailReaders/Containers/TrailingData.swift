internal import UntrailBytes
internal import UntrailModel

/// What stands behind the end of a picture: viewers do not show it, and copies keep it.
enum TrailingData {
  /// Bytes that are looked at, from its first on and up to its last.
  private static let look = 4096

  /// Adds an observation of what is there; nothing where it is only the zeros that fill up a sector.
  ///
  /// - Parameters:
  ///   - end: bytes from the start of the file to the end of the picture.
  ///   - role: what it is, by its first bytes and its last.
  static func note(
    _ source: ByteSource, behind end: Int, _ field: String, into result: inout ReadResult,
    role: (_ start: UnsafeRawBufferPointer, _ end: UnsafeRawBufferPointer) -> Role = { _, _ in .trailer }
  ) throws(ParseError) {
    guard end >= 0, end < source.count else { return }
    let count = source.count - end
    let length = min(count, look)
    let start = try source.bytes(at: end, count: length)
    let tail = count > length ? try source.bytes(at: source.count - length, count: length) : start
    guard start.contains(where: { $0 != 0 }) || tail.contains(where: { $0 != 0 }) else { return }
    let role = start.withUnsafeBytes { first in tail.withUnsafeBytes { last in role(first, last) } }
    result.add(role, .hidden(HiddenContent(byteCount: count)), field, at: end)
  }
}
