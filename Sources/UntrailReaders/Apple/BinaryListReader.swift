internal import UntrailBytes
internal import UntrailModel

/// Property lists in their binary form.
///
///     "bplist00", objects, offsets of the objects, then the trailer: 5 zeros, 1 sort version, 1 size of an offset,
///     1 size of a reference, 8 number of objects, 8 first object, 8 where the offsets start
///
///     00, 08, 09     nothing, false, true         1s         whole number of 2^s bytes
///     22, 23         fraction of 4 or 8 bytes     33         date: seconds since 2001, 8 bytes
///     4n, 5n, 6n     data, ASCII, UTF-16          8n         number of another object, of n + 1 bytes
///     An, Cn         array, set: references       Dn         dictionary: references of keys, then of values
///     n = F: a whole number with the length follows
///
/// All numbers are big-endian. An object may be referred to again and again: what is made of them is counted.
///
/// Source: Apple, CFBinaryPList.c (format comment).
struct BinaryListReader {
  private(set) var flaw: ParseError?

  private let bytes: [UInt8]
  private let base: Int?
  private let limits: Limits
  private var budget: PropertyList.Budget
  private var offsetSize = 0
  private var referenceSize = 0
  private var objectCount = 0
  private var table = 0
  /// Where objects end.
  private var end = 0
  private var texts: [Int: String] = [:]

  init(_ bytes: [UInt8], at base: Int?, _ limits: Limits) {
    self.bytes = bytes
    self.base = base
    self.limits = limits
    budget = PropertyList.Budget(limits, byteCount: bytes.count)
  }

  mutating func read() -> PropertyValue? {
    let trailer = bytes.count - 32
    guard trailer >= 8 else {
      note(.truncated, at: bytes.count, "a binary property list without its end")
      return nil
    }
    offsetSize = Int(bytes[trailer + 6])
    referenceSize = Int(bytes[trailer + 7])
    guard (1...8).contains(offsetSize), (1...8).contains(referenceSize),
      let count = number(trailer + 8, 8), let top = number(trailer + 16, 8),
      let table = number(trailer + 24, 8),
      table >= 8, table < trailer, count >= 1, top < count, (trailer - table) / offsetSize >= count
    else {
      note(.truncated, at: bytes.count, "a binary property list without its end")
      return nil
    }
    objectCount = count
    self.table = table
    end = table
    return value(top, depth: 0)
  }

  private mutating func note(_ code: ParseError.Code, at offset: Int, _ what: String) {
    guard flaw == nil else { return }
    flaw = ParseError(code, at: (base ?? 0) + offset, what)
  }

  /// A big-endian number; nil where it does not stand there or cannot be held.
  private func number(_ offset: Int, _ size: Int) -> Int? {
    guard offset >= 0, size > 0, offset <= bytes.count - size else { return nil }
    var value: UInt64 = 0
    for byte in bytes[offset..<(offset + size)] { value = value << 8 | UInt64(byte) }
    return Int(exactly: value)
  }

  // MARK: Objects

  private mutating func value(_ object: Int, depth: Int) -> PropertyValue? {
    budget.values -= 1
    guard budget.values >= 0 else {
      note(.limit, at: 0, "a property list with more values than are looked at")
      return nil
    }
    guard object < objectCount, let start = number(table + object * offsetSize, offsetSize), start >= 8,
      start < end
    else {
      note(.malformed, at: table, "a property list refers to what is not in it")
      return nil
    }
    let content = content(object, at: start, depth: depth)
    return content.map { PropertyValue(content: $0, offset: base.map { $0 + start }) }
  }

  private mutating func content(_ object: Int, at start: Int, depth: Int) -> PropertyValue.Content? {
    let low = Int(bytes[start] & 0x0F)
    switch bytes[start] >> 4 {
    case 0x0:
      switch low {
      case 0x8: return .boolean(false)
      case 0x9: return .boolean(true)
      default: return .null
      }
    case 0x1: return integer(at: start + 1, size: 1 << low)
    case 0x2: return fraction(at: start + 1, size: 1 << low).map { .real($0) }
    case 0x3: return fraction(at: start + 1, size: 8).map { .date($0) }
    case 0x4: return run(at: start, low, width: 1).map { .data(bytes[$0]) }
    case 0x5, 0x6, 0x7: return text(object, at: start).map { .string($0) }
    case 0x8: return number(start + 1, low + 1).map { .reference($0) }
    case 0xA, 0xB, 0xC:
      return items(at: start, low, parts: 1, depth: depth).map { .array($0) }
    case 0xD: return dictionary(at: start, low, depth: depth)
    default:
      note(.malformed, at: start, "a property list with an object of an unknown kind")
      return nil
    }
  }

