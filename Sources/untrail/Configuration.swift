import ArgumentParser
import UntrailModel
import UntrailReports
import UntrailRules

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Which configuration file a command uses.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    name: .customLong("config"),
    help: ArgumentHelp(
      "Take the defaults of options from this file (docs/configuration.md; untrail config show).",
      valueName: "file"), completion: .file(extensions: ["yaml", "yml"]))
  var file: String?

  @Flag(name: .customLong("no-config"), help: "Take no defaults from a file.")
  var isOff = false

  func validate() throws {
    if isOff, file != nil { throw ValidationError("--no-config and --config exclude each other.") }
  }
}

/// The defaults that a configuration file sets, and where it is.
struct Configuration {
  /// From where it is known which file to read.
  enum Origin {
    case option
    case environment
    case user
  }

  /// The values with their paths made whole.
  var values: [ConfigurationValue] = []
  /// nil where there is no file.
  var path: String?
  var origin = Origin.user

  /// Names the file for a whole environment.
  static let variable = "UNTRAIL_CONFIG"

  /// The long options of `scan` that can stand in the file, in the order in which they are shown.
  static let keys: [ConfigurationKey] = [
    ConfigurationKey("privacy", .choice(PrivacyChoice.allValueStrings)),
    ConfigurationKey("fail-on", .choice(Threshold.allValueStrings)),
    ConfigurationKey("format", .choice(ReportFormat.allCases.map(\.rawValue))),
    ConfigurationKey("trip", .path),
    ConfigurationKey("suppress", .path),
    ConfigurationKey("key-file", .path),
    ConfigurationKey("rules", .paths),
    ConfigurationKey("isolation", .choice(IsolationChoice.allValueStrings)),
    ConfigurationKey("jobs", .number(1...256)),
    ConfigurationKey("color", .choice(ColorChoice.allValueStrings)),
    ConfigurationKey("lang", .choice(Language.allValueStrings)),
  ]

  /// The keys that `inspect` takes too. Its formats are not those of `scan`, and it has no rules.
  static let inspectKeys: Set<String> = ["privacy", "key-file", "isolation", "jobs", "color", "lang"]

  /// The keys that `compare` takes too.
  static let compareKeys = inspectKeys.union(["fail-on", "trip", "rules"])

  /// Finds and reads the file: `--config`, then `UNTRAIL_CONFIG`, then the user's own folder.
  ///
  /// - Parameter roots: what is looked at; a file inside them is refused, since whoever made the files could have
  ///   made the configuration.
  /// - Throws: `CommandFailure` for a file that is named and cannot be read, for one inside a root, and for a mistake in
  ///   it. That the user has no file of their own is no error.
  static func load(_ options: ConfigurationOptions, notInside roots: [String] = []) throws -> Configuration {
    guard !options.isOff else { return Configuration() }
    let found: (path: String, origin: Origin)
    if let file = options.file {
      found = (file, .option)
    } else if let file = environment(variable) {
      found = (file, .environment)
    } else if let file = userFile, access(file, F_OK) == 0 {
      found = (file, .user)
    } else {
      return Configuration()
    }
    // A link in the folder is refused too, wherever it leads.
    let places = [found.path, folder(of: found.path) + "."]
    if let root = roots.first(where: { root in places.contains { PathRelation.isInside($0, root) } }) {
      throw CommandFailure.usage(
        "\(name(found.origin)): \(TerminalText.escaped(found.path)) is inside \(TerminalText.escaped(root)); a "
          + "configuration is never taken from the folder that is looked at (--no-config: go on without it)")
    }
    do {
      let values = try ConfigurationParser.load(found.path, keys: keys)
      let placed = values.map { whole($0, beside: found.path) }
      return Configuration(values: placed, path: found.path, origin: found.origin)
    } catch {
      throw CommandFailure.usage(TerminalText.escaped(error.description))
    }
  }

  /// The user's own file, which need not be there.
  ///
  /// Source: XDG Base Directory Specification 0.8; a value that is not absolute counts as none.
  private static var userFile: String? {
    if let folder = environment("XDG_CONFIG_HOME"), folder.hasPrefix("/") {
      return folder + "/untrail/config.yaml"
    }
    return environment("HOME").map { $0 + "/.config/untrail/config.yaml" }
  }

  /// A variable of the environment that is not empty.
  static func environment(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  private static func name(_ origin: Origin) -> String {
    switch origin {
    case .option: "--config"
    case .environment: variable
    case .user: "configuration"
    }
  }

  /// The folder of a file with the slash behind it; empty for a file of the working folder.
  private static func folder(of file: String) -> String {
    file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
  }

  /// A path starts at the folder of the file, `~/` at the user's own.
  private static func whole(_ value: ConfigurationValue, beside file: String) -> ConfigurationValue {
    switch keys.first(where: { $0.name == value.key })?.shape {
    case .path, .paths: break
    default: return value
    }
    let start = folder(of: file)
    var value = value
    value.texts = value.texts.map { path in
      if path.hasPrefix("/") { return path }
      if path.hasPrefix("~/"), let home = environment("HOME") { return home + path.dropFirst() }
      return start + path
    }
    return value
  }
}

/// Puts the defaults of a configuration file in front of what was asked for.
enum Defaults {
  /// The same command with the defaults of its configuration file.
  ///
  /// Of an option that is given twice the last one counts, so that the command line wins.
  ///
  /// - Parameter arguments: those that the command was made of, from the command's name on.
  static func apply(to command: any ParsableCommand, _ arguments: [String]) throws -> any ParsableCommand {
    let name: String
    let input: InputOptions
    var keys = Set(Configuration.keys.map(\.name))
    switch command {
    case let scan as Scan: (name, input) = ("scan", scan.input)
    case let inspect as Inspect:
      (name, input) = ("inspect", inspect.input)
      keys = Configuration.inspectKeys
    case let compare as Compare:
      (name, input) = ("compare", compare.input)
      keys = Configuration.compareKeys
    default: return command
    }
    let configuration = try Configuration.load(input.configuration, notInside: input.paths)
    let added = options(configuration, keys, arguments)
    guard !added.isEmpty, let place = arguments.firstIndex(of: name) else { return command }
    return try Untrail.parseAsRoot(arguments[...place] + added + arguments[(place + 1)...])
  }

