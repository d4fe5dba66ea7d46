/// A drawn picture in grey, 16 by 12 squares of one shade each.
///
/// Nothing of it is a photograph, and its bytes come from the arithmetic below.
struct SmallPicture {
  static let columns = 16
  static let rows = 12

  /// What is drawn: a tower, a bridge, a house or a page.
  enum Motif: Int {
    case tower
    case bridge
    case house
    case page
  }

  var motif: Motif

  /// The shade of a square, 0 (black) to 255.
  func shade(_ column: Int, _ row: Int) -> Int {
    switch motif {
    case .tower where abs(2 * column - 15) <= row / 2: return 70
    case .bridge where row == 6 || row > 6 && column % 5 == 2: return 60
    case .house where row > 5 && (4...11).contains(column) || row == 5 && (5...10).contains(column):
      return 110
    case .page: return row % 2 == 1 && (2...13).contains(column) ? 90 : 240
    default: return row >= 9 ? 140 : 215 - 4 * row
    }
  }
}

/// A JPEG file of a small picture: baseline, grey, each square of 8 by 8 pixels coded by its mean alone.
///
///     SOI  [APP1 "Exif"]  DQT  SOF0  DHT (DC)  DHT (AC)  SOS  data  EOI
///
/// Source: ITU-T T.81, annexes B, F.1.2.1 and K.3.1.
struct SmallJPEG {
  var picture: SmallPicture
  /// A TIFF block; empty for a file without EXIF.
  var exif: [UInt8] = []

  /// How many codes of each length the table K.3 has, for the categories 0 to 11 in their order.
  private static let codeCounts: [UInt8] = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]

  var bytes: [UInt8] {
    var bytes: [UInt8] = [0xFF, 0xD8]
    if !exif.isEmpty { bytes += segment(0xE1, Array("Exif\0\0".utf8) + exif) }
    bytes += segment(0xDB, [0] + [UInt8](repeating: 8, count: 64))
    let (width, height) = (8 * SmallPicture.columns, 8 * SmallPicture.rows)
    bytes += segment(0xC0, [8] + BigEndian.short(height) + BigEndian.short(width) + [1, 1, 0x11, 0])
    bytes += segment(0xC4, [0x00] + Self.codeCounts + Array(0...11))
    bytes += segment(0xC4, [0x10, 1] + [UInt8](repeating: 0, count: 15) + [0])
    bytes += segment(0xDA, [1, 1, 0x00, 0, 63, 0])
    return bytes + data + [0xFF, 0xD9]
  }

  private func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
    [0xFF, marker] + BigEndian.short(content.count + 2) + content
  }

  private var data: [UInt8] {
    let codes = Self.codes
    var writer = BitWriter()
    var previous = 0
    for row in 0..<SmallPicture.rows {
      for column in 0..<SmallPicture.columns {
        let value = picture.shade(column, row) - 128
        let difference = value - previous
        previous = value
        let category = Int.bitWidth - difference.magnitude.leadingZeroBitCount
        writer.append(codes[category].code, codes[category].length)
        writer.append(difference < 0 ? difference + (1 << category) - 1 : difference, category)
        // The end of the block, the only code of the second table.
        writer.append(0, 1)
      }
    }
    return writer.finished
  }

  /// Codes of the categories: ascending, of each length as many as the table says.
  private static var codes: [(code: Int, length: Int)] {
    var codes: [(code: Int, length: Int)] = []
    var code = 0
    for (index, count) in codeCounts.enumerated() {
      for _ in 0..<count {
        codes.append((code, index + 1))
        code += 1
      }
      code <<= 1
    }
    return codes
  }
}

/// Bits from the highest on; a byte FF is followed by a zero.
private struct BitWriter {
  private var bytes: [UInt8] = []
  private var pending = 0
  private var count = 0

  mutating func append(_ value: Int, _ length: Int) {
    for bit in (0..<length).reversed() {
      pending = pending << 1 | (value >> bit & 1)
      count += 1
      if count == 8 { flush() }
    }
  }

  private mutating func flush() {
    bytes.append(UInt8(truncatingIfNeeded: pending))
    if pending == 0xFF { bytes.append(0) }
    (pending, count) = (0, 0)
  }

  /// All bytes, the last filled up with ones.
  var finished: [UInt8] {
    var writer = self
    while writer.count > 0 { writer.append(1, 1) }
    return writer.bytes
  }
}

/// A PNG file of a small picture: 8 bits of grey, one pixel a square, not compressed.
///
///     signature  IHDR  tEXt ...  IDAT  IEND
///
/// Source: PNG (third edition), sections 5 and 11; RFC 1950; RFC 1951, section 3.2.4.
struct SmallPNG {
  var picture: SmallPicture
  /// Keywords and texts in Latin-1.
  var texts: [(keyword: String, text: String)] = []

  var bytes: [UInt8] {
    var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    bytes += chunk(
      "IHDR", BigEndian.long(SmallPicture.columns) + BigEndian.long(SmallPicture.rows) + [8, 0, 0, 0, 0])
    for (keyword, text) in texts { bytes += chunk("tEXt", Array(keyword.utf8) + [0] + Array(text.utf8)) }
    return bytes + chunk("IDAT", stored) + chunk("IEND", [])
  }

  /// One block of zlib as it is.
  private var stored: [UInt8] {
    var rows: [UInt8] = []
    for row in 0..<SmallPicture.rows {
      rows.append(0)
      for column in 0..<SmallPicture.columns { rows.append(UInt8(clamping: picture.shade(column, row))) }
    }
    let length = BigEndian.short(rows.count)
    var block: [UInt8] = [0x78, 0x01, 0x01, length[1], length[0], ~length[1], ~length[0]] + rows
    var (sum, sums) = (1, 0)
    for byte in rows {
      sum = (sum + Int(byte)) % 65521
      sums = (sums + sum) % 65521
    }
    block += BigEndian.long(sums << 16 | sum)
    return block
  }

  private func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
    let checked = Array(type.utf8) + content
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in checked {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return BigEndian.long(content.count) + checked + BigEndian.long(Int(~sum))
  }
}

/// Numbers with their highest byte first.
enum BigEndian {
  static func short(_ value: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
  }

  static func long(_ value: Int) -> [UInt8] { short(value >> 16) + short(value) }
}
