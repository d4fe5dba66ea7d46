internal import UntrailBytes

/// The encodings of XML text that are not a superset of ASCII, as its first bytes tell them.
///
///     FE FF | 00 3C               UTF-16, big-endian, with or without a byte order mark
///     FF FE | 3C 00               UTF-16, little-endian
///     00 00 FE FF | 00 00 00 3C   UTF-32, big-endian
///     FF FE 00 00 | 3C 00 00 00   UTF-32, little-endian
///
/// What is none of these is UTF-8, or is taken for Windows-1252 where it is not (`UTF8Repair`).
///
/// Source: Extensible Markup Language 1.0 (fifth edition), appendix F; XMP specification part 1, section 7.1.
struct XMLEncoding {
  var width: Int
  var order: ByteOrder

  static func detect(_ pieces: [ByteView]) throws(ParseError) -> XMLEncoding? {
    guard let first = pieces.first, first.count >= 4 else { return nil }
    return switch try first.u32(at: 0, .big) {
    case 0x0000_FEFF, 0x0000_003C: XMLEncoding(width: 4, order: .big)
    case 0xFFFE_0000, 0x3C00_0000: XMLEncoding(width: 4, order: .little)
    case let start where start >> 16 == 0xFEFF || start >> 16 == 0x003C:
      XMLEncoding(width: 2, order: .big)
    case let start where start >> 16 == 0xFFFE || start >> 16 == 0x3C00:
      XMLEncoding(width: 2, order: .little)
    default: nil
    }
  }

  /// The text in UTF-8, with U+FFFD for what is no character.
  ///
  /// - Parameter limit: the most bytes that are read.
  func decode(_ pieces: [ByteView], limit: Int) throws(ParseError) -> [UInt8] {
    var raw: [UInt8] = []
    for piece in pieces {
      var offset = 0
      while offset < piece.count {
        let count = min(piece.count - offset, 1 << 16, piece.source.runLimit)
        guard raw.count + count <= limit else {
          throw ParseError(.limit, at: piece.start + offset, "an XML text longer than \(limit) bytes")
        }
        raw += try piece.source.bytes(at: piece.start + offset, count: count)
        offset += count
      }
    }
    var text = String.UnicodeScalarView()
    let units = raw.count / width
    func unit(_ index: Int) -> UInt32 {
      var value: UInt32 = 0
      for position in 0..<width {
        let byte = raw[index * width + (order.isBig ? position : width - 1 - position)]
        value = value << 8 | UInt32(byte)
      }
      return value
    }
    if width == 2 {
      let words = (0..<units).map { UInt16(truncatingIfNeeded: unit($0)) }
      return Array(String(decoding: words, as: UTF16.self).utf8)
    }
    for index in 0..<units { text.append(Unicode.Scalar(unit(index)) ?? "\u{FFFD}") }
    return Array(String(text).utf8)
  }
}

/// Makes UTF-8 of bytes that are only partly so: each byte that belongs to no character is taken for one of
/// Windows-1252, which is what writers of one byte a character mean.
enum UTF8Repair {
  static func isValid(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        guard let length = length(bytes, at: index) else { return false }
        index += length
      }
      return true
    }
  }

  /// The bytes made valid, and where they and what was dropped now stand.
  static func repaired(
    _ bytes: [UInt8], _ runs: [XMLText.Run], _ drops: [XMLText.Drop]
  ) -> ([UInt8], [XMLText.Run], [XMLText.Drop]) {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 64)
    var newRuns: [XMLText.Run] = []
    var newDrops: [XMLText.Drop] = []
    var nextRun = 0
    var nextDrop = 0
    bytes.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        while nextDrop < drops.count, drops[nextDrop].at <= index {
          newDrops.append(XMLText.Drop(at: result.count, count: drops[nextDrop].count))
          nextDrop += 1
        }
        while nextRun < runs.count, runs[nextRun].start <= index {
          newRuns.append(XMLText.Run(start: result.count, place: runs[nextRun].place))
          nextRun += 1
        }
        if let length = length(bytes, at: index) {
          result += bytes[index..<(index + length)]
          index += length
          continue
        }
        result += ExifText.character(windows1252: bytes[index]).utf8
        index += 1
        if let run = nextRun > 0 ? runs[nextRun - 1] : nil {
          newRuns.append(
            XMLText.Run(start: result.count, place: run.place.map { $0 + (index - run.start) }))
        }
      }
    }
    for drop in drops[nextDrop...] { newDrops.append(XMLText.Drop(at: result.count, count: drop.count)) }
    return (result, newRuns, newDrops)
  }

  /// Bytes of the character that begins here; nil where none does.
  ///
  /// Source: The Unicode Standard, table 3-7.
  private static func length(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
    let first = bytes[index]
    if first < 0x80 { return 1 }
    func isTail(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      index + offset < bytes.count && range.contains(bytes[index + offset])
    }
    switch first {
    case 0xC2...0xDF: return isTail(1) ? 2 : nil
    case 0xE0: return isTail(1, 0xA0...0xBF) && isTail(2) ? 3 : nil
    case 0xED: return isTail(1, 0x80...0x9F) && isTail(2) ? 3 : nil
    case 0xE1...0xEF: return isTail(1) && isTail(2) ? 3 : nil
    case 0xF0: return isTail(1, 0x90...0xBF) && isTail(2) && isTail(3) ? 4 : nil
    case 0xF1...0xF3: return isTail(1) && isTail(2) && isTail(3) ? 4 : nil
    case 0xF4: return isTail(1, 0x80...0x8F) && isTail(2) && isTail(3) ? 4 : nil
    default: return nil
    }
  }
}
