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
  /// Bytes of the names of one file's attributes, and of one value: more than any that is known.
  private static let namesLimit = 4096
  private static let valueLimit = 64 << 10

  /// Adds what the attributes of an open file say. Of most files there are none, and one call says so.
  static func read(_ descriptor: Int32, into examination: inout Examination) {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: namesLimit) { names in
      let length = list(descriptor, names)
      guard length > 0 else { return }
      for name in names[..<length].split(separator: 0) {
        let bytes = name.map { UInt8(bitPattern: $0) }
        let text = String(decoding: bytes, as: UTF8.self)
        guard FileAttribute.isKnown(text), let value = value(descriptor, name.map { $0 } + [0]) else {
          continue
        }
        FileAttribute.observe(text, value, into: &examination)
      }
    }
  }

  /// - Returns: bytes of the list of names; 0 where there is none or the file system has none.
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
