internal import UntrailBytes

/// How the messages of one local type are laid out, from the definition message:
///
///     00 | 01            reserved; 1: numbers are big-endian
///     GG GG              global message number
///     NN, NN * (number, bytes, base type)
///     with developer data: NN, NN * (number, bytes, developer)
///
/// Source: Garmin, Flexible and Interoperable Data Transfer (FIT) Protocol, "Record Content".
struct FITDefinition {
  struct Field {
    var number: UInt8
    var base: UInt8
    var size: Int
    /// Bytes from the start of the message's content.
    var offset: Int
  }

  let message: UInt16
  let order: ByteOrder
  /// Bytes of the message's content, with what stands there for developers.
  private(set) var byteCount = 0
  private(set) var fields: [Field] = []
  let hasDeveloperFields: Bool

  /// - Parameters:
  ///   - bytes: the reserved byte, the order, the message number and what is behind them.
  ///   - hasDeveloperFields: as the record header says.
  init(_ bytes: UnsafeRawBufferPointer, hasDeveloperFields: Bool) {
    order = bytes[1] == 1 ? .big : .little
    message =
      order.isBig ? UInt16(bytes[2]) << 8 | UInt16(bytes[3]) : UInt16(bytes[3]) << 8 | UInt16(bytes[2])
    self.hasDeveloperFields = hasDeveloperFields
    let count = Int(bytes[4])
    fields.reserveCapacity(count)
    for index in 0..<count {
      let at = 5 + 3 * index
      let size = Int(bytes[at + 1])
      fields.append(Field(number: bytes[at], base: bytes[at + 2], size: size, offset: byteCount))
      byteCount += size
    }
    guard hasDeveloperFields else { return }
    let place = 5 + 3 * count
    for index in 0..<Int(bytes[place]) { byteCount += Int(bytes[place + 1 + 3 * index + 1]) }
  }
}

/// One message of a FIT file: its fields by number.
///
///     base type  00 enum  01 int8  02 uint8  83 int16  84 uint16  85 int32  86 uint32  07 string
///                88 float32  89 float64  0A uint8z  8B uint16z  8C uint32z  0D byte  8E int64  8F uint64
///                90 uint64z
///
/// A number that is not known has all bits set; of signed ones, all but the highest; of those with a z, none.
///
/// Source: Garmin, FIT Protocol, "Base Types".
struct FITMessage {
  let definition: FITDefinition
  /// The content, as long as the definition says.
  let bytes: UnsafeRawBufferPointer
  /// Bytes from the start of the file to the content.
  let offset: Int

  func place(_ number: UInt8) -> Int? { field(number).map { offset + $0.offset } }

  private func field(_ number: UInt8) -> FITDefinition.Field? {
    definition.fields.first { $0.number == number }
  }

  /// The number in a field, its first where there are several; nil where it is not there or not known.
  func number(_ number: UInt8) -> Int64? {
    field(number).flatMap { value($0, at: 0) }
  }

  /// All numbers of a field that holds several, without those that are not known.
  func numbers(_ number: UInt8) -> [Int64] {
    guard let field = field(number), let size = Self.size(field.base), size > 0 else { return [] }
    return (0..<(field.size / size)).compactMap { value(field, at: $0) }
  }

  /// The text in a field, up to the first NUL; nil where it is empty or no text.
  func text(_ number: UInt8) -> String? {
    guard let field = field(number), field.base == 0x07 else { return nil }
    guard let text = ExifText.ascii(UnsafeRawBufferPointer(rebasing: content(field))) else { return nil }
    return BoundedText.isPrintable(text) ? text : nil
  }

  /// The bytes of a field; nil where all are FF or all are zero.
  func identifier(_ number: UInt8) -> String? {
    guard let field = field(number), field.size > 0 else { return nil }
    let bytes = content(field)
    if bytes.allSatisfy({ $0 == 0xFF }) || bytes.allSatisfy({ $0 == 0 }) { return nil }
    return HexText.of(bytes)
  }

  private func content(_ field: FITDefinition.Field) -> Slice<UnsafeRawBufferPointer> {
    bytes[field.offset..<(field.offset + field.size)]
  }

  private static func size(_ base: UInt8) -> Int? {
    switch base & 0x1F {
    case 0x00, 0x01, 0x02, 0x0A, 0x0D: 1
    case 0x03, 0x04, 0x0B: 2
    case 0x05, 0x06, 0x0C: 4
    case 0x0E, 0x0F, 0x10: 8
    default: nil
    }
  }

  private func value(_ field: FITDefinition.Field, at index: Int) -> Int64? {
    guard let size = Self.size(field.base), field.size >= size * (index + 1) else { return nil }
    let start = field.offset + size * index
    var bits: UInt64 = 0
    for step in 0..<size {
      let byte = bytes[start + (definition.order.isBig ? step : size - 1 - step)]
      bits = bits << 8 | UInt64(byte)
    }
    let shift = UInt64(64 - 8 * size)
    let all = UInt64.max >> shift
    switch field.base & 0x1F {
    case 0x01, 0x03, 0x05, 0x0E:
      if bits == all >> 1 { return nil }
      return Int64(bitPattern: bits << shift) >> Int64(shift)
    case 0x0A, 0x0B, 0x0C, 0x10:
      return bits == 0 ? nil : Int64(exactly: bits)
    default:
      return bits == all ? nil : Int64(exactly: bits)
    }
  }
}
