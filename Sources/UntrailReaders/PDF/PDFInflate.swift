internal import UntrailBytes
internal import UntrailModel

/// What the streams of one file may become when they are unpacked.
///
/// A stream may become 1 MiB whatever its packed size, beyond that 256 times as much. All streams together may become
/// as many bytes as are read of one file.
struct PDFUnpacking {
  private static let freeOutput = 1 << 20
  private static let ratio = 256
  private(set) var bytesLeft: Int

  init(_ limits: Limits) { bytesLeft = limits.bytes }

  /// The most bytes that a stream of this packed size may become now.
  func limit(packedSize: Int) -> Int {
    let fair = packedSize.multipliedReportingOverflow(by: Self.ratio)
    return min(bytesLeft, max(Self.freeOutput, fair.overflow ? .max : fair.partialValue))
  }

  mutating func take(_ count: Int) { bytesLeft = max(0, bytesLeft - count) }
}

/// The bytes of one filter, and what was wrong with them.
struct PDFUnpacked {
  var bytes: [UInt8]
  var flaw: ParseError?

  init(_ bytes: [UInt8] = [], flaw: ParseError? = nil) {
    self.bytes = bytes
    self.flaw = flaw
  }

  static func tooLong(_ limit: Int) -> ParseError {
    ParseError(.limit, at: 0, "a stream that becomes more than \(limit) bytes")
  }
}

/// The filter FlateDecode.
///
/// Source: ISO 32000-2:2020, section 7.4.4; RFC 1950.
enum PDFInflate {
  private static let pieceSize = 16 << 10

  static func decode(_ bytes: [UInt8], limit: Int) -> PDFUnpacked {
    var output = inflate(bytes, isRaw: false, limit)
    // Some writers leave out, or damage, the two bytes in front.
    if output.bytes.isEmpty, output.flaw != nil, bytes.count > 2 {
      let raw = inflate(Array(bytes.dropFirst(2)), isRaw: true, limit)
      if !raw.bytes.isEmpty { output = raw }
    }
    return output
  }

  private static func inflate(_ bytes: [UInt8], isRaw: Bool, _ limit: Int) -> PDFUnpacked {
    guard var stream = InflateStream(isRaw: isRaw) else {
      return PDFUnpacked(flaw: ParseError(.system, at: 0, "no memory for decompression"))
    }
    var output: [UInt8] = []
    let flaw = bytes.withUnsafeBytes { run -> ParseError? in
      var offset = 0
      while offset < run.count {
        let length = min(pieceSize, run.count - offset)
        let piece = UnsafeRawBufferPointer(rebasing: run[offset..<(offset + length)])
        switch stream.feed(piece, into: &output, limit: limit) {
        case .ended: return nil
        case .hungry: offset += length
        case .full: return PDFUnpacked.tooLong(limit)
        case .broken: return ParseError(.malformed, at: 0, "a compressed stream whose bytes are none")
        }
      }
      return ParseError(.truncated, at: 0, "a compressed stream without its end")
    }
    return PDFUnpacked(output, flaw: flaw)
  }
}
