internal import Yams

/// A mapping of a rule file, read key by key; what was not asked for in the end is an unknown key.
struct YAMLMapping {
  let file: String
  /// The keys that lead here, as `match.all[0]`; empty at the top.
  let keyPath: String
  private let node: Node
  private let mapping: Node.Mapping

  init(_ node: Node, file: String, keyPath: String) throws(RuleError) {
    self.file = file
    self.keyPath = keyPath
    self.node = node
    guard let mapping = node.mapping else {
      throw Self.error(node, file, keyPath, "a mapping of keys to values must stand here")
    }
    self.mapping = mapping
  }

  /// - Throws: for a key that is not among those named, with a hint where one is nearly right.
  func allowOnly(_ keys: [String]) throws(RuleError) {
    for (key, _) in mapping {
      let name = key.string ?? ""
      guard !keys.contains(name) else { continue }
      let hint = Suggestion.nearest(to: name, among: keys).map { "; did you mean \($0)?" } ?? ""
      throw Self.error(
        key, file, path(name), "unknown key" + hint + " (known: " + keys.joined(separator: ", ") + ")")
    }
  }

  func has(_ key: String) -> Bool { value(key) != nil }

  func text(_ key: String) throws(RuleError) -> String {
    let node = try required(key)
    guard case .scalar(let scalar) = node else { throw error(key, "must be a text") }
    let text = Self.trimmed(scalar.string)
    guard !text.isEmpty else { throw error(key, "must not be empty") }
    return text
  }

  func number(_ key: String) throws(RuleError) -> Int {
    guard let value = try required(key).int else { throw error(key, "must be a whole number") }
    return value
  }

  /// A finite number.
  func double(_ key: String) throws(RuleError) -> Double {
    guard let value = try required(key).float, value.isFinite else { throw error(key, "must be a number") }
    return value
  }

  /// A list of finite numbers that is not empty.
  func doubles(_ key: String) throws(RuleError) -> [Double] {
    guard let sequence = try required(key).sequence, !sequence.isEmpty else {
      throw error(key, "must be a list of numbers")
    }
    var values: [Double] = []
    for (index, element) in sequence.enumerated() {
      guard let value = element.float, value.isFinite else {
        throw Self.error(element, file, path("\(key)[\(index)]"), "must be a number")
      }
      values.append(value)
    }
    return values
  }

  /// Names of all keys, in their order.
  var keys: [String] { mapping.map { $0.key.string ?? "" } }

  func flag(_ key: String) throws(RuleError) -> Bool {
    guard let value = try required(key).bool else { throw error(key, "must be true or false") }
    return value
  }

  /// A list of texts; a single text counts as a list of one. Empty where the key is missing.
  func texts(_ key: String) throws(RuleError) -> [String] {
    guard let node = value(key) else { return [] }
    if case .scalar(let scalar) = node { return [Self.trimmed(scalar.string)] }
    guard let sequence = node.sequence else { throw error(key, "must be a text or a list of texts") }
    var texts: [String] = []
    for (index, element) in sequence.enumerated() {
      guard case .scalar(let scalar) = element else {
        throw Self.error(element, file, path("\(key)[\(index)]"), "must be a text")
      }
      texts.append(Self.trimmed(scalar.string))
    }
    return texts
  }

  /// A list whose elements are texts or lists of texts. Empty where the key is missing.
  func textLists(_ key: String) throws(RuleError) -> [[String]] {
    guard let node = value(key) else { return [] }
    guard let sequence = node.sequence else { throw error(key, "must be a list") }
    var lists: [[String]] = []
    for (index, element) in sequence.enumerated() {
      if case .scalar(let scalar) = element {
        lists.append([Self.trimmed(scalar.string)])
      } else if let inner = element.sequence, inner.allSatisfy({ $0.string != nil }) {
        lists.append(inner.compactMap(\.string))
      } else {
        throw Self.error(element, file, path("\(key)[\(index)]"), "must be a text or a list of texts")
      }
    }
    return lists
  }

  func mapping(_ key: String) throws(RuleError) -> YAMLMapping {
    try YAMLMapping(try required(key), file: file, keyPath: path(key))
  }

  func mappings(_ key: String) throws(RuleError) -> [YAMLMapping] {
    guard let sequence = try required(key).sequence, !sequence.isEmpty else {
      throw error(key, "must be a list that is not empty")
    }
    var mappings: [YAMLMapping] = []
    for (index, element) in sequence.enumerated() {
      mappings.append(try YAMLMapping(element, file: file, keyPath: path("\(key)[\(index)]")))
    }
    return mappings
  }

  /// A text that must be one of those named.
  func choice<Value>(
    _ key: String, _ names: [String], _ make: (String) -> Value?
  ) throws(RuleError) -> Value {
    let name = try text(key)
    guard let value = make(name) else { throw unknown(name, key, names) }
    return value
  }

  /// As `choice`, for a list; empty where the key is missing.
  func choices<Value>(
    _ key: String, _ names: [String], _ make: (String) -> Value?
  ) throws(RuleError) -> [Value] {
    var values: [Value] = []
    for name in try texts(key) {
      guard let value = make(name) else { throw unknown(name, key, names) }
      values.append(value)
    }
    return values
  }

  private func unknown(_ name: String, _ key: String, _ names: [String]) -> RuleError {
    let hint = Suggestion.nearest(to: name, among: names).map { "; did you mean \($0)?" } ?? ""
    return error(key, "\"\(name)\" is not known here\(hint) (known: \(names.joined(separator: ", ")))")
  }

  /// An error at the value of a key, or at the mapping where the key is missing.
  func error(_ key: String, _ message: String) -> RuleError {
    Self.error(value(key) ?? node, file, path(key), message)
  }

  /// An error at an element of the list that is a key's value, or at the value where it is no list.
  func error(_ key: String, at index: Int, _ message: String) -> RuleError {
    guard let sequence = value(key)?.sequence, index < sequence.count else { return error(key, message) }
    return Self.error(sequence[index], file, path("\(key)[\(index)]"), message)
  }

  /// An error at a character of a key's text, where the file shows the text as it is; else at its start.
  func error(_ key: String, character offset: Int, _ message: String) -> RuleError {
    var error = error(key, message)
    guard case .scalar(let scalar) = value(key), error.column > 0 else { return error }
    switch scalar.style {
    case .plain: error.column += offset
    case .singleQuoted where !scalar.string.contains("'"): error.column += offset + 1
    case .doubleQuoted where !scalar.string.contains("\\"): error.column += offset + 1
    default: error.message += " (character \(offset + 1) of the text)"
    }
    return error
  }

  /// An error at the mapping itself.
  func error(_ message: String) -> RuleError { Self.error(node, file, keyPath, message) }

  private func path(_ key: String) -> String { keyPath.isEmpty ? key : keyPath + "." + key }

  private func value(_ key: String) -> Node? {
    mapping.first { $0.key.string == key }?.value
  }

  private func required(_ key: String) throws(RuleError) -> Node {
    guard let node = value(key) else { throw error(key, "this key is missing") }
    return node
  }

  private static func error(_ node: Node, _ file: String, _ key: String, _ message: String) -> RuleError {
    RuleError(
      path: file, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0, key: key, message: message)
  }

  private static func trimmed(_ text: String) -> String {
    let core = text.drop(while: \.isWhitespace)
    guard let end = core.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(core[...end])
  }
}
