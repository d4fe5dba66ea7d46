internal import UntrailBytes
internal import UntrailModel

/// The part of a JSON text that is looked at, as UTF-8: what is left of one piece of the file, then the next piece.
///
/// Source: RFC 8259, section 8.1; The Unicode Standard, section 3.10 (byte order mark).
final class JSONWindow {
  /// Bytes kept in front of a new piece at most, and bytes that a piece becomes at most: two of UTF-16 make three.
  static let keptLimit = 64 << 10
  private static let pieceLimit = PieceReader.pieceSize / 2 * 3 + 4

  private let pieces: PieceReader
  let base: UnsafeMutablePointer<UInt8>
  /// Bytes that are there.
  private(set) var count = 0
  /// The next byte to look at.
  var index = 0
  /// Bytes from the start of the source to `base`.
  private var start = 0
  private var encoding: Encoding?
  /// The first half of a UTF-16 unit at the end of a piece, and of a pair of units.
  private var halfUnit: UInt8?
  private var highSurrogate: UInt16?

  private enum Encoding {
    case utf8
    case utf16(isBig: Bool)
  }

  init(_ pieces: PieceReader) {
    self.pieces = pieces
    base = .allocate(capacity: Self.keptLimit + Self.pieceLimit)
  }

  deinit { base.deallocate() }

  /// Bytes from the start of the source to a place in the window; nil where the text is not written in UTF-8.
  func offset(_ index: Int) -> Int? {
    if case .utf16 = encoding { nil } else { start + index }
  }

  /// Takes the next piece behind what stands from `kept` on, which moves to the front.
  ///
  /// - Parameter kept: of it and what follows there are at most `keptLimit` bytes.
  /// - Returns: false at the end of the text; then nothing moves.
  func fill(keeping kept: Int) throws(ParseError) -> Bool {
    var kept = kept
    while let piece = try pieces.next() {
      let length = count - kept
      guard length <= Self.keptLimit else {
        throw ParseError(.limit, at: piece.offset, "a word of JSON longer than is looked at")
      }
      base.update(from: base + kept, count: length)
      index -= kept
      count = length
      append(piece.bytes)
      start = piece.offset + piece.bytes.count - count
      if count > length { return true }
      kept = 0
    }
    return false
  }

  /// Forgets what stands behind `end`, for a word that is longer than what is kept of one.
  func forget(behind end: Int) {
    start += count - end
    count = end
  }

  private func append(_ piece: UnsafeRawBufferPointer) {
    var bytes = piece[...]
    if encoding == nil { bytes = begin(bytes) }
    switch encoding {
    case .utf16(let isBig):
      for byte in bytes { append(byte, isBig) }
    default:
      guard let from = UnsafeRawBufferPointer(rebasing: bytes).baseAddress else { return }
      UnsafeMutableRawPointer(base + count).copyMemory(from: from, byteCount: bytes.count)
      count += bytes.count
    }
  }

  /// Tells the encoding by the byte order mark, or by the zeros that UTF-16 has beside the first sign.
  private func begin(_ bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
    encoding = .utf8
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return bytes.dropFirst(3) }
    guard bytes.count >= 2 else { return bytes }
    let pair = (bytes[bytes.startIndex], bytes[bytes.startIndex + 1])
    switch pair {
    case (0xFF, 0xFE), (0xFE, 0xFF):
      encoding = .utf16(isBig: pair.0 == 0xFE)
      return bytes.dropFirst(2)
    case (0, 1...), (1..., 0): encoding = .utf16(isBig: pair.0 == 0)
    default: break
    }
    return bytes
  }

  private func append(_ byte: UInt8, _ isBig: Bool) {
    guard let first = halfUnit else {
      halfUnit = byte
      return
    }
    halfUnit = nil
    let unit = isBig ? UInt16(first) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(first)
    let high = highSurrogate
    highSurrogate = nil
    var scalar = Unicode.Scalar(unit) ?? "\u{FFFD}"
    if (0xD800...0xDBFF).contains(unit) {
      highSurrogate = unit
      return
    }
    if let high, (0xDC00...0xDFFF).contains(unit) {
      scalar =
        Unicode.Scalar(0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)) ?? "\u{FFFD}"
    }
    for code in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
      base[count] = code
      count += 1
    }
  }
}
