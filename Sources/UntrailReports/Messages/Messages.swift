package import UntrailModel

/// Names of places in one language; nil where none is known.
package struct PlaceNames: Sendable {
  /// The name of a country, by its code of ISO 3166-1.
  var country: @Sendable (String) -> String?
  /// The name of a town, by its name in the source and the code of its country.
  var town: @Sendable (String, String) -> String?

  package init(
    country: @escaping @Sendable (String) -> String? = { _ in nil },
    town: @escaping @Sendable (String, String) -> String? = { _, _ in nil }
  ) {
    self.country = country
    self.town = town
  }
}

/// The words of reports for people, in one language.
package struct Messages: Sendable {
  /// What stands in a message.
  package enum Value: Sendable {
    case text(String)
    case count(Int)
  }

  package let language: Language
  /// Templates by the keys of messages, translations by the English texts of rules.
  private let texts: [String: String]
  private let places: PlaceNames

  /// - Parameters:
  ///   - catalogue: lines of a key, a tab and a text; see `rules/languages/`.
  ///   - places: the names of places in this language.
  package init(_ language: Language, catalogue: String, places: PlaceNames = PlaceNames()) {
    self.language = language
    self.places = places
    var texts: [String: String] = [:]
    for line in catalogue.split(separator: "\n") {
      guard let tab = line.firstIndex(of: "\t") else { continue }
      texts[String(line[..<tab])] = String(line[line.index(after: tab)...])
    }
    self.texts = texts
  }

  /// The keys and English texts that there is something for.
  package var keys: Set<String> { Set(texts.keys) }

  /// The words of a message; its key where the catalogue lacks it, which a test forbids.
  package func text(_ message: Message, _ values: [String: Value] = [:]) -> String {
    guard let source = texts[message.rawValue], let template = MessageTemplate(source, language) else {
      return message.rawValue
    }
    return template.text(
      language, words: isolatingCommands,
      value: { name in
        switch values[name] {
        case .text(let text): isolated(text)
        case .count(let count): language.number(count)
        case nil: "{\(name)}"
        }
      },
      count: { name in if case .count(let count) = values[name] { count } else { 0 } })
  }

  /// Whether a text is a template that this language can use, with just these names.
  package func isTemplate(_ message: Message, names: Set<String>) -> Bool {
    texts[message.rawValue].flatMap { MessageTemplate($0, language) }.map { $0.names == names } ?? false
  }

  /// The names of the values that a message has in this language; nil where it is no template.
  package func names(of message: Message) -> Set<String>? {
    texts[message.rawValue].flatMap { MessageTemplate($0, language) }?.names
  }

  /// What a rule or another English text says in this language; itself where there is no translation.
  package func translation(_ text: String) -> String { texts[text].map(isolatingCommands) ?? text }

  /// A rule with its texts in this language.
  package func translated(_ rule: Rule) -> Rule {
    guard language != .english else { return rule }
    var rule = rule
    rule.title = translation(rule.title)
    rule.shows = translation(rule.shows)
    rule.who = translation(rule.who)
    rule.actions = rule.actions.map(translation)
    rule.falsePositives = translation(rule.falsePositives)
    return rule
  }

  /// The name of a country; its code where that is all that is known.
  package func country(_ code: String) -> String { places.country(code) ?? code }

  /// The name of a town in this language; as the source has it where there is no other.
  func town(_ name: String, country: String) -> String { places.town(name, country) ?? name }

  /// Several things, one after another.
  func list(_ items: some Sequence<String>) -> String {
    items.map(isolated).joined(separator: text(.listSeparator))
  }

  /// Several things that hold commas themselves.
  func longList(_ items: some Sequence<String>) -> String {
    items.map(isolated).joined(separator: text(.longListSeparator))
  }

  func alternatives(_ items: some Sequence<String>) -> String {
    items.map(isolated).joined(separator: text(.listOr))
  }

  /// Text that is not of this language, such as a path: kept from changing the order of what stands around it.
  ///
  /// What is put together from such parts runs as the language does; a single part as its first letter does.
  func isolated(_ text: String) -> String {
    guard language.isRightToLeft, !text.isEmpty else { return text }
    let hasParts = text.unicodeScalars.contains { $0 == "\u{2066}" || $0 == "\u{2067}" || $0 == "\u{2068}" }
    return (hasParts ? "\u{2067}" : "\u{2068}") + text + "\u{2069}"
  }

  /// A text of this language with the commands and options in it kept together: "--list" is not to become "list--".
  ///
  /// - Parameter text: what stands between braces is left as it is.
  func isolatingCommands(_ text: String) -> String {
    guard language.isRightToLeft else { return text }
    var result = ""
    var run = ""
    func flush() {
      let head = run.prefix { " .,:()".contains($0) }
      let rest = run.dropFirst(head.count)
      let end = rest.lastIndex { $0.isLetter || $0.isNumber || "=/'".contains($0) }
      if let end, rest.contains(where: \.isLetter) {
        result += head + "\u{2066}" + rest[...end] + "\u{2069}" + rest[rest.index(after: end)...]
      } else {
        result += run
      }
      run = ""
    }
    var depth = 0
    for character in text {
      if character == "{" {
        flush()
        depth += 1
      }
      if depth == 0, character.isASCII {
        run.append(character)
      } else {
        flush()
        result.append(character)
      }
      if character == "}" { depth -= 1 }
    }
    flush()
    return result
  }

  /// A text that begins with a date as ISO 8601 writes it, with the date as people write it.
  func dated(_ text: String) -> String {
    guard language != .english else { return text }
    let parts = text.prefix(10).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return text }
    let date = self.text(
      .date,
      [
        "year": .text(language.digits(String(year))), "month": .text(language.digits(String(month))),
        "day": .text(language.digits(String(day))), "month2": .text(language.digits(String(parts[1]))),
        "day2": .text(language.digits(String(parts[2]))),
      ])
    return date + text.dropFirst(10)
  }

  /// What stands for an exact value: a kind of thing and its number.
  /// How many findings an earlier report had already.
  func baseline(_ baseline: RunSummary.Baseline) -> String {
    text(.baseline, ["known": .count(baseline.known), "gone": .count(baseline.gone)])
  }

  func label(_ label: Redactor.Label, _ pseudonym: Redactor.Pseudonym) -> String {
    let message: Message =
      switch label {
      case .device: .labelDevice
      case .lens: .labelLens
      case .computer: .labelComputer
      case .person: .labelPerson
      case .link: .labelLink
      case .place: .labelPlace
      case .contact: .labelContact
      case .network: .labelNetwork
      case .folder: .labelFolder
      case .member: .labelMember
      case .model: .labelModel
      case .software: .labelSoftware
      case .timeZone: .labelTimeZone
      }
    switch pseudonym {
    case .number(let number): return text(message, ["number": .count(number)])
    case .code: return text(message, ["number": .text(pseudonym.text)])
    }
  }

  /// The word for a severity.
  package func severity(_ severity: Severity) -> String {
    switch severity {
    case .critical: text(.severityCritical)
    case .high: text(.severityHigh)
    case .medium: text(.severityMedium)
    case .low: text(.severityLow)
    case .info: text(.severityInfo)
    }
  }

  /// How many files were read that far.
  func coverage(_ coverage: Coverage, _ count: Int) -> String {
    let message: Message =
      switch coverage {
      case .read: .coverageRead
      case .partial: .coveragePartial
      case .unsupported: .coverageUnsupported
      case .encrypted: .coverageEncrypted
      case .unreadable: .coverageUnreadable
      }
    return text(message, ["count": .count(count)])
  }

  /// The template of a message of the HTML report; its key where the catalogue lacks it, which a test forbids.
  func template(_ message: PageMessage) -> String {
    texts[message.key].map(isolatingCommands) ?? message.key
  }

  /// The names of the values that a message of the HTML report has; nil where there is no such message.
  package func names(of message: PageMessage) -> Set<String>? {
    texts[message.key].flatMap { MessageTemplate($0, language) }?.names
  }
}
