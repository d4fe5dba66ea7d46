/// A value on a tape.
struct JSONValue {
  let tape: JSONTape
  let index: Int

  var node: JSONTape.Node { tape.nodes[index] }
  var key: JSONKey { node.key }
  /// Bytes from the start of the file; nil where the value has no place there.
  var offset: Int? { node.offset < 0 ? nil : node.offset }
  var isObject: Bool { node.kind == .object }
  var isList: Bool { node.kind == .list }

  /// The value of a name; nil where this is no object or has none.
  subscript(_ key: JSONKey) -> JSONValue? {
    let end = Int(node.end)
    guard isObject else { return nil }
    return tape.nodes.withUnsafeBufferPointer { nodes in
      var child = index + 1
      while child < end {
        if nodes[child].key == key { return JSONValue(tape: tape, index: child) }
        child = Int(nodes[child].end)
      }
      return nil
    }
  }

  /// The first of several names that has a value.
  func first(_ keys: [JSONKey]) -> JSONValue? {
    for key in keys { if let value = self[key] { return value } }
    return nil
  }

  /// Hands out the values in an object, with their names.
  func forEach(_ body: (JSONKey, JSONValue) -> Void) {
    guard isObject else { return }
    let end = Int(node.end)
    var child = index + 1
    while child < end {
      let node = tape.nodes[child]
      body(node.key, JSONValue(tape: tape, index: child))
      child = Int(node.end)
    }
  }

  /// The values in a list or an object; none for other values.
  var children: [JSONValue] {
    guard isList || isObject else { return [] }
    var children: [JSONValue] = []
    var child = index + 1
    while child < Int(node.end) {
      children.append(JSONValue(tape: tape, index: child))
      child = Int(tape.nodes[child].end)
    }
    return children
  }

  /// A number that is written as one.
  var number: Double? {
    switch node.kind {
    case .whole: Double(Int64(bitPattern: node.payload))
    case .fraction: Double(bitPattern: node.payload)
    default: nil
    }
  }

  /// A number, written as one or as a string of nothing else.
  var looseNumber: Double? {
    if let number { return number }
    guard node.kind == .string else { return nil }
    return withBytes { JSONNumber.value($0)?.double }
  }

  /// A whole number, written as one or as a string of digits.
  var whole: Int64? {
    switch node.kind {
    case .whole: return Int64(bitPattern: node.payload)
    case .string:
      guard case .whole(let value) = withBytes({ JSONNumber.value($0) }) else { return nil }
      return value
    default: return nil
    }
  }

  /// The bytes of a string, as they are written; none for other values.
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    let node = node
    guard node.kind == .string || node.kind == .escapedString else {
      return body(UnsafeBufferPointer(start: nil, count: 0))
    }
    return tape.texts.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[node.start..<(node.start + node.count)]))
    }
  }

  /// The text of a string, trimmed; nil where there is none.
  var text: String? {
    guard node.kind == .string || node.kind == .escapedString else { return nil }
    let text = withBytes { JSONText.text($0, hasEscapes: node.kind == .escapedString) }.trimmedText
    return text.isEmpty ? nil : text
  }

  /// The text of a string, or the digits of a whole number.
  var label: String? { text ?? (node.kind == .whole ? String(Int64(bitPattern: node.payload)) : nil) }

  var positions: ArraySlice<JSONTape.Position> {
    guard node.kind == .positions else { return [] }
    return tape.positions[node.start..<(node.start + node.count)]
  }
}
