internal import UntrailBytes
internal import UntrailModel

/// A value of an attribute that is a property list.
indirect enum AttributeValue {
  case text(String)
  case number(Int)
  case real(Double)
  case flag(Bool)
  /// Seconds since 2001-01-01 in UTC.
  case date(Double)
  case data([UInt8])
  case list([AttributeValue])
  case dictionary([(key: String, value: AttributeValue)])
  case null

  /// Seconds from 1970 to 2001.
  static let epoch: Int64 = 978_307_200

  /// The time of a date; nil for one that no clock said.
  var timestamp: Timestamp? {
    guard case .date(let seconds) = self, seconds.isFinite, abs(seconds) < 1e11 else { return nil }
    let civilSeconds = Int64(seconds.rounded(.down)) + Self.epoch
    guard civilSeconds > 0, civilSeconds <= Timestamp.lastSecond else { return nil }
    return Timestamp(civilSeconds: civilSeconds, utcOffsetMinutes: 0)
  }

  /// The texts of a text or of a list of texts.
  var texts: [String] {
    switch self {
    case .text(let text): [text]
    case .list(let values): values.flatMap { if case .text(let text) = $0 { [text] } else { [String]() } }
    default: []
    }
  }

  subscript(key: String) -> AttributeValue? {
    guard case .dictionary(let pairs) = self else { return nil }
    return pairs.first { $0.key == key }?.value
  }
}

/// Binary property lists, as the values of attributes are.
///
///     "bplist00"
///     objects: TN, T is the type and N the length; length 15: a number follows that is the length
///     a table of their offsets, of as many bytes each as the trailer says
///     trailer, 32 bytes: 00 * 6, bytes of an offset, bytes of a reference, number of objects (8 bytes), the top
///     one (8), where the table is (8)
///
/// Source: Apple, CFBinaryPList.c (Core Foundation, published source).
struct AttributeList {
  private let bytes: [UInt8]
  private let limits: Limits
  private var offsetSize = 0
  private var referenceSize = 0
  private var count = 0
  private var table = 0
  private var objectsLeft = 0

  static let magic = Array("bplist00".utf8)

  /// - Throws: where the structure breaks off, or the list holds more than the limits allow.
  static func decode(_ bytes: [UInt8], _ limits: Limits) throws(ParseError) -> AttributeValue {
    var list = AttributeList(bytes: bytes, limits: limits)
    return try list.decodeTop()
  }

  private init(bytes: [UInt8], limits: Limits) {
    self.bytes = bytes
    self.limits = limits
    objectsLeft = limits.entries
  }

  private mutating func decodeTop() throws(ParseError) -> AttributeValue {
    guard bytes.count >= 40, bytes.starts(with: Self.magic) else {
      throw ParseError(.malformed, at: 0, "no binary property list")
    }
    let trailer = bytes.count - 32
    offsetSize = Int(bytes[trailer + 6])
    referenceSize = Int(bytes[trailer + 7])
    count = try integer(trailer + 8, 8)
    table = try integer(trailer + 24, 8)
    guard (1...8).contains(offsetSize), (1...8).contains(referenceSize), count > 0, count <= bytes.count,
      table <= trailer, count * offsetSize <= trailer - table
    else { throw ParseError(.malformed, at: trailer, "the end of a property list is not as it must be") }
    return try object(try integer(trailer + 16, 8), depth: 0)
  }

  /// A number of `size` bytes, not negative.
  private func integer(_ offset: Int, _ size: Int) throws(ParseError) -> Int {
    guard offset >= 0, size >= 0, offset <= bytes.count, size <= bytes.count - offset else {
      throw ParseError(
        .truncated, at: min(max(offset, 0), bytes.count), "a property list ends inside a value")
    }
    var value: UInt64 = 0
    for byte in bytes[offset..<(offset + size)] { value = value << 8 | UInt64(byte) }
    return Int(clamping: value)
  }

