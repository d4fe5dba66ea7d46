internal import UntrailBytes
internal import UntrailModel

/// One line of a text file.
struct TextLine {
  /// UTF-8, without the line's end.
  var bytes: [UInt8]
  /// Bytes from the start of the file to the line.
  var offset: Int
  /// Whether the line is longer than what is kept of it.
  var isCut: Bool

  var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Reads a text file line by line, in bounded memory: UTF-8, or UTF-16 with a byte order mark, in either order.
///
/// A line ends with LF, CR LF or CR. Of a line longer than `limits.structure` only the beginning is kept.
///
/// Source: The Unicode Standard, section 3.10 (byte order mark).
struct TextLines {
  private let pieces: PieceReader
  private let lineLimit: Int
  private var piece = UnsafeRawBufferPointer(start: nil, count: 0)
  private var pieceOffset = 0
  private var index = 0
  private var isAtEnd = false
  private var wasCarriageReturn = false
  private var encoding: Encoding?
  /// The first half of a UTF-16 unit at the end of a piece, and of a pair of units.
  private var halfUnit: UInt8?
  private var highSurrogate: UInt16?

  private enum Encoding {
    case utf8
    case utf16(isBig: Bool)
  }

  init(_ source: ByteSource, _ limits: Limits) {
    pieces = PieceReader(source, limit: limits.stream)
    lineLimit = limits.structure
  }

  /// The next line; nil at the end. The last line needs no end.
  mutating func next() throws(ParseError) -> TextLine? {
    if encoding == nil { try start() }
    if case .utf16(let isBig) = encoding { return try nextOfUTF16(isBig) }
    guard try fill() else { return nil }
    if wasCarriageReturn {
      wasCarriageReturn = false
      if piece[index] == 0x0A {
        index += 1
        guard try fill() else { return nil }
      }
    }
    var line = TextLine(bytes: [], offset: pieceOffset + index, isCut: false)
    while try fill() {
      let rest = piece[index...]
      let stop = rest.firstIndex { $0 == 0x0A || $0 == 0x0D }
      let part = rest[..<(stop ?? rest.endIndex)]
      line.bytes += part.prefix(lineLimit - line.bytes.count)
      if line.bytes.count == lineLimit, part.count > 0 { line.isCut = true }
      index = part.endIndex
      guard let stop else { continue }
      wasCarriageReturn = piece[stop] == 0x0D
      index = stop + 1
      break
    }
    return line
  }

  /// Whether there is a byte at `index`.
  private mutating func fill() throws(ParseError) -> Bool {
    while index >= piece.count {
      guard !isAtEnd, let next = try pieces.next() else {
        isAtEnd = true
        return false
      }
      (piece, pieceOffset) = next
      index = 0
    }
    return true
  }

  /// Reads the byte order mark.
  private mutating func start() throws(ParseError) {
    encoding = .utf8
    guard try fill() else { return }
    if piece.starts(with: [0xEF, 0xBB, 0xBF]) {
      index = 3
    } else if piece.starts(with: [0xFF, 0xFE]) {
      encoding = .utf16(isBig: false)
      index = 2
    } else if piece.starts(with: [0xFE, 0xFF]) {
      encoding = .utf16(isBig: true)
      index = 2
    }
  }

  private mutating func nextOfUTF16(_ isBig: Bool) throws(ParseError) -> TextLine? {
    guard try fill() else { return nil }
    var line = TextLine(bytes: [], offset: pieceOffset + index, isCut: false)
    var isEnded = false
    while !isEnded, try fill() {
      let byte = piece[index]
      let place = pieceOffset + index
      index += 1
      guard let first = halfUnit else {
        halfUnit = byte
        continue
      }
      halfUnit = nil
      let unit = isBig ? UInt16(first) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(first)
      if unit == 0x0A, wasCarriageReturn, line.bytes.isEmpty {
        wasCarriageReturn = false
        line.offset = place + 1
        continue
      }
      wasCarriageReturn = unit == 0x0D
      isEnded = unit == 0x0A || unit == 0x0D
      if !isEnded { append(unit, to: &line) }
    }
    return isEnded || !line.bytes.isEmpty ? line : nil
  }

  private mutating func append(_ unit: UInt16, to line: inout TextLine) {
    guard line.bytes.count + 4 <= lineLimit else {
      line.isCut = true
      return
    }
    let high = highSurrogate
    highSurrogate = nil
    switch unit {
    case 0xD800...0xDBFF: highSurrogate = unit
    case 0xDC00...0xDFFF:
      let scalar = high.flatMap {
        Unicode.Scalar(0x10000 + (UInt32($0) - 0xD800) << 10 + (UInt32(unit) - 0xDC00))
      }
      line.bytes += Array(String(Character(scalar ?? "\u{FFFD}")).utf8)
    default:
      line.bytes += Array(String(Character(Unicode.Scalar(unit) ?? "\u{FFFD}")).utf8)
    }
  }
}
