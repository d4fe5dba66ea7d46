internal import UntrailBytes
internal import UntrailModel

/// Decompresses the blocks of one file, so that none of them and not all together become more than they may.
///
/// A block may become 64 KiB whatever its size, beyond that 256 times its own bytes, and never more than one structure
/// may have. All blocks of a file together may become sixteen times that.
struct Decompressor {
  /// What came out of a block.
  struct Output {
    var bytes: [UInt8]
    /// Why there is no more; nil where the block is whole.
    var flaw: ParseError?

    /// The bytes as a block to decode. Its offsets are no places in the file.
    var view: ByteView { ByteView(ByteSource(bytes: bytes, isJoined: true), start: 0, count: bytes.count) }
  }

  enum Method {
    /// With the head and the checksum of RFC 1950.
    case zlib
    /// RFC 7932.
    case brotli
  }

  private static let freeOutput = 64 << 10
  private static let ratio = 256
  private static let blocksAtLimit = 16
  /// Bytes that are read of a block at once.
  private static let pieceSize = 16 << 10

  private let structureLimit: Int
  private var bytesLeft: Int

  init(_ limits: Limits) {
    structureLimit = limits.structure
    bytesLeft = Self.blocksAtLimit * limits.structure
  }

  /// The block's content, as far as it could be got at.
  mutating func decompress(_ block: ByteView, _ method: Method) -> Output {
    let fair = max(Self.freeOutput, block.count.multipliedReportingOverflow(by: Self.ratio).partialValue)
    let limit = min(bytesLeft, structureLimit, fair)
    let output =
      switch method {
      case .zlib: Self.run(InflateStream(), block, limit)
      case .brotli: Self.run(BrotliStream(), block, limit)
      }
    bytesLeft -= output.bytes.count
    return output
  }

  private static func run<Stream: DecompressionStream & ~Copyable>(
    _ stream: consuming Stream?, _ block: ByteView, _ limit: Int
  ) -> Output {
    var output = Output(bytes: [])
    guard var stream else {
      output.flaw = ParseError(.system, at: block.start, "no memory for decompression")
      return output
    }
    var offset = 0
    do throws(ParseError) {
      while offset < block.count {
        let length = min(pieceSize, block.count - offset)
        let state = try block.withBytes(at: offset, count: length) { run throws(ParseError) in
          stream.feed(run, into: &output.bytes, limit: limit)
        }
        switch state {
        case .ended: return output
        case .hungry: offset += length
        case .full:
          throw ParseError(
            .limit, at: block.start, "a compressed block that becomes more than \(limit) bytes")
        case .broken:
          throw ParseError(.malformed, at: block.start, "a compressed block whose bytes are none")
        }
      }
      throw ParseError(.truncated, at: block.start + block.count, "a compressed block without its end")
    } catch {
      output.flaw = error
      return output
    }
  }
}

/// One library's decompression of one block.
protocol DecompressionStream: ~Copyable {
  /// Appends what a piece of the block becomes to `output`, up to `limit` bytes of it in all.
  mutating func feed(
    _ piece: UnsafeRawBufferPointer, into output: inout [UInt8], limit: Int
  ) -> DecompressionState
}

enum DecompressionState {
  /// All of the piece is used; another must follow.
  case hungry
  case ended
  /// The limit is reached, and there is more.
  case full
  case broken
}
