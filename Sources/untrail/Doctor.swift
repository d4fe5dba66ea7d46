import ArgumentParser
import UntrailAudit
import UntrailIdentify
import UntrailIsolation
import UntrailModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Shows how well hostile files are locked up on this system, and tries to break out.",
    discussion: """
      Starts a worker, shows the layers that it has entered, and tries in workers what a taken-over reader of files
      would try. The status is 4 where a layer is missing or a probe gets through.

      Examples:
        untrail doctor
      """)

  func run() throws {
    let executable = try Executable.path()
    var text = "untrail \(Version.text)\nlibmagic \(MagicDatabase.libraryVersion)"
    do { text += ", database \(try MagicDatabase.open().path)\n" } catch {
      throw CommandFailure.failure(error.message)
    }
    let level: SandboxLevel
    do {
      level = try WorkerProcess(
        Worker.configuration(executable: executable, limits: Limits(), deadline: 10, allowsDegraded: true)
      ).level
    } catch {
      throw CommandFailure.failure(error.message)
    }
    text += "\nLayers around the reading of files\n"
    for layer in SandboxLayer.allCases {
      let isThere = level.layers.contains(layer)
      text += "  \(layer.name): \(isThere ? "entered" : "missing")\n"
    }
    let outcomes = try probe(executable)
    text += "\nProbes from inside a worker\n"
    for outcome in outcomes { text += "  \(Self.word(outcome.verdict)): \(outcome.name)\n" }
    let held = outcomes.count { $0.verdict == .ended || $0.verdict == .refused }
    text += "\(held) of \(outcomes.count) held back\n"
    try Terminal.write(Array(text.utf8), to: 1)
    if !level.isComplete || held < outcomes.count || outcomes.isEmpty { throw ExitStatus.failure }
  }

  /// The probes try to change this file, which is made for them.
  private func probe(_ executable: String) throws -> [ProbeRun.Outcome] {
    var template = Array("/tmp/untrail-doctor-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else {
      throw CommandFailure.failure("cannot make a file in /tmp: \(String(cString: strerror(errno)))")
    }
    defer {
      unlink(template)
      close(descriptor)
    }
    let evidence = open(template, O_RDONLY | O_CLOEXEC)
    guard evidence >= 0 else {
      throw CommandFailure.failure("cannot open a file in /tmp: \(String(cString: strerror(errno)))")
    }
    defer { close(evidence) }
    return Worker.probe(executable: executable, evidence: evidence)
  }

  private static func word(_ verdict: ProbeRun.Verdict) -> String {
    switch verdict {
    case .ended: "ended  "
    case .refused: "refused"
    case .succeeded: "GOT THROUGH"
    case .notTried: "NOT TRIED"
    }
  }
}