  private mutating func object(_ reference: Int, depth: Int) throws(ParseError) -> AttributeValue {
    guard reference < count else {
      throw ParseError(.malformed, at: 0, "a property list names a value that is not there")
    }
    objectsLeft -= 1
    guard depth <= limits.nesting, objectsLeft >= 0 else {
      throw ParseError(.limit, at: 0, "a property list is too deep or too long")
    }
    let offset = try integer(table + reference * offsetSize, offsetSize)
    let marker = UInt8(try integer(offset, 1))
    let (type, low) = (marker >> 4, Int(marker & 15))
    switch type {
    case 0: return low == 8 ? .flag(false) : low == 9 ? .flag(true) : .null
    case 1:
      guard low <= 4 else { return .null }
      return .number(try signed(offset + 1, 1 << low))
    case 2: return low == 3 ? .real(try real(offset + 1)) : low == 2 ? .real(try single(offset + 1)) : .null
    case 3: return .date(try real(offset + 1))
    case 8: return .number(try integer(offset + 1, low + 1))
    case 4, 5, 6, 7, 10, 11, 12, 13: break
    default: return .null
    }
    let (length, start) = try lengthAndStart(offset, low)
    switch type {
    case 4: return .data(try run(start, length))
    case 5, 7: return .text(String(decoding: try run(start, length), as: UTF8.self))
    case 6: return .text(try utf16(start, length))
    case 13: return try dictionary(start, length, depth)
    default:
      var values: [AttributeValue] = []
      for index in 0..<length {
        values.append(
          try object(try integer(start + index * referenceSize, referenceSize), depth: depth + 1))
      }
      return .list(values)
    }
  }

  private mutating func dictionary(
    _ start: Int, _ length: Int, _ depth: Int
  ) throws(ParseError) -> AttributeValue {
    var pairs: [(key: String, value: AttributeValue)] = []
    for index in 0..<length {
      let key = try object(try integer(start + index * referenceSize, referenceSize), depth: depth + 1)
      let value = try object(
        try integer(start + (length + index) * referenceSize, referenceSize), depth: depth + 1)
      if case .text(let text) = key { pairs.append((text, value)) }
    }
    return .dictionary(pairs)
  }

  private func lengthAndStart(
    _ offset: Int, _ low: Int
  ) throws(ParseError) -> (length: Int, start: Int) {
    guard low == 15 else { return (low, offset + 1) }
    let marker = try integer(offset + 1, 1)
    guard marker >> 4 == 1, marker & 15 <= 3 else {
      throw ParseError(.malformed, at: offset, "a value of a property list has no length")
    }
    let size = 1 << (marker & 15)
    let length = try integer(offset + 2, size)
    guard length <= bytes.count else {
      throw ParseError(.truncated, at: offset, "a property list ends inside a value")
    }
    return (length, offset + 2 + size)
  }

  private func run(_ start: Int, _ length: Int) throws(ParseError) -> [UInt8] {
    _ = try integer(start, 0)
    guard length <= bytes.count - start else {
      throw ParseError(.truncated, at: start, "a property list ends inside a value")
    }
    return Array(bytes[start..<(start + length)])
  }

  private func utf16(_ start: Int, _ length: Int) throws(ParseError) -> String {
    let run = try run(start, 2 * length)
    let units = stride(from: 0, to: run.count - 1, by: 2).map { UInt16(run[$0]) << 8 | UInt16(run[$0 + 1]) }
    return String(decoding: units, as: UTF16.self)
  }

  private func signed(_ start: Int, _ size: Int) throws(ParseError) -> Int {
    // Only numbers of eight bytes have a sign; of sixteen the lower half counts.
    let run = try run(start, size).suffix(8)
    var value: UInt64 = 0
    for byte in run { value = value << 8 | UInt64(byte) }
    return Int(Int64(bitPattern: value))
  }

  private func real(_ start: Int) throws(ParseError) -> Double {
    var bits: UInt64 = 0
    for byte in try run(start, 8) { bits = bits << 8 | UInt64(byte) }
    return Double(bitPattern: bits)
  }

  private func single(_ start: Int) throws(ParseError) -> Double {
    Double(Float(bitPattern: UInt32(truncatingIfNeeded: try integer(start, 4))))
  }
}
