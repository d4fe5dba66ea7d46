internal import UntrailBytes
internal import UntrailModel

/// Splits JSON into its words, front to back, in bounded memory.
///
/// A text may hold several values one after the other, as JSON lines and JSON text sequences do. Control characters
/// in strings are let through.
///
/// Source: RFC 8259; RFC 7464 (sequences).
final class JSONStream {
  enum Word {
    case objectStart
    case objectEnd
    case arrayStart
    case arrayEnd
    case key
    case string
    case number
    case yes
    case no
    case null
    /// The end of the text, outside of all values.
    case end
  }

  private enum Expected {
    case value
    case key
    case colon
    case separator
  }

  private let window: JSONWindow
  private let depthLimit: Int
  private var expected = Expected.value
  /// Whether the innermost list or object has just been opened.
  private var isFresh = false
  /// One bit for each open list or object, the innermost lowest; set for an object.
  private var kinds: UInt64 = 0
  /// Lists and objects that are open.
  private(set) var depth = 0
  private var wordStart = 0
  private var wordEnd = 0
  /// Whether the last key or string has escapes.
  private(set) var hasEscapes = false
  /// Bytes from the start of the source to the last word; nil where the text is not written in UTF-8.
  private(set) var offset: Int?

  /// - Parameter depthLimit: lists and objects inside each other; at most 64.
  init(_ pieces: PieceReader, depthLimit: Int) {
    window = JSONWindow(pieces)
    self.depthLimit = min(depthLimit, UInt64.bitWidth)
  }

  /// The bytes of the last key, string or number, as they are written; valid until the next word. Of a string longer
  /// than `JSONWindow.keptLimit` only the beginning.
  var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: window.base + wordStart, count: wordEnd - wordStart)
  }

  /// - Throws: `truncated` where the text ends inside a value, `malformed` where it is no JSON, `limit` where it is
  ///   too deep or too long.
  func next() throws(ParseError) -> Word {
    guard var byte = try peek() else {
      if depth == 0 { return .end }
      throw ParseError(.truncated, at: place, "the JSON ends inside a value")
    }
    if expected == .colon {
      guard byte == UInt8(ascii: ":") else { throw malformed() }
      byte = try step()
      expected = .value
    } else if depth > 0, !isFresh {
      if byte == UInt8(ascii: ",") {
        byte = try step()
      } else if byte != UInt8(ascii: "}"), byte != UInt8(ascii: "]") {
        throw malformed()
      }
      expected = kinds & 1 == 1 ? .key : .value
    }
    offset = window.offset(window.index)
    isFresh = false
    switch byte {
    case UInt8(ascii: "\""):
      let isKey = expected == .key
      try string()
      expected = isKey ? .colon : .separator
      return isKey ? .key : .string
    case UInt8(ascii: "}"), UInt8(ascii: "]"): return try close(byte)
    case _ where expected == .key: throw malformed()
    case UInt8(ascii: "{"): return try open(isObject: true)
    case UInt8(ascii: "["): return try open(isObject: false)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      try number()
      expected = .separator
      return .number
    default: return try literal()
    }
  }

  /// Goes behind the value that comes next.
  func skipValue() throws(ParseError) {
    let start = depth
    repeat {
      if try next() == .end { return }
    } while depth > start
  }

  // MARK: Words

  private func open(isObject: Bool) throws(ParseError) -> Word {
    guard depth < depthLimit else {
      throw ParseError(.limit, at: place, "JSON more than \(depthLimit) deep")
    }
    window.index += 1
    depth += 1
    kinds = kinds << 1 | (isObject ? 1 : 0)
    isFresh = true
    expected = isObject ? .key : .value
    return isObject ? .objectStart : .arrayStart
  }

  private func close(_ byte: UInt8) throws(ParseError) -> Word {
    let isObject = byte == UInt8(ascii: "}")
    // A value must follow a colon.
    guard depth > 0, kinds & 1 == (isObject ? 1 : 0), !(isObject && expected == .value) else {
      throw malformed()
    }
    window.index += 1
    depth -= 1
    kinds >>= 1
    expected = depth > 0 ? .separator : .value
    return isObject ? .objectEnd : .arrayEnd
  }

  /// Reads to the quotation mark that ends a string or key.
  private func string() throws(ParseError) {
    wordStart = window.index + 1
    hasEscapes = false
    var isCut = false
    var index = wordStart
    while true {
      let base = window.base
      let count = window.count
      while index < count {
        let byte = base[index]
        if byte == UInt8(ascii: "\"") {
          wordEnd = isCut ? min(index, wordStart + JSONWindow.keptLimit) : index
          window.index = index + 1
          return
        }
        if byte == UInt8(ascii: "\\") {
          hasEscapes = true
          index += 1
        }
        index += 1
      }
      let excess = index - count
      if count - wordStart > JSONWindow.keptLimit {
        isCut = true
        window.forget(behind: wordStart + JSONWindow.keptLimit)
      }
      let length = window.count - wordStart
      window.index = window.count
      guard try window.fill(keeping: wordStart) else {
        throw ParseError(.truncated, at: place, "the JSON ends inside a string")
      }
      wordStart = 0
      index = length + excess
    }
  }

  private func number() throws(ParseError) {
    wordStart = window.index
    var index = wordStart
    while true {
      let base = window.base
      let count = window.count
      while index < count, JSONNumber.isPart(base[index]) { index += 1 }
      if index < count { break }
      guard index - wordStart <= 1024 else { throw malformed() }
      let length = index - wordStart
      guard try window.fill(keeping: wordStart) else {
        // A number that the end of the file cut may have been another one.
        guard depth == 0 else { throw ParseError(.truncated, at: place, "the JSON ends inside a number") }
        break
      }
      wordStart = 0
      index = length
    }
    wordEnd = index
    window.index = index
  }

  private func literal() throws(ParseError) -> Word {
    let words: [(StaticString, Word)] = [("true", .yes), ("false", .no), ("null", .null)]
    if window.count - window.index < 5 { _ = try window.fill(keeping: window.index) }
    let rest = UnsafeBufferPointer(start: window.base + window.index, count: window.count - window.index)
    for (text, word) in words {
      let letters = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
      guard rest.starts(with: letters) else { continue }
      window.index += text.utf8CodeUnitCount
      expected = .separator
      return word
    }
    throw malformed()
  }

  // MARK: Bytes

  /// The next byte that is no white space; nil at the end of the text.
  @inline(__always)
  private func peek() throws(ParseError) -> UInt8? {
    while true {
      let base = window.base
      let count = window.count
      var index = window.index
      while index < count {
        let byte = base[index]
        if byte > 0x20 || !Self.isBlank(byte) {
          window.index = index
          return byte
        }
        index += 1
      }
      window.index = index
      guard try window.fill(keeping: index) else { return nil }
    }
  }

  /// Goes behind the byte at hand, to the next that is no white space.
  private func step() throws(ParseError) -> UInt8 {
    window.index += 1
    guard let byte = try peek() else {
      throw ParseError(.truncated, at: place, "the JSON ends inside a value")
    }
    return byte
  }

  /// White space, and the sign between the texts of a sequence.
  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 || byte == 0x1E
  }

  private var place: Int { window.offset(window.index) ?? 0 }

  private func malformed() -> ParseError {
    ParseError(.malformed, at: place, "this is no JSON")
  }
}
