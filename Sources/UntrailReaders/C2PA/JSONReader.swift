internal import UntrailBytes
internal import UntrailModel

/// Reads JSON.
///
/// Source: RFC 8259.
struct JSONReader {
  private let bytes: [UInt8]
  private let start: Int
  private let limits: Limits
  private var index = 0
  private var valuesLeft: Int
  /// What ended the reading of a list or a map.
  private var flaw: ParseError?

  /// The value that a block holds, as far as it can be read; the damage that ended it goes to `result`.
  static func value(of view: ByteView, into result: inout ReadResult, _ limits: Limits) -> DataValue? {
    do throws(ParseError) {
      guard view.count <= limits.structure else {
        throw ParseError(.limit, at: view.start, "JSON of more than \(limits.structure) bytes")
      }
      let bytes = try view.withBytes(at: 0, count: view.count) { run throws(ParseError) in Array(run) }
      var reader = JSONReader(bytes: bytes, start: view.start, limits)
      let value = try reader.value(depth: 0)
      if let flaw = reader.flaw { result.damage(flaw) }
      return value
    } catch {
      result.damage(error)
      return nil
    }
  }

  private init(bytes: [UInt8], start: Int, _ limits: Limits) {
    self.bytes = bytes
    self.start = start
    self.limits = limits
    valuesLeft = limits.entries
  }

  private func malformed() -> ParseError {
    ParseError(index < bytes.count ? .malformed : .truncated, at: start + index, "JSON that breaks off")
  }

  /// The next byte that is no white space; 0 at the end.
  private mutating func peek() -> UInt8 {
    while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
    return index < bytes.count ? bytes[index] : 0
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    index += 1
    return true
  }

  private mutating func value(depth: Int) throws(ParseError) -> DataValue {
    guard depth < limits.nesting, valuesLeft > 0 else {
      throw ParseError(.limit, at: start + index, "JSON with too many values, or too deep")
    }
    valuesLeft -= 1
    let byte = peek()
    let place = index
    switch byte {
    case UInt8(ascii: "{"): return DataValue(content: map(depth), start: place)
    case UInt8(ascii: "["): return DataValue(content: list(depth), start: place)
    case UInt8(ascii: "\""):
      return DataValue(content: .text(try string().trimmedText), start: place + 1)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return DataValue(content: number(), start: place)
    case UInt8(ascii: "a")...UInt8(ascii: "z"):
      while index < bytes.count, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[index]) { index += 1 }
      return DataValue(content: .other, start: place)
    default: throw malformed()
    }
  }

  private mutating func map(_ depth: Int) -> DataValue.Content {
    index += 1
    var pairs: [(key: String, value: DataValue)] = []
    if take(UInt8(ascii: "}")) { return .map(pairs) }
    do throws(ParseError) {
      while flaw == nil {
        guard peek() == UInt8(ascii: "\"") else { throw malformed() }
        let key = try string()
        guard take(UInt8(ascii: ":")) else { throw malformed() }
        pairs.append((key, try value(depth: depth + 1)))
        if flaw != nil || take(UInt8(ascii: "}")) { break }
        guard take(UInt8(ascii: ",")) else { throw malformed() }
      }
    } catch {
      flaw = error
    }
    return .map(pairs)
  }

  private mutating func list(_ depth: Int) -> DataValue.Content {
    index += 1
    var items: [DataValue] = []
    if take(UInt8(ascii: "]")) { return .list(items) }
    do throws(ParseError) {
      while flaw == nil {
        items.append(try value(depth: depth + 1))
        if flaw != nil || take(UInt8(ascii: "]")) { break }
        guard take(UInt8(ascii: ",")) else { throw malformed() }
      }
    } catch {
      flaw = error
    }
    return .list(items)
  }

  private mutating func number() -> DataValue.Content {
    let first = index
    while index < bytes.count, index - first < 40, "+-.eE0123456789".utf8.contains(bytes[index]) {
      index += 1
    }
    guard let number = Double(String(decoding: bytes[first..<index], as: UTF8.self)), number.isFinite else {
      return .other
    }
    return .number(number)
  }

  private mutating func string() throws(ParseError) -> String {
    index += 1
    var text: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard index < bytes.count else { throw malformed() }
        index += 1
        switch bytes[index - 1] {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "b"), UInt8(ascii: "f"): text.append(0x20)
        case UInt8(ascii: "u"): text += Array(String(try scalar()).utf8)
        case let other: text.append(other)
        }
      default: text.append(byte)
      }
    }
    throw malformed()
  }

  /// The character of "\uXXXX", or of two of them.
  private mutating func scalar() throws(ParseError) -> Unicode.Scalar {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    let pair: [UInt8] = [UInt8(ascii: "\\"), UInt8(ascii: "u")]
    guard first < 0xDC00, index + 6 <= bytes.count, bytes[index..<(index + 2)].elementsEqual(pair) else {
      return "\u{FFFD}"
    }
    index += 2
    let second = try hexadecimal()
    guard (0xDC00...0xDFFF).contains(second) else { return "\u{FFFD}" }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
  }

  private mutating func hexadecimal() throws(ParseError) -> UInt32 {
    guard index + 4 <= bytes.count,
      let value = UInt32(String(decoding: bytes[index..<(index + 4)], as: UTF8.self), radix: 16)
    else { throw malformed() }
    index += 4
    return value
  }
}
