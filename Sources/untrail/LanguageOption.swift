import ArgumentParser
import UntrailModel
import UntrailReports

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Language: ExpressibleByArgument {
  public init?(argument: String) { self.init(name: argument) }
  public static var allValueStrings: [String] { allCases.map(\.name) }
}

/// In which language people are told.
struct LanguageOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The language of what people read: en, es, fr, ru, ar, fa or zh (default: that of the system).",
      valueName: "language"))
  var lang: Language?

  /// The language that was asked for, else that of the locale.
  var chosen: Language {
    let locales = ["LC_ALL", "LC_MESSAGES", "LANG"].map { (name: String) in
      getenv(name).map { String(cString: $0) }
    }
    return lang ?? Language(locales: locales)
  }

  var messages: Messages { .of(chosen) }
}
