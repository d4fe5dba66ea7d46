/// A key that a configuration file may have.
package struct ConfigurationKey: Sendable {
  package enum Shape: Sendable {
    /// One of some words.
    case choice([String])
    /// A whole number in a range.
    case number(ClosedRange<Int>)
    case path
    /// One path or a list of them.
    case paths
  }

  package var name: String
  package var shape: Shape

  package init(_ name: String, _ shape: Shape) {
    self.name = name
    self.shape = shape
  }
}

/// What a configuration file says of one key.
package struct ConfigurationValue: Sendable, Equatable {
  package var key: String
  /// In the form that the command line takes; several only for a list of paths.
  package var texts: [String]
  /// From 1.
  package var line: Int

  package init(key: String, texts: [String], line: Int) {
    self.key = key
    self.texts = texts
    self.line = line
  }
}

/// Reads a configuration file: one YAML mapping from long options to their values.
package enum ConfigurationParser {
  /// - Throws: where the file cannot be read, and the first mistake in it, with its place.
  package static func load(
    _ path: String, keys: [ConfigurationKey]
  ) throws(RuleError) -> [ConfigurationValue] {
    try parse(try RuleFolder.text(ofFile: path), path: path, keys: keys)
  }

  /// - Parameters:
  ///   - yaml: the file's text. A file of comments only sets nothing.
  ///   - path: the file's path, for messages.
  /// - Returns: the values in the order of `keys`.
  /// - Throws: the first mistake, with its place.
  package static func parse(
    _ yaml: String, path: String, keys: [ConfigurationKey]
  ) throws(RuleError) -> [ConfigurationValue] {
    if isEmpty(yaml) { return [] }
    let top = try YAMLMapping(
      try YAMLComposer.compose(yaml, path: path, sizeLimit: RuleParser.sizeLimit), file: path, keyPath: "")
    try top.allowOnly(keys.map(\.name))
    var values: [ConfigurationValue] = []
    for key in keys where top.has(key.name) {
      values.append(
        ConfigurationValue(
          key: key.name, texts: try texts(top, key), line: top.error(key.name, "").line))
    }
    return values
  }

  private static func texts(_ top: YAMLMapping, _ key: ConfigurationKey) throws(RuleError) -> [String] {
    switch key.shape {
    case .choice(let words):
      return [try top.choice(key.name, words) { word in words.contains(word) ? word : nil }]
    case .number(let range):
      let number = try top.number(key.name)
      guard range.contains(number) else {
        throw top.error(
          key.name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      return ["\(number)"]
    case .path:
      return [try top.text(key.name)]
    case .paths:
      let texts = try top.texts(key.name)
      guard !texts.contains("") else { throw top.error(key.name, "must not be empty") }
      return texts
    }
  }

  /// Whether nothing but comments and empty lines is there.
  private static func isEmpty(_ yaml: String) -> Bool {
    yaml.split(whereSeparator: \.isNewline).allSatisfy { line in
      let text = line.drop(while: \.isWhitespace)
      return text.isEmpty || text.hasPrefix("#")
    }
  }
}
