internal import UntrailModel

/// A field with parameters: Content-Type, Content-Disposition.
///
///     multipart/mixed; boundary="abc"; name=a.jpg (comment)
///     attachment; filename*0*=utf-8'de'%C3%A4; filename*1="b.jpg"
///
/// Source: RFC 2045, section 5.1; RFC 2183; RFC 2231.
struct MailContent {
  /// In small letters, without parameters.
  private(set) var value = ""
  private var parameters: [(name: String, value: [UInt8])] = []

  init(_ field: [UInt8]?) {
    var parts = Self.split(field ?? [])[...]
    value = String(decoding: parts.popFirst() ?? [], as: UTF8.self).lowercased().trimmedText
    for part in parts.prefix(256) {
      guard let sign = part.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let name = String(decoding: part[..<sign], as: UTF8.self).lowercased().trimmedText
      var bytes = part[(sign + 1)...]
      while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
      while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
      parameters.append((name, Self.unquoted(bytes)))
    }
  }

  /// The bytes of a parameter as they stand.
  func raw(_ name: String) -> [UInt8]? { parameters.first { $0.name == name }?.value }

  /// The text of a parameter, in whatever form it is written.
  func text(_ name: String, _ limits: Limits) -> String? {
    if let whole = raw(name + "*") {
      let (set, bytes) = Self.extended(whole)
      return MailText.decode(bytes, in: set, limits)
    }
    if let pieces = pieces(name) { return MailText.decode(pieces.bytes, in: pieces.set, limits) }
    return raw(name).flatMap { MailText.unstructured($0, limits) }
  }

  /// A value in numbered pieces, of which those with a second asterisk have escapes.
  private func pieces(_ name: String) -> (set: String?, bytes: [UInt8])? {
    var set: String?
    var bytes: [UInt8] = []
    for number in 0..<64 {
      if let piece = raw("\(name)*\(number)*") {
        if number == 0 {
          let first = Self.extended(piece)
          (set, bytes) = (first.set, first.bytes)
        } else {
          bytes += Self.unescaped(piece[...])
        }
      } else if let piece = raw("\(name)*\(number)") {
        bytes += piece
      } else {
        break
      }
    }
    return bytes.isEmpty ? nil : (set, bytes)
  }

  /// set'language'text, with escapes.
  private static func extended(_ value: [UInt8]) -> (set: String?, bytes: [UInt8]) {
    let mark = UInt8(ascii: "'")
    guard let first = value.firstIndex(of: mark), let second = value[(first + 1)...].firstIndex(of: mark)
    else {
      return (nil, unescaped(value[...]))
    }
    return (String(decoding: value[..<first], as: UTF8.self), unescaped(value[(second + 1)...]))
  }

  private static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
      let digits = Hexadecimal.bytes(rest.prefix(2))
      if byte == UInt8(ascii: "%"), digits.count == 1 {
        bytes += digits
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }

  /// The parts between semicolons outside of quotation marks; comments are left out.
  private static func split(_ field: [UInt8]) -> [[UInt8]] {
    var parts: [[UInt8]] = [[]]
    var isQuoted = false
    var isEscaped = false
    var depth = 0
    for byte in field {
      if depth == 0, isEscaped || !isQuoted && byte == UInt8(ascii: ";") || byte == UInt8(ascii: "\"") {
        if !isEscaped, byte == UInt8(ascii: ";") {
          parts.append([])
          continue
        }
        if !isEscaped { isQuoted.toggle() }
        isEscaped = false
        parts[parts.count - 1].append(byte)
        continue
      }
      if !isQuoted, byte == UInt8(ascii: "("), parts[parts.count - 1].last.map({ $0 <= 0x20 }) ?? true {
        depth += 1
      } else if depth > 0 {
        if byte == UInt8(ascii: ")") { depth -= 1 }
      } else {
        isEscaped = isQuoted && byte == UInt8(ascii: "\\")
        parts[parts.count - 1].append(byte)
      }
    }
    return parts
  }

  private static func unquoted(_ text: ArraySlice<UInt8>) -> [UInt8] {
    guard text.first == UInt8(ascii: "\"") else { return Array(text) }
    var bytes: [UInt8] = []
    var rest = text.dropFirst()
    while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
      if byte == UInt8(ascii: "\\"), let next = rest.first, next == UInt8(ascii: "\"") || next == byte {
        bytes.append(next)
        rest = rest.dropFirst()
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }
}
