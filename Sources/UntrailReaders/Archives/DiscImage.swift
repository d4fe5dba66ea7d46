package import UntrailBytes
package import UntrailModel

/// Tells images of discs, whose mark stands far behind the bytes that types are told by.
///
///     32,768 bytes, mostly zeros, 1 kind, "CD001"
///
/// Source: ECMA-119 (ISO 9660), sections 6.2.1 and 8.1.
package enum DiscImage {
  static let name = "application/x-iso9660-image"
  private static let place = 32_769
  private static let mark = Array("CD001".utf8)

  /// The type of a file: the given one, where that is known or the file is no such image.
  package static func type(of source: ByteSource, _ type: MediaType) -> MediaType {
    guard type == .unknown, source.count > place + mark.count,
      source.withPrefix({ prefix in prefix.prefix(16).allSatisfy { $0 == 0 } }),
      (try? source.bytes(at: place, count: mark.count)) == mark
    else { return type }
    return MediaType(name, magicName: type.name, refinement: "iso9660-mark")
  }

  /// As `type`, of bytes in memory.
  static func begins(_ bytes: [UInt8], _ type: MediaType) -> Bool {
    type == .unknown && bytes.count > place + mark.count && bytes[place...].starts(with: mark)
  }
}
