internal import UntrailBytes
internal import UntrailModel

/// A value of a property list, in whatever of the three forms it was written.
struct PropertyValue {
  enum Content {
    /// In the order of the file.
    case dictionary([Pair])
    case array([PropertyValue])
    case string(String)
    case integer(Int64)
    case real(Double)
    case boolean(Bool)
    /// Seconds since 2001-01-01T00:00:00Z.
    case date(Double)
    case data(ArraySlice<UInt8>)
    /// The number of another object of a keyed archive.
    case reference(Int)
    case null
  }

  struct Pair {
    var key: String
    var value: PropertyValue
  }

  var content: Content
  /// Bytes from the start of the file; nil where the value does not stand in it as such.
  var offset: Int?

  /// The value of a key; nil where this is no dictionary or has no such key.
  subscript(_ key: String) -> PropertyValue? { pairs.first { $0.key == key }?.value }

  /// The first of several keys that has a value.
  func first(_ keys: String...) -> PropertyValue? {
    for key in keys { if let value = self[key] { return value } }
    return nil
  }

  /// The pairs of a dictionary; none for other values.
  var pairs: [Pair] { if case .dictionary(let pairs) = content { pairs } else { [] } }

  /// The values of an array; none for other values.
  var items: [PropertyValue] { if case .array(let items) = content { items } else { [] } }

  /// A text that is not blank.
  var text: String? {
    guard case .string(let text) = content else { return nil }
    let trimmed = text.trimmedText
    return trimmed.isEmpty ? nil : trimmed
  }

  var data: ArraySlice<UInt8>? { if case .data(let bytes) = content { bytes } else { nil } }

  var number: Double? {
    switch content {
    case .integer(let value): Double(value)
    case .real(let value): value
    default: nil
    }
  }

  /// A number, written as one or as text of nothing else.
  var looseNumber: Double? {
    if let number { return number }
    guard let text, text.utf8.count <= 40 else { return nil }
    return GeoText.number(text[...])
  }

  var isTrue: Bool {
    switch content {
    case .boolean(let value): value
    case .integer(let value): value != 0
    default: false
    }
  }
}

/// Reads property lists of all forms.
enum PropertyList {
  /// What reading costs at most.
  struct Budget {
    /// Values that may still be made: the same object may stand in a list many times.
    var values: Int
    /// Bytes of texts that may still be made.
    var texts: Int

    init(_ limits: Limits, byteCount: Int) {
      values = limits.entries.multipliedReportingOverflow(by: 4).partialValue
      texts = 4 * byteCount + 4096
    }
  }

  /// Dictionaries and arrays inside each other: bookmarks need two for each folder.
  static let nesting = 48

  /// The list that bytes hold; nil where they are none.
  ///
  /// - Parameters:
  ///   - base: bytes from the start of the file to the bytes; nil where they do not stand in it as such.
  ///   - flaw: what is wrong with it. What was read before stays.
  static func read(
    _ bytes: [UInt8], at base: Int?, _ limits: Limits, flaw: inout ParseError?
  ) -> PropertyValue? {
    if bytes.starts(with: "bplist".utf8) {
      var reader = BinaryListReader(bytes, at: base, limits)
      let value = reader.read()
      flaw = reader.flaw
      return value
    }
    let text = utf8(bytes)
    let place = text == nil ? base : nil
    let start = (text ?? bytes).first { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
    if start == UInt8(ascii: "<") {
      var reader = MarkupListReader(text ?? bytes, at: place, limits)
      let value = reader.read()
      flaw = reader.flaw
      return value
    }
    var reader = WrittenListReader(text ?? bytes, at: place, limits)
    let value = reader.read()
    flaw = reader.flaw
    return value
  }

  /// The text in UTF-8 where it is UTF-16 with a byte order mark; nil where it is not.
  private static func utf8(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) else { return nil }
    let isLittle = bytes[0] == 0xFF
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var index = 2
    while index + 1 < bytes.count {
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isLittle ? second << 8 | first : first << 8 | second)
      index += 2
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
}
