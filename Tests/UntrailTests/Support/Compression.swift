/// Compressed blocks, made by hand.
enum Compressed {
  /// A zlib stream that holds the bytes as they are.
  static func zlib(_ bytes: [UInt8]) -> [UInt8] {
    precondition(bytes.count < 65_536)
    let low = UInt8(truncatingIfNeeded: bytes.count)
    let high = UInt8(bytes.count >> 8)
    return [0x78, 0x01, 0x01, low, high, ~low, ~high] + bytes + adler(bytes)
  }

  /// A zlib stream of at least `count` zeros, 158 times shorter, without its checksum.
  static func zlibZeros(_ count: Int) -> [UInt8] {
    var bits = BitWriter()
    bits.add(0b1, 1)  // the last block
    bits.add(0b01, 2)  // fixed codes
    bits.add(0b0000_1100, 8)  // the byte 0: code 00110000, the highest bit first
    for _ in 0..<(count / 258 + 1) {
      bits.add(0b1010_0011, 8)  // 258 bytes: code 11000101
      bits.add(0, 5)  // from one byte before
    }
    bits.add(0, 7)  // the end
    return [0x78, 0x01] + bits.bytes
  }

  /// A Brotli stream that holds the bytes as they are.
  static func brotli(_ bytes: [UInt8]) -> [UInt8] {
    precondition(!bytes.isEmpty && bytes.count <= 65_536)
    var bits = BitWriter()
    bits.add(0, 1)  // a window of 64 KiB
    bits.add(0, 1)  // not the last block
    bits.add(0, 2)  // four nibbles of length
    bits.add(bytes.count - 1, 16)
    bits.add(1, 1)  // as it is
    return bits.bytes + bytes + [3]
  }

  private static func adler(_ bytes: [UInt8]) -> [UInt8] {
    var low = 1
    var high = 0
    for byte in bytes {
      low = (low + Int(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return Container.big(high << 16 | low)
  }

  private struct BitWriter {
    var bytes: [UInt8] = []
    private var used = 8

    init() {}

    /// The lowest bit first.
    mutating func add(_ value: Int, _ count: Int) {
      for place in 0..<count {
        if used == 8 {
          bytes.append(0)
          used = 0
        }
        bytes[bytes.count - 1] |= UInt8(value >> place & 1) << UInt8(used)
        used += 1
      }
    }
  }
}
