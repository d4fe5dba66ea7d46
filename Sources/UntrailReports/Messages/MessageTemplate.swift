internal import UntrailModel

/// A message with places for values.
///
///     Left out: {count}
///     {count, plural, one {# file} other {# files}} in {folder}
///
/// `#` is the number of the plural around it. Source: the subset of ICU MessageFormat that has plain and plural
/// arguments.
struct MessageTemplate {
  private indirect enum Part {
    case text(String)
    case value(String)
    case number
    case plural(name: String, forms: [String: [Part]])
  }

  private let parts: [Part]

  /// - Returns: nil where braces do not match, or a plural has no form for what the language counts.
  init?(_ source: String, _ language: Language) {
    var rest = source[...]
    guard let parts = Self.parts(&rest, language, isInside: false), rest.isEmpty else { return nil }
    self.parts = parts
  }

  /// The names of the values that it asks for.
  var names: Set<String> { Self.names(parts) }

  private static func names(_ parts: [Part]) -> Set<String> {
    parts.reduce(into: []) { names, part in
      switch part {
      case .text, .number: break
      case .value(let name): names.insert(name)
      case .plural(let name, let forms):
        names.insert(name)
        for form in forms.values { names.formUnion(self.names(form)) }
      }
    }
  }

  private static func parts(
    _ rest: inout Substring, _ language: Language, isInside: Bool
  ) -> [Part]? {
    var parts: [Part] = []
    var text = ""
    func flush() {
      if !text.isEmpty { parts.append(.text(text)) }
      text = ""
    }
    while let character = rest.first, character != "}" {
      rest.removeFirst()
      switch character {
      case "#" where isInside:
        flush()
        parts.append(.number)
      case "{":
        flush()
        let name = String(rest.prefix { $0.isLetter || $0.isNumber })
        rest.removeFirst(name.count)
        guard !name.isEmpty else { return nil }
        if rest.first == "}" {
          rest.removeFirst()
          parts.append(.value(name))
        } else {
          guard rest.hasPrefix(", plural,"), let plural = plural(&rest, name, language) else { return nil }
          parts.append(plural)
        }
      default: text.append(character)
      }
    }
    flush()
    return parts
  }

  private static func plural(_ rest: inout Substring, _ name: String, _ language: Language) -> Part? {
    rest.removeFirst(", plural,".count)
    var forms: [String: [Part]] = [:]
    while true {
      rest = rest.drop { $0 == " " }
      if rest.first == "}" { break }
      let category = String(rest.prefix { $0.isLetter })
      rest = rest.dropFirst(category.count).drop { $0 == " " }
      guard !category.isEmpty, rest.popFirst() == "{",
        let form = parts(&rest, language, isInside: true), rest.popFirst() == "}"
      else { return nil }
      forms[category] = form
    }
    rest.removeFirst()
    guard language.pluralCategories.allSatisfy({ forms[$0.rawValue] != nil }) else { return nil }
    return .plural(name: name, forms: forms)
  }

  /// - Parameters:
  ///   - words: makes the template's own words ready.
  ///   - value: the text of a value, by its name.
  ///   - count: the number of a value, by its name.
  func text(
    _ language: Language, words: (String) -> String = { $0 }, value: (String) -> String,
    count: (String) -> Int
  ) -> String {
    Self.text(parts, language, number: "", words, value, count)
  }

  private static func text(
    _ parts: [Part], _ language: Language, number: String, _ ready: (String) -> String,
    _ value: (String) -> String,
    _ count: (String) -> Int
  ) -> String {
    var text = ""
    for part in parts {
      switch part {
      case .text(let words): text += ready(words)
      case .value(let name): text += value(name)
      case .number: text += number
      case .plural(let name, let forms):
        let number = count(name)
        let form = forms[language.plural(number).rawValue] ?? forms["other"] ?? []
        text += self.text(form, language, number: language.number(number), ready, value, count)
      }
    }
    return text
  }
}
