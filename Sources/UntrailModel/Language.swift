/// A language that reports for people are written in.
package enum Language: String, Sendable, NamedCase {
  case english = "en"
  case spanish = "es"
  case french = "fr"
  case russian = "ru"
  case arabic = "ar"
  case persian = "fa"
  case chinese = "zh"

  /// The code of ISO 639-1.
  package var name: String { rawValue }

  /// The first of some locales that says a language; English where none does.
  ///
  /// - Parameter locales: values as of `LC_ALL`, `LC_MESSAGES` and `LANG` ("fr_CA.UTF-8"), in their order; the first that
  ///   is not empty decides.
  package init(locales: [String?]) {
    let locale = locales.compactMap { $0 }.first { !$0.isEmpty } ?? ""
    let code = locale.prefix { $0 != "_" && $0 != "-" && $0 != "." && $0 != "@" }.lowercased()
    self = Language(rawValue: code) ?? .english
  }

  package var isRightToLeft: Bool { self == .arabic || self == .persian }

  /// The digit zero of the language's own digits.
  private var zero: UInt32 {
    switch self {
    case .arabic: 0x0660
    case .persian: 0x06F0
    default: 0x30
    }
  }

  /// Stands between groups of three digits of numbers from 10,000 on.
  private var groupSeparator: String {
    switch self {
    case .english, .chinese: ","
    case .spanish: "."
    case .french: "\u{202F}"
    case .russian: "\u{A0}"
    case .arabic, .persian: "\u{066C}"
    }
  }

  /// A whole number as people write it.
  package func number(_ value: Int) -> String {
    let written = String(value.magnitude)
    guard written.utf8.count > 4 else { return (value < 0 ? "-" : "") + digits(written) }
    var text = value < 0 ? "-" : ""
    for (index, digit) in written.enumerated() {
      if index > 0, (written.utf8.count - index) % 3 == 0 { text += groupSeparator }
      text.append(digit)
    }
    return digits(text)
  }

  /// A text with the language's own digits.
  package func digits(_ text: String) -> String {
    guard zero != 0x30 else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let digit = (0x30...0x39).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0x30 + zero) : nil
      result.append(digit ?? scalar)
    }
    return String(result)
  }

  /// What a word for counted things depends on.
  package enum PluralCategory: String, Sendable {
    case zero, one, two, few, many, other
  }

  /// The category of a whole number.
  ///
  /// Source: Unicode CLDR 44, plural rules (cardinal), for whole numbers below a million.
  package func plural(_ count: Int) -> PluralCategory {
    let (ones, tens) = (count % 10, count % 100)
    switch self {
    case .english, .spanish: return count == 1 ? .one : .other
    case .french, .persian: return count == 0 || count == 1 ? .one : .other
    case .chinese: return .other
    case .russian:
      if ones == 1, tens != 11 { return .one }
      return (2...4).contains(ones) && !(12...14).contains(tens) ? .few : .many
    case .arabic:
      switch count {
      case 0: return .zero
      case 1: return .one
      case 2: return .two
      default: return (3...10).contains(tens) ? .few : tens >= 11 ? .many : .other
      }
    }
  }

  /// The categories that a message must have a form for.
  package var pluralCategories: [PluralCategory] {
    switch self {
    case .english, .spanish, .french, .persian: [.one, .other]
    case .chinese: [.other]
    case .russian: [.one, .few, .many]
    case .arabic: [.zero, .one, .two, .few, .many, .other]
    }
  }
}
