internal import UntrailBytes
internal import UntrailModel

/// One value of a list of metadata.
///
///     SS SS SS SS "data" TT TT TT TT LL LL LL LL value      type, locale
///
/// Source: Apple, QuickTime File Format, Metadata, Well-Known Types.
struct MetadataValue {
  let type: UInt32
  let bytes: ByteView

  /// - Parameter box: the body of a `data` box.
  init(_ box: ByteView) throws(ParseError) {
    type = try box.u32(at: 0, .big) & 0xFF_FFFF
    bytes = box.dropping(8)
  }

  /// The value of a block that begins with a `data` box; nil for another.
  static func first(in block: ByteView) throws(ParseError) -> MetadataValue? {
    guard block.count > 16, try block.u32(at: 4, .big) == FourCC("data").value else { return nil }
    let size = Int(try block.u32(at: 0, .big))
    return try MetadataValue(block.dropping(8).prefix(size > 16 ? size - 8 : block.count - 8))
  }

  var isPicture: Bool {
    let heads: [[UInt8]] = [
      [0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47], [0x42, 0x4D], [0x47, 0x49, 0x46],
    ]
    return [0, 13, 14, 27].contains(type) && heads.contains { bytes.begins(with: $0) }
  }

  /// The value in words or digits; nil where it has neither.
  func text(_ limits: Limits) throws(ParseError) -> String? {
    switch type {
    case 2, 5: return try MovieText.utf16(bytes, limits)
    case 21, 65, 66, 67, 74:
      return try number().map { number in
        let shift = UInt64(64 - 8 * bytes.count)
        return String(Int64(bitPattern: number << shift) >> Int64(shift))
      }
    case 22, 75, 76, 77, 78: return try number().map { String($0) }
    case 23 where bytes.count == 4: return try Self.written(Double(Float(bitPattern: bytes.u32(at: 0, .big))))
    case 24 where bytes.count == 8: return try Self.written(Double(bitPattern: bytes.u64(at: 0, .big)))
    case 0, 1, 3, 4: return try MovieText.plain(bytes, limits)
    default: return nil
    }
  }

  private static func written(_ number: Double) -> String? { number.isFinite ? "\(number)" : nil }

  private func number() throws(ParseError) -> UInt64? {
    guard (1...8).contains(bytes.count) else { return nil }
    return try bytes.withBytes(at: 0, count: bytes.count) { run throws(ParseError) in
      run.reduce(0) { $0 << 8 | UInt64($1) }
    }
  }
}
