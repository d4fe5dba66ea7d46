/// Builds FIT files byte by byte, as the protocol has them.
struct FITBuilder {
  /// A field of a message: its number, base type and bytes.
  struct Field {
    var number: UInt8
    var base: UInt8
    var bytes: [UInt8]
  }

  private(set) var data: [UInt8] = []
  var isBig = false

  private func ordered(_ value: Int, _ size: Int) -> [UInt8] {
    isBig ? Block.big(value, size) : Block.big(value, size).reversed()
  }

  func u8(_ number: UInt8, _ value: Int) -> Field {
    Field(number: number, base: 0x02, bytes: ordered(value, 1))
  }
  func u16(_ number: UInt8, _ value: Int) -> Field {
    Field(number: number, base: 0x84, bytes: ordered(value, 2))
  }
  func u32(_ number: UInt8, _ value: Int) -> Field {
    Field(number: number, base: 0x86, bytes: ordered(value, 4))
  }
  func u32z(_ number: UInt8, _ value: Int) -> Field {
    Field(number: number, base: 0x8C, bytes: ordered(value, 4))
  }
  func text(_ number: UInt8, _ value: String) -> Field {
    Field(number: number, base: 0x07, bytes: Array(value.utf8) + [0])
  }

  /// Degrees as semicircles.
  func degrees(_ number: UInt8, _ value: Double) -> Field {
    let semicircles = Int((value / 180 * 2_147_483_648).rounded())
    return Field(number: number, base: 0x85, bytes: ordered(semicircles, 4))
  }

  /// A definition and one message of it.
  ///
  /// - Parameter developer: bytes of one developer field; none where it is empty.
  mutating func message(_ global: Int, _ fields: [Field], local: UInt8 = 0, developer: [UInt8] = []) {
    data += [0x40 | (developer.isEmpty ? 0 : 0x20) | local, 0, isBig ? 1 : 0] + ordered(global, 2)
    data += [UInt8(fields.count)] + fields.flatMap { [$0.number, UInt8($0.bytes.count), $0.base] }
    if !developer.isEmpty { data += [1, 0, UInt8(developer.count), 0] }
    again(fields, local: local, developer: developer)
  }

  /// One more message of the same definition.
  mutating func again(_ fields: [Field], local: UInt8 = 0, developer: [UInt8] = []) {
    data += [local] + fields.flatMap(\.bytes) + developer
  }

  /// One more message, whose time is five bits of its header.
  mutating func compressed(_ fields: [Field], local: UInt8, seconds: UInt8) {
    data += [0x80 | local << 5 | seconds & 0x1F] + fields.flatMap(\.bytes)
  }

  /// The file, with both checksums.
  var file: [UInt8] {
    var head: [UInt8] = [14, 0x20, 0x3D, 0x08] + Block.big(data.count, 4).reversed() + Array(".FIT".utf8)
    head += Block.big(Self.checksum(head), 2).reversed()
    let body = head + data
    return body + Block.big(Self.checksum(body), 2).reversed()
  }

  /// CRC-16, bit by bit.
  private static func checksum(_ bytes: [UInt8]) -> Int {
    var value = 0
    for byte in bytes {
      value ^= Int(byte)
      for _ in 0..<8 { value = value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xA001 }
    }
    return value
  }

  /// Seconds of FIT for 2026-07-14T09:30:00Z.
  static let start = 1_784_021_400 - 631_065_600
}
