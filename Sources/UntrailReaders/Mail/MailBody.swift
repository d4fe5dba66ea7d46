internal import UntrailModel

/// Decodes the body of a part of a message line by line, up to a number of bytes.
///
/// Source: RFC 2045, section 6; POSIX.1-2017, uuencode.
struct MailBody {
  enum Encoding {
    case plain
    case base64
    case quotedPrintable
    case uuencode

    init(_ name: String) {
      switch name {
      case "base64": self = .base64
      case "quoted-printable": self = .quotedPrintable
      case "x-uuencode", "uuencode", "x-uue", "x-uu": self = .uuencode
      default: self = .plain
      }
    }
  }

  private(set) var bytes: [UInt8] = []
  /// Whether there is more than is kept.
  private(set) var isCut = false
  private let encoding: Encoding
  private let limit: Int
  /// Bits of base64 that are not yet a byte.
  private var bits: UInt32 = 0
  private var bitCount = 0
  private var isInside = false

  init(_ encoding: Encoding, limit: Int, isInside: Bool = false) {
    self.encoding = encoding
    self.limit = limit
    self.isInside = isInside
  }

  mutating func take(_ line: [UInt8]) {
    guard !isCut else { return }
    switch encoding {
    case .plain: bytes += line
    case .quotedPrintable: bytes += QuotedPrintable.decode(line[...])
    case .base64: takeBase64(line)
    case .uuencode: takeUuencoded(line.withoutLineEnd)
    }
    guard bytes.count > limit else { return }
    bytes.removeSubrange(limit...)
    isCut = true
  }

  /// Ends the part: the last line end belongs to what follows it.
  mutating func end() {
    guard encoding == .plain || encoding == .quotedPrintable else { return }
    bytes.removeLast(bytes.count - bytes.withoutLineEnd.count)
  }

  private mutating func takeBase64(_ line: [UInt8]) {
    for byte in line {
      let value: UInt32
      switch byte {
      case 0x41...0x5A: value = UInt32(byte) - 0x41
      case 0x61...0x7A: value = UInt32(byte) - 0x61 + 26
      case 0x30...0x39: value = UInt32(byte) - 0x30 + 52
      case 0x2B: value = 62
      case 0x2F: value = 63
      case 0x3D:
        (bits, bitCount) = (0, 0)
        continue
      default: continue
      }
      bits = bits << 6 | value
      bitCount += 6
      if bitCount >= 8 {
        bitCount -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
      }
    }
  }

  private mutating func takeUuencoded(_ line: ArraySlice<UInt8>) {
    if Self.uuencodedName(line) != nil {
      isInside = true
      return
    }
    guard isInside, let first = line.first else { return }
    if line.elementsEqual("end".utf8) {
      isInside = false
      return
    }
    let count = Int((first &- 0x20) & 0x3F)
    var group: [UInt8] = []
    var left = count
    // Blanks at the end of a line, which stand for zeros, get lost on the way.
    for byte in Array(line.dropFirst()) + [0x20, 0x20, 0x20] where left > 0 {
      group.append((byte &- 0x20) & 0x3F)
      guard group.count == 4 else { continue }
      let three = [group[0] << 2 | group[1] >> 4, group[1] << 4 | group[2] >> 2, group[2] << 6 | group[3]]
      bytes += three.prefix(left)
      left -= min(left, 3)
      group = []
    }
  }

  /// The name in a line that begins a file: begin 644 NAME. Nil where it is none.
  static func uuencodedName(_ line: some Collection<UInt8>) -> [UInt8]? {
    guard line.starts(with: "begin ".utf8) else { return nil }
    let rest = line.dropFirst(6)
    let mode = rest.prefix { $0 >= 0x30 && $0 <= 0x37 }
    let name = rest.dropFirst(mode.count)
    guard (3...4).contains(mode.count), name.first == 0x20, name.count > 1 else { return nil }
    return Array(name.dropFirst())
  }
}
