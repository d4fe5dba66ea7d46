/// Reads the values of a PDF file, one behind the other.
///
///     null true 12 -0.5 (text \(with\) \101) <48656C6C6F> /Name#20 [ ... ] << /Key value >> 12 0 R % comment
///
/// Source: ISO 32000-2:2020, sections 7.2 and 7.3.
struct PDFLexer {
  private let bytes: [UInt8]
  /// Bytes from the start of the file to the first byte; nil where they were compressed.
  private let base: Int?
  private let nesting: Int
  private(set) var position: Int
  /// Whether the bytes end inside, or right behind, what was read last: more of them could say more.
  private(set) var isCut = false
  /// Whether values stood deeper in each other than is looked at.
  private(set) var isTooDeep = false

  init(_ bytes: [UInt8], base: Int?, nesting: Int, from position: Int = 0) {
    self.bytes = bytes
    self.base = base
    self.nesting = 4 * nesting
    self.position = min(max(position, 0), bytes.count)
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 || byte == 0x0C || byte == 0
  }

  static func isDelimiter(_ byte: UInt8) -> Bool { "()<>[]{}/%".utf8.contains(byte) }

  private static func isRegular(_ byte: UInt8) -> Bool { !isSpace(byte) && !isDelimiter(byte) }

  private func place(_ position: Int) -> Int? { base.map { $0 + position } }

  /// The byte that is next; nil at the end, which is noted.
  private mutating func peek() -> UInt8? {
    guard position < bytes.count else {
      isCut = true
      return nil
    }
    return bytes[position]
  }

  mutating func skipSpace() {
    while let byte = peek() {
      if byte == UInt8(ascii: "%") {
        while let byte = peek(), byte != 0x0A, byte != 0x0D { position += 1 }
      } else if Self.isSpace(byte) {
        position += 1
      } else {
        return
      }
    }
  }

  /// Takes a word where it is next.
  mutating func take(_ word: StaticString) -> Bool {
    skipSpace()
    let count = word.utf8CodeUnitCount
    guard count <= bytes.count - position else {
      isCut = true
      return false
    }
    let isThere = word.withUTF8Buffer { $0.elementsEqual(bytes[position..<(position + count)]) }
    if isThere { position += count }
    return isThere
  }

  /// Takes the end of the line behind the word "stream"; what follows it are the stream's bytes.
  mutating func takeLineEnd() {
    if peek() == 0x20 { position += 1 }
    if peek() == 0x0D { position += 1 }
    if peek() == 0x0A { position += 1 }
  }

  mutating func unsigned() -> Int? {
    skipSpace()
    let start = position
    var value = 0
    while let byte = peek(), byte >= 0x30, byte <= 0x39 {
      let (product, isLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, isLarger) = product.addingReportingOverflow(Int(byte - 0x30))
      guard !isLarge, !isLarger else { return nil }
      value = sum
      position += 1
    }
    return position > start ? value : nil
  }

  /// The next value; nil where none stands there.
  mutating func object(depth: Int = 0) -> PDFObject? {
    skipSpace()
    guard depth < nesting else {
      isTooDeep = true
      return nil
    }
    guard let byte = peek() else { return nil }
    switch byte {
    case UInt8(ascii: "/"): return .name(name())
    case UInt8(ascii: "("): return .string(literal())
    case UInt8(ascii: "["): return array(depth)
    case UInt8(ascii: "<"):
      position += 1
      guard peek() == UInt8(ascii: "<") else { return .string(hexadecimal()) }
      position += 1
      return dictionary(depth)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      return number()
    default:
      if take("true") { return .boolean(true) }
      if take("false") { return .boolean(false) }
      return take("null") ? .null : nil
    }
  }

  private mutating func array(_ depth: Int) -> PDFObject {
    position += 1
    var items: [PDFObject] = []
    while true {
      skipSpace()
      guard let byte = peek() else { break }
      if byte == UInt8(ascii: "]") {
        position += 1
        break
      }
      guard let item = object(depth: depth + 1) else {
        // A word that means nothing here; but not the end of what is around.
        guard !isTooDeep, Self.isRegular(byte), byte != UInt8(ascii: "e") else { break }
        skipWord()
        continue
      }
      items.append(item)
    }
    return .array(items)
  }

