internal import CSystem
internal import UntrailModel
internal import UntrailReaders

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What the file system keeps beside a file: where it was loaded from, with which program, comments, tags.
///
/// Source: xattr(7), listxattr(2); freedesktop.org, Guidelines for extended attributes.
enum ExtendedAttributes {
  /// Bytes of the names of most files that have attributes; more costs the system time.
  private static let shortNames = 256
  /// Linux has no longer lists and values.
  private static let valueLimit = 64 << 10
  /// Attributes of one file that are read: more than any has that are known.
  private static let attributeLimit = 32

  /// Adds what the attributes of an open file say. Of most files there are none, and one call says so.
  static func read(_ descriptor: Int32, into examination: inout Examination) {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: shortNames) { names in
      let length = list(descriptor, names)
      if length > 0 {
        read(descriptor, names[..<length], into: &examination)
      } else if length < 0, errno == ERANGE {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: valueLimit) { names in
          read(descriptor, names[..<max(0, list(descriptor, names))], into: &examination)
        }
      }
    }
  }

  private static func read(
    _ descriptor: Int32, _ names: Slice<UnsafeMutableBufferPointer<CChar>>,
    into examination: inout Examination
  ) {
    var attributesLeft = attributeLimit
    for name in names.split(separator: 0) where attributesLeft > 0 {
      let text = String(decoding: name.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      guard FileAttribute.isKnown(text), let value = value(descriptor, Array(name) + [0]) else { continue }
      FileAttribute.observe(text, value, into: &examination)
      attributesLeft -= 1
    }
  }

  /// - Returns: bytes of the list of names; 0 where there is none, less with `errno` set where it cannot be had.
  private static func list(_ descriptor: Int32, _ names: UnsafeMutableBufferPointer<CChar>) -> Int {
    #if canImport(Glibc)
      flistxattr(descriptor, names.baseAddress, names.count)
    #else
      flistxattr(descriptor, names.baseAddress, names.count, 0)
    #endif
  }

  private static func value(_ descriptor: Int32, _ name: [CChar]) -> [UInt8]? {
    var value = [UInt8](repeating: 0, count: valueLimit)
    #if canImport(Glibc)
      let count = fgetxattr(descriptor, name, &value, value.count)
    #else
      let count = fgetxattr(descriptor, name, &value, value.count, 0, 0)
    #endif
    return count > 0 ? Array(value[..<count]) : nil
  }
}
