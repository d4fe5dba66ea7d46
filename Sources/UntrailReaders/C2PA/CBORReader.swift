internal import UntrailBytes
internal import UntrailModel

/// Reads CBOR.
///
///     TTTAAAAA                        type (3 bits), value or size of the value (5 bits); the value, big-endian
///     types 0 and 1 number, 2 bytes, 3 text, 4 list, 5 map, 6 tag before a value, 7 float and others
///     AAAAA 11111                     length not known: until FF
///
/// Source: RFC 8949, section 3.
struct CBORReader {
  private let view: ByteView
  private let limits: Limits
  private var offset = 0
  private var valuesLeft: Int
  /// What ended the reading of a list or a map.
  private var flaw: ParseError?

  private init(_ view: ByteView, _ limits: Limits) {
    self.view = view
    self.limits = limits
    valuesLeft = limits.entries
  }

  /// The first value of a block, as far as it can be read; the damage that ended it goes to `result`.
  static func value(of view: ByteView, into result: inout ReadResult, _ limits: Limits) -> DataValue? {
    var reader = CBORReader(view, limits)
    do throws(ParseError) {
      let value = try reader.value(depth: 0)
      if let flaw = reader.flaw { result.damage(flaw) }
      return value
    } catch {
      result.damage(error)
      return nil
    }
  }

  private struct Head {
    var type: UInt8
    var small: UInt8
    /// The number; nil where the length is not known.
    var number: UInt64?
  }

  private mutating func head() throws(ParseError) -> Head {
    guard valuesLeft > 0 else {
      throw ParseError(.limit, at: view.start + offset, "more than \(limits.entries) values of CBOR")
    }
    valuesLeft -= 1
    let first = try view.u8(at: offset)
    let start = offset + 1
    let small = first & 31
    var head = Head(type: first >> 5, small: small, number: UInt64(small))
    var size = 0
    switch small {
    case 0..<24: break
    case 24: (head.number, size) = (UInt64(try view.u8(at: start)), 1)
    case 25: (head.number, size) = (UInt64(try view.u16(at: start, .big)), 2)
    case 26: (head.number, size) = (UInt64(try view.u32(at: start, .big)), 4)
    case 27: (head.number, size) = (try view.u64(at: start, .big), 8)
    case 31: head.number = nil
    default: throw ParseError(.malformed, at: view.start + offset, "a value of CBOR of a reserved size")
    }
    offset = start + size
    return head
  }

  private mutating func value(depth: Int) throws(ParseError) -> DataValue {
    guard depth < limits.nesting else {
      throw ParseError(.limit, at: view.start + offset, "values of CBOR more than \(limits.nesting) deep")
    }
    var head = try head()
    // Tags say what a value stands for, which its place says as well.
    while head.type == 6 { head = try self.head() }
    let start = offset
    switch head.type {
    case 0: return DataValue(content: .number(Double(head.number ?? 0)), start: start)
    case 1: return DataValue(content: .number(-1 - Double(head.number ?? 0)), start: start)
    case 2, 3: return try run(head, depth)
    case 4: return list(head.number, depth)
    case 5: return map(head.number, depth)
    default: return DataValue(content: Self.number(head).map { .number($0) } ?? .other, start: start)
    }
  }

  /// A run of bytes or of text.
  private mutating func run(_ head: Head, _ depth: Int) throws(ParseError) -> DataValue {
    let start = offset
    guard let number = head.number else {
      // In pieces, each a run of its own.
      var text = ""
      while try !isEnd() {
        if case .text(let piece) = try value(depth: depth + 1).content, text.utf8.count <= limits.text {
          text += piece
        }
      }
      return DataValue(content: head.type == 3 ? .text(text) : .other, start: start)
    }
    guard number <= UInt64(view.count - start) else {
      throw ParseError(.truncated, at: view.start + start, "a value of CBOR behind the end of its block")
    }
    let count = Int(number)
    offset += count
    guard head.type == 3 else { return DataValue(content: .bytes(start..<(start + count)), start: start) }
    let text = try view.withBytes(at: start, count: min(count, limits.text + 1)) { run throws(ParseError) in
      String(decoding: run, as: UTF8.self)
    }
    return DataValue(content: .text(text.trimmedText), start: start)
  }

  private mutating func list(_ count: UInt64?, _ depth: Int) -> DataValue {
    let start = offset
    var items: [DataValue] = []
    var left = count ?? .max
    do throws(ParseError) {
      while left > 0, flaw == nil {
        if count == nil, try isEnd() { break }
        items.append(try value(depth: depth + 1))
        left -= 1
      }
    } catch {
      flaw = error
    }
    return DataValue(content: .list(items), start: start)
  }

  private mutating func map(_ count: UInt64?, _ depth: Int) -> DataValue {
    let start = offset
    var pairs: [(key: String, value: DataValue)] = []
    var left = count ?? .max
    do throws(ParseError) {
      while left > 0, flaw == nil {
        if count == nil, try isEnd() { break }
        let key = try value(depth: depth + 1)
        let value = try value(depth: depth + 1)
        if let text = Self.key(key) { pairs.append((text, value)) }
        left -= 1
      }
    } catch {
      flaw = error
    }
    return DataValue(content: .map(pairs), start: start)
  }

  private static func key(_ value: DataValue) -> String? {
    switch value.content {
    case .text(let text): text
    case .number(let number): Int(exactly: number).map { String($0) }
    default: nil
    }
  }

  /// Whether a list of unknown length ends here; steps over its end.
  private mutating func isEnd() throws(ParseError) -> Bool {
    guard try view.u8(at: offset) == 0xFF else { return false }
    offset += 1
    return true
  }

  private static func number(_ head: Head) -> Double? {
    guard let bits = head.number else { return nil }
    let number: Double
    switch head.small {
    case 26: number = Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    case 27: number = Double(bitPattern: bits)
    default: return nil
    }
    return number.isFinite ? number : nil
  }
}
