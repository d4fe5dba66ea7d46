internal import CBrotli

/// The one owner of a Brotli decoder.
struct BrotliStream: DecompressionStream, ~Copyable {
  private let decoder: OpaquePointer
  private static let chunkSize = 16 << 10

  /// Nil where there is no memory for it.
  init?() {
    guard let decoder = BrotliDecoderCreateInstance(nil, nil, nil) else { return nil }
    self.decoder = decoder
  }

  deinit { BrotliDecoderDestroyInstance(decoder) }

  mutating func feed(
    _ piece: UnsafeRawBufferPointer, into output: inout [UInt8], limit: Int
  ) -> DecompressionState {
    var nextIn = piece.bindMemory(to: UInt8.self).baseAddress
    var availableIn = piece.count
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.chunkSize) { chunk in
      while true {
        var nextOut = chunk.baseAddress
        var availableOut = Self.chunkSize
        let status = BrotliDecoderDecompressStream(
          decoder, &availableIn, &nextIn, &availableOut, &nextOut, nil)
        let produced = Self.chunkSize - availableOut
        let taken = min(produced, limit - output.count)
        output += UnsafeBufferPointer(rebasing: chunk[..<taken])
        if taken < produced { return .full }
        switch status {
        case BROTLI_DECODER_RESULT_SUCCESS: return .ended
        case BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT: return .hungry
        case BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT: continue
        default: return .broken
        }
      }
    }
  }
}
