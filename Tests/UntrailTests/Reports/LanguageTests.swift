import Testing
import UntrailModel
import UntrailRuleCatalog

@testable import UntrailReports

@Suite("Languages")
struct LanguageTests {
  private static let ruleTexts = Set(
    RuleCatalog.rules.flatMap { [$0.title, $0.shows, $0.who, $0.falsePositives] + $0.actions })

  @Test(
    "every language has every message, with the same places for values, and nothing that is not asked for")
  func messages() throws {
    let keys = Set(Message.allCases.map(\.rawValue)).union(PageMessage.allCases.map(\.key))
    for language in Language.allCases {
      let messages = Messages.shipped(language)
      for message in Message.allCases {
        let names = try #require(Messages.english.names(of: message), "\(message)")
        // How a day is written is the language's own.
        let expected = message == .date ? try #require(messages.names(of: message)) : names
        #expect(messages.isTemplate(message, names: expected), "\(language.name): \(message)")
      }
      for message in PageMessage.allCases {
        let names = try #require(Messages.english.names(of: message), "\(message)")
        #expect(messages.names(of: message) == names, "\(language.name): \(message)")
      }
      let texts = messages.keys.subtracting(keys)
      guard language != .english else {
        #expect(texts == [])
        continue
      }
      #expect(Self.ruleTexts.subtracting(texts).subtracting([""]) == [], "\(language.name)")
      #expect(texts.subtracting(Self.ruleTexts) == [], "\(language.name)")
    }
  }

  @Test("translations keep the commands of the English text")
  func commands() {
    for language in Language.allCases where language != .english {
      let messages = Messages.shipped(language)
      for text in Self.ruleTexts where messages.keys.contains(text) {
        let translation = messages.translation(text)
        #expect(translation != text || text.utf8.count < 12, "\(language.name): \(text)")
        for word in text.split(separator: " ") where word.hasPrefix("-") && word.utf8.count > 3 {
          let option = word.prefix { $0.isLetter || $0 == "-" || $0 == ":" || $0 == "=" }
          #expect(translation.contains(option), "\(language.name): \(text)")
        }
        for command in Self.commands(in: text) {
          #expect(translation.contains(command), "\(language.name): \(command)")
        }
      }
    }
  }

  /// Commands of cleaners, whole.
  private static func commands(in text: String) -> [Substring] {
    text.split(separator: "; ").flatMap { $0.split(separator: ": ") }.compactMap { part in
      let isCommand = ["exiftool ", "mat2 ", "setfattr ", "xattr "].contains { part.hasPrefix($0) }
      return isCommand ? part.split(separator: " makes ").first : nil
    }
  }

  @Test(
    "plurals follow the language",
    arguments: [
      (Language.english, [0, 1, 2, 5], ["0 files", "1 file", "2 files", "5 files"]),
      (
        .russian, [1, 2, 5, 11, 12, 21, 22, 25, 111],
        ["one", "few", "many", "many", "many", "one", "few", "many", "many"]
      ),
      (
        .arabic, [0, 1, 2, 3, 10, 11, 99, 100, 102],
        ["zero", "one", "two", "few", "few", "many", "many", "other", "other"]
      ),
      (.french, [0, 1, 2], ["one", "one", "other"]), (.persian, [0, 1, 2], ["one", "one", "other"]),
      (.chinese, [1, 2], ["other", "other"]), (.spanish, [0, 1], ["other", "one"]),
    ])
  func plurals(language: Language, counts: [Int], expected: [String]) {
    for (count, expected) in zip(counts, expected) {
      if language == .english {
        #expect(Messages.english.text(.fileCount, ["count": .count(count)]) == expected)
      } else {
        #expect(language.plural(count).rawValue == expected, "\(count)")
      }
    }
  }

  @Test(
    "a template with a mistake in it is refused",
    arguments: ["{", "}", "{a", "{a,}", "{a, plural, one {x}}", "{a, plural, other {x}", "{}", "a } b"])
  func refused(source: String) {
    #expect(MessageTemplate(source, .english) == nil)
  }

  @Test("numbers and dates as people write them")
  func numbers() {
    #expect(Language.english.number(9_999) == "9999")
    #expect(Language.english.number(1_234_567) == "1,234,567")
    #expect(Language.spanish.number(12_345) == "12.345")
    #expect(Language.arabic.number(12_345) == "١٢٬٣٤٥")
    #expect(Language.persian.number(-2026) == "-۲۰۲۶")
    #expect(Messages.english.dated("2026-07-04T10:00") == "2026-07-04T10:00")
    #expect(Messages.shipped(.russian).dated("2026-07-04") == "04.07.2026")
    #expect(Messages.shipped(.chinese).dated("2026-07-04T10:00") == "2026年7月4日T10:00")
    #expect(Messages.shipped(.french).dated("2026-07") == "2026-07")
  }

  @Test(
    "the language of a locale",
    arguments: [
      ([nil, nil, "fr_CA.UTF-8"], Language.french), (["", nil, "zh_CN.UTF-8"], .chinese),
      (["C", nil, "ru_RU.UTF-8"], .english), ([nil, nil, nil], .english), (["de_DE.UTF-8"], .english),
      (["ar"], .arabic), (["fa-IR"], .persian),
    ])
  func locales(locales: [String?], expected: Language) {
    #expect(Language(locales: locales) == expected)
  }

  @Test("names of places are those of the language")
  func places() {
    #expect(Messages.shipped(.spanish).country("DE") == "Alemania")
    #expect(Messages.shipped(.chinese).town("Paris", country: "FR") == "巴黎")
    #expect(Messages.shipped(.arabic).town("Paris", country: "FR") == "Paris")
    #expect(Messages.english.country("??") == "??")
  }

  @Test("lines break at blanks and between ideographs, and never before a closing mark")
  func wrapping() {
    #expect(TerminalText.wrapped("one two three", width: 7) == ["one two", "three"])
    #expect(TerminalText.wrapped("一二三四五", width: 6) == ["一二三", "四五"])
    #expect(TerminalText.wrapped("一二三，四", width: 6) == ["一二", "三，四"])
    #expect(TerminalText.wrapped("用exiftool清理", width: 10) == ["用exiftool", "清理"])
    #expect(TerminalText.width("e\u{301}一") == 3)
  }

  @Test("text from files does not turn the line around it, where that runs from right to left")
  func isolation() {
    let line = Messages.shipped(.arabic).text(.moreAboutRule, ["rule": .text("exact-place")])
    #expect(line.contains("\u{2068}exact-place\u{2069}"))
    #expect(line.contains("\u{2066}untrail explain\u{2069}"))
    let more = Messages.shipped(.arabic).text(.moreFiles, ["count": .count(3)])
    #expect(more.contains("\u{2066}--all-files\u{2069}"))
    #expect(!Messages.english.text(.moreAboutRule, ["rule": .text("exact-place")]).contains("\u{2068}"))
  }
}
