internal import UntrailBytes
internal import UntrailModel

/// Property lists in their old form, and the lists of texts of localised programs.
///
///     { key = value; "key" = "value"; list = (one, two); bytes = <0fbd777f>; }
///     "key" = "value";           without the braces
///     <*I5> <*R1.5> <*BY> <*D2024-04-28 21:09:02 +0000>     as GNUstep writes numbers and dates
///     // comment     /* comment */
///
/// Source: Apple, "Old-Style ASCII Property Lists" (2010); "String Resources" (2015).
struct WrittenListReader {
  private(set) var flaw: ParseError?

  private let bytes: [UInt8]
  private let base: Int?
  private let limits: Limits
  private var budget: PropertyList.Budget
  private var index = 0

  init(_ bytes: [UInt8], at base: Int?, _ limits: Limits) {
    self.bytes = bytes
    self.base = base
    self.limits = limits
    budget = PropertyList.Budget(limits, byteCount: bytes.count)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
  }

  mutating func read() -> PropertyValue? {
    switch peek() {
    case UInt8(ascii: "{"), UInt8(ascii: "("): return value(depth: 0)
    case nil: return nil
    default:
      let offset = base.map { $0 + index }
      return PropertyValue(content: .dictionary(pairs(depth: 0, isOpen: true)), offset: offset)
    }
  }

  private mutating func note(_ code: ParseError.Code, _ what: String) {
    if flaw == nil { flaw = ParseError(code, at: (base ?? 0) + min(index, bytes.count), what) }
  }

  /// The next byte that is no white space and in no comment; nil at the end.
  private mutating func peek() -> UInt8? {
    while index < bytes.count {
      let byte = bytes[index]
      if byte <= 0x20 {
        index += 1
      } else if byte == UInt8(ascii: "/"), bytes[index...].starts(with: "//".utf8) {
        index = bytes[index...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
      } else if byte == UInt8(ascii: "/"), bytes[index...].starts(with: "/*".utf8) {
        index += 2
        while index < bytes.count, !bytes[index...].starts(with: "*/".utf8) { index += 1 }
        index = min(index + 2, bytes.count)
      } else {
        return byte
      }
    }
    return nil
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    index += 1
    return true
  }

  private mutating func value(depth: Int) -> PropertyValue? {
    budget.values -= 1
    guard budget.values >= 0, depth < PropertyList.nesting else {
      note(.limit, "a property list with more values than are looked at, or deeper")
      index = bytes.count
      return nil
    }
    let first = peek()
    let offset = base.map { $0 + index }
    func made(_ content: PropertyValue.Content) -> PropertyValue {
      PropertyValue(content: content, offset: offset)
    }
    switch first {
    case UInt8(ascii: "{"):
      index += 1
      return made(.dictionary(pairs(depth: depth, isOpen: false)))
    case UInt8(ascii: "("):
      index += 1
      return made(.array(items(depth: depth)))
    case UInt8(ascii: "<"):
      index += 1
      return made(angled())
    case nil:
      note(.truncated, "a property list ends early")
      return nil
    default: return word().map { made(.string($0)) }
    }
  }

  /// - Parameter isOpen: whether the pairs end with the text.
  private mutating func pairs(depth: Int, isOpen: Bool) -> [PropertyValue.Pair] {
    var pairs: [PropertyValue.Pair] = []
    while let byte = peek() {
      if byte == UInt8(ascii: "}") {
        index += 1
        return pairs
      }
      guard let key = word() else { return pairs }
      var pair: PropertyValue.Pair?
      if take(UInt8(ascii: "=")) {
        guard let value = value(depth: depth + 1) else { return pairs }
        pair = PropertyValue.Pair(key: key, value: value)
      }
      // A value without an end may be cut.
      guard take(UInt8(ascii: ";")) || peek() == UInt8(ascii: "}") else {
        note(.malformed, "a property list breaks off")
        return pairs
      }
      if let pair { pairs.append(pair) }
    }
    if !isOpen { note(.truncated, "a property list ends early") }
    return pairs
  }

  private mutating func items(depth: Int) -> [PropertyValue] {
    var items: [PropertyValue] = []
    while let byte = peek() {
      if byte == UInt8(ascii: ")") {
        index += 1
        return items
      }
      guard let item = value(depth: depth + 1) else { return items }
      guard take(UInt8(ascii: ",")) || peek() == UInt8(ascii: ")") else {
        note(.malformed, "a property list breaks off")
        return items
      }
      items.append(item)
    }
    note(.truncated, "a property list ends early")
    return items
  }

  /// What stands between angle brackets: bytes, or a value of GNUstep's.
  private mutating func angled() -> PropertyValue.Content {
    let end = bytes[index...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count
    let inside = bytes[index..<end]
    index = min(end + 1, bytes.count)
    guard inside.first == UInt8(ascii: "*"), inside.count > 2 else {
      return .data(Hexadecimal.bytes(inside)[...])
    }
    let text = String(decoding: inside.dropFirst(2).prefix(64), as: UTF8.self)
    switch inside[inside.startIndex + 1] {
    case UInt8(ascii: "I"): return Int64(text).map { .integer($0) } ?? .null
    case UInt8(ascii: "R"): return Double(text).map { $0.isFinite ? .real($0) : .null } ?? .null
    case UInt8(ascii: "B"): return .boolean(text == "Y")
    case UInt8(ascii: "D"):
      guard let time = WrittenTime.read(text), time.precision != .day else { return .null }
      let seconds = time.civilSeconds - Int64(time.utcOffsetMinutes ?? 0) * 60 - MarkupListReader.epoch
      return .date(Double(seconds))
    default: return .null
    }
  }

  /// A word as it stands, or a text in quotation marks; nil where there is neither.
  private mutating func word() -> String? {
    guard let first = peek() else { return nil }
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      index += 1
      return quoted(first)
    }
    let run = bytes[index...].prefix { Self.isWord($0) }
    guard !run.isEmpty else {
      note(.malformed, "a property list breaks off")
      return nil
    }
    index = run.endIndex
    return String(decoding: run.prefix(limits.text + 1), as: UTF8.self)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
    default: "_$+/:.-@".utf8.contains(byte)
    }
  }

  private mutating func quoted(_ mark: UInt8) -> String? {
    var text: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == mark { return String(decoding: text.prefix(limits.text + 1), as: UTF8.self) }
      guard byte == UInt8(ascii: "\\"), index < bytes.count else {
        text.append(byte)
        continue
      }
      let escape = bytes[index]
      index += 1
      switch escape {
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "U"), UInt8(ascii: "u"):
        let digits = String(decoding: bytes[index...].prefix(4), as: UTF8.self)
        guard let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) else { continue }
        text += Array(String(Character(scalar)).utf8)
        index = min(index + 4, bytes.count)
      default: text.append(escape)
      }
    }
    note(.truncated, "a property list ends inside a text")
    return nil
  }
}
