internal import UntrailModel

/// One field in the head of a message or of a part of one.
struct MailField {
  /// In small letters.
  var name: String
  /// Without the ends of lines.
  var value: [UInt8]
  /// Bytes from the start of the source to the field.
  var offset: Int
}

/// The fields in the head of a message, gathered line by line.
///
///     Name: value LF
///      more of the value LF
///
/// Source: RFC 5322, section 2.2.
struct MailHeader {
  private(set) var fields: [MailField] = []
  /// Whether there was more than is kept.
  private(set) var isCut = false
  private var bytesLeft: Int
  private var fieldsLeft: Int

  init(_ limits: Limits) {
    bytesLeft = limits.structure
    fieldsLeft = min(limits.entries, 4096)
  }

  /// The value of the first field of a name in small letters.
  subscript(_ name: String) -> [UInt8]? { fields.first { $0.name == name }?.value }

  /// Takes a line of the head.
  ///
  /// - Returns: whether it is one.
  mutating func take(_ line: some Collection<UInt8>, at offset: Int) -> Bool {
    let text = Array(line).withoutLineEnd
    if let first = text.first, first == 0x20 || first == 0x09 {
      guard let last = fields.indices.last else { return false }
      guard fits(text.count) else { return true }
      fields[last].value.append(0x20)
      fields[last].value += text.drop { $0 == 0x20 || $0 == 0x09 }
      return true
    }
    guard let (name, value) = Self.split(text) else { return false }
    guard fieldsLeft > 0, fits(text.count) else { return true }
    fieldsLeft -= 1
    fields.append(MailField(name: name, value: value, offset: offset))
    return true
  }

  private mutating func fits(_ count: Int) -> Bool {
    guard count <= bytesLeft else {
      isCut = true
      return false
    }
    bytesLeft -= count
    return true
  }

  private static func split(_ line: ArraySlice<UInt8>) -> (name: String, value: [UInt8])? {
    guard let colon = line.prefix(80).firstIndex(of: UInt8(ascii: ":")) else { return nil }
    var name = line[..<colon]
    while let last = name.last, last == 0x20 || last == 0x09 { name.removeLast() }
    guard !name.isEmpty, name.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    let value = line[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 }
    return (String(decoding: name, as: UTF8.self).lowercased(), Array(value))
  }
}
