import ArgumentParser
import UntrailAudit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@main
struct Untrail: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "untrail",
    abstract: "Shows what the files you export could tell about your movements.",
    discussion: """
      Reads location, device and time metadata of the files in a folder and says what could help someone
      track you, and what to do about it. It only reads: no file is changed, nothing is sent anywhere.

      The evening before a trip:
        untrail scan ~/Export
        untrail trip init; untrail scan --trip trip.yaml ~/Export

      Environment:
        UNTRAIL_CONFIG   the file with the defaults of options
        XDG_CONFIG_HOME  its folder, as untrail/config.yaml, where that is not set
        NO_COLOR         no colours, unless --color=always

      Exit status:
      \(ExitStatus.table)
      """,
    version: Version.text,
    subcommands: [
      Scan.self, Inspect.self, Compare.self, Explain.self, Trip.self, Rules.self, Formats.self, Doctor.self,
      Config.self,
      Merge.self, TrainingKitCommand.self,
    ])

  static func main() {
    Worker.runIfAsked(CommandLine.arguments)
    // A reader that goes away is noticed where the bytes are written.
    signal(SIGPIPE, SIG_IGN)
    // So is a file that may not grow further.
    signal(SIGXFSZ, SIG_IGN)
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      try MistypedCommand.check(arguments)
      var command = try Defaults.apply(to: try parseAsRoot(arguments), arguments)
      try command.run()
    } catch let status as ExitStatus {
      status.exit()
    } catch is ClosedPipe {
      ExitStatus.nothingReached.exit()
    } catch let error as CommandFailure {
      Terminal.printError("untrail: \(error.message)")
      error.status.exit()
    } catch {
      let message = fullMessage(for: error)
      if exitCode(for: error) == .success {
        print(message)
        ExitStatus.nothingReached.exit()
      }
      Terminal.printError(message)
      ExitStatus.usage.exit()
    }
  }
}

enum Version {
  static let text = "0.1.0"
}