  private mutating func integer(at start: Int, size: Int) -> PropertyValue.Content? {
    guard [1, 2, 4, 8, 16].contains(size), start + size <= end else { return truncated(start) }
    // Of 16 bytes, the last 8 are used.
    let used = min(size, 8)
    var value: UInt64 = 0
    for byte in bytes[(start + size - used)..<(start + size)] { value = value << 8 | UInt64(byte) }
    return .integer(Int64(bitPattern: value))
  }

  private mutating func fraction(at start: Int, size: Int) -> Double? {
    guard size == 4 || size == 8, start + size <= end else {
      let nothing: PropertyValue.Content? = truncated(start)
      return nothing.flatMap { _ in nil }
    }
    var value: UInt64 = 0
    for byte in bytes[start..<(start + size)] { value = value << 8 | UInt64(byte) }
    return size == 4
      ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: value))) : Double(bitPattern: value)
  }

  private mutating func truncated<Value>(_ start: Int) -> Value? {
    note(.truncated, at: start, "a property list ends inside an object")
    return nil
  }

  /// The length of an object, and where its content starts.
  private func length(at start: Int, _ low: Int) -> (count: Int, start: Int)? {
    guard low == 0xF else { return (low, start + 1) }
    guard start + 2 <= end, bytes[start + 1] >> 4 == 0x1, bytes[start + 1] & 0xF <= 3 else { return nil }
    let size = 1 << Int(bytes[start + 1] & 0xF)
    return number(start + 2, size).map { ($0, start + 2 + size) }
  }

  private mutating func run(at start: Int, _ low: Int, width: Int) -> Range<Int>? {
    guard let (count, start) = length(at: start, low), start <= end, count <= (end - start) / width else {
      return truncated(start)
    }
    return start..<(start + count * width)
  }

  private mutating func text(_ object: Int, at start: Int) -> String? {
    if let known = texts[object] { return known }
    let isWide = bytes[start] >> 4 == 0x6
    guard let run = run(at: start, Int(bytes[start] & 0xF), width: isWide ? 2 : 1) else { return nil }
    // One byte more than a text may have is taken, so that it is known that there was more.
    let cut = run.prefix(isWide ? 2 * limits.text + 2 : limits.text + 1)
    budget.texts -= cut.count
    guard budget.texts >= 0 else {
      note(.limit, at: start, "a property list with more text than it has bytes")
      return nil
    }
    let text: String
    if isWide {
      let units = stride(from: cut.lowerBound, to: cut.upperBound - 1, by: 2).map {
        UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
      }
      text = String(decoding: units, as: UTF16.self)
    } else {
      text = String(decoding: bytes[cut], as: UTF8.self)
    }
    texts[object] = text
    return text
  }

  // MARK: Containers

  /// The objects that a container refers to, in `parts` runs of equal length.
  private mutating func references(at start: Int, _ low: Int, parts: Int) -> [Int]? {
    guard let (count, start) = length(at: start, low), start <= end,
      count <= (end - start) / referenceSize / parts
    else { return truncated(start) }
    guard count <= budget.values else {
      note(.limit, at: start, "a property list with more values than are looked at")
      return nil
    }
    return (0..<(count * parts)).map { number(start + $0 * referenceSize, referenceSize) ?? .max }
  }

  private mutating func isTooDeep(_ depth: Int, at start: Int) -> Bool {
    guard depth >= PropertyList.nesting else { return false }
    note(.limit, at: start, "a property list more than \(PropertyList.nesting) deep")
    return true
  }

  private mutating func items(at start: Int, _ low: Int, parts: Int, depth: Int) -> [PropertyValue]? {
    guard !isTooDeep(depth, at: start), let references = references(at: start, low, parts: parts) else {
      return nil
    }
    var items: [PropertyValue] = []
    for reference in references {
      guard budget.values > 0 else { break }
      if let item = value(reference, depth: depth + 1) { items.append(item) }
    }
    return items
  }

  private mutating func dictionary(at start: Int, _ low: Int, depth: Int) -> PropertyValue.Content? {
    guard !isTooDeep(depth, at: start), let references = references(at: start, low, parts: 2) else {
      return nil
    }
    let count = references.count / 2
    var pairs: [PropertyValue.Pair] = []
    for index in 0..<count {
      guard budget.values > 0 else { break }
      guard case .string(let key)? = value(references[index], depth: depth + 1)?.content,
        let value = value(references[count + index], depth: depth + 1)
      else { continue }
      pairs.append(PropertyValue.Pair(key: key, value: value))
    }
    return .dictionary(pairs)
  }
}