  /// The options that the configuration adds to a command line.
  static func options(
    _ configuration: Configuration, _ keys: Set<String>, _ arguments: [String]
  ) -> [String] {
    configuration.values.filter { keys.contains($0.key) && !isGiven($0.key, arguments) }
      .flatMap { value in value.texts.map { "--\(value.key)=\($0)" } }
  }

  /// Whether an option stands on the command line.
  static func isGiven(_ key: String, _ arguments: [String]) -> Bool {
    arguments.prefix { $0 != "--" }.contains { $0 == "--\(key)" || $0.hasPrefix("--\(key)=") }
  }
}

struct Config: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Shows which defaults are set, and where.",
    discussion: """
      Examples:
        untrail config show
        untrail config show --privacy exact
      """,
    subcommands: [Show.self])

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Prints each option that can have a default, its value, and where that comes from.",
      discussion: """
        Takes the options of scan too, and shows them as they would count there.

        Examples:
          untrail config show
          untrail config show --config desk.yaml --privacy exact
        """)

    @OptionGroup var file: ConfigurationOptions

    @Argument(
      parsing: .allUnrecognized,
      help: ArgumentHelp("Options and paths as scan takes them.", valueName: "scan-option"))
    var arguments: [String] = []

    func run() throws {
      let given = try parsed(arguments)
      let configuration = try Configuration.load(file, notInside: given.input.paths)
      let added = Defaults.options(configuration, Set(Configuration.keys.map(\.name)), arguments)
      let scan = try parsed(added + arguments)
      var rows = [fileRow(configuration)]
      for key in Configuration.keys {
        rows.append((key.name, Self.value(key.name, scan), origin(key.name, configuration)))
      }
      let widths = (
        rows.map(\.0.count).max() ?? 0, rows.map(\.1.count).max() ?? 0
      )
      var text = ""
      for (name, value, origin) in rows {
        text += Self.padded(name, widths.0) + "  " + Self.padded(value, widths.1) + "  " + origin + "\n"
      }
      try Terminal.write(Array(text.utf8), to: 1)
    }

    /// The options of a scan. `config show` is asked without a folder more often than not, and a scan has one: here a
    /// path in which nothing can be.
    private func parsed(_ arguments: [String]) throws -> Scan {
      let path = arguments.contains("--") ? ["/dev/null"] : ["--", "/dev/null"]
      do { return try Scan.parse(["--no-config"] + arguments + path) } catch {
        throw CommandFailure.usage(Scan.message(for: error))
      }
    }

    private func fileRow(_ configuration: Configuration) -> (String, String, String) {
      let name = "config"
      guard let path = configuration.path else {
        return (name, "none", file.isOff ? "option" : "default")
      }
      let origin =
        switch configuration.origin {
        case .option: "option"
        case .environment: "environment (\(Configuration.variable))"
        case .user: "default"
        }
      return (name, TerminalText.escaped(path), origin)
    }

    private func origin(_ key: String, _ configuration: Configuration) -> String {
      if Defaults.isGiven(key, arguments) { return "option" }
      if let value = configuration.values.first(where: { $0.key == key }), let path = configuration.path {
        return "\(TerminalText.escaped(path)):\(value.line)"
      }
      let isPlain = key == "color" && Configuration.environment("NO_COLOR") != nil
      return isPlain ? "environment (NO_COLOR)" : "default"
    }

    private static func value(_ key: String, _ scan: Scan) -> String {
      let none = "none"
      return switch key {
      case "privacy": scan.input.privacy.name
      case "fail-on": scan.failOn.defaultValueDescription
      case "format": (scan.input.format ?? .text).rawValue
      case "trip": scan.trip.map(TerminalText.escaped) ?? none
      case "suppress": scan.suppress.map(TerminalText.escaped) ?? none
      case "key-file": scan.input.keyFile.map(TerminalText.escaped) ?? none
      case "rules":
        scan.ruleFolders.isEmpty ? none : scan.ruleFolders.map(TerminalText.escaped).joined(separator: ", ")
      case "isolation": scan.input.isolation.rawValue
      case "jobs": scan.input.jobs.map { "\($0)" } ?? "one a processor"
      case "lang": scan.input.language.chosen.name
      case "color":
        scan.input.color == .auto && Configuration.environment("NO_COLOR") != nil
          ? "never" : scan.input.color.rawValue
      default: none
      }
    }

    private static func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
  }
}
