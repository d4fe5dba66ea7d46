internal import Foundation
package import UntrailBytes
package import UntrailModel

/// Reads rules from a folder of YAML files.
package enum RuleFolder {
  /// Every `*.yaml` and `*.yml` in a folder and in the folders in it, in the order of the rules' ids.
  ///
  /// - Parameter known: other rules that those of the folder can name.
  /// - Throws: `RuleError` for the first file with a mistake, in the order of their paths; for two rules of
  ///   one id; for rules that name others that are not there, or each other in a circle; and for a folder that
  ///   cannot be read or holds no rule.
  package static func load(_ folder: String, known: [Rule] = []) throws(RuleError) -> [Rule] {
    let names = try names(folder)
    guard !names.isEmpty else {
      throw RuleError(
        path: folder, line: 0, column: 0, key: "", message: "no rule file (*.yaml) is in this folder")
    }
    var rules: [(rule: Rule, references: [RuleReference])] = []
    var paths: [String: String] = [:]
    for name in names {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      let parsed = try RuleParser.parse(try text(ofFile: path), path)
      let id = parsed.rule.id
      if let earlier = paths[id] {
        throw RuleError(
          path: path, line: 0, column: 0, key: "id", message: "\(earlier) has the id \(id) already")
      }
      paths[id] = path
      rules.append(parsed)
    }
    try RuleReference.check(rules, known: known)
    return rules.map(\.rule).sorted { $0.id < $1.id }
  }

  /// Adds the name and the text of every rule file of a folder, in the order of their paths.
  ///
  /// - Throws: where the folder or a file cannot be read.
  package static func addSources(_ folder: String, to digest: inout FNV1a64) throws(RuleError) {
    for name in try names(folder) {
      let text = try text(ofFile: folder.hasSuffix("/") ? folder + name : folder + "/" + name)
      for part in [name, text] {
        digest.add(part)
        digest.add(0)
      }
    }
  }

  /// The paths of the rule files below a folder, sorted.
  private static func names(_ folder: String) throws(RuleError) -> [String] {
    do {
      return try FileManager.default.subpathsOfDirectory(atPath: folder)
        .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()
    } catch {
      throw RuleError(path: folder, line: 0, column: 0, key: "", message: "this folder cannot be read")
    }
  }

  /// The text of a file of at most `RuleParser.sizeLimit` bytes.
  ///
  /// - Throws: where it cannot be read, is longer or is not UTF-8.
  package static func text(ofFile path: String) throws(RuleError) -> String {
    func failure(_ message: String) -> RuleError {
      RuleError(path: path, line: 0, column: 0, key: "", message: message)
    }
    let data: Data
    do {
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      // Not more than decides: a device may never end.
      data = try file.read(upToCount: RuleParser.sizeLimit + 1) ?? Data()
    } catch {
      throw failure("this file cannot be read")
    }
    guard data.count <= RuleParser.sizeLimit else {
      throw failure("longer than \(RuleParser.sizeLimit) bytes")
    }
    guard let text = String(data: data, encoding: .utf8) else { throw failure("this file is not UTF-8") }
    return text
  }
}
