internal import CIsolation
internal import UntrailBytes

/// The messages between the parent and a worker. All numbers are little-endian.
///
///     request:  "UNTQ" count promptness, then per file: id, low and high half of its bytes;   the descriptors in the same order
///     response: "UNTA" id length, then `length` bytes
///
/// A worker answers the files of a request in their order, one response each: each at once where the promptness is 1,
/// else several together. Before the first request it
/// sends a greeting: a response with the id FFFFFFFF that holds its level of isolation.
enum Wire {
  static let requestMagic: UInt32 = 0x5154_4E55
  static let responseMagic: UInt32 = 0x4154_4E55
  static let greeting = UInt32.max
  static let requestHeadSize = 12
  static let requestEntrySize = 12
  static let responseHeadSize = 12
  /// The longest response that is taken, in bytes.
  static let responseLimit = 8 << 20
  /// The most files in a request.
  static let fileLimit = Int(UNTRAIL_MAX_DESCRIPTORS)

  static func put(_ value: UInt32, into buffer: ByteBuffer) {
    let target = buffer.reserve(4)
    for shift in 0..<4 { target[shift] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(shift))) }
    buffer.advance(4)
  }

  /// - Parameter offset: at least four bytes before the end.
  static func number(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt32 {
    UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }
}

/// Bytes that came and are not used up yet.
final class ReceiveBuffer {
  private var base = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 16)
  private var start = 0
  private var end = 0

  deinit { base.deallocate() }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: base[start..<end]) }

  func consume(_ count: Int) { start += count }

  /// Gives room for more bytes to `read`, which says how many it put there; negative where it failed.
  func fill(_ read: (UnsafeMutableRawBufferPointer) -> Int) -> Int {
    if start > 0 {
      base.copyMemory(from: UnsafeRawBufferPointer(rebasing: base[start..<end]))
      end -= start
      start = 0
    }
    if base.count - end < 1 << 16 {
      let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: base.count * 2, alignment: 16)
      larger.copyMemory(from: UnsafeRawBufferPointer(base))
      base.deallocate()
      base = larger
    }
    let count = read(UnsafeMutableRawBufferPointer(rebasing: base[end...]))
    if count > 0 { end += count }
    return count
  }
}

/// A file of a request.
package struct WorkerFile: Sendable {
  package var descriptor: Int32
  /// Bytes in the file.
  package var byteCount: Int

  package init(descriptor: Int32, byteCount: Int) {
    self.descriptor = descriptor
    self.byteCount = byteCount
  }
}
