import ArgumentParser
import UntrailModel
import UntrailReports
import UntrailRules

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Names the command that was probably meant.
///
/// For the options of a command swift-argument-parser does so itself, and it lists the values that an option takes; of
/// commands, and of what stands before them, it only says that it does not know them.
enum MistypedCommand {
  /// - Parameter arguments: without the name of the program.
  /// - Throws: `CommandFailure` where a word stands in the place of a command and is none.
  static func check(_ arguments: [String]) throws {
    var command: any ParsableCommand.Type = Untrail.self
    var way = "untrail"
    var rest = arguments[...]
    while !command.configuration.subcommands.isEmpty {
      guard let word = rest.popFirst() else { return }
      let isTop = rest.startIndex == arguments.startIndex + 1
      if isTop, word == "help" { return }
      let commands = command.configuration.subcommands
      if word.hasPrefix("-") {
        if isTop { try checkOption(word, before: rest, commands.map(name)) }
        return
      }
      guard let next = commands.first(where: { name($0) == word }) else {
        throw unknown(word, way, commands.map(name), isTop: isTop)
      }
      way += " " + word
      command = next
    }
  }

  private static func unknown(
    _ word: String, _ way: String, _ names: [String], isTop: Bool
  ) -> CommandFailure {
    let shown = TerminalText.escaped(RawArguments.path(word))
    if isTop, access(word, F_OK) == 0 {
      return .usage("\(way) has no command \(shown). Did you mean: untrail scan \(shown)")
    }
    return .usage(
      "\(way) has no command \(shown).\(Suggestion.question(word, among: names)) "
        + "All of them: \(names.joined(separator: ", ")). Help: \(way) --help")
  }

  /// - Throws: for an option of a command that stands before it, and for a mistyped one of the program itself.
  private static func checkOption(_ word: String, before rest: ArraySlice<String>, _ names: [String]) throws {
    let own = ["--help", "--version"]
    let hidden = ["--help-hidden", "--generate-completion-script", "--experimental-dump-help"]
    guard word.hasPrefix("--"), !own.contains(word), !hidden.contains(where: word.hasPrefix) else { return }
    let shown = TerminalText.escaped(word)
    if let command = rest.first(where: names.contains) {
      throw CommandFailure.usage(
        "\(shown) stands before the command; options stand behind it: untrail \(command) \(shown) ...")
    }
    throw CommandFailure.usage(
      "untrail has no option \(shown).\(Suggestion.question(word, among: own)) Help: untrail --help")
  }

  private static func name(_ command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? command._commandName
  }
}
