import ArgumentParser
import UntrailReports
import UntrailRules

/// Names the command that was probably meant. Of options the parser itself does so.
enum MistypedCommand {
  /// - Parameter arguments: without the name of the program.
  /// - Throws: `CommandFailure` where a word stands in the place of a command and is none.
  static func check(_ arguments: [String]) throws {
    var command: any ParsableCommand.Type = Untrail.self
    var way = "untrail"
    var rest = arguments[...]
    while !command.configuration.subcommands.isEmpty {
      guard let word = rest.popFirst(), !word.hasPrefix("-"), way != "untrail" || word != "help" else {
        return
      }
      let commands = command.configuration.subcommands
      guard let next = commands.first(where: { name($0) == word }) else {
        let names = commands.map(name)
        throw CommandFailure.usage(
          "\(way) has no command \(TerminalText.escaped(word)).\(Suggestion.question(word, among: names)) "
            + "All of them: \(names.joined(separator: ", ")). Help: \(way) --help")
      }
      way += " " + word
      command = next
    }
  }

  private static func name(_ command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? command._commandName
  }
}
