internal import CZlib

/// The checksum of archives.
///
/// Source: RFC 1952, section 8.
enum Checksum {
  static func crc32(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer { bytes in
      var sum: UInt = 0
      var start = 0
      while start < bytes.count {
        let length = min(bytes.count - start, 1 << 30)
        sum = CZlib.crc32(sum, bytes.baseAddress.map { $0 + start }, UInt32(length))
        start += length
      }
      return UInt32(truncatingIfNeeded: sum)
    }
  }
}