  private mutating func dictionary(_ depth: Int) -> PDFObject {
    var dictionary = PDFDictionary(place: place(position - 2))
    while true {
      skipSpace()
      guard let byte = peek() else { break }
      if byte == UInt8(ascii: ">") {
        position += 1
        if peek() == UInt8(ascii: ">") { position += 1 }
        break
      }
      guard byte == UInt8(ascii: "/") else {
        if byte == UInt8(ascii: "e") || isTooDeep { break }
        // What stands where a key should is passed over.
        let start = position
        if object(depth: depth + 1) == nil, position == start { position += 1 }
        continue
      }
      let key = name()
      skipSpace()
      // A key without a value in front of the end.
      if peek() == UInt8(ascii: ">"), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: ">") {
        continue
      }
      guard let value = object(depth: depth + 1) else { continue }
      dictionary.append(key, value)
    }
    return .dictionary(dictionary)
  }

  private mutating func skipWord() {
    let start = position
    while let byte = peek(), Self.isRegular(byte) { position += 1 }
    if position == start { position += 1 }
  }

  /// A number, or a reference, which begins with two of them.
  private mutating func number() -> PDFObject {
    let start = position
    while let byte = peek(), Self.isRegular(byte) { position += 1 }
    let text = bytes[start..<position]
    let isUnsigned = text.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    if isUnsigned, let value = Int(String(decoding: text, as: UTF8.self)) {
      let behind = position
      let wasCut = isCut
      if let generation = unsigned(), generation <= 65_535 {
        skipSpace()
        if peek() == UInt8(ascii: "R") {
          position += 1
          let next = peek()
          if next.map({ !Self.isRegular($0) }) ?? true {
            return .reference(PDFReference(number: value, generation: generation))
          }
        }
      }
      position = behind
      if position < bytes.count, bytes.count - position > 32 { isCut = wasCut }
      return .integer(value)
    }
    let written = String(decoding: text.filter { $0 != UInt8(ascii: "+") }, as: UTF8.self)
    if let value = Int(written) { return .integer(value) }
    guard let value = Double(written), value.isFinite else { return .integer(0) }
    return .real(value)
  }

  /// A name; bytes that are no UTF-8 are taken for Latin-1.
  private mutating func name() -> String {
    position += 1
    var name: [UInt8] = []
    while let byte = peek(), Self.isRegular(byte) {
      position += 1
      if byte == UInt8(ascii: "#"), position + 1 < bytes.count, let high = Hexadecimal.digit(bytes[position]),
        let low = Hexadecimal.digit(bytes[position + 1])
      {
        name.append(high << 4 | low)
        position += 2
      } else {
        name.append(byte)
      }
    }
    return String(validating: name, as: UTF8.self)
      ?? String(String.UnicodeScalarView(name.map { Unicode.Scalar($0) }))
  }

  private mutating func hexadecimal() -> PDFString {
    let start = position
    while let byte = peek(), byte != UInt8(ascii: ">") { position += 1 }
    var digits = bytes[start..<position].filter { Hexadecimal.digit($0) != nil }
    if digits.count % 2 == 1 { digits.append(UInt8(ascii: "0")) }
    if position < bytes.count { position += 1 }
    return PDFString(bytes: Hexadecimal.bytes(digits), place: place(start))
  }

  private mutating func literal() -> PDFString {
    position += 1
    let start = position
    var text: [UInt8] = []
    var depth = 1
    while let byte = peek() {
      position += 1
      switch byte {
      case UInt8(ascii: "("):
        depth += 1
        text.append(byte)
      case UInt8(ascii: ")"):
        depth -= 1
        if depth == 0 { return PDFString(bytes: text, place: place(start)) }
        text.append(byte)
      case UInt8(ascii: "\\"): escape(&text)
      case 0x0D:
        // The end of a line is one character, however it is written.
        text.append(0x0A)
        if peek() == 0x0A { position += 1 }
      default: text.append(byte)
      }
    }
    return PDFString(bytes: text, place: place(start))
  }

  private mutating func escape(_ text: inout [UInt8]) {
    guard let byte = peek() else { return }
    position += 1
    switch byte {
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case 0x0A: break
    case 0x0D: if peek() == 0x0A { position += 1 }
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      var value = Int(byte - 0x30)
      for _ in 0..<2 {
        guard let next = peek(), next >= 0x30, next <= 0x37 else { break }
        value = value * 8 + Int(next - 0x30)
        position += 1
      }
      text.append(UInt8(truncatingIfNeeded: value))
    default: text.append(byte)
    }
  }
}
