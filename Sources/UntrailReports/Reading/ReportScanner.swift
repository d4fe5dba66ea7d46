internal import UntrailBytes

/// What is wrong with a report that is read.
package struct ReportError: Error, Equatable {
  package var message: String

  package init(_ message: String) { self.message = message }
}

/// Goes through the JSON of a report that somebody else made, front to back, and keeps nothing of it.
///
/// Values that are not asked for are checked and passed over, so that memory does not grow with the report.
///
/// Source: RFC 8259.
struct ReportScanner {
  /// Lists and objects inside each other.
  private static let depthLimit = 64
  /// The longest text that is asked for, in bytes of JSON.
  private static let textLimit = 32_768

  private let bytes: UnsafeRawBufferPointer
  private var place = 0
  private var depth = 0

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    // A byte order mark, which some mail programs put there.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  // MARK: Values

  /// Reads an object; `body` must read or skip the value of each key.
  mutating func object(
    _ name: String, _ body: (inout ReportScanner, String) throws(ReportError) -> Void
  ) throws(ReportError) {
    guard try peek() == UInt8(ascii: "{") else { throw failure("\(name) must be an object") }
    try open()
    if try peek() == UInt8(ascii: "}") { return close() }
    while true {
      guard try peek() == UInt8(ascii: "\"") else { throw failure("a key is missing") }
      let key = try quoted()
      try take(UInt8(ascii: ":"))
      try body(&self, key)
      if try isLast(UInt8(ascii: "}")) { return close() }
    }
  }

  /// Reads a list; `body` must read or skip each element.
  mutating func list(
    _ name: String, _ body: (inout ReportScanner) throws(ReportError) -> Void
  ) throws(ReportError) {
    guard try peek() == UInt8(ascii: "[") else { throw failure("\(name) must be a list") }
    try open()
    if try peek() == UInt8(ascii: "]") { return close() }
    while true {
      try body(&self)
      if try isLast(UInt8(ascii: "]")) { return close() }
    }
  }

  mutating func text(_ name: String) throws(ReportError) -> String {
    guard try peek() == UInt8(ascii: "\"") else { throw failure("\(name) must be a text") }
    return try quoted()
  }

  mutating func flag(_ name: String) throws(ReportError) -> Bool {
    switch try peek() {
    case UInt8(ascii: "t"):
      try word("true")
      return true
    case UInt8(ascii: "f"):
      try word("false")
      return false
    default: throw failure("\(name) must be true or false")
    }
  }

  mutating func skip() throws(ReportError) {
    switch try peek() {
    case UInt8(ascii: "{"): try object("this") { scanner, _ throws(ReportError) in try scanner.skip() }
    case UInt8(ascii: "["): try list("this") { scanner throws(ReportError) in try scanner.skip() }
    case UInt8(ascii: "\""): try pastText()
    case UInt8(ascii: "t"): try word("true")
    case UInt8(ascii: "f"): try word("false")
    case UInt8(ascii: "n"): try word("null")
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): skipNumber()
    default: throw failure("this is not JSON")
    }
  }

  /// - Throws: where something else than blanks follows.
  mutating func end() throws(ReportError) {
    passBlanks()
    guard place == bytes.count else { throw failure("something stands behind the end of the report") }
  }

  /// Whether nothing but blanks is left.
  mutating func isAtEnd() -> Bool {
    passBlanks()
    return place == bytes.count
  }

  func failure(_ message: String) -> ReportError { ReportError("byte \(place): \(message)") }

  // MARK: Signs

  private mutating func open() throws(ReportError) {
    guard depth < Self.depthLimit else {
      throw failure("lists and objects stand more than \(Self.depthLimit) deep")
    }
    depth += 1
    place += 1
  }

  private mutating func close() {
    depth -= 1
    place += 1
  }

  private mutating func passBlanks() {
    while place < bytes.count {
      switch bytes[place] {
      case 0x20, 0x0A, 0x0D, 0x09: place += 1
      default: return
      }
    }
  }

  /// The next sign that is no blank, left where it is.
  private mutating func peek() throws(ReportError) -> UInt8 {
    passBlanks()
    guard place < bytes.count else { throw failure("the report breaks off") }
    return bytes[place]
  }

  private mutating func take(_ sign: UInt8) throws(ReportError) {
    guard try peek() == sign else { throw failure("this is not JSON") }
    place += 1
  }

  /// Whether the list or object ends here; else passes over the comma.
  private mutating func isLast(_ end: UInt8) throws(ReportError) -> Bool {
    let sign = try peek()
    if sign == end { return true }
    guard sign == UInt8(ascii: ",") else { throw failure("this is not JSON") }
    place += 1
    return false
  }

  private mutating func word(_ word: StaticString) throws(ReportError) {
    let letters = UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard bytes[place...].starts(with: letters) else { throw failure("this is not JSON") }
    place += letters.count
  }

  private mutating func skipNumber() {
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
        UInt8(ascii: "e"), UInt8(ascii: "E"):
        place += 1
      default: return
      }
    }
  }

  /// Passes over a text, quotation marks included.
  private mutating func pastText() throws(ReportError) {
    place += 1
    while place < bytes.count {
      let byte = bytes[place]
      if byte == UInt8(ascii: "\"") {
        place += 1
        return
      }
      guard byte >= 0x20 else { throw failure("a control character stands in a text") }
      place += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    place = bytes.count
    throw failure("the report breaks off")
  }

  /// A text. One with escapes is none of the words of a report, and stands for itself as it is written.
  private mutating func quoted() throws(ReportError) -> String {
    let start = place + 1
    try pastText()
    let written = UnsafeRawBufferPointer(rebasing: bytes[start..<(place - 1)])
    guard written.count <= Self.textLimit else {
      throw failure("a name is longer than \(Self.textLimit) bytes")
    }
    guard let text = String(utf8: written) else { throw failure("this is not UTF-8") }
    return text
  }
}
