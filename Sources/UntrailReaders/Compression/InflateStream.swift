internal import CZlib

/// The one owner of a zlib stream.
///
/// zlib keeps a pointer to the structure: it must not move.
struct InflateStream: DecompressionStream, ~Copyable {
  private let stream: UnsafeMutablePointer<z_stream>
  private static let chunkSize = 16 << 10

  /// Nil where there is no memory for it.
  ///
  /// - Parameter isRaw: whether there is neither head nor checksum, as in archives.
  init?(isRaw: Bool = false) {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(stream, isRaw ? -MAX_WBITS : MAX_WBITS, ZLIB_VERSION, size) == Z_OK else {
      stream.deallocate()
      return nil
    }
    self.stream = stream
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  mutating func feed(
    _ piece: UnsafeRawBufferPointer, into output: inout [UInt8], limit: Int
  ) -> DecompressionState {
    // zlib only reads it.
    stream.pointee.next_in = UnsafeMutablePointer(mutating: piece.bindMemory(to: UInt8.self).baseAddress)
    stream.pointee.avail_in = UInt32(clamping: piece.count)
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.chunkSize) { chunk in
      while true {
        stream.pointee.next_out = chunk.baseAddress
        stream.pointee.avail_out = UInt32(Self.chunkSize)
        let status = inflate(stream, Z_NO_FLUSH)
        let produced = Self.chunkSize - Int(stream.pointee.avail_out)
        let taken = min(produced, limit - output.count)
        output += UnsafeBufferPointer(rebasing: chunk[..<taken])
        if taken < produced { return .full }
        switch status {
        case Z_STREAM_END: return .ended
        case Z_OK: if stream.pointee.avail_out > 0 { return .hungry }
        case Z_BUF_ERROR: return .hungry
        default: return .broken
        }
      }
    }
  }
}
