internal import UntrailBytes

/// A value of CBOR or JSON.
struct DataValue {
  enum Content {
    /// In the order of the file; a whole number as key is written in digits.
    case map([(key: String, value: DataValue)])
    case list([DataValue])
    case text(String)
    case number(Double)
    /// Bytes from the start of the block.
    case bytes(Range<Int>)
    /// True, false, nothing, and what is not read.
    case other
  }

  var content: Content
  /// Bytes from the start of the block to the value.
  var start: Int

  /// The value of a key; nil where this is no map or has no such key.
  subscript(_ key: String) -> DataValue? {
    guard case .map(let pairs) = content else { return nil }
    return pairs.first { $0.key == key }?.value
  }

  /// The pairs of a map; none for other values.
  var pairs: [(key: String, value: DataValue)] {
    if case .map(let pairs) = content { pairs } else { [] }
  }

  /// The values of a list, or the value itself.
  var items: [DataValue] {
    if case .list(let items) = content { items } else { [self] }
  }

  /// The text; nil where this is none or it is blank.
  var text: String? {
    guard case .text(let text) = content, !text.isEmpty else { return nil }
    return text
  }

  /// The bytes of a run of them as a view of their own; nil for other values.
  func bytes(in block: ByteView) -> ByteView? {
    guard case .bytes(let range) = content else { return nil }
    return ByteView(block.source, start: block.start + range.lowerBound, count: range.count)
  }
}

extension String {
  /// Without white space and control characters at both ends.
  var trimmedText: String { ExifText.ascii(Array(utf8)) ?? "" }
}
