import Foundation

/// The words of languages as Swift source.
///
///     {"messages": {"headline": "..."}, "texts": {"English text of a rule": "..."}}
enum LanguageSource {
  private struct Catalogue: Decodable {
    var messages: [String: String]
    var texts: [String: String]?
  }

  private struct Refusal: Error, CustomStringConvertible {
    var description: String
  }

  /// - Parameter folder: of the rules; the catalogues stand in `languages/` in it.
  static func render(_ folder: String) throws -> String {
    let languages = URL(fileURLWithPath: folder).appendingPathComponent("languages")
    let names = try FileManager.default.contentsOfDirectory(atPath: languages.path)
      .filter { $0.hasSuffix(".json") }.sorted()
    var source =
      "\nextension RuleCatalog {\n  /// By the codes of languages: lines of a key, a tab and a text.\n"
    source += "  package static func catalogue(_ language: String) -> String {\n    switch language {\n"
    for name in names {
      let data = try Data(contentsOf: languages.appendingPathComponent(name))
      let catalogue: Catalogue
      do { catalogue = try JSONDecoder().decode(Catalogue.self, from: data) } catch {
        throw Refusal(description: "rules/languages/\(name): \(error)")
      }
      let entries = catalogue.messages.merging(catalogue.texts ?? [:]) { one, _ in one }
      var lines = ""
      for (key, text) in entries.sorted(by: { $0.key < $1.key }) {
        guard !(key + text).contains(where: { "\t\n\r".contains($0) }) else {
          throw Refusal(description: "rules/languages/\(name): a tab or a line break at \(key)")
        }
        lines += "\(key)\t\(text)\n"
      }
      source += "    case \"\(name.dropLast(5))\":\n      ###\"\"\"\n\(lines)\n\"\"\"###\n"
    }
    return source + "    default: \"\"\n    }\n  }\n}\n"
  }
}
