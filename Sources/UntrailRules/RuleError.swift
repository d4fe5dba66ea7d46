/// A mistake in a rule file, and where.
package struct RuleError: Error, Equatable, CustomStringConvertible {
  package var path: String
  /// From 1; 0 where no line can be named.
  package var line: Int
  /// From 1; 0 where no column can be named.
  package var column: Int
  /// The key that is wrong, as `match.all[0].role`; empty where the whole file is.
  package var key: String
  package var message: String

  package var description: String {
    let place = line > 0 ? "\(path):\(line):\(column)" : path
    return key.isEmpty ? "\(place): \(message)" : "\(place): \(key): \(message)"
  }
}
